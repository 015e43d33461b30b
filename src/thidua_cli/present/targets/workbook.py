"""Answers about targets as a workbook of one sheet."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.present.targets.view import targets_notes, targets_table, totals_note
from thidua_cli.present.toolkit.sheets import Sheet, workbook_bytes
from thidua_cli.present.verdicts.notes import rules_note
from thidua_cli.present.workbook import STATE_FILL
from thidua_cli.results import TargetsResult

_VERDICT_COLUMN: Final = 5


def build_targets(result: TargetsResult, language: Language = Language.VI) -> bytes:
    """Return one row per unit, target and year-end, coloured by answer; the same values give the same bytes."""
    title = Text("KẾT QUẢ THỰC HIỆN CHỈ TIÊU GIẢM NGHÈO", "ATTAINMENT OF POVERTY REDUCTION TARGETS")
    fills = {(at, _VERDICT_COLUMN): STATE_FILL[row.state] for at, row in enumerate(result.rows) if row.is_due}
    sheet = Sheet(
        Text("Chỉ tiêu", "Targets").pick(language),
        title.pick(language),
        [rules_note(result.rulebook, result.as_of, language), totals_note(result, language)],
        targets_table(result, language),
        targets_notes(result, language)[2:],
        fills,
    )
    return workbook_bytes([sheet])
