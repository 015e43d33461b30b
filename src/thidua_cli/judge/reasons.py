"""The sentences of the judge: short, naming year-ends, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.judge.figures import MEASURE_COUNT_TEXT, MEASURE_RATE_TEXT
from thidua_cli.judge.span import passes
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.language import Language, Text, format_decimal
from thidua_cli.rulebook.schema import Comparison, Rule, ThresholdUnit

_MOST_PLACES: Final = 6


def sentences(texts: Iterable[Text]) -> Text:
    """Join whole sentences, each once, in order."""
    unique = list(dict.fromkeys(texts))
    return Text(" ".join(text.vi for text in unique), " ".join(text.en for text in unique))


def listed(texts: Iterable[Text]) -> Text:
    """Join clauses of one sentence, each once, in order."""
    unique = list(dict.fromkeys(texts))
    return Text("; ".join(text.vi for text in unique), "; ".join(text.en for text in unique))


def capitalised(text: Text) -> Text:
    """Return the text as the start of a sentence."""
    return Text(text.vi[:1].upper() + text.vi[1:], text.en[:1].upper() + text.en[1:])


def sentence(text: Text) -> Text:
    """Return a clause as a sentence of its own."""
    start = capitalised(text)
    return Text(f"{start.vi}.", f"{start.en}.")


def missing_figures(missing: Sequence[Text]) -> Text:
    """Say why a path cannot be answered."""
    return sentence(listed(missing))


def rate_path(rule: Rule, state: State, values: Sequence[PathValue], missing: Sequence[Text]) -> Text:
    """Say why a rule on yearly falls of a rate came out as it did."""
    if state is State.UNDETERMINED:
        return missing_figures(missing)
    rate = MEASURE_RATE_TEXT[rule.measure]
    if state is State.MET:
        years = ", ".join(str(value.year) for value in values)
        text = Text("{rate} giảm {needed} trong từng năm {years}", "{rate} fell {needed} in each of {years}")
        return sentence(text.fill(rate=rate, needed=_needed(rule), years=years))
    failing = [_change_in_a_year(rule, value) for value in values if _fails(rule, value)]
    changes = Text(", ".join(text.vi for text in failing), ", ".join(text.en for text in failing))
    text = Text("{rate} {changes}; cần giảm {needed} mỗi năm", "{rate} {changes}; needs {needed} each year")
    return sentence(text.fill(rate=rate, changes=changes, needed=_needed(rule)))


def count_path(rule: Rule, state: State, value: PathValue, baseline_year: int, missing: Sequence[Text]) -> Text:
    """Say why a rule on the fall of a count came out as it did."""
    if state is State.UNDETERMINED:
        return missing_figures(missing)
    count, year = MEASURE_COUNT_TEXT[rule.measure], str(baseline_year)
    if value.value is None and value.high is None:
        text = Text(
            "{count} cuối năm {year} bằng 0 nên không có mức giảm nào đạt yêu cầu",
            "{count} were zero at the end of {year}: there is no fall that could meet the clause",
        )
        return sentence(text.fill(count=count, year=year))
    if state is State.MET:
        text = Text(
            "{count} {change} so với cuối năm {year} (yêu cầu {needed})",
            "{count} {change} from the end of {year} (needs {needed})",
        )
        return sentence(text.fill(count=count, change=_enough(rule, value), year=year, needed=_needed(rule)))
    text = Text(
        "{count} {change} so với cuối năm {year}; cần giảm {needed}",
        "{count} {change} from the end of {year}; needs a fall of {needed}",
    )
    return sentence(text.fill(count=count, change=_change(rule, value), year=year, needed=_needed(rule)))


def not_after_baseline(baseline_year: int, as_of: int) -> Text:
    """Say that the window of a fall since the baseline is empty."""
    text = Text(
        "cuối năm {as_of} không sau đầu kỳ là cuối năm {year}", "the end of {as_of} is not after the start, {year}"
    )
    return text.fill(as_of=str(as_of), year=str(baseline_year))


def preliminary(years: Sequence[int]) -> Text | None:
    """Say which year-ends rest on figures that are not approved yet."""
    if not years:
        return None
    text = Text("Số liệu cuối năm {years} là số sơ bộ.", "The figures for the end of {years} are preliminary.")
    return text.fill(years=", ".join(map(str, years)))


def _needed(rule: Rule) -> Text:
    """Write the threshold as the clause does: "từ 4 … trở lên" is at least, "trên 50" is more than."""
    number = Text(str(rule.threshold).replace(".", ","), str(rule.threshold))
    at_least = rule.comparison is Comparison.AT_LEAST
    words = Text("từ {number}{unit} trở lên", "at least {number}{unit}") if at_least else _MORE_THAN
    return words.fill(number=number, unit=_UNIT_TEXT[rule.unit])


_MORE_THAN: Final = Text("trên {number}{unit}", "more than {number}{unit}")
_UNIT_TEXT: Final = {ThresholdUnit.POINTS: Text(" điểm %", " points"), ThresholdUnit.PERCENT: Text("%", "%")}


def _change_in_a_year(rule: Rule, value: PathValue) -> Text:
    text = Text("năm {year} {change}", "{change} in {year}")
    return text.fill(year=str(value.year), change=_change(rule, value))


def _enough(rule: Rule, value: PathValue) -> Text:
    """Write a fall that is enough; of a range its least."""
    if value.value is not None:
        text = Text("giảm {amount}{unit}", "fell {amount}{unit}")
        return text.fill(amount=_amount(rule, value.value), unit=_UNIT_TEXT[rule.unit])
    text = Text("giảm ít nhất {amount}{unit}", "fell at least {amount}{unit}")
    return text.fill(amount=_amount(rule, _known(value.low)), unit=_UNIT_TEXT[rule.unit])


def _change(rule: Rule, value: PathValue) -> Text:
    """Write a change that is not enough, as a fall, as a rise or as none; of a range the best it may have been."""
    exact = value.value is not None
    fall = _known(value.value if exact else value.high)
    if fall == 0:
        return Text("không đổi", "did not change") if exact else Text("không giảm", "did not fall")
    words = (_FELL_ONLY if exact else _FELL_AT_MOST) if fall > 0 else (_ROSE if exact else _ROSE_AT_LEAST)
    return words.fill(amount=_amount(rule, abs(fall)), unit=_UNIT_TEXT[rule.unit])


_FELL_ONLY: Final = Text("chỉ giảm {amount}{unit}", "fell only {amount}{unit}")
_FELL_AT_MOST: Final = Text("giảm nhiều nhất {amount}{unit}", "fell at most {amount}{unit}")
_ROSE: Final = Text("tăng {amount}{unit}", "rose {amount}{unit}")
_ROSE_AT_LEAST: Final = Text("tăng ít nhất {amount}{unit}", "rose at least {amount}{unit}")


def _known(value: Fraction | None) -> Fraction:
    if value is None:
        raise ValueError("only a known change decides")
    return value


def _amount(rule: Rule, value: Fraction) -> Text:
    """Write a value with two decimals, or with as many as show on which side of the threshold it lies."""
    places = 2
    while places < _MOST_PLACES and _hides_the_threshold(rule, value, places):
        places += 1
    return Text(format_decimal(value, Language.VI, places), format_decimal(value, Language.EN, places))


def _hides_the_threshold(rule: Rule, value: Fraction, places: int) -> bool:
    threshold = Fraction(rule.threshold)
    return value != threshold and format_decimal(value, places=places) == format_decimal(threshold, places=places)


def _fails(rule: Rule, value: PathValue) -> bool:
    best = value.value if value.value is not None else value.high
    return best is not None and not passes(rule, best)
