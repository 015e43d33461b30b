"""Targets that count units: the share of a class that has left it since a year-end, by dated class tables.

Lists are partial: a unit of which the class is not known may have been on the list or not, and may have left it or not.
The share then lies between the least and the greatest that these units allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from thidua_cli.judge.clause.path import value_at
from thidua_cli.judge.clause.span import Span
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.language import Text
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.classes import CLASS_TEXT, Member
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

    def share_percent(self) -> Span | None:
        """Return the share that left, least to greatest possible; None where no unit may have been on the list."""
        least_whole = self.known + self.perhaps_listed + self.perhaps_listed_stayed
        most_left = self.left + self.perhaps_left + self.perhaps_listed + self.perhaps_listed_left
        most_whole = self.stayed + most_left
        if most_whole == 0 and least_whole == 0:
            return None
        low = Fraction(100 * self.left, least_whole) if least_whole else Fraction(0)
        high = Fraction(100 * most_left, most_whole) if most_whole else Fraction(0)
        return Span(low, high)


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
    province, token, end = setting.province_of(code), exit_.class_token, year_end(year)
    before = setting.classes.membership(code, province, token, year_end(exit_.baseline_year))
    if before is Member.NO:
        return None
    now = setting.classes.membership(code, province, token, end)
    if now is Member.YES and not (setting.stands(code, end) and setting.as_listed(code)):
        now = Member.UNKNOWN  # it was merged, divided or dissolved while on the list: its class ended with it
    return _NAMES[before, now]


_NAMES = {
    (Member.YES, Member.YES): "stayed",
    (Member.YES, Member.NO): "left",
    (Member.YES, Member.UNKNOWN): "perhaps_left",
    (Member.UNKNOWN, Member.YES): "perhaps_listed_stayed",
    (Member.UNKNOWN, Member.NO): "perhaps_listed_left",
    (Member.UNKNOWN, Member.UNKNOWN): "perhaps_listed",
}


def class_exit(exit_: ClassExit, area: Series, year: int, is_due: bool, setting: Setting) -> TargetVerdict:
    """Return the answer for one area; before the deadline, what has been reached so far."""
    judged = min(year, setting.as_of)
    numbers = tally(exit_, area, judged, setting)
    span = numbers.share_percent()
    state = _state(exit_, span) if is_due else State.UNDETERMINED
    value = PathValue(judged, None) if span is None else value_at(judged, span)
    return TargetVerdict(
        unit_code=area.unit_code,
        unit_name=area.unit_name,
        level=area.level,
        parent_code=area.parent_code,
        clause=exit_,
        year=year,
        is_due=is_due,
        state=state,
        reason=_reason(exit_, numbers, span, judged, is_due),
        citation=str(exit_.citation),
        values=(value,),
        baseline_year=exit_.baseline_year,
    )


def _state(exit_: ClassExit, span: Span | None) -> State:
    if span is None:
        return State.UNDETERMINED
    threshold = Fraction(exit_.threshold)
    low, high = (exit_.comparison.holds((end - threshold).numerator) for end in span)
    if low != high:
        return State.UNDETERMINED
    return State.MET if low else State.NOT_MET


def _reason(exit_: ClassExit, numbers: Tally, span: Span | None, judged: int, is_due: bool) -> Text:
    kind = CLASS_TEXT[exit_.class_token]
    if span is None:
        text = Text(
            "Cuối năm {start} không có đơn vị nào là {kind} trong các danh mục đã có.",
            "No unit is known to have been {kind} at the end of {start}.",
        )
        return text.fill(start=str(exit_.baseline_year), kind=kind)
    text = Text(
        "{kind}: danh mục cuối năm {start} biết được {known} đơn vị, đến cuối năm {year} ra khỏi danh mục {left}",
        "{kind}: {known} units known at the end of {start}; {left} have left by the end of {year}",
    )
    parts = [
        text.fill(
            kind=Text(kind.vi[:1].upper() + kind.vi[1:], kind.en[:1].upper() + kind.en[1:]),
            start=str(exit_.baseline_year),
            known=numbers.known,
            year=str(judged),
            left=numbers.left,
        )
    ]
    if numbers.unknown:
        text = Text(
            "còn {unknown} đơn vị chưa biết, bổ sung bằng --classes TỆP",
            "{unknown} more are not known, add them with --classes FILE",
        )
        parts.append(text.fill(unknown=numbers.unknown))
    if not is_due and span.exact is not None:
        parts.append(_still(exit_, numbers))
    return Text(*(f"{'; '.join(part[at] for part in parts)}." for at in (0, 1)))


def _still(exit_: ClassExit, numbers: Tally) -> Text:
    """Say how many units must still leave."""
    share = numbers.known * Fraction(exit_.threshold) / 100
    needed = floor(share) + 1 if exit_.comparison is Comparison.MORE_THAN else ceil(share)
    text = Text("còn cần thêm {count} đơn vị", "{count} more must leave")
    return text.fill(count=max(0, needed - numbers.left))
