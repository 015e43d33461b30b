"""The workbook for submission: what was judged, on which figures, with which findings, from which files."""

from __future__ import annotations

from typing import Final

from thidua_cli import __version__
from thidua_cli.language import Language, Text
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.export.counts import count_places, counts_section
from thidua_cli.present.export.eligibility import eligibility_section
from thidua_cli.present.export.marks import ClauseMarks, marks_section
from thidua_cli.present.export.rates_and_falls import rates_and_falls_section
from thidua_cli.present.export.words import clause_notes
from thidua_cli.present.findings.view import findings_section
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.toolkit.cell_ranges import table_ranges
from thidua_cli.present.toolkit.document import Document, Section, Table, TableColumn, Value, View
from thidua_cli.present.verdicts.notes import list_notes, rules_note
from thidua_cli.present.verdicts.view import attestation_sections
from thidua_cli.results import EligibleResult, Pack, SourceRole

_ROLE_TEXT: Final = {
    SourceRole.OBSERVATIONS: Text("Số liệu", "Figures"),
    SourceRole.CLASSES: Text("Danh mục phân loại", "Class list"),
    SourceRole.SHARES: Text("Phần hộ chia", "Shares"),
    SourceRole.UNITS: Text("Danh mục thôn", "Villages"),
    SourceRole.RULES: Text("Quy định", "Rule file"),
    SourceRole.ATTESTATIONS: Text("Phiếu xác nhận", "Attestations"),
    SourceRole.PLANS: Text("Kế hoạch năm", "Yearly plan"),
    SourceRole.MAPPING: Text("Mô tả biểu riêng", "Description of a form"),
    SourceRole.WAIVERS: Text("Phát hiện đã chấp nhận", "Accepted findings"),
}


def export_view(pack: Pack, office: Office = NO_OFFICE) -> View:
    """Return what is submitted: verdicts, what was attested, rates, findings, sources."""

    def page(language: Language) -> Document:
        places = count_places(pack)
        marks = ClauseMarks(pack.eligible, places, language)
        sections = [
            eligibility_section(pack, places, marks, language),
            marks_section(pack.eligible, marks, language),
            rates_and_falls_section(pack, places, language),
            counts_section(pack, places, language),
            *attestation_sections(pack.eligible, language),
            findings_section(pack.check, language),
            _sources(pack.eligible, marks, language),
        ]
        return Document(sections, frame=_frame(pack.eligible, office, language))

    return View(page)


def _frame(eligible: EligibleResult, office: Office, language: Language) -> Frame:
    """Return what makes the first sheet a paper of an office."""
    subject = _SUBJECT.fill(year=str(eligible.as_of)).pick(language)
    return Frame(_NAME.pick(language), subject, office, is_landscape=True)


_NAME: Final = Text("BẢNG TỔNG HỢP", "SUMMARY TABLE")
_SUBJECT: Final = Text(
    "Kết quả xét điều kiện thi đua theo số hộ, đến cuối năm {year}", "Eligibility by counts, to the end of {year}"
)


def _sources(eligible: EligibleResult, marks: ClauseMarks, language: Language) -> Section:
    """Return the sources: files with their SHA-256, the cells read, the rules with their citations."""
    headers = (
        (Text("Loại", "Kind"), 20),
        (Text("Tệp", "File"), 40),
        (Text("Trang tính", "Sheet"), 20),
        (Text("Vùng ô", "Cells"), 14),
        (Text("SHA-256", "SHA-256"), 68),
    )
    by_file: dict[str, list[tuple[str, str]]] = {}
    for file, sheet, cells in table_ranges(eligible.observations):
        by_file.setdefault(file, []).append((sheet, cells))
    rows: list[list[Value]] = [
        [_ROLE_TEXT[source.role].pick(language), source.file, sheet, cells, source.sha256]
        for source in eligible.sources
        for sheet, cells in by_file.get(source.file) or [("", "")]
    ]
    return Section(
        sheet=Text("Nguồn", "Sources").pick(language),
        title=Text("NGUỒN SỐ LIỆU VÀ QUY ĐỊNH", "SOURCES").pick(language),
        points=[
            Text("Lập bằng thidua {version}.", "Made with thidua {version}.").fill(version=__version__).pick(language)
        ],
        table=Table([TableColumn(text.pick(language), width=width) for text, width in headers], rows),
        notes=[
            rules_note(eligible.rulebook, eligible.as_of, language),
            *clause_notes(marks.clauses, language),
            *list_notes(eligible, language),
        ],
    )
