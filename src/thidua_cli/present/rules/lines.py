"""The poverty lines as one page, as rows and as the document "thidua.lines/1"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.present.toolkit.document import Document, Records, Section, View, text_line, text_table
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.rulebook.lines import PovertyLine

SCHEMA: Final = "thidua.lines/1"
_FIELDS: Final = (
    *("id", "title", "within", "from", "to", "document", "signed", "income_rural", "income_urban", "address"),
)


def lines_view(lines: Sequence[PovertyLine]) -> View:
    """Return one row per poverty line: id, title, days, decree, incomes, address."""
    return View(
        page=partial(_page, lines),
        record=lambda language: {"schema": SCHEMA, "lines": [_record(line, language) for line in lines]},
        rows=lambda language: Records(_FIELDS, [list(_record(line, language).values()) for line in lines]),
    )


def _page(lines: Sequence[PovertyLine], language: Language) -> Document:
    heads = [head.pick(language) for head in (_ID, _TITLE, _DAYS, _DOCUMENT, _RURAL, _URBAN)]
    addresses = [(line.id, line.address) for line in lines if line.address]
    return Document(
        [
            Section(table=text_table(heads, [_row(line, language) for line in lines])),
            Section(text=[text_line(_NOTE.pick(language))]),
            Section(_READ_WHERE.pick(language), fields=addresses),
        ]
    )


def _row(line: PovertyLine, language: Language) -> tuple[str, ...]:
    signed = f" ({line.signed:%d/%m/%Y})" if line.signed else ""
    incomes = (line.income_rural, line.income_urban)
    return (
        line.id,
        line.title.pick(language),
        _days(line, language),
        line.document + signed or MISSING_MARK,
        *(MISSING_MARK if income is None else format_count(income, language) for income in incomes),
    )


def _days(line: PovertyLine, language: Language) -> str:
    start, end = (MISSING_MARK if day is None else f"{day:%d/%m/%Y}" for day in (line.start, line.end))
    return Text("{start} đến {end}", "{start} to {end}").fill(start=start, end=end).pick(language)


def _record(line: PovertyLine, language: Language) -> dict[str, str | int | None]:
    return {
        "id": line.id,
        "title": line.title.pick(language),
        "within": line.within or None,
        "from": line.start.isoformat() if line.start else None,
        "to": line.end.isoformat() if line.end else None,
        "document": line.document or None,
        "signed": line.signed.isoformat() if line.signed else None,
        "income_rural": line.income_rural,
        "income_urban": line.income_urban,
        "address": line.address or None,
    }


_ID: Final = Text("Mã", "Id")
_TITLE: Final = Text("Chuẩn nghèo", "Poverty line")
_DAYS: Final = Text("Áp dụng", "Holds")
_DOCUMENT: Final = Text("Văn bản", "Document")
_RURAL: Final = Text("Nông thôn (đồng/người/tháng)", "Rural (VND a person and month)")
_URBAN: Final = Text("Thành thị (đồng/người/tháng)", "Urban (VND a person and month)")
_READ_WHERE: Final = Text("Đọc ở đâu", "Read where")
_NOTE: Final = Text(
    "Biểu không ghi chuẩn nghèo: nêu bằng --poverty-line MÃ. Chuẩn dùng được cho kết quả rà soát từ cuối năm trước khi "
    "bắt đầu áp dụng (số đầu kỳ) đến cuối năm thôi áp dụng. Dấu – là chưa có nguồn, không phải không có.",
    "Tables that do not say their poverty line: state it by --poverty-line ID. A line serves for reviews from the "
    "year-end before it begins (the baseline) to the year-end in which it ends. A dash means that no source was found.",
)
