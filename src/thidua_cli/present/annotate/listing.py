"""The sheet added to an annotated workbook: one row per finding, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import SEVERITY_WORDS, column_heading
from thidua_cli.present.annotate.package import DECLARATION, RELATIONS, SPREADSHEET, WORKBOOK, Package
from thidua_cli.present.annotate.xml_edit import NotExtendableError, XmlPart, escaped
from thidua_cli.present.toolkit.foreign_text import visible_lines
from thidua_cli.read.grid import cell_name

SHEET_NAME: Final = Text("thidua – phát hiện", "thidua – findings")
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TITLE: Final = Text("PHÁT HIỆN KHI KIỂM TRA SỐ LIỆU", "FINDINGS")
_PLAIN: Final = Text(
    "Bản này chỉ chép giá trị các ô của tệp gốc, không chép định dạng.",
    "This copy holds the values of the cells only, not their formats.",
)
_COLUMNS: Final = (
    (Text("Mức", "Severity"), 11),
    (Text("Mã", "Code"), 7),
    (Text("Trang tính", "Sheet"), 16),
    (Text("Ô", "Cell"), 8),
    (Text("Đơn vị", "Unit"), 22),
    (Text("Năm", "Year"), 7),
    (Text("Chỉ tiêu", "Column"), 22),
    (Text("Nội dung", "Finding"), 60),
    (Text("Cách sửa", "How to mend"), 50),
)
_CELL_COLUMN: Final = 3
_FIRST_ROW: Final = 3
_MOST_LINKS: Final = 65_530
"""Excel takes no more links in one sheet."""


def add_listing(
    package: Package,
    findings: Sequence[Finding],
    links: Mapping[int, str],
    formats: Mapping[str, int],
    language: Language,
    *,
    is_plain: bool,
) -> None:
    """Add the sheet as the last of the workbook.

    Args:
        package: The workbook.
        findings: One row each, in this order.
        links: Index of a finding → place it links to ("'Mẫu 08'!E12").
        formats: Numbers of the cell formats, by the names `Styles.listing` gives.
        language: Language of headings and sentences.
        is_plain: Whether the workbook is only a copy of the values, which the sheet then says.
    """
    part = XmlPart(package.read(WORKBOOK))
    sheets = part.root.child("sheets")
    if sheets is None:
        raise NotExtendableError("the workbook has no sheets")
    content = _sheet(findings, links, formats, language, is_plain=is_plain).encode("utf-8")
    target = package.add("xl/worksheets/sheet", ".xml", content, _SHEET_TYPE)
    relation = package.relate(WORKBOOK, "worksheet", target)
    name = _free_name(SHEET_NAME.pick(language), {sheet.attributes.get("name", "") for sheet in sheets.children})
    number = max((int(sheet.attributes.get("sheetId", "0")) for sheet in sheets.children), default=0) + 1
    part.append(
        sheets,
        f'<{part.prefix}sheet name="{escaped(name)}" sheetId="{number}" xmlns:r="{RELATIONS}" r:id="{relation}"/>',
    )
    package.write(WORKBOOK, part.result())


def place_of(sheet: str, cell: str) -> str:
    """Write a place as links do.

    >>> place_of("Xã A'Tiêng", "E12")
    "'Xã A''Tiêng'!E12"
    """
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'!{cell}"


def _free_name(name: str, taken: set[str]) -> str:
    lower = {candidate.lower() for candidate in taken}
    numbered = (name if number == 1 else f"{name} ({number})" for number in range(1, len(taken) + 2))
    return next(candidate for candidate in numbered if candidate.lower() not in lower)


def _sheet(
    findings: Sequence[Finding],
    links: Mapping[int, str],
    formats: Mapping[str, int],
    language: Language,
    *,
    is_plain: bool,
) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(_COLUMNS, start=1)
    )
    heading = _row(_FIRST_ROW - 1, [text.pick(language) for text, _ in _COLUMNS], [formats["heading"]] * len(_COLUMNS))
    body = "".join(
        _row(number, _texts(finding, language), _formats_of(finding, index in links, formats))
        for index, (number, finding) in enumerate(enumerate(findings, start=_FIRST_ROW))
    )
    top = _row(0, [_TITLE.pick(language)], [formats["title"]])
    if is_plain:
        top += _row(1, [_PLAIN.pick(language)], [formats["title"]])
    linked = list(links.items())[:_MOST_LINKS]
    hyperlinks = "".join(
        f'<hyperlink ref="{cell_name(_FIRST_ROW + index, _CELL_COLUMN)}" location="{escaped(place)}"/>'
        for index, place in linked
    )
    return (
        f'{DECLARATION}<worksheet xmlns="{SPREADSHEET}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{_FIRST_ROW}" topLeftCell="A{_FIRST_ROW + 1}"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
        f"{top}{heading}{body}</sheetData>"
        + (f"<hyperlinks>{hyperlinks}</hyperlinks>" if hyperlinks else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _texts(finding: Finding, language: Language) -> list[str]:
    return [
        SEVERITY_WORDS[finding.severity].pick(language),
        finding.kind.code,
        finding.origin.sheet,
        finding.origin.cell,
        finding.unit_name or finding.unit_code or "",
        "" if finding.year is None else str(finding.year),
        column_heading(finding.shown_column).pick(language) if finding.shown_column else "",
        finding.message(language),
        finding.kind.mend.pick(language),
    ]


def _formats_of(finding: Finding, is_linked: bool, formats: Mapping[str, int]) -> list[int]:
    styles = [formats["text"]] * len(_COLUMNS)
    styles[0] = formats[finding.severity.value]
    if is_linked:
        styles[_CELL_COLUMN] = formats["link"]
    return styles


def _row(row: int, texts: Sequence[str], styles: Sequence[int]) -> str:
    """Write texts as texts: an inline string is never run as a formula, whatever it starts with."""
    cells = "".join(
        f'<c r="{cell_name(row, column)}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escaped(visible_lines(text))}</t></is></c>'
        for column, (text, style) in enumerate(zip(texts, styles, strict=True))
        if text
    )
    return f'<row r="{row + 1}">{cells}</row>'
