"""Crossed-out and raised text of an .ods: the styles of its content.xml that make it so, and the spans of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.marked_text import MarkedText, marked

_MARKS: Final = (b"text-line-through-", b"text-position=")
_STYLE: Final = late_pattern(rb"<style:style\s([^>]*[^/>])>(.*?)</style:style>", re.DOTALL)
_NAME: Final = late_pattern(rb'style:name="([^"]*)"')
_STRUCK: Final = late_pattern(rb'style:text-line-through-(?:style|type)="(?!none")')
_RAISED: Final = late_pattern(rb'style:text-position="(?:super|sub|-?0*[1-9][0-9.]*%)')
_PIECE: Final = late_pattern(
    rb'<text:span(?=[\s>])(?:[^>]*?\stext:style-name="([^"]*)")?[^>]*?(/?)>|(</text:span>)|<text:s\b[^>]*>|<[^>]*>|([^<]+)'
)


class SpanMarks(NamedTuple):
    """Names of styles, of spans and of cells alike, that cross text out or raise it."""

    struck: frozenset[bytes]
    raised: frozenset[bytes]


def span_marks(xml: bytes) -> SpanMarks | None:
    """Return the styles that mark text; None where there are none."""
    if not any(mark in xml for mark in _MARKS):
        return None
    struck: set[bytes] = set()
    raised: set[bytes] = set()
    for attributes, content in _STYLE.findall(xml):
        name = _NAME.search(attributes)
        if name is not None:
            struck |= {name.group(1)} if _STRUCK.search(content) else set()
            raised |= {name.group(1)} if _RAISED.search(content) else set()
    return SpanMarks(frozenset(struck), frozenset(raised)) if struck or raised else None


def marked_spans(content: bytes, marks: SpanMarks) -> MarkedText | None:
    """Return what the text of a cell says, from its XML without comments; None where nothing of it is marked."""
    return marked(_runs(content, marks))


def _runs(content: bytes, marks: SpanMarks) -> Iterator[tuple[str, bool, bool]]:
    import html  # late: few workbooks have marks

    styles: list[bytes] = []
    for style, is_empty, end, words in _PIECE.findall(content):
        if end:
            del styles[-1:]
        elif words:
            text = html.unescape(words.decode("utf-8", "replace"))
            yield text, any(name in marks.raised for name in styles), any(name in marks.struck for name in styles)
        elif style and not is_empty:
            styles.append(style)
        else:
            yield " ", False, False
