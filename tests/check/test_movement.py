"""Family L, of movements (L003, L005, L006), and the joining of Mẫu 08, 09 and 10 that they need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from forms import mau_08, mau_09
from forms.mau_09 import MovementOptions, MovementRow
from forms.model import FormOptions, FormRow, Rates
from tests.check.cases import NAMES, SONG_KON, codes, context, found, observed
from thidua_cli import pipeline
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.movement import check_crossings, check_forms_agree, check_movement_balances
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.model import Status
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.present.observations.canonical import canonical_csv
from thidua_cli.present.toolkit.cell_ranges import joined, used_origins

POOR = (
    *("poor_opening", "poor_to_near_poor", "poor_to_non_poor", "poor_decrease_other"),
    *("poor_from_near_poor", "poor_relapsed", "poor_new", "poor_increase_other", "poor_households"),
)
NEAR_POOR = (
    *("near_poor_opening", "near_poor_to_poor", "near_poor_to_non_poor", "near_poor_decrease_other"),
    *("near_poor_from_poor", "near_poor_relapsed", "near_poor_new", "near_poor_increase_other", "near_poor_households"),
)
SOUND = (150, 30, 10, 1, 5, 2, 3, 4, 123)


def moved(
    counts: Sequence[int | None],
    names: Sequence[str] = POOR,
    code: str = SONG_KON,
    *,
    year: int = 2023,
    parent: str = "",
) -> Observation:
    return observed(code, year, counts, names=names, parent=parent)


def forms(*given: tuple[str, Observation]) -> FilesRead:
    """Return a reading of one row per form, in this order."""
    table = Observations()
    for at, (form, row) in enumerate(given):
        index = table.add_table(TableOrigin(f"{form}-{at}.xlsx", "Biểu", form, dict.fromkeys(row.counts, 4)))
        table.append(index, (12,), row)
    return FilesRead(table)


def all_codes(*given: tuple[str, Observation]) -> list[str]:
    return codes(run_checks(context(forms(*given))))


RESULTS = observed(SONG_KON, counts=(1000, 123, 50))


@pytest.mark.parametrize("names", [POOR, NEAR_POOR], ids=["poor", "near-poor"])
def test_a_movement_that_balances_is_sound(names: Sequence[str]) -> None:
    assert found(check_movement_balances, moved(SOUND, names)) == []


@pytest.mark.parametrize("names", [POOR, NEAR_POOR], ids=["poor", "near-poor"])
@pytest.mark.parametrize("at", range(9))
def test_every_one_of_the_nine_counts_takes_part_in_the_balance(names: Sequence[str], at: int) -> None:
    counts = list(SOUND)
    counts[at] += 1
    (finding,) = found(check_movement_balances, moved(counts, names))
    assert (finding.kind.code, finding.severity, finding.column) == ("L003", Severity.ERROR, names[8])
    assert finding.difference == (1 if at in (1, 2, 3, 8) else -1)
    assert finding.message().endswith(f"chênh lệch {finding.difference}")


def test_an_empty_column_of_other_causes_that_would_explain_the_difference_makes_it_a_warning() -> None:
    more, fewer = (150, 30, 10, None, 5, 2, 3, None, 125), (150, 30, 10, None, 5, 2, 3, None, 115)
    (finding,) = found(check_movement_balances, moved(more))
    assert (finding.severity, finding.difference) == (Severity.WARNING, 5)
    assert "cột “hộ nghèo tăng do nguyên nhân khác” để trống: khớp nếu là 5" in finding.message()
    (finding,) = found(check_movement_balances, moved(fewer))
    assert (finding.severity, finding.difference) == (Severity.WARNING, -5)
    assert "other decrease of the poor” is empty: it balances if it is 5" in finding.message(Language.EN)


def test_an_empty_column_that_pulls_the_other_way_explains_nothing() -> None:
    (finding,) = found(check_movement_balances, moved((150, 30, 10, None, 5, 2, 3, 4, 130)))
    assert finding.severity is Severity.ERROR
    assert "cột để trống: hộ nghèo giảm do nguyên nhân khác" in finding.message()


def test_empty_columns_that_balance_are_sound() -> None:
    assert found(check_movement_balances, moved((150, 30, None, None, None, None, None, None, 120))) == []


@pytest.mark.parametrize("counts", [(None, *SOUND[1:]), (*SOUND[:8], None), (150, *[None] * 7, 120)])
def test_without_opening_closing_or_any_movement_nothing_is_said(counts: Sequence[int | None]) -> None:
    assert found(check_movement_balances, moved(counts)) == []


def test_a_form_of_movement_without_any_movement_is_not_passed_over() -> None:
    reading = forms(("mau-09", moved((150, *[None] * 7, 120))))
    (finding,) = check_movement_balances(context(reading))
    assert (finding.severity, finding.difference) == (Severity.WARNING, -30)


def test_a_district_that_is_wrong_only_because_its_commune_is_has_no_finding_of_its_own() -> None:
    wrong = (*SOUND[:8], 124)
    rows = [moved(wrong, code="505"), moved(wrong, parent="505")]
    assert [finding.unit_code for finding in found(check_movement_balances, *rows)] == [SONG_KON]
    assert [finding.unit_code for finding in found(check_movement_balances, rows[0])] == ["505"]


@pytest.mark.parametrize("at", [1, 4])
def test_households_that_crossed_are_as_many_on_both_forms(at: int) -> None:
    mirrored = [60, 5, 4, 0, 30, 1, 2, 0, 84]
    both = (("mau-09", moved(SOUND)), ("mau-10", moved(mirrored, NEAR_POOR)))
    assert list(check_crossings(context(forms(*both)))) == []
    mirrored[5 - at] += 2
    wrong = (both[0], ("mau-10", moved(mirrored, NEAR_POOR)))
    (finding,) = check_crossings(context(forms(*wrong)))
    assert (finding.kind.code, finding.severity, finding.column) == ("L005", Severity.WARNING, POOR[at])
    assert finding.difference == -2
    assert "mau-10-1.xlsx › Biểu › D12" in finding.message()
    assert str(finding.origin) == "mau-09-0.xlsx › Biểu › D12"


def test_a_crossing_that_only_one_form_holds_is_not_compared() -> None:
    near_poor = (60, None, 4, 0, None, 1, 2, 0, 63)
    assert (
        list(check_crossings(context(forms(("mau-09", moved(SOUND)), ("mau-10", moved(near_poor, NEAR_POOR)))))) == []
    )


FORMS_OF_ONE_UNIT = [
    ("mau-09", moved(SOUND)),
    ("mau-10", moved((30, 5, 4, 0, 30, 1, 2, 0, 54), NEAR_POOR)),
    ("mau-08", observed(SONG_KON, counts=(1000, 123, 54))),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_forms_of_one_unit_that_agree_are_one_report(order: Sequence[int]) -> None:
    given = [FORMS_OF_ONE_UNIT[at] for at in order]
    joined = context(forms(*given))
    (row,) = joined.series[SONG_KON]
    assert run_checks(joined) == []
    assert joined.observations.form(row) == "mau-08"
    assert joined.observations.observation(row).counts == {
        **given[0][1].counts,
        **given[1][1].counts,
        **given[2][1].counts,
    }
    assert joined.observations.origin(row, "poor_new").file.startswith("mau-09")
    assert joined.observations.origin(row, "households").file.startswith("mau-08")


def test_a_table_of_all_forms_is_joined_after_it_was_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(canonical_csv(forms(*FORMS_OF_ONE_UNIT).observations))
    reading = pipeline.read([str(path)])
    assert len(reading.observations) == 3
    assert pipeline.check(reading) == []


def test_a_canonical_row_of_a_movement_lacks_no_households_and_a_row_of_results_does(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    header = "unit_code,year,households,poor_households,near_poor_households,poor_opening,poor_new"
    path.write_text(f"{header}\n{SONG_KON},2022,,100,,90,10\n{SONG_KON},2023,,123,50,100,23\n", "utf-8")
    missing = [one for one in pipeline.read([str(path)]).findings if one.kind.code == "V005"]
    assert [(one.year, one.column) for one in missing] == [(2023, "households")]
    path.write_text(f"{header}\n{SONG_KON},2022,,,,90,10\n", "utf-8")
    assert [one.column for one in pipeline.read([str(path)]).findings] == ["poor_households"]


def test_a_closing_count_that_differs_between_forms_is_told_once() -> None:
    (finding,) = run_checks(context(forms(("mau-08", RESULTS), ("mau-09", moved((151, *SOUND[1:8], 124))))))
    assert (finding.kind.code, finding.severity, finding.value, finding.expected) == ("L006", Severity.ERROR, 124, 123)
    assert "mau-08-0.xlsx › Biểu › D12" in finding.message()


def test_a_district_whose_commune_differs_between_forms_is_no_finding_of_its_own() -> None:
    results = [
        ("mau-08", observed(code, counts=(1000, 123, 50), parent=up)) for code, up in ((SONG_KON, "505"), ("505", ""))
    ]
    moves = [
        ("mau-09", moved((*SOUND[:8], 124), code=code, parent=up)) for code, up in ((SONG_KON, "505"), ("505", ""))
    ]
    assert [one.unit_code for one in check_forms_agree(context(forms(*results, *moves)))] == [SONG_KON]


def test_two_rows_of_the_same_form_are_still_twice() -> None:
    assert all_codes(("mau-09", moved(SOUND)), ("mau-09", moved(SOUND))) == ["U007"]
    assert all_codes(("mau-08", RESULTS), ("mau-09", moved(SOUND)), ("mau-09", moved(SOUND))) == ["U007"]
    assert all_codes(("mau-08", RESULTS), ("canonical", RESULTS)) == ["U007"]


def test_a_movement_on_another_poverty_line_is_no_part_of_the_report() -> None:
    other = observed(SONG_KON, counts=SOUND, names=POOR, line="2016-2020")
    assert all_codes(("mau-08", RESULTS), ("mau-09", other)) == ["U007"]


EARLY = observed(SONG_KON, counts=(1000, 130, 54), status=Status.PRELIMINARY)
EARLY_MOVES = observed(SONG_KON, counts=(151, 30, 10, 1, 5, 2, 3, 4, 124), names=POOR, status=Status.PRELIMINARY)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_preliminary_results_are_joined_with_a_final_movement_whose_count_stands(order: Sequence[int]) -> None:
    given = [("mau-08", EARLY), ("mau-09", moved(SOUND))]
    reading = forms(*(given[at] for at in order))
    (finding,) = run_checks(context(reading))
    assert (finding.kind.code, finding.severity.value, finding.origin.file[:6]) == ("T005", "warning", "mau-08")
    assert "vẫn tính là sơ bộ" in finding.message()
    (series,) = pipeline.measure(reading)
    figures = series.years[2023]
    assert (figures.counts["households"], figures.counts["poor_households"]) == (1000, 123)
    assert (figures.status, figures.conflicting) == (Status.PRELIMINARY, False)
    sources = joined(used_origins(reading.observations, figures.rows, ("households", "poor_households")))
    assert sorted(source[:6] for source in sources) == ["mau-08", "mau-09"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_next_opening_is_held_against_the_final_closing_count_not_the_preliminary_one(order: Sequence[int]) -> None:
    given = [("mau-08", EARLY), ("mau-09", moved(SOUND))]
    after = ("mau-09", moved((123, 23, *[0] * 6, 100), year=2024))
    joined = context(forms(*(given[at] for at in order), after))
    assert [finding.kind.code for finding in run_checks(joined)] == ["T005"]
    (row, _) = joined.series[SONG_KON]
    assert joined.observations.value(row, "poor_households") == 123
    early = ("mau-09", moved((130, 30, *[0] * 6, 100), year=2024))
    (finding,) = (one for one in run_checks(context(forms(*given, early))) if one.kind.code == "T001")
    assert (finding.value, finding.expected) == (130, 123)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_final_results_stay_final_beside_a_preliminary_movement(order: Sequence[int]) -> None:
    given = [("mau-08", RESULTS), ("mau-09", EARLY_MOVES)]
    reading = forms(*(given[at] for at in order))
    (finding,) = run_checks(context(reading))
    assert (finding.kind.code, finding.severity.value, finding.origin.file[:6]) == ("T005", "note", "mau-09")
    (series,) = pipeline.measure(reading)
    figures = series.years[2023]
    assert (figures.status, figures.counts["poor_households"]) == (Status.FINAL, 123)
    assert figures.counts["poor_opening"] == 151


def test_each_form_is_replaced_by_its_own_final_one() -> None:
    given = forms(("mau-08", EARLY), ("mau-09", EARLY_MOVES), ("mau-09", moved(SOUND)), ("mau-08", RESULTS))
    found = run_checks(context(given))
    assert [(one.kind.code, one.severity.value, one.origin.file[:6]) for one in found] == [
        ("T005", "note", "mau-08"),
        ("T005", "note", "mau-09"),
    ]
    (series,) = pipeline.measure(given)
    assert (series.years[2023].status, series.years[2023].rows) == (Status.FINAL, (2, 3))


def test_an_opening_on_mau_09_is_held_against_the_closing_on_mau_08_of_the_year_before() -> None:
    before = observed(SONG_KON, 2022, (990, 149, 60))
    given = forms(("mau-08", before), ("mau-09", moved(SOUND)), ("mau-08", RESULTS))
    (finding,) = run_checks(context(given))
    assert (finding.kind.code, finding.value, finding.expected) == ("T001", 150, 149)
    assert finding.origin.file == "mau-09-1.xlsx"


def written(folder: Path, poor: Sequence[int], near_poor: Sequence[int]) -> list[Finding]:
    """Write the three forms of one commune's district and check them."""
    results = [FormRow("Xã Tà Lu", 500, 2000, 123, 500, 54, 200)]
    mau_08.write(folder / "08.xlsx", results, FormOptions(rates=Rates.NONE))
    mau_09.write(folder / "09.xlsx", [MovementRow("Xã Tà Lu", poor)], MovementOptions())
    mau_09.write(folder / "10.xlsx", [MovementRow("Xã Tà Lu", near_poor)], MovementOptions("10"))
    reading = pipeline.read([str(folder)])
    return [finding for finding in pipeline.check(reading) if finding.kind.code != "U008"]


def test_the_three_forms_in_one_folder_are_sound_together_and_one_slip_is_one_finding(tmp_path: Path) -> None:
    near_poor = (30, 5, 4, 0, 30, 1, 2, 0)
    assert written(tmp_path, SOUND, near_poor) == []
    slipped = written(tmp_path, (151, *SOUND[1:]), near_poor)
    assert [(one.kind.code, one.unit_name) for one in slipped] == [("L003", "Xã Tà Lu")]
    crossed = written(tmp_path, (151, 31, *SOUND[2:]), near_poor)
    assert [(one.kind.code, one.unit_name) for one in crossed] == [("L005", "Xã Tà Lu")]


def test_mau_08_beside_movements_is_measured_with_its_own_households(tmp_path: Path) -> None:
    written(tmp_path, SOUND, (30, 5, 4, 0, 30, 1, 2, 0))
    series = {one.unit_name: one for one in pipeline.measure(pipeline.read([str(tmp_path)]))}
    for name in ("Xã Tà Lu", "Huyện Đông Giang"):
        figures = series[name].years[2023]
        assert not figures.conflicting
        assert {"households": 500, "poor_households": 123, "poor_opening": 150}.items() <= figures.counts.items()
        assert figures.counts["near_poor_from_poor"] == 30


def test_a_district_of_whom_only_the_movement_is_given_takes_its_households_from_its_communes(tmp_path: Path) -> None:
    rows = [observed(code, counts=(100, 20, 10), names=NAMES, parent="207") for code in ("07192", "07195", "07198")]
    total = moved((80, 30, 0, 0, 5, 2, 3, 0, 60), code="207")
    (district,) = (
        one for one in pipeline.measure(FilesRead(Observations.of([*rows, total]))) if one.unit_code == "207"
    )
    assert district.years[2023].counts == {"households": 300, "poor_households": 60, "near_poor_households": 30}


def test_names_of_the_counts_are_those_of_the_canonical_table() -> None:
    assert len({*POOR, *NEAR_POOR, *NAMES}) == 19
