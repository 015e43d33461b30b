"""Years in headings and in a column, counts in rows, and rows of each unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading import layouts, layouts_several
from reading.choice import Change, Choice, Years, both, may_refuse, no_year, same_year, sets, year_before
from reading.choices_groups import Part, beside, divided, nothing_of, part_of
from reading.draft import HOUSEHOLDS, NEAR, POOR, Draft
from reading.meaning import FINAL, PRELIMINARY

ALL: Final = (HOUSEHOLDS, POOR, NEAR)
ONLY: Final = frozenset({PRELIMINARY})


def _before(words: str) -> Part:
    return Part(words, years=year_before)


def _either(words: str) -> Part:
    """Beside a year that is preliminary: whether the table is, too, is not said."""
    return Part(words, years=year_before, statuses=ONLY | {FINAL})


PAIRS_OF_YEARS: Final[tuple[tuple[Part, Part], ...]] = (
    (_before("{y-1}"), Part("{y}")),
    (_before("Năm {y-1}"), Part("Năm {y}")),
    (_before("31/12/{y-1}"), Part("31/12/{y}")),
    (_before("Cuối năm {y-1}"), Part("Cuối năm {y}")),
    (_before("01/01/{y}"), Part("31/12/{y}")),
    (_before("Đầu năm {y}"), Part("Cuối năm {y}")),
    (_before("{y-1}"), nothing_of("Ước {y}")),
    (_before("TH {y-1}"), nothing_of("KH {y}")),
    (_before("31/12/{y-1}"), nothing_of("30/6/{y}")),
    (_before("{y-1}"), nothing_of("6T/{y}")),
    (_before("{y-1}"), nothing_of("{y} (dự kiến)")),
    (_before("{y-1}"), nothing_of("6 tháng đầu năm {y}")),
    (_before("Năm {y-1}"), nothing_of("Quý I/{y}")),
    (_before("Thực hiện năm {y-1}"), nothing_of("Kế hoạch năm {y}")),
    (_before("Năm {y-1}"), nothing_of("Ước thực hiện năm {y}")),
    (_either("{y-1}"), Part("{y} (sơ bộ)", statuses=ONLY)),
    (_either("{y-1}"), Part("Sơ bộ {y}", statuses=ONLY)),
    (Part("{y-1} (%)", 3, is_rate=True, years=year_before), Part("{y}")),
    (nothing_of("Tháng 6/{y}"), Part("Tháng 12/{y}")),
    (nothing_of("Giảm năm {y}"), Part("Năm {y}")),
    (nothing_of("Mục tiêu {y}"), Part("Kết quả {y}")),
    (nothing_of("Giai đoạn {y-1}-{y}"), Part("Năm {y}")),
)
YEAR_WORDS: Final[dict[str, Years]] = {
    **dict.fromkeys(("{y}", "Năm {y}", "31/12/{y}", "Cuối năm {y}", "{y}.0", " {y} ", "{y}*"), same_year),
    **dict.fromkeys(
        ("6 tháng {y}", "Quý I/{y}", "KH {y}", "{y-1}-{y}", "30/06/{y}", "Ước {y}", "T6/{y}", "{y}?"), no_year
    ),
    **dict.fromkeys(("Đầu năm {y}", "01/01/{y}", "đầu {y}"), year_before),
}
ROWS: Final[tuple[tuple[Part, Part], ...]] = (
    (Part("Hộ"), beside("Nhân khẩu")),
    (beside("Nhân khẩu"), Part("Hộ")),
    (Part("Số hộ"), beside("Số khẩu")),
    (Part("Hộ"), beside("Khẩu")),
    (Part("Hộ"), beside("Người")),
    (Part("Hộ"), beside("%")),
    (Part("Số hộ"), beside("Tỷ lệ (%)")),
    (nothing_of("Kế hoạch"), Part("Thực hiện")),
    (Part("Sơ bộ", statuses=ONLY), Part("Chính thức")),
    (Part("Đầu năm", years=year_before), Part("Cuối năm")),
    (nothing_of("Nam"), nothing_of("Nữ", 2)),
    (nothing_of("Thành thị"), nothing_of("Nông thôn", 2)),
    (nothing_of("Kinh"), nothing_of("DTTS", 2)),
    (Part("Tổng số"), nothing_of("Trong đó: DTTS")),
    (_before("{y-1}"), Part("{y}")),
    (nothing_of("6 tháng"), Part("Cả năm")),
)
ROW_LABELS: Final = ("Phân tổ", "Chỉ tiêu", "Nội dung", "Phân loại", "ĐVT")
_SHAPE: Final = frozenset(
    {"plain columns", "plain rows", "rows", "one number", "all households", "column", "free year"}
)
_MERGES: Final = frozenset({"merges"})


def years() -> Iterator[Choice]:
    """Yield years in headings and in a column."""
    for pair in PAIRS_OF_YEARS:
        name = " | ".join(part.words for part in pair)
        for layout, shape in ((layouts.in_groups, "below the counts"), (layouts.joined(" "), "joined to the counts")):
            change = both(divided(pair, ALL), sets(layout=layout, time=""), may_refuse)
            yield _layout(f"years {shape}: {name}", change)
    for word, meant in YEAR_WORDS.items():
        change = both(sets(layout=layouts_several.year_column, year_word=word, time="", years=meant), may_refuse)
        yield _layout(f"year column: {word}", change)


def _layout(name: str, change: Change) -> Choice:
    return Choice("layout", name, change, needs=_MERGES, lacks=_SHAPE)


def rows() -> Iterator[Choice]:
    """Yield rows of each unit, and counts in rows."""
    for at, pair in enumerate(ROWS):
        label = ROW_LABELS[at % len(ROW_LABELS)]
        name = f"rows of each unit: {label}: {' | '.join(part.words for part in pair)}"
        yield _layout(
            name, both(_rows(pair), sets(row_label=label, layout=layouts_several.rows_of_each_unit), may_refuse)
        )
    for words, factors, is_usable in (
        ("hộ", {1}, True),
        ("%", set[int](), False),
        ("Người", set[int](), False),
        ("khẩu", set[int](), False),
        ("Nghìn hộ", {1000}, True),
        ("1.000 hộ", {1000}, True),
        ("triệu đồng", set[int](), False),
    ):
        measured = _measured(words, frozenset(factors), is_usable=is_usable)
        change = both(measured, sets(layout=layouts_several.indicators_in_rows, time=""), may_refuse)
        yield _layout(f"indicators in {words}", change)


def _rows(pair: tuple[Part, Part]) -> Change:
    def change(draft: Draft) -> None:
        draft.row_columns = []
        for at, part in enumerate(pair):
            columns = [part_of(draft, column, part, at) for column in draft.columns]
            for column in columns:
                column.above = draft.worded(part.words)
            draft.row_columns.append(columns)

    return change


def _measured(words: str, factors: frozenset[int], *, is_usable: bool) -> Change:
    def change(draft: Draft) -> None:
        for column in draft.columns:
            column.unit_of_measure, column.factors = words, factors
            if not is_usable:
                column.meaning = frozenset()

    return change
