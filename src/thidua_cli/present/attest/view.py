"""What persons attested, as tables and in words: of units, and of the subjects that no table counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.attest.statements import AttestedSubject
from thidua_cli.judge.verdict import AttestState, Completeness, State, Statement, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS, LEVEL_WORDS
from thidua_cli.present.attest.guide import subject_sheet_name
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Line, Table, TableColumn, Value, text_line
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.rulebook.schema import AttestItem

ATTEST_TEXT: Final[Mapping[AttestState, Text]] = {
    AttestState.OPEN: Text("chưa xác nhận", "open"),
    AttestState.ATTESTED: Text("đã xác nhận đạt", "attested"),
    AttestState.REFUSED: Text("xác nhận không đạt", "refused"),
}
_COUNTS_ONLY: Final = Text("Đạt phần định lượng", "Met by the counts")
_COMPLETE: Final = Text("Đạt đủ tiêu chí", "Met, complete")
REFUSED_WORDS: Final = Text("Không đạt tiêu chí xác nhận", "Not met, a criterion refused")
_OPEN: Final = Text("còn {count} tiêu chí chưa xác nhận", "{count} criteria still to attest")
_REFUSED: Final = Text("{count} tiêu chí được xác nhận là không đạt", "{count} criteria attested as not met")
_ALL: Final = Text(
    "cả {count} tiêu chí không có số liệu đã được xác nhận", "all {count} criteria without a number are attested"
)


_MET_WITH: Final[Mapping[Completeness, Text]] = {
    Completeness.COMPLETE: _COMPLETE,
    Completeness.QUANTITATIVE_ONLY: _COUNTS_ONLY,
    Completeness.REFUSED: REFUSED_WORDS,
}


def verdict_text(verdict: Verdict) -> Text:
    """Return the answer in words: a unit whose other criteria are not all attested meets the counts alone.

    One of which a criterion was refused meets the clauses on counts, and is no unit that the council may take for met.
    """
    return met_text(verdict.completeness) if verdict.state is State.MET else ANSWER_WORDS[verdict.state]


def met_text(completeness: Completeness | None) -> Text:
    """Return the answer of a unit that meets the clauses on counts, by how far other criteria are attested."""
    return ANSWER_WORDS[State.MET] if completeness is None else _MET_WITH[completeness]


def refused_in_spite_of_counts(verdict: Verdict) -> bool:
    """Say whether the counts meet their clauses and a criterion without a number was refused."""
    return verdict.state is State.MET and verdict.completeness is Completeness.REFUSED


def heading_text(verdict: Verdict) -> Text:
    """Return the answer as units are counted under it: the four answers, and those refused by a person apart."""
    return REFUSED_WORDS if refused_in_spite_of_counts(verdict) else ANSWER_WORDS[verdict.state]


def completeness_text(verdict: Verdict) -> Text | None:
    """Return the answer with what is said of the criteria without a number; None where nothing is to be said of them.

    A refused criterion is always named; open ones only of a unit that meets the counts.
    """
    met = verdict.state is State.MET
    if verdict.completeness is None or (verdict.completeness is Completeness.QUANTITATIVE_ONLY and not met):
        return None
    joined = Text("{verdict}; {tally}", "{verdict}; {tally}")
    if refused_in_spite_of_counts(verdict):
        joined = Text("{verdict} (phần định lượng đạt); {tally}", "{verdict} (the counts are met); {tally}")
    return joined.fill(verdict=verdict_text(verdict), tally=tally_text(verdict.attest))


def tally_text(attest: Sequence[tuple[AttestItem, AttestState]]) -> Text:
    """Return how many criteria are refused and open, or that all are attested."""
    states = [state for _, state in attest]
    counted = ((_REFUSED, states.count(AttestState.REFUSED)), (_OPEN, states.count(AttestState.OPEN)))
    parts = [text.fill(count=count) for text, count in counted if count]
    if not parts:
        return _ALL.fill(count=len(states))
    return Text.joined("; ", parts)


def statement_text(statement: Statement, language: Language) -> str:
    """Return who said it, when and on what ground: "Trần Văn Bình, Chủ tịch UBND, 05/01/2025 (12/BC-UBND)"."""
    day = f"{statement.on:%d/%m/%Y}" if language is Language.VI else statement.on.isoformat()
    signed = ", ".join(part for part in (statement.who, statement.position, day) if part)
    return f"{signed} ({statement.evidence})" if statement.evidence else signed


SUBJECTS_TITLE: Final = Text("Tập thể, cá nhân không xét bằng số hộ", "Subjects that are not judged by counts")
_TONE_OF_STATE: Final = {AttestState.ATTESTED: "good", AttestState.REFUSED: "bad", AttestState.OPEN: "open"}
_STATE_COLUMN: Final = 3
_STATEMENT_COLUMNS: Final = (
    (Text("Tình trạng", "State"), 16),
    (Text("Người xác nhận", "Attested by"), 22),
    (Text("Chức vụ", "Position"), 18),
    (Text("Ngày", "Date"), 12),
    (Text("Văn bản minh chứng", "Evidence"), 20),
    (Text("Ghi chú", "Note"), 20),
    (Text("Căn cứ", "Source"), 30),
)
_MARKS: Final = {AttestState.ATTESTED: "✓", AttestState.REFUSED: "✗", AttestState.OPEN: "○"}


def statement_columns(language: Language) -> list[TableColumn]:
    """Return the columns of what was said of a criterion: state, who, position, date, evidence, note, clause."""
    return [TableColumn(text.pick(language), width=width) for text, width in _STATEMENT_COLUMNS]


def statement_cells(
    item: AttestItem, state: AttestState, statement: Statement | None, language: Language
) -> list[Value]:
    """Return the values of `statement_columns`."""
    state_text = ATTEST_TEXT[state].pick(language)
    if statement is None:
        return [state_text, *[MISSING_MARK] * 5, str(item.citation)]
    day = f"{statement.on:%d/%m/%Y}" if language is Language.VI else statement.on.isoformat()
    texts = (statement.who, statement.position, day, statement.evidence, statement.note)
    return [state_text, *(text or MISSING_MARK for text in texts), str(item.citation)]


def attestation_table(verdicts: Iterable[Verdict], subjects: Iterable[AttestedSubject], language: Language) -> Table:
    """Return one row per subject and criterion without a number, coloured by state."""
    heads = ((Text("Cấp, loại", "Level, kind"), 14), (Text("Đơn vị, đối tượng", "Unit, subject"), 26))
    columns = [TableColumn(text.pick(language), width=width) for text, width in heads]
    columns += [TableColumn(Text("Tiêu chí", "Criterion").pick(language), width=50), *statement_columns(language)]
    rows: list[list[Value]] = []
    tones: dict[tuple[int, int], str] = {}
    for kind, name, attest, statements in _asked(verdicts, subjects):
        for item, state in attest:
            tones[len(rows), _STATE_COLUMN] = _TONE_OF_STATE[state]
            cells = statement_cells(item, state, statements.get(item.id), language)
            rows.append([kind.pick(language), name, item.text.pick(language), *cells])
    return Table(columns, rows, tones)


def subjects_table(subjects: Sequence[AttestedSubject], language: Language) -> Table:
    """Return one row per subject that no table counts and criterion."""
    return attestation_table((), subjects, language)


def subjects_screen(subjects: Sequence[AttestedSubject], language: Language, width: int) -> list[Line]:
    """Return the subjects for a terminal: name and tally, then each criterion with who said it."""
    if not subjects:
        return []
    lines: list[Line] = [text_line(), text_line(SUBJECTS_TITLE.pick(language), "bold")]
    for subject in subjects:
        kind = subject_sheet_name(subject.subject).pick(language)
        lines += terminal.wrapped(
            f"{subject.name} ({kind}): {tally_text(subject.attest).pick(language)}", width, hanging="    "
        )
        for item, state in subject.attest:
            text = f"{_MARKS[state]} {item.text.pick(language)}"
            statement = subject.statements.get(item.id)
            if statement is not None:
                text += f" {ATTEST_TEXT[state].pick(language).capitalize()}: {statement_text(statement, language)}."
            lines += terminal.wrapped(text, width, indent="    ", hanging="      ", style="dim")
    return lines


def _asked(
    verdicts: Iterable[Verdict], subjects: Iterable[AttestedSubject]
) -> Iterator[tuple[Text, str, Sequence[tuple[AttestItem, AttestState]], Mapping[str, Statement]]]:
    for verdict in verdicts:
        yield LEVEL_WORDS[verdict.level].short, verdict.unit_name, verdict.attest, verdict.statements
    for subject in subjects:
        yield subject_sheet_name(subject.subject), subject.name, subject.attest, subject.statements
