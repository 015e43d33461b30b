"""`thidua template` from the command line, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from loaded_modules import HEAVY
from tests.template.cases import built, sheet_of
from thidua_cli.cli.commands import of_one_command
from thidua_cli.cli.template import app
from thidua_cli.errors import OutputError, UsageError
from thidua_cli.present.template.lines import plan_template
from thidua_cli.units.tables import bundled


def run(*arguments: str) -> None:
    result = CliRunner().invoke(of_one_command(app), arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_the_command_writes_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("--unit", "505", "--year", "2024", "--form", "09", "-o", str(path))
    assert path.read_bytes() == built("505", 2024, "09")


def test_options_reach_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("--unit", "20473", "--year", "2024", "--arrangement", "numbering", "--villages", "2", "-o", str(path))
    assert [cell.value for cell in sheet_of(path.read_bytes())["B"]][7:11] == ["B", None, None, "Tổng cộng"]


def test_a_file_that_is_there_stays_unless_force_is_given(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_text("mine")
    with pytest.raises(OutputError, match="--force"):
        run("--unit", "505", "--year", "2024", "-o", str(path))
    assert path.read_text() == "mine"
    run("--unit", "505", "--year", "2024", "-o", str(path), "--force")
    assert path.read_bytes().startswith(b"PK")


def test_without_a_file_to_write_to_the_command_asks_for_one() -> None:
    with pytest.raises(UsageError, match=r"-o TỆP\.xlsx"):
        run("--unit", "505", "--year", "2024")


def refusal(code: str, year: int) -> UsageError:
    with pytest.raises(UsageError) as caught:
        plan_template(code, year, bundled())
    return caught.value


def test_a_unit_that_is_gone_is_refused_with_the_time_it_stood() -> None:
    text = refusal("271", 2025).text
    assert "cuối năm 2025 (31/12/2025). Thời gian tồn tại: Huyện Ba Vì, 01/07/2021 – 30/06/2025." in text.vi
    assert "at the end of 2025 (2025-12-31). It stood: Huyện Ba Vì, 2021-07-01 – 2025-06-30." in text.en


def test_a_district_that_is_gone_names_the_communes_to_make_forms_for() -> None:
    text = refusal("505", 2025).text
    assert text.vi.endswith(
        "Vào ngày đó, địa bàn thuộc Xã Đông Giang (20467), Xã Sông Kôn (20476), Xã Sông Vàng (20485), Xã Bến Hiên "
        "(20494): lập biểu cho từng đơn vị này, hoặc cho cả Thành phố Đà Nẵng (--unit 48)."
    )
    assert text.en.endswith("make a form for each of them, or one for Thành phố Đà Nẵng (--unit 48).")


def test_a_commune_that_is_not_there_yet_names_those_it_was_made_of() -> None:
    assert "địa bàn thuộc Huyện Côn Đảo (755): lập biểu" in refusal("26732", 2024).text.vi


def test_an_unknown_code_is_refused_with_the_way_to_find_it() -> None:
    text = refusal("99999", 2024).text
    assert "không có đơn vị nào mang mã này" in text.vi
    assert "thidua units find" in text.en


def test_a_village_is_refused_with_the_code_of_its_commune() -> None:
    text = refusal("20473-thon-1", 2024).text
    assert text.vi.endswith("--unit 20473")
    assert "is a village" in text.en


def test_writing_a_form_loads_no_table_library(tmp_path: Path) -> None:
    arguments = ["--unit", "505", "--year", "2024", "-o", str(tmp_path / "form.xlsx")]
    program = (
        "import sys; from thidua_cli.cli.commands import of_one_command; from thidua_cli.cli.template import app;"
        f"before = [name for name in {HEAVY!r} if name in sys.modules];"
        f"of_one_command(app)({arguments!r}, standalone_mode=False);"
        f"print(before, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] ['xlsxwriter']"
