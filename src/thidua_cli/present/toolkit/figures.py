"""How one value is written: for people in their language, for machines as a number or an exact fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from thidua_cli.language import Language, Text, format_count, format_decimal, round_half_up
from thidua_cli.present.toolkit.labels import MISSING_MARK


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


def rounded_number(value: Fraction | None) -> float | None:
    """Return the number a machine format carries for reading: rounded half up to two decimals.

    >>> rounded_number(Fraction(1, 8))
    0.13
    """
    return None if value is None else float(round_half_up(value))


def exact_text(value: Fraction | None) -> str | None:
    """Return the exact value as "a/b".

    >>> exact_text(Fraction(4))
    '4/1'
    """
    return None if value is None else f"{value.numerator}/{value.denominator}"


def printed_percent(printed: str, language: Language) -> str:
    """Write a rate as a source prints it, with the mark of the language.

    >>> printed_percent("5.93+1.89", Language.VI)
    '5,93% + 1,89%'
    """
    text = " + ".join(f"{part}%" for part in printed.split("+"))
    return text if language is Language.EN else text.replace(".", ",")


def margin_text(margin_households: int | None, language: Language) -> str:
    """Say in words how far the verdict is from changing.

    A margin of 36 says that 36 more households lose it: 35 are to spare.

    >>> margin_text(-12, Language.VI), margin_text(36, Language.VI)
    ('cần giảm thêm 12 hộ', 'còn dư 35 hộ')
    """
    if margin_households is None:
        return MISSING_MARK
    if margin_households < 0:
        text = Text("cần giảm thêm {count} hộ", "{count} households fewer needed")
        return text.fill(count=-margin_households).pick(language)
    return Text("còn dư {count} hộ", "{count} households to spare").fill(count=margin_households - 1).pick(language)
