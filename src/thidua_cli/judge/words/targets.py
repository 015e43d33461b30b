"""The verdicts on targets in words: what was reached of a plan, what is still needed, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.judge.classes.class_exits import Tally, still_to_leave
from thidua_cli.judge.classes.scenarios import questions_of
from thidua_cli.judge.target_verdict import Pace, TargetVerdict
from thidua_cli.judge.verdict import ClauseValue
from thidua_cli.judge.words.verdict import label
from thidua_cli.language import NO_TEXT, Language, Text, format_decimal
from thidua_cli.lexicon import ANSWER_WORDS, CLASS_WORDS
from thidua_cli.model import Series
from thidua_cli.rulebook.class_lists import ReportedExits
from thidua_cli.rulebook.schema import ClassExit, Clause

_SHOWN_UNITS: Final = 5
NOTHING_TO_REDUCE: Final = Text("Không còn hộ nào để giảm.", "There is none left to reduce.")


def perhaps_nothing(missing: Sequence[Text]) -> Text:
    """Say that what is missing leaves open whether there was anything to reduce."""
    text = Text("Có thể không còn hộ nào để giảm: {missing}.", "There may have been none left to reduce: {missing}.")
    return text.fill(missing=Text.each_once("; ", missing))


def full_reason(row: TargetVerdict) -> Text:
    """Return the reason, and that the target is not due where it is not."""
    if row.is_due:
        return row.reason
    text = Text("Chưa đến hạn (cuối năm {year}). {reason}", "Not due yet (end of {year}). {reason}")
    filled = text.fill(year=str(row.year), reason=row.reason)
    return Text(filled.vi.rstrip(), filled.en.rstrip())


def unknown_class(clause: Clause, row: TargetVerdict) -> Text:
    """Say which class of a unit is not known, and what the verdict would be with it."""
    classes = label([token for question in questions_of([clause]) for token in question])
    text = Text(
        "Chưa biết đơn vị có phải là {classes} hay không; nếu thuộc diện của chỉ tiêu: {state}. Bổ sung bằng --classes "
        "TỆP.",
        "It is not known whether the unit is {classes}; if the target speaks of it: {state}. Add it with --classes "
        "FILE.",
    )
    return Text.each_once(" ", [text.fill(classes=classes, state=ANSWER_WORDS[row.state]), row.reason])


def open_classes(clause: Clause, units: Sequence[Series]) -> Text:
    """Name the units whose class would have to be known before units are taken together."""
    text = Text(
        "Chưa biết các đơn vị sau có phải là {classes} hay không nên chưa cộng được: {names}. Bổ sung bằng "
        "--classes TỆP.",
        "It is not known whether these units are {classes}, so there is no sum: {names}. Add them with --classes FILE.",
    )
    names = Text.and_more([series.unit_name for series in units], _SHOWN_UNITS)
    return text.fill(classes=label(clause.subject.any_of or clause.subject.none_of), names=names)


# ------------------------------------------------------------ units that left a class


def class_exit(
    exit_: ClassExit, numbers: Tally, share: ClauseValue, is_due: bool, reported: ReportedExits | None = None
) -> Text:
    """Say how many units left a class, how many are not known, and before the deadline how many must still leave.

    What was officially reported stands beside it, as a number whose units are not named.
    """
    kind, start = CLASS_WORDS[exit_.class_token].long, str(exit_.baseline_year)
    if not share.is_known:
        text = Text(
            "Cuối năm {start} không có đơn vị nào là {kind} trong các danh mục đã có.",
            "No unit is known to have been {kind} at the end of {start}.",
        )
        return text.fill(start=start, kind=kind)
    parts = [_units_known(numbers, kind, start, str(share.year))]
    if numbers.unknown:
        text = Text(
            "còn {unknown} đơn vị chưa biết, bổ sung bằng --classes TỆP",
            "{unknown} more are not known, add them with --classes FILE",
        )
        parts.append(text.fill(unknown=numbers.unknown))
    if not is_due and share.value is not None:
        text = Text("còn cần thêm {count} đơn vị", "{count} more must leave")
        parts.append(text.fill(count=still_to_leave(exit_, numbers)))
    counted = Text.each_once("; ", parts).sentence()
    return counted if reported is None else Text.each_once(" ", [counted, _reported(reported)])


def _units_known(numbers: Tally, kind: Text, start: str, year: str) -> Text:
    """Say how many units are known to have been on the list, of how many, and how many have left."""
    if numbers.printed is None:
        text = Text(
            "{kind}: danh mục cuối năm {start} biết được {known} đơn vị, đến cuối năm {year} ra khỏi danh mục {left}",
            "{kind}: {known} units known at the end of {start}; {left} have left by the end of {year}",
        )
    else:
        text = _UNITS_PRINTED
    counts = {"known": numbers.known, "left": numbers.left, "printed": numbers.printed}
    return text.fill(kind=kind.capitalised(), start=start, year=year, **counts)


_UNITS_PRINTED: Final = Text(
    "{kind}: danh mục cuối năm {start} có {printed} đơn vị, biết được {known}; đến cuối năm {year} ra khỏi danh mục ít "
    "nhất {left}",
    "{kind}: {printed} units on the list at the end of {start}, {known} of them known; at least {left} have left by "
    "the end of {year}",
)


def _reported(reported: ReportedExits) -> Text:
    text = Text(
        "{by} nêu {left}/{of} đơn vị đã ra khỏi danh mục đến cuối năm {year}, không nêu tên: số này để đối chiếu, "
        "không dùng để tính.",
        "{by} names {left} of {of} as having left by the end of {year}, without their names: to compare, not reckoned "
        "with.",
    )
    return text.fill(by=reported.by, left=reported.left, of=reported.of, year=str(reported.year))


# ------------------------------------------------------------ the way to a later deadline


def pace(reached: Pace) -> Text:
    """Say what is still needed, and whether the pace so far suffices."""
    if reached.to_leave == 0:
        text = Text(
            "Số hộ hiện nay đã ở mức cần có (nhiều nhất {most} hộ): đúng tiến độ.",
            "The count is where it must be already (at most {most} households): on track.",
        )
        return text.fill(most=reached.most_left)
    if reached.to_leave is None or reached.a_year is None:
        return NOT_REACHABLE.fill(deadline=str(reached.deadline))
    text = Text(
        "Còn phải giảm {to_leave} hộ, xuống còn nhiều nhất {most} hộ{each}.",
        "{to_leave} households must still leave, at most {most} may remain{each}.",
    )
    each = Text(", mỗi năm {count} hộ", ", {count} a year").fill(count=reached.a_year)
    several = 1 < reached.a_year < reached.to_leave
    needed = text.fill(to_leave=reached.to_leave, most=reached.most_left, each=each if several else NO_TEXT)
    if reached.so_far is None or reached.since is None:
        return needed
    text = Text(
        "{needed} Từ cuối năm {since} mỗi năm giảm {so_far} hộ: {verdict}.",
        "{needed} Since the end of {since}, {so_far} a year: {verdict}.",
    )
    on_track = ON_TRACK[bool(reached.on_track)]
    return text.fill(needed=needed, since=str(reached.since), so_far=_rounded(reached.so_far), verdict=on_track)


NOT_REACHABLE: Final = Text(
    "Không thể đạt được nữa: dù đến cuối năm {deadline} không còn hộ nào cũng không đạt mức này.",
    "It can no longer be reached: even with none left at the end of {deadline} it would not be met.",
)
ON_TRACK = {True: Text("đúng tiến độ", "on track"), False: Text("chậm", "behind")}


def _rounded(value: Fraction) -> Text:
    places = 0 if value.denominator == 1 else 1
    return Text(*(_plain(value, places, language) for language in (Language.VI, Language.EN)))


def _plain(value: Fraction, places: int, language: Language) -> str:
    written = format_decimal(value, language, max(places, 1))
    return written if places else written.rpartition("." if language is Language.EN else ",")[0]
