"""Family T: figures of one year-end against those of the year-end before, on one area (T001, T003).

Of a unit that was made of others in between, the figures before are the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.check.areas import Formed, SourceUnit, formed_units, named, total, with_count
from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Language, Text, format_count
from thidua_cli.lexicon import column_text
from thidua_cli.observations import MISSING

T001: Final = Kind(
    code="T001",
    name="opening-differs",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    title=Text("Số đầu năm khác số cuối năm trước", "Opening differs from last year's closing"),
    message=Text(
        "Đầu kỳ năm {year}, {column_text} là {value}; số cuối năm {previous_year} là {least_or_most}{expected}{parts}",
        "At the start of {year}, {column_text}: {value}; closing count of {previous_year}: {least_or_most}{expected}"
        "{parts}",
    ),
    what=Text(
        "Số hộ đầu kỳ trong biểu diễn biến khác với số hộ cuối năm trước đã được rà soát; với đơn vị mới sáp nhập thì"
        " khác với tổng của các đơn vị đã nhập.",
        "The opening count in the table of movement differs from the count at the end of the year before; for a unit"
        " made by a merger, from the sum of the units that merged.",
    ),
    why=Text(
        "Hai năm không nối tiếp nhau thì có thể một năm dùng số sơ bộ, hoặc còn sót một đơn vị khi nhập.",
        "If two years do not join, one may be of preliminary figures, or a merged unit was left out.",
    ),
    example=Text(
        "Biểu năm 2024 ghi đầu kỳ 318 hộ nghèo, trong khi cuối năm 2023 được phê duyệt 312 hộ.",
        "The 2024 table opens with 318 poor households, while 312 were approved for the end of 2023.",
    ),
    mend=Text(
        "Đối chiếu cả hai số với quyết định phê duyệt của năm trước; nếu có điều chỉnh thì ghi rõ trong báo cáo.",
        "Compare both with last year's approving decision; if figures were adjusted, say so in the report.",
    ),
)

T003: Final = Kind(
    code="T003",
    name="implausible-jump",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    title=Text("Số liệu biến động bất thường", "Implausible jump"),
    message=Text(
        "{unit}, {column_text}: từ {expected} (năm {previous_year}{parts}) thành {value} (năm {year})",
        "{unit}, {column_text}: from {expected} ({previous_year}{parts}) to {value} ({year})",
    ),
    what=Text(
        "Số hộ thay đổi quá lớn giữa hai năm so với quy mô của đơn vị; xã ít hộ được phép dao động nhiều hơn. Đơn vị"
        " mới sáp nhập được so với tổng của các đơn vị đã nhập.",
        "A count changes too much between two years for the size of the unit; small communes may vary more. A unit made"
        " by a merger is compared with the sum of the units that merged.",
    ),
    why=Text(
        "Thường là gõ thừa, thiếu chữ số hoặc nhầm cột; nếu sai thì mức giảm tính ra cũng sai.",
        "Often a digit too many or too few, or a wrong column; if it is wrong, so is the fall.",
    ),
    example=Text(
        "Tổng số hộ của xã từ 1.204 (năm 2022) thành 12.040 (năm 2023).",
        "The households of a commune go from 1,204 (2022) to 12,040 (2023).",
    ),
    mend=Text(
        "Đối chiếu hai năm với quyết định phê duyệt; nếu số đúng thì giữ nguyên và ghi lý do trong báo cáo.",
        "Compare both years with the approving decisions; if they are right, keep them and give the reason.",
    ),
)

OPENINGS: Final = (("poor_opening", "poor_households"), ("near_poor_opening", "near_poor_households"))
"""(count at the start of a year, count at the end of the year before)."""


def check_openings(context: CheckContext) -> Iterator[Finding]:
    """Yield T001 where a year does not open with what the year before closed with, on the same poverty line.

    A unit made of others opens with the sum of their closing counts. Where some of its households come from units that
    were divided, or a unit is not in the input, only an opening that no division explains is told.
    """
    counts = context.observations.counts
    pairs = [pair for pair in OPENINGS if set(pair) <= counts.keys()]
    # few tables hold an opening count, and who went where is read from the tables of changes
    new_areas = list(formed_units(context)) if pairs else []
    for opening, closing in pairs:
        opened, closed = counts[opening], counts[closing]
        for before, row in _pairs_that_differ(context, opening, closing):
            value, expected = opened[row], closed[before]
            if value != expected and MISSING not in (value, expected):
                yield _opening(context, row, opening, expected)
        for formed in new_areas:
            if opened[formed.row] != MISSING:
                yield from _opening_of_parts(context, formed, opening, closing)


def _pairs_that_differ(context: CheckContext, opening: str, closing: str) -> Sequence[tuple[int, int]]:
    if context.arrays is None:
        return context.neighbours
    from thidua_cli.check.screens import pairs_that_differ

    return pairs_that_differ(context.observations, context.arrays.neighbours, opening, closing)


def _opening_of_parts(context: CheckContext, formed: Formed, opening: str, closing: str) -> Iterator[Finding]:
    value, closed = context.observations.counts[opening][formed.row], context.observations.counts[closing]
    known = with_count(formed.whole, closed)
    least, every = total(known, closed), (*formed.whole, *formed.divided)
    most = total(every, closed)
    if formed.is_whole and len(known) == len(formed.whole):
        if value != least:
            yield _opening(
                context, formed.row, opening, least, parts=_of_parts(context, formed, closing, value - least)
            )
    elif value < least:
        parts = _bounded(_AT_LEAST, known, closed, value - least)
        yield _opening(context, formed.row, opening, least, _LEAST, parts)
    elif value > most != MISSING:
        parts = _bounded(_AT_MOST, every, closed, value - most)
        yield _opening(context, formed.row, opening, most, _MOST, parts)


def _opening(
    context: CheckContext, row: int, opening: str, expected: int, bound: Text = NO_TEXT, parts: Text = NO_TEXT
) -> Finding:
    origin, code, name, year = context.finding_place(row, opening)
    details = {
        "column_text": column_text(dict(OPENINGS)[opening]),
        "previous_year": str(year - 1),
        "least_or_most": bound,
        "parts": parts,
    }
    value = context.observations.counts[opening][row]
    return Finding(T001, origin, code, name, year, opening, value, expected, value - expected, details)


def _of_parts(context: CheckContext, formed: Formed, column: str, difference: int) -> Text:
    """Name the parts and the difference; nothing where a unit gave or took area without people."""
    if _is_alone(context, formed):
        return NO_TEXT
    return _bounded(_SUM, formed.whole, context.observations.counts[column], difference)


def _is_alone(context: CheckContext, formed: Formed) -> bool:
    codes = [part.unit.code for part in formed.whole]
    return codes == [context.observations.unit_code[formed.row]]


def _bounded(sentence: Text, parts: Sequence[SourceUnit], column: Sequence[int], difference: int) -> Text:
    signed = Text(*(f"{'+' if difference > 0 else ''}{format_count(difference, each)}" for each in Language))
    return sentence.fill(parts=named(parts, column), difference=signed)


_LEAST: Final = Text("ít nhất ", "at least ")
_MOST: Final = Text("nhiều nhất ", "at most ")
_SUM: Final = Text(
    ", cộng các đơn vị đã nhập ({parts}), chênh lệch {difference}",
    ", the sum of the units merged ({parts}), difference {difference}",
)
_AT_LEAST: Final = Text(
    ", cộng các đơn vị nhập trọn ({parts}), chênh lệch {difference}",
    ", the sum of the units merged as a whole ({parts}), difference {difference}",
)
_AT_MOST: Final = Text(
    ", dù nhận toàn bộ các đơn vị nhập hoặc bị chia ({parts}), chênh lệch {difference}",
    ", even with all of the units merged or divided ({parts}), difference {difference}",
)


_SMALL: Final = 30


def is_implausible(before: int, after: int, allowed_rise: int = 0) -> bool:
    """Say whether a count of poor or near-poor households jumped beyond what one year brings.

    Small numbers move freely (3 → 9 is a bad harvest); a slipped digit moves a large one tenfold. Falls are what the
    movement is about, so only a fall by more than four fifths from at least 50 is asked about.

    >>> is_implausible(3, 9), is_implausible(240, 2400), is_implausible(2400, 240), is_implausible(300, 110)
    (False, True, True, False)
    """
    if after > before:
        return after > 2 * before + _SMALL + allowed_rise
    return before >= 50 and after * 5 < before


def is_implausible_total(before: int, after: int) -> bool:
    """Say whether the number of all households jumped: by more than three tenths and by more than 50.

    >>> is_implausible_total(1000, 1250), is_implausible_total(1000, 1350), is_implausible_total(60, 100)
    (False, True, False)
    """
    return abs(after - before) > 50 and abs(after - before) * 10 > 3 * before


_JUMPING: Final = ("households", "poor_households", "near_poor_households")


def check_jumps(context: CheckContext) -> Iterator[Finding]:
    """Yield T003 where a count jumps between two year-ends on one area and one poverty line.

    Of a unit made of others, all of them merged as a whole and in the input, the count before is the sum of theirs.
    """
    counts = context.observations.counts
    if not counts.keys() >= set(_JUMPING):
        return
    households, poor, near_poor = columns = tuple(counts[name] for name in _JUMPING)
    for before, row in _pairs_that_jump(context):
        if (
            -_SMALL <= households[row] - households[before] <= _SMALL
            and -_SMALL <= poor[row] - poor[before] <= _SMALL
            and -_SMALL <= near_poor[row] - near_poor[before] <= _SMALL
        ):
            continue  # too small for any of the tests below, as nearly all are: no call is made for them
        earlier = [column[before] for column in columns]
        for name in _jumping(earlier, [column[row] for column in columns]):
            yield _jump(context, row, name, counts[name][before])
    for formed in formed_units(context):
        if not formed.is_whole:
            continue
        earlier = [total(formed.whole, column) for column in columns]
        for name in _jumping(earlier, [column[formed.row] for column in columns]):
            yield _jump(context, formed.row, name, total(formed.whole, counts[name]), _summed(context, formed, name))


def _pairs_that_jump(context: CheckContext) -> Sequence[tuple[int, int]]:
    if context.arrays is None:
        return context.neighbours
    from thidua_cli.check.screens import pairs_that_jump

    return pairs_that_jump(context.observations, context.arrays.neighbours, _JUMPING, _SMALL)


def _jumping(before: Sequence[int], after: Sequence[int]) -> Iterator[str]:
    """Yield the names of the counts that jump; both sides in the order of `_JUMPING`."""
    known = [MISSING not in pair for pair in zip(before, after, strict=True)]
    households, poor, near_poor = zip(before, after, strict=True)
    if known[0] and is_implausible_total(*households):
        yield "households"
    if not known[1]:
        return
    if is_implausible(*poor):
        yield "poor_households"
    left_poverty = max(0, poor[0] - poor[1])
    if known[2] and is_implausible(*near_poor, left_poverty):
        yield "near_poor_households"


def _summed(context: CheckContext, formed: Formed, column: str) -> Text:
    if _is_alone(context, formed):
        return NO_TEXT
    return _SUMMED.fill(parts=named(formed.whole, context.observations.counts[column]))


_SUMMED: Final = Text(", cộng các đơn vị đã nhập: {parts}", ", the sum of the units merged: {parts}")


def _jump(context: CheckContext, row: int, column: str, expected: int, parts: Text = NO_TEXT) -> Finding:
    origin, code, name, year = context.finding_place(row, column)
    details = {"column_text": column_text(column), "previous_year": str(year - 1), "parts": parts}
    value = context.observations.counts[column][row]
    return Finding(T003, origin, code, name, year, column, value, expected, value - expected, details)
