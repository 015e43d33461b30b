"""The path still needed to a later deadline, held against the pace so far."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import assert_never

from thidua_cli.judge.clause.falls import LastFall, is_relative, last_step, yearly_falls
from thidua_cli.judge.clause.figures import figures_at, known_count
from thidua_cli.judge.clause.level_rules import left_at_year_end
from thidua_cli.judge.clause.path import largest_passing
from thidua_cli.judge.target_verdict import Pace
from thidua_cli.judge.verdict import State
from thidua_cli.language import Language, Text, format_decimal
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule, Test


def pace_to(rule: Rule, series: Series, as_of: int, deadline: int) -> Pace | None:
    """Return how many households must still leave to meet a target at `deadline`; None where that is not known.

    All households are taken to stay as many as they are at `as_of`.
    """
    most_left = _most_left(rule, series, as_of, deadline)
    count = known_count(series, as_of, rule)
    if most_left is None or count is None:
        return None
    to_leave, years = max(0, count - most_left), deadline - as_of
    since = _start(rule, series, as_of)
    before = None if since is None else known_count(series, since, rule)
    so_far = None if before is None or since is None else Fraction(before - count, as_of - since)
    return Pace(
        deadline=deadline,
        most_left=most_left,
        to_leave=to_leave,
        a_year=ceil(Fraction(to_leave, years)),
        so_far=so_far,
        since=since,
        on_track=_on_track(most_left, to_leave, years, so_far),
    )


def pace_text(pace: Pace) -> Text:
    """Say what is still needed, and whether the pace so far suffices."""
    if pace.to_leave == 0:
        text = Text(
            "Số hộ hiện nay đã ở mức cần có (nhiều nhất {most} hộ): đúng tiến độ.",
            "The count is where it must be already (at most {most} households): on track.",
        )
        return text.fill(most=pace.most_left)
    if pace.most_left < 0:
        return Text(
            "Dù không còn hộ nào cũng không đạt được mức này: chậm.",
            "Even with none left it would not be met: behind.",
        )
    text = Text(
        "Còn phải giảm {to_leave} hộ, xuống còn nhiều nhất {most} hộ{each}.",
        "{to_leave} households must still leave, at most {most} may remain{each}.",
    )
    each = Text(", mỗi năm {count} hộ", ", {count} a year").fill(count=pace.a_year)
    several = 1 < pace.a_year < pace.to_leave
    needed = text.fill(to_leave=pace.to_leave, most=pace.most_left, each=each if several else Text("", ""))
    if pace.so_far is None or pace.since is None:
        return needed
    text = Text(
        "{needed} Từ cuối năm {since} mỗi năm giảm {so_far} hộ: {verdict}.",
        "{needed} Since the end of {since}, {so_far} a year: {verdict}.",
    )
    return text.fill(
        needed=needed, since=str(pace.since), so_far=_rounded(pace.so_far), verdict=ON_TRACK[bool(pace.on_track)]
    )


ON_TRACK = {True: Text("đúng tiến độ", "on track"), False: Text("chậm", "behind")}


def _rounded(value: Fraction) -> Text:
    places = 0 if value.denominator == 1 else 1
    return Text(*(_plain(value, places, language) for language in (Language.VI, Language.EN)))


def _plain(value: Fraction, places: int, language: Language) -> str:
    written = format_decimal(value, language, max(places, 1))
    return written if places else written.rpartition("." if language is Language.EN else ",")[0]


def _on_track(most_left: int, to_leave: int, years: int, so_far: Fraction | None) -> bool | None:
    if to_leave == 0:
        return True
    if most_left < 0:
        return False
    return None if so_far is None else so_far * years >= to_leave


def _most_left(rule: Rule, series: Series, as_of: int, deadline: int) -> int | None:
    """Return the largest count that meets the target at the deadline, None where it cannot be known."""
    match rule.test:
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            step = left_at_year_end(rule, series, (as_of,)).step
            return None if step is None else step.limit
        case Test.COUNT_FALL_SINCE_BASELINE:
            return _after(rule, series, rule.baseline_year or as_of, as_of, Fraction(rule.threshold))
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            # Only the next fall can be told: each later one starts from a count that is not known yet.
            return _after(rule, series, as_of, as_of, Fraction(rule.threshold)) if deadline == as_of + 1 else None
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            start = rule.baseline_year if rule.baseline_year is not None else deadline - (rule.years or 1)
            if is_relative(rule):
                return _after_relative_mean(rule, series, start, as_of, deadline)
            return _after(rule, series, start, as_of, Fraction(rule.threshold) * (deadline - start))
        case _:
            assert_never(rule.test)


def _after(rule: Rule, series: Series, start: int, as_of: int, need: Fraction) -> int | None:
    if start > as_of:
        return None
    before, now = figures_at(series, (start, as_of), rule)
    step = last_step(rule, LastFall(before, now, need), State.MET, State.UNDETERMINED)
    return None if step is None else step.limit


def _after_relative_mean(rule: Rule, series: Series, start: int, as_of: int, deadline: int) -> int | None:
    """Return what is left if every year to come falls by what the mean still lacks, or may rise by what it has over."""
    if start > as_of or rule.rounded_to is not None:
        return None
    years = tuple(range(start, as_of + 1))
    figures = figures_at(series, years, rule)
    falls = [one.value.value for one in yearly_falls(rule, years, figures)]
    done = [fall for fall in falls if fall is not None]
    count = known_count(series, as_of, rule)
    if count is None or len(done) < len(falls):
        return None
    still = (Fraction(rule.threshold) * (deadline - start) - sum(done, Fraction(0))) / (deadline - as_of)
    left = count * (max(Fraction(0), 100 - still) / 100) ** (deadline - as_of)
    return largest_passing(rule, left)


def _start(rule: Rule, series: Series, as_of: int) -> int | None:
    """Return the year-end the pace so far counts from: the baseline, or else the first one known of this window."""
    if rule.baseline_year is not None:
        return rule.baseline_year if rule.baseline_year < as_of else None
    known = (year for year in sorted(series.years) if year < as_of and known_count(series, year, rule) is not None)
    return next(known, None)
