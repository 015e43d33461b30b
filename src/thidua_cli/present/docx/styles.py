"""The parts of every Word document that are the same: styles, settings, page number, and how parts find each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from thidua_cli.language import Language
from thidua_cli.present.docx.words import TWIPS_PER_POINT, paragraph, size, twips
from thidua_cli.present.paper import measures

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TAGS: Final = {Language.VI: "vi-VN", Language.EN: "en-GB"}
"""Language in which Word checks the spelling."""
TABLE_SIZES: Final = (measures.TABLE_POINTS, 10.0, 9.0, 8.0, 7.0)
"""Sizes of letters in tables; the widest table takes the smallest."""
CELL_MARGIN: Final = 80
"""Left and right of the words of a cell, in twips."""


@cache
def styles(language: Language) -> str:
    """Return the styles: text, headings, points, cells of tables of each size."""
    fonts = "".join(f' w:{use}="{measures.FONT}"' for use in ("ascii", "hAnsi", "cs", "eastAsia"))
    tag = TAGS[language]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{size(measures.TEXT_POINTS)}"
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return f'{XML}<w:styles xmlns:w="{W}">{defaults}{"".join(_every_style())}</w:styles>'


def _every_style() -> list[str]:
    after = f'<w:spacing w:after="{round(measures.PARAGRAPH_SPACE_POINTS * TWIPS_PER_POINT)}"/>'
    indent = f'<w:ind w:firstLine="{twips(measures.TEXT_INDENT)}"/>'
    heading = '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/>{}<w:outlineLvl w:val="{}"/>'
    texts = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        _style("Line", "Thidua Line"),
        _style("BodyText", "Body Text", f'{after}{indent}<w:jc w:val="both"/>'),
        _style("Heading1", "heading 1", heading.format('<w:jc w:val="center"/>', 0), _bold(measures.NAME_POINTS)),
        _style("Heading2", "heading 2", heading.format("", 1), _bold(measures.HEADING_POINTS)),
        _style("Heading3", "heading 3", heading.format("", 2), f"<w:b/><w:i/>{size(measures.HEADING_POINTS)}"),
        _style("Header", "header", '<w:jc w:val="center"/>', size(measures.PAGE_NUMBER_POINTS)),
        _style("Chart", "Thidua Chart", '<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>'),
    ]
    return texts + [style for points in TABLE_SIZES for style in _table_styles(points)]


def _table_styles(points: float) -> list[str]:
    """Return the styles of cells of one size: words, figures flush right, headings kept with the first row."""
    close = '<w:spacing w:before="20" w:after="20"/>'
    return [
        _style(f"Cell{points:g}", f"Thidua Cell {points:g}", close, size(points)),
        _style(f"Figure{points:g}", f"Thidua Figure {points:g}", f'{close}<w:jc w:val="right"/>', size(points)),
        _style(
            f"Head{points:g}", f"Thidua Head {points:g}", f'<w:keepNext/>{close}<w:jc w:val="center"/>', _bold(points)
        ),
    ]


def _style(identifier: str, name: str, paragraph_: str = "", run_: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph_}</w:pPr><w:rPr>{run_}</w:rPr></w:style>"
    )


def _bold(points: float) -> str:
    return f"<w:b/>{size(points)}"


@cache
def settings(language: Language) -> str:
    """Return the settings: those of Word since 2013, so that it does not open the file as one of an older Word."""
    comma = language is Language.VI
    return (
        f'{XML}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{TAGS[language]}"/><w:decimalSymbol w:val="{"," if comma else "."}"/>'
        f'<w:listSeparator w:val="{";" if comma else ","}"/></w:settings>'
    )


PAGE_NUMBER: Final = (
    f'{XML}<w:hdr xmlns:w="{W}">'
    + paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "Header",
    )
    + "</w:hdr>"
)
"""The only field of a document: the number of the page, above it."""
NO_PAGE_NUMBER: Final = f'{XML}<w:hdr xmlns:w="{W}">{paragraph("", "Header")}</w:hdr>'
"""Above the first page."""
PACKAGE_RELATIONS: Final = (
    f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def document_relations(charts: Sequence[str]) -> str:
    """Return what the text leads to: styles, settings, page numbers, and the charts by their identifiers."""
    fixed = (("styles", "styles"), ("settings", "settings"), ("header", "header1"), ("header", "header2"))
    parts = [(f"rId{number}", type_, name) for number, (type_, name) in enumerate(fixed, start=1)]
    parts += [(name, "chart", f"charts/{name}") for name in charts]
    links = (f'<Relationship Id="{key}" Type="{R}/{type_}" Target="{name}.xml"/>' for key, type_, name in parts)
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


PAGE_NUMBER_RELATION: Final = "rId3"
NO_PAGE_NUMBER_RELATION: Final = "rId4"


def chart_relations(name: str) -> str:
    """Return what a chart leads to: the workbook of its figures."""
    return (
        f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/package" Target="../embeddings/{name}.xlsx"/></Relationships>'
    )


def content_types(charts: Sequence[str]) -> str:
    """Return what each part holds."""
    main = f"{_TYPES}.wordprocessingml"
    parts = [
        ("word/document.xml", f"{main}.document.main+xml"),
        ("word/styles.xml", f"{main}.styles+xml"),
        ("word/settings.xml", f"{main}.settings+xml"),
        ("word/header1.xml", f"{main}.header+xml"),
        ("word/header2.xml", f"{main}.header+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"word/charts/{name}.xml", f"{_TYPES}.drawingml.chart+xml") for name in charts),
    ]
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in parts)
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{_TYPES}.spreadsheetml.sheet"/>{overrides}</Types>'
    )
