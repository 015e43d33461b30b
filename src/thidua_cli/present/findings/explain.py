"""The documentation of a finding kind, for the terminal and for the reference page: one record, two prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from thidua_cli.findings import Kind
from thidua_cli.language import Language, Text
from thidua_cli.present.findings.view import SEVERITY_STYLE
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.labels import SEVERITY_TEXT
from thidua_cli.present.toolkit.records import json_text
from thidua_cli.present.toolkit.terminal import Line, Span

FAMILY_TEXT: Final = {
    "F": Text("Tệp", "Files"),
    "H": Text("Tiêu đề bảng", "Headings"),
    "V": Text("Giá trị", "Values"),
    "U": Text("Đơn vị hành chính", "Units"),
    "L": Text("Quan hệ trong một dòng", "Logic in a row"),
    "S": Text("Cộng tổng", "Sums"),
    "T": Text("Chuỗi thời gian", "Time"),
}
_PARTS: Final = (
    ("what", Text("Sai gì", "What is wrong")),
    ("why", Text("Vì sao cần sửa", "Why it matters")),
    ("example", Text("Ví dụ", "Example")),
    ("mend", Text("Cách sửa", "How to mend it")),
)


def render_kind(
    kind: Kind,
    format: str,  # noqa: A002  # the option's own name
    language: Language,
    *,
    width: int = 80,
    color: bool = False,
) -> str:
    """Return one kind as "table" (text for a terminal), "markdown" or "json"."""
    match format:
        case "json":
            return json_text(_record(kind, language))
        case "markdown":
            return _section(kind, language, depth=2)
        case _:
            return terminal.rendered(_screen(kind, language, width), color=color)


def render_kinds(
    kinds: Iterable[Kind],
    format: str,  # noqa: A002  # the option's own name
    language: Language,
) -> str:
    """Return all kinds: the reference page as "markdown", a document as "json", or one below the other as "table"."""
    match format:
        case "json":
            return json_text({"schema": "thidua.findings/1", "kinds": [_record(kind, language) for kind in kinds]})
        case "markdown":
            return render_catalogue(kinds, language)
        case _:
            return "\n".join(render_kind(kind, format, language) for kind in kinds)


def render_catalogue(kinds: Iterable[Kind], language: Language) -> str:
    """Return the reference page of all kinds as Markdown, by family and code."""
    from thidua_cli.present.toolkit.table import Column, Table
    from thidua_cli.present.toolkit.text import markdown_table

    ordered = sorted(kinds, key=lambda kind: (list(FAMILY_TEXT).index(kind.code[0]), kind.code))
    columns = [
        Column(text.pick(language))
        for text in (Text("Mã", "Code"), Text("Mức", "Severity"), Text("Nội dung", "Finding"))
    ]
    rows = [
        [f"[{kind.code}](#{kind.code.lower()})", SEVERITY_TEXT[kind.severity].pick(language), kind.title.pick(language)]
        for kind in ordered
    ]
    parts = [
        f"# {Text('Các phát hiện', 'Findings').pick(language)}\n",
        markdown_table(Table(columns, rows), language),
    ]
    for letter, family in groupby(ordered, key=lambda kind: kind.code[0]):
        parts.append(f"## {letter} – {FAMILY_TEXT[letter].pick(language)}\n")
        parts += [_section(kind, language, depth=3) for kind in family]
    return "\n".join(parts)


def _record(kind: Kind, language: Language) -> dict[str, str]:
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": kind.severity.value,
        "title": kind.title.pick(language),
        **{name: text for name, _, text in _parts(kind, language)},
    }


def _parts(kind: Kind, language: Language) -> Sequence[tuple[str, str, str]]:
    """Return name, heading and text of each part of the documentation."""
    texts: dict[str, Text] = {"what": kind.what, "why": kind.why, "example": kind.example, "mend": kind.mend}
    return [(name, heading.pick(language), texts[name].pick(language)) for name, heading in _PARTS]


def _section(kind: Kind, language: Language, *, depth: int) -> str:
    # The anchor is the code alone: titles may be reworded, links to codes must live on.
    head = f'{"#" * depth} <a id="{kind.code.lower()}"></a>{kind.code} – {kind.title.pick(language)}\n'
    facts = f"`{kind.name}` · {SEVERITY_TEXT[kind.severity].pick(language)}\n"
    body = [f"**{heading}.** {' '.join(text.split())}\n" for _, heading, text in _parts(kind, language)]
    return "\n".join([head, facts, *body])


def _screen(kind: Kind, language: Language, width: int) -> list[Line]:
    style = SEVERITY_STYLE[kind.severity]
    title = terminal.wrapped(f"{kind.code} – {kind.title.pick(language)}", width, style="bold")
    severity = SEVERITY_TEXT[kind.severity].pick(language)
    lines: list[Line] = [*title, (Span(severity, style), Span(f" · {kind.name}"))]
    for _, heading, text in _parts(kind, language):
        lines += [terminal.line(), terminal.line(heading, "bold")]
        lines += [one for part in text.splitlines() for one in terminal.wrapped(part, width, indent="  ")]
    return lines
