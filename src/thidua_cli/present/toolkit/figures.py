"""How one value is written: for people in their language, for machines as a number or an exact fraction.

Tokens have their words here too: levels, classes, counts, measures, severities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING, Final

from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_decimal, units_of_quotient
from thidua_cli.lexicon import CLASS_WORDS

if TYPE_CHECKING:
    from thidua_cli.measure.rates import Quotient

MISSING_MARK: Final = "–"
"""Stands for a missing value wherever people read; machine formats leave the field empty or null."""

_OUTSIDE: Final = "not_"
"""Begins the token of a class that a unit is known not to be in."""


def class_list(tokens: Sequence[str], language: Language) -> str:
    """Return the words for a unit's classes; the lists it is known to be outside of only where it is on none.

    A user's own token stands for itself.

    >>> class_list(["area_1", "not_poor_district"], Language.VI), class_list(["not_poor_district"], Language.VI)
    ('xã khu vực I', 'không thuộc: huyện nghèo')
    """
    return _class_words(tuple(tokens), language)


@lru_cache(maxsize=256)
def _class_words(tokens: tuple[str, ...], language: Language) -> str:
    inside = [token for token in tokens if not token.startswith(_OUTSIDE)]
    if inside:
        return ", ".join(class_label(token, language) for token in inside)
    names = ", ".join(class_label(token.removeprefix(_OUTSIDE), language) for token in tokens)
    return Text("không thuộc: {names}", "not in: {names}").fill(names=names).pick(language) if names else MISSING_MARK


def class_label(token: str, language: Language) -> str:
    """Return the words for a class token; a user's own token stands for itself.

    >>> class_label("not_poor_district", Language.VI)
    'không phải huyện nghèo'
    """
    known = CLASS_WORDS.get(token)
    if known is not None:
        return known.short.pick(language)
    outside = CLASS_WORDS.get(token.removeprefix(_OUTSIDE))
    if outside is None:
        return token
    return Text("không phải {name}", "not in: {name}").fill(name=outside.short).pick(language)


def year_list(years: Iterable[int]) -> str:
    """Write years, runs as ranges.

    >>> year_list([2021, 2022, 2023, 2025])
    '2021–2023, 2025'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def count_text(count: int | None, language: Language) -> str:
    """Write a count for people."""
    return MISSING_MARK if count is None else format_count(count, language)


def decimal_text(value: Fraction | None, language: Language) -> str:
    """Write a rate or a fall for people, two decimals."""
    return MISSING_MARK if value is None else format_decimal(value, language)


def threshold_text(threshold: Decimal, language: Language) -> str:
    """Write a threshold as the rule file has it.

    >>> threshold_text(Decimal("1.5"), Language.VI)
    '1,5'
    """
    written = f"{threshold:f}"
    return written if language is Language.EN else written.replace(".", ",")


def threshold_number(threshold: Decimal) -> int | float:
    """Return a threshold as the number machine formats carry.

    >>> threshold_number(Decimal("1.5")), threshold_number(Decimal("50"))
    (1.5, 50)
    """
    return int(threshold) if threshold == int(threshold) else float(threshold)


def rounded_number(value: Fraction | Quotient | None) -> float | None:
    """Return the number a machine format carries for reading: rounded half up to two decimals.

    >>> rounded_number(Fraction(1, 8))
    0.13
    """
    return None if value is None else units_of_quotient(value.numerator, value.denominator) / 100


def exact_text(value: Fraction | Quotient | None) -> str | None:
    """Return the exact value as "a/b", reduced.

    >>> exact_text(Fraction(4)), exact_text(Fraction(-4, 6))
    ('4/1', '-2/3')
    """
    if value is None:
        return None
    common = gcd(value.numerator, value.denominator)
    return f"{value.numerator // common}/{value.denominator // common}"


def printed_percent(printed: str, language: Language) -> str:
    """Write a rate as a source prints it, with the mark of the language.

    >>> printed_percent("5.93+1.89", Language.VI)
    '5,93% + 1,89%'
    """
    text = " + ".join(f"{part}%" for part in printed.split("+"))
    return text if language is Language.EN else text.replace(".", ",")


def margin_text(margin_households: int | None, language: Language, is_bound: bool = False) -> str:
    """Say in words how far the verdict is from changing, or how far at least where that is a bound.

    >>> margin_text(-12, Language.VI), margin_text(35, Language.VI, is_bound=True)
    ('cần giảm thêm 12 hộ', 'còn dư ít nhất 35 hộ')
    """
    if margin_households is None:
        return MISSING_MARK
    text = _MISSING_HOUSEHOLDS if margin_households < 0 else _SPARE_HOUSEHOLDS
    least = _AT_LEAST if is_bound else NO_TEXT
    return text.fill(least=least, count=abs(margin_households)).pick(language)


_AT_LEAST: Final = Text("ít nhất ", "at least ")
_MISSING_HOUSEHOLDS: Final = Text("cần giảm thêm {least}{count} hộ", "{least}{count} households fewer needed")
_SPARE_HOUSEHOLDS: Final = Text("còn dư {least}{count} hộ", "{least}{count} households to spare")
