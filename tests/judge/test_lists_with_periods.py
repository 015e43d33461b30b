"""A list answers on the days of its period and on no other: the day before and the day of each, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.classes.class_exits import Tally
from thidua_cli.judge.clause.value_range import ValueRange
from thidua_cli.judge.setting import setting_of
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.model import COUNTRY_CODE, Level, Series, YearFigures, year_end
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.class_lists import ClassList, class_lists
from thidua_cli.rulebook.classes import ClassBook, Member, load_classes
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.units.tables import REFORM_DAY

BOOK = load_classes()
LISTS = class_lists()
ONE_DAY = timedelta(days=1)
JO_NGAY = "20476"
"""Xã Jơ Ngây of Quảng Nam, area III in 2021; since 07/2025 the code is that of Xã Sông Kôn, Đà Nẵng."""
SIN_THAU = "03158"
"""Xã Sín Thầu of Điện Biên, area III of the list of 2026, under a code that was Xã Leng Su Sìn's before 07/2025."""

RULES = """
id = "xa-kho-khan"
version = "1"
title = { vi = "Kế hoạch xã khó khăn", en = "Plan" }
[citation]
document = "1/KH-UBND"
clause = "mục 1"
date = 2024-01-31
[readings.relative]
vi = "hiểu là mức giảm tương đối"
en = "read as a relative fall"
[[rule]]
id = "commune-count"
title = { vi = "Xã: số hộ", en = "Commune: households" }
subject = { level = "commune", any_of = ["CLASS"] }
test = "count_fall_since_baseline"
measure = "poor"
baseline_year = 2024
comparison = ">"
threshold = "10"
unit = "percent"
poverty_line = "2022-2025"
reading = "relative"
citation = { clause = "mục 2" }
verified = 2024-02-01
"""


def judged(folder: Path, code: str, as_of: int, *lines: str, token: str = "area_3", province: str = "11") -> Verdict:
    """Judge a commune of the two tiers whose poor households fell by half, by a user's own rule file."""
    rules = folder / "rules.toml"
    rules.write_text(RULES.replace("CLASS", token), encoding="utf-8")
    own = folder / "classes.csv"
    own.write_text("\n".join(["unit_code,class,from,to", *lines, ""]), encoding="utf-8")
    counts = {2024: 400, 2025: 300, as_of: 200}
    years = {
        year: YearFigures(year, {"households": 1000, "poor_households": poor}, area_since=REFORM_DAY)
        for year, poor in counts.items()
    }
    inputs = load_inputs(str(rules), [own] if lines else [])
    (verdict,) = pipeline.judge([Series(code, "Xã", Level.COMMUNE, province, years)], inputs, as_of, year_end(as_of))
    return verdict


# --- the day before and the day of


@pytest.mark.parametrize("of", LISTS.values(), ids=list(LISTS))
def test_a_list_answers_from_its_first_day_to_its_last(of: ClassList) -> None:
    tokens = of.classes
    days = (of.start - ONE_DAY, of.start, of.end, of.end + ONE_DAY)

    assert [[BOOK.list_of(token, day) is of for day in days] for token in tokens] == [[False, True, True, False]] * len(
        tokens
    )
    assert tokens


@pytest.mark.parametrize(
    ("code", "token", "province", "first", "last"),
    [
        ("027", "poor_district", "02", date(2022, 3, 15), date(2025, 12, 31)),
        ("16657", "coastal_commune", "38", date(2022, 3, 15), date(2025, 12, 31)),
        (JO_NGAY, "area_3", "49", date(2021, 6, 4), date(2025, 12, 31)),
        (SIN_THAU, "area_3", "11", date(2026, 1, 29), date(2030, 12, 31)),
    ],
)
def test_a_row_without_days_holds_as_long_as_its_list(
    code: str, token: str, province: str, first: date, last: date
) -> None:
    days = (first - ONE_DAY, first, last, last + ONE_DAY)

    assert [BOOK.membership(code, province, token, day) for day in days] == [
        Member.UNKNOWN,
        Member.YES,
        Member.YES,
        Member.UNKNOWN,
    ]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 28)])
def test_between_the_lists_of_areas_nothing_is_known_even_where_a_province_is_whole(day: date) -> None:
    whole = next(
        key for key, entry in BOOK.completeness.items() if entry.state == "complete" and key[0] == "areas-2021-2025"
    )

    list_id, token, province = whole

    assert BOOK.membership("00001", province, token, day) is Member.UNKNOWN
    assert BOOK.membership("00001", province, token, LISTS[list_id].end) is Member.NO


def test_a_province_that_was_whole_in_2022_says_nothing_of_the_list_of_2026() -> None:
    states = {(token, province) for list_id, token, province in BOOK.completeness if list_id == "areas-2026-2030"}
    other = next(
        (token, province)
        for (list_id, token, province), entry in BOOK.completeness.items()
        if list_id == "areas-2021-2025" and entry.state == "complete" and (token, province) not in states
    )

    assert BOOK.membership("00001", other[1], other[0], date(2025, 12, 31)) is Member.NO
    assert BOOK.membership("00001", other[1], other[0], date(2026, 12, 31)) is Member.UNKNOWN


@pytest.mark.parametrize(
    ("day", "member"),
    [
        (date(2024, 7, 21), Member.YES),
        (date(2024, 7, 22), Member.NO),  # it left by Quyết định 702/QĐ-TTg
        (date(2025, 12, 31), Member.NO),
        (date(2026, 1, 1), Member.UNKNOWN),
    ],
)
def test_a_unit_that_left_is_known_to_be_outside_until_its_list_ends(day: date, member: Member) -> None:
    assert BOOK.membership("481", "46", "poor_district", day) is member


def test_that_a_list_ended_is_no_exit() -> None:
    assert BOOK.has_ended("481", year_end(2023), year_end(2024), ("poor_district",))
    assert not BOOK.has_ended("027", year_end(2023), year_end(2026))
    assert not BOOK.has_ended("481", year_end(2023), year_end(2026))  # the list it left stands no more


# --- rows of the user


@pytest.mark.parametrize(
    ("line", "member"),
    [
        (("area_3", None, None), Member.YES),  # without days, every day
        (("area_3", None, date(2025, 12, 31)), Member.UNKNOWN),  # ended as the list of its period did
        (("area_3", None, date(2025, 6, 30)), Member.UNKNOWN),  # left a list that has ended since
        (("area_3", date(2026, 1, 1), None), Member.YES),
        (("area_1", date(2026, 1, 1), None), Member.NO),
    ],
)
def test_a_row_of_the_user_holds_on_its_own_days(line: tuple[str, date | None, date | None], member: Member) -> None:
    token, start, end = line
    row = ClassRow("20000", token, True, start, end, "", "cua-toi.csv", 2)
    book = ClassBook({"20000": [row]}, {}, {}, LISTS)

    assert book.membership("20000", "99", "area_3", date(2026, 12, 31)) is member


def test_a_row_of_the_user_wins_over_the_list_and_is_named_by_its_file(tmp_path: Path) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2026, f"{SIN_THAU},area_1,2026-01-29,")

    assert {"area_1", "not_area_3"} <= set(verdict.classes)
    assert {source.list_id for source in verdict.class_sources if source.token.startswith("area_")} == {""}
    assert {Path(source.file).name for source in verdict.class_sources if source.file} == {"classes.csv"}


@pytest.mark.parametrize(
    ("start", "by"),
    [("2021-06-04", "areas-2026-2030"), ("2025-07-01", ""), ("2026-01-29", "")],
)
def test_a_row_from_before_the_commune_of_today_is_of_another_unit(tmp_path: Path, start: str, by: str) -> None:
    """The code was Xã Leng Su Sìn's: a row of it that begins before July 2025 must not make Xã Sín Thầu area I."""
    verdict = judged(tmp_path, SIN_THAU, 2026, f"{SIN_THAU},area_1,{start},")

    assert ("area_3" if by else "area_1") in verdict.classes
    assert {source.list_id for source in verdict.class_sources if source.token.startswith("area_")} == {by}


def test_against_an_undated_row_of_the_user_no_list_makes_anything_certain(tmp_path: Path) -> None:
    """It may be of the commune of today, whatever unit bore its code before; so neither it nor the list decides."""
    against, alike = (judged(tmp_path, SIN_THAU, 2026, f"{SIN_THAU},area_{area},,") for area in (1, 3))

    assert against.state is State.UNDETERMINED
    assert not {"area_1", "area_3", "not_area_1", "not_area_3"} & set(against.classes)
    assert against.reason is not None
    assert "dòng của tệp classes.csv không ghi từ ngày" in against.reason.vi
    assert "area_3" in alike.classes
    assert alike.state is State.MET


# --- nothing of 2021 answers a question of 2026


def test_a_commune_of_today_has_the_area_of_the_new_list_at_the_end_of_2026(tmp_path: Path) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2026)

    assert "area_3" in verdict.classes
    assert verdict.state is State.MET
    (source,) = [source for source in verdict.class_sources if source.written == "area_3"]
    assert source[1:] == ("areas-2026-2030", "Quyết định 60/QĐ-BDTTG", "")


def test_the_area_of_the_old_bearer_of_the_code_is_not_that_of_the_new_one(tmp_path: Path) -> None:
    verdict = judged(tmp_path, JO_NGAY, 2026, province="48")

    assert not [written for written in verdict.classes if "area" in written]
    assert verdict.part_classes == ()
    assert (verdict.state, verdict.unknown_classes) == (State.UNDETERMINED, ("area_3",))
    assert verdict.reason is not None
    assert "Quyết định 60/QĐ-BDTTG" in verdict.reason.vi
    assert "861" not in verdict.reason.vi


def test_at_the_end_of_2025_it_is_still_the_old_list_that_answers_by_the_parts(tmp_path: Path) -> None:
    verdict = judged(tmp_path, JO_NGAY, 2025, province="48")

    assert verdict.part_classes
    assert {"area_3"} == {part.classes[0] for part in verdict.part_classes}
    assert "area_3" in verdict.classes
    assert {source.list_id for source in verdict.class_sources if source.written == "area_3"} == {"areas-2021-2025"}


def test_the_new_list_says_nothing_of_2025(tmp_path: Path) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2025)

    assert "areas-2026-2030" not in {source.list_id for source in verdict.class_sources}


@pytest.mark.parametrize(("token", "number"), [("coastal_commune", "353"), ("area_3", "60/QĐ-BDTTG")])
def test_a_class_whose_list_has_ended_is_unknown_and_the_reason_says_when(
    tmp_path: Path, token: str, number: str
) -> None:
    verdict = judged(tmp_path, JO_NGAY, 2031, token=token, province="48")

    assert verdict.state is State.UNDETERMINED
    assert verdict.reason is not None
    assert number in verdict.reason.vi
    assert f"hết ngày 31/12/{2025 if number == '353' else 2030}" in verdict.reason.vi
    assert "cho ngày 31/12/2031" in verdict.reason.vi


# --- poor communes


def test_of_poor_communes_there_is_no_list_and_the_reason_says_so(tmp_path: Path) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2026, token="poor_commune")

    assert (verdict.state, verdict.unknown_classes) == (State.UNDETERMINED, ("poor_commune",))
    assert verdict.reason is not None
    assert "chưa có danh mục xã nghèo nào" in verdict.reason.vi


@pytest.mark.parametrize(("written", "state"), [("poor_commune", State.MET), ("not_poor_commune", State.NO_CRITERION)])
def test_a_file_may_state_poor_communes(tmp_path: Path, written: str, state: State) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2026, f"{SIN_THAU},{written},,", token="poor_commune")

    assert written in verdict.classes
    assert verdict.state is state


def test_rules_that_do_not_ask_of_poor_communes_hear_nothing_of_them(tmp_path: Path) -> None:
    verdict = judged(tmp_path, SIN_THAU, 2026)

    assert not [token for token in (*verdict.classes, *verdict.unknown_classes) if "poor_commune" in token]


# --- exits


def exits(as_of: int, target: str, book: ClassBook = BOOK) -> TargetVerdict:
    years = {year: YearFigures(year, {"households": 1000, "poor_households": 10}) for year in range(2021, as_of + 1)}
    series = [Series(COUNTRY_CODE, "Cả nước", Level.COUNTRY, "", years)]
    rows = judge_targets(series, load_rulebook("qd-666-ttg"), setting_of(series, as_of, book))
    (row,) = [row for row in rows if row.clause.id == target]
    return row


def test_eighteen_known_exits_of_fifty_four_are_a_third_at_least_and_the_report_of_nineteen_proves_no_unit() -> None:
    row = exits(2025, "national-coastal-communes")
    (value,) = row.values

    assert (value.value, value.low) == (None, Fraction(100 * 18, 54))
    assert value.high is not None
    assert value.high <= 100
    assert row.state is State.MET
    assert "54 đơn vị" in row.reason.vi
    assert "19/54" in row.reason.vi
    assert {source.list_id for source in row.class_sources} == {"coastal-communes-2021-2025"}


def test_of_poor_districts_no_more_may_have_been_listed_than_the_list_prints() -> None:
    row = exits(2024, "national-poor-districts")
    (value,) = row.values
    known = sum(1 for rows in BOOK.bundled.values() for row in rows if row.token == "poor_district")

    assert value.low == Fraction(100, 74)  # A Lưới
    assert value.high == Fraction(100 * (1 + 74 - known), 74)
    assert (row.state, row.is_due) == (State.UNDETERMINED, False)


def test_nothing_printed_bounds_nothing() -> None:
    unprinted = replace(BOOK, lists={key: replace(of, totals={}) for key, of in LISTS.items()})

    (value,) = exits(2024, "national-poor-districts", unprinted).values

    assert value.low is not None
    assert value.low < Fraction(100, 74)


def test_a_number_that_is_not_the_last_word_bounds_nothing() -> None:
    """A second decision adds communes to the list of 2026: 824 of area III are not all of them."""
    assert not LISTS["areas-2026-2030"].is_final
    assert all(of.is_final for of in LISTS.values() if of.end.year == 2025)
    open_ = replace(BOOK, lists={key: replace(of, is_final=False) for key, of in LISTS.items()})

    (value,) = exits(2024, "national-poor-districts", open_).values

    assert value.low is not None
    assert value.low < Fraction(100, 74)


@pytest.mark.parametrize(
    ("numbers", "share"),
    [
        # of 10 printed 6 are known; the other 4 are among 100 of which nothing is known: none or all of them left
        (Tally(stayed=4, left=2, perhaps_listed=100, printed=10), (20, 60)),
        (Tally(stayed=4, left=2, perhaps_left=1, perhaps_listed=100, printed=10), (20, 60)),
        # all of the others stand on the list still, or none does
        (Tally(stayed=4, left=2, perhaps_listed_stayed=4, printed=10), (20, 20)),
        (Tally(stayed=4, left=2, perhaps_listed_left=4, printed=10), (60, 60)),
        (Tally(stayed=4, left=2, perhaps_listed_stayed=3, perhaps_listed_left=3, printed=10), (30, 50)),
        # more were printed than anybody knows of: they may have left or not
        (Tally(stayed=4, left=2, perhaps_listed_left=1, printed=10), (30, 60)),
        (Tally(stayed=4, left=6, printed=10), (60, 60)),
    ],
)
def test_units_that_are_not_known_fill_the_printed_number_either_way(numbers: Tally, share: tuple[int, int]) -> None:
    assert numbers.share_percent() == ValueRange(Fraction(share[0]), Fraction(share[1]))
