"""XML Spreadsheet 2003 (Excel's "XMLSS"), which many programs of agencies write and name .xls.

Read by the standard library's expat, which fetches nothing. A document type is refused, so that no entity is ever
expanded.
Source of the elements: Microsoft, "XML Spreadsheet Reference" (Office XP and 2003).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from xml.parsers import expat

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import Cell, FaultyCell, Grid, IndexRange, MergedRange, Row, SheetFacts, StoredZero
from thidua_cli.read.limits import SHEET_ROWS, TEXT_COLUMNS, BeyondLimitsError, too_many_merged
from thidua_cli.read.marked_text import CROSSED_OUT, MarkedText, marked
from thidua_cli.read.reach import Reach, too_far
from thidua_cli.read.sheet_values import values_as_meant
from thidua_cli.read.sheet_xml import joined_ranges
from thidua_cli.read.stored_zeros import unread_zeros

_SS: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL: Final = "urn:schemas-microsoft-com:office:excel "
_DATA: Final = f"{_SS}Data"
_STRUCK: Final = "S"
_RAISED: Final = ("Sup", "Sub")
_LINK: Final = late_pattern(r"\[[^\[\]]+\.\w{2,4}\]")
_NUMBER: Final = late_pattern(
    r"\s*[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?\s*\Z"
)
_HIDDEN: Final = ("SheetHidden", "SheetVeryHidden")
_FAR: Final = Text(
    "có ô nằm ngoài giới hạn của bảng tính (1.048.576 dòng, 16.384 cột)",
    "it has cells beyond the limits of a sheet (1,048,576 rows, 16,384 columns)",
)
_DOCUMENT_TYPE: Final = Text(
    "tệp XML khai báo DOCTYPE hoặc thực thể, không chương trình bảng tính nào làm vậy",
    "the XML declares a DOCTYPE or entities, as no spreadsheet program does",
)
_BROKEN: Final = Text(
    "tệp XML bị hỏng hoặc bị cắt cụt ở dòng {line}; hãy mở bằng Excel, lưu lại dạng .xlsx, hoặc xin lại tệp",
    "the XML is damaged or cut short in line {line}; open it in Excel, save it as .xlsx, or ask for the file again",
)


def spreadsheet_xml_grids(content: bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield every sheet with cells, in the file's order; F001 or F009 where the file is not read."""
    book = _Book(len(content))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except BeyondLimitsError as error:
        yield Finding(F009, Origin(name), details={"reason": error.reason})
        return
    except (expat.ExpatError, LookupError, ValueError):  # ValueError, LookupError: an encoding that is none
        reason = _BROKEN.fill(line=str(parser.CurrentLineNumber))
        yield Finding(F001, Origin(name), details={"reason": reason})
        return
    yield from (sheet.grid(name) for sheet in book.sheets if sheet.has_cells)


def _refuse_document_type(*_: object) -> None:
    raise BeyondLimitsError(_DOCUMENT_TYPE)


class _XmlSheet:
    """One worksheet while it is read."""

    def __init__(self, name: str, size: int, struck_styles: frozenset[str]) -> None:
        self.name = name
        self._struck_styles = struck_styles
        self._row_style = self._style = ""
        self.is_hidden = False
        self.has_cells = False
        self.first_row = self.first_column = 0
        self._size = size
        self._rows: list[Row] = []
        self._row, self._column, self._next_row, self._next_column = -1, -1, 0, 0
        self._columns = 0
        self._reach = Reach()
        self._merged: list[MergedRange] = []
        self._faults: dict[tuple[int, int], FaultyCell] = {}
        self._links: list[tuple[int, int]] = []
        self._marked: dict[tuple[int, int], MarkedText] = {}
        self._formulas: set[tuple[int, int]] = set()
        self._zeros: dict[tuple[int, int], StoredZero] = {}
        self._calculated: set[int] = set()
        self._hidden_rows: list[IndexRange] = []
        self._hidden_columns: list[IndexRange] = []

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        self.first_row = max(_number(attributes, "TopCell", 1) - 1, 0)
        self.first_column = max(_number(attributes, "LeftCell", 1) - 1, 0)
        self._next_row, self._columns = self.first_row, self.first_column

    def take_column(self, attributes: Mapping[str, str]) -> None:
        first = self.first_column + _number(attributes, "Index", self._columns - self.first_column + 1) - 1
        last = first + _number(attributes, "Span", 0)
        self._columns = last + 1
        if _attribute(attributes, "Hidden") == "1":
            self._hidden_columns.append(IndexRange(first, min(last, TEXT_COLUMNS)))

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row = self.first_row + _number(attributes, "Index", self._next_row - self.first_row + 1) - 1
        last = self._row + _number(attributes, "Span", 0)
        self._next_row, self._next_column = last + 1, self.first_column
        self._row_style = _attribute(attributes, "StyleID")
        if _attribute(attributes, "Hidden") == "1":
            self._hidden_rows.append(IndexRange(self._row, min(last, SHEET_ROWS)))

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = self.first_column + _number(attributes, "Index", self._next_column - self.first_column + 1) - 1
        across, down = _number(attributes, "MergeAcross", 0), _number(attributes, "MergeDown", 0)
        self._next_column = self._column + across + 1
        self._style = _attribute(attributes, "StyleID") or self._row_style
        if not 0 <= self._row < SHEET_ROWS or not 0 <= self._column < TEXT_COLUMNS:
            raise BeyondLimitsError(_FAR)
        if across or down:
            self._merge(across, down)
        formula = _attribute(attributes, "Formula")
        if formula:
            # Its value follows, if it ever had one.
            self._faults[self._row, self._column] = FaultyCell(self._row, self._column, "")
            self._formulas.add((self._row, self._column))
            if _LINK.search(formula):
                self._links.append((self._row, self._column))

    def _merge(self, across: int, down: int) -> None:
        self._merged.append(MergedRange(self._row, self._column, self._row + down, self._column + across))
        reason = too_many_merged(len(self._merged))
        if reason is not None:
            raise BeyondLimitsError(reason)

    def put(self, runs: Sequence[tuple[str, bool, bool]], kind: str) -> None:
        """Take in the value of the cell that is open: its words, and whether they are raised or crossed out."""
        place, text = (self._row, self._column), "".join(words for words, _, _ in runs)
        if text or kind == "String":  # of a formula that was never calculated there is no number
            self._faults.pop(place, None)
        if kind == "Error":
            self._faults[place] = FaultyCell(*place, text or "#N/A")
            return
        self.has_cells = True
        self._reach = self._reach.with_cell(*place)
        reason = too_far(self._reach, self._size)
        if reason is not None:
            raise BeyondLimitsError(reason)
        while len(self._rows) <= self._row:
            self._rows.append([])
        row = self._rows[self._row]
        row.extend([None] * (self._column + 1 - len(row)))
        row[self._column] = value = _value(text, kind)
        marks = CROSSED_OUT if self._style in self._struck_styles else marked(runs)
        if marks is not None:
            self._marked[place] = marks
        if place in self._formulas and value == 0:
            self._zeros[place] = StoredZero("")  # its references are no Excel's of today
        elif place in self._formulas:
            self._calculated.add(self._column)

    def grid(self, file: str) -> Grid:
        """Return what was read."""
        facts = SheetFacts(
            self._faults,
            tuple(self._links),
            joined_ranges(self._hidden_rows),
            tuple(self._hidden_columns),
            tuple(self._merged),
            marked=self._marked,
            zeros=self._zeros,
            calculated=frozenset(self._calculated),
        )
        values = values_as_meant(self._rows.__iter__, 0, facts, unread_zeros(facts))
        return Grid(file, self.name, values.open_rows, 0, facts.merged, values.facts, is_hidden=self.is_hidden)


class _Book:
    """Follows the elements of the file."""

    def __init__(self, size: int) -> None:
        self.sheets: list[_XmlSheet] = []
        self._size = size
        self._kind: str | None = None
        """ss:Type of the value that is open; None outside of values."""
        self._runs: list[tuple[str, bool, bool]] = []
        self._raised = self._struck = 0
        self._style = ""
        self._struck_styles: set[str] = set()
        self._beside = 0
        """Open comments, whose text is none of the cell's."""
        self._visible: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in the start of an element."""
        if name == f"{_SS}Worksheet":
            name_of_sheet = _attribute(attributes, "Name")
            self.sheets.append(_XmlSheet(name_of_sheet, self._size, frozenset(self._struck_styles)))
        elif not self.sheets:
            self._take_style(name, attributes)
        elif (begin := self._begins(name)) is not None:
            begin(attributes)
        elif name == f"{_SS}Comment":
            self._beside += 1
        elif name == _DATA and not self._beside:
            self._kind = _attribute(attributes, "Type") or "String"
        elif name == f"{_EXCEL}Visible":
            self._visible = []
        elif self._kind is not None:
            self._count_look(name, 1)

    def _take_style(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_SS}Style":
            self._style = _attribute(attributes, "ID")
        elif name == f"{_SS}Font" and _attribute(attributes, "StrikeThrough") == "1":
            self._struck_styles.add(self._style)

    def _count_look(self, name: str, step: int) -> None:
        look = name.rpartition(" ")[2]
        self._struck += step if look == _STRUCK else 0
        self._raised += step if look in _RAISED else 0

    def _begins(self, name: str) -> Callable[[Mapping[str, str]], None] | None:
        sheet = self.sheets[-1]
        match name.removeprefix(_SS):
            case "Cell":
                return sheet.begin_cell
            case "Row":
                return sheet.begin_row
            case "Column":
                return sheet.take_column
            case "Table":
                return sheet.begin_table
        return None

    def text(self, text: str) -> None:
        """Take in text."""
        if self._kind is not None:
            self._runs.append((text, self._raised > 0, self._struck > 0))
        elif self._visible is not None:
            self._visible.append(text)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == _DATA and self._kind is not None:
            self.sheets[-1].put(self._runs, self._kind)
            self._kind, self._raised, self._struck = None, 0, 0
            self._runs.clear()
        elif name == f"{_SS}Comment" and self._beside:
            self._beside -= 1
        elif name == f"{_EXCEL}Visible" and self._visible is not None:
            self.sheets[-1].is_hidden = "".join(self._visible).strip() in _HIDDEN
            self._visible = None
        elif self._kind is not None:
            self._count_look(name, -1)


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    # Some writers leave the prefix out.
    return attributes.get(_SS + name) or attributes.get(name, "")


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = _attribute(attributes, name)
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _value(text: str, kind: str) -> Cell:
    """Return a value by its ss:Type; what does not fit it stays text, which is looked at as any other text."""
    try:
        match kind:
            case "Number" if _NUMBER.match(text):
                return float(text)
            case "Boolean":
                return text.strip() in ("1", "true")
            case "DateTime":
                return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return text
