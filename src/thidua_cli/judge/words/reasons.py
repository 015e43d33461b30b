"""The sentences of the judge: short, naming year-ends, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from thidua_cli.judge.clause.figures import MEASURE_COUNT_TEXT, MEASURE_RATE_TEXT
from thidua_cli.judge.clause.path import Held, Outcome
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.judge.words.amounts import enough, left_over, needed, too_little
from thidua_cli.language import Text
from thidua_cli.rulebook.schema import TEST_FORM, Rule, Test, ThresholdUnit


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


def reason_of(outcome: Outcome) -> Text:
    """Say why a rule came out as it did, where that is certain."""
    match outcome.rule.test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            return sentence(_each_year(outcome))
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            return sentence(_on_average(outcome))
        case Test.COUNT_FALL_SINCE_BASELINE:
            return sentence(_since_baseline(outcome))
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            return sentence(_left(outcome))
        case _:
            assert_never(outcome.rule.test)


def _each_year(outcome: Outcome) -> Text:
    rule, falls = outcome.rule, outcome.falls
    words = {"noun": noun(rule), "needed": needed(rule), "base": _base(rule)}
    if outcome.state is State.NOT_MET:
        failing = [_change_in_a_year(rule, one.value) for one in falls if one.state is State.NOT_MET]
        changes = Text(", ".join(text.vi for text in failing), ", ".join(text.en for text in failing))
        text = Text(
            "{noun} {changes}; cần giảm {needed} mỗi năm{base}", "{noun} {changes}; needs {needed} each year{base}"
        )
        return text.fill(**words, changes=changes)
    if len(falls) == 1:
        text = Text(
            "{noun} năm {year} {fall}{base} (yêu cầu {needed})", "{noun} {fall}{base} in {year} (needs {needed})"
        )
        (one,) = falls
        return text.fill(**words, year=str(one.value.year), fall=enough(rule, one.value))
    years = ", ".join(str(one.value.year) for one in falls)
    text = Text("{noun} giảm {needed}{base} trong từng năm {years}", "{noun} fell {needed}{base} in each of {years}")
    return text.fill(**words, years=years)


def _on_average(outcome: Outcome) -> Text:
    rule, (one,) = outcome.rule, outcome.falls
    window = f"{outcome.years[0] + 1}–{outcome.years[-1]}"
    if not _is_known(one.value):
        text = Text(
            "{noun} có năm bằng 0 trong {window} nên không có mức giảm bình quân",
            "{noun} were zero in a year of {window}: there is no mean fall",
        )
        return text.fill(noun=noun(rule), window=window)
    text = Text(
        "{noun} bình quân mỗi năm {window} {change}{base} (yêu cầu {needed})",
        "{noun} {change}{base} a year on average in {window} (needs {needed})",
    )
    change = _change(rule, one)
    return text.fill(noun=noun(rule), window=window, change=change, base=_base(rule), needed=needed(rule))


def _since_baseline(outcome: Outcome) -> Text:
    rule, (one,) = outcome.rule, outcome.falls
    words = {"noun": noun(rule), "year": str(outcome.years[0]), "needed": needed(rule)}
    if not _is_known(one.value):
        text = Text(
            "{noun} cuối năm {year} bằng 0 nên không có mức giảm nào đạt yêu cầu",
            "{noun} were zero at the end of {year}: there is no fall that could meet the clause",
        )
        return text.fill(**words)
    if one.state is State.MET:
        text = Text(
            "{noun} {change} so với cuối năm {year} (yêu cầu {needed})",
            "{noun} {change} from the end of {year} (needs {needed})",
        )
    else:
        text = Text(
            "{noun} {change} so với cuối năm {year}; cần giảm {needed}",
            "{noun} {change} from the end of {year}; needs a fall of {needed}",
        )
    return text.fill(**words, change=_change(rule, one))


def _left(outcome: Outcome) -> Text:
    rule, (one,) = outcome.rule, outcome.falls
    text = Text(
        "{noun} cuối năm {year} là {amount} (yêu cầu {needed})",
        "{noun} at the end of {year}: {amount} (needs {needed})",
    )
    amount = left_over(rule, one.value)
    return text.fill(noun=noun(rule), year=str(one.value.year), amount=amount, needed=needed(rule))


def _change(rule: Rule, one: Held) -> Text:
    return enough(rule, one.value) if one.state is State.MET else too_little(rule, one.value)


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


def printed_rates(years: Sequence[int]) -> Text | None:
    """Say which year-ends rest on rates as they were printed."""
    if not years:
        return None
    text = Text(
        "Cuối năm {years} chỉ có tỷ lệ đã làm tròn, không có số hộ.",
        "Only rounded rates, no counts, are known for the end of {years}.",
    )
    return text.fill(years=", ".join(map(str, years)))


def _base(rule: Rule) -> Text:
    """Say what a yearly fall in percent is taken of: it could be read as points."""
    if rule.unit is not ThresholdUnit.PERCENT:
        return Text("", "")
    return Text(" so với cuối năm trước", " of the year before")


def _change_in_a_year(rule: Rule, value: PathValue) -> Text:
    if not _is_known(value):
        text = Text("cuối năm {year} đã bằng 0", "was zero already at the end of {year}")
        return text.fill(year=str(value.year - 1))
    text = Text("năm {year} {change}", "{change} in {year}")
    return text.fill(year=str(value.year), change=too_little(rule, value))


def _is_known(value: PathValue) -> bool:
    return value.value is not None or value.high is not None
