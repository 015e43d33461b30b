"""Targets that count units: the share of a class that has left it since a year-end, by dated class tables.

Lists are partial: a unit of which the class is not known may have been on the list or not, and may have left it or not.
The share then lies between the least and the greatest that these units allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from thidua_cli.judge.clause.threshold import compare, exact
from thidua_cli.judge.clause.value_range import ValueRange
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import ClauseValue
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.classes import Member
from thidua_cli.rulebook.schema import ClassExit, Comparison


@dataclass(frozen=True, slots=True)
class Tally:
    """Units of an area, counted by what is known of them."""

    stayed: int = 0
    left: int = 0
    perhaps_left: int = 0
    """On the list at the start; whether they have left is not known."""
    perhaps_listed: int = 0
    """Not known to have been on the list, nor to be on it now."""
    perhaps_listed_stayed: int = 0
    """Not known to have been on the list, on it now."""
    perhaps_listed_left: int = 0
    """Not known to have been on the list, known to be outside it now."""

    @property
    def known(self) -> int:
        """Units known to have been on the list."""
        return self.stayed + self.left + self.perhaps_left

    @property
    def unknown(self) -> int:
        """Units of which something is not known."""
        return self.perhaps_left + self.perhaps_listed + self.perhaps_listed_stayed + self.perhaps_listed_left

    def share_percent(self) -> ValueRange | None:
        """Return the share that left, least to greatest possible; None where no unit may have been on the list."""
        least_whole = self.known + self.perhaps_listed + self.perhaps_listed_stayed
        most_left = self.left + self.perhaps_left + self.perhaps_listed + self.perhaps_listed_left
        most_whole = self.stayed + most_left
        if most_whole == 0 and least_whole == 0:
            return None
        low = Fraction(100 * self.left, least_whole) if least_whole else Fraction(0)
        high = Fraction(100 * most_left, most_whole) if most_whole else Fraction(0)
        return ValueRange(low, high)


def tally(exit_: ClassExit, area: Series, year: int, setting: Setting) -> Tally:
    """Count the units of an area by class at the start and at a year-end."""
    numbers: dict[str, int] = {}
    for code in setting.units_within(area.unit_code, exit_.counted_level, year_end(exit_.baseline_year)):
        place = _place(exit_, code, year, setting)
        if place is not None:
            numbers[place] = numbers.get(place, 0) + 1
    return Tally(**numbers)


def _place(exit_: ClassExit, code: str, year: int, setting: Setting) -> str | None:
    """Return under which number of `Tally` a unit is counted; None of one that was never on the list."""
    token, start, end = exit_.class_token, year_end(exit_.baseline_year), year_end(year)
    before = _member(code, token, start, setting)
    if before is Member.NO:
        return None
    now = _member(code, token, end, setting)
    listed = setting.classes.codes_of(token, end)
    if now is Member.YES and not (setting.stands(code, end) and setting.as_listed(code, listed)):
        now = Member.UNKNOWN  # it was merged, divided or dissolved while on the list: its class ended with it
    return _NAMES[before, now]


def _member(code: str, token: str, on: date, setting: Setting) -> Member:
    province = setting.province_of(code, setting.classes.codes_of(token, on))
    return setting.classes.membership(code, province, token, on)


_NAMES = {
    (Member.YES, Member.YES): "stayed",
    (Member.YES, Member.NO): "left",
    (Member.YES, Member.UNKNOWN): "perhaps_left",
    (Member.UNKNOWN, Member.YES): "perhaps_listed_stayed",
    (Member.UNKNOWN, Member.NO): "perhaps_listed_left",
    (Member.UNKNOWN, Member.UNKNOWN): "perhaps_listed",
}


def class_exit(exit_: ClassExit, area: Series, year: int, setting: Setting) -> tuple[Tally, ClauseValue]:
    """Return the units of an area as counted at a year-end, and their share with what the threshold says of it."""
    numbers = tally(exit_, area, year, setting)
    share = numbers.share_percent()
    if share is None:
        return numbers, ClauseValue(year, None)
    state = compare(exit_, *share)
    low, high = (None, None) if share.exact is not None else share
    return numbers, ClauseValue(year, share.exact, low, high, state)


def still_to_leave(exit_: ClassExit, numbers: Tally) -> int:
    """Return how many units must still leave, where all are known."""
    share = numbers.known * exact(exit_.threshold) / 100
    needed = floor(share) + 1 if exit_.comparison is Comparison.MORE_THAN else ceil(share)
    return max(0, needed - numbers.left)
