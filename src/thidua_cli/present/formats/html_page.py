"""Web pages: one file each, that needs nothing else, runs nothing, and prints as an office prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from thidua_cli.language import Language
from thidua_cli.present.formats.html_style import STYLE, policy
from thidua_cli.present.paper import frame as paper_frame
from thidua_cli.present.paper import measures
from thidua_cli.present.paper.frame import Frame, PaperLine
from thidua_cli.present.toolkit.chart_svg import chart_svg
from thidua_cli.present.toolkit.column_groups import column_groups
from thidua_cli.present.toolkit.document import (
    RESULT,
    Block,
    Chart,
    ColumnType,
    Document,
    Fields,
    Line,
    PageHeading,
    Paragraph,
    Points,
    Table,
    TableColumn,
    Value,
    View,
    cell_text,
)
from thidua_cli.present.toolkit.heading_levels import stepped_levels
from thidua_cli.present.toolkit.html_text import escaped, escaped_lines

_MANY_COLUMNS: Final = 9
"""From so many on, a page without a frame is laid on its side where it is printed."""
_SHORT: Final = 22
"""Letters of a name that stays on one line."""
_TAGS: Final = {"bold": "strong", "code": "code"}
_TONES: Final = frozenset({"good", "bad", "doubt"})


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the document as a web page."""
    del width, color
    return page(view.document(language), language)


def page(document: Document, language: Language) -> str:
    """Return a document as a web page."""
    frame, blocks = document.frame, list(document.illustrated_blocks())
    lies = frame.is_landscape if frame else _is_wide(blocks)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{language.value}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(document.name(language))}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        f'<main class="{"lies" if lies else "stands"}">',
        *(_opening(frame, language) if frame else ()),
        *_drawn(blocks, 2 if frame else 1, language),
        *(_closing(frame, language) if frame else ()),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _is_wide(blocks: Iterable[Block | Chart]) -> bool:
    return any(isinstance(block, Table) and len(block.columns) >= _MANY_COLUMNS for block in blocks)


def _opening(frame: Frame, language: Language) -> Iterator[str]:
    yield '<header class="opening">'
    yield f"<div>{_lines(paper_frame.agency_lines(frame))}</div>"
    yield f"<div>{_lines(paper_frame.country_lines(language))}</div>"
    yield _lines([paper_frame.number_line(frame, language), paper_frame.date_line(frame, language)])
    yield "</header>"
    yield f"<h1>{_lines(paper_frame.name_lines(frame), 'span')}</h1>"


def _closing(frame: Frame, language: Language) -> Iterator[str]:
    yield '<footer class="closing">'
    yield f'<div class="to">{_lines(paper_frame.recipients_lines(frame, language))}</div>'
    yield f"<div>{_lines(paper_frame.preparer_lines(frame, language))}</div>"
    yield f"<div>{_lines(paper_frame.signer_lines(frame, language))}</div>"
    yield "</footer>"


def _lines(lines: Iterable[PaperLine], tag: str = "p") -> str:
    return " ".join(f"<{tag}{_classes(_looks(line))}>{escaped(line.text)}</{tag}>" for line in lines)


def _looks(line: PaperLine) -> Iterator[str]:
    yield from (name for name, has in (("bold", line.bold), ("italic", line.italic), ("blank", not line.text)) if has)
    if line.points < measures.AGENCY_POINTS:
        yield "small"
    if line.rule:
        yield "ruled whole" if line.rule == 1 else "ruled"


def _classes(names: Iterable[str]) -> str:
    joined = " ".join(names)
    return f' class="{joined}"' if joined else ""


def _drawn(blocks: Sequence[Block | Chart], top: int, language: Language) -> Iterator[str]:
    """Yield the blocks; a table is named by the heading above it."""
    levels, heading = stepped_levels(blocks, top), RESULT.pick(language)
    for block in blocks:
        match block:
            case PageHeading(_, text, anchor):
                heading, level = text, next(levels)
                target = f' id="{escaped(anchor)}"' if anchor else ""
                yield f"<h{level}{target}>{escaped(text)}</h{level}>"
            case Paragraph(line):
                yield f"<p>{_styled(line)}</p>"
            case Points(items):
                yield f"<ul>{''.join(f'<li>{escaped(item)}</li>' for item in items)}</ul>"
            case Fields(rows):
                told = (f"<dt>{escaped(name)}</dt><dd>{escaped_lines(value)}</dd>" for name, value in rows)
                yield f"<dl>{''.join(told)}</dl>"
            case Table():
                yield from _table(block, heading, language)
            case Chart():
                yield _figure(block, language)
            case _:
                assert_never(block)


def _styled(line: Line) -> str:
    return "".join(
        f"<{_TAGS[piece.style]}>{escaped(piece.text)}</{_TAGS[piece.style]}>"
        if piece.style in _TAGS
        else escaped(piece.text)
        for piece in line
    )


def _figure(chart: Chart, language: Language) -> str:
    drawing = chart_svg(chart, language)
    return f"<figure><figcaption>{escaped(chart.title)}</figcaption>{drawing}</figure>" if drawing else ""


def _table(table: Table, name: str, language: Language) -> Iterator[str]:
    """Yield a table; a narrow screen moves it sideways, by keyboard too."""
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{escaped(name)}">'
    yield f'<table><caption class="unseen">{escaped(name)}</caption>'
    yield f"<thead>{''.join(_heads(table.columns))}</thead><tbody>"
    naming = next((index for index, column in enumerate(table.columns) if column.type.is_text), -1)
    for number, row in enumerate(table.rows):
        cells = (
            _cell(value, column, table.tones.get((number, index), ""), index == naming, language)
            for index, (value, column) in enumerate(zip(row, table.columns, strict=True))
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _heads(columns: Sequence[TableColumn]) -> Iterator[str]:
    groups = {group.first: group for group in column_groups(columns)}
    down = ' rowspan="2"' if groups else ""
    yield "<tr>"
    for index, column in enumerate(columns):
        if index in groups:
            across = groups[index].last - index + 1
            yield f'<th scope="colgroup" colspan="{across}">{escaped(column.group)}</th>'
        elif not column.group:
            yield f'<th scope="col"{down}>{escaped(column.header)}</th>'
    yield "</tr>"
    if groups:
        below = (f'<th scope="col">{escaped(column.header)}</th>' for column in columns if column.group)
        yield f"<tr>{''.join(below)}</tr>"


def _cell(value: Value, column: TableColumn, tone: str, names: bool, language: Language) -> str:
    text = cell_text(value, column.type, language)
    looks = [
        *(() if column.type.is_text else ("number",)),
        *((tone,) if tone in _TONES else ()),
        *(("short",) if names and len(text) <= _SHORT else ()),
    ]
    shown = (
        f'<a href="#{escaped(text.lower())}">{escaped(text)}</a>'
        if column.type is ColumnType.LINK
        else escaped_lines(text)
    )
    tag, scope = ("th", ' scope="row"') if names else ("td", "")
    return f"<{tag}{scope}{_classes(looks)}>{shown}</{tag}>"
