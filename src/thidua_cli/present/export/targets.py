"""The sheet of the targets: what was asked, what was reached, how much of it, by formulas over the sheet of counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.words.targets import full_reason
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, UNIT_WORDS
from thidua_cli.model import Series
from thidua_cli.present.doubts.answers import doubted_answer
from thidua_cli.present.export.cells import CellsByRow
from thidua_cli.present.export.counts import COUNTS, CountPlaces, unit_columns
from thidua_cli.present.export.marks import MOST_LEFT, limit_shown
from thidua_cli.present.export.target_formulas import CountsOfTarget, TargetFormulas, counts_of
from thidua_cli.present.export.words import mark_tones
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.targets.records import on_track_text
from thidua_cli.present.targets.view import (
    POSITION_WORDS,
    doubted_verdict,
    remarks,
    required_text,
    targets_section,
    tone_of_target,
)
from thidua_cli.present.toolkit.document import ColumnType, Formula, Section, Surface, Table, TableColumn, Value
from thidua_cli.present.toolkit.figures import MISSING_MARK, margin_text
from thidua_cli.present.verdicts.values import cell_of
from thidua_cli.results import Pack, TargetsResult


def targets_sections(pack: Pack, places: CountPlaces, language: Language) -> list[Section]:
    """Return the sheet of the targets in words for a council; none where the rules have none for these units."""
    result = pack.targets
    if result is None or not result.rows:
        return []
    section = targets_section(result, language)
    notes = [for_council(note, language) for note in section.notes]
    table = _table(result, pack.eligible.series, places, language)
    return [section._replace(table=table, notes=notes, surface=Surface.SHEET)]


def _table(result: TargetsResult, series: Sequence[Series], places: CountPlaces, language: Language) -> Table:
    of_code: dict[str, list[tuple[int, Series]]] = defaultdict(list)
    for number, unit in enumerate(series):
        of_code[unit.unit_code].append((number, unit))
    cells, rows_in = CellsByRow(_columns(language)), []
    formulas = TargetFormulas(places, language, reached=_REACHED, most_left=_MOST_LEFT)
    for row in result.rows:
        counts = counts_of(row, of_code[row.unit_code])
        rows_in.append(0 if counts is None else counts.row)
        cells.begin()
        cells.add(_number(row, counts, of_code[row.unit_code]))
        for text in (row.unit_code, row.unit_name, LEVEL_WORDS[row.level].short.pick(language)):
            cells.add(text)
        cells.add(for_council(row.clause.title.pick(language), language))
        cells.add(row.year)
        _add_answer(cells, row, formulas.mark(row, counts), language)
        _add_reached(cells, row, counts, formulas, language)
        _add_margin(cells, row, counts, formulas, language)
        _add_words(cells, row, language)
    return cells.table(marks=mark_tones(language))._replace(rows_in={COUNTS: rows_in})


_REACHED: Final = 8
_MOST_LEFT: Final = 12


def _number(row: TargetVerdict, counts: CountsOfTarget | None, units: Sequence[tuple[int, Series]]) -> int | None:
    """Return the number that the unit has on all sheets; none of units taken together."""
    if counts is not None:
        return counts.row + 1
    is_alone = len(units) == 1 and units[0][1].unit_name == row.unit_name
    return units[0][0] + 1 if is_alone else None


def _columns(language: Language) -> list[TableColumn]:
    own = [TableColumn(text.pick(language), type_, width=width) for text, type_, width in _HEADS]
    return [*unit_columns(language), *own]


_HEADS: Final = (
    (Text("Cấp", "Level"), ColumnType.TEXT, 8),
    (Text("Chỉ tiêu", "Target"), ColumnType.TEXT, 34),
    (Text("Hạn", "Due"), ColumnType.YEAR, 7),
    (Text("Kết quả", "Verdict"), ColumnType.TEXT, 14),
    (Text("Yêu cầu", "Required"), ColumnType.TEXT, 16),
    (Text("Đạt được", "Reached"), ColumnType.DECIMAL, 10),
    (Text("Đơn vị tính", "Unit of measure"), ColumnType.TEXT, 8),
    (Text("So với khoảng", "Of the range"), ColumnType.TEXT, 12),
    (Text("% kế hoạch", "% of target"), ColumnType.DECIMAL, 9),
    (MOST_LEFT, ColumnType.COUNT, 11),
    (Text("Số hộ còn dư; thiếu ghi số âm", "Households to spare; missing if negative"), ColumnType.COUNT, 10),
    (Text("Tiến độ", "Pace"), ColumnType.TEXT, 12),
    (Text("Lý do, lưu ý", "Reason, notes"), ColumnType.TEXT, 44),
    (Text("Căn cứ", "Source"), ColumnType.TEXT, 30),
)


def _add_answer(cells: CellsByRow, row: TargetVerdict, formula: Formula | None, language: Language) -> None:
    tone = tone_of_target(row) if row.is_due else ""
    cells.add(doubted_verdict(row, doubted_answer).pick(language), formula, tone)
    cells.add(required_text(row).pick(language))


def _add_reached(
    cells: CellsByRow, row: TargetVerdict, counts: CountsOfTarget | None, formulas: TargetFormulas, language: Language
) -> None:
    reached = cell_of(row.value, language)
    live = None if isinstance(reached, str) else formulas.reached(row, counts)
    _add_figure(cells, reached, live)
    cells.add(UNIT_WORDS[row.clause.unit].pick(language))
    place = None if row.position is None else POSITION_WORDS[row.position].pick(language)
    _add_figure(cells, place, formulas.position(row, counts) if live else None)
    _add_figure(cells, row.attainment_percent, formulas.attainment(row, counts) if live else None)


def _add_figure(cells: CellsByRow, value: Value, formula: Formula | None) -> None:
    """Add a value with its formula: what is taken of nothing is nothing, until the count it is taken of is changed."""
    cells.add("" if value is None and formula else value, formula)


def _add_margin(
    cells: CellsByRow, row: TargetVerdict, counts: CountsOfTarget | None, formulas: TargetFormulas, language: Language
) -> None:
    """Add the last count that would do, and how far it is."""
    most_left = formulas.most_left(row, counts)
    limit: Value = limit_shown(row.answer) if most_left is not None and row.answer is not None else None
    cells.add(limit, most_left)
    margin = row.margin_households
    if most_left is not None and counts is not None:
        _add_figure(cells, margin, formulas.margin(row, counts))
    elif margin is not None:
        # What does not follow when a count is corrected stands in words, not as a number like the others.
        cells.add(margin_text(margin, language, row.margin_is_bound))
    else:
        cells.add(None)


def _add_words(cells: CellsByRow, row: TargetVerdict, language: Language) -> None:
    track = on_track_text(row.pace)
    cells.add(MISSING_MARK if track is None else track.pick(language))
    cells.add(for_council(remarks(row, full_reason(row), language), language))
    cells.add(for_council(row.citation, language))
