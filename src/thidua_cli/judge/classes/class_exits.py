"""Targets that count units: the share of a class that has left it since a year-end, by dated class lists.

Lists are partial: a unit of which the class is not known may have been on the list or not, and may have left it or not.
The share then lies between the least and the greatest that these units allow. Where the list prints how many units it
has, in the country or in a province, no more of them can have been on it: 18 known exits of 54 are a third at least.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor

from thidua_cli.judge.clause.threshold import compare, exact
from thidua_cli.judge.clause.value_range import ValueRange
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import ClassSource, ClauseValue
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import COUNTRY_CODE, Series, year_end
from thidua_cli.rulebook.class_lists import ClassList, ReportedExits
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
    printed: int | None = None
    """Units on the list at the start, as it prints them; None where no number of the area is printed, or where more are
    known than were printed."""

    @property
    def known(self) -> int:
        """Units known to have been on the list."""
        return self.stayed + self.left + self.perhaps_left

    @property
    def unknown(self) -> int:
        """Units of which something is not known, no more than are on the list."""
        return self.perhaps_left + (self._candidates if self.printed is None else self.printed - self.known)

    @property
    def _candidates(self) -> int:
        return self.perhaps_listed + self.perhaps_listed_stayed + self.perhaps_listed_left

    def share_percent(self) -> ValueRange | None:
        """Return the share that left, least to greatest possible; None where no unit may have been on the list."""
        if self.printed is not None:
            return self._share_of_printed(self.printed)
        least_whole = self.known + self.perhaps_listed + self.perhaps_listed_stayed
        most_left = self.left + self.perhaps_left + self.perhaps_listed + self.perhaps_listed_left
        most_whole = self.stayed + most_left
        if most_whole == 0 and least_whole == 0:
            return None
        low = Fraction(100 * self.left, least_whole) if least_whole else Fraction(0)
        high = Fraction(100 * most_left, most_whole) if most_whole else Fraction(0)
        return ValueRange(low, high)

    def _share_of_printed(self, printed: int) -> ValueRange | None:
        """Return the same where exactly so many were on the list: those not known are filled up to it, either way."""
        if printed == 0:
            return None
        others = printed - self.known
        # What the candidates cannot fill are units that nobody names: they may have left or not.
        named = min(others, self._candidates)
        surely_left = max(0, named - self.perhaps_listed - self.perhaps_listed_stayed)
        surely_stayed = max(0, named - self.perhaps_listed - self.perhaps_listed_left)
        most_left = self.left + self.perhaps_left + others - surely_stayed
        return ValueRange(Fraction(100 * (self.left + surely_left), printed), Fraction(100 * most_left, printed))


def tally(exit_: ClassExit, area: Series, year: int, setting: Setting) -> Tally:
    """Count the units of an area by class at the start and at a year-end."""
    numbers: dict[str, int] = {}
    start = year_end(exit_.baseline_year)
    of = setting.classes.list_of(exit_.class_token, start)
    codes = dict.fromkeys(setting.units_within(area.unit_code, exit_.counted_level, start))
    if of is not None and _is_whole(area.unit_code, of, setting):
        codes |= dict.fromkeys(_listed_within(exit_, area.unit_code, of, setting))
    for code in codes:
        place = _place(exit_, code, year, setting)
        if place is not None:
            numbers[place] = numbers.get(place, 0) + 1
    counted = Tally(**numbers)
    printed = None if of is None else _printed(exit_, area.unit_code, of, setting)
    return counted if printed is None or printed < counted.known else Tally(**numbers, printed=printed)


def _is_whole(area: str, of: ClassList, setting: Setting) -> bool:
    """Say whether an area is one that the list counts by: the country, or a province as it stands there."""
    return area == COUNTRY_CODE or (setting.province_of(area, of.codes) == area and setting.as_listed(area, of.codes))


def _listed_within(exit_: ClassExit, area: str, of: ClassList, setting: Setting) -> Iterator[str]:
    """Yield the units of the list in an area, of whatever level: two coastal "communes" are island districts."""
    for code in setting.classes.units_of(of, exit_.class_token):
        if area in (COUNTRY_CODE, setting.province_of(code, of.codes)):
            yield code


def _printed(exit_: ClassExit, area: str, of: ClassList, setting: Setting) -> int | None:
    """Return how many units of an area the list prints, those left out that had left it before the start."""
    token, start = exit_.class_token, year_end(exit_.baseline_year)
    if not _is_whole(area, of, setting):
        return None
    province = setting.classes.completeness.get((of.id, token, area))
    if area == COUNTRY_CODE:
        stated = of.totals.get(token) if of.is_final else None
    else:
        stated = province.stated_count if province is not None else None
    if stated is None:
        return None
    listed = [*_listed_within(exit_, area, of, setting)]
    return stated - sum(setting.classes.has_ended(code, date.min, start, (token,)) for code in listed)


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


def exit_sources(exit_: ClassExit, year: int, setting: Setting) -> tuple[ClassSource, ...]:
    """Return the lists of the start and of a year-end that units are counted by, and the files of the user."""
    token, classes = exit_.class_token, setting.classes
    lists = [classes.list_of(token, year_end(each)) for each in (exit_.baseline_year, year)]
    listed = [ClassSource(token, of.id, of.document, "") for of in lists if of is not None]
    return tuple(dict.fromkeys([*listed, *(ClassSource(token, "", "", file) for file in classes.files_of(token))]))


def reported_exits(exit_: ClassExit, area: Series, year: int, setting: Setting) -> ReportedExits | None:
    """Return what was officially reported for the country by a year-end: a number without names proves no unit."""
    of = setting.classes.list_of(exit_.class_token, year_end(exit_.baseline_year))
    if of is None or area.unit_code != COUNTRY_CODE:
        return None
    reports = [report for report in of.reported if report.token == exit_.class_token and report.year <= year]
    return max(reports, key=lambda report: report.year, default=None)


def still_to_leave(exit_: ClassExit, numbers: Tally) -> int:
    """Return how many units must still leave, where all are known."""
    share = (numbers.known if numbers.printed is None else numbers.printed) * exact(exit_.threshold) / 100
    needed = floor(share) + 1 if exit_.comparison is Comparison.MORE_THAN else ceil(share)
    return max(0, needed - numbers.left)
