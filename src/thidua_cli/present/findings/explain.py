"""The documentation of a finding kind, for the terminal and for the reference page: one record, two prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.findings import Kind, Standing
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.present.findings.view import SEVERITY_STYLE
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Line,
    Section,
    Styled,
    Table,
    TableColumn,
    View,
    text_line,
)

FAMILY_TEXT: Final = {
    "F": Text("Tệp", "Files"),
    "H": Text("Tiêu đề bảng", "Headings"),
    "V": Text("Giá trị", "Values"),
    "U": Text("Đơn vị hành chính", "Units"),
    "L": Text("Quan hệ trong một dòng", "Logic in a row"),
    "S": Text("Cộng tổng", "Sums"),
    "T": Text("Chuỗi thời gian", "Time"),
    "P": Text("Số đã công bố", "What was published"),
    "C": Text("Danh sách phân loại (--classes)", "Lists of classes (--classes)"),
}
_PARTS: Final = (
    ("what", Text("Sai gì", "What is wrong")),
    ("why", Text("Vì sao cần sửa", "Why it matters")),
    ("example", Text("Ví dụ", "Example")),
    ("mend", Text("Cách sửa", "How to mend it")),
    ("standing", Text("Kết quả xét", "What it does to verdicts")),
)
_STANDING: Final = {
    Standing.NOTHING: Text("Không ảnh hưởng: số liệu được dùng như đã ghi.", "Nothing: figures are used as printed."),
    Standing.DISPUTED: Text(
        "Số liệu bị nghi ngờ: chỉ kết luận khi mọi giá trị có thể của ô đều cho một kết quả.",
        "The figure is disputed: a verdict is certain only where every value it may have gives the same answer.",
    ),
    Standing.VOID: Text(
        "Số liệu không dùng được: chỉ kết luận khi kết quả không phụ thuộc số này.",
        "The figure is void: a verdict is certain only where it does not depend on it.",
    ),
}


def kind_view(kind: Kind) -> View:
    """Return the documentation of one kind."""
    return View(
        page=lambda language: Document([_section(kind, language, level=2)]),
        screen=partial(_screen, kind),
        record=partial(_record, kind),
    )


def kinds_view(kinds: Sequence[Kind]) -> View:
    """Return all kinds: the reference page, or one below the other on a screen."""
    return View(
        page=partial(_catalogue, kinds),
        screen=partial(_screens, kinds),
        record=lambda language: {
            "schema": "thidua.findings/1",
            "kinds": [_record(kind, language) for kind in kinds],
        },
    )


def _catalogue(kinds: Iterable[Kind], language: Language) -> Document:
    """Return the reference page of all kinds, by family and code."""
    ordered = sorted(kinds, key=lambda kind: (list(FAMILY_TEXT).index(kind.code[0]), kind.code))
    columns = [
        TableColumn(Text("Mã", "Code").pick(language), ColumnType.LINK),
        TableColumn(Text("Mức", "Severity").pick(language)),
        TableColumn(Text("Nội dung", "Finding").pick(language)),
    ]
    rows = [[kind.code, SEVERITY_WORDS[kind.severity].pick(language), kind.title.pick(language)] for kind in ordered]
    sections = [Section(table=Table(columns, rows))]
    for letter, family in groupby(ordered, key=lambda kind: kind.code[0]):
        sections.append(Section(f"{letter} – {FAMILY_TEXT[letter].pick(language)}"))
        sections += [_section(kind, language, level=3) for kind in family]
    return Document(sections, Text("Các phát hiện", "Findings").pick(language))


def _record(kind: Kind, language: Language) -> dict[str, str]:
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": kind.severity.value,
        "title": kind.title.pick(language),
        **{name: text for name, _, text in _parts(kind, language)},
        "standing": kind.standing.value,
    }


def _parts(kind: Kind, language: Language) -> Sequence[tuple[str, str, str]]:
    """Return name, heading and text of each part of the documentation."""
    texts: dict[str, Text] = {"what": kind.what, "why": kind.why, "example": kind.example, "mend": kind.mend}
    texts["standing"] = _STANDING[kind.standing]
    return [(name, heading.pick(language), texts[name].pick(language)) for name, heading in _PARTS]


def _section(kind: Kind, language: Language, *, level: int) -> Section:
    # The anchor is the code alone: titles may be reworded, links to codes must live on.
    facts = (Styled(kind.name, "code"), Styled(f" · {SEVERITY_WORDS[kind.severity].pick(language)}"))
    body = [
        (Styled(f"{heading}.", "bold"), Styled(f" {' '.join(text.split())}"))
        for _, heading, text in _parts(kind, language)
    ]
    heading = f"{kind.code} – {kind.title.pick(language)}"
    return Section(heading, level, anchor=kind.code.lower(), text=[facts, *body])


def _screens(kinds: Iterable[Kind], language: Language, width: int) -> Iterator[Line]:
    for number, kind in enumerate(kinds):
        yield from [text_line()] if number else []
        yield from _screen(kind, language, width)


def _screen(kind: Kind, language: Language, width: int) -> list[Line]:
    style = SEVERITY_STYLE[kind.severity]
    title = terminal.wrapped(f"{kind.code} – {kind.title.pick(language)}", width, style="bold")
    severity = SEVERITY_WORDS[kind.severity].pick(language)
    lines: list[Line] = [*title, (Styled(severity, style), Styled(f" · {kind.name}"))]
    for _, heading, text in _parts(kind, language):
        lines += [text_line(), text_line(heading, "bold")]
        lines += [line for part in text.splitlines() for line in terminal.wrapped(part, width, indent="  ")]
    return lines
