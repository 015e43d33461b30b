"""The targets of a plan: what was asked, what was reached, how much of it."""

from __future__ import annotations

from thidua_cli.language import Language
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.targets.view import targets_section
from thidua_cli.present.toolkit.document import Section, Surface
from thidua_cli.results import TargetsResult


def targets_sections(result: TargetsResult | None, language: Language) -> list[Section]:
    """Return the sheet of the targets in words for a council; none where the rules have none for these units."""
    if result is None or not result.rows:
        return []
    section = targets_section(result, language)
    table = section.table
    if table is not None:
        rows = [[for_council(cell, language) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
        table = table._replace(rows=rows)
    notes = [for_council(note, language) for note in section.notes]
    return [section._replace(table=table, notes=notes, surface=Surface.SHEET)]
