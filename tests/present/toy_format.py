"""A whole format: everything that a new one has to know."""

from __future__ import annotations

from typing import assert_never

from thidua_cli.language import Language
from thidua_cli.present.toolkit.document import Fields, PageHeading, Paragraph, Points, Table, View, cell_text, plain


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the page with a mark around each piece."""
    del width, color
    parts = []
    for block in view.document(language).blocks():
        match block:
            case PageHeading(level, text, _):
                parts.append(f"h{level}({text})")
            case Paragraph(line):
                parts.append(f"p({plain(line)})")
            case Points(items):
                parts += [f"li({item})" for item in items]
            case Fields(rows):
                parts += [f"dt({name}) dd({value})" for name, value in rows]
            case Table(columns, rows):
                parts.append("".join(f"th({column.full_header})" for column in columns))
                for row in rows:
                    cells = [cell_text(cell, column.type, language) for cell, column in zip(row, columns, strict=True)]
                    parts.append("".join(f"td({cell})" for cell in cells))
            case _:
                assert_never(block)
    return "\n".join(parts)
