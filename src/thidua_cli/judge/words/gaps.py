"""Why an answer is certain although figures are open: whatever they were, they could not change it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from thidua_cli.judge.clause.figures import Missing
from thidua_cli.judge.verdict import ClauseAnswer, State
from thidua_cli.judge.words.amounts import needed
from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_decimal
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Test


def over_all_values(answer: ClauseAnswer, looked_at: Text) -> Text:
    """Say what is known, and that no value of the rest leads to another answer."""
    known: list[Text] = []
    for figure in answer.figures:
        value = None if isinstance(figure, Missing) else figure.value.exact
        if value is not None:
            known.append(_KNOWN.fill(year=str(figure.year), value=_figure(answer.clause, value)))
    known_years = {
        figure.year for figure in answer.figures if not isinstance(figure, Missing) and figure.value.exact is not None
    }
    text = _SAME if known else _SAME_ALONE
    return text.fill(
        noun=looked_at,
        known=Text.joined(", ", known),
        open=", ".join(str(figure.year) for figure in answer.figures if figure.year not in known_years),
        answer=_ANSWER[answer.state],
        needed=needed(answer.clause),
        each=_EACH.get(answer.clause.test, NO_TEXT),
    ).sentence()


_KNOWN: Final = Text("cuối năm {year} là {value}", "{value} at the end of {year}")
_SAME: Final = Text(
    "{noun} {known}: dù cuối năm {open} là bao nhiêu cũng {answer} yêu cầu {needed}{each}",
    "{noun}: {known}; whatever was at the end of {open}, it {answer} {needed}{each}",
)
_SAME_ALONE: Final = Text(
    "{noun}: dù cuối năm {open} là bao nhiêu cũng {answer} yêu cầu {needed}{each}",
    "{noun}: whatever was at the end of {open}, it {answer} {needed}{each}",
)
_ANSWER: Final = {State.MET: Text("đạt", "meets"), State.NOT_MET: Text("không đạt", "does not meet")}
_EACH: Final = {
    Test.RATE_FALL_EACH_YEAR: Text(" mỗi năm", " each year"),
    Test.COUNT_FALL_EACH_YEAR: Text(" mỗi năm", " each year"),
    Test.RATE_FALL_AVERAGE: Text(" bình quân mỗi năm", " a year on average"),
    Test.COUNT_FALL_AVERAGE: Text(" bình quân mỗi năm", " a year on average"),
}


def _figure(clause: Clause, value: Fraction) -> Text:
    """Write a rate in percent, or a count of households."""
    if TEST_FORM[clause.test].of_rates:
        return Text(f"{format_decimal(value, Language.VI)}%", f"{format_decimal(value, Language.EN)}%")
    return Text(f"{format_count(int(value), Language.VI)} hộ", f"{format_count(int(value), Language.EN)} households")
