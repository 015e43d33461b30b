"""The sentences of the judge: short, naming year-ends, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from thidua_cli.judge.amounts import enough, left_over, needed, too_little
from thidua_cli.judge.figures import MEASURE_COUNT_TEXT, MEASURE_RATE_TEXT
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.language import Text
from thidua_cli.rulebook.schema import TEST_FORM, Rule, ThresholdUnit

if TYPE_CHECKING:
    from thidua_cli.judge.falls import Fall


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


def noun(rule: Rule) -> Text:
    """Name what a rule looks at: a rate or a count."""
    return (MEASURE_RATE_TEXT if TEST_FORM[rule.test].of_rates else MEASURE_COUNT_TEXT)[rule.measure]


def each_year(rule: Rule, state: State, falls: Sequence[Fall], missing: Sequence[Text]) -> Text:
    """Say why a rule on the fall in each year came out as it did."""
    if state is State.UNDETERMINED:
        return missing_figures(missing)
    of, bound = noun(rule), _needed_fall(rule)
    if state is State.NOT_MET:
        failing = [_change_in_a_year(rule, one.value) for one in falls if one.state is State.NOT_MET]
        changes = Text(", ".join(text.vi for text in failing), ", ".join(text.en for text in failing))
        text = Text("{noun} {changes}; cần giảm {needed} mỗi năm", "{noun} {changes}; needs {needed} each year")
        return sentence(text.fill(noun=of, changes=changes, needed=bound))
    if len(falls) == 1:
        text = Text("{noun} năm {year} {fall} (yêu cầu {needed})", "{noun} {fall} in {year} (needs {needed})")
        (one,) = falls
        return sentence(text.fill(noun=of, year=str(one.value.year), fall=enough(rule, one.value), needed=bound))
    years = ", ".join(str(one.value.year) for one in falls)
    text = Text("{noun} giảm {needed} trong từng năm {years}", "{noun} fell {needed} in each of {years}")
    return sentence(text.fill(noun=of, needed=bound, years=years))


def on_average(rule: Rule, fall: Fall, years: Sequence[int], missing: Sequence[Text]) -> Text:
    """Say why a rule on the mean yearly fall came out as it did."""
    if fall.state is State.UNDETERMINED:
        return missing_figures(missing)
    of, bound = noun(rule), _needed_fall(rule)
    window = f"{years[0] + 1}–{years[-1]}"
    if not _is_known(fall.value):
        text = Text(
            "{noun} có năm bằng 0 trong {window} nên không có mức giảm bình quân",
            "{noun} were zero in a year of {window}: there is no mean fall",
        )
        return sentence(text.fill(noun=of, window=window))
    change = enough(rule, fall.value) if fall.state is State.MET else too_little(rule, fall.value)
    text = Text(
        "{noun} bình quân mỗi năm {window} {change} (yêu cầu {needed})",
        "{noun} {change} a year on average in {window} (needs {needed})",
    )
    return sentence(text.fill(noun=of, window=window, change=change, needed=bound))


def since_baseline(rule: Rule, fall: Fall, baseline_year: int, missing: Sequence[Text]) -> Text:
    """Say why a rule on the fall since the baseline came out as it did."""
    if fall.state is State.UNDETERMINED:
        return missing_figures(missing)
    of, year, bound = noun(rule), str(baseline_year), needed(rule)
    if not _is_known(fall.value):
        text = Text(
            "{noun} cuối năm {year} bằng 0 nên không có mức giảm nào đạt yêu cầu",
            "{noun} were zero at the end of {year}: there is no fall that could meet the clause",
        )
        return sentence(text.fill(noun=of, year=year))
    if fall.state is State.MET:
        text = Text(
            "{noun} {change} so với cuối năm {year} (yêu cầu {needed})",
            "{noun} {change} from the end of {year} (needs {needed})",
        )
        return sentence(text.fill(noun=of, change=enough(rule, fall.value), year=year, needed=bound))
    text = Text(
        "{noun} {change} so với cuối năm {year}; cần giảm {needed}",
        "{noun} {change} from the end of {year}; needs a fall of {needed}",
    )
    return sentence(text.fill(noun=of, change=too_little(rule, fall.value), year=year, needed=bound))


def left(rule: Rule, state: State, value: PathValue, missing: Sequence[Text]) -> Text:
    """Say why a rule on what is left at a year-end came out as it did."""
    if state is State.UNDETERMINED:
        return missing_figures(missing)
    text = Text(
        "{noun} cuối năm {year} là {amount} (yêu cầu {needed})",
        "{noun} at the end of {year}: {amount} (needs {needed})",
    )
    amount = left_over(rule, value)
    return sentence(text.fill(noun=noun(rule), year=str(value.year), amount=amount, needed=needed(rule)))


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


def _needed_fall(rule: Rule) -> Text:
    """Write the threshold of a yearly fall; of what, where percent could be taken for points."""
    bound = needed(rule)
    if rule.unit is not ThresholdUnit.PERCENT:
        return bound
    text = Text("{bound} so với cuối năm trước", "{bound} of the year before")
    return text.fill(bound=bound)


def _change_in_a_year(rule: Rule, value: PathValue) -> Text:
    if not _is_known(value):
        text = Text("cuối năm {year} đã bằng 0", "was zero already at the end of {year}")
        return text.fill(year=str(value.year - 1))
    text = Text("năm {year} {change}", "{change} in {year}")
    return text.fill(year=str(value.year), change=too_little(rule, value))


def _is_known(value: PathValue) -> bool:
    return value.value is not None or value.high is not None
