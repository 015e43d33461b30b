"""A file of classes → rows of the rulebook with their cells, and all that is wrong; parsed as every input is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Origin
from thidua_cli.normalise.class_lists.columns import tables_of
from thidua_cli.normalise.class_lists.kinds import C003, C004, C006
from thidua_cli.normalise.class_lists.list_rows import TableRows
from thidua_cli.normalise.class_lists.list_units import UnitsOfList
from thidua_cli.normalise.class_lists.upper_names import NEWEST_DAY, UpperNames
from thidua_cli.normalise.persons.headings import head_persons
from thidua_cli.normalise.sheet.cell_faults import hidden_sheet_unused
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.fonts import readable
from thidua_cli.read.faults import F003
from thidua_cli.read.grid import Grid
from thidua_cli.read.source import Source, open_source
from thidua_cli.rulebook.class_file import ClassRow, is_plain_class_file, read_class_rows
from thidua_cli.rulebook.classes import CLASS_TOKENS, contradict
from thidua_cli.side_files import refuse_unfit
from thidua_cli.units.province import CLASS_LIST_DAY, is_as_on_class_lists
from thidua_cli.units.tables import TABLES_START, UnitTables, bundled

_SHOWN: Final = 40
"""Findings that a refusal lists: more are of one cause."""


@dataclass(frozen=True, slots=True)
class ListedClasses:
    """What a file of classes says."""

    file: str
    rows: Sequence[ClassRow] = ()
    findings: Sequence[Finding] = ()
    """Sorted by place."""
    sheets: Sequence[str] = ()
    """Names of the sheets with a table that was recognised; empty for a text file."""
    tables: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings for which the file is refused: on a part of a list nobody is judged."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    def refusal(self) -> InputError:
        """Return the error that names all there is to mend, each with its cell."""
        errors = self.errors
        lines = [
            Text(*(f"  {_place(finding.origin)}: {finding.message(language)}" for language in Language))
            for finding in errors[:_SHOWN]
        ]
        if len(errors) > _SHOWN:
            lines.append(_MORE.fill(count=len(errors) - _SHOWN, file=self.file))
        head = _HEAD.fill(file=self.file, count=len(errors))
        return InputError(Text.joined("\n", [head, *lines]))


def _place(origin: Origin) -> str:
    return " › ".join(part for part in (origin.sheet, origin.cell) if part) or origin.file


def read_classes(paths: Sequence[Path], within: str | None = None) -> tuple[list[ClassRow], list[Finding]]:
    """Return the rows of the user's class files, file by file, and what a person must look at before relying on them.

    Raises:
        InputError: A file cannot be read, or anything in it is wrong: all of it is told, each with its cell.
    """
    rows: list[ClassRow] = []
    warnings: list[Finding] = []
    for path in paths:
        plain = _plain_rows(path)
        if plain is not None:
            rows += plain
            warnings += undated_of_two_units(plain, bundled())
            continue
        read = read_class_list(path, within)
        if read.errors:
            raise read.refusal()
        rows += read.rows
        warnings += [finding for finding in read.findings if finding.severity is Severity.WARNING]
    return rows, warnings


def _plain_rows(path: Path) -> list[ClassRow] | None:
    """Return the rows of a CSV that is headed by the program's own words, read line by line; None of any other file."""
    try:
        return read_class_rows(path, CLASS_TOKENS) if is_plain_class_file(path) else None
    except InputError:
        return None  # read once more, so that everything that is wrong is told, and not the first line alone


def read_class_list(path: Path, within: str | None = None, tables: UnitTables | None = None) -> ListedClasses:
    """Return what a workbook or text says of classes, with all that is wrong with it.

    Raises:
        InputError: The file is a device, a pipe, or too large for a list.
    """
    refuse_unfit(path)
    reader = _ListReader(str(path), UnitsOfList(tables or bundled(), within), UpperNames(tables or bundled()))
    for grid in open_source(Source(str(path), path)):
        if isinstance(grid, Finding):
            reader.findings.append(grid)
        else:
            reader.sheet(grid)
    return reader.result()


@dataclass(slots=True)
class _ListReader:
    file: str
    units: UnitsOfList
    names: UpperNames
    rows: list[ClassRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    tables: int = 0

    def sheet(self, grid: Grid) -> None:
        """Take the tables of one sheet."""
        if grid.is_hidden:
            self.findings += hidden_sheet_unused(grid)  # what nobody sees may be the list of another year
            return
        grid, _ = readable(grid)
        cells = Cells(list(grid.open_rows()), grid.first_column, grid.merged or grid.facts.merged)
        tables = list(tables_of(cells, grid.sheet))
        if not tables or head_persons(cells):
            return
        self.sheets += [grid.sheet] if grid.sheet else []
        self.tables += len(tables)
        ends = [*(table.header_top for table in tables[1:]), len(cells.rows)]
        for table, end in zip(tables, ends, strict=True):
            read = TableRows(grid, cells, table, self.units, self.names, end).read()
            self.rows += read.rows
            self.findings += read.findings

    def result(self) -> ListedClasses:
        """Return what was taken; a file without any table says so."""
        refused = any(finding.severity is Severity.ERROR for finding in self.findings)
        if not self.tables and not refused:
            self.findings.append(Finding(F003, Origin(self.file), details={"reason": _NO_LIST}))
        findings = [
            *self.findings,
            *contradictions(self.rows),
            *undated_of_two_units(self.rows, self.units.tables),
        ]
        ordered = sorted(findings, key=lambda finding: (self._sheet(finding.origin.sheet), finding.origin))
        return ListedClasses(self.file, self.rows, ordered, self.sheets, self.tables)

    def _sheet(self, name: str) -> int:
        return self.sheets.index(name) if name in self.sheets else -1


def contradictions(rows: Sequence[ClassRow]) -> Iterator[Finding]:
    """Yield C003 where two rows cannot both be true."""
    by_unit: dict[str, list[ClassRow]] = {}
    for row in rows:
        for earlier in by_unit.setdefault(row.unit_code, []):
            if earlier.overlaps(row) and contradict(earlier, row):
                details = {"unit": named_unit(row), "other": words_of(earlier), "place": earlier.place}
                yield Finding(C003, row.cell, row.unit_code, value=words_of(row).vi, details=details)
                break
        by_unit[row.unit_code].append(row)


def undated_of_two_units(rows: Sequence[ClassRow], tables: UnitTables) -> Iterator[Finding]:
    """Yield C004 once, as a warning, where rows without a first day bear codes that passed to units of other areas."""
    named = {row.unit_code: row for row in reversed(rows) if _is_of_two_units(row, tables)}
    if not named:
        return
    first = next(row for row in rows if row.unit_code in named and named[row.unit_code] is row)
    units = [f"{unit.name} ({code})" for code in reversed(named) if (unit := tables.get(code, CLASS_LIST_DAY))]
    reason = _OF_TWO_UNITS.fill(count=len(named), units=Text.and_more(units, _OFFERED))
    yield Finding(C004, first.cell, details={"reason": reason}, severity_here=Severity.WARNING)


def _is_of_two_units(row: ClassRow, tables: UnitTables) -> bool:
    code, then, now = row.unit_code, *(tables.get(row.unit_code, day) for day in (CLASS_LIST_DAY, NEWEST_DAY))
    if row.valid_from is not None or then is None or now is None:
        return False
    ends_before = row.valid_to is not None and row.valid_to < (tables.area_since(code, NEWEST_DAY) or now.valid_from)
    return not ends_before and not is_as_on_class_lists(code, NEWEST_DAY, tables)


def against_bundled(rows: Sequence[ClassRow], listed: Sequence[ClassRow]) -> Iterator[Finding]:
    """Yield C006 where a row of the user's contradicts one of the lists that come with the program."""
    by_unit: dict[str, list[ClassRow]] = {}
    for row in listed:
        by_unit.setdefault(row.unit_code, []).append(row)
    for row in rows:
        for other in by_unit.get(row.unit_code, ()):
            if other.overlaps(row) and contradict(other, row):
                details = {"unit": named_unit(row), "other": words_of(other), "source": other.source}
                yield Finding(C006, row.cell, row.unit_code, value=words_of(row).vi, details=details)
                break


def words_of(row: ClassRow) -> Text:
    """Return the class of a row in words: "xã khu vực III", "không phải huyện nghèo"."""
    word = CLASS_WORDS[row.token].short
    return word if row.inside else _NOT.fill(word=word)


def named_unit(row: ClassRow, tables: UnitTables | None = None) -> str:
    """Return name and code of the unit of a row, as it was called on its first day."""
    periods = (tables or bundled()).periods(row.unit_code)
    if not periods:
        return row.unit_code
    day = max(row.valid_from or periods[-1].valid_from, TABLES_START)
    unit = next((period for period in periods if period.stands_on(day)), periods[-1])
    return f"{unit.name} ({unit.code})"


def with_findings(read: ListedClasses, findings: Sequence[Finding]) -> ListedClasses:
    """Return a list with more findings behind its own."""
    return replace(read, findings=[*read.findings, *findings])


_NOT: Final = Text("không phải {word}", "not {word}")
_HEAD: Final = Text(
    "tệp phân loại {file} có {count} chỗ phải sửa; chưa sửa thì không xét, vì thiếu dòng có thể làm sai kết luận:",
    "the class file {file} has {count} places to mend; nothing is judged before, for rows left out may make a verdict "
    "wrong:",
)
_OF_TWO_UNITS: Final = Text(
    "không ghi từ ngày, mà trước và sau lần sắp xếp mã này là của hai đơn vị khác địa bàn "
    "({count} đơn vị: {units}); ghi cột Từ ngày, hoặc giai đoạn ở tiêu đề",
    "no first day, and the code is that of one unit before it was reorganised and of another since "
    "({count} units: {units}); add a column of first days, or the years in the title",
)
_OFFERED: Final = 5
_MORE: Final = Text(
    "  … và {count} chỗ khác; xem tất cả bằng “thidua classes check {file}”",
    "  … and {count} more; see all of them by “thidua classes check {file}”",
)
_NO_LIST: Final = Text(
    "không có bảng nào có cột tên hoặc mã đơn vị cùng phân loại (ở cột, tiêu đề, dòng mục hoặc tên trang tính); lập "
    "mẫu bằng “thidua classes new”",
    "there is no table with names or codes of units and a class (in a column, the title, a section or the name of the "
    "sheet); “thidua classes new” makes one to fill in",
)
