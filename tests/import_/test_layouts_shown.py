"""`thidua import` of tables that are not Mẫu 08, and of a form taught by `--mapping`: shown, written, traced."""

import json
from pathlib import Path

from thidua_cli.cli.import_ import import_
from thidua_cli.cli.options import Format

CSV = """UBND HUYỆN ĐÔNG GIANG,,,
Chỉ tiêu,ĐV tính,2022,2023
Tổng số hộ,hộ,500,510
Số hộ nghèo,hộ,150,120
Số hộ cận nghèo,hộ,40,45
"""
OWN = """Nơi,Tất cả,Diện A,Diện B
Tà Lu,429,63,33
"""
MAPPING = """first_row = 2
unit = "A"
year = 2024
scope = "505"
columns = { households = "B", poor_households = "C", near_poor_households = "D" }
"""


def test_indicator_rows_are_shown_with_the_cells_of_each_year(tmp_path: Path) -> None:
    path, out = tmp_path / "bieu.csv", tmp_path / "layout.json"
    path.write_text(CSV, "utf-8")
    import_(files=[str(path)], output=str(out), show_layout=True, layout_format=Format.JSON)
    tables = json.loads(out.read_text("utf-8"))["tables"]
    assert [(one["form"], one["year"], one["year_from"]) for one in tables] == [
        ("indicators", 2022, "heading"),
        ("indicators", 2023, "heading"),
    ]
    assert [(one["letters"], one["meaning"]) for one in tables[1]["columns"]] == [
        ("D3", "households"),
        ("D4", "poor_households"),
        ("D5", "near_poor_households"),
    ]


def test_the_provenance_of_indicator_rows_spans_their_rows(tmp_path: Path) -> None:
    path, out = tmp_path / "bieu.csv", tmp_path / "data.csv"
    path.write_text(CSV, "utf-8")
    import_(files=[str(path)], output=str(out))
    tables = json.loads((tmp_path / "data.csv.provenance.json").read_text("utf-8"))["tables"]
    assert [one["range"] for one in tables] == ["C3:C5", "D3:D5"]


def test_a_taught_form_is_imported_and_its_mapping_is_among_the_inputs(tmp_path: Path) -> None:
    path, mapping, out = tmp_path / "bieu.csv", tmp_path / "form.toml", tmp_path / "data.csv"
    path.write_text(OWN, "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    assert import_(files=[str(path)], output=str(out), mapping=str(mapping)) in (0, 1)
    assert "20470,2024" in out.read_text("utf-8-sig")
    document = json.loads((tmp_path / "data.csv.provenance.json").read_text("utf-8"))
    assert str(mapping) in json.dumps(document, ensure_ascii=False)
