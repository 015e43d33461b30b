"""Verdicts for people; for programs see `records`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

from thidua_cli.judge.verdict import ClauseValue, State, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.present.attest.view import (
    SUBJECTS_TITLE,
    attestation_table,
    completeness_text,
    refused_in_spite_of_counts,
    statement_text,
    subjects_screen,
    subjects_table,
    verdict_text,
)
from thidua_cli.present.doubts.answers import DOUBT_STYLE, briefly_doubted, doubted_answer, reliance_of
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Line,
    Section,
    Styled,
    Surface,
    Table,
    TableColumn,
    Value,
    View,
    text_line,
)
from thidua_cli.present.toolkit.figures import MISSING_MARK, class_list, margin_text
from thidua_cli.present.toolkit.pictures import PictureColumn, beside
from thidua_cli.present.verdicts.figures import (
    FigureColumns,
    figure_group,
    figure_header,
    figure_keys,
    figures_of,
    rests_on,
    several_measures,
    short_header,
)
from thidua_cli.present.verdicts.notes import eligible_notes, rules_note
from thidua_cli.present.verdicts.pictures import verdict_pictures
from thidua_cli.present.verdicts.records import eligible_record, eligible_rows
from thidua_cli.present.verdicts.values import cell_of, value_text
from thidua_cli.results import EligibleResult

STATE_TONE: Final = {
    State.MET: "good",
    State.NOT_MET: "bad",
    State.UNDETERMINED: "open",
    State.NO_CRITERION: "none",
}
_VERDICT_COLUMN: Final = 4
STATE_STYLE: Final = {
    State.MET: "bold green",
    State.NOT_MET: "bold red",
    State.UNDETERMINED: "bold yellow",
    State.NO_CRITERION: "dim",
}


def eligible_view(result: EligibleResult) -> View:
    """Return the verdicts of every unit, and what was attested."""
    return View(
        page=partial(_page, result),
        screen=partial(_screen, result),
        pictured=partial(_screen, result, pictures=True),
        record=partial(eligible_record, result),
        rows=partial(eligible_rows, result),
    )


def _page(result: EligibleResult, language: Language) -> Document:
    sections = [eligible_section(result, language), *attestation_sections(result, language)]
    if result.subjects:
        subjects = subjects_table(result.subjects, language)
        sections.append(Section(SUBJECTS_TITLE.pick(language), table=subjects, surface=Surface.PAGE))
    return Document(sections)


def eligible_section(result: EligibleResult, language: Language) -> Section:
    """Return the verdicts with their notes, coloured by answer."""
    summary, rules, *notes = eligible_notes(result, language)
    tones = {(index, _VERDICT_COLUMN): _tone(verdict) for index, verdict in enumerate(result.verdicts)}
    tones |= _figures_in_doubt(result.verdicts)
    return Section(
        sheet=Text("Kết quả", "Verdicts").pick(language),
        title=Text("KẾT QUẢ XÉT ĐIỀU KIỆN THI ĐUA", "ELIGIBILITY FOR EMULATION AWARDS").pick(language),
        summary=summary,
        points=[rules],
        table=eligible_table(result, language)._replace(tones=tones, heads_alone=True),
        notes=notes,
    )


def _tone(verdict: Verdict) -> str:
    """Return the colour of an answer; one whose other criteria were refused is not a good one, nor one in doubt."""
    if refused_in_spite_of_counts(verdict):
        return STATE_TONE[State.NOT_MET]
    return DOUBT_TONE if reliance_of(verdict.state, verdict.doubts).is_doubted else STATE_TONE[verdict.state]


def _figures_in_doubt(verdicts: Sequence[Verdict]) -> dict[tuple[int, int], str]:
    """Return what marks the figures that are taken from disputed cells."""
    keys = figure_keys(verdicts)
    return {
        (index, _VERDICT_COLUMN + place): DOUBT_TONE
        for index, verdict in enumerate(verdicts)
        if verdict.doubts
        for place, key in enumerate(keys, start=1)
        if key in figures_of(verdict) and any(rests_on(key, doubt.year, doubt.column) for doubt in verdict.doubts)
    }


def attestation_sections(result: EligibleResult, language: Language) -> list[Section]:
    """Return the sheet of what was attested, by whom and on what ground; none where nobody attested anything."""
    if not result.subjects and not any(verdict.statements for verdict in result.verdicts):
        return []
    title = Text("XÁC NHẬN CÁC TIÊU CHÍ KHÔNG CÓ SỐ LIỆU", "CRITERIA WITHOUT A NUMBER")
    return [
        Section(
            sheet=Text("Xác nhận", "Attested").pick(language),
            title=title.pick(language),
            points=[rules_note(result.rulebook, result.as_of, language)],
            table=attestation_table(result.verdicts, result.subjects, language),
            surface=Surface.SHEET,
        )
    ]


def eligible_table(result: EligibleResult, language: Language) -> Table:
    """Return one row per unit: classes, verdict, the falls held against thresholds, margin, reason and notes."""
    figures = FigureColumns(result.verdicts)
    keys, named = figures.keys, several_measures(figures.keys)
    columns = [
        TableColumn(Text("Mã", "Code").pick(language), width=8),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=26),
        TableColumn(Text("Cấp", "Level").pick(language), width=8),
        TableColumn(Text("Phân loại", "Classes").pick(language), width=18),
        TableColumn(Text("Kết quả", "Verdict").pick(language), width=14),
        *(
            TableColumn(
                figure_header(key, language), ColumnType.DECIMAL, figure_group(key, language, with_measure=named), 10
            )
            for key in keys
        ),
        TableColumn(Text("Số hộ còn cách", "Margin").pick(language), width=20),
        TableColumn(Text("Lý do, lưu ý", "Reason, notes").pick(language), width=44),
    ]
    return Table(columns, [_table_row(verdict, figures.row(verdict), language) for verdict in result.verdicts])


def _table_row(verdict: Verdict, figures: Sequence[ClauseValue | None], language: Language) -> list[Value]:
    return [
        verdict.unit_code,
        verdict.unit_name,
        LEVEL_WORDS[verdict.level].short.pick(language),
        class_list(verdict.classes, language),
        doubted_answer(verdict_text(verdict), verdict.state, verdict.doubts).pick(language),
        *(cell_of(value, language) for value in figures),
        margin_text(verdict.margin_households, language, verdict.margin_is_bound),
        remarks(verdict, language),
    ]


def _brief_answer(verdict: Verdict) -> Text:
    return briefly_doubted(verdict_text(verdict), verdict.state, verdict.doubts)


def remarks(verdict: Verdict, language: Language) -> str:
    """Return the reason of a verdict, what was attested and by whom, and what its clauses note, each once."""
    notes = (*(answer.note for answer in verdict.clauses), preliminary_note(verdict.clauses))
    texts = (verdict.reason, depends_note(verdict.other_readings), *notes)
    words = [text.pick(language) for text in texts if text]
    attested = list(dict.fromkeys(statement_text(statement, language) for statement in verdict.statements.values()))
    completeness = completeness_text(verdict)
    if completeness is not None:
        words.append(f"{completeness.pick(language)}.")
    if attested:
        words.append(Text("Xác nhận: {said}.", "Attested by: {said}.").fill(said="; ".join(attested)).pick(language))
    return " ".join(dict.fromkeys(words))


def _screen(result: EligibleResult, language: Language, width: int, *, pictures: bool = False) -> list[Line]:
    if not result.verdicts:
        return [text_line(Text("Không có đơn vị nào để xét.", "No units to judge.").pick(language))]
    figures = FigureColumns(result.verdicts)
    # Whether units stand in one line is for their figures to decide: pictures take what room is left.
    columns = verdict_pictures(result, language) if pictures else []
    body, seen = _wide(result, figures, language, width, columns) or _stacked(result, figures, language, width, columns)
    notes = [*eligible_notes(result, language), *(note.pick(language) for note in seen)]
    subjects = subjects_screen(result.subjects, language, width)
    return [*body, *subjects, text_line(), *terminal.wrapped_notes(notes, width)]


def verdict_style(verdict: Verdict) -> str:
    """Return the colour of an answer; one whose other criteria were refused is not a good one, nor one in doubt."""
    if refused_in_spite_of_counts(verdict):
        return STATE_STYLE[State.NOT_MET]
    return DOUBT_STYLE if reliance_of(verdict.state, verdict.doubts).is_doubted else STATE_STYLE[verdict.state]


def _wide(
    result: EligibleResult, figures: FigureColumns, language: Language, width: int, pictures: Sequence[PictureColumn]
) -> tuple[list[Line], list[Text]] | None:
    """Return one line per unit, its classes and reason under it, and what is to be seen in the pictures beside.

    None where a line has no room.
    """
    depth = terminal.depths((verdict.unit_code, verdict.parent_code, verdict.level) for verdict in result.verdicts)
    heads = [Text("Đơn vị", "Unit").pick(language), Text("Kết quả", "Verdict").pick(language)]
    keys, named = figures.keys, several_measures(figures.keys)
    groups = [figure_group(key, language, with_measure=named) for key in keys]
    heads += terminal.room_for_groups([short_header(key) for key in keys], groups)
    heads.append(Text("Số hộ còn cách", "Margin").pick(language))
    rows = [[Styled(head, "bold") for head in heads]]
    rows += [
        [
            Styled("  " * depth[verdict.unit_code] + verdict.unit_name),
            Styled(_brief_answer(verdict).pick(language), verdict_style(verdict)),
            *[Styled(value_text(value, language)) for value in figures.row(verdict)],
            Styled(margin_text(verdict.margin_households, language, verdict.margin_is_bound)),
        ]
        for verdict in result.verdicts
    ]
    lines = terminal.aligned(rows, right=range(2, 2 + len(keys)))
    heading = terminal.group_heading(lines[0], ["", *groups])
    lines, seen = beside(lines, pictures, width)
    if _is_over(width, [heading, *lines]):
        return None
    body = [heading, lines[0]]
    for verdict, line in zip(result.verdicts, lines[1:], strict=True):
        indent = "  " * depth[verdict.unit_code] + "    "
        body += [line, *_details(verdict, language, width, indent)]
    return None if _is_over(width, body) else (body, seen)


def _is_over(width: int, lines: Sequence[Line]) -> bool:
    return max(map(terminal.length, lines)) > width


def _details(verdict: Verdict, language: Language, width: int, indent: str) -> list[Line]:
    texts = [class_list(verdict.classes, language) if verdict.classes else "", remarks(verdict, language)]
    return [line for text in texts if text for line in _detail(text, width, indent)]


@lru_cache(maxsize=512)
def _detail(text: str, width: int, indent: str) -> tuple[Line, ...]:
    """Break a text that many units have under them."""
    return tuple(terminal.wrapped(text, width, indent=indent, style="dim"))


def _stacked(
    result: EligibleResult, figures: FigureColumns, language: Language, width: int, pictures: Sequence[PictureColumn]
) -> tuple[list[Line], list[Text]]:
    """Return one block per unit, its pictures beside its name, and what is to be seen in them."""
    body, seen = list[Line](), list[Text]()
    named = several_measures(figures.keys)
    heads = [(figure_group(key, language, with_measure=named), figure_header(key, language)) for key in figures.keys]
    for number, verdict in enumerate(result.verdicts):
        name, *block = _block(verdict, list(zip(heads, figures.row(verdict), strict=True)), language, width)
        lines, notes = beside([name], [column.of_line(number) for column in pictures], width)
        body += [*lines, *block]
        seen += notes
    return body[:-1], list(dict.fromkeys(seen))


def _block(
    verdict: Verdict, figures: Sequence[tuple[tuple[str, str], ClauseValue | None]], language: Language, width: int
) -> list[Line]:
    """Return one unit for a narrow terminal: name, verdict and margin, figures under (group, heading), reason."""
    margin = margin_text(verdict.margin_households, language, verdict.margin_is_bound)
    state = Styled(f"  {_brief_answer(verdict).pick(language)}", verdict_style(verdict))
    answer: Line = (state,) if margin == MISSING_MARK else (state, Styled(f" · {margin}"))
    groups: dict[str, list[str]] = {}
    for (group, head), value in figures:
        if value is not None:
            groups.setdefault(group, []).append(f"{head}: {value_text(value, language)}")
    lines = [*terminal.wrapped(verdict.unit_name, width, style="bold"), answer]
    for group, written_figures in groups.items():
        lines += terminal.wrapped(f"{group} {' · '.join(written_figures)}", width, indent="  ", hanging="    ")
    return [*lines, *_details(verdict, language, width, "  "), text_line()]
