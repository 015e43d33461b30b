"""Text that is crossed out, or raised or lowered like a footnote's mark: no part of what a cell says.

Of .xlsx: the runs of shared texts and of texts in cells, and the styles that cross out a whole cell. calamine joins all
runs, so that 63 with a raised 1 is "631".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.worded_formats import words_of

MARKS: Final = (b"vertAlign", b"strike")
"""Where neither stands nothing is marked."""
_WORDED: Final = (b"&quot;", b"\\", b'formatCode=";')
"""Where none of these stands no number format adds words, or shows nothing."""
_ITEM: Final = late_pattern(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN: Final = late_pattern(rb"<(?:\w+:)?r(?:\s[^>]*)?>(.*?)</(?:\w+:)?r>", re.DOTALL)
_LOOK: Final = late_pattern(rb"<(?:\w+:)?rPr(?:\s[^>]*)?>(.*?)</(?:\w+:)?rPr>", re.DOTALL)
_WORDS: Final = late_pattern(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_RAISED: Final = late_pattern(rb'<(?:\w+:)?vertAlign\s+val="(?:superscript|subscript)"')
_STRUCK: Final = late_pattern(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true|on)")?\s*/?>')
_FONTS: Final = late_pattern(rb"<(?:\w+:)?fonts(?:\s[^>]*)?>(.*?)</(?:\w+:)?fonts>", re.DOTALL)
_FONT: Final = late_pattern(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_FORMATS: Final = late_pattern(rb"<(?:\w+:)?cellXfs(?:\s[^>]*)?>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT: Final = late_pattern(rb"<(?:\w+:)?xf\s([^>]*)>")
_NUMBER_FORMAT: Final = late_pattern(
    rb'<(?:\w+:)?numFmt\s(?=[^>]*\bnumFmtId="([0-9]{1,9})")[^>]*\bformatCode="([^"]*)"'
)
_FORMAT_NUMBER: Final = late_pattern(rb'\bnumFmtId="([0-9]{1,9})"')
_FONT_NUMBER: Final = late_pattern(rb'\bfontId="([0-9]{1,9})"')


class MarkedText(NamedTuple):
    """What a cell says without its marks, and what was left out."""

    text: str
    raised: str
    struck: str

    @property
    def whole(self) -> str:
        """What is left out, where nothing else stands in the cell."""
        return self.struck or self.raised


CROSSED_OUT: Final = MarkedText("", "", "…")
"""All of a cell, whatever it holds."""


def marked(runs: Iterable[tuple[str, bool, bool]]) -> MarkedText | None:
    """Return what runs of text (words, raised, crossed out) say together; None where none of them is marked."""
    text, raised, struck = "", "", ""
    for words, is_raised, is_struck in runs:
        if is_struck:
            struck += words
        elif is_raised:
            raised += words
        else:
            text += words
    # a space that is crossed out with a word, or raised with a mark, is nothing to speak of
    return MarkedText(" ".join(text.split()), raised.strip(), struck.strip()) if (raised + struck).strip() else None


class TextMarks(NamedTuple):
    """What is marked in a workbook (.xlsx), as its sheets refer to it."""

    texts: dict[int, MarkedText]
    """Number of a shared text → what it says."""
    struck_styles: frozenset[int]
    """Numbers of the styles that cross out a whole cell."""
    in_struck_cells: dict[int, MarkedText]
    """Number of a shared text in pieces → what it says in such a cell, whose look a piece may have or not."""
    worded_styles: dict[int, str]
    """Number of a style → the words that its number format adds."""

    def in_cell(self, shared: int, *, is_struck: bool) -> MarkedText | None:
        """Return what a cell says that holds a shared text, or none (-1)."""
        return self.in_struck_cells.get(shared, CROSSED_OUT) if is_struck else self.texts.get(shared)


NO_MARKS: Final = TextMarks({}, frozenset(), {}, {})


def marks_of(shared_texts: bytes, styles: bytes) -> TextMarks | None:
    """Return the marks of a workbook, from the XML of its shared texts and its styles; None where there is none."""
    struck = _struck_styles(styles) if b"strike" in styles else frozenset[int]()
    texts: dict[int, MarkedText] = {}
    in_struck_cells: dict[int, MarkedText] = {}
    if struck or any(mark in shared_texts for mark in MARKS):
        for number, item in enumerate(_ITEM.finditer(shared_texts)):
            content = item.group(1) or b""
            if any(mark in content for mark in MARKS) and (text := marked_runs(content)) is not None:
                texts[number] = text
            if struck and _RUN.search(content) and (text := marked_runs(content, is_struck=True)) is not None:
                in_struck_cells[number] = text
    worded = _worded_styles(styles) if any(mark in styles for mark in _WORDED) else {}
    return TextMarks(texts, struck, in_struck_cells, worded) if texts or struck or worded else None


def marked_runs(content: bytes, *, is_struck: bool = False) -> MarkedText | None:
    """Return what a text of several runs says, from its XML; None where nothing of it is marked.

    A run without a look of its own has that of its cell, which is crossed out or not.
    """
    return marked(_run(run, is_struck=is_struck) for run in _RUN.findall(content))


def _run(content: bytes, *, is_struck: bool) -> tuple[str, bool, bool]:
    import html  # late: few workbooks have marks

    match = _LOOK.search(content)
    look = match.group(1) if match else b""
    words = html.unescape(b"".join(_WORDS.findall(content)).decode("utf-8", "replace"))
    is_struck = _STRUCK.search(look) is not None if match else is_struck
    return words, _RAISED.search(look) is not None, is_struck


def _struck_styles(styles: bytes) -> frozenset[int]:
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if fonts is None or formats is None:
        return frozenset()
    struck = {
        number
        for number, font in enumerate(_FONT.finditer(fonts.group(1)))
        if font.group(1) and _STRUCK.search(font.group(1))
    }
    return frozenset(
        number
        for number, attributes in enumerate(_FORMAT.findall(formats.group(1)))
        if (font := _FONT_NUMBER.search(attributes)) and int(font.group(1)) in struck
    )


def _worded_styles(styles: bytes) -> dict[int, str]:
    import html

    formats = _FORMATS.search(styles)
    words = {
        number: added
        for number, code in _NUMBER_FORMAT.findall(styles)
        if (added := words_of(html.unescape(code.decode("utf-8", "replace"))))
    }
    if formats is None or not words:
        return {}
    numbers = (_FORMAT_NUMBER.search(attributes) for attributes in _FORMAT.findall(formats.group(1)))
    return {style: words[match.group(1)] for style, match in enumerate(numbers) if match and match.group(1) in words}
