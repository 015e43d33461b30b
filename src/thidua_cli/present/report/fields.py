"""One unit's report as fields, for a template of an office's own: the same words and figures as the report shows.

A change of these names breaks templates that offices have: fields may be added, not renamed (docs/report-template.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.judge.verdict import State
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, RATE_WORDS, column_heading
from thidua_cli.measure.rates import RateYear
from thidua_cli.office import Office
from thidua_cli.present.docx.template_fields import FieldKind, TemplateField
from thidua_cli.present.paper import frame as lines_of
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.report.attested import attested_section
from thidua_cli.present.report.checking import checking_section
from thidua_cli.present.report.criteria import criteria_section, stated_answer
from thidua_cli.present.report.figures import figures_section
from thidua_cli.present.report.sources import sources_section
from thidua_cli.present.report.view import report_frame
from thidua_cli.present.toolkit.document import Section, plain
from thidua_cli.present.toolkit.figures import MISSING_MARK, count_text, decimal_text, margin_text
from thidua_cli.results import UnitReport

if TYPE_CHECKING:
    from thidua_cli.present.docx.template import Template


def _group(about: Text, kind: FieldKind, **fields: Text) -> TemplateField:
    return TemplateField(about, kind, {name: TemplateField(text) for name, text in fields.items()})


_COUNTS: Final = {
    **{name: column_heading(name) for name in ("households", "poor_households", "near_poor_households")},
    "count": Text(
        "số hộ tính tỷ lệ (hộ nghèo và hộ cận nghèo)", "households that the rate counts (poor and near-poor)"
    ),
    "rate": Text("tỷ lệ, %", "rate, %"),
    "fall_points": Text("mức giảm so với năm trước, điểm %", "fall since the year before, percentage points"),
    "fall_percent": Text("mức giảm số hộ so với năm trước, %", "fall of the count since the year before, %"),
}
FIELDS: Final[Mapping[str, TemplateField]] = {
    "title": TemplateField(Text("tên loại văn bản: BÁO CÁO", "kind of document: REPORT")),
    "subject": TemplateField(Text("trích yếu", "what it is about")),
    "unit_name": TemplateField(Text("tên đơn vị", "name of the unit")),
    "unit_code": TemplateField(Text("mã đơn vị", "code of the unit")),
    "level": TemplateField(Text("cấp: tỉnh, huyện, xã, thôn", "level: province, district, commune, village")),
    "parent_name": TemplateField(Text("tên đơn vị cấp trên", "name of the unit above")),
    "as_of": TemplateField(Text("năm cuối được xét", "the last year-end judged")),
    "baseline_year": TemplateField(Text("năm đầu kỳ", "the baseline")),
    "rate_name": TemplateField(Text("tên tỷ lệ: tỷ lệ nghèo đa chiều …", "which rate it is")),
    **{
        name: TemplateField(Text(f"{about.vi}, cuối năm {{{{ as_of }}}}", f"{about.en}, last year-end"))
        for name, about in _COUNTS.items()
    },
    "total_fall_points": TemplateField(Text("mức giảm cả kỳ, điểm %", "fall over the whole window, percentage points")),
    "total_fall_percent": TemplateField(
        Text("mức giảm số hộ so với đầu kỳ, %", "fall of the count since the baseline, %")
    ),
    "years": _group(
        Text("từng năm, từ đầu kỳ", "year by year from the baseline"),
        FieldKind.LIST,
        year=Text("năm", "year"),
        **_COUNTS,
    ),
    "figure_notes": TemplateField(Text("các câu về số liệu", "the sentences about the figures"), FieldKind.TEXTS),
    "verdict": TemplateField(Text("kết quả: Đạt, Không đạt, Chưa xác định", "verdict: met, not met, undetermined")),
    "verdict_sentence": TemplateField(
        Text("kết quả thành câu, kèm số hộ còn cách", "the verdict as a sentence, with its margin")
    ),
    "is_met": TemplateField(Text("có đạt không", "whether it is met"), FieldKind.TRUTH),
    "margin": TemplateField(Text("còn dư hoặc cần giảm thêm bao nhiêu hộ", "households to spare or still missing")),
    "verdict_notes": TemplateField(Text("phân loại, quy định", "classes and rules"), FieldKind.TEXTS),
    "reasons": TemplateField(Text("lý do, lưu ý", "reasons and notes"), FieldKind.TEXTS),
    "criteria": TemplateField(
        Text("từng tiêu chí", "criterion by criterion"),
        FieldKind.LIST,
        {
            "name": TemplateField(Text("Tiêu chí 1", "Criterion 1")),
            "asked": TemplateField(Text("yêu cầu", "what is asked")),
            "lines": _group(
                Text("phép tính, kết quả, cách hiểu, căn cứ", "formula, answer, reading, source"),
                FieldKind.LIST,
                name=Text("tên dòng", "name of the line"),
                text=Text("nội dung", "what it says"),
            ),
        },
    ),
    "attestations": _group(
        Text("tiêu chí cần xác nhận", "criteria to attest"),
        FieldKind.LIST,
        criterion=Text("tiêu chí", "criterion"),
        state=Text("tình trạng", "state"),
        attested_by=Text("người xác nhận, ngày, văn bản", "attested by, date, evidence"),
    ),
    "finding_notes": TemplateField(
        Text("các câu về kiểm tra số liệu", "the sentences about the check"), FieldKind.TEXTS
    ),
    "findings": _group(
        Text("phát hiện khi kiểm tra", "findings"),
        FieldKind.LIST,
        text=Text("nội dung", "finding"),
        place=Text("vị trí", "place"),
        severity=Text("mức và mã", "severity and code"),
    ),
    "sources": _group(
        Text("nguồn số liệu", "sources"),
        FieldKind.LIST,
        year=Text("năm", "year"),
        file=Text("tệp", "file"),
        sheet=Text("trang tính", "sheet"),
        cells=Text("các ô", "cells"),
    ),
    "office": TemplateField(
        Text("cơ quan ban hành; phần để trống in dòng chấm", "the office; what is blank is dotted"),
        FieldKind.GROUP,
        {
            "superior": TemplateField(Text("cơ quan cấp trên", "agency above")),
            "agency": TemplateField(Text("cơ quan ban hành", "issuing agency")),
            "number": TemplateField(Text("dòng số, ký hiệu", "the line of number and symbol")),
            "date": TemplateField(Text("dòng địa danh, ngày tháng năm", "the line of place and day")),
            "signer_title": TemplateField(Text("chức vụ người ký", "office of the signer")),
            "signer": TemplateField(Text("họ tên người ký", "name of the signer")),
            "prepared_by": TemplateField(Text("người lập biểu", "who made the table")),
            "recipients": TemplateField(Text("nơi nhận, từng dòng", "recipients, line by line"), FieldKind.TEXTS),
        },
    ),
}
"""What a template of `report` may ask for."""


def filled(template: Template, report: UnitReport, office: Office, language: Language) -> bytes:
    """Return one unit's report in the office's own document."""
    return template.fill(report_fields(report, office, language))


def report_fields(report: UnitReport, office: Office, language: Language) -> dict[str, object]:
    """Return the values of `FIELDS` for one unit."""
    (row,) = report.rates.rows
    years = [_year(year, language) for year in row.years]
    none = dict.fromkeys(_COUNTS, MISSING_MARK)
    frame = report_frame(report, office, language)
    baseline = row.baseline_year
    return {
        "title": frame.name.upper(),
        "subject": frame.subject,
        "unit_name": row.unit_name,
        "unit_code": row.unit_code,
        "level": LEVEL_WORDS[row.level].short.pick(language),
        "parent_name": report.parent_name or MISSING_MARK,
        "as_of": str(report.as_of),
        "baseline_year": MISSING_MARK if baseline is None else str(baseline),
        "rate_name": RATE_WORDS[report.rates.measure].long.pick(language),
        **none,
        **{name: value for name, value in (years[-1] if years else {}).items() if name in _COUNTS},
        "total_fall_points": decimal_text(row.fall_points_total, language),
        "total_fall_percent": decimal_text(row.fall_percent_total, language),
        "years": years,
        "figure_notes": _sentences(figures_section(report, language)),
        **_verdict_fields(report, language),
        **_checking_fields(report, language),
        "sources": _rows(sources_section(report, language), ("year", "file", "sheet", "cells"), language),
        "office": _office(frame, language),
    }


def _year(year: RateYear, language: Language) -> dict[str, str]:
    counts = year.figures.counts if year.figures else {}
    return {
        "year": str(year.year),
        "households": count_text(year.households, language),
        "poor_households": count_text(counts.get("poor_households"), language),
        "near_poor_households": count_text(counts.get("near_poor_households"), language),
        "count": count_text(year.count, language),
        "rate": decimal_text(year.rate_percent, language),
        "fall_points": decimal_text(year.fall_points, language),
        "fall_percent": decimal_text(year.fall_percent, language),
    }


def _verdict_fields(report: UnitReport, language: Language) -> dict[str, object]:
    verdict = report.verdict
    if verdict is None:
        texts = dict.fromkeys(("verdict", "verdict_sentence", "margin"), MISSING_MARK)
        return {**texts, "is_met": False, "verdict_notes": [], "reasons": [], "criteria": [], "attestations": []}
    section = criteria_section(report, verdict, language)
    sentence, *notes = (plain(line) for line in section.text)
    attested = attested_section(verdict, language) if verdict.attest else Section()
    return {
        "verdict": stated_answer(verdict).pick(language),
        "verdict_sentence": sentence,
        "is_met": verdict.state is State.MET,
        "margin": margin_text(verdict.margin_households, language, verdict.margin_is_bound),
        "verdict_notes": notes,
        "reasons": list(section.points),
        "criteria": _criteria(section),
        "attestations": _rows(attested, ("criterion", "state", "attested_by"), language),
    }


def _criteria(section: Section) -> list[dict[str, object]]:
    """Return a group per criterion of the rows that the report shows one below the other."""
    rows = [(str(name), str(text)) for name, text in (section.table.rows if section.table else ())]
    heading = rows[0][0].rstrip("0123456789") if rows else ""
    criteria: list[dict[str, object]] = []
    lines: list[dict[str, str]] = []
    for name, text in rows:
        if name.rstrip("0123456789") == heading:
            lines = []
            criteria.append({"name": name, "asked": text, "lines": lines})
        else:
            lines.append({"name": name, "text": text})
    return criteria


def _checking_fields(report: UnitReport, language: Language) -> dict[str, object]:
    section = checking_section(report, language)
    return {
        "finding_notes": _sentences(section),
        "findings": _rows(section, ("text", "place", "severity"), language),
    }


def _sentences(section: Section) -> list[str]:
    return [*map(plain, section.text), *section.points, *section.notes]


def _rows(section: Section, names: Sequence[str], language: Language) -> list[dict[str, str]]:
    """Return the rows of a table as the report shows them, their cells by these names."""
    if section.table is None:
        return []
    return [dict(zip(names, row, strict=True)) for row in section.table.texts(language)]


def _office(frame: Frame, language: Language) -> dict[str, object]:
    """Return what stands around the text as every format draws it; dotted where it is blank."""
    superior, agency = lines_of.agency_lines(frame)
    _, *recipients = lines_of.recipients_lines(frame, language)
    signer = [line.text for line in lines_of.signer_lines(frame, language) if line.text]
    return {
        "superior": superior.text,
        "agency": agency.text,
        "number": lines_of.number_line(frame, language).text,
        "date": lines_of.date_line(frame, language).text,
        "signer_title": "\n".join(signer[:-1]),
        "signer": signer[-1],
        "prepared_by": lines_of.preparer_lines(frame, language)[-1].text,
        "recipients": [line.text for line in recipients],
    }
