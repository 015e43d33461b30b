"""Tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.language import Language
from thidua_cli.present.toolkit.table import Kind, Table, cell_text


def markdown_table(table: Table, language: Language) -> str:
    """Return a pipe table; numbers flush right, cells as people read them."""
    from tabulate import tabulate

    rows = [
        [escaped(cell_text(value, column.kind, language)) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return (
        tabulate(
            rows,
            headers=[escaped(column.full_header) for column in table.columns],
            tablefmt="pipe",
            disable_numparse=True,
            colalign=["left" if column.kind is Kind.TEXT else "right" for column in table.columns] if rows else None,
        )
        + "\n"
    )


def escaped(text: str) -> str:
    """Keep a text inside its cell: a pipe or a line break in a name would end it."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())


def markdown_list(items: Sequence[str]) -> str:
    """Return a bulleted list; nothing for no items."""
    return "".join(f"- {' '.join(item.split())}\n" for item in items)
