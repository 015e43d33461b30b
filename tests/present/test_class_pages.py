"""What the commands about classes say of lists and units, in every format the same."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import TOP, thidua
from tests.present.test_views import schema

LISTED = TOP / "tests/cli/plans/danh-sach-xa.csv"
COMMANDS = {
    "classes-list": ("classes", "list"),
    "classes": ("classes", "show", "20443"),
    "classes-check": ("classes", "check", LISTED),
}


def document(*command: str | Path) -> Any:
    return json.loads(thidua(*command, "--format", "json").text)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_document_follows_its_schema(name: str) -> None:
    schema(name).validate(document(*COMMANDS[name]))


def test_what_is_missing_of_a_list_is_what_it_prints_less_what_is_known() -> None:
    rows = [row for row in document("classes", "list")["classes"] if row["total"] is not None]
    assert len(rows) >= 5
    assert all(row["missing"] == row["total"] - row["rows"] for row in rows)
    lines = list(csv.DictReader(StringIO(thidua("classes", "list", "--format", "csv").text.removeprefix("\ufeff"))))
    assert [line["missing"] for line in lines if line["total"]] == [str(row["missing"]) for row in rows]


def test_a_unit_has_its_classes_by_the_list_of_each_day() -> None:
    days = {
        each["day"]: {answer["class"]: answer for answer in each["classes"]}
        for each in document("classes", "show", "20443")["days"]
    }
    assert days["2024-12-31"]["area_3"]["member"] == "yes"
    assert days["2025-12-31"]["area_3"]["member"] == "yes"  # all of its parts were
    assert days["2026-12-31"]["area_3"]["list"] == "areas-2026-2030"
    assert days["2026-12-31"]["area_3"]["sources"] != [{"list": "areas-2021-2025", "file": None}]


def test_a_row_names_the_unit_as_it_was_called_then() -> None:
    rows = document("classes", "show", "20443")["rows"]
    assert [row["unit_name"] for row in rows if row["unit_code"] == "20443"] == ["Xã A Xan"]
    assert all(row["source"] for row in rows)


def test_a_row_of_the_user_goes_before_the_bundled_ones(tmp_path: Path) -> None:
    path = tmp_path / "lop.csv"
    path.write_text("unit_code,class,from\n20440,area_1,2024-01-01\n", "utf-8")
    (day,) = document("classes", "show", "20440", "--on", "31/12/2024", "--classes", path)["days"]
    members = {answer["class"]: answer["member"] for answer in day["classes"]}
    assert (members["area_1"], members["area_3"]) == ("yes", "no")


def test_the_status_of_check_says_whether_anything_is_to_mend(tmp_path: Path) -> None:
    assert thidua("classes", "check", LISTED).status == 1
    assert thidua("classes", "check", LISTED, "--fail-on", "never").status == 0
    sound = tmp_path / "lop.csv"
    sound.write_text("Mã xã;Khu vực\n20440;III\n", "utf-8")
    assert thidua("classes", "check", sound).status == 0
    sound.write_text("Việc;Người\nHọp;An\n", "utf-8")
    assert thidua("classes", "check", sound).status == 3


def test_a_list_of_households_given_by_mistake_shows_no_name(tmp_path: Path) -> None:
    path = tmp_path / "ho.csv"
    path.write_text("STT;Tên;Phân loại\n1;Nguyễn Văn Mười;hộ nghèo\n2;Trần Thị Bảy;\n3;Lê Văn Tám;hộ nghèo\n", "utf-8")
    for format_ in ("table", "json", "csv", "markdown"):
        outcome = thidua("classes", "check", path, "--format", format_)
        assert outcome.status in (1, 3)
        assert not any(name in outcome.text + outcome.err for name in ("Mười", "Bảy", "Tám"))
    assert "Mười" not in thidua("rules", "show", "qd-666-ttg", "--classes", path).err
