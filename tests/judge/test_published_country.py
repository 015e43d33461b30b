"""Results of the country as they were published, held against the programme of 90/QĐ-TTg and that of 2026-2030.

Rates are known as printed, rounded to two decimals or one: an answer is given where every rate that rounds so leads to
it. Where a fall is printed as exactly the figure asked for, the true one may lie on either side.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import Position
from thidua_cli.model import COUNTRY_CODE, Level, Measure, PrintedRate, Series, YearFigures
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import load_rulebook

# Cuối năm 2021 theo chuẩn 2022-2025: 5,20%; dân tộc thiểu số 25,91%; 2022: 4,03% và 21,02%
# (https://tayninh.dcs.vn/vi/news/thoi-su/ch-ng-tr-nh-m-c-ti-u-qu-c-gia-gi-m-ngh-o-b-n-v-ng-giai-o-n-2021-2025-nhi-u-k-t-qu-t-ch-c-c-sau-n-a-ch-ng--ng-4532.html,
# TTXVN 11/08/2023). 2022: 71/QĐ-LĐTBXH; 2023: 134/QĐ-BLĐTBXH, 2,93%; 2024: 217/QĐ-BLĐTBXH, 1,93%.
# 2025: 1,3%, in một chữ số, trước khi công bố kết quả (baotintuc.vn 27/12/2025).
# 2024: dân tộc thiểu số 12,55%, giảm 3,95 (https://tapchitaichinh.vn/ty-le-ho-ngheo-dan-toc-thieu-so-giam-3-95.html).
POOR = {2021: ("5.20",), 2022: ("4.03",), 2023: ("2.93",), 2024: ("1.93",), 2025: ("1.3",)}
MINORITY = {2021: ("25.91",), 2022: ("21.02",), 2023: ("12.55", "3.95"), 2024: ("12.55",)}


def _row(known: str, key: str, measure: Measure, printed: Mapping[int, tuple[str, ...]], year: int) -> TargetVerdict:
    years = {
        each: YearFigures(each, {}, printed_rates={measure: PrintedRate.of(*rates)})
        for each, rates in printed.items()
        if each <= year
    }
    country = Series(COUNTRY_CODE, "Cả nước", Level.COUNTRY, "", years)
    setting = Setting(year, ClassBook({}, {}, {}), lambda code, listed: "")
    rows = judge_targets([country], load_rulebook(known), setting)
    (row,) = [row for row in rows if row.clause.id == key and row.year == year]
    return row


@pytest.mark.parametrize(
    ("year", "answer", "position"),
    [
        (2022, "met", Position.WITHIN),  # 1,17
        (2023, "met", Position.WITHIN),  # 1,10
        (2024, "undetermined", None),  # printed 1,00: from 0,99 to 1,01
        (2025, "not_met", Position.BELOW),  # from 0,575 to 0,685
    ],
)
def test_the_poor_rate_of_the_country_falls_as_it_was_published(
    year: int, answer: str, position: Position | None
) -> None:
    row = _row("qd-90-ttg", "national-rate", Measure.POOR, POOR, year)

    assert (row.state.value, row.position) == (answer, position)


@pytest.mark.parametrize("year", [2022, 2024])
def test_the_ethnic_minority_rate_falls_by_more_than_three_points(year: int) -> None:
    row = _row("qd-90-ttg", "national-minority-rate", Measure.MINORITY_POOR, MINORITY, year)

    assert row.state.value == "met"


def test_no_count_of_the_start_is_published_so_nobody_can_say_that_it_was_halved() -> None:
    row = _row("qd-90-ttg", "national-halved", Measure.POOR, POOR, 2025)

    assert row.state.value == "undetermined"
    assert "2021" in row.reason.vi


def test_the_poor_rate_alone_says_nothing_of_the_rate_of_666() -> None:
    row = _row("qd-666-ttg", "national-rate", Measure.POOR, POOR, 2024)

    assert row.state.value == "undetermined"


def test_the_first_fall_of_2026_2030_starts_at_the_one_decimal_of_2025() -> None:
    row = _row("qd-417-bnnmt", "national-rate", Measure.POOR, {2025: ("1.3",), 2026: ("0.2",)}, 2026)

    assert row.state.value == "met"
    between = _row("qd-417-bnnmt", "national-rate", Measure.POOR, {2025: ("1.3",), 2026: ("0.3",)}, 2026)
    assert between.state.value == "undetermined"
