"""Figures of units that stand in no table that is read: told once for each place, never passed over (F012).

Whether rows hold such figures is told by what they are: names of units, or counts of households by their own words,
beside whole numbers. Lists of codes, budgets, notes and reckonings beside a table are nothing to talk about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS, Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.forms.rows import is_reckoned, is_signature
from thidua_cli.normalise.list_faults import is_named
from thidua_cli.normalise.persons.names import is_name_of_person
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.headings import fold, is_figure
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.normalise.sheet.uneven_rows import F012
from thidua_cli.normalise.table_reading import TableReading
from thidua_cli.read.grid import Cell
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.fitting import bears_name
from thidua_cli.units.names import UNIT_TYPES, VILLAGE_TYPES, accent_key, split_type
from thidua_cli.units.tables import REFORM_DAY, boundary_day

_ROWS_LOOKED_AT: Final = 2_000
_ROWS_BETWEEN: Final = 3
"""Rows from one row of figures to the next of a run: a blank one and a section may lie between."""
_HEADER_ROWS: Final = 12
_FEWEST_ROWS: Final = 3
"""Rows whose labels are no known units are figures of units only where there are several."""
_LARGEST: Final = 10**8
"""Larger numbers are of telephones and persons."""
_LONGEST_LABEL: Final = 80
_FEWEST_CELLS: Final = 2
_WORD: Final = late_pattern(r"[^\W\d_]{2,}")
_OF_HOUSEHOLDS: Final = late_pattern(r"\b(?:ngheo|so ho|tong ho|tong so ho|ho dan|ho gia dinh|hn|hcn)\b")
_NO_COUNT: Final = late_pattern(r"\b(?:ma|ma so|code|stt|dien thoai|cccd|cmnd|nam sinh)\b")
_YEARS: Final = range(1900, 2101)
_CODE_WIDTHS: Final = (5, 3, 2)
_TYPES: Final = frozenset({*UNIT_TYPES, *VILLAGE_TYPES})
_DAYS: Final = (boundary_day(2024), REFORM_DAY)
"""One day of each list of units: with districts, and since."""
_WHAT: Final = Text("{cells} có {count} dòng số liệu", "{count} rows of figures in {cells} are")
_UNKNOWN_HEADER: Final = Text(
    "không nhận ra tiêu đề ở dòng {row}; sửa tiêu đề như Mẫu 08",
    "the header in row {row} is not known; write it as in Mẫu 08",
)
_UNKNOWN_NAMES: Final = Text(
    "không nhận ra tiêu đề ở dòng {row}, nơi cột tên ghi “{heading}”; sửa tiêu đề như Mẫu 08",
    "the header in row {row}, where the column of names says “{heading}”, is not known; write it as in Mẫu 08",
)
_BELOW: Final = Text(
    "các dòng này nằm dưới chỗ biểu kết thúc (dòng {row}) và không có tiêu đề; chuyển lên trong biểu",
    "these rows stand below the end of the table (row {row}) and have no header; move them into the table",
)
_NO_HEADER: Final = Text(
    "phía trên không có dòng tiêu đề; chép tiêu đề của biểu lên trên các dòng này",
    "there is no header above; copy that of the table above these rows",
)


class FigureRow(NamedTuple):
    """One row with a label and whole numbers right of it; rows and columns are 0-based."""

    row: int
    column: int
    label: str
    numbers: Mapping[int, int]
    """Column → number."""


class Stretch(NamedTuple):
    """Rows of figures between two tables of a sheet, or above or below all of them."""

    place: Origin
    rows: Sequence[FigureRow]
    reason: Text
    is_sure: bool
    """They tell by themselves that they are counts of units; else only their columns may, if those of a table."""

    def finding(self) -> Finding:
        """Return what is said of them beside a table that is read."""
        return Finding(F012, self.place, details={"what": self._what(), "reason": self.reason})

    def sentence(self) -> Text:
        """Return what is said of them where no table is read at all."""
        return Text(f"{self._what().vi} nhưng {self.reason.vi}", f"{self._what().en} there, but {self.reason.en}")

    def _what(self) -> Text:
        return _WHAT.fill(cells=self.place.cell, count=len(self.rows))


def stretches(sheet: SheetContext, tables: Sequence[range]) -> list[Stretch]:
    """Return what rows outside of `tables` (0-based rows) hold figures, as one for each gap between tables."""
    if sheet.grid.is_hidden:
        return []  # what is hidden and not used is told as such (F007)
    kept = (_stretch(sheet, gap) for gap in gaps(tables, len(sheet.cells.rows)))
    return [stretch for stretch in kept if stretch is not None]


def findings_of_file(sheets: Sequence[Sequence[Stretch]], tables: Iterable[TableReading]) -> list[list[Finding]]:
    """Return per sheet what is left out of it, for a file of which `tables` are read.

    Figures that a table holds too are not lost: those behind a chart, those of a pivot table.
    """
    read = [table for table in tables if table.rows is not None] if any(sheets) else []
    counts = _counts_by_name(read)
    return [[stretch.finding() for stretch in of_sheet if _is_lost(stretch, read, counts)] for of_sheet in sheets]


def _is_lost(stretch: Stretch, tables: Sequence[TableReading], counts: Mapping[str, set[int]]) -> bool:
    if not stretch.is_sure and not any(_goes_on(stretch, table) for table in tables):
        return False
    return not all(set(row.numbers.values()) <= counts.get(_bare_key(row.label), set()) for row in stretch.rows)


def _counts_by_name(tables: Iterable[TableReading]) -> dict[str, set[int]]:
    counts: dict[str, set[int]] = {}
    for table in tables:
        if table.rows is not None:
            for name, *values in zip(table.rows.unit_name, *table.rows.counts.values(), strict=True):
                counts.setdefault(_bare_key(name), set()).update(values)
    return counts


def _bare_key(name: str) -> str:
    return accent_key(split_type(name)[1])


def _goes_on(stretch: Stretch, table: TableReading) -> bool:
    """Say whether rows stand in the very columns of a table: a long one, printed over several sheets."""
    columns = table.rows.tables[0].columns if table.rows is not None else {}
    places = {place - 1 for name, place in columns.items() if name in COUNTS}
    in_place = [row for row in stretch.rows if len(places & row.numbers.keys()) > 1]
    return columns.get("unit_name") == stretch.rows[0].column + 1 and 2 * len(in_place) > len(stretch.rows) > 1


def gaps(tables: Sequence[range], end: int) -> Iterator[range]:
    """Yield the rows above, between and below tables (0-based rows); each starts where a table ends, or at 0."""
    start = 0
    for table in sorted(tables, key=lambda rows: rows.start):
        yield range(start, table.start)
        start = max(start, table.stop)
    yield range(start, end)


def _stretch(sheet: SheetContext, gap: range) -> Stretch | None:
    """Return the figures of one gap as one; None where there are none, or they are of something else."""
    runs = _runs(sheet.cells, gap)
    sure = [run for run in runs if _is_of_units(sheet, run, gap)]
    rows = [row for run in sure or runs for row in run]
    if not rows or not (sure or _header_row(sheet.cells, rows[0], gap) is None):
        return None
    columns = [column for row in rows for column in (row.column, *row.numbers)]
    left, right = min(columns), max(columns)
    place = sheet.grid.origin(rows[0].row, left)._replace(last_row=rows[-1].row + 1, last_column=right + 1)
    return Stretch(place, rows, _reason(sheet.cells, rows[0], gap), is_sure=bool(sure))


def _reason(cells: Cells, first: FigureRow, gap: range) -> Text:
    header = _header_row(cells, first, gap)
    if header is not None:
        area = cells.area_of(header, first.column)
        is_ours = any(_OF_HOUSEHOLDS.search(fold(text)) for text in cells.texts(header))
        heading = cells.text(area.top, area.left) if is_ours else ""
        heading = "" if is_name_of_person(heading) else heading
        return (_UNKNOWN_NAMES if heading else _UNKNOWN_HEADER).fill(row=str(header + 1), heading=heading)
    return _BELOW.fill(row=str(gap.start)) if gap.start else _NO_HEADER


def _runs(cells: Cells, gap: range) -> list[list[FigureRow]]:
    """Return the rows of figures in runs: rows of one column of labels, with little between them."""
    runs: list[list[FigureRow]] = []
    for number in gap[:_ROWS_LOOKED_AT]:
        row = _figure_row(cells, number)
        if row is None:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and row.column == last.column and row.row - last.row <= _ROWS_BETWEEN:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [kept for run in runs if (kept := _counts_alone(cells, run, gap))]


def _figure_row(cells: Cells, row: int) -> FigureRow | None:
    """Return a row with its label and the whole numbers right of it, or else left of it."""
    if cells.filled(row) < _FEWEST_CELLS:
        return None  # a line of a title
    label, column, numbers, before = "", 0, dict[int, int](), dict[int, int]()
    for place, value in enumerate(cells.values(row), start=cells.first_column):
        if (number := _whole(value)) is not None:
            (numbers if label else before)[place] = number
        elif not label and isinstance(value, str) and _WORD.search(value):
            label, column = " ".join(value.split()), place
    if label and not numbers and len(before) > 1:
        numbers = before  # the names stand in the last column
    if (
        not label
        or not numbers
        or is_reckoned(label)
        or len(label) > _LONGEST_LABEL
        or all(number in _YEARS for number in numbers.values())
    ):
        return None
    return FigureRow(row, column, label, numbers)


def _whole(value: Cell) -> int | None:
    if isinstance(value, str) and not value.strip()[:1].isdigit():
        return None  # nearly every text
    number = read_count(value).value if isinstance(value, (str, int, float)) else None
    return number if number is not None and number < _LARGEST else None


def _counts_alone(cells: Cells, run: Sequence[FigureRow], gap: range) -> list[FigureRow]:
    """Return the rows without the columns that count nothing: codes and years, by heading or by all their numbers."""
    columns = {column for row in run for column in row.numbers}
    counting = {column for column in columns if _counts(cells, run, column, gap)}
    kept = (row._replace(numbers={c: number for c, number in row.numbers.items() if c in counting}) for row in run)
    return [row for row in kept if row.numbers]


def _counts(cells: Cells, run: Sequence[FigureRow], column: int, gap: range) -> bool:
    numbers = [row.numbers[column] for row in run if column in row.numbers]
    above = range(max(gap.start, run[0].row - _HEADER_ROWS), run[0].row)
    is_code = any(_NO_COUNT.search(fold(cells.text(row, column))) for row in above)
    return not is_code and not all(number in _YEARS for number in numbers)


def _header_row(cells: Cells, first: FigureRow, gap: range) -> int | None:
    """Return the nearest row of headings above a row, inside the gap: a text over its label and over a number.

    Below signatures two names side by side are none: every column has its heading there.
    """
    top, columns = max(gap.start, first.row - _HEADER_ROWS), (first.column, *first.numbers)
    is_signed = any(is_signature(cells.texts(row)) for row in range(top, first.row))
    for row in range(first.row - 1, top - 1, -1):
        over = sum(_WORD.search(cells.text(row, column)) is not None for column in columns)
        is_full = over == len(columns) if is_signed else over > 1
        if is_full and not any(_whole(cells.value(row, column)) is not None for column in first.numbers):
            return row
    return None


def _is_of_units(sheet: SheetContext, run: Sequence[FigureRow], gap: range) -> bool:
    """Say whether a run is of counts of households by itself: by the names in it, or by the words around it."""
    if 2 * sum(is_name_of_person(row.label) for row in run) >= len(run):
        return False
    cells, has_several = sheet.cells, any(len(row.numbers) > 1 for row in run)
    if has_several and sum(is_figure(sheet.headings.meaning((row.label,))) for row in run) > 1:
        return True  # "Tổng số hộ | 500 | 520": one indicator per row
    header = _header_row(cells, run[0], gap)
    if header is None and not has_several:
        return False  # one number beside a name may be anything
    units = sum(map(_UnitNames(sheet.finder).names, run))
    are_units = units > 0 and 2 * units >= len(run)
    if header is None:
        return are_units
    top = max(gap.start, run[0].row - _HEADER_ROWS)
    over = [fold(cells.text(row, column)) for row in range(top, run[0].row) for column in run[0].numbers]
    of_households = sum(_OF_HOUSEHOLDS.search(text) is not None for text in over)
    if of_households > 1 or not has_several:
        return of_households > 0 and (are_units or (has_several and len(run) >= _FEWEST_ROWS))
    around = (sheet.grid.sheet, *(text for row in range(top, run[0].row) for text in cells.texts(row)))
    return are_units and any(_OF_HOUSEHOLDS.search(fold(text)) for text in around)


class _UnitNames(NamedTuple):
    """Says whether the label of a row is the name of a unit, of whatever day."""

    finder: UnitFinder

    def names(self, row: FigureRow) -> bool:
        type_word, bare = split_type(row.label)
        is_typed = type_word in _TYPES and (bare[:1].isupper() or bare[:1].isdigit())
        is_unit = is_typed or any(bears_name(row.label, day, self.finder.tables) for day in _DAYS)
        return is_unit and not self._is_coded(row)

    def _is_coded(self, row: FigureRow) -> bool:
        """Say whether one of the numbers is the unit's own code: a row of a list of units."""
        codes = (str(number).zfill(width) for number in row.numbers.values() for width in _CODE_WIDTHS)
        return any(is_named(unit, row.label) for code in codes for unit in self.finder.tables.periods(code))
