"""What was attested shows in every result: how far a verdict goes, who said so, when and on what ground."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.attest.cases import PROVINCES, RULES, answer, filled, judged, template
from tests.cli.program import thidua
from tests.present.overview_page import OverviewPage
from tests.verify.cases import altered, province, result, told, verified

ENTERPRISES = "Doanh nghiệp, ngân hàng"


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    return province(tmp_path / "so-lieu.csv")


@pytest.fixture
def complete(tmp_path: Path, figures: Path) -> Path:
    cells = {
        PROVINCES: {**answer(5, "Đạt"), **answer(6, "Đạt")},
        ENTERPRISES: {"B5": "Hợp tác xã Ba Na", **answer(6, "Đạt")},
    }
    return filled(template(tmp_path, figures), cells)


@pytest.fixture
def refused(tmp_path: Path, figures: Path) -> Path:
    return filled(template(tmp_path, figures), {PROVINCES: {**answer(5, "Đạt"), **answer(6, "Không đạt")}})


def row(figures: Path, attested: Path) -> dict[str, object]:
    (only,) = json.loads(judged(figures, attested, "--format", "json").text)["rows"]
    assert isinstance(only, dict)
    return only


def test_without_a_sheet_the_verdict_speaks_of_the_counts(figures: Path) -> None:
    run = ("eligible", figures, *RULES, "--as-of", "2024")
    assert "Đạt phần định lượng; còn 2 tiêu chí chưa xác nhận." in thidua(*run).text
    (only,) = json.loads(thidua(*run, "--format", "json").text)["rows"]
    assert (only["verdict"], only["completeness"]) == ("met", "quantitative_only")


def test_all_attested_makes_the_verdict_complete(figures: Path, complete: Path) -> None:
    text = judged(figures, complete).text
    assert "Đạt đủ tiêu chí; cả 2 tiêu chí không có số liệu đã được xác nhận." in text
    assert "Xác nhận: Trần Văn Bình, Phó Chủ tịch UBND tỉnh, 05/01/2025 (12/BC-UBND)." in text
    assert row(figures, complete)["completeness"] == "complete"


REFUSED = "Không đạt tiêu chí xác nhận (phần định lượng đạt); 1 tiêu chí được xác nhận là không đạt."


def test_a_refused_criterion_is_stated_and_the_counts_stay_met(figures: Path, refused: Path) -> None:
    assert REFUSED in judged(figures, refused).text
    found = row(figures, refused)
    assert (found["verdict"], found["completeness"]) == ("met", "refused")


def test_a_unit_that_fails_the_counts_still_names_what_was_refused(tmp_path: Path, refused: Path) -> None:
    failing = province(tmp_path / "khac.csv", last="180,110")
    assert "Không đạt; 1 tiêu chí được xác nhận là không đạt." in judged(failing, refused).text


def test_the_record_of_an_item_says_who_when_and_on_what_ground(figures: Path, complete: Path) -> None:
    attest = row(figures, complete)["attest"]
    assert isinstance(attest, list)
    assert {key: attest[0][key] for key in ("id", "state", "who", "position", "date", "evidence")} == {
        "id": "province-programme",
        "state": "attested",
        "who": "Trần Văn Bình",
        "position": "Phó Chủ tịch UBND tỉnh",
        "date": "2025-01-05",
        "evidence": "12/BC-UBND",
    }
    assert attest[0]["source"] == {"file": str(complete), "sheet": PROVINCES, "cell": "E5"}


def test_subjects_without_counts_have_their_own_table(figures: Path, complete: Path) -> None:
    text = judged(figures, complete).text
    assert "Hợp tác xã Ba Na (Doanh nghiệp, ngân hàng): còn 2 tiêu chí chưa xác nhận" in text
    assert (
        "## Subjects that are not judged by counts"
        in judged(figures, complete, "--format", "markdown", "--lang", "en").text
    )
    (subject,) = json.loads(judged(figures, complete, "--format", "json").text)["subjects"]
    assert (subject["subject"], subject["name"]) == ("enterprise", "Hợp tác xã Ba Na")
    assert [one["state"] for one in subject["attest"]] == ["open", "attested", "open"]


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_no_heading_and_no_count_calls_a_refused_unit_met(figures: Path, refused: Path, format_: str) -> None:
    lines = judged(figures, refused, "--format", format_).text.splitlines()
    counted = [line for line in lines if line.endswith("Không đạt tiêu chí xác nhận 1.")]
    assert [line.lstrip("- *") for line in counted] == ["Không đạt tiêu chí xác nhận 1."]
    assert not any(line.lstrip("- *").startswith(("Đạt 1", "Đạt phần định lượng")) for line in lines)


def test_no_cell_of_the_workbook_calls_a_refused_unit_met(figures: Path, refused: Path, tmp_path: Path) -> None:
    path = tmp_path / "ho-so.xlsx"
    assert thidua("export", figures, *RULES, "--as-of", "2024", "-o", path, "--attest", refused).status == 0
    sheet = openpyxl.load_workbook(BytesIO(path.read_bytes()))["Kết quả"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Không đạt tiêu chí xác nhận" in texts
    assert "Không đạt tiêu chí xác nhận 1." in texts
    assert not [text for text in texts if text.startswith("Đạt")]


def test_no_sign_of_the_overview_calls_a_refused_unit_met(figures: Path, refused: Path, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.html"
    assert thidua("report", figures, *RULES, "--overview", "-o", path, "--attest", refused).status == 0
    page = OverviewPage(path.read_text("utf-8"))
    (state,) = page.record["units"]["state"]
    assert page.record["states"][state][0] == "refused"
    assert page.record["summary"][0]["states"] == [0, 0, 0, 0, 1]
    (panel,) = page.panels()
    assert panel["answer"][0] == REFUSED.removesuffix(".")
    assert [said[0] for _, said, _, _ in panel["attest"]] == ["đã xác nhận đạt", "xác nhận không đạt"]


def test_the_overview_shows_who_stands_in_no_table(figures: Path, complete: Path, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.html"
    assert thidua("report", figures, *RULES, "--overview", "-o", path, "--attest", complete).status == 0
    ((kind, name, attest),) = OverviewPage(path.read_text("utf-8")).record["subjects"]
    assert (kind[0], name) == (ENTERPRISES, "Hợp tác xã Ba Na")
    assert "đã xác nhận đạt" in [state[0] for _, state, _, _ in attest]


def test_the_heading_of_a_trace_does_not_call_a_refused_unit_met(figures: Path, refused: Path) -> None:
    first = judged(figures, refused, "--trace", "49").text.splitlines()[0]
    assert first == "Tỉnh Quảng Nam (49): Không đạt tiêu chí xác nhận"


def test_csv_names_the_state_of_every_criterion(figures: Path, complete: Path) -> None:
    last = judged(figures, complete, "--format", "csv").text.splitlines()[1]
    assert last.endswith(",complete,province-programme:attested province-budget:attested,false,,,")


def test_the_workbook_has_a_sheet_of_what_was_attested(figures: Path, complete: Path, tmp_path: Path) -> None:
    path = tmp_path / "ho-so.xlsx"
    run = ("export", figures, *RULES, "--as-of", "2024", "-o", path)
    assert thidua(*run, "--attest", complete).status == 0
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    assert [name for name in book.sheetnames if name in ("Kết quả", "Xác nhận", "Nguồn")] == [
        "Kết quả",
        "Xác nhận",
        "Nguồn",
    ]
    rows = [[cell.value for cell in one] for one in book["Xác nhận"].iter_rows(min_row=5)]
    assert rows[0][1] == "Tỉnh Quảng Nam"
    assert rows[0][3:8] == ["đã xác nhận đạt", "Trần Văn Bình", "Phó Chủ tịch UBND tỉnh", "05/01/2025", "12/BC-UBND"]
    assert rows[3][:2] == ["Doanh nghiệp, ngân hàng", "Hợp tác xã Ba Na"]
    assert "Phiếu xác nhận" in [one[0].value for one in book["Nguồn"].iter_rows()]
    assert thidua(*run, "--force").status == 0
    assert "Xác nhận" not in openpyxl.load_workbook(BytesIO(path.read_bytes())).sheetnames


def test_the_report_of_a_unit_shows_its_attestations(figures: Path, refused: Path) -> None:
    run = ("report", figures, "--unit", "49", "-o", "-", "--format", "markdown", "--attest", refused)
    text = thidua(*run).text
    assert f": {REFUSED[:-1]}" in text
    assert re.search(r"\| Xác nhận không đạt +\| Trần Văn Bình", text)


def test_the_report_refuses_a_sheet_of_another_year(figures: Path, refused: Path) -> None:
    run = ("report", figures, "--unit", "49", "-o", "-", "--format", "markdown", "--attest", refused)
    outcome = thidua(*run, "--as-of", "2023")
    assert outcome.status == 3
    assert "lập cho năm 2024, đang xét năm 2023" in outcome.err


def test_the_sheet_is_an_input_that_no_output_replaces(figures: Path, complete: Path) -> None:
    assert judged(figures, complete, "-o", str(complete), "--force").status == 2


def test_verifying_reads_the_answers_again(figures: Path, complete: Path, tmp_path: Path) -> None:
    file = result(tmp_path, figures, options=["--attest", str(complete)])
    assert verified(file, figures, complete) == (0, [])
    # The sheet is also found where it was.
    assert verified(file, figures) == (0, [])

    def turned(document: dict[str, list[dict[str, list[dict[str, str]]]]]) -> None:
        document["rows"][0]["attest"][0]["state"] = "refused"

    assert told(altered(file, turned), figures, complete) == [
        "attestation: refused → Đạt | 49 Tỉnh Quảng Nam province-programme | da-dien.xlsx › Cấp tỉnh › E5",
        "completeness: complete → refused | 49 Tỉnh Quảng Nam",
    ]


def test_an_answer_that_the_sheet_does_not_hold_any_more_is_open(figures: Path, complete: Path, tmp_path: Path) -> None:
    file = result(tmp_path, figures, options=["--attest", str(complete)])
    book = openpyxl.load_workbook(complete)
    book[PROVINCES]["E5"], book[ENTERPRISES]["E6"] = None, "KHÔNG  đạt"
    book.save(complete)
    assert told(file, figures, complete)[1:] == [
        "attestation: attested → – | 49 Tỉnh Quảng Nam province-programme | da-dien.xlsx › Cấp tỉnh › E5",
        (
            "attestation: attested → KHÔNG  đạt | Hợp tác xã Ba Na enterprise-linkage"
            " | da-dien.xlsx › Doanh nghiệp, ngân hàng › E6"
        ),
    ]


def test_a_village_is_attested_under_the_code_that_the_result_gives_it(tmp_path: Path) -> None:
    head = "unit_code,unit_name,level,parent_code,year,households,poor_households,near_poor_households"
    lines = [f"20470-1,Thôn Bút Tưa,village,20470,{year},100,{poor},10" for year, poor in ((2021, 40), (2024, 5))]
    figures = tmp_path / "thon.csv"
    figures.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    path = filled(template(tmp_path, figures), {"Thôn": {**answer(5, "Đạt"), **answer(6, "Đạt")}})
    outcome = judged(figures, path, "--level", "village")
    assert "Đạt đủ tiêu chí" in outcome.text
    assert "không được dùng" not in outcome.err
