"""The workbook for submission: what was judged, on which figures, with which findings, from which files."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.export.counts import count_places, counts_section
from thidua_cli.present.export.eligibility import eligibility_section
from thidua_cli.present.export.findings import findings_sheet
from thidua_cli.present.export.marks import ClauseMarks, marks_section
from thidua_cli.present.export.outcomes import not_met_sections, undetermined_sections
from thidua_cli.present.export.rates_and_falls import rates_and_falls_section
from thidua_cli.present.export.sources import sources_sections
from thidua_cli.present.export.targets import targets_sections
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.toolkit.document import Document, View
from thidua_cli.present.verdicts.view import attestation_sections
from thidua_cli.results import EligibleResult, Pack


def export_view(pack: Pack, office: Office = NO_OFFICE) -> View:
    """Return what is submitted; sheets that would be empty are left out, but for those that a council asks for."""

    def page(language: Language) -> Document:
        places = count_places(pack)
        marks = ClauseMarks(pack.eligible, places, language)
        sections = [
            eligibility_section(pack, places, marks, language),
            *not_met_sections(pack.eligible, language),
            *undetermined_sections(pack.eligible, language),
            *targets_sections(pack, places, language),
            marks_section(pack.eligible, marks, language),
            rates_and_falls_section(pack, places, language),
            counts_section(pack, places, language),
            findings_sheet(pack.check, language),
            *attestation_sections(pack.eligible, language),
            *sources_sections(pack, language),
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
