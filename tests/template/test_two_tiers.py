"""Forms of the time without districts: a province with its communes, a commune with the villages of last year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.program import thidua
from tests.template.cases import FIGURES, built, fill, save, sheet_of, work_out
from thidua_cli import pipeline
from thidua_cli.errors import UsageError
from thidua_cli.model import year_end
from thidua_cli.present.template.lines import standing_unit
from thidua_cli.units.tables import bundled

NAM_KE = "03162"
"""Since July 2025 made of the old communes Pá Mỳ (03159) and Nậm Kè (03162)."""


def texts(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        yield from (cell.value for cell in row if isinstance(cell.value, str))


def column_b(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet["B"][8:] if isinstance(cell.value, str)]


def test_a_provinces_form_has_its_wards_as_urban_and_its_communes_as_rural() -> None:
    names = column_b(sheet_of(built("11", 2025)))
    urban, rural, total = (
        names.index(label) for label in ("Khu vực thành thị", "Khu vực nông thôn", "Tổng cộng (I + II)")
    )
    assert [name.split()[0] for name in names[urban + 1 : rural]] == ["Phường"] * 3
    assert [name.split()[0] for name in names[rural + 1 : total]] == ["Xã"] * 42


@pytest.mark.parametrize("form", ["08", "09", "10"])
@pytest.mark.parametrize("unit", ["11", NAM_KE])
@pytest.mark.parametrize("year", [2025, 2026])
def test_no_form_of_the_two_tiers_speaks_of_districts(unit: str, year: int, form: str) -> None:
    sheet = sheet_of(built(unit, year, form))
    messages = [rule.error or "" for rule in sheet.data_validations.dataValidation]
    words = [*texts(sheet), *messages]
    assert len(words) > 30
    assert not [word for word in words if "huyện" in word.lower() or "thị xã" in word.lower()]


def test_the_agencies_are_the_province_and_the_commune_right_below_it() -> None:
    assert sheet_of(built("11", 2025))["A1"].value == "UBND TỈNH ĐIỆN BIÊN"
    assert sheet_of(built(NAM_KE, 2026))["A1"].value == "UBND TỈNH ĐIỆN BIÊN\nUBND XÃ NẬM KÈ"


def test_the_form_is_printed_across_one_page_with_its_header_on_every_page() -> None:
    sheet = sheet_of(built("11", 2025))
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$8"


def commune_form(folder: Path, code: str, year: int, villages: Sequence[str]) -> Path:
    """Write a commune's filled-in form of one year."""
    sheet = sheet_of(built(code, year, villages=villages))
    fill(sheet)
    work_out(sheet)
    return save(sheet, folder / f"{code}-{year}.xlsx")


def made(folder: Path, *arguments: str | Path) -> Worksheet:
    path = folder / "new.xlsx"
    outcome = thidua("template", "--unit", NAM_KE, "--year", "2026", "-o", path, "--force", *arguments)
    assert outcome.status == 0, outcome.err
    return sheet_of(path.read_bytes())


def test_last_years_villages_stand_on_the_form_in_their_order_and_it_reads_back_clean(tmp_path: Path) -> None:
    last = commune_form(tmp_path, NAM_KE, 2025, ["Bản Nậm Kè", "Bản Huổi Hốc", "Bản Phiêng Vai"])
    sheet = made(tmp_path, "--from", last)
    assert [(sheet[f"A{row}"].value, sheet[f"B{row}"].value) for row in (11, 12, 13)] == [
        ("1", "Bản Nậm Kè"),
        ("2", "Bản Huổi Hốc"),
        ("3", "Bản Phiêng Vai"),
    ]
    assert sheet["B14"].value == "Tổng cộng (I + II)"
    fill(sheet)
    work_out(sheet)
    reading = pipeline.read([str(save(sheet, tmp_path / "filled.xlsx"))])
    assert pipeline.check(reading) == []
    assert reading.observations.unit_name[:3] == ["Bản Nậm Kè", "Bản Huổi Hốc", "Bản Phiêng Vai"]
    total = list(reading.observations.unit_code).index(NAM_KE)
    assert reading.observations.counts["households"][total] == 3 * FIGURES["C"] + 11 + 12 + 13


def test_villages_of_the_communes_that_were_put_together_all_stand_on_the_form(tmp_path: Path) -> None:
    first = commune_form(tmp_path, "03159", 2024, ["Bản Pá Mỳ 1", "Bản Pá Mỳ 2"])
    second = commune_form(tmp_path, "03162", 2024, ["Bản Nậm Kè"])
    assert column_b(made(tmp_path, "--from", first, "--from", second))[2:5] == [
        *("Bản Pá Mỳ 1", "Bản Pá Mỳ 2", "Bản Nậm Kè")
    ]


def test_the_newest_report_of_a_commune_names_its_villages(tmp_path: Path) -> None:
    older = commune_form(tmp_path, NAM_KE, 2025, ["Bản Cũ", "Bản Nậm Kè"])
    newer = commune_form(tmp_path, NAM_KE, 2026, ["Bản Nậm Kè"])
    assert column_b(made(tmp_path, "--from", newer, "--from", older))[2:4] == ["Bản Nậm Kè", "Tổng cộng (I + II)"]


def test_empty_lines_follow_the_named_ones_where_they_are_asked_for(tmp_path: Path) -> None:
    last = commune_form(tmp_path, NAM_KE, 2025, ["Bản Nậm Kè"])
    sheet = made(tmp_path, "--from", last, "--villages", "2")
    assert [sheet[f"B{row}"].value for row in (11, 12, 13, 14)] == ["Bản Nậm Kè", None, None, "Tổng cộng (I + II)"]


def test_a_line_put_in_between_is_allowed_and_summed() -> None:
    sheet = sheet_of(built(NAM_KE, 2026, villages=["Bản Một", "Bản Hai"]))
    assert sheet.protection.insertRows is False  # the mark says what is locked
    assert sheet["C10"].value == '=IF(COUNT(C11:C12)=0,"-",SUM(C11:C12))'
    assert sheet_of(built("11", 2026)).protection.insertRows is True


def test_villages_of_another_commune_are_refused_with_the_way_on(tmp_path: Path) -> None:
    other = commune_form(tmp_path, "03163", 2025, ["Bản Mường Toong"])
    outcome = thidua("template", "--unit", NAM_KE, "--year", "2026", "--from", other, "-o", tmp_path / "new.xlsx")
    assert outcome.status == 2
    assert "không đọc được thôn nào của Xã Nậm Kè" in outcome.err
    assert not (tmp_path / "new.xlsx").exists()


def test_villages_are_asked_for_a_commune_alone(tmp_path: Path) -> None:
    last = commune_form(tmp_path, NAM_KE, 2025, ["Bản Nậm Kè"])
    outcome = thidua("template", "--unit", "11", "--year", "2026", "--from", last, "-o", tmp_path / "new.xlsx")
    assert outcome.status == 2
    assert "Tỉnh Điện Biên (--unit 11) không phải là xã" in outcome.err


def test_the_unit_of_a_form_stands_at_that_year_end() -> None:
    assert standing_unit(NAM_KE, 2026, bundled()) == bundled().get(NAM_KE, year_end(2026))
    with pytest.raises(UsageError, match="Thời gian tồn tại"):
        standing_unit("096", 2026, bundled())


def test_of_a_commune_that_was_divided_no_village_is_taken(tmp_path: Path) -> None:
    divided = commune_form(tmp_path, "00019", 2024, ["Tổ dân phố 1"])  # Phường Điện Biên: a part is of Ba Đình today
    outcome = thidua("template", "--unit", "00004", "--year", "2025", "--from", divided, "-o", tmp_path / "new.xlsx")
    assert (outcome.status, "không đọc được thôn nào của Phường Ba Đình" in outcome.err) == (2, True)
