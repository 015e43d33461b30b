"""Columns and rows beside the counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reading.choice import Change, Choice, both, may_refuse, sets
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft, Row, rate, rate_of
from reading.meaning import Value

NONE: Final = frozenset[str]()
ROWS: Final = frozenset({"plain rows"})
Fill = Callable[[Row], Value]


def _share(number: int) -> Fill:
    return lambda row: row.counts[POOR] // number


OTHER_COLUMNS: Final[dict[str, Fill]] = {
    "Hộ nghèo có chủ hộ là nữ": _share(3),
    "Nguyên nhân tăng, giảm": lambda row: "Do tách hộ",
    "Diễn biến so với năm trước": lambda row: -7,
    "Ghi chú": lambda row: "",
    "Ghi chú (số hộ)": lambda row: 5,
    "Kế hoạch giảm hộ nghèo": _share(5),
    "Hộ nghèo theo kế hoạch": _share(2),
    "Thiếu hụt về nhà ở": _share(4),
    "Số khẩu nghèo": lambda row: row.counts[POOR] * 4,
    "Nhân khẩu": lambda row: row.counts[HOUSEHOLDS] * 4,
    "Tăng/giảm": lambda row: "-5",
    "Hộ thoát nghèo": _share(6),
    "Hộ nghèo phát sinh": _share(9),
    "Chủ hộ": lambda row: "",
    "Họ và tên cán bộ phụ trách": lambda row: "Nguyễn Văn An",
    "Hộ nghèo được vay vốn": _share(2),
    "Chỉ tiêu giao năm {y+1}": _share(5),
    "Dự kiến hộ nghèo năm {y+1}": _share(2),
    "Hộ nghèo không có khả năng lao động": _share(7),
    "Hộ nghèo dân tộc Cơ Tu": _share(2),
    "Ước thực hiện": _share(2),
    "Số hộ làm nông nghiệp có mức sống trung bình": _share(2),
    "Hộ nghèo là người có công": lambda row: "",
    "Mã bưu chính": lambda row: "550000",
    "Diện tích (km2)": lambda row: 97.5,
    "Kiểm tra": lambda row: 0,
}
RIGHT_RATES: Final[dict[str, Fill]] = {
    "a number of percent": lambda row: round(100 * rate(row, POOR), 2),
    "a fraction": lambda row: rate(row, POOR),
    "text with a comma": lambda row: f"{100 * rate(row, POOR):.2f}".replace(".", ","),
    "text with a sign": lambda row: f"{100 * rate(row, POOR):.2f}%",
}
WRONG_RATES: Final[dict[str, Fill]] = {
    "14;69": lambda row: "14;69",
    "abc": lambda row: "abc",
    "of others": lambda row: 88.8,
    "a day": lambda row: "04/06/2024",
}


def columns() -> Iterator[Choice]:
    """Yield columns beside the counts."""
    for heading, fill in OTHER_COLUMNS.items():
        yield Choice("column", f"behind: {heading}", both(_column(heading, fill), _allow("H002")))
    for heading in ("Hộ nghèo có chủ hộ là nữ", "Nguyên nhân nghèo", "Kế hoạch giảm hộ nghèo", "Hộ nghèo năm trước"):
        yield Choice("column", f"between: {heading}", both(_column(heading, _share(3), place=1), _allow("H002")))
    for name, fill in RIGHT_RATES.items():
        yield Choice("column", f"rate, {name}", _column("Tỷ lệ hộ nghèo (%)", fill, place=2))
    for name, fill in WRONG_RATES.items():
        change = both(_column("Tỷ lệ hộ nghèo (%)", fill, place=2), _allow("V006", "V008", "V009", "V010", "V011"))
        yield Choice("column", f"rate, {name}", change)
    sums = _column("Tổng hộ nghèo, cận nghèo", lambda row: row.counts[POOR] + row.counts[NEAR])
    yield Choice("column", "sum of poor and near-poor", both(sums, _allow("H002")))
    yield Choice("column", "minority", _counted("Hộ nghèo DTTS", "minority_poor_households"))
    yield Choice("column", "poor twice", both(_counted_again, may_refuse), needs=frozenset({"plain columns"}))
    yield Choice("column", "codes before", _codes)
    yield Choice(
        "column", "last year", both(_last_year, _allow("H002")), needs=frozenset({"free year", "plain columns"})
    )


def _column(heading: str, fill: Fill, place: int | None = None) -> Change:
    def change(draft: Draft) -> None:
        words = heading.replace("{y+1}", str(draft.year + 1))
        column = Column(words, NONE, group=words, fill=fill)
        draft.columns.insert(len(draft.columns) if place is None else place, column)

    return change


def _allow(*codes: str) -> Change:
    return lambda draft: draft.allowed.update(codes)


def _counted(heading: str, meaning: str) -> Change:
    """Add a count of its own: a third of the poor."""

    def change(draft: Draft) -> None:
        for row in draft.rows:
            row.counts[meaning], row.before[meaning] = row.counts[POOR] // 3, row.before[POOR] // 3
        draft.columns.append(Column(heading, frozenset({meaning}), meaning, heading))

    return change


def _counted_again(draft: Draft) -> None:
    """Add a second column of the same heading with other figures: nobody knows which is meant."""
    poor = next(column for column in draft.columns if column.source == POOR)
    poor.meaning = NONE
    for row in draft.rows:
        row.counts["again"], row.before["again"] = row.counts[POOR] - 9, row.before[POOR] - 9
    draft.columns.append(Column(poor.heading, NONE, "again", poor.group))


def _codes(draft: Draft) -> None:
    codes = {row.name: row.code for row in draft.rows}
    draft.columns.insert(0, Column("Mã đơn vị", NONE, group="Mã đơn vị", fill=lambda row: codes.get(row.name)))


def _last_year(draft: Draft) -> None:
    """The poor of the year before stand before those of this year."""
    for row in draft.rows:
        row.counts["last"], row.before["last"] = row.before[POOR], row.before[POOR]
    heading = f"Hộ nghèo năm {draft.year - 1}"
    column = Column(
        heading, frozenset({POOR}), "last", heading, years=lambda year: frozenset({year - 1}), is_figure=True
    )
    draft.columns.insert(1, column)
    draft.may_refuse = True


def _cells(*cells: Value) -> Callable[[Draft], list[Value]]:
    return lambda draft: list(cells)


def _of_columns(*first: Value, fill: Callable[[Column], Value]) -> Callable[[Draft], list[Value]]:
    return lambda draft: [*first, *(fill(column) for column in draft.columns)]


def _average(column: Column) -> Value:
    return 63 if column.source else None


ROWS_BELOW: Final[dict[str, tuple[Callable[[Draft], list[Value]], ...]]] = {
    "notes": (_cells(), _cells("Ghi chú: Số liệu có 3 hộ chuyển đi trong năm 2019.")),
    "note with figures": (_cells(), _cells(None, "Trong đó: hộ nghèo DTTS", None, 33, 12)),
    "an average": (_of_columns(None, "Bình quân", fill=_average),),
    "last year": (_of_columns(None, "Năm trước", fill=_average),),
    "a difference": (_of_columns(None, "Tăng, giảm so với năm trước", fill=_average),),
    "a plan": (_of_columns(None, "Kế hoạch", fill=_average),),
    "signature": (
        _cells(),
        _cells("Người lập biểu", None, "CHỦ TỊCH UBND"),
        _cells("Nguyễn Văn An", None, "Trần Văn Bình"),
    ),
    "a rate": (_of_columns(None, "Tỷ lệ (%)", fill=_average),),
    "of those": (_of_columns(None, "Trong đó: DTTS", fill=_average),),
}
ROWS_ABOVE: Final[dict[str, tuple[Callable[[Draft], list[Value]], ...]]] = {
    "column numbers": (lambda draft: ["A", "B", *range(1, len(draft.columns) + 1)],),
    "(1) (2) (3)": (lambda draft: [f"({at})" for at in range(1, len(draft.columns) + 3)],),
    "(hộ)": (_of_columns(None, None, fill=lambda column: "(hộ)" if column.source else None),),
    "blank": (_cells(),),
    "a section without figures": (_cells("I", "Khu vực nông thôn"),),
}


def rows() -> Iterator[Choice]:
    """Yield rows below and above the units."""
    for name, made in ROWS_BELOW.items():
        yield Choice("rows", f"below: {name}", both(_rows_below(made), _allow("U002", "F012")), needs=ROWS)
    for name, made in ROWS_ABOVE.items():
        change = both(sets(rows_above=list(made)), _in_households) if name == "(hộ)" else sets(rows_above=list(made))
        yield Choice("rows", f"above: {name}", change, needs=ROWS)
    yield Choice("rows", "no total", sets(with_total=False), needs=ROWS)
    for name in TOTALS:
        yield Choice("rows", f"total: {name}", sets(total_name=name), needs=ROWS)
    yield Choice("rows", "first unit like column numbers", _like_column_numbers, needs=ROWS)
    yield Choice("rows", "a unit without households", _without_households, needs=ROWS)
    yield Choice("rows", "a unit twice", both(_twice, may_refuse), needs=ROWS)
    yield Choice("rows", "a unit of persons in %", both(_row_of_measure("(%)"), may_refuse), needs=ROWS)
    yield Choice("rows", "a row of measures: người", both(_row_of_measure("(người)"), may_refuse), needs=ROWS)


TOTALS: Final = (
    *("Cộng", "TỔNG CỘNG", "Tổng số", "Toàn huyện", "Tổng", "Cộng toàn huyện", "TỔNG", "Tổng cộng:", "Tổng toàn huyện"),
    *("Tổng cộng toàn huyện", "Tổng hợp", "Tong cong"),
)


def _like_column_numbers(draft: Draft) -> None:
    """The first unit has few households: its row looks like one of column numbers."""
    draft.rows[0].counts.update({HOUSEHOLDS: 3, POOR: 1, NEAR: 2})
    draft.rows[0].before.update({HOUSEHOLDS: 3, POOR: 1, NEAR: 2})


def _without_households(draft: Draft) -> None:
    draft.rows[2].counts.update(dict.fromkeys(draft.rows[2].counts, 0))


def _in_households(draft: Draft) -> None:
    """A row that names households may outweigh the unit of measure above the table."""
    for column in draft.columns:
        if column.meaning:  # "Tổng số hộ (người)" above "(hộ)" is in neither
            column.factors = frozenset({1}) | (draft.factors if column.factors is None else column.factors)


def _rows_below(made: tuple[Callable[[Draft], list[Value]], ...]) -> Change:
    return sets(rows_below=list(made))


def _twice(draft: Draft) -> None:
    """One unit stands in two rows with other figures: neither may be taken."""
    first = draft.rows[2]
    second = Row(first.code, first.name, {key: value + 4 for key, value in first.counts.items()}, dict(first.before))
    draft.rows.insert(3, second)
    draft.with_total = False
    for row in (first, second):
        row.is_usable = False


def _row_of_measure(words: str) -> Change:
    def change(draft: Draft) -> None:
        draft.rows_above = [_of_columns(None, None, fill=lambda column: words if column.source else None)]
        for column in draft.columns:
            is_rate = words == "(%)" and column.source in (POOR, NEAR)
            column.meaning, column.factors = frozenset({rate_of(column.source)}) if is_rate else NONE, frozenset({1})

    return change
