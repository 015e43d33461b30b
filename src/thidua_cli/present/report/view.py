"""One unit's report, a page or two that an office signs: figures, verdict, criteria, what is to attest, sources.

Everything in it comes from that unit: no clock, no totals of the run, so that one unit at a time and all units in one
run give the same bytes.
"""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.report.attested import attested_section
from thidua_cli.present.report.checking import checking_section
from thidua_cli.present.report.criteria import criteria_section
from thidua_cli.present.report.figures import figures_section
from thidua_cli.present.report.sources import sources_section
from thidua_cli.present.toolkit.document import Document, Section, View
from thidua_cli.results import UnitReport


def report_view(report: UnitReport, office: Office = NO_OFFICE) -> View:
    """Return one unit's report as an office issues it."""

    def page(language: Language) -> Document:
        series = report.series
        title = _TITLE.fill(unit=series.unit_name, code=series.unit_code).pick(language)
        frame = report_frame(report, office, language)
        sheet = _SHEET.pick(language)
        return Document(_numbered(_sections(report, language)), title, frame, sheet)

    return View(page)


def report_frame(report: UnitReport, office: Office, language: Language) -> Frame:
    """Return what stands around one unit's report."""
    return Frame(_NAME.pick(language), _subject(report).pick(language), office)


_TITLE: Final = Text("Báo cáo: {unit} ({code})", "Report: {unit} ({code})")
_NAME: Final = Text("BÁO CÁO", "REPORT")
_SHEET: Final = Text("Báo cáo", "Report")
"""One sheet of a workbook: a page or two, as they are printed, and no tabs to leaf through."""
_SUBJECT: Final = Text("Kết quả giảm nghèo của {unit}, {years}", "Poverty reduction of {unit}, {years}")
_PERIOD: Final = Text("giai đoạn {first}–{last}", "{first}–{last}")
_ONE_YEAR: Final = Text("năm {last}", "{last}")
_NUMERALS: Final = ("I", "II", "III", "IV", "V")


def _subject(report: UnitReport) -> Text:
    years = report.rates.years or (report.as_of,)
    text = _PERIOD if len(years) > 1 else _ONE_YEAR
    return _SUBJECT.fill(unit=report.series.unit_name, years=text.fill(first=str(years[0]), last=str(years[-1])))


def _sections(report: UnitReport, language: Language) -> list[Section]:
    """Return the sections in order; one without content is left out."""
    sections = [figures_section(report, language)]
    if report.verdict is not None:
        sections.append(criteria_section(report, report.verdict, language))
        if report.verdict.attest:
            sections.append(attested_section(report.verdict, language))
    sections.append(checking_section(report, language))
    sources = sources_section(report, language)
    # rates that were printed without counts have no cells of counts, and stand in the notes
    has_places = sources.notes or (sources.table is not None and sources.table.rows)
    return [*sections, sources] if has_places else sections


def _numbered(sections: list[Section]) -> list[Section]:
    """Number the headings as an official paper does."""
    return [
        section._replace(heading=f"{numeral}. {section.heading}", sheet=section.heading)
        for numeral, section in zip(_NUMERALS, sections, strict=False)
    ]
