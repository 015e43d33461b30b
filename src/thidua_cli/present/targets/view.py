"""Answers about targets for people; for programs see `records`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.classes.subjects import named_units
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.verdict import Position, State
from thidua_cli.judge.words.amounts import needed
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.judge.words.targets import full_reason
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS, LEVEL_WORDS
from thidua_cli.model import Level
from thidua_cli.present.doubts.answers import (
    DOUBT_STYLE,
    briefly_doubted,
    counted_answers,
    doubted_answer,
    reliance_of,
)
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.rates.boundary_notes import ground_notes, shown_series
from thidua_cli.present.targets.records import on_track_text, targets_record, targets_rows
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Line,
    Section,
    Styled,
    Table,
    TableColumn,
    Value,
    View,
    text_line,
)
from thidua_cli.present.toolkit.figures import MISSING_MARK, decimal_text, margin_text, threshold_text
from thidua_cli.present.verdicts.class_lists import class_lists_note
from thidua_cli.present.verdicts.notes import other_reading_notes, reading_notes, rules_note
from thidua_cli.present.verdicts.values import measured_text
from thidua_cli.present.verdicts.view import STATE_STYLE, STATE_TONE
from thidua_cli.results import TargetsResult
from thidua_cli.rulebook.classes import CLASS_TOKENS
from thidua_cli.rulebook.schema import AnyClause, Clause

_VERDICT_COLUMN: Final = 5
_NOT_DUE: Final = Text("Chưa đến hạn", "Not due")
POSITION_WORDS: Final = {
    Position.BELOW: Text("dưới khoảng", "below"),
    Position.WITHIN: Text("trong khoảng", "within"),
    Position.ABOVE: Text("trên khoảng", "above"),
}


def targets_view(result: TargetsResult) -> View:
    """Return the answers about the targets of a plan."""
    return View(
        page=lambda language: Document([targets_section(result, language)]),
        screen=partial(_screen, result),
        record=partial(targets_record, result),
        rows=partial(targets_rows, result),
    )


def targets_section(result: TargetsResult, language: Language) -> Section:
    """Return the answers with their notes, coloured where they are due."""
    summary, rules, *notes = targets_notes(result, language)
    tones = {(index, _VERDICT_COLUMN): tone_of_target(row) for index, row in enumerate(result.rows) if row.is_due}
    return Section(
        sheet=Text("Chỉ tiêu", "Targets").pick(language),
        title=Text("KẾT QUẢ THỰC HIỆN CHỈ TIÊU GIẢM NGHÈO", "ATTAINMENT OF POVERTY REDUCTION TARGETS").pick(language),
        summary=summary,
        points=[rules],
        table=targets_table(result, language)._replace(tones=tones, heads_alone=True),
        notes=notes,
    )


def tone_of_target(row: TargetVerdict) -> str:
    """Return the colour of an answer that is due."""
    return DOUBT_TONE if reliance_of(row.state, row.doubts).is_doubted else STATE_TONE[row.state]


def targets_table(result: TargetsResult, language: Language) -> Table:
    """Return one row per unit, target and year-end, for a workbook or a page."""
    columns = [
        TableColumn(Text("Mã", "Code").pick(language), width=8),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=26),
        TableColumn(Text("Cấp", "Level").pick(language), width=8),
        TableColumn(Text("Chỉ tiêu", "Target").pick(language), width=40),
        TableColumn(Text("Hạn", "Due").pick(language), ColumnType.YEAR, width=8),
        TableColumn(Text("Kết quả", "Verdict").pick(language), width=14),
        TableColumn(Text("Yêu cầu", "Required").pick(language), width=18),
        TableColumn(Text("Đạt được", "Reached").pick(language), width=16),
        TableColumn(Text("% kế hoạch", "% of target").pick(language), ColumnType.DECIMAL, width=10),
        TableColumn(Text("Số hộ còn cách", "Margin").pick(language), width=20),
        TableColumn(Text("Tiến độ", "Pace").pick(language), width=12),
        TableColumn(Text("Lý do, lưu ý", "Reason, notes").pick(language), width=48),
        TableColumn(Text("Căn cứ", "Source").pick(language), width=34),
    ]
    return Table(columns, [_cells(row, language) for row in result.rows])


def _cells(row: TargetVerdict, language: Language) -> list[Value]:
    track = on_track_text(row.pace)
    return [
        row.unit_code,
        row.unit_name,
        LEVEL_WORDS[row.level].short.pick(language),
        row.clause.title.pick(language),
        row.year,
        doubted_verdict(row, doubted_answer).pick(language),
        required_text(row).pick(language),
        reached_text(row, language),
        row.attainment_percent,
        margin_text(row.margin_households, language, row.margin_is_bound),
        MISSING_MARK if track is None else track.pick(language),
        remarks(row, full_reason(row), language),
        row.citation,
    ]


def verdict_text(row: TargetVerdict) -> Text:
    """Return the answer in words; a target that is not due yet has none but that."""
    return ANSWER_WORDS[row.state] if row.is_due else _NOT_DUE


def doubted_verdict(row: TargetVerdict, in_words: Callable[[Text, State, Sequence[Doubt]], Text]) -> Text:
    """Return the answer, and that it stands in spite of doubts: one that is not due yet stands for nothing."""
    return in_words(verdict_text(row), row.state, row.doubts) if row.is_due else verdict_text(row)


def required_text(row: TargetVerdict) -> Text:
    """Return what a target asks for: "từ 25 đến 30%"."""
    clause = row.clause
    if isinstance(clause, Clause):
        return needed(clause)
    number = Text(threshold_text(clause.threshold, Language.VI), threshold_text(clause.threshold, Language.EN))
    return Text("từ {number}% trở lên", "at least {number}%").fill(number=number)


def reached_text(row: TargetVerdict, language: Language) -> str:
    """Return what was reached, in the target's unit of measure, and where it lies in a range."""
    value = row.value
    if value is None or (value.value is None and value.high is None):
        return MISSING_MARK
    shown = measured_text(value, row.clause.unit, language)
    if len(row.values) > 1:
        shown += Text(" (năm thấp nhất: {year})", " (least: {year})").fill(year=str(value.year)).pick(language)
    place = "" if row.position is None else f" ({POSITION_WORDS[row.position].pick(language)})"
    return f"{shown}{place}"


def remarks(row: TargetVerdict, reason: Text, language: Language) -> str:
    """Return the reason, whether it depends on the reading, and the note, in one text."""
    texts = (reason, depends_note(row.other_readings), row.note)
    return " ".join(text.pick(language) for text in texts if text is not None and text.vi)


def targets_notes(result: TargetsResult, language: Language) -> list[str]:
    """Return what stands under the answers: totals, the rule file, and how its targets are read."""
    notes = [totals_note(result, language), rules_note(result.rulebook, result.as_of, language)]
    if result.rulebook.completeness is not None:
        notes.append(result.rulebook.completeness.pick(language))
    clauses = dict.fromkeys(row.clause for row in result.rows)
    judged = {row.unit_code for row in result.rows}
    series = [reading for reading in result.series if reading.unit_code in judged]
    return [
        *notes,
        *(note.pick(language) for note in _not_named(result)),
        *reading_notes(((clause.id, clause.reading) for clause in clauses), language),
        *class_lists_note((source for row in result.rows for source in row.class_sources), CLASS_TOKENS, language),
        *other_reading_notes((reading for row in result.rows for reading in row.other_readings), language),
        *ground_notes(result.boundaries, shown_series(series, result.as_of), language),
    ]


def _not_named(result: TargetsResult) -> list[Text]:
    """Return, per level, which units of the figures are not among those that the targets name one by one."""
    clauses: list[AnyClause] = [*result.rulebook.targets, *result.rulebook.class_exits]
    notes = []
    for level in Level:
        named = named_units(clauses, level)
        others = [unit for unit in result.series if unit.level is level and unit.unit_code not in named]
        outside = [f"{unit.unit_name} ({unit.unit_code})" for unit in others]
        if named and outside:
            names = Text.and_more(outside, _SHOWN_UNITS)
            notes.append(_NOT_NAMED.fill(count=len(named), level=LEVEL_WORDS[level].long, names=names))
    return notes


_SHOWN_UNITS: Final = 10
_NOT_NAMED: Final = Text(
    "Văn bản nêu tên {count} đơn vị {level}; không có trong đó, nên không có chỉ tiêu: {names}.",
    "The document names {count} {level}; not among them, and so without a target: {names}.",
)


def totals_note(result: TargetsResult, language: Language) -> str:
    """Count the answers: "Đạt 3; Không đạt 2; Chưa đến hạn 4 (đúng tiến độ 3, chậm 1)."."""
    parts = counted_answers(
        [(ANSWER_WORDS[row.state], row.state, row.doubts) for row in result.rows if row.is_due], language
    )
    later = [row for row in result.rows if not row.is_due]
    if later:
        tracks = [track.pick(language) for track in map(on_track_text, (row.pace for row in later)) if track]
        split = ", ".join(f"{track} {tracks.count(track)}" for track in dict.fromkeys(sorted(tracks)))
        parts.append(f"{_NOT_DUE.pick(language)} {len(later)}" + (f" ({split})" if split else ""))
    return f"{'; '.join(parts)}."


def _screen(result: TargetsResult, language: Language, width: int) -> list[Line]:
    if not result.rows:
        text = Text(
            "Không có chỉ tiêu nào của bộ quy tắc này cho các đơn vị trong tệp.",
            "The rule file has no target for the units of the files.",
        )
        told = [each.pick(language) for each in (text, *_not_named(result))]
        return [line for note in told for line in terminal.wrapped(note, width)]
    body: list[Line] = []
    unit: tuple[str, str] | None = None
    for row in result.rows:
        if (row.unit_code, row.unit_name) != unit:  # units taken together bear the code of their place
            unit = (row.unit_code, row.unit_name)
            body += [text_line()] if body else []
            body += terminal.wrapped(f"{row.unit_name} ({row.unit_code})", width, style="bold")
        body += _block(row, language, width)
    notes = terminal.wrapped_notes(targets_notes(result, language), width)
    return [*body, text_line(), *notes]


def _block(row: TargetVerdict, language: Language, width: int) -> list[Line]:
    """Return one target: its title, the answer with its figures, the reason."""
    title = terminal.wrapped(f"{row.clause.title.pick(language)} [{row.clause.id}]", width, indent="  ", hanging="    ")
    facts = [part for part in _facts(row, language) if part]
    style = _style(row)
    head: Line = (
        Styled(f"    {doubted_verdict(row, briefly_doubted).pick(language)}", style),
        Styled(f" · {' · '.join(facts)}"),
    )
    answer = [head] if terminal.length(head) <= width else _folded(row, facts, style, language, width)
    notes = remarks(row, row.reason, language)
    return [*title, *answer, *(terminal.wrapped(notes, width, indent="    ", style="dim") if notes else [])]


def _style(row: TargetVerdict) -> str:
    if not row.is_due:
        return "bold cyan"
    return DOUBT_STYLE if reliance_of(row.state, row.doubts).is_doubted else STATE_STYLE[row.state]


def _folded(row: TargetVerdict, facts: list[str], style: str, language: Language, width: int) -> list[Line]:
    head: Line = (Styled(f"    {doubted_verdict(row, briefly_doubted).pick(language)}", style),)
    return [head, *terminal.wrapped(" · ".join(facts), width, indent="    ")]


def _facts(row: TargetVerdict, language: Language) -> list[str]:
    margin = margin_text(row.margin_households, language, row.margin_is_bound)
    attained, reached = row.attainment_percent, reached_text(row, language)
    year = Text("cuối năm {year}", "end of {year}").fill(year=str(row.year)).pick(language)
    track = on_track_text(row.pace)
    so_far = Text("đến nay", "so far") if not row.is_due else Text("đạt được", "reached")
    return [
        year,
        "" if reached == MISSING_MARK else f"{so_far.pick(language)} {reached}",
        "" if attained is None else _attained(attained, language),
        "" if margin == MISSING_MARK else margin,
        "" if track is None else track.pick(language),
    ]


def _attained(percent: Fraction, language: Language) -> str:
    text = Text("bằng {percent}% chỉ tiêu", "{percent}% of the target")
    return text.fill(percent=decimal_text(percent, language)).pick(language)
