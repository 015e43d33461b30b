"""The sheet of clauses: per unit and clause the mark and the count it would just be met with, as formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, State, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.model import Series
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.doubts.answers import doubted_answer, reliance_of
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.export.comparisons import (
    holds,
    is_mean_in_percent,
    mean_holds,
    most_left,
    need_of,
    sides_of,
    steps_of,
)
from thidua_cli.present.export.counts import CountPlaces, unit_columns
from thidua_cli.present.export.live import is_live
from thidua_cli.present.export.words import STATE_TONE_OF_MARK, clause_name, mark_tones
from thidua_cli.present.toolkit.document import ColumnType, Formula, Section, Table, TableColumn, Value
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.present.verdicts.notes import used_clauses
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import EACH_YEAR, TEST_FORM, Clause

MARKS: Final = "marks"
"""Key of the table of clauses."""
_FIRST: Final = 3
_IF_IT_APPLIES: Final = Text("{mark}, nếu thuộc diện", "{mark}, if it applies")


class MarkFormulas(NamedTuple):
    """What stands in the two cells of a unit and clause; None where a formula cannot tell it exactly."""

    mark: Formula | None
    most_left: Formula | None


class ClauseMark(NamedTuple):
    """The mark of one clause for one unit."""

    text: str
    formulas: MarkFormulas
    most_left: int | str | None
    """Largest last count with which the clause is met; "" where no such count is, None where none can be told."""
    tone: str


def have_limits(marks: Mapping[str, ClauseMark]) -> bool:
    """Say whether every clause of a unit has a formula for the last count it is met with."""
    return all(mark.formulas.most_left for mark in marks.values())


class ClauseMarks:
    """The marks of all units; formulas are made once per clause, window and size of counts."""

    def __init__(self, result: EligibleResult, columns: CountPlaces, language: Language) -> None:
        self.clauses = used_clauses(result)
        self._columns = columns
        self._language = language
        self._made: dict[tuple[object, ...], MarkFormulas] = {}
        self._words = {state: ANSWER_WORDS[state].pick(language) for state in State}
        self.by_unit = [
            {answer.clause.id: self._mark(answer, unit, verdict) for answer in verdict.clauses}
            for unit, verdict in zip(result.series, result.verdicts, strict=True)
        ]

    def column(self, clause: Clause) -> int:
        """Return the column of a clause's mark on the sheet; that of the last count follows it."""
        return _FIRST + 2 * [each.id for each in self.clauses].index(clause.id)

    def _mark(self, answer: ClauseAnswer, unit: Series, verdict: Verdict) -> ClauseMark:
        doubts = doubts_of(answer, verdict.doubts)
        text = doubted_answer(ANSWER_WORDS[answer.state], answer.state, doubts)
        if answer.applies is None:
            text = _IF_IT_APPLIES.fill(mark=text)
        tone = DOUBT_TONE if reliance_of(answer.state, doubts).is_doubted else STATE_TONE_OF_MARK[answer.state]
        formulas = self._formulas(answer, unit) if is_live(answer, unit, verdict) else _NO_FORMULA
        left = limit_shown(answer) if formulas.most_left is not None else None
        return ClauseMark(text.pick(self._language), formulas, left, tone)

    def _formulas(self, answer: ClauseAnswer, unit: Series) -> MarkFormulas:
        clause, years, size = answer.clause, answer.years, size_of_counts(answer, unit)
        key = (clause.id, years, size, answer.applies)
        if key not in self._made:
            self._made[key] = self._make(clause, years, answer.years_used, size, applies=answer.applies is True)
        return self._made[key]

    def _make(
        self, clause: Clause, years: Sequence[int], used: Sequence[int], size: int, *, applies: bool
    ) -> MarkFormulas:
        conditions = conditions_of(clause, years, self._columns, size)
        if conditions is None:
            return _NO_FORMULA
        met, not_met, unknown = (self._words[state] for state in (State.MET, State.NOT_MET, State.UNDETERMINED))
        if not applies:
            met, not_met = (_IF_IT_APPLIES.fill(mark=word).pick(self._language) for word in (met, not_met))
        lacking = lacking_counts(clause, used, self._columns)
        mark = f'=IF({lacking},"{unknown}",IF(AND({",".join(conditions)}),"{met}","{not_met}"))'
        left = most_left(clause, years, self._columns, size)
        if left is None:
            return MarkFormulas(mark, None)
        return MarkFormulas(mark, most_left_formula(clause, years, conditions, lacking, left, self._columns))


_NO_FORMULA: Final = MarkFormulas(None, None)


def size_of_counts(answer: ClauseAnswer, unit: Series) -> int:
    """Return a power of two that no count of the window exceeds: units of about one size share a formula."""
    clause, counts = answer.clause, [unit.years[year] for year in answer.years_used]
    known = [figures.denominator(clause.measure) for figures in counts] if TEST_FORM[clause.test].of_rates else []
    greatest = max(1, *(figures.numerator(clause.measure) or 0 for figures in counts), *(n or 0 for n in known))
    return 1 << greatest.bit_length()


def conditions_of(clause: Clause, years: Sequence[int], columns: CountPlaces, size: int) -> list[str] | None:
    """Return what must hold, one condition per comparison; None where one of them is not exact."""
    if is_mean_in_percent(clause):
        mean = mean_holds(clause, years, columns, size)
        return None if mean is None else [mean]
    need = need_of(clause, years)
    conditions = [holds(clause, sides_of(clause, step, need, columns), size) for step in steps_of(clause, years)]
    known = [condition for condition in conditions if condition is not None]
    return known if len(known) == len(conditions) else None


def lacking_counts(clause: Clause, used: Sequence[int], columns: CountPlaces) -> str:
    """Return the condition under which nothing can be said: a count is gone, or there are no households."""
    counts = [columns.count(year, clause.measure) for year in used]
    if not TEST_FORM[clause.test].of_rates:
        return f"COUNT({','.join(counts)})<{len(counts)}"
    whole = [columns.whole(year, clause.measure) for year in used]
    return f"OR(COUNT({','.join([*counts, *whole])})<{2 * len(counts)},MIN({','.join(whole)})<=0)"


def most_left_formula(
    clause: Clause, years: Sequence[int], conditions: Sequence[str], lacking: str, left: str, columns: CountPlaces
) -> Formula:
    """Return the last count up to which the clause is met, where the years before it allow any."""
    needed = [f"NOT({lacking})"]
    if clause.test in EACH_YEAR:
        needed += conditions[:-1]
    positive = sides_of(clause, steps_of(clause, years)[-1], Fraction(1), columns).positive
    needed += [f"{positive}>0"] if positive else []
    return f'=IF(AND({",".join(needed)}),{left},"")'


def limit_shown(answer: ClauseAnswer) -> int | str:
    """Return the largest last count with which a clause is met; "" where there is none."""
    limit = answer.limit
    return "" if limit is None or limit.limit is None or limit.within is not State.MET else limit.limit


def marks_section(result: EligibleResult, marks: ClauseMarks, language: Language) -> Section:
    """Return the sheet of clauses, one row per unit."""
    columns = list(unit_columns(language))
    for number, clause in enumerate(marks.clauses, start=1):
        group = clause_name(number, clause, language)
        columns.append(TableColumn(_MARK.pick(language), ColumnType.TEXT, group, 27))
        columns.append(TableColumn(MOST_LEFT.pick(language), ColumnType.COUNT, group, 12))
    rows: list[list[Value]] = []
    tones: dict[tuple[int, int], str] = {}
    formulas: dict[int, list[Formula | None]] = {column: [] for column in range(_FIRST, len(columns))}
    for row, (verdict, of_unit) in enumerate(zip(result.verdicts, marks.by_unit, strict=True)):
        cells: list[Value] = [row + 1, verdict.unit_code, verdict.unit_name]
        for clause in marks.clauses:
            mark = of_unit.get(clause.id)
            if mark is not None:
                tones[row, len(cells)] = mark.tone
            formulas[len(cells)].append(mark.formulas.mark if mark else None)
            formulas[len(cells) + 1].append(mark.formulas.most_left if mark else None)
            cells += [mark.text, mark.most_left] if mark else [None, None]
        rows.append(cells)
    return Section(
        sheet=Text("Từng điều kiện", "Clauses").pick(language),
        title=Text("KẾT QUẢ TỪNG ĐIỀU KIỆN ĐỊNH LƯỢNG", "EACH QUANTITATIVE CLAUSE").pick(language),
        points=[_HOW.pick(language)],
        table=Table(columns, rows, tones, formulas, key=MARKS, marks=mark_tones(language), heads_alone=True),
    )


_MARK: Final = Text("Kết quả", "Answer")
MOST_LEFT: Final = Text("Số hộ cuối năm nhiều nhất để đạt", "Most households left to meet it")
_HOW: Final = Text(
    "Mỗi kết quả so hai số nguyên nhân chéo từ trang “Số liệu”, không làm tròn: bằng đúng mức vẫn xét đúng. Ô ghi "
    "bằng chữ là kết quả không chỉ do số liệu quyết định. Ô trống: điều kiện không áp dụng cho đơn vị.",
    "Each answer compares two whole numbers multiplied across from the sheet “Counts”, nothing rounded: what is "
    "exactly at a threshold comes out right. An answer in words is one that counts alone do not decide. Empty: the "
    "clause does not apply.",
)
