"""Word documents: the text of a paper in its frame, with tables and charts that can be edited.

Written as XML: python-docx takes about a millisecond for one cell of a table (docs/dependencies.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from thidua_cli.language import Language
from thidua_cli.office import NO_OFFICE
from thidua_cli.present.docx import frame as frame_xml
from thidua_cli.present.docx import styles
from thidua_cli.present.docx.chart import chart_drawing, chart_workbook, chart_xml
from thidua_cli.present.docx.columns import least_width
from thidua_cli.present.docx.package import archive, properties
from thidua_cli.present.docx.tables import Anchors, table_xml
from thidua_cli.present.docx.words import line_runs, paragraph, run, twips
from thidua_cli.present.paper import measures
from thidua_cli.present.toolkit.document import (
    Block,
    Chart,
    Document,
    Fields,
    PageHeading,
    Paragraph,
    Points,
    Table,
    View,
)
from thidua_cli.present.toolkit.foreign_text import visible

_MOST_UPRIGHT: Final = 8
"""Columns of a table that a sheet standing upright has room for."""


def draw(view: View, language: Language, width: int, color: bool) -> bytes:
    """Return the document as a file of Word; the same values give the same bytes."""
    del width, color
    return word_bytes(view.document(language), language)


def word_bytes(document: Document, language: Language) -> bytes:
    """Return a document as a file of Word."""
    return archive(word_parts(document, language))


def word_parts(document: Document, language: Language) -> list[tuple[str, str | bytes]]:
    """Return (name, content) of every part of a file of Word."""
    blocks = list(document.illustrated_blocks())
    charts = [block for block in blocks if isinstance(block, Chart)]
    names = [f"chart{number}" for number in range(1, len(charts) + 1)]
    office = NO_OFFICE if document.frame is None else document.frame.office
    return [
        ("[Content_Types].xml", styles.content_types(names)),
        ("_rels/.rels", styles.PACKAGE_RELATIONS),
        ("docProps/core.xml", properties(document.name(language), office.agency, office.date)),
        ("word/document.xml", _main(document, blocks, language)),
        ("word/_rels/document.xml.rels", styles.document_relations(names)),
        ("word/styles.xml", styles.styles(language)),
        ("word/settings.xml", styles.settings(language)),
        ("word/header1.xml", styles.PAGE_NUMBER),
        ("word/header2.xml", styles.NO_PAGE_NUMBER),
        *(part for name, chart in zip(names, charts, strict=True) for part in _chart_parts(name, chart, language)),
    ]


def _chart_parts(name: str, chart: Chart, language: Language) -> Iterator[tuple[str, str | bytes]]:
    yield f"word/charts/{name}.xml", chart_xml(chart, language)
    yield f"word/charts/_rels/{name}.xml.rels", styles.chart_relations(name)
    yield f"word/embeddings/{name}.xlsx", chart_workbook(chart)


def _main(document: Document, blocks: Sequence[Block | Chart], language: Language) -> str:
    """Return the text itself: frame, blocks, signatures, and the page they stand on."""
    frame = document.frame
    is_landscape = frame.is_landscape if frame else _needs_landscape(blocks, language)
    room = twips(measures.text_width(is_landscape=is_landscape))
    pen = _Pen(language, is_landscape, _anchors(blocks))
    last = len(blocks) - 1 if frame else -1  # what signatures follow keeps them from standing on a page alone
    body = "".join(pen.block(block, keeps_next=number == last) for number, block in enumerate(blocks))
    if frame is not None:
        body = f"{frame_xml.head(frame, language, room)}{body}{frame_xml.signatures(frame, language, room)}"
    # A table that ends the text would have no paragraph to put the cursor into, and Word asks for one.
    end = paragraph("", "Line", '<w:spacing w:line="20" w:lineRule="exact"/>')
    return (
        f'{styles.XML}<w:document xmlns:w="{styles.W}" xmlns:r="{styles.R}"><w:body>{body}{end}{_page(is_landscape)}'
        "</w:body></w:document>"
    )


def _needs_landscape(blocks: Sequence[Block | Chart], language: Language) -> bool:
    return any(_is_wide(block, language) for block in blocks if isinstance(block, Table))


def _is_wide(table: Table, language: Language) -> bool:
    if len(table.columns) > _MOST_UPRIGHT:
        return True
    return least_width(table.columns, table.texts(language)) > twips(measures.text_width(is_landscape=False))


def _page(is_landscape: bool) -> str:
    """Return sheet, margins and page number, which the first page is without."""
    width, height = reversed(measures.PAGE) if is_landscape else measures.PAGE
    orientation = ' w:orient="landscape"' if is_landscape else ""
    margins = "".join(f' w:{side}="{twips(length)}"' for side, length in measures.MARGINS._asdict().items())
    half = twips(measures.MARGINS.top / 2)
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{styles.PAGE_NUMBER_RELATION}"/>'
        f'<w:headerReference w:type="first" r:id="{styles.NO_PAGE_NUMBER_RELATION}"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{orientation}/>'
        f'<w:pgMar{margins} w:header="{half}" w:footer="{half}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _anchors(blocks: Sequence[Block | Chart]) -> Anchors:
    """Name a bookmark for each section that links lead to: Word allows forty letters, and few others."""
    named = [block.anchor for block in blocks if isinstance(block, PageHeading) and block.anchor]
    return Anchors({anchor: f"section{number}" for number, anchor in enumerate(dict.fromkeys(named), start=1)})


class _Pen:
    """Writes blocks one below the other, and counts what has a number of its own in a document."""

    def __init__(self, language: Language, is_landscape: bool, anchors: Anchors) -> None:
        self._language = language
        self._width = measures.text_width(is_landscape=is_landscape)
        self._anchors = anchors
        self._charts = 0
        self._marked: set[str] = set()

    def block(self, block: Block | Chart, *, keeps_next: bool = False) -> str:
        """Return a block; `keeps_next`: its end stands on the same page as what follows."""
        keep = "<w:keepNext/>" if keeps_next else ""
        match block:
            case PageHeading():
                return self._heading(block)
            case Paragraph(line):
                return paragraph(line_runs(line), "BodyText", keep)
            case Points(items):
                return _points(items, keep)
            case Fields(rows):
                return "".join(_field(name, text, keep) for name, text in rows)
            case Table():
                table = table_xml(block, self._language, twips(self._width), self._anchors, keeps_last=keeps_next)
                return f"{table}{_GAP}"  # Word makes one table of two that touch
            case Chart():
                return self._chart(block, keep)
            case _:
                assert_never(block)

    def _heading(self, heading: PageHeading) -> str:
        words = run(visible(heading.text))
        name = self._anchors.names.get(heading.anchor)
        if name is not None and name not in self._marked:
            self._marked.add(name)
            number = len(self._marked)
            words = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{words}<w:bookmarkEnd w:id="{number}"/>'
        return paragraph(words, f"Heading{heading.level}")

    def _chart(self, chart: Chart, keep: str) -> str:
        self._charts += 1
        return paragraph(chart_drawing(chart, f"chart{self._charts}", self._charts, self._width), "Chart", keep)


_GAP: Final = paragraph("", "Line", '<w:spacing w:line="120" w:lineRule="exact"/>')


def _points(items: Sequence[str], keep: str) -> str:
    """Return sentences one below the other, each begun by a dash as official papers do."""
    last = len(items) - 1
    return "".join(
        paragraph(run(f"- {' '.join(item.split())}"), "BodyText", keep if number == last else "")
        for number, item in enumerate(items)
    )


def _field(name: str, text: str, keep: str) -> str:
    return paragraph(run(f"{visible(name)}: ", "<w:b/>") + run(text), "BodyText", keep)
