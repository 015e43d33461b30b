"""Units that do not meet the criteria, with what they lack; units of which it is not known, with what to supply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, State, Verdict
from thidua_cli.judge.words.verdict import label as class_alternatives
from thidua_cli.language import NO_TEXT, Language, Text, capitalised
from thidua_cli.lexicon import ANSWER_WORDS, LEVEL_WORDS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.attest.view import refused_in_spite_of_counts, tally_text
from thidua_cli.present.doubts.words import figures_in_doubt
from thidua_cli.present.export.charts import households_missing
from thidua_cli.present.export.notes_below import NotesBelow
from thidua_cli.present.export.words import reason_words
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.document import ColumnType, Section, Surface, Table, TableColumn, Value
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.present.verdicts.figures import figure_header, keyed
from thidua_cli.present.verdicts.notes import clause_text
from thidua_cli.present.verdicts.values import measured_text
from thidua_cli.results import EligibleResult


def not_met_sections(result: EligibleResult, language: Language) -> list[Section]:
    """Return the sheet of the units that do not meet the criteria; that there is none is said as well."""
    verdicts = [verdict for verdict in result.verdicts if _is_refused(verdict)]
    missing = Text("Số hộ còn thiếu", "Households missing")
    heads = (_Head(missing, 9, ColumnType.COUNT), _Head(Text("Còn thiếu", "What is missing"), 26))
    rows = [
        [
            *_unit(verdict, language),
            _households(verdict),
            _missing(verdict).pick(language),
            *_clauses(verdict, language),
        ]
        for verdict in verdicts
    ]
    return [
        Section(
            sheet=Text("Không đạt", "Not met").pick(language),
            title=Text("CÁC ĐƠN VỊ KHÔNG ĐẠT VÀ PHẦN CÒN THIẾU", "UNITS THAT DO NOT MEET THE CRITERIA").pick(language),
            summary=_counted(rows, _NONE_REFUSED).pick(language),
            table=_table((*heads, *_CLAUSE_HEADS), rows, language),
            charts=households_missing(verdicts, language),
            surface=Surface.SHEET,
        )
    ]


def undetermined_sections(result: EligibleResult, language: Language) -> list[Section]:
    """Return the sheet of the units of which it is not known, each with what is to be supplied; none for none."""
    verdicts = [verdict for verdict in result.verdicts if verdict.state is State.UNDETERMINED]
    if not verdicts:
        return []
    heads = (_Head(Text("Lý do", "Reason"), 36), _Head(Text("Cần bổ sung", "To be supplied"), 50), *_CLAUSE_HEADS)
    reasons = [reason_words(verdict, language) for verdict in verdicts]
    below = NotesBelow(reasons)
    rows = [
        [
            *_unit(verdict, language),
            below.cell([reason]) or MISSING_MARK,
            _to_supply(verdict, language),
            *_clauses(verdict, language),
        ]
        for verdict, reason in zip(verdicts, reasons, strict=True)
    ]
    title = Text("CÁC ĐƠN VỊ CHƯA XÁC ĐỊNH ĐƯỢC VÀ PHẦN CẦN BỔ SUNG", "UNITS THAT CANNOT BE DETERMINED YET")
    return [
        Section(
            sheet=Text("Chưa xác định", "Undetermined").pick(language),
            title=title.pick(language),
            summary=_counted(rows, NO_TEXT).pick(language),
            table=_table(heads, rows, language),
            notes=below.notes,
            surface=Surface.SHEET,
        )
    ]


class _Head(NamedTuple):
    """Heading, width in characters and type of a column."""

    text: Text
    width: int
    type: ColumnType = ColumnType.TEXT


_UNIT_HEADS: Final = (
    _Head(Text("Mã", "Code"), 8),
    _Head(Text("Đơn vị", "Unit"), 24),
    _Head(Text("Cấp", "Level"), 8),
)
_CLAUSE_HEADS: Final = (
    _Head(Text("Điều kiện đã xét", "Criteria"), 46),
    _Head(Text("Đạt được", "Reached"), 24),
    _Head(Text("Căn cứ", "Source"), 30),
)
_NONE_REFUSED: Final = Text("Không có đơn vị nào không đạt.", "There is no such unit.")
_COUNTED: Final = Text("{count} đơn vị.", "Units: {count}.")


def _counted(rows: Sequence[object], none: Text) -> Text:
    return _COUNTED.fill(count=len(rows)) if rows else none


def _table(heads: Sequence[_Head], rows: Sequence[Sequence[Value]], language: Language) -> Table | None:
    if not rows:
        return None
    columns = [TableColumn(head.text.pick(language), head.type, width=head.width) for head in (*_UNIT_HEADS, *heads)]
    return Table(columns, rows)


def _unit(verdict: Verdict, language: Language) -> list[Value]:
    return [verdict.unit_code, verdict.unit_name, LEVEL_WORDS[verdict.level].short.pick(language)]


def _is_refused(verdict: Verdict) -> bool:
    return verdict.state is State.NOT_MET or refused_in_spite_of_counts(verdict)


def _households(verdict: Verdict) -> int | None:
    margin = verdict.margin_households
    return -margin if verdict.state is State.NOT_MET and margin is not None and margin < 0 else None


def _missing(verdict: Verdict) -> Text:
    """Return what a unit lacks: households that must leave poverty, or criteria that a person refused."""
    if refused_in_spite_of_counts(verdict):
        return tally_text(verdict.attest)
    margin = verdict.margin_households
    if margin is None or margin >= 0:
        return _NOT_BY_THE_LAST_YEAR
    least = Text("ít nhất ", "at least ") if verdict.margin_is_bound else NO_TEXT
    return _MISSING.fill(least=least, count=-margin)


_MISSING: Final = Text(
    "thiếu {least}{count} hộ thoát nghèo nữa", "{least}{count} more households would have to leave poverty"
)
_NOT_BY_THE_LAST_YEAR: Final = Text(
    "giảm thêm ở năm cuối cũng không đủ: năm trước đó đã không đạt",
    "no fall in the last year would be enough: an earlier year does not meet it",
)


def _clauses(verdict: Verdict, language: Language) -> list[Value]:
    """Return what was asked, what was reached and where it stands, one line per criterion."""
    answers = verdict.clauses
    asked = (f"{capitalised(clause_text(each.clause, language))}: {_answer(each, language)}" for each in answers)
    reached = (_reached(each, language) for each in answers)
    cited = dict.fromkeys(str(each.clause.citation) for each in answers)
    return [_lines(asked), _lines(reached), _lines(cited)]


def _answer(answer: ClauseAnswer, language: Language) -> str:
    return ANSWER_WORDS[answer.state].pick(language).lower()


def _reached(answer: ClauseAnswer, language: Language) -> str:
    return "; ".join(
        f"{figure_header(key, language)}: {measured_text(value, key.unit, language)}" for key, value in keyed(answer)
    )


def _lines(texts: Iterator[str] | dict[str, None]) -> str:
    return "\n".join(text for text in texts if text) or MISSING_MARK


def _to_supply(verdict: Verdict, language: Language) -> str:
    """Say what would settle the answer: classes, figures that are missing, cells in dispute."""
    wanted: dict[str, None] = {}
    if verdict.unknown_classes:
        names = class_alternatives(verdict.unknown_classes)
        wanted[_CLASSES.fill(names=names).pick(language)] = None
    for text in dict.fromkeys(text for answer in verdict.clauses for text in answer.missing):
        wanted[_FIGURES.fill(why=for_council(text.pick(language), language)).pick(language)] = None
    open_doubts = [doubt for doubt in verdict.doubts if doubt.waived is None]
    if open_doubts:
        cells = for_council(figures_in_doubt(open_doubts).pick(language), language)
        wanted[_CELLS.fill(cells=cells).pick(language)] = None
    return _lines(wanted)


_CLASSES: Final = Text(
    "Văn bản cho biết đơn vị có thuộc hay không: {names}.", "A document that says whether the unit is in: {names}."
)
_FIGURES: Final = Text("Số liệu: {why}.", "Figures: {why}.")
_CELLS: Final = Text("Sửa hoặc xác nhận ô: {cells}.", "Mend or confirm: {cells}.")
