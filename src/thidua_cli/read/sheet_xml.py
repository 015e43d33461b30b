"""What calamine hides in an .xlsx, found in one pass over a sheet's XML.

Error cells, formulas without a stored value, links to other workbooks, hidden rows and columns.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.archive import kept_of_alike
from thidua_cli.read.grid import FaultyCell, IndexRange, SheetFacts, StoredZero, column_index
from thidua_cli.read.marked_text import MARKS, NO_MARKS, MarkedText, TextMarks, marked_runs, marks_of

WORKBOOK_XML: Final = "xl/workbook.xml"
WORKBOOK_BIN: Final = "xl/workbook.bin"
"""The part that lists the sheets of an .xlsb."""
_CHUNK: Final = 1 << 22
_MARK_BYTES: Final = 16
"""More than the longest word that is looked for, which the end of a piece may tear."""
_ROW_END: Final = b"row>"
_CELL: Final = late_pattern(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE: Final = late_pattern(rb'\br="([A-Z]+)([0-9]+)"')
_VALUE: Final = late_pattern(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>")
_FORMULA: Final = late_pattern(rb"<(?:\w+:)?f(?:[\s/]([^>]*))?>([^<]*)")
_SHARED: Final = late_pattern(rb'\bsi="([0-9]+)"')
_STYLE: Final = late_pattern(rb'\bs="([0-9]{1,9})"')
_IS_SHARED: Final = late_pattern(rb'\bt="s"')
_OTHER_TYPE: Final = late_pattern(rb'\bt="(?!n")')
"""The type of a cell that holds no number."""
_LINK: Final = late_pattern(rb"(?<![\w\])])\[[1-9][0-9]*\][^\[\]!]*!")
"""The place of another workbook in the list of links; "Table1[2021]" is a column of a table."""
_HIDDEN_ROW: Final = late_pattern(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_HIDDEN_COLUMN: Final = late_pattern(rb'<(?:\w+:)?col\s(?=[^>]*\bhidden="(?:1|true)")([^>]*)>')
_ASKS: Final = late_pattern(rb'<(?:\w+:)?calcPr\s[^>]*?(?:\bfullCalcOnLoad="(?:1|true)"|\bcalcCompleted="(?:0|false)")')
_SHEET: Final = late_pattern(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION: Final = late_pattern(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = late_pattern(rb'([\w:]+)="([^"]*)"')


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → path of its XML inside the workbook; empty where the workbook is built differently."""
    names = set(archive.namelist())
    relations = "xl/_rels/workbook.xml.rels"
    if WORKBOOK_XML not in names or relations not in names:
        return {}
    named = _parts_named(archive.read(WORKBOOK_XML), archive.read(relations))
    return {name: part for name, part in named if part in names}


@kept_of_alike
def _parts_named(workbook: bytes, relations: bytes) -> list[tuple[str, str]]:
    """Return name and path of the sheets that a workbook lists.

    Sheets are parts in the order in which they were made, not of their tabs: names lead, numbers do not.
    """
    targets = relation_targets(relations)
    parts: list[tuple[str, str]] = []
    for attributes in map(_attributes, _SHEET.findall(workbook)):
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        parts.append((attributes.get("name", ""), targets.get(relation, "")))
    return parts


@kept_of_alike
def sheet_count(workbook: bytes) -> int:
    """Return how many sheets the XML of a workbook names."""
    return sum(1 for _ in _SHEET.finditer(workbook))


def relation_targets(xml: bytes) -> dict[str, str]:
    """Return relation → path of the part inside the workbook, from the relations of the part "workbook"."""
    relations = [
        (relation.get("Id", ""), relation.get("Target", "")) for relation in map(_attributes, _RELATION.findall(xml))
    ]
    # openpyxl writes targets from the root of the archive, Excel from the folder of the workbook.
    return {key: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for key, target in relations}


@kept_of_alike
def asks_for_calculation(workbook: bytes) -> bool:
    """Say whether the XML of a workbook asks for its formulas to be calculated when it is opened."""
    return _ASKS.search(workbook) is not None


def marks_in(archive: zipfile.ZipFile) -> TextMarks | None:
    """Return the crossed-out and raised texts of a workbook; None where there are none."""
    parts = {name.rsplit("/", 1)[-1].lower(): name for name in archive.namelist() if name.endswith(".xml")}
    texts, styles = parts.get("sharedstrings.xml"), parts.get("styles.xml")
    has_marks = texts is not None and _has_marks(archive, texts)
    return _marks_of(archive.read(texts) if texts and has_marks else b"", archive.read(styles) if styles else b"")


_marks_of: Final = kept_of_alike(marks_of)


def _has_marks(archive: zipfile.ZipFile, part: str) -> bool:
    """Look for marks in pieces: the shared texts of half a million rows are never held as a whole."""
    if archive.getinfo(part).file_size <= _CHUNK:
        content = archive.read(part)
        return any(mark in content for mark in MARKS)
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            if any(mark in rest + chunk[:_MARK_BYTES] or mark in chunk for mark in MARKS):
                return True
            rest = chunk[-_MARK_BYTES:]
    return False


def scan_sheet(
    archive: zipfile.ZipFile, part: str, *, asks: bool = False, marks: TextMarks | None = None
) -> SheetFacts:
    """Return what calamine does not say of one sheet.

    Most of a large sheet is decompressed and passed over: only a stretch of rows that holds a formula, an error or a
    hidden row at all is looked at cell by cell.
    """
    with archive.open(part) as stream:
        return scan(stretches(stream), asks=asks, marks=marks)


def scan(xml: Iterable[bytes], *, asks: bool = False, marks: TextMarks | None = None) -> SheetFacts:
    """Return what calamine does not say, from the XML of one sheet cut at ends of rows.

    `asks` says that the workbook asks for its formulas to be calculated when it is opened; `marks` are of its texts.
    """
    marked: dict[tuple[int, int], MarkedText] = {}
    worded: dict[tuple[int, int], str] = {}
    is_inline: bool | None = None
    formulas = _FormulaScan(asks=asks)
    rows: list[IndexRange] = []
    columns: list[IndexRange] = []
    for stretch in xml:
        # The Open XML SDK writes a prefix before every tag: <x:f>.
        if b't="e"' in stretch or b"<f" in stretch or b":f" in stretch:
            for cell in _CELL.finditer(stretch):
                formulas.look_at(cell)
        if b'hidden="1"' in stretch or b'hidden="true"' in stretch:
            rows += [IndexRange(int(number) - 1, int(number) - 1) for number in _HIDDEN_ROW.findall(stretch)]
            columns += _hidden_columns(stretch)
        if is_inline is None:
            is_inline = b"inlineStr" in stretch  # a writer puts all texts into their cells, or none
        if marks is not None or (is_inline and any(mark in stretch for mark in MARKS)):
            marked |= _marked_cells(stretch, marks or NO_MARKS)
        if marks is not None and marks.worded_styles:
            worded |= _worded_cells(stretch, marks.worded_styles)
    return SheetFacts(
        formulas.faults,
        tuple(formulas.links),
        joined_ranges(rows),
        joined_ranges(columns),
        marked=marked,
        worded=worded,
        zeros=formulas.zeros,
        calculated=frozenset(formulas.calculated),
    )


def _marked_cells(stretch: bytes, marks: TextMarks) -> Iterator[tuple[tuple[int, int], MarkedText]]:
    """Yield the cells that refer to a marked text or style, or hold marked text themselves."""
    for attributes, content in _CELL.findall(stretch):
        reference = _REFERENCE.search(attributes)
        style = _STYLE.search(attributes)
        value = _VALUE.search(content)
        if reference is None or not content:
            continue
        shared = int(value.group(1)) if value and _IS_SHARED.search(attributes) and value.group(1).isdigit() else -1
        is_struck = style is not None and int(style.group(1)) in marks.struck_styles
        text = marks.in_cell(shared, is_struck=is_struck)
        if b"is>" in content:
            text = marked_runs(content, is_struck=is_struck) or text
        if text is not None:
            yield (int(reference.group(2)) - 1, column_index(reference.group(1).decode())), text


def _worded_cells(stretch: bytes, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the numbers to which their format adds words."""
    if not re.search(rb'\bs="(?:%s)"' % b"|".join(b"%d" % style for style in styles), stretch):
        return
    for attributes, content in _CELL.findall(stretch):
        style, reference = _STYLE.search(attributes), _REFERENCE.search(attributes)
        words = styles.get(int(style.group(1)), "") if style is not None else ""
        if words and reference is not None and _VALUE.search(content) and not _OTHER_TYPE.search(attributes):
            yield (int(reference.group(2)) - 1, column_index(reference.group(1).decode())), words


class _FormulaScan:
    """Follows the cells of a sheet that hold a formula or an error."""

    def __init__(self, *, asks: bool) -> None:
        self._asks = asks
        self.faults: dict[tuple[int, int], FaultyCell] = {}
        self.links: list[tuple[int, int]] = []
        self._linked: set[bytes] = set()
        self.zeros: dict[tuple[int, int], StoredZero] = {}
        self.calculated: set[int] = set()
        self._shared: dict[bytes, tuple[str, tuple[int, int]]] = {}
        """Number of a formula that cells share → its text and the place it was written for."""

    def look_at(self, cell: re.Match[bytes]) -> None:
        """Take in one cell: is its value hidden, was it calculated, does it come from another workbook?"""
        attributes, content = cell.group(1), cell.group(2) or b""
        is_error = b't="e"' in attributes
        formula = _FORMULA.search(content)
        reference = _REFERENCE.search(attributes)
        if reference is None or not (is_error or formula):
            return
        place = int(reference.group(2)) - 1, column_index(reference.group(1).decode())
        value = _VALUE.search(content)
        fault = _fault(place, attributes, value, is_error=is_error)
        if fault is not None:
            self.faults[place] = fault
        if formula is not None:
            if _is_link(formula, self._linked):
                self.links.append(place)
            self._take_result(place, attributes, formula, value.group(1) if value else b"")

    def _take_result(self, place: tuple[int, int], attributes: bytes, formula: re.Match[bytes], value: bytes) -> None:
        """Tell a stored 0, which may be no result at all, from a result."""
        shared = _SHARED.search(formula.group(1) or b"")
        if shared and formula.group(2):
            self._shared[shared.group(1)] = unescaped(formula.group(2).decode("utf-8", "replace")), place
        if not value or value.strip(b"0.-") or _OTHER_TYPE.search(attributes):
            if value:
                self.calculated.add(place[1])
            return
        text, shift = unescaped(formula.group(2).decode("utf-8", "replace")), (0, 0)
        if shared and not text:
            text, (row, column) = self._shared.get(shared.group(1), ("", place))
            shift = place[0] - row, place[1] - column
        self.zeros[place] = StoredZero(text, shift, self._asks)


def _fault(
    place: tuple[int, int], attributes: bytes, value: re.Match[bytes] | None, *, is_error: bool
) -> FaultyCell | None:
    text = value.group(1).decode("utf-8", "replace") if value else ""
    if not is_error and (text or (value is not None and b't="str"' in attributes)):
        return None  # a formula whose stored result is a number, or text that happens to be empty
    return FaultyCell(*place, (text or "#N/A") if is_error else "")


def _is_link(formula: re.Match[bytes], linked: set[bytes]) -> bool:
    """Say whether a formula leads to another workbook; cells that share a formula follow the first of them."""
    shared = _SHARED.search(formula.group(1) or b"")
    if _LINK.search(formula.group(2)):
        if shared:
            linked.add(shared.group(1))
        return True
    return shared is not None and shared.group(1) in linked


def _hidden_columns(stretch: bytes) -> Iterator[IndexRange]:
    for attributes in map(_attributes, _HIDDEN_COLUMN.findall(stretch)):
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            yield IndexRange(int(first) - 1, int(last) - 1)


def joined_ranges(ranges: list[IndexRange]) -> tuple[IndexRange, ...]:
    """Join ranges that follow each other, so that a filtered sheet is a few ranges and not thousands of rows."""
    joined: list[IndexRange] = []
    for each in ranges:
        if joined and each.first == joined[-1].last + 1:
            joined[-1] = IndexRange(joined[-1].first, each.last)
        else:
            joined.append(each)
    return tuple(joined)


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): unescaped(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(tag)}


def unescaped(text: str) -> str:
    """Return a text of XML with its five entities resolved.

    `xml.sax.saxutils` would load the network libraries for it.
    """
    if "&" not in text:
        return text
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def stretches(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML of a sheet in pieces of some megabytes, cut at ends of rows, so that no cell is torn."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(_ROW_END)
        if cut >= 0:
            yield rest[: cut + len(_ROW_END)]
            rest = rest[cut + len(_ROW_END) :]
    yield rest
