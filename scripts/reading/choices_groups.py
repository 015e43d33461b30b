"""Headings above the counts, and counts that are divided into two columns each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reading import layouts
from reading.choice import Change, Choice, Years, both, may_refuse, sets, year_before
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft, rate_of
from reading.meaning import PRELIMINARY

NONE: Final = frozenset[str]()
MERGES: Final = frozenset({"merges"})
FREE_YEAR: Final = frozenset({"free year"})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the columns below a count."""

    words: str
    share: int = 1
    """It holds the count divided by this."""
    is_count: bool = True
    """It may be read as the count; else as nothing."""
    prefix: str = ""
    """It is the count of a group: "minority"."""
    years: Years | None = None
    statuses: frozenset[str] = frozenset()
    national: bool | None = None
    is_opening: bool = False
    is_rate: bool = False
    is_figure: bool = True


def nothing_of(words: str, share: int = 3) -> Part:
    """What nobody may take for the count."""
    return Part(words, share, is_count=False)


def beside(words: str, share: int = 3) -> Part:
    """What is no count of households: it may be passed over."""
    return Part(words, share, is_count=False, is_figure=False)


PARTS: Final[tuple[tuple[Part, Part], ...]] = (
    (nothing_of("Kế hoạch"), Part("Thực hiện")),
    (nothing_of("KH"), Part("TH")),
    (nothing_of("Chỉ tiêu giao"), Part("Kết quả")),
    (nothing_of("Dự kiến"), Part("Chính thức")),
    (Part("Sơ bộ", 2, statuses=frozenset({PRELIMINARY})), Part("Chính thức")),
    (Part("Đầu năm", is_opening=True), Part("Cuối năm")),
    (Part("Đầu kỳ", is_opening=True), Part("Cuối kỳ")),
    (Part("Năm trước", years=year_before), Part("Năm nay")),
    (nothing_of("6 tháng"), Part("Cả năm")),
    (nothing_of("Quý III"), nothing_of("Quý IV", 2)),
    (nothing_of("Tháng 6"), Part("Tháng 12")),
    (nothing_of("Thành thị"), nothing_of("Nông thôn", 2)),
    (nothing_of("Kinh"), Part("DTTS", 2, prefix="minority_")),
    (Part("Tổng số"), Part("Trong đó: DTTS", 3, prefix="minority_")),
    (nothing_of("Nam"), nothing_of("Nữ", 2)),
    (nothing_of("Tăng"), nothing_of("Giảm", 4)),
    (Part("Tổng số"), nothing_of("Giảm trong năm")),
    (Part("Tổng số"), nothing_of("Trong đó: nữ chủ hộ")),
    (Part("Số hộ"), beside("Số khẩu")),
    (Part("Hộ"), beside("Khẩu")),
    (Part("Số hộ"), beside("Nhân khẩu")),
    (Part("Theo chuẩn trung ương"), Part("Theo chuẩn thành phố", 2, national=False)),
    (Part("Chuẩn quốc gia"), Part("Chuẩn tỉnh", 2, national=False)),
    (nothing_of("Thoát nghèo"), nothing_of("Phát sinh", 5)),
    (Part("Tổng số"), nothing_of("Không có khả năng lao động")),
    (Part("Số hộ"), nothing_of("Được vay vốn")),
    (nothing_of("Số người"), nothing_of("Số lao động", 2)),
    (Part("Số lượng"), nothing_of("So với năm trước", 5)),
    (nothing_of("Theo kế hoạch"), nothing_of("Ước thực hiện", 2)),
)
PLAIN_PAIRS: Final = ((Part("Số hộ"), beside("Số khẩu")), (Part("Số hộ"), beside("Nhân khẩu")))


def parts() -> Iterator[Choice]:
    """Yield columns below the counts, two each."""
    for pair in PARTS:
        name = " | ".join(part.words for part in pair)
        change = both(divided(pair), sets(layout=layouts.in_groups), may_refuse)
        yield _choice(name, change, needs=MERGES)
    years = (Part("Năm {y-1}", years=year_before), Part("Năm {y}"))
    yield _choice(
        "years", both(divided(years), sets(layout=layouts.in_groups, time=""), may_refuse), needs=MERGES | FREE_YEAR
    )
    yield _choice("written out", both(divided(PLAIN_PAIRS[0]), sets(layout=layouts.written_out), may_refuse))
    for mark in (" - ", "_", " > ", "/", ".", " ", "\n", ": ", " (", " › "):
        change = both(divided(PLAIN_PAIRS[1]), sets(layout=layouts.joined(mark)), may_refuse)
        yield _choice(f"joined with {mark!r}", change)
    for pair in (PARTS[0], PARTS[4], PARTS[5], PARTS[11]):
        name = " | ".join(part.words for part in pair)
        change = both(divided(pair), sets(layout=layouts.joined(" - ")), may_refuse)
        yield _choice(f"joined: {name}", change)


_HIDES: Final = frozenset({"plain columns", "plain rows", "rows", "free year"})


def _choice(name: str, change: Change, needs: frozenset[str] = frozenset()) -> Choice:
    return Choice("layout", f"parts: {name}", change, needs=needs, lacks=_HIDES)


def divided(pair: tuple[Part, Part], sources: tuple[str, ...] = (POOR, NEAR)) -> Change:
    """Put two columns in the place of each count but the households."""

    def change(draft: Draft) -> None:
        columns: list[Column] = []
        for column in draft.columns:
            is_divided = column.source in sources
            columns += [part_of(draft, column, part, at) for at, part in enumerate(pair)] if is_divided else [column]
        draft.columns = columns

    return change


def part_of(draft: Draft, column: Column, part: Part, at: int) -> Column:
    """Return the column of a part, and give every unit its numbers."""
    source = f"{column.source}/{at}"
    for row in draft.rows:
        row.counts[source], row.before[source] = row.counts[column.source] // part.share, row.before[column.source]
    divided = replace(
        column,
        heading=draft.worded(part.words),
        above=column.heading,
        source=source,
        meaning=_meaning(part, column.source),
        years=part.years,
        statuses=part.statuses,
        national=part.national,
        is_figure=part.is_figure,
        factors=_factors(draft, column, part),
    )
    if part.is_opening:
        divided.opening = column.source.replace("households", "opening")
        divided.closing = column.source
    return divided


def _factors(draft: Draft, column: Column, part: Part) -> frozenset[int] | None:
    """A rate is scaled by nothing, and what names households may outweigh the unit of measure above the table."""
    if part.is_rate:
        return frozenset({1})
    return draft.factors | {1} if part.words in ("Số hộ", "Hộ") else column.factors


def _meaning(part: Part, source: str) -> frozenset[str]:
    if part.is_rate:
        return frozenset({rate_of(source)} - {source, HOUSEHOLDS, rate_of(HOUSEHOLDS)})
    return frozenset({f"{part.prefix}{source}"}) if part.is_count else NONE


TOPS_OF_NOTHING: Final = (
    *(
        "Kế hoạch năm {y+1}",
        "Dự kiến năm {y+1}",
        "Chỉ tiêu giao",
        "Kế hoạch",
        "Hộ do phụ nữ làm chủ hộ",
        "Giảm trong năm",
    ),
    *("Kết quả 6 tháng đầu năm", "Tăng trong năm", "Đơn vị tính: người", "Khu vực thành thị", "Ước thực hiện năm {y}"),
    *("Kết quả thoát nghèo", "Hộ được vay vốn", "Phát sinh trong năm", "Quý II", "Số người", "Khu vực nông thôn"),
    *("Mục tiêu", "Hộ không có khả năng lao động", "Diễn biến trong năm"),
)
TOPS: Final = (
    "Kết quả rà soát năm {y}",
    "Kết quả rà soát (chính thức)",
    "Kết quả rà soát cuối năm",
    "Trong đó",
    "Kết quả",
)


def groups() -> Iterator[Choice]:
    """Yield headings above the counts of the poor and the near-poor of the official form."""
    for words in TOPS:
        yield _top(words, lambda draft: None)
    for words in TOPS_OF_NOTHING:
        yield _top(words, both(_each(lambda column: replace(column, meaning=NONE)), may_refuse))
    preliminary = frozenset({PRELIMINARY})
    either = frozenset({PRELIMINARY, "final"})
    yield _top(
        "Kết quả rà soát (sơ bộ)",
        both(sets(statuses=either), _each(lambda column: replace(column, statuses=preliminary)), may_refuse),
    )
    yield _top("Hộ DTTS", both(_each(_of_minority), may_refuse))
    yield _top("Hộ nghèo theo chuẩn thành phố", both(_each(lambda column: replace(column, national=False)), may_refuse))
    for words in ("Đầu năm", "Đầu kỳ", "Số liệu đầu năm {y}"):
        yield _top(words, both(_each(_opening), may_refuse))
    yield _top("Năm {y-1}", both(_each(lambda column: replace(column, years=year_before)), may_refuse))


def _top(words: str, change: Change) -> Choice:
    def top(draft: Draft) -> None:
        draft.top_heading, draft.layout = draft.worded(words), layouts.stacked

    needs = MERGES | FREE_YEAR | {"plain columns", "one table"}
    return Choice(
        "layout", f"official form below {words}", both(top, change), needs=needs, lacks=frozenset({"plain rows"})
    )


def _each(change: Callable[[Column], Column]) -> Change:
    def changed(draft: Draft) -> None:
        draft.columns = [change(column) if column.source in (POOR, NEAR) else column for column in draft.columns]

    return changed


def _of_minority(column: Column) -> Column:
    return replace(column, meaning=frozenset({f"minority_{column.source}"}))


def _opening(column: Column) -> Column:
    opened = replace(column, opening=column.source.replace("households", "opening"))
    opened.closing = column.source
    return opened
