"""JSON documents: drawn whole, or written in pieces where they are long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.toolkit.document import RowsInTurn, View, whole
from thidua_cli.present.toolkit.foreign_text import UNUSUAL, steers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOT_OFFERED: Final = Text("kết quả này không có dạng json", "this result is not offered as json")


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the document for programs."""
    del width, color
    return json_text(whole(_record(view, language)))


def in_pieces(view: View, language: Language) -> Iterator[str] | None:
    """Return the same text piece by piece, its records made as they are written; None where it is short.

    Raises:
        UsageError: The view is not offered as a document.
    """
    document = _record(view, language)
    if max((len(value) for value in document.values() if isinstance(value, RowsInTurn)), default=0) < _MANY:
        return None
    from thidua_cli.present.formats.json_pieces import pieces

    return pieces(document)


_MANY: Final = 200
"""Records from which a document is long: their fast writer takes 15 ms to be imported."""


def _record(view: View, language: Language) -> Mapping[str, object]:
    if view.record is None:
        raise UsageError(_NOT_OFFERED)
    return view.record(language)


def json_text(document: object) -> str:
    r"""Return a JSON document, UTF-8 as it is, two spaces deep, ending in a line break.

    A character that would steer a terminal is written by its number, which programs read as the same character.

    >>> json_text({"Tà Lu\u202e": 1})
    '{\n  "Tà Lu\\u202e": 1\n}\n'

    Raises:
        ValueError: A number is not finite: JSON has no word for it, and readers refuse what Python writes instead.
    """
    import json

    return harmless(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def harmless(text: str) -> str:
    """Return the text of a document with every character that would steer a terminal written by its number."""
    return _UNUSUAL_ON_A_LINE.sub(_by_number, text)


_UNUSUAL_ON_A_LINE: Final = late_pattern(UNUSUAL.pattern.replace("[^", r"[^\n"))


def _by_number(letter: re.Match[str]) -> str:
    character = letter.group()
    if not steers(character):
        return character
    # JSON has four digits: two of them for what lies beyond, in the order of UTF-16.
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
