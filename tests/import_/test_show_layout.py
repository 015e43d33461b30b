"""`thidua import --show-layout` of real files, and the headings it lends to the provenance."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from forms.mau_08 import write
from forms.model import Area, FormOptions, FormRow
from thidua_cli.cli.import_ import import_
from thidua_cli.cli.options import Format

ROWS = [
    FormRow("Thị trấn P Rao", 1200, 4800, 90, 400, 60, 260, area=Area.URBAN),
    FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170),
    FormRow("Xã Không Có", 10, 20, 1, 2, 0, 0),
]


def layouts(*files: Path, **options: Any) -> list[dict[str, Any]]:
    out = files[0].with_name("layout.json")
    names = [str(file) for file in files]
    import_(files=names, output=str(out), show_layout=True, layout_format=Format.JSON, force=True, **options)
    return json.loads(out.read_text("utf-8"))["tables"]  # type: ignore[no-any-return]


def left_out(table: dict[str, Any]) -> list[tuple[int, int, str, str | None]]:
    return [(one["first"], one["last"], one["reason"], one["label"]) for one in table["left_out"]]


def test_a_form_by_area_is_shown_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    layout = write(path, ROWS, FormOptions(year=2023))
    (table,) = layouts(path)
    assert (table["form"], table["year"], table["year_from"]) == ("mau-08", 2023, "title")
    assert (table["scope"]["code"], table["scope_from"]) == ("505", "title")
    assert table["header_rows"] == [4, 8]
    assert layout.total_row == 14
    assert table["taken"] == [[10, 10], [12, 12], [14, 14]]
    assert left_out(table) == [
        (9, 9, "section", "I Khu vực thành thị"),
        (11, 11, "section", "II Khu vực nông thôn"),
        (13, 13, "unit_unknown", "2 Xã Không Có"),
        *left_out(table)[3:],
    ]
    assert [one[2:] for one in left_out(table)[3:]] == [("signature", None)]
    columns = {column["letters"]: (column["meaning"], column["used"]) for column in table["columns"]}
    assert columns["E"] == ("poor_households", True)
    assert columns["D"] == ("ignored:persons", False)


def test_year_and_scope_given_by_the_user_or_by_names_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "Huyện Đông Giang 2022.xlsx"
    write(path, ROWS, FormOptions(agency="UBND", year_in_title=False, place_and_date=""))
    (table,) = layouts(path)
    assert (table["year"], table["year_from"], table["scope_from"]) == (2022, "file_name", "file_name")
    (table,) = layouts(path, year=2023, unit="505")
    assert (table["year"], table["year_from"], table["scope_from"]) == (2023, "option", "option")


def test_the_same_table_twice_is_shown_as_a_copy(tmp_path: Path) -> None:
    one, two = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write(one, ROWS[:2], FormOptions())
    write(two, ROWS[:2], FormOptions(signature=False))
    first, second = layouts(one, two)
    assert first["rows_taken"] == 3
    assert second["rows_taken"] == 0
    assert {reason for _, _, reason, _ in left_out(second)} == {"section", "total", "copy"}


def test_a_table_without_year_says_so_for_every_unit(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, ROWS, FormOptions(year_in_title=False, place_and_date="", sheet_name="Trang"))
    (table,) = layouts(path)
    assert (table["year"], table["year_from"], table["rows_taken"]) == (None, None, 0)
    assert [reason for _, _, reason, _ in left_out(table)].count("year_unknown") == 3


def test_a_canonical_table_shows_blank_and_unknown_rows_and_passes_over_remarks(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    rows = ["20467,,2023,1,x,", ",,,,,", ",,,,,", ",Xã Không Có,2023,1,,", "20470,,2023,2,,"]
    path.write_text("unit_code,unit_name,year,households,note,povrty\n" + "\n".join(rows) + "\n", "utf-8")
    (table,) = layouts(path)
    assert (table["form"], table["year_from"], table["taken"]) == ("canonical", "column", [[2, 2], [6, 6]])
    assert left_out(table) == [(3, 4, "blank", None), (5, 5, "unit_unknown", None)]
    assert [column["meaning"] for column in table["columns"]][-3:] == ["households", "ignored:note", None]


@pytest.mark.parametrize("format_", [Format.TABLE, Format.JSON])
def test_nothing_of_a_list_of_persons_is_shown(
    format_: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ds.csv"
    path.write_text("STT,Họ và tên chủ hộ,Số hộ nghèo,Ghi chú\n1,Nguyễn Văn A,1,2023\n", "utf-8")
    import_(files=[str(path)], show_layout=True, layout_format=format_)
    out = capsys.readouterr()
    assert "danh sách từng hộ" in out.out
    assert "Nguyễn" not in out.out + out.err


def test_the_provenance_has_the_headings_as_printed(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, ROWS, FormOptions())
    shutil.copy(path, tmp_path / "copy.xlsx")
    import_(files=[str(path)], output=str(tmp_path / "data.csv"), quiet=True)
    (table,) = json.loads((tmp_path / "data.csv.provenance.json").read_text("utf-8"))["tables"]
    heading = "Kết quả rà soát (sơ bộ/chính thức) › NGHÈO › Hộ nghèo › Số hộ"
    assert table["columns"]["poor_households"] == {"letters": "E", "heading": heading}
