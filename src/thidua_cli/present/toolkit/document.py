"""What every view builds and every format draws. Knows no numbers and no format.

One answer is a document of titled sections for people, and records for programs.

Named tuples, not dataclasses: a dozen of frozen dataclasses take 4 ms to be made, which every `check` would pay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from thidua_cli.language import Language, Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.figures import count_text, decimal_text

if TYPE_CHECKING:
    from thidua_cli.present.paper.frame import Frame


class Styled(NamedTuple):
    """A piece of a line in one style: one of rich, "bold" or "code"; a format that has no such style ignores it."""

    text: str
    style: str = ""


Line: TypeAlias = Sequence[Styled]
Value: TypeAlias = str | int | Fraction | None
"""A text, a count, a number that is rounded for reading, or missing."""
Formula: TypeAlias = str
"""A formula of a workbook in the English words of OOXML, with the places of cells in braces.

"{4}" is the cell of column 4 in the same row; "{counts!3}" that of column 3 of the table whose key is "counts", in the
row that `Table.rows_in` names. One text serves every row of a column. "{counts!3@5:7}" are the cells of that column in
rows 5 to 7 of that table, from 0, whichever row the formula stands in.
"""


class ColumnType(Enum):
    """What a column holds; decides alignment and number format."""

    TEXT = auto()
    LINK = auto()
    """The anchor of a section of the same document."""
    COUNT = auto()
    DECIMAL = auto()
    YEAR = auto()

    @property
    def is_text(self) -> bool:
        """Whether cells are read, not compared: flush left and wrapped."""
        return self in (ColumnType.TEXT, ColumnType.LINK)


class TableColumn(NamedTuple):
    """Heading and type of a column."""

    header: str
    type: ColumnType = ColumnType.TEXT
    group: str = ""
    """Heading above several columns; empty for none."""
    width: int = 10
    """Width on a sheet, in characters."""

    @property
    def full_header(self) -> str:
        """Heading that stands alone."""
        return f"{self.group}: {self.header}" if self.group else self.header


class Table(NamedTuple):
    """Columns and rows; every row has a value per column."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Value]]
    tones: Mapping[tuple[int, int], str] = MappingProxyType({})
    """(Row, column) → "good", "bad", "open", "none" or "doubt": what a colour is to say of the cell."""
    formulas: Mapping[int, Sequence[Formula | None]] = MappingProxyType({})
    """Column → formula of each row, None for none, for formats that calculate; the value of the cell is its result."""
    key: str = ""
    """Name by which formulas of other tables of the document refer to this one."""
    rows_in: Mapping[str, Sequence[int]] = MappingProxyType({})
    """Key of another table → its row for each row of this one; without an entry, the row of the same number."""
    marks: Mapping[str, str] = MappingProxyType({})
    """How an answer that a formula gives may begin → its tone, where a count that changes may change the answer."""
    wraps: bool = True
    """Whether plain text may break cells to stay within its width."""
    heads_alone: bool = False
    """Whether a page shows the headings of a table without rows; a sheet always does."""

    def texts(self, language: Language) -> list[list[str]]:
        """Return the cells as people read them, row by row."""
        types = [column.type for column in self.columns]
        return [
            [cell_text(value, type_, language) for value, type_ in zip(row, types, strict=True)] for row in self.rows
        ]


def text_table(heads: Sequence[str], rows: Sequence[Sequence[Value]], *, wraps: bool = True) -> Table:
    """Return a table of texts."""
    return Table([TableColumn(head) for head in heads], rows, wraps=wraps)


class ChartSeries(NamedTuple):
    """One line of a chart, or one colour of bars."""

    name: str
    values: Sequence[int | Fraction | None]
    """One per category; None leaves a gap."""
    is_asked: bool = False
    """Whether it is what a clause asks, drawn dashed, and not what was counted."""


class Chart(NamedTuple):
    """A picture of figures that also stand in a table: formats without pictures leave it out."""

    title: str
    categories: Sequence[str]
    series: Sequence[ChartSeries]
    unit: str = ""
    """What the upright axis counts, such as "%"."""
    description: str = ""
    """What is to be seen in it, for who cannot see it."""
    is_bars: bool = False
    """Whether values stand as bars, and not as a line from year to year."""

    @property
    def value_type(self) -> ColumnType:
        """How its values are written: as counts where all of them are, else with decimals."""
        values = (value for series in self.series for value in series.values)
        return ColumnType.DECIMAL if any(isinstance(value, Fraction) for value in values) else ColumnType.COUNT


class Surface(Enum):
    """Where a section is drawn."""

    ALL = auto()
    PAGE = auto()
    """Only where people read from top to bottom."""
    SHEET = auto()
    """Only on a sheet of a workbook, which has room for many columns."""


class Section(NamedTuple):
    """One part of a document, and one sheet of a workbook.

    Under a heading everything stands in the order of the fields. Without one the table is the answer and comes first;
    a page says the rest below it, a sheet what is short above it.
    """

    heading: str = ""
    level: int = 2
    anchor: str = ""
    """Name that links lead to."""
    sheet: str = ""
    """Name of the sheet; that of the heading where it is empty."""
    title: str = ""
    """What a sheet is headed by; the title of the document where it is empty."""
    text: Sequence[Line] = ()
    """Running text, one paragraph each."""
    summary: str = ""
    """The sentence that counts."""
    points: Sequence[str] = ()
    """What must be known to read the table, one sentence each."""
    fields: Sequence[tuple[str, str]] = ()
    """Names with their values."""
    table: Table | None = None
    charts: Sequence[Chart] = ()
    """Pictures of the table, below it."""
    notes: Sequence[str] = ()
    """What to take with care, one sentence or two each."""
    surface: Surface = Surface.ALL


class PageHeading(NamedTuple):
    """A heading of level 1, 2 or 3."""

    level: int
    text: str
    anchor: str = ""


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Points(NamedTuple):
    """A list of sentences."""

    items: Sequence[str]


class Fields(NamedTuple):
    """Names with their values, one per line."""

    rows: Sequence[tuple[str, str]]


Block: TypeAlias = PageHeading | Paragraph | Points | Fields | Table
"""What a page is drawn of, one below the other."""


RESULT: Final = Text("Kết quả", "Result")
"""What an answer without a heading is called."""


class Document(NamedTuple):
    """Sections in order, under one title if there is one."""

    sections: Sequence[Section]
    title: str = ""
    frame: Frame | None = None
    """What makes it an official paper; its name and subject then stand in the place of the title."""
    sheet: str = ""
    """Name of the one sheet of a workbook that holds all sections below each other; empty for a sheet each."""

    def name(self, language: Language) -> str:
        """Return what a file says it is: kind and subject of the paper, else the first heading."""
        if self.frame is not None:
            return f"{self.frame.name} {self.frame.subject}"
        headings = (block.text for block in self.illustrated_blocks() if isinstance(block, PageHeading))
        return next(headings, RESULT.pick(language))

    def blocks(self) -> Iterator[Block]:
        """Yield what a page of text shows, from top to bottom."""
        return (block for block in self.illustrated_blocks() if not isinstance(block, Chart))

    def illustrated_blocks(self) -> Iterator[Block | Chart]:
        """Yield what a page with pictures shows, from top to bottom; its frame, where it has one, is not among it."""
        if self.title and self.frame is None:
            yield PageHeading(1, self.title)
        for section in self.sections:
            if section.surface is not Surface.SHEET:
                yield from _blocks(section)

    def sheets(self) -> Iterator[Section]:
        """Yield the sections that are sheets of a workbook."""
        return (section for section in self.sections if section.surface is not Surface.PAGE)


def _blocks(section: Section) -> Iterator[Block | Chart]:
    if section.heading:
        yield PageHeading(section.level, section.heading, section.anchor)
    yield from map(Paragraph, section.text)
    table = [section.table] if section.table and (section.table.rows or section.table.heads_alone) else []
    short = [*([section.summary] if section.summary else []), *section.points]
    above, below = (short, section.notes) if section.heading else ((), [*short, *section.notes])
    if above:
        yield Points(above)
    if section.fields:
        yield Fields(section.fields)
    yield from table
    yield from section.charts
    if list(below) == [section.summary]:
        yield Paragraph(text_line(section.summary))
    elif below:
        yield Points(below)


def text_line(text: str = "", style: str = "") -> Line:
    """Return a line in one style."""
    return (Styled(text, style),)


def plain(line: Line) -> str:
    """Return the text of a line without its styles."""
    return "".join(piece.text for piece in line)


def cell_text(value: Value, type_: ColumnType, language: Language) -> str:
    """Write one cell for people."""
    match value:
        case str():
            return value
        case Fraction():
            return decimal_text(value, language)
        case int() if type_ is ColumnType.YEAR:
            return str(value)
        case _:
            return count_text(value, language)


FieldValue: TypeAlias = str | int | float | None


def truth_field(value: bool) -> str:
    """Return a truth value as every machine format writes it; csv would write it as Python does."""
    return "true" if value else "false"


class Records(NamedTuple):
    """Rows for programs; every row has a value per field."""

    fields: Sequence[str]
    rows: Iterable[Sequence[FieldValue]]


class RowsInTurn:
    """A list of a JSON document whose records are made one after the other: all of a country's would fill memory.

    It can be gone through as often as wanted; each time the records are made anew.
    """

    def __init__(self, subjects: Sequence[Any], make: Callable[[Any], Mapping[str, object]]) -> None:
        """Take what the records are about, and what makes one of them."""
        self._subjects = subjects
        self._make = make

    def __len__(self) -> int:
        return len(self._subjects)

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        return map(self._make, self._subjects)


def whole(document: Mapping[str, object]) -> dict[str, object]:
    """Return a JSON document with the records of its lists all made."""
    return {key: list(value) if isinstance(value, RowsInTurn) else value for key, value in document.items()}


class View(NamedTuple):
    """How one answer is shown. What is None is not offered in that form; the page or the screen is always there."""

    page: Callable[[Language], Document] | None = None
    """The document."""
    screen: Callable[[Language, int], Iterable[Line]] | None = None
    """Lines laid out for a terminal of so many columns, where it has more to offer than the page."""
    pictured: Callable[[Language, int], Iterable[Line]] | None = None
    """The same lines with pictures beside them, for a terminal that draws them: `toolkit.pictures`."""
    record: Callable[[Language], Mapping[str, object]] | None = None
    """The JSON document: tokens in English, sentences in the language; long lists of it may be `RowsInTurn`."""
    rows: Callable[[Language], Records] | None = None
    """One row per answer, tokens in English."""

    def document(self, language: Language) -> Document:
        """Return the page, or what a wide screen shows as running text."""
        if self.page is not None:
            return self.page(language)
        # A view that was written for screens alone is still readable in every format for people.
        lines = () if self.screen is None else self.screen(language, WIDE_SCREEN)
        return Document([Section(text=[line for line in lines if any(piece.text.strip() for piece in line)])])


WIDE_SCREEN = 160
