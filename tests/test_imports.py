"""Light commands stay light: they load none of the libraries that take longer to import than the work takes."""

from pathlib import Path

from forms.mau_08 import write
from forms.model import FormOptions
from loaded_modules import heavy_packages, imports_of
from sample_figures import dong_giang

MODULES_OF_A_CHECK = 215
MODULES_OF_AN_ANSWER = {"rates": 262, "eligible": 322, "targets": 327, "report": 350}
"""Each of ours takes a quarter of a millisecond, in every call of a loop: lower it with the code."""


def test_help_loads_no_heavy_library() -> None:
    status, imports = imports_of(["--help"])
    assert status == 0
    assert "thidua_cli.cli.main" in {module.name for module in imports}
    assert heavy_packages(imports) == []
    of_office = {module.name for module in imports if "office" in module.name}
    assert of_office == {"thidua_cli.cli.office_file", "thidua_cli.cli.office_file.place"}


def test_checking_a_clean_workbook_loads_no_table_library(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write(path, dong_giang.rows(2024), FormOptions(year=2024))
    status, imports = imports_of(["check", str(path)])
    assert status == 0
    assert "python_calamine" in {module.name for module in imports}
    assert "typer" not in {module.name for module in imports}
    assert sum(module.name.startswith("thidua_cli") for module in imports) <= MODULES_OF_A_CHECK
    assert not {"pandas", "numpy", "openpyxl", "pydantic"} & set(heavy_packages(imports))
    names = {module.name for module in imports}
    assert not {"dataclasses", "inspect", "tomllib"} & names
    assert "thidua_cli.office" not in names
    assert not [
        name for name in names if name.startswith(("thidua_cli.present.paper", "thidua_cli.cli.office_file.re"))
    ]


def test_no_answer_about_a_district_loads_a_table_library(tmp_path: Path) -> None:
    paths = [tmp_path / f"form-{year}.xlsx" for year in (2022, 2023, 2024)]
    for path, year in zip(paths, (2022, 2023, 2024), strict=True):
        write(path, dong_giang.rows(year), FormOptions(year=year))
    files = list(map(str, paths))
    asked = ["--rules", "qd-666-ttg", "--as-of", "2024"]
    report = ["report", *files, *asked, "--unit", "20467", "-o", str(tmp_path / "unit.md")]
    targets = ["targets", *files, "--rules", "qd-666-ttg"]
    for command in (["rates", *files], ["eligible", *files, *asked], targets, report):
        status, imports = imports_of(command)
        assert status in (0, 1)
        names = {module.name for module in imports}
        assert "thidua_cli.measure.rollup" in names
        assert sum(name.startswith("thidua_cli") for name in names) <= MODULES_OF_AN_ANSWER[command[0]]
        assert not {"pandas", "numpy", "typer"} & (set(heavy_packages(imports)) | names)
