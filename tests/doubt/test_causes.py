"""One fault and its echoes: what a finding is caused by is said only where figures prove it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from forms import mau_08
from forms.model import COUNTS, Area, Cell, FormOptions, FormRow, Formula, Rates
from tests.cli.program import thidua
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity

Counts: TypeAlias = dict[str, int]
NAMES = (
    *("Thị trấn P Rao", "Xã Tà Lu", "Xã Sông Kôn", "Xã Jơ Ngây", "Xã A Ting", "Xã Tư", "Xã Ba", "Xã A Rooi"),
    *("Xã Za Hung", "Xã Mà Cooi", "Xã Ka Dăng"),
)
HOUSEHOLDS = (1226, 429, 596, 752, 780, 600, 1596, 420, 540, 610, 480)
POOR = (84, 100, 262, 138, 231, 120, 190, 160, 140, 152, 130)
NEAR_POOR = (36, 33, 40, 50, 37, 24, 60, 31, 44, 38, 29)


def rows(year: int) -> list[FormRow]:
    """The communes of a district; a tenth more were poor in the first year."""
    poor = [count if year == 2024 else count + count // 10 for count in POOR]
    return [
        FormRow(name, all_, 4 * all_, own, 4 * own, near, 4 * near, area=Area.RURAL if place else Area.URBAN)
        for place, (name, all_, own, near) in enumerate(zip(NAMES, HOUSEHOLDS, poor, NEAR_POOR, strict=True))
    ]


def as_sum(communes: Sequence[FormRow]) -> Counts:
    """What Excel's SUM makes of a column: texts are passed over."""
    columns = zip(*(row.counts() for row in communes), strict=True)
    sums = [sum(cell for cell in column if isinstance(cell, int)) for column in columns]
    return dict(zip(COUNTS, sums, strict=True))


Spoil = Callable[[list[FormRow]], list[FormRow]]


def checked(folder: Path, spoil: Spoil, *, sums_follow: bool, rates: Rates = Rates.FORMULA) -> list[Finding]:
    """Write two years of a district, the second spoilt, and check them."""
    for year in (2023, 2024):
        right = rows(year)
        communes = spoil(right) if year == 2024 else right
        summed = communes if sums_follow else right
        urban, rural = as_sum(summed[:1]), as_sum(summed[1:])
        options = FormOptions(
            year=year,
            rates=rates,
            printed_sections={Area.URBAN: dict(urban), Area.RURAL: dict(rural)},
            printed_total={name: urban[name] + rural[name] for name in COUNTS},
        ).with_year(year)
        mau_08.write(folder / f"b{year}.xlsx", communes, options)
    return pipeline.check(pipeline.read([str(folder)]))


def texts(*names: str) -> Spoil:
    """Store counts of the second to the sixth commune as text."""

    def as_text(row: FormRow) -> FormRow:
        for name in names:
            row = replace(row, **{name: str(getattr(row, name))})  # type: ignore[arg-type]
        return row

    def spoil(communes: list[FormRow]) -> list[FormRow]:
        return [as_text(row) if 1 <= place <= 5 else row for place, row in enumerate(communes)]

    return spoil


def caused(findings: Sequence[Finding]) -> dict[str, str | None]:
    """Finding → its cause, each as code and cell."""
    return {
        f"{finding.kind.code} {finding.origin.cell}": finding.caused_by
        and f"{finding.caused_by.code} {finding.caused_by.origin.cell}"
        for finding in findings
    }


def test_totals_that_lack_numbers_stored_as_text_are_echoes_of_these(tmp_path: Path) -> None:
    findings = checked(tmp_path, texts("households", "poor"), sums_follow=True)

    assert caused(findings) == {
        "V003 C12": None,
        "V003 E12": None,
        "S002 C11": "V003 C12",
        "S002 E11": "V003 E12",
        "T003 C22": "V003 C12",  # the district's own total is taken from the section that falls short
    }


def test_numbers_as_text_that_break_sums_must_be_mended_and_say_so(tmp_path: Path) -> None:
    findings = checked(tmp_path, texts("poor"), sums_follow=True)
    (note,) = (finding for finding in findings if finding.kind.code == "V003")

    assert note.severity is Severity.WARNING
    assert "hàm SUM bỏ qua các ô này nên 2 số tổng bị thiếu đúng bằng chúng: phải chuyển thành số" in note.message()


def test_numbers_as_text_that_break_nothing_need_no_mending(tmp_path: Path) -> None:
    findings = checked(tmp_path, texts("households", "poor"), sums_follow=False)

    assert [finding.severity for finding in findings] == [Severity.NOTE, Severity.NOTE]
    assert not any("phải chuyển" in finding.message() for finding in findings)


def test_a_total_that_is_right_beside_a_section_that_falls_short_is_an_echo_too(tmp_path: Path) -> None:
    checked(tmp_path, texts("poor"), sums_follow=True)
    spoilt, right = texts("poor")(rows(2024)), rows(2024)
    rural = {**as_sum(right[1:]), "poor": as_sum(spoilt[1:])["poor"]}
    options = FormOptions(
        year=2024,
        printed_sections={Area.URBAN: dict(as_sum(right[:1])), Area.RURAL: dict(rural)},
        printed_total=dict(as_sum(right)),
    ).with_year(2024)
    mau_08.write(tmp_path / "b2024.xlsx", spoilt, options)

    causes = caused(pipeline.check(pipeline.read([str(tmp_path)])))
    assert causes == {"V003 E12": None, "S002 E11": "V003 E12", "S003 E22": "V003 E12"}


def test_a_total_that_lacks_something_else_is_a_fault_of_its_own(tmp_path: Path) -> None:
    spoilt = texts("poor")(rows(2024))
    checked(tmp_path, texts("poor"), sums_follow=True)
    rural = as_sum(spoilt[1:])
    rural["poor"] += 1
    options = FormOptions(year=2024, printed_sections={Area.RURAL: dict(rural)}).with_year(2024)
    mau_08.write(tmp_path / "b2024.xlsx", spoilt, options)

    causes = caused(pipeline.check(pipeline.read([str(tmp_path)])))
    assert "S002 E11" in causes
    assert set(causes.values()) == {None}


def slip(communes: list[FormRow]) -> list[FormRow]:
    """262 typed as 26, beside the rate of 262."""
    return [*communes[:2], replace(communes[2], poor=26, poor_rate=43.96), *communes[3:]]


def test_what_one_cell_explains_alone_has_one_cause(tmp_path: Path) -> None:
    findings = checked(tmp_path, slip, sums_follow=False, rates=Rates.PERCENT)

    assert caused(findings) == {"T003 E13": None, "S002 E11": "T003 E13", "V006 F13": "T003 E13"}


def test_where_two_changes_would_explain_the_findings_none_is_named(tmp_path: Path) -> None:
    # no rate is typed: any commune may lack the difference, and the jump may be true
    findings = checked(
        tmp_path, lambda communes: [*communes[:2], replace(communes[2], poor=26), *communes[3:]], sums_follow=False
    )

    assert caused(findings) == {"S002 E11": None, "T003 E13": None}


def test_a_section_that_is_wrong_is_the_cause_of_the_sum_of_sections(tmp_path: Path) -> None:
    checked(tmp_path, lambda communes: communes, sums_follow=True)
    right = rows(2024)
    rural = as_sum(right[1:])
    rural["poor"] -= 57
    options = FormOptions(
        year=2024, printed_sections={Area.RURAL: dict(rural)}, printed_total=dict(as_sum(right))
    ).with_year(2024)
    mau_08.write(tmp_path / "b2024.xlsx", right, options)

    assert caused(pipeline.check(pipeline.read([str(tmp_path)]))) == {"S002 E11": None, "S003 E22": "S002 E11"}


def test_a_screen_folds_echoes_and_documents_list_them_all(tmp_path: Path) -> None:
    checked(tmp_path, texts("households", "poor"), sums_follow=True)

    screen = " ".join(thidua("check", str(tmp_path)).text.split())
    document = json.loads(thidua("check", str(tmp_path), "--format", "json").text)
    everything = thidua("check", str(tmp_path), "--all").text

    assert "+ 2 phát hiện do ô này (1 lỗi, 1 cảnh báo): S002 C11, T003 C22" in screen
    assert "Dòng “Khu vực nông thôn”" not in screen
    assert "Kết quả: 2 lỗi, 3 cảnh báo." in screen
    causes = [finding["caused_by"] for finding in document["findings"] if finding["code"] in ("S002", "T003")]
    assert [(cause["code"], cause["cell"]) for cause in causes] == [("V003", "C12"), ("V003", "E12"), ("V003", "C12")]
    assert everything.count("(do V003 ở") == 3


def test_an_echo_counts_for_the_exit_status_as_any_finding(tmp_path: Path) -> None:
    checked(tmp_path, texts("poor"), sums_follow=True)

    assert thidua("check", str(tmp_path)).status == 1


def with_total(folder: Path, total: dict[str, Cell]) -> Path:
    """A table whose total row has other cells in the place of some of its sums."""
    options = FormOptions(year=2024, printed_total={**as_sum(rows(2024)), **total}).with_year(2024)
    path = folder / "b2024.xlsx"
    mau_08.write(path, rows(2024), options)
    return path


UNCALCULATED = {"households": Formula("=C9+C11"), "poor": Formula("=E9+E11")}


def test_formulas_of_one_sheet_that_were_never_calculated_have_one_reason(tmp_path: Path) -> None:
    path = with_total(tmp_path, dict(UNCALCULATED))
    screen = " ".join(thidua("check", str(path)).text.split())

    assert "+ 1 phát hiện cùng nguyên nhân (1 lỗi): F004 E22" in screen
    assert "mở tệp bằng Excel rồi lưu lại" in screen
    assert "Kết quả: 2 lỗi" in screen


def test_a_total_that_nobody_calculated_leaves_the_sum_of_all_rows_to_its_unit(tmp_path: Path) -> None:
    reading = pipeline.read([str(with_total(tmp_path, dict(UNCALCULATED)))])
    (district,) = (row for row in pipeline.rates(reading).table.rows if row.unit_code == "505")

    assert "505" not in reading.observations.unit_code
    (figures,) = district.years
    assert (figures.households, figures.count) == (sum(HOUSEHOLDS), sum(POOR) + sum(NEAR_POOR))


def test_a_total_that_is_written_wrong_is_still_the_row_of_its_unit(tmp_path: Path) -> None:
    reading = pipeline.read([str(with_total(tmp_path, {"poor": "không rõ"}))])

    assert "505" in reading.observations.unit_code
