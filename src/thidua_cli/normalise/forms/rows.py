"""Rows of a form: which are units, which are sections and totals, and where the table ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final
from unicodedata import normalize

from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.cells.counts import count_finding
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.percents import read_percent
from thidua_cli.normalise.cells.taken import TakenNumbers
from thidua_cli.normalise.forms.households_and_persons import WHOLE, Breakdown, unsaid_findings
from thidua_cli.normalise.forms.row_cells import (
    form_columns,
    label_text,
    rate_columns,
    row_year,
    stands_on_rates,
    take_rates,
)
from thidua_cli.normalise.forms.rows_at_a_glance import RowsAtAGlance
from thidua_cli.normalise.forms.rows_of_each_unit import others_finding
from thidua_cli.normalise.forms.table import (
    GROUP,
    NUMBER,
    Area,
    FormRow,
    FormTable,
    Role,
)
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.heading_table import Headings
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import Column, Layout, fold
from thidua_cli.normalise.sheet.layout import may_be_header
from thidua_cli.normalise.sheet.numbers import Taken, read_count
from thidua_cli.normalise.sheet.scaled_counts import read_scaled
from thidua_cli.normalise.sheet.uneven_rows import is_uneven, uneven_row
from thidua_cli.read.grid import Cell, Grid

_TOTAL_ALONE: Final = frozenset({"tong", "cong", "tong so", "tong cong", "cong tong", "tong hop", "tong hop chung"})
_TOTAL_HEAD: Final = (
    "tong cong", "tong so", "tong toan", "cong toan", "tong huyen", "tong tinh", "cong huyen", "cong tinh",
    "toan huyen", "toan tinh", "toan xa", "toan quan", "toan phuong", "toan thi xa", "toan thi tran",
    "toan thanh pho", "tong khu vuc", "cong khu vuc", "cong muc", "tong muc",
)  # fmt: skip
_SIGNATURE: Final = (
    "nguoi lap", "lap bieu", "nguoi tong hop", "tm uy ban", "t m uy ban", "tm ubnd", "t m ubnd", "uy ban nhan dan",
    "chu tich", "kt chu tich", "pho chu tich", "thu truong", "truong phong", "noi nhan", "ghi chu", "luu y",
    "xac nhan", "can bo", "cong chuc", "ky ten", "truong ban",
)  # fmt: skip
_BREAKDOWN: Final = ("trong do", "chia ra")
_RECKONING: Final = (
    "binh quan", "nam truoc", "cung ky", "so voi", "so cung ky", "tang giam", "chenh lech", "ke hoach",
    "chi tieu", "muc tieu", "ty le", "kiem tra", "doi chieu", "ghi nho",
)  # fmt: skip
"""What people write over a row of their own below the units: an average, last year's figure, a plan."""
_CARRIED: Final = late_pattern(r"\b(?:trang truoc|trang sau|chuyen trang|chuyen sang trang|mang sang)\b")
"""The sum of a printed page, carried over to the next one."""
_PLACE_AND_DATE: Final = late_pattern(r"\bngay\b.*\bthang\b.*\bnam\b")
_ROMAN: Final = late_pattern(r"\b(?:[IVX]+|[ivx]+)\b")
_DIGITS: Final = late_pattern(r"\d+")
_LEADING_NUMBER: Final = late_pattern(r"\s*(?:[IVXivx]+|[A-Z])\s*[.)/:–-]\s*(?=\S)")
_URBAN: Final = ("khu vuc thanh thi", "thanh thi", "khu vuc do thi", "do thi")
_RURAL: Final = ("khu vuc nong thon", "nong thon")
_URBAN_ALONE: Final = frozenset({"phuong", "cac phuong", "thi tran", "phuong thi tran", "cac phuong thi tran"})
_RURAL_ALONE: Final = frozenset({"xa", "cac xa", "khoi xa"})


def read_rows(
    sheet: SheetContext,
    layout: Layout,
    required: Sequence[str] = REQUIRED_COUNTS,
    breakdown: Breakdown = WHOLE,
) -> FormTable:
    """Return the used rows of the table below `layout`, with findings for headings and cells that cannot be used.

    `required` are the counts without which the table is of little use; of a `breakdown` only the rows of households
    are read.
    """
    table = FormTable(end=layout.header_bottom + 1, persons=breakdown.persons)
    table.columns, table.findings = form_columns(sheet, layout, required)
    if "unit_name" in table.columns or "unit_code" in table.columns:
        _fill(sheet, layout, table, breakdown)
        if not breakdown.others:
            _note_blank(sheet.cells, layout, table)
    # else two columns claim to name the units (H003): nothing can be told whose figures these are
    table.findings.extend(unsaid_findings(sheet, breakdown, table.end))
    table.findings.extend(others_finding(sheet, layout, breakdown, table.end))
    return table


def _fill(sheet: SheetContext, layout: Layout, table: FormTable, breakdown: Breakdown) -> None:
    grid, cells = sheet.grid, sheet.cells
    body = _Body(grid, cells, layout, sheet.headings, table, breakdown)
    left_out = breakdown.persons.union(breakdown.unsaid, breakdown.others)
    faulty_rows = {row for row, _ in grid.faults}.union(breakdown.label_rows)
    for row in range(layout.header_bottom + 1, len(cells.rows)):
        if row in left_out or body.take_plain(row) or cells.is_blank(row, faulty_rows):
            continue
        if body.ends_at(row):
            break
        body.take(row)
    take_rates(grid, cells, table)
    body.drop_words_below()
    while table.end in left_out:
        table.end += 1  # the last unit's row of persons
    body.judge_taken()


def _note_blank(cells: Cells, layout: Layout, table: FormTable) -> None:
    """Say whether nobody filled the form in, and take away what its sums show of that: they would be 0 households."""
    if table.columns.keys().isdisjoint(COUNTS) or any(map(_is_filled, table.rows)):
        return
    unknown = [column.index for column in layout.columns if column.meaning is None]
    counts = [column.index for name, column in table.columns.items() if name in COUNTS]
    elsewhere = [(row.row, column) for row in table.rows for column in unknown]
    persons = [(row, column) for row in table.persons for column in counts]
    if any(read_count(cells.value(*place)).value for place in (*elsewhere, *persons)):
        return
    table.is_blank = True
    table.rows = [row._replace(counts={}, rates={}) for row in table.rows]


def _is_filled(row: FormRow) -> bool:
    return row.has_figures if row.role is Role.UNIT else any(row.counts.values())


def is_signature(texts: Sequence[str]) -> bool:
    """Say whether a row ends a table: who made it and who signs it, where and when, a note."""
    folded = map(fold, texts)
    return any(text.startswith(_SIGNATURE) or _PLACE_AND_DATE.search(text) for text in folded)


def is_reckoned(label: str) -> bool:
    """Say whether the words of a row are of no unit: an average, a plan, a part of the row above."""
    words = _label(label)
    return words.is_reckoning or words.is_breakdown


class _Body:
    """Reads the rows of one table from top to bottom."""

    def __init__(
        self, grid: Grid, cells: Cells, layout: Layout, headings: Headings, table: FormTable, breakdown: Breakdown
    ) -> None:
        self._breakdown = breakdown
        self._grid = grid
        self._cells = cells
        self._headings = headings
        self._table = table
        self.counts: dict[str, Column] = {key: column for key, column in table.columns.items() if key in COUNTS}
        self._places = [column.index for column in self.counts.values()]
        self._plain = RowsAtAGlance(grid, cells, table, breakdown)
        stands_on = stands_on_rates(cells, table.columns, layout.header_bottom + 1)
        self._rates = [column.index for column in rate_columns(table.columns).values()] if stands_on else []
        header = cells.rows[layout.header_top : layout.header_bottom + 1] if grid.is_text else ()
        self._width = max(map(len, header), default=0)
        """Cells of the header of a text table; 0 of a sheet, whose rows are all of one length."""
        self._label_columns = [table.columns.get(key) for key in ("row_number", "unit_name", "unit_code")]
        self._taken: dict[str, TakenNumbers] = {}
        self._texts_of: tuple[int, tuple[str, str, str]] = (-1, ("", "", ""))
        """The row looked at last, and its labels."""
        self._area: Area | None = None
        self._numbered: dict[str, Area | None] = {}
        """Roman numeral → the area of its section."""
        self._seen_total = False
        self._header = {
            texts for row in range(layout.header_top, layout.header_bottom + 1) if len(texts := cells.texts(row)) > 2
        }
        self._header_begins = {texts[0] for texts in self._header}

    def ends_at(self, row: int) -> bool:
        """The signature block, a note, another header, or (below the total) words without figures end the table."""
        number, name, _ = self._texts(row)
        label = name or number
        if self._has_numbers(row):
            last = self._table.rows[-1] if self._table.rows else None
            # figures without a label below the total are somebody's reckoning beside the table
            return not label and last is not None and last.role is Role.TOTAL
        if may_be_header(self._cells, self._headings, row, texts_needed=3):
            return not self._repeats_header(row)
        is_numbered = bool(name and NUMBER.match(number))
        if not is_numbered and is_signature(self._cells.texts(row)):
            return True
        # the district's own row may stand on top: a total with units below it ends nothing
        goes_on = is_numbered or self._area_named(label) or self._units_follow(row)
        return self._seen_total and bool(label) and not goes_on

    def take_plain(self, row: int) -> bool:
        """Add the row of a unit whose cells are all plain numbers; else say that it is to be looked at with more care.

        Such a row ends no table: it has figures and a name.
        """
        plain = self._plain.read(row, self._area, _is_plain_name)
        if plain is None or self._repeats_header(row):
            return False
        self._table.used.update([(row, place) for place in self._places])
        self._table.rows.append(plain)
        self._table.end = row + 1
        return True

    def take(self, row: int) -> None:
        """Add a row to the table if it says anything."""
        number, name, code = self._texts(row)
        label = _label(name or number)
        if label.is_reckoning and not (number or code) and self._has_cells(row):
            return
        # blank rows between units, and the header again on every printed page, are no rows of the table
        if not (label.text or code or self._has_cells(row)) or label.is_breakdown or self._repeats_header(row):
            return
        role, area = self._role(label, number)
        if role is Role.SECTION:
            self._area = area
            self._numbered.setdefault(number.strip(" .)").lower(), area)
        counts, odd = self._counts(row, name)
        year = row_year(self._cells, row, self._table.columns.get("year"))
        own_area = None if role is Role.TOTAL else area
        self._table.rows.append(FormRow(role, row, number, name, code, counts, odd, own_area, year))
        self._seen_total = self._seen_total or role is Role.TOTAL
        self._table.end = row + 1

    def _is_uneven(self, row: int) -> bool:
        """Say whether the cells of a row of a text table may be those of other columns."""
        cells, first = self._cells.rows[row], self._cells.first_column
        if len(cells) == self._width or (len(cells) < self._width and not self._has_numbers(row)):
            return False
        return is_uneven(cells, self._width, [place - first for place in (*self._places, *self._rates)])

    def _counts(self, row: int, name: str) -> tuple[dict[str, int], frozenset[str]]:
        """Return the counts of a row, and those whose cell holds none though it is not empty: these are reported."""
        counts: dict[str, int] = {}
        if self._width and self._is_uneven(row):
            cells = len(self._cells.rows[row])
            self._table.findings.append(uneven_row(self._grid.origin(row), cells, self._width, unit_name=name or None))
            self._table.uneven.add(row)
            return counts, frozenset(self.counts)
        odd: set[str] = set()
        faults = self._grid.facts.faults
        for meaning, column in self.counts.items():
            place = (row, column.index)
            self._table.used.add(place)
            cell = self._cells.value(*place)
            count = read_count(cell) if column.unit is None else read_scaled(cell, column.factor)
            if count.trouble is not None or place in faults:
                self._table.findings += filter(None, [count_finding(self._judged(row, meaning, cell, name), count)])
                # not merely empty: it is told once, here, and never as a missing count (V005)
                odd.add(meaning)
            elif count.value is not None:
                counts[meaning] = count.value
                if count.taken is not Taken.AS_IT_STANDS and column.factor == 1:
                    self._taken.setdefault(meaning, TakenNumbers()).note(len(self._table.rows), cell, count)
        return counts, frozenset(odd)

    def _judged(self, row: int, meaning: str, cell: Cell, name: str) -> JudgedCell:
        column = self.counts[meaning].index
        fault = self._grid.faults.get((row, column))
        return JudgedCell(cell, self._grid.origin(row, column), meaning, fault, unit_name=name)

    def judge_taken(self) -> None:
        """Report numbers that stand as text, uneven or as dates; withhold those with an ambiguous separator (V004)."""
        rows = self._table.rows

        def cell_of(place: int, cell: Cell) -> JudgedCell:
            return self._judged(rows[place].row, meaning, cell, rows[place].name)

        for meaning in self.counts:
            numbers = self._taken.get(meaning)
            if numbers is not None:
                self._table.findings += numbers.findings(cell_of, is_text_file=self._grid.is_text)
                for place in numbers.withheld:
                    rows[place] = rows[place].without(meaning)

    def _repeats_header(self, row: int) -> bool:
        """Say whether a row is the table's own header again, as at the head of a printed page.

        Below a total, or below words that may be a title, it heads another table of the same look.
        """
        if self._seen_total or (self._table.rows and self._table.rows[-1].is_bare):
            return False
        return self._cells.first_text(row) in self._header_begins and self._cells.texts(row) in self._header

    def drop_words_below(self) -> None:
        """Take out what stands below the last figure and is no row of the table, such as the title of the next one."""
        rows = self._table.rows
        while rows and rows[-1].is_bare:
            rows.pop()
        self._table.end = max(rows[-1].row + 1, 0) if rows else self._table.end

    def _texts(self, row: int) -> tuple[str, str, str]:
        """Return number, name and code; words merged over both label columns stand in the first and are the name."""
        if self._texts_of[0] != row:
            self._texts_of = row, self._labels(self._breakdown.label_rows.get(row, row))
        return self._texts_of[1]

    def _labels(self, row: int) -> tuple[str, str, str]:
        number, name, code = (label_text(self._cells, row, column) for column in self._label_columns)
        if not name and not NUMBER.match(number) and not GROUP.match(number):
            number, name = "", number
        if not name and not code and (above := self._same_unit_above(row)) is not None:
            return number or above.number, above.name, above.code
        return number, name, code

    def _same_unit_above(self, row: int) -> FormRow | None:
        """Return the row above of a unit in rows by year, whose name is merged over them or written in the first."""
        columns, rows = self._table.columns, self._table.rows
        if "year" not in columns or not rows or rows[-1].row != row - 1 or rows[-1].role is not Role.UNIT:
            return None
        last, year = rows[-1], row_year(self._cells, row, columns["year"])
        is_hidden = any((row, label.index) in self._grid.facts.faults for label in self._label_columns if label)
        years = {before.year for before in takewhile(lambda before: before.name == last.name, reversed(rows))}
        return last if year and last.year and year not in years and not is_hidden else None

    def _has_cells(self, row: int) -> bool:
        value, faults = self._cells.value, self._grid.facts.faults
        places = (*self._places, *self._rates)
        return any(value(row, column) is not None or (row, column) in faults for column in places)

    def _has_numbers(self, row: int) -> bool:
        """Say whether a count cell holds a figure, or would if its file were sound; of rates alone, a rate."""
        value, faults = self._cells.value, self._grid.facts.faults
        return any(
            isinstance(cell := value(row, column), (int, float))
            or read_count(cell).value is not None
            or (row, column) in faults
            for column in self._places
        ) or any(read_percent(value(row, column)) for column in self._rates)

    def _units_follow(self, row: int) -> bool:
        """Say whether figures with a label come right below: the total stood on top, and this row heads a group."""
        return any(self._has_numbers(below) and any(self._texts(below)) for below in (row + 1, row + 2))

    def _area_named(self, label: str) -> bool:
        return _label(label).area is not None

    def _role(self, label: _Label, number: str) -> tuple[Role, Area | None]:
        """Return what a row is, and the area it belongs to."""
        if label.is_total:
            if label.area is not None:
                return Role.SECTION, label.area  # "Cộng khu vực thành thị"
            if len(label.romans) == 1 and label.romans[0] in self._numbered:
                return Role.SECTION, self._numbered[label.romans[0]]  # "Cộng I"
            return Role.TOTAL, None
        if label.area is not None and (label.says_area or not NUMBER.match(number)):
            return Role.SECTION, label.area
        return Role.UNIT, self._area


@dataclass(frozen=True, slots=True)
class _Label:
    """What the words of a row say."""

    text: str
    is_total: bool
    romans: tuple[str, ...]
    area: Area | None
    says_area: bool
    """The label says "khu vực …", which no unit is named."""
    is_reckoning: bool
    """The label says what somebody reckoned from the rows of units; a row with a number may be a unit of that name."""
    is_breakdown: bool
    """The label says "trong đó …": the row breaks the figures of the one above it down, or carries a page's over."""

    @classmethod
    def of(cls, label: str) -> _Label:
        """Read a label. A total is a whole word or a phrase no unit bears: "Cộng Hòa" and "Tổng Cọt" are communes."""
        text = heading_key(_LEADING_NUMBER.sub("", label))
        composed = normalize("NFC", label)  # Phường Cống Vị holds no six: "VI" is one only without accents
        romans = tuple(numeral.lower() for numeral in _ROMAN.findall(composed))
        alone = heading_key(_DIGITS.sub(" ", _ROMAN.sub(" ", composed)))
        is_total = alone in _TOTAL_ALONE or _begins(text, _TOTAL_HEAD)
        area = _area_inside(text) if is_total else _area(text)
        is_aside = _begins(text, _BREAKDOWN) or _CARRIED.search(text) is not None
        return cls(text, is_total, romans, area, "khu vuc" in text, _begins(text, _RECKONING), is_aside)


_LONGEST_LABEL: Final = 400
"""Characters: whatever a row is called, its first words say what it is."""


@lru_cache(maxsize=4096)
def _label(words: str) -> _Label:
    return _Label.of(words[:_LONGEST_LABEL])


def _is_plain_name(words: str) -> bool:
    """Say whether the words of a row are of a unit, in all likelihood: of no total, section, reckoning or part."""
    label = _label(words)
    return label.area is None and not (label.is_total or label.is_reckoning or label.is_breakdown)


def _area(text: str) -> Area | None:
    if _begins(text, _URBAN) or text in _URBAN_ALONE:
        return Area.URBAN
    if _begins(text, _RURAL) or text in _RURAL_ALONE:
        return Area.RURAL
    return None


def _begins(text: str, phrases: tuple[str, ...]) -> bool:
    """Say whether a text begins with whole words: Xã Thanh Thịnh is no "thành thị"."""
    return text.startswith(phrases) and any(text == phrase or text.startswith(f"{phrase} ") for phrase in phrases)


def _area_inside(text: str) -> Area | None:
    """Return the one area that a total names; none for "Tổng cộng thành thị và nông thôn"."""
    urban, rural = "thanh thi" in text, "nong thon" in text
    return None if urban == rural else Area.URBAN if urban else Area.RURAL
