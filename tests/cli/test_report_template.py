"""`report --template`: an office's own Word document, from the command line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import docx
import pytest

from tests.cli.program import TOP, thidua

DISTRICT = TOP / "sample_data/dong-giang"
TABLES = sorted(DISTRICT.glob("*.xlsx"))


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "mau.docx"
    assert thidua("template", "--report", "-o", path).status == 0
    return path


def test_one_report_says_what_the_template_asks_for(template: Path, tmp_path: Path) -> None:
    to = tmp_path / "ta-lu.docx"
    before = template.read_bytes()
    outcome = thidua("report", *TABLES, "--unit", "20470", "--template", template, "-o", to, "--date", "2025-01-09")
    assert outcome.status == 0, outcome.err
    document = docx.Document(str(to))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Kết quả của Xã Tà Lu: Đạt" in shown
    assert "{" not in shown
    assert "ngày 09 tháng 01 năm 2025" in document.tables[0].rows[0].cells[1].text
    assert template.read_bytes() == before


def test_every_unit_has_a_document_of_its_own(template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bao-cao"
    outcome = thidua("report", *TABLES, "--each", "xã", "--template", template, "-o", folder)
    assert outcome.status == 0, outcome.err
    files = sorted(folder.glob("*.docx"))
    assert len(files) == 11
    for file in files:
        code = file.name.partition("-")[0]
        assert f"mã {code}" in "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def test_the_manifest_names_the_template_and_resume_refuses_another(template: Path, tmp_path: Path) -> None:
    line: tuple[str | Path, ...] = (
        "report",
        *TABLES,
        "--each",
        "huyện",
        "--template",
        template,
        "-o",
        tmp_path / "bao-cao",
    )
    assert thidua(*line).status == 0
    manifest = json.loads((tmp_path / "bao-cao/manifest.json").read_text("utf-8"))
    digest = hashlib.sha256(template.read_bytes()).hexdigest()
    assert manifest["template"] == {"file": str(template), "sha256": digest}
    document = docx.Document(str(template))
    document.add_paragraph("Thêm một câu.")
    document.save(str(template))
    outcome = thidua(*line, "--resume")
    assert outcome.status == 2
    assert f"tệp {template} đã thay đổi" in outcome.err


def test_a_template_is_never_written_over(template: Path) -> None:
    before = template.read_bytes()
    outcome = thidua("report", *TABLES, "--unit", "20470", "--template", template, "-o", template, "--force")
    assert outcome.status == 2
    assert template.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--unit", "20470", "--format", "xlsx", "-o", "x.xlsx"), "--template ghi tệp .docx, không ghi xlsx"),
        (("--unit", "20470", "-o", "x.xlsx"), "-o x.xlsx"),
        (("--overview", "-o", "x.html"), "--overview không dùng --template"),
    ],
)
def test_a_template_makes_word_documents_alone(arguments: tuple[str, ...], told: str, template: Path) -> None:
    outcome = thidua("report", *TABLES, "--template", template, *arguments)
    assert outcome.status == 2
    assert told in outcome.err


def test_an_unknown_field_is_refused_before_a_table_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Của {{ unit_nam }}")
    path = tmp_path / "mau.docx"
    document.save(str(path))
    outcome = thidua("report", "khong-co.xlsx", "--unit", "1", "--template", path, "-o", tmp_path / "x.docx")
    assert outcome.status == 3
    assert "không có trường “unit_nam”; có phải là “unit_name”? (trong đoạn “Của {{ unit_nam }}”)" in outcome.err


def test_a_document_without_a_field_is_refused(tmp_path: Path) -> None:
    """Each unit would be handed the same paper, and nothing would say so."""
    document = docx.Document()
    document.add_paragraph("Báo cáo của đơn vị")
    document.save(str(tmp_path / "tron.docx"))
    outcome = thidua("report", "no-such.csv", "--unit", "20470", "--template", tmp_path / "tron.docx", "-o", "x.docx")
    assert outcome.status == 3
    assert "không có trường nào" in outcome.err


def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    outcome = thidua("report", *TABLES, "--unit", "20470", "--template", "khong-co.docx", "-o", tmp_path / "x.docx")
    assert outcome.status == 3
    assert "khong-co.docx: không đọc được" in outcome.err


def test_a_form_still_asks_for_its_unit_and_its_year() -> None:
    for arguments, option in ((("--year", "2024"), "--unit"), (("--unit", "505"), "--year")):
        outcome = thidua("template", *arguments, "-o", "x.xlsx")
        assert outcome.status == 2
        assert outcome.err.startswith(f"lỗi: thiếu {option}")
