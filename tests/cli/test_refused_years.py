"""A year-end outside the rule's days or the lists of units is refused, with both spans, before anything is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.cli.program import thidua
from tests.cli.tables import sound, table
from thidua_cli.errors import UsageError
from thidua_cli.judge.years import refuse_year
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import Clause, Period

SPANS = "bộ quy tắc qd-666-ttg xét các năm 2022–2025, danh mục đơn vị có các năm từ 2021"
CLOSED = (
    "đã tổng kết ngày 22/06/2025 (339/TB-VPCP, 01/07/2025): khi đó mới có số liệu đến cuối năm 2024; chưa tìm thấy kế "
    "hoạch kế tiếp có tiêu chí (tra đến tháng 11/2026)"
)
NEW_PLAN = "kế hoạch của những năm sau: soạn bộ quy tắc bằng “thidua rules new --from qd-666-ttg”"
COMMANDS: dict[str, tuple[str, ...]] = {
    "eligible": ("eligible",),
    "targets": ("targets",),
    "report": ("report", "--unit", "20473", "-o", "ket-qua.md"),
    "export": ("export", "-o", "ket-qua.xlsx"),
    "attest template": ("attest", "template", "-o", "phieu.xlsx"),
}
each_command = pytest.mark.parametrize("name", COMMANDS)


@each_command
@pytest.mark.parametrize("year", ["1999", "2020", "2021", "2026"])
def test_a_year_outside_is_2_with_both_spans_and_nothing_is_read(
    name: str, year: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = thidua(*COMMANDS[name], "khong-co.csv", "--rules", "qd-666-ttg", "--as-of", year)
    assert (outcome.status, outcome.out) == (2, b"")
    after = f"; {CLOSED}; {NEW_PLAN}" if year == "2026" else ""
    assert outcome.err == f"lỗi: không xét được cuối năm {year}: {SPANS}; chọn năm bằng --as-of{after}\n"
    assert list(tmp_path.iterdir()) == []


@each_command
@pytest.mark.parametrize("year", ["2022", "2024"])
def test_a_year_inside_is_judged(name: str, year: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = thidua(*COMMANDS[name], sound(tmp_path / "bieu.csv"), "--rules", "qd-666-ttg", "--as-of", year)
    assert outcome.status == 0, outcome.err


@pytest.mark.parametrize("name", ["targets", "report", "attest template"])
def test_the_newest_year_of_the_figures_is_refused_too(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = table(tmp_path / "bieu.csv", "20473", 2025, [(1000, 100, 50), (1000, 80, 40)])
    outcome = thidua(*COMMANDS[name], path, "--rules", "qd-666-ttg")
    assert outcome.status == 2
    assert f"không xét được cuối năm 2026: {SPANS}" in outcome.err


def test_yearly_plans_of_a_unit_s_own_hold_beside_rules_of_other_years(tmp_path: Path) -> None:
    path, plan = sound(tmp_path / "bieu.csv"), tmp_path / "ke-hoach.csv"
    plan.write_text("unit_code,year,measure,planned,unit,source\n20473,2021,poor,1,households,KH 1\n", "utf-8")
    command = ("targets", path, "--rules", "qd-666-ttg", "--plan", plan, "--as-of")
    assert thidua(*command, "2021").status == 0
    assert thidua(*command, "2020").status == 2


def test_a_plan_that_was_not_summed_up_names_the_way_to_a_new_one_only() -> None:
    told = thidua("targets", "x.csv", "--rules", "ha-noi-251", "--as-of", "2026").err
    assert "; kế hoạch của những năm sau: soạn bộ quy tắc bằng “thidua rules new --from ha-noi-251”\n" in told
    assert "tổng kết" not in told


def test_a_year_between_the_periods_of_the_clauses_is_no_year_of_a_later_plan() -> None:
    (clause, *_) = load_rulebook("qd-666-ttg").clauses
    early = replaced(clause, Period(date(2022, 6, 2), date(2022, 12, 31)))
    late = replaced(clause, Period(date(2024, 1, 1), date(2025, 12, 31)))
    with pytest.raises(UsageError) as between:
        refuse_year(2023, "x", [early, late])
    with pytest.raises(UsageError) as after:
        refuse_year(2026, "x", [early, late], "ke-hoach.toml")
    assert "rules new" not in between.value.text.en
    assert after.value.text.en.endswith("“thidua rules new --from ke-hoach.toml”")


def test_it_is_told_in_english() -> None:
    told = thidua("eligible", "x.csv", "--rules", "ha-noi-51", "--as-of", "2031", "--lang", "en").err
    assert "criteria with numbers" in told  # another reason comes first
    told = thidua("targets", "x.csv", "--rules", "ha-noi-51", "--as-of", "2031", "--lang", "en").err
    assert "the rule file ha-noi-51 judges the years 2021–2030, the lists of units have the years from 2021 on" in told


def test_spans_come_from_every_clause() -> None:
    (first, second, *_) = load_rulebook("qd-666-ttg").clauses
    early = replaced(first, Period(date(2022, 6, 2), date(2023, 12, 30)))
    late = replaced(second, Period(date(2024, 1, 1), date(2025, 12, 31)))
    refuse_year(2022, "x", [early, late])
    refuse_year(2025, "x", [early, late])
    with pytest.raises(UsageError, match="xét các năm 2022–2025"):
        refuse_year(2023, "x", [early, late])  # the one ends a day before, the other has not begun
    with pytest.raises(UsageError, match="xét năm 2022,"):
        refuse_year(2023, "x", [early])


def test_rules_without_an_end_or_without_days_judge_every_later_year() -> None:
    (clause, *_) = load_rulebook("qd-666-ttg").clauses
    without_end, without_days = replaced(clause, Period(date(2022, 6, 2))), replaced(clause, None)
    refuse_year(2099, "x", [without_end])
    refuse_year(2021, "x", [without_end, without_days])
    with pytest.raises(UsageError, match="xét các năm từ 2022,"):
        refuse_year(2021, "x", [without_end])
    with pytest.raises(UsageError, match="xét mọi năm, danh mục đơn vị có các năm từ 2021"):
        refuse_year(2020, "x", [without_days])


def replaced(clause: Clause, period: Period | None) -> Clause:
    return replace(clause, period=period)


def test_rates_of_years_before_the_lists_stand_on_their_first_day(tmp_path: Path) -> None:
    path = table(tmp_path / "cu.csv", "20473", 2018, [(1000, 300, 50), (1000, 250, 40), (1000, 200, 30)])
    shown = thidua("rates", path).text
    assert "Địa giới: ngày 01/07/2021." in shown
    assert "Không còn" not in shown
