"""The rows of one table of a list → class rows, each with its cell; what is wrong becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Level, Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.class_lists.columns import ClassColumn, ClassTable, ListColumn
from thidua_cli.normalise.class_lists.days import NoDayError, day_of
from thidua_cli.normalise.class_lists.list_faults import ListFaults
from thidua_cli.normalise.class_lists.list_units import ListedUnit, NamedRow, UnitsOfList, levels_of
from thidua_cli.normalise.class_lists.upper_names import UpperNames
from thidua_cli.normalise.class_lists.words import (
    ListPeriod,
    StatedClass,
    ascii_words,
    classes_named,
    is_silent,
    marked,
    period_named,
    stated_class,
)
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.read.grid import Grid
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.units.names import split_type
from thidua_cli.units.tables import REFORM_DAY

_NUMBERING: Final = late_pattern(r"\(?(?:\d{1,2}|[a-z])\)?", re.IGNORECASE)
_ENUMERATED: Final = late_pattern(r"^\s*(?:[IVX]+|[A-Z]|\d+)\s*[.)/\-:]+\s*")
_TOTAL: Final = late_pattern(
    r"(?:tong|cong)(?: so| cong)*(?: \d+)?(?: (?:xa|huyen|don vi|khu vuc|toan)\b.*)?|toan (?:tinh|huyen|vung).*"
)
_BELOW: Final = late_pattern(
    r"\b(?:noi nhan|nguoi lap|chu tich|pho chu tich|uy ban nhan dan|ubnd|ngay thang|giam doc|luu|ghi chu|ky ten)\b"
)
"""Words of what stands below a table."""
_SILENT_CODES: Final = frozenset(("", "-", "–"))


class RowStatement(NamedTuple):
    """One class that a row states, and the cell that states it."""

    stated: StatedClass
    origin: Origin
    period: ListPeriod | None
    is_own: bool
    """A cell of the row says it, and not a title above."""


@dataclass(slots=True)
class _ListSection:
    """What stands above a row inside its table."""

    token: str = ""
    origin: Origin | None = None
    above: tuple[str, ...] = ()
    period: ListPeriod | None = None


class ListedRows(NamedTuple):
    """What one table gave."""

    rows: Sequence[ClassRow]
    findings: Sequence[Finding]


@dataclass(slots=True)
class TableRows:
    """Reads the rows of one table, from top to bottom."""

    grid: Grid
    cells: Cells
    table: ClassTable
    units: UnitsOfList
    names: UpperNames
    end: int
    """The row after the last one of the table."""
    rows: list[ClassRow] = field(default_factory=list)
    _section: _ListSection = field(default_factory=_ListSection)
    _carried: dict[ListColumn, str] = field(default_factory=dict)
    """District and province of the row above, which stand in its first row alone."""
    _faults: ListFaults = field(default_factory=ListFaults)
    _after_blank: bool = False

    def read(self) -> ListedRows:
        """Return what the table says."""
        for row in range(self.table.header_bottom + 1, self.end):
            if self.cells.is_blank(row):
                self._after_blank = True
                continue
            self._row(row)
        return ListedRows(self.rows, self._faults.findings())

    # One row -------------------------------------------------------------------------------------------------------

    def _text(self, row: int, column: ListColumn) -> str:
        place = self.table.columns.get(column)
        if place is None:
            return ""
        area = self.cells.area_of(row, place)
        return self.cells.text(area.top, area.left)

    def _row(self, row: int) -> None:
        name, code = self._text(row, ListColumn.NAME), self._code(row)
        if self._is_numbering(row) or (not code and self._is_section(row, name)):
            return
        self._carry(row)
        statements = list(self._own(row))
        if not (name or code):
            if any(statement.is_own for statement in statements):
                self._refuse_unit(row, "", _NO_UNIT)
            return
        words = ascii_words(name)
        if not code and (_TOTAL.fullmatch(words) or (not statements and _BELOW.search(words))):
            return
        if not statements:
            statements = list(self._from_above())
        self._of_unit(row, code, name, statements)

    def _code(self, row: int) -> str:
        text = self._text(row, ListColumn.UNIT_CODE).strip(" '\u2019\"")
        return "" if text in _SILENT_CODES else text

    def _is_numbering(self, row: int) -> bool:
        texts = self.cells.texts(row)
        return len(texts) > 1 and row <= self.table.header_bottom + 1 and all(map(_NUMBERING.fullmatch, texts))

    def _is_section(self, row: int, name: str) -> bool:
        """Take a row that heads those below it: with a class, or with a district or province."""
        if any(not is_silent(self._class_text(row, column)) for column in self.table.classes):
            return False
        texts = [text for text in self.cells.texts(row) if not _is_number(text)]
        head = _ENUMERATED.sub("", name or (texts[0] if texts else ""))
        stated, named = stated_class(head), classes_named(head)
        token = stated.tokens[0] if stated is not None and stated.inside else named[0] if len(named) == 1 else ""
        if token and len(texts) <= 2 and not self._names_unit(head):
            column = self.table.columns.get(ListColumn.NAME, self.cells.first_column)
            self._section = _ListSection(token, self.grid.origin(row, column), (), period_named((head,)))
            self._carried.clear()
            return True
        return self._is_place(head, texts)

    def _is_place(self, head: str, texts: Sequence[str]) -> bool:
        levels = self._levels()
        if Level.DISTRICT in levels and Level.COMMUNE not in levels:
            place = self.names.section(head) if head.lower().startswith("tỉnh ") else None
        else:
            place = self.names.section(head)
        if place is None or len(texts) > 2:
            return False
        self._section.above = (place,)
        self._carried.clear()
        return True

    def _names_unit(self, head: str) -> bool:
        return len(ascii_words(head).split()) < 2

    def _levels(self) -> frozenset[Level]:
        """Return the levels of the classes that the table speaks of; of all where it does not say."""
        tokens = [column.token for column in self.table.classes if column.token]
        tokens += [statement.stated.tokens[0] for statement in self._from_above()]
        if any(column.of_areas for column in self.table.classes):
            tokens.append("area_1")
        levels = frozenset(level for token in tokens for level in levels_of(token) if token != "mountain")
        return levels or frozenset((Level.COMMUNE, Level.DISTRICT, Level.PROVINCE))

    def _carry(self, row: int) -> None:
        for column in (ListColumn.PROVINCE, ListColumn.DISTRICT):
            text = self._text(row, column)
            if text and text != self._carried.get(column):
                if column is ListColumn.PROVINCE:
                    self._carried.pop(ListColumn.DISTRICT, None)
                self._carried[column] = text

    # Classes -------------------------------------------------------------------------------------------------------

    def _class_text(self, row: int, column: ClassColumn) -> str:
        area = self.cells.area_of(row, column.column)
        return self.cells.text(area.top, area.left)

    def _own(self, row: int) -> Iterator[RowStatement]:
        """Yield what the cells of a row state."""
        for column in self.table.classes:
            text = self._class_text(row, column)
            if is_silent(text):
                continue
            stated = _stated(text, column)
            origin = self.grid.origin(row, column.column)
            if stated is not None:
                yield RowStatement(stated, origin, column.period, is_own=True)
                continue
            self._faults.add_unknown_class(column.column, text, origin)
            yield RowStatement(StatedClass((), inside=True), origin, None, is_own=True)

    def _from_above(self) -> Iterator[RowStatement]:
        """Yield what the section, the title or the name of the sheet states, in this order, for rows without a word."""
        if self._section.token and self._section.origin is not None:
            stated = StatedClass((self._section.token,), inside=True)
            yield RowStatement(stated, self._section.origin, self._section.period, is_own=False)
            return
        if self.table.classes:
            return
        named = {token for text in self.table.title for token in classes_named(text)}
        named = named or set(classes_named(self.grid.sheet))
        if len(named) == 1:
            origin = self.grid.origin(self.table.header_top)
            yield RowStatement(StatedClass((named.pop(),), inside=True), origin, None, is_own=False)

    # Unit and days -------------------------------------------------------------------------------------------------

    def _of_unit(self, row: int, code: str, name: str, statements: Sequence[RowStatement]) -> None:
        known = [statement for statement in statements if statement.stated.tokens]
        if not known:
            if not statements:
                self._faults.add_without_class(self._place(row), name or code)
            return
        days = self._days(row, known[0].period)
        for statement in known:
            levels = frozenset.union(*map(levels_of, statement.stated.tokens))
            start = days[0] if days is not None else None
            if start is None and statement.stated.tokens == ("poor_commune",):
                start = REFORM_DAY  # there was none before
            listed = self.units.unit_of(NamedRow(code, name, self._above(row), levels, start))
            if listed.fault is not None:
                if statement.is_own or code or not self._is_text_below(row, name):
                    self._refuse_unit(row, code or name, listed.fault)
                return
            if days is not None:
                self._add(row, statement, listed, days)

    def _is_text_below(self, row: int, name: str) -> bool:
        """Say whether a row behind an empty one is of no list: no number before it, no type of unit in its name."""
        numbered = any(map(_is_number, self.cells.texts(row)))
        return self._after_blank and not numbered and split_type(name)[0] is None

    def _above(self, row: int) -> tuple[str, ...]:
        own = [self._carried.get(column, "") for column in (ListColumn.DISTRICT, ListColumn.PROVINCE)]
        names = [name for name in own if name] or list(self._section.above)
        upper = self.names.named(self.table.title)
        if not any(own) and self._section.above:
            return (*self._section.above, *(name for name in upper if name not in self._section.above))
        return tuple(names) if names else upper

    def _days(self, row: int, period: ListPeriod | None) -> tuple[date | None, date | None] | None:
        """Return the first and the last day of a row; None where they are not understood, which is told."""
        period = period or self._section.period or self.table.period or period_named((self.grid.sheet,))
        days: list[date | None] = []
        for column, stated in ((ListColumn.FROM, period and period.start), (ListColumn.TO, period and period.end)):
            place = self.table.columns.get(column)
            if place is not None and (row, place) in self.grid.faults:
                self._refuse_day(row, column, _HIDDEN)
                return None
            area = None if place is None else self.cells.area_of(row, place)
            value = None if area is None else self.cells.value(area.top, area.left)
            try:
                day = day_of(value, is_end=column is ListColumn.TO)
            except NoDayError:
                self._refuse_day(row, column, _NO_DAY)
                return None
            days.append(day if value is not None else stated)
        start, end = days
        if start is not None and end is not None and end < start:
            self._refuse_day(row, ListColumn.TO, _REVERSED)
            return None
        return start, end

    def _add(
        self, row: int, statement: RowStatement, listed: ListedUnit, days: tuple[date | None, date | None]
    ) -> None:
        start, end = days
        if listed.since is not None:
            start = max(start, listed.since) if start is not None else listed.since
        if listed.until is not None:
            end = listed.until if end is None else min(end, listed.until)
        source = self._text(row, ListColumn.SOURCE)
        origin = statement.origin if statement.is_own else self._place(row)
        file = self.grid.file
        for token in statement.stated.tokens:
            self.rows.append(
                ClassRow(listed.code, token, statement.stated.inside, start, end, source, file, row + 1, origin=origin)
            )

    # What is wrong -------------------------------------------------------------------------------------------------

    def _place(self, row: int) -> Origin:
        columns = self.table.columns
        return self.grid.origin(row, columns.get(ListColumn.NAME, columns.get(ListColumn.UNIT_CODE)))

    def _refuse_unit(self, row: int, value: str, reason: Text) -> None:
        columns = self.table.columns
        is_code = bool(value) and value == self._code(row)
        column = columns.get(ListColumn.UNIT_CODE if is_code else ListColumn.NAME)
        origin = self.grid.origin(row, column) if column is not None else self._place(row)
        self._faults.refuse_unit(origin, value, reason, is_code=is_code)

    def _refuse_day(self, row: int, column: ListColumn, reason: Text) -> None:
        self._faults.refuse_day(self.grid.origin(row, self.table.columns.get(column)), self._text(row, column), reason)


def _stated(text: str, column: ClassColumn) -> StatedClass | None:
    """Return what a cell states: by a mark below the heading of a class, or in words."""
    if not column.token:
        return stated_class(text, of_areas=column.of_areas)
    mark = marked(text)
    if mark is not None:
        return StatedClass((column.token,), inside=mark)
    stated = stated_class(text)
    return stated if stated is not None and column.token in stated.tokens else None


def _is_number(text: str) -> bool:
    """Say whether a cell numbers its row: "1", "a)", "III."."""
    return _NUMBERING.fullmatch(text.rstrip(".")) is not None or re.fullmatch(r"[IVX]+\.?", text) is not None


_NO_UNIT: Final = Text("dòng có phân loại nhưng không có tên, mã đơn vị", "the row has a class and names no unit")
_NO_DAY: Final = Text(
    "“{value}” không phải là ngày; ghi ngày/tháng/năm, ví dụ 29/01/2026",
    "“{value}” is no day; write day/month/year, such as 29/01/2026",
)
_HIDDEN: Final = Text(
    "ô là công thức chưa có giá trị, bị lỗi hoặc bị gạch bỏ; gõ thẳng ngày vào ô",
    "the cell is a formula without a value, an error or crossed out; type the day itself",
)
_REVERSED: Final = Text(
    "đến ngày “{value}” trước từ ngày của dòng", "the last day, “{value}”, lies before the first one of the row"
)
