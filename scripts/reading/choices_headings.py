"""Unit of measure, and words in the headings of counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading.choice import Change, Choice, Years, both, line_below, may_refuse, sets, year_before
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft, rate_of
from reading.meaning import FINAL, PRELIMINARY

MEASURES: Final = {
    **dict.fromkeys(("hộ", "Hộ", "HỘ", "hộ gia đình", "số hộ", "Hộ, %", "hộ, khẩu, %"), frozenset({1})),
    **dict.fromkeys(("nghìn hộ", "1.000 hộ", "1000 hộ", "ngàn hộ", "Nghìn hộ", "1 000 hộ"), frozenset({1000})),
    **dict.fromkeys(("trăm hộ", "100 hộ"), frozenset({100})),
    **dict.fromkeys(
        (
            "%",
            "người",
            "khẩu",
            "Nhân khẩu",
            "triệu đồng",
            "đồng",
            "lao động",
            "tỷ lệ %",
            "nghìn người",
            "ha",
            "người/hộ",
        ),
        frozenset[int](),
    ),
}
"""Unit of measure → what values are multiplied with to be households; none where they are no households."""
PLACES_OF_MEASURE: Final = ("Đơn vị tính: {}", "ĐVT: {}", "(Đơn vị tính: {})", "Đơn vị: {}", "Đvt: {}", "ĐVT {}")


def measures() -> Iterator[Choice]:
    """Yield units of measure above the table, and in the title."""
    for at, (unit, factors) in enumerate(MEASURES.items()):
        line = PLACES_OF_MEASURE[at % len(PLACES_OF_MEASURE)].format(unit)
        yield Choice("measure", line, _measure(line, factors))
    for line, factors in (
        ("Đơn vị tính: Nghìn hộ", frozenset({1000})),
        ("ĐVT: %", frozenset[int]()),
        ("Đơn vị tính: người", frozenset[int]()),
        ("Đơn vị tính: hộ", frozenset({1})),
    ):
        yield Choice("measure", f"below the title: {line}", both(line_below(line), _factors(factors)))


def _measure(line: str, factors: frozenset[int]) -> Change:
    return both(sets(measure_line=line), _factors(factors))


def _factors(factors: frozenset[int]) -> Change:
    """Set what values are multiplied with; a rate in the place of a count may be read as that."""

    def change(draft: Draft) -> None:
        draft.factors = factors
        draft.may_refuse |= factors != {1}

    return change


HARMLESS: Final = (
    *("(hộ)", "(Hộ)", "(số hộ)", "( hộ )", "(ĐVT: hộ)", "(cuối năm)", "(cuối kỳ)", "(chính thức)", "(đơn vị tính: hộ)"),
    *("(1)", "[hộ]", "(theo chuẩn nghèo đa chiều)"),
)
NO_COUNT: Final = (
    *("(người)", "(khẩu)", "(nhân khẩu)", "(theo kế hoạch)", "(kế hoạch)", "(KH)", "(dự kiến)", "(chỉ tiêu)", "(ước)"),
    *(
        "(tăng)",
        "(giảm)",
        "(tăng/giảm)",
        "(+/-)",
        "(6 tháng)",
        "(quý I)",
        "(giữa năm)",
        "(người/hộ)",
        "(nữ)",
        "[người]",
    ),
    *("(thoát nghèo)", "(phát sinh)", "(chủ hộ là nữ)", "(triệu đồng)", "(khẩu/hộ)", "(mục tiêu)", "(tỷ lệ tăng)"),
    *(
        "(không có khả năng lao động)",
        "(được vay vốn)",
        "(bình quân)",
        "(số người)",
        "(lao động)",
        "(trẻ em)",
        "{người}",
    ),
)
RATES: Final = ("(%)", "(tỷ lệ)", "(tỷ lệ %)", "(đơn vị: %)", "(đơn vị tính: %)", "(ĐVT: %)", "(tỉ lệ)", "[%]", "- %")
WITHOUT_BRACKETS: Final = (
    *(
        "theo kế hoạch",
        "dự kiến",
        "giảm",
        "tăng thêm",
        "thoát nghèo",
        "phát sinh mới",
        "do nữ làm chủ hộ",
        "kế hoạch giao",
    ),
    *(
        "chưa có nhà ở",
        "được vay vốn",
        "thoát ra",
        "ước thực hiện",
        "6 tháng đầu năm",
        "bình quân",
        "- người",
        ": khẩu",
    ),
    *("(hộ) kế hoạch", "giảm trong năm", "đăng ký thoát nghèo", "tính theo khẩu", "/ người", "so với năm trước"),
)


def headings() -> Iterator[Choice]:
    """Yield words behind "Hộ nghèo" and "Hộ cận nghèo"."""
    for words in HARMLESS:
        yield Choice(
            "heading", words, both(_behind(words), _households_by_name if "hộ" in words else lambda draft: None)
        )
    for words in (*NO_COUNT, *WITHOUT_BRACKETS):
        yield Choice("heading", words, both(_behind(words), _columns(meaning=frozenset())))
    for words in RATES:
        yield Choice("heading", words, both(_behind(words), _as_rates))
    for words in ("(DTTS)", "(theo DTTS)", "(dân tộc thiểu số)", "(hộ DTTS)", "DTTS"):
        yield Choice("heading", words, both(_behind(words), _as_minority))
    for words in ("(nghìn hộ)", "(1.000 hộ)", "(ĐVT: nghìn hộ)"):
        yield Choice("heading", words, both(_behind(words), _columns(factors=frozenset({1000})), may_refuse))
    yield Choice("heading", "(sơ bộ)", both(_behind("(sơ bộ)"), _preliminary, may_refuse))
    for words in ("(chuẩn thành phố)", "(theo chuẩn nghèo thành phố)", "theo chuẩn thành phố", "(chuẩn TP)"):
        yield Choice("heading", words, both(_behind(words), _columns(national=False), may_refuse))
    for words in ("(đầu năm)", "(đầu kỳ)", "đầu năm", "đầu kỳ"):
        yield Choice("heading", words, both(_behind(words), _as_opening))
    for words in ("năm trước", "(năm trước)", "(năm {y-1})", "năm {y-1}", "(31/12/{y-1})"):
        change = both(_behind(words), _years(year_before), _whose_households)
        yield Choice("heading", words, change, needs=frozenset({"free year"}))
    for words in ("năm {y}", "(năm {y})", "(31/12/{y})"):
        yield Choice("heading", words, _behind(words), needs=frozenset({"free year"}))
    yield from _households()
    yield from _spellings()


def _behind(words: str) -> Change:
    def change(draft: Draft) -> None:
        filled = words.replace("{y-1}", str(draft.year - 1)).replace("{y}", str(draft.year))
        for column in _poor_and_near(draft):
            column.heading = f"{column.heading} {filled}"
            column.group = f"{column.group} {filled}" if column.group else ""

    return change


def _households_by_name(draft: Draft) -> None:
    """A heading that names households may outweigh the unit of measure above the table."""
    for column in _poor_and_near(draft):
        column.factors = draft.factors | {1}


def _poor_and_near(draft: Draft) -> list[Column]:
    return [column for column in draft.columns if column.source in (POOR, NEAR)]


def _columns(**fields: object) -> Change:
    """Set what the columns of the poor and the near-poor mean; what is refused there is no fault."""

    def change(draft: Draft) -> None:
        draft.may_refuse |= fields.get("meaning") == frozenset()
        for column in _poor_and_near(draft):
            for name, value in fields.items():
                setattr(column, name, value)

    return change


def _preliminary(draft: Draft) -> None:
    """Its columns are preliminary; the households beside them may be taken as that too."""
    draft.statuses = frozenset({FINAL, PRELIMINARY})
    _columns(statuses=frozenset({PRELIMINARY}))(draft)


def _years(years: Years) -> Change:
    return both(_columns(years=years), may_refuse)


def _whose_households(draft: Draft) -> None:
    """Where the title gives no year-end, all households may be taken as of the year that stands beside them."""
    if not draft.years(draft.year):
        for column in draft.columns:
            if column.source == HOUSEHOLDS:
                column.years = year_before


def _as_rates(draft: Draft) -> None:
    draft.may_refuse = True
    for column in _poor_and_near(draft):
        column.meaning, column.factors = (
            frozenset({rate_of(column.source)}),
            frozenset({1}),
        )


def _as_minority(draft: Draft) -> None:
    draft.may_refuse = True
    for column in _poor_and_near(draft):
        column.meaning = frozenset({f"minority_{column.source}"})


def _as_opening(draft: Draft) -> None:
    """What stands at the beginning of the year: of the year before, or the opening count of this year's movement."""
    draft.may_refuse = True
    for column in _poor_and_near(draft):
        column.opening = column.source.replace("households", "opening")


def _households() -> Iterator[Choice]:
    """Yield headings of all households."""
    for heading in (
        "Tổng số hộ dân cư",
        "Số hộ",
        "Tổng số hộ (hộ)",
        "Tổng số hộ dân",
        "Tổng hộ",
        "Hộ dân cư",
        "Tổng số hộ dân (hộ)",
    ):
        yield Choice("all households", heading, _all_households(heading, frozenset({HOUSEHOLDS})))
    for heading in (
        *("Tổng số hộ (người)", "Tổng số hộ (khẩu)", "Tổng số khẩu", "Tổng số hộ DTTS", "Tổng số hộ (DTTS)", "Dân số"),
        *("Tổng số hộ (đầu năm)", "Tổng số hộ nông nghiệp", "Tổng số hộ được rà soát", "Tổng số hộ đăng ký rà soát"),
        *("Tổng số hộ (%)", "Số hộ tham gia", "Tổng số người", "Tổng số hộ sản xuất nông nghiệp", "Tổng số hộ vay vốn"),
    ):
        change = both(_all_households(heading, frozenset()), may_refuse)
        yield Choice("all households", heading, change, needs=frozenset({"plain rows"}))


def _all_households(heading: str, meaning: frozenset[str]) -> Change:
    def change(draft: Draft) -> None:
        for column in draft.columns:
            if column.source == HOUSEHOLDS:
                column.heading, column.group, column.meaning = heading, heading, meaning
                if "(hộ)" in heading:
                    column.factors = draft.factors | {1}
                if heading.endswith("DTTS") or "(DTTS)" in heading:
                    column.meaning = frozenset({"minority_households"})

    return change


def _spellings() -> Iterator[Choice]:
    """Yield other ways to write the headings of the counts."""
    for poor, near in (
        ("Số hộ nghèo", "Số hộ cận nghèo"),
        ("HỘ NGHÈO", "HỘ CẬN NGHÈO"),
        ("Hộ\nnghèo", "Hộ cận\nnghèo"),
        ("Tổng số hộ nghèo", "Tổng số hộ cận nghèo"),
        ("Số  hộ   nghèo", "Số hộ  cận nghèo "),
        ("Ho ngheo", "Ho can ngheo"),
        ("Hộ nghèo:", "Hộ cận nghèo:"),
        ("Hộ nghèo *", "Hộ cận nghèo *"),
        ("1. Hộ nghèo", "2. Hộ cận nghèo"),
        ("HN", "HCN"),
        ("Số lượng hộ nghèo", "Số lượng hộ cận nghèo"),
    ):
        yield Choice("heading", f"{poor!r}", _named(poor, near))


def _named(poor: str, near: str) -> Change:
    def change(draft: Draft) -> None:
        for column in _poor_and_near(draft):
            column.heading = poor if column.source == POOR else near

    return change
