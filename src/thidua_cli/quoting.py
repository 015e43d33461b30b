"""What of a file's own words a message may repeat: the one gate between cells and sentences.

Headings, titles and names of sheets, files and units are marked `Quotable` where they are taken; numbers show by
themselves. Any other text may name somebody: it shows as its kind and length. So a kind of finding that forgets to say
what its words are hides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thidua_cli.language import Language, Text, format_written
from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple

LONGEST_QUOTE: Final = 80
"""Characters of a heading or title that a message repeats."""
_MOST_DIGITS: Final = 8
"""Whole countries have fewer households; longer numbers are of persons, of telephones and of money."""
_LONG_NUMBER: Final = late_pattern(r"(?<![\d])(?<!\d[.,])\d{9,}(?!\d)")
_GROUPED: Final = late_pattern(
    r"(?<!\d)(?:\d{3}(?:([ .\-\u00a0])\d{3})(?:\1\d{3}){1,2}|0\d{3}([ .\-\u00a0])\d{4}\2\d{4})(?!\d)"
)
_WORDS: Final = late_pattern(r"[^\W\d_]+")
_OF_NUMBERS: Final = frozenset(
    word
    for words in (
        "x v hộ hô ho khẩu người nghìn ngàn triệu tr đồng đ vnđ vnd điểm p pt t m s h km ha e",
        "năm tháng thg ngày đầu cuối giữa nửa hết đến quý kỳ chuẩn i ii iii iv vi vii viii ix",
        "và không khong chưa có co ok n a na ref div value name num null nan true false none",
    )
    for word in words.split()
)
"""Words of cells that hold a number, a time, no number, or an error."""
_CELL: Final = late_pattern(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?(?: \(\+\d+\))?")
_ERROR_OR_FORMULA: Final = late_pattern(r"#[A-Z0-9/]+[!?]?|[=+][A-Z0-9$:;,.()+\-*/%<> ]+")
_TOKEN: Final = late_pattern(r"[A-Za-z0-9_./\-]{1,40}")
_DIGITS: Final = late_pattern(r"\d")


class Telling(NamedTuple):
    """A sentence or part of one that repeats words of cells: its placeholders are filled as `shown` says."""

    text: Text
    words: Mapping[str, object]


class Quotable(str):
    """A text that is nobody's: a name of a file, a sheet or a unit, or a word of this program."""

    __slots__ = ()


class Quote(Quotable):
    """A text of a sheet that may be repeated in part: a heading, a title, what stands in a column of units."""

    __slots__ = ()


class Shipped(str):
    """A text of a table that ships, an address perhaps: shown as it is, with however many digits."""

    __slots__ = ()


class CellNumber(str):
    """A number of a cell as programs write it ("1234.5"): sentences write it for their reader, documents as it is."""

    __slots__ = ()


def foreign(value: str) -> str | Text:
    """Return a value of a side file as a refusal may repeat it: a code, a token or a number; else its kind and length.

    >>> foreign("near_poor"), foreign("Nguyễn Văn Mười").en
    ('near_poor', 'text of 15 characters')
    """
    is_token = _TOKEN.fullmatch(value) is not None and _LONG_NUMBER.search(value) is None
    return value if is_token else _shown_text(value)


def described(value: str) -> Text:
    """Return what a text is, without a letter of it.

    >>> described("Nguyễn Văn Mười").vi, described("012345678901").en
    ('chữ dài 15 ký tự', 'number of 12 digits')
    """
    text = " ".join(value.split())
    digits = len(_DIGITS.findall(text))
    if digits > _MOST_DIGITS and not any(map(str.isalpha, text)):
        return _NUMBER.fill(digits=digits)
    return _TEXT.fill(length=len(text))


_NUMBER: Final = Text("số dài {digits} chữ số", "number of {digits} digits")
_TEXT: Final = Text("chữ dài {length} ký tự", "text of {length} characters")


def shown(value: object, *, shows_values: bool = False) -> object:
    """Return a value as a message may show it: itself, a shorter quote, or only its kind and length."""
    if isinstance(value, Telling):
        return value.text.fill(**{name: shown(word, shows_values=shows_values) for name, word in value.words.items()})
    if value is None or isinstance(value, (bool, Shipped)) or (shows_values and not isinstance(value, CellNumber)):
        return value
    if isinstance(value, Text):
        return Text(without_long_numbers(value.vi, Language.VI), without_long_numbers(value.en, Language.EN))
    if isinstance(value, int):
        return value if abs(value) < 10**_MOST_DIGITS else described(str(abs(value)))
    if isinstance(value, CellNumber) and (shows_values or _LONG_NUMBER.search(value) is None):
        return Text(format_written(value), format_written(value, Language.EN))
    if isinstance(value, str):
        return _shown_text(value)
    return value


def _shown_text(value: str) -> str | Text:
    if not isinstance(value, Quotable) and not _says_a_number(value):
        return described(value)
    quote = f"{value[: LONGEST_QUOTE - 1]}…" if isinstance(value, Quote) and len(value) > LONGEST_QUOTE else str(value)
    if _LONG_NUMBER.search(quote) is None and _GROUPED.search(quote) is None:
        return quote
    return Text(without_long_numbers(quote, Language.VI), without_long_numbers(quote, Language.EN))


def _says_a_number(value: str) -> bool:
    """Say whether a text holds digits, marks and words of measure alone, or names cells."""
    return len(value) <= LONGEST_QUOTE and (
        all(word in _OF_NUMBERS for word in _WORDS.findall(value.lower()))
        or _CELL.fullmatch(value) is not None
        or _ERROR_OR_FORMULA.fullmatch(value) is not None
    )


def without_long_numbers(text: str, language: Language = Language.VI) -> str:
    """Return a text with numbers of nine digits and more told by their length."""
    if not any(map(str.isdigit, text)):
        return text
    grouped = _GROUPED.sub(lambda number: described(number[0]).pick(language), text)
    return _LONG_NUMBER.sub(lambda number: described(number[0]).pick(language), grouped)
