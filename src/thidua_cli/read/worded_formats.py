"""Number formats that add words to a number: 84 in the format 0" nghìn" is seen as "84 nghìn", eighty-four thousand."""

from __future__ import annotations

from typing import Final

from thidua_cli.late_pattern import late_pattern

_LITERAL: Final = late_pattern(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|([^"\\])')
_SIGNS: Final = "%~*"
"""Signs that change what a number says; so does a digit: 0"00" shows 63 as 6300."""
_HARMLESS: Final = late_pattern(r"hộ(?: (?:nghèo|cận nghèo|gia đình|dân))?|đ|đồng|vn[đdð]|usd|stt|số|năm|")
"""What a count of households may be called, and words of columns that hold none."""


NOT_SHOWN: Final = ";;;"
"""In place of words: the format shows no number at all."""


def words_of(format_code: str) -> str:
    r"""Return the words that a number format adds and that change what is counted; empty where it adds none.

    >>> words_of('#,##0" nghìn"'), words_of(r'0\ \h\ộ'), words_of('0.00%;-0.00%'), words_of('0"%"'), words_of(";;;")
    (' nghìn', '', '', '%', ';;;')
    """
    if format_code.startswith(";"):
        return NOT_SHOWN
    if not ('"' in format_code or "\\" in format_code):
        return ""
    words = ""
    for quoted, escaped, plain in _LITERAL.findall(format_code):
        if plain == ";":
            break  # what follows is of negative numbers
        words += quoted or escaped
    is_word = any(letter.isalnum() or letter in _SIGNS for letter in words)
    return "" if not is_word or _HARMLESS.fullmatch(" ".join(words.lower().split()).strip("() ")) else words
