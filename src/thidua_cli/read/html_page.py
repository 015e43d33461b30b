"""A web page as one sheet, as Excel opens it: a line of text is a row, a row of a table is a row, from the top down.

`colspan` and `rowspan` become merged ranges. Hidden text does not enter a value; of crossed-out text and raised marks
the place is kept, as of other formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import Grid, IndexRange, SheetFacts
from thidua_cli.read.limits import CELLS, SPARSE_CELLS, BeyondLimitsError
from thidua_cli.read.marked_text import MarkedText, marked
from thidua_cli.read.page_layout import PageLayout
from thidua_cli.read.risk import take_risk
from thidua_cli.read.sheet_values import values_as_meant
from thidua_cli.read.sheet_xml import joined_ranges
from thidua_cli.read.text_file import is_vietnamese_1258, unmarked

UNCHECKED: Final = ("F004", "F010")
"""A page holds what formulas gave, not the formulas."""
_UNSEEN: Final = frozenset({"script", "style", "title", "template", "select", "textarea"})
_STRUCK: Final = frozenset({"s", "strike", "del"})
_RAISED: Final = frozenset({"sup", "sub"})
_LINES: Final = frozenset(
    (
        *("p", "div", "center", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"),
        *("caption", "form", "section", "header", "footer", "article", "blockquote", "body", "html", "head"),
    )
)
_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})
_PLACES: Final = frozenset({"table", "tr", "td", "th"})
_EMPTY_TAGS: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "base", "wbr", "html", "body"})
"""Without an end that could be waited for."""
_BLANKS: Final = late_pattern(r"[ \t\r\n\f]+")
_HIDDEN: Final = late_pattern(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all")
_STRUCK_STYLE: Final = late_pattern(r"line-through")
_RAISED_STYLE: Final = late_pattern(r"vertical-align\s*:\s*(?:super|sub)\b")
_CLASS: Final = late_pattern(r"\.([\w-]{1,100})\s*\{([^{}]{0,2000})\}")
_CHARSET: Final = late_pattern(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE
)
_SHEET_NAMES: Final = late_pattern(r"<x:Name>([^<]{1,100})</x:Name>")
_WHOLE: Final = late_pattern(r"-?[0-9]{1,15}\Z")
_DECIMAL: Final = late_pattern(r"-?[0-9]{1,15}\.[0-9]{1,17}\Z")
_NOT_IN_UTF_8: Final = Text(
    "trang web không ở dạng UTF-8 và không nói đúng bảng mã của nó; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
    "the page is not in UTF-8 and does not name its encoding; open it in Excel and save it as .xlsx",
)


def page_grid(content: bytes, name: str) -> Grid | Finding | None:
    """Return the page as one grid of texts; None where it has no cell, F001 or F009 where it is not read."""
    take_risk()
    encoding = _encoding(content)
    if encoding is None:
        return Finding(F001, Origin(name), details={"reason": _NOT_IN_UTF_8})
    text = content.decode(encoding).lstrip("\ufeff")
    page = _Page(PageLayout(min(CELLS, SPARSE_CELLS + len(content))))
    try:
        _parse(text, page)
    except BeyondLimitsError as error:
        return Finding(F009, Origin(name), details={"reason": error.reason})
    layout = page.layout
    facts = SheetFacts(
        merged=tuple(layout.merged),
        marked=page.marked,
        hidden_rows=joined_ranges([IndexRange(row, row) for row in layout.hidden_rows]),
        hidden_columns=joined_ranges([IndexRange(column, column) for column in sorted(layout.hidden_columns)]),
        unchecked=UNCHECKED,
    )
    names = _SHEET_NAMES.findall(text[: 1 << 16])
    sheet = names[0].strip() if len(names) == 1 else ""
    if not page.has_cell:
        return None
    values = values_as_meant(layout.rows.__iter__, 0, facts)
    return Grid(name, sheet, values.open_rows, 0, facts.merged, values.facts, is_text=True)


def _parse(text: str, page: _Page) -> None:
    """Hand the elements and the text of a page to `page`, as browsers take them, whatever is wrong with the tags."""
    from lxml import etree  # late: few files are web pages

    parser = etree.HTMLParser(target=page, no_network=True, huge_tree=True)
    # a NUL would be its end
    parser.feed(text.replace("\0", ""))
    parser.close()


def _encoding(content: bytes) -> str | None:
    """Return the encoding of a page: what its bytes are without doubt goes before what it says of itself."""
    stated = _CHARSET.search(content[:4096])
    stated_name = stated[1].decode("ascii").lower() if stated is not None else ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16" if _decodes(content, "utf-16") else None
    if _decodes(content, "utf-8"):
        return "utf-8"
    if stated_name and _decodes(content, stated_name):
        return stated_name
    return "cp1258" if is_vietnamese_1258(content) else None


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        return isinstance(content.decode(encoding), str)
    except (LookupError, ValueError):
        return False


class _Look(Enum):
    """Why text of a page is none of the value of its cell."""

    UNSEEN = auto()
    RAISED = auto()
    STRUCK = auto()


class _Page:
    """Hands the text of a page to its layout, line by line and cell by cell."""

    def __init__(self, layout: PageLayout) -> None:
        self.layout = layout
        self.has_cell = False
        self.marked: dict[tuple[int, int], MarkedText] = {}
        """Row and column → text with a part that is crossed out or raised."""
        self._runs: list[tuple[str, bool, bool]] = []
        """Words, and whether they are raised or crossed out."""
        self._exact = ""
        self._looks: list[tuple[str, _Look]] = []
        """Open elements whose text is none of the value, the outermost first, and why."""
        self._classes: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in the start of an element."""
        style = self._style(attributes)
        if tag in _PLACES:
            self._open(tag, attributes, style)
        elif tag in _SECTIONS:
            self._end_section()
        elif tag == "br" or tag in _LINES:
            self._break_line()
        if tag not in _EMPTY_TAGS and tag not in _PLACES and tag not in _SECTIONS:
            self._look(tag, style)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in _PLACES or tag in _SECTIONS:
            if self.layout.in_table:
                self._close(tag)
        elif self._looks and self._looks[-1][0] == tag:
            self._looks.pop()
        elif tag in _LINES:
            self._break_line()

    def data(self, data: str) -> None:
        """Take in text."""
        looks = {look for _, look in self._looks}
        if _Look.UNSEEN not in looks:
            self._runs.append((data, _Look.RAISED in looks, _Look.STRUCK in looks))
        elif self._looks[-1][0] == "style":
            self._classes.update((name, block.lower()) for name, block in _CLASS.findall(data))

    def close(self) -> None:
        """End what is open."""
        while self.layout.in_table:
            self._close("table")
        self._end_text()

    def _style(self, attributes: Mapping[str, str]) -> str:
        own, names = attributes.get("style", "").lower(), attributes.get("class", "")
        if not names or not self._classes:
            return own
        return ";".join((own, *(self._classes.get(name, "") for name in names.split())))

    def _look(self, tag: str, style: str) -> None:
        look = _look_of(tag, style)
        if look is not None:
            self._looks.append((tag, look))
        elif self._looks and self._looks[-1][0] == tag:
            self._looks.append(self._looks[-1])  # its own end tag comes first

    def _break_line(self) -> None:
        if self.layout.in_cell:
            self._runs.append(("\v", False, False))
        else:
            self._end_text()

    def _open(self, tag: str, attributes: Mapping[str, str], style: str) -> None:
        is_hidden = bool(style) and _HIDDEN.search(style) is not None
        self._end_text()
        if tag == "table":
            self.layout.open_table(is_hidden=is_hidden or any(look is _Look.UNSEEN for _, look in self._looks))
        elif not self.layout.in_table:
            self.layout.open_table(is_hidden=False)  # a piece of a page begins with a row or a cell
        self._looks.clear()
        if tag == "tr":
            self.layout.open_row(is_hidden=is_hidden)
        elif tag != "table":
            spans = (_number(attributes.get(name, "")) for name in ("colspan", "rowspan"))
            self.layout.open_cell(*spans, is_hidden=is_hidden)
            self.has_cell, self._exact = True, attributes.get("x:num") or attributes.get("sdval") or ""
            if style and _STRUCK_STYLE.search(style):
                self._looks.append((tag, _Look.STRUCK))

    def _close(self, tag: str) -> None:
        self._end_text()
        self._looks.clear()
        if tag == "table":
            self.layout.close_table()
        elif tag == "tr":
            self.layout.end_row()
        elif tag in _SECTIONS:
            self.layout.end_section()
        else:
            self.layout.end_cell()

    def _end_section(self) -> None:
        if self.layout.in_table:
            self._close("tbody")

    def _end_text(self) -> None:
        """Hand over the text that was collected: to the cell that is open, else as a line of its own."""
        text = _joined(words for words, _, _ in self._runs)
        marks = marked(self._runs) if any(is_raised or is_struck for _, is_raised, is_struck in self._runs) else None
        self._runs.clear()
        if self.layout.in_cell:
            place = self.layout.fill_cell(_as_meant(text, self._exact))
        elif text:
            place = self.layout.add_line(text)
        else:
            return
        if marks is not None:
            self.marked[place] = marks


def _look_of(tag: str, style: str) -> _Look | None:
    """Return why the text of an element is none of the value; None where it is."""
    if tag in _UNSEEN or (style and _HIDDEN.search(style)):
        return _Look.UNSEEN
    if tag in _STRUCK or (style and _STRUCK_STYLE.search(style)):
        return _Look.STRUCK
    return _Look.RAISED if tag in _RAISED or (style and _RAISED_STYLE.search(style)) else None


def _joined(pieces: Iterable[str]) -> str:
    """Return pieces of text as a page shows them: blanks are one, and only a break ends a line."""
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def _number(text: str) -> int:
    """Return what an attribute asks for; 1 where that is no number."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 1


def _as_meant(text: str, exact: str) -> str:
    """Return a cell as its value tells, which office programs write beside what they show.

    >>> _as_meant("1.234", "1234"), _as_meant("63", "62.6"), _as_meant("14,69", "14.6853"), _as_meant("31/12", "45657")
    ('1234', '62,6', '14,69', '31/12')
    """
    if not exact:
        return unmarked(text)
    digits = re.sub(r"[.,\s]", "", text)
    if _WHOLE.match(exact):
        return exact if digits == exact else text
    # A whole number is shown where another value stands: it must not pass for a count.
    is_rounded = _WHOLE.match(digits) is not None and digits == text and _DECIMAL.match(exact) is not None
    return exact.replace(".", ",") if is_rounded else text
