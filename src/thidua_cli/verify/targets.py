"""A result about targets and its files → what differs: every answer of one unit is taken again from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from thidua_cli.language import Text
from thidua_cli.read.source import Source
from thidua_cli.verify.answers import MET, NO_CRITERION, NOT_MET, UNDETERMINED
from thidua_cli.verify.arithmetic import (
    Figures,
    Outcome,
    figures_of,
    looked_at,
    outcome,
    rounded_value,
    same,
    window,
    written,
)
from thidua_cli.verify.cells import cell_names, match_files, read_cells
from thidua_cli.verify.combination import margin
from thidua_cli.verify.difference import Difference, VerifyResult, What, count_text
from thidua_cli.verify.figures import figure_differences
from thidua_cli.verify.open_figures import choices
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.rules import rule_differences
from thidua_cli.verify.said import CellRange, Clause, Figure, SaidValue, TargetDocument, TargetRow
from thidua_cli.verify.worlds import answer_of_every_choice, with_count


def verify_targets(name: str, document: TargetDocument, given: Sequence[Source]) -> VerifyResult:
    """Return every difference between answers about targets, their figures, their rules and the cells of the files."""
    named = list(_cells(document))
    files = match_files(document.files, given, named)
    contents = read_cells(files.sources, named)
    differences = [*files.differences, *rule_differences(document, files.sources)]
    clauses = {clause.id: clause for clause in document.clauses}
    seen: set[str] = set()
    taken = 0
    for row in document.rows:
        clause, figures = clauses.get(row.rule), document.figures.get(row.unit_code)
        if clause is None or figures is None or clause.together:
            continue
        taken += 1
        if row.unit_code not in seen:
            seen.add(row.unit_code)
            for figure in figures:
                differences += figure_differences(row, figure, contents, files.sources)
        differences += target_differences(row, clause, figures, document.as_of)
    read = sum(1 for cells in named if cells.file in files.sources for _ in cell_names(cells.range))
    counted = (len({row.unit_code for row in document.rows}), taken, read, len(files.sources))
    skipped = len(document.rows) - taken
    return VerifyResult(name, document.rules, document.as_of, *counted, differences, files.unused, skipped)


def _cells(document: TargetDocument) -> Iterator[CellRange]:
    for figures in document.figures.values():
        yield from (cells for figure in figures for cells in figure.cells)


def target_differences(row: TargetRow, clause: Clause, figures: Sequence[Figure], as_of: int) -> Iterator[Difference]:
    """Yield what the answer of one unit and target should have been, from its own figures."""
    by_year = {(figure.measure, figure.year): figure for figure in figures}
    if row.comparison != clause.comparison or row.threshold != Decimal(clause.threshold):
        quoted = f"{row.comparison} {row.threshold}", f"{clause.comparison} {clause.threshold}"
        yield _about(row, What.RULES, *quoted, _THRESHOLD)
    recomputed = outcome(clause, by_year, min(row.year, as_of))
    if recomputed is None:
        yield _about(row, What.UNVERIFIABLE, clause.test, "–", _UNKNOWN_TEST)
        return
    if row.is_due is not (row.year <= as_of):
        yield _about(row, What.VERDICT, str(row.is_due), str(row.year <= as_of), _DUE)
    if row.is_due or row.values:
        yield from _value_differences(row, recomputed)
    if row.is_due:
        yield from _answer_differences(row, clause, by_year, recomputed)
    elif row.verdict != UNDETERMINED:
        yield _about(row, What.VERDICT, row.verdict, UNDETERMINED, _VERDICT)


def _value_differences(row: TargetRow, recomputed: Outcome) -> Iterator[Difference]:
    values = {value.year: value for value in row.values}
    nothing = SaidValue(0, None, None, None)
    for year, value in recomputed.values:
        if not same(value, values.get(year, nothing)):
            stated = str(values.get(year, nothing))
            yield _about(row, What.VALUE, stated, written(value), _VALUE.fill(year=str(year)))


def _answer_differences(row: TargetRow, clause: Clause, by_year: Figures, recomputed: Outcome) -> Iterator[Difference]:
    state = _state(row, clause, by_year, recomputed)
    depends_on_class = row.verdict == UNDETERMINED and bool(clause.any_of or clause.none_of)
    if row.verdict != state and not depends_on_class:
        yield _about(row, What.VERDICT, row.verdict, state, _VERDICT)
        return
    values = [value for _, value in recomputed.values]
    position = _position(clause, values)
    if row.position != position:
        yield _about(row, What.POSITION, row.position or "–", position or "–", _POSITION)
    attainment = _attainment(clause, values)
    if row.attainment != attainment:
        yield _about(row, What.ATTAINMENT, str(row.attainment or "–"), str(attainment or "–"), _ATTAINMENT)
    if state in (MET, NOT_MET) and row.verdict == state:
        yield from _margin_differences(row, clause, by_year, state)


def _state(row: TargetRow, clause: Clause, by_year: Figures, recomputed: Outcome) -> str:
    """Return the answer, where it is open that of every choice of the open counts."""
    state = recomputed.state
    if state == UNDETERMINED:

        def state_with(figures: Figures) -> str:
            taken = outcome(clause, figures, row.year)
            return UNDETERMINED if taken is None else taken.state

        state = answer_of_every_choice(by_year, [clause], row.year, state_with)
    if state != NOT_MET or clause.unit != "percent" or clause.test.endswith("_at_year_end"):
        return state
    return {True: NO_CRITERION, None: UNDETERMINED, False: NOT_MET}[_nothing_to_reduce(clause, by_year, row.year)]


def _nothing_to_reduce(clause: Clause, by_year: Figures, year: int) -> bool | None:
    """Say whether a fall in percent is asked of nothing that stayed nothing; None where that is open.

    A target has no object there: it asks for what is still to be done.
    """
    years = window(clause, year) or [year]
    asked = years if clause.test.endswith("_each_year") else [years[0], years[-1]]
    plain = replace(clause, test="count_at_year_end", unit="households")
    is_open = False
    for asked_year in asked:
        line, _ = looked_at(plain, by_year, asked_year)
        (count,) = figures_of(plain, by_year, [asked_year])
        may_be = choices(plain, by_year.get((clause.measure, asked_year)), line, count)
        if may_be is None or may_be.low > 0:
            return False
        is_open = is_open or may_be.high != 0
    return None if is_open else True


def _position(clause: Clause, values: Sequence[Range | None]) -> str | None:
    """Return where the values lie in the range of a clause: one below makes it below; above is above throughout."""
    if clause.upper is None:
        return None
    low, high = Fraction(Decimal(clause.threshold)), Fraction(Decimal(clause.upper))

    def place(value: Fraction | None) -> str | None:
        return None if value is None else "below" if value < low else "above" if value > high else "within"

    ends = [{None} if value is None else {place(value.low), place(value.high)} for value in values]
    places = {end.pop() if len(end) == 1 else None for end in ends}
    if "below" in places:
        return "below"
    return None if None in places else "within" if "within" in places else "above"


def _attainment(clause: Clause, values: Sequence[Range | None]) -> Decimal | None:
    """Return what was reached in percent of what was asked, rounded to two decimals."""
    exact = [value.exact for value in values if value is not None and value.exact is not None]
    asked = Fraction(Decimal(clause.threshold))
    if clause.comparison not in (">=", ">") or not asked or not exact or len(exact) < len(values):
        return None
    value = rounded_value(100 * min(exact) / asked, 2)
    return Decimal(value.numerator) / Decimal(value.denominator)


def _margin_differences(row: TargetRow, clause: Clause, by_year: Figures, state: str) -> Iterator[Difference]:
    last = by_year.get((clause.measure, row.year))
    odd = clause.rounded_to is not None or clause.other_lines or (clause.comparison == "=" and clause.threshold != "0")
    if (
        last is None
        or last.count is None
        or odd
        or any(figure.divided or figure.printed or figure.bounds for figure in by_year.values())
    ):
        return
    known = figures_of(clause, by_year, [row.year]) != [None]

    def verdict_at(households: int) -> str:
        changed = {**by_year, (clause.measure, row.year): with_count(last, households)}
        recomputed = outcome(clause, changed, row.year)
        return state if recomputed is None else recomputed.state

    counts = [figure.count or 0 for figure in by_year.values() if figure.measure == clause.measure]
    most = last.households if last.households is not None else 1 + max(*counts, int(Decimal(clause.threshold)))
    recomputed = margin(state, last.count, most, verdict_at) if known else None
    is_untold = row.margin is None and None in figures_of(clause, by_year, looked_at(clause, by_year, row.year)[1])
    if recomputed != row.margin and not is_untold:
        yield _about(row, What.MARGIN, count_text(row.margin), count_text(recomputed), _MARGIN)


def _about(row: TargetRow, what: What, stated: str, recomputed: str, text: Text) -> Difference:
    return Difference(what, stated, recomputed, text, row.unit_code, row.unit_name, row.rule, year=row.year)


_UNKNOWN_TEST: Final = Text("chưa có cách kiểm lại loại chỉ tiêu này", "this kind of target cannot be taken again yet")
_THRESHOLD: Final = Text("mức yêu cầu ghi ở đơn vị và ở quy định", "the threshold of the unit and of the rules")
_DUE: Final = Text("chỉ tiêu đã đến hạn hay chưa", "whether the target is due")
_VALUE: Final = Text("mức đạt được năm {year}, tính lại từ số liệu", "what was reached in {year}, taken again")
_VERDICT: Final = Text("kết quả của chỉ tiêu, tính lại", "the answer of the target, taken again")
_POSITION: Final = Text("vị trí trong khoảng yêu cầu, tính lại", "the place in the range, taken again")
_ATTAINMENT: Final = Text("tỷ lệ hoàn thành, tính lại", "the attainment, taken again")
_MARGIN: Final = Text("số hộ còn cách, tính lại", "the margin, taken again")
