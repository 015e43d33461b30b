"""A result about targets and its files → what differs: every answer of one unit is taken again from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.read.source import Source
from thidua_cli.verify.answers import MET, NO_CRITERION, NOT_MET, UNDETERMINED
from thidua_cli.verify.arithmetic import (
    Figures,
    Outcome,
    figures_of,
    leaning,
    looked_at,
    outcome,
    rounded_value,
    window,
)
from thidua_cli.verify.by_name import Bearer, named_figures
from thidua_cli.verify.cells import cell_names, match_files, read_cells
from thidua_cli.verify.changed_figures import changed
from thidua_cli.verify.class_lists import class_differences
from thidua_cli.verify.combination import margin
from thidua_cli.verify.counts import counts_of
from thidua_cli.verify.difference import Difference, VerifyResult, What, count_text
from thidua_cli.verify.disputed_figures import Possibility, worlds_of
from thidua_cli.verify.doubts import doubt_differences, doubted_cells
from thidua_cli.verify.figures import figure_differences
from thidua_cli.verify.open_figures import choices
from thidua_cli.verify.quotes import quote_differences
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.rules import rule_differences
from thidua_cli.verify.said import CellRange, Clause, Figure, TargetDocument, TargetRow
from thidua_cli.verify.standing import unit_differences
from thidua_cli.verify.under_doubt import (
    BOUND,
    EFFECT,
    UNCONFIRMED,
    Agreement,
    Answers,
    Values,
    WorldAnswer,
    are_those_of,
    value_differences,
)
from thidua_cli.verify.unsaid import Ground, unsaid_differences
from thidua_cli.verify.worlds import answer_of_every_choice, with_count


def verify_targets(name: str, document: TargetDocument, given: Sequence[Source]) -> VerifyResult:
    """Return every difference between answers about targets, their figures, their rules and the cells of the files."""
    named = list(_cells(document))
    files = match_files(document.files, given, named)
    contents = read_cells(files.sources, [*named, *doubted_cells(document.rows)])
    contents.note_units(named)
    differences = [*files.differences, *rule_differences(document, files.sources)]
    first = {row.unit_code: row for row in reversed(document.rows)}
    bearers = [Bearer(row, document.figures.get(code, ())) for code, row in first.items()]
    named_rows = named_figures(
        bearers,
        contents,
        knows_villages=not any(file.role == "units" for file in document.files),
    )
    differences += [*named_rows.differences, *unit_differences(document), *class_differences(document)]
    clauses = {clause.id: clause for clause in document.clauses}
    seen: set[str] = set()
    left = set[str]()
    taken, grounds = 0, list[Ground]()
    for row in document.rows:
        clause, figures = clauses.get(row.rule), document.figures.get(row.unit_code)
        if clause is None or figures is None or clause.together:
            left.add(row.unit_code)
            continue
        taken += 1
        if row.unit_code not in seen:
            seen.add(row.unit_code)
            for figure in figures:
                differences += figure_differences(row, figure, contents, files.sources)
        differences += doubt_differences(row, figures, contents, files.sources)
        by_year = {(figure.measure, figure.year): figure for figure in figures}
        grounds.append(Ground(row, by_year, [clause], min(row.year, document.as_of)))
        differences += target_differences(row, clause, figures, document.as_of)
    differences += unsaid_differences(grounds)
    read = sum(1 for cells in named if cells.file in files.sources for _ in cell_names(cells.range))
    counted = (len({row.unit_code for row in document.rows}), taken, read, len(files.sources))
    skipped = len(document.rows) - taken
    refuted = [difference for difference in differences if difference.is_refuted]
    unconfirmed = [difference for difference in differences if not difference.is_refuted]
    left.update(difference.unit_code for difference in unconfirmed)
    second = counts_of(bearers, document.files, files, left, named_rows)
    about = (name, document.rules, document.as_of)
    return VerifyResult(*about, *counted, refuted, files.unused, unconfirmed, skipped, second=second)


def _cells(document: TargetDocument) -> Iterator[CellRange]:
    for figures in document.figures.values():
        yield from (cells for figure in figures for cells in figure.cells)


def target_differences(row: TargetRow, clause: Clause, figures: Sequence[Figure], as_of: int) -> Iterator[Difference]:
    """Yield what the answer of one unit and target should have been, from its own figures."""
    by_year = {(figure.measure, figure.year): figure for figure in figures}
    yield from quote_differences(row, row.quote, clause, min(row.year, as_of))
    recomputed = outcome(clause, by_year, min(row.year, as_of))
    if recomputed is None:
        yield _about(row, What.UNVERIFIABLE, clause.test, "–", _UNKNOWN_TEST)
        return
    if row.is_due is not (row.year <= as_of):
        yield _about(row, What.VERDICT, str(row.is_due), str(row.year <= as_of), _DUE)
    answers = _answers(row, clause, by_year, min(row.year, as_of))
    values = {value.year: value for value in row.values}
    if (row.is_due or row.values) and _shown(row, answers) is None:
        for year, stated_value, value in value_differences(_values(answers.every[0]), values):
            yield _about(row, What.VALUE, stated_value, value, _VALUE.fill(year=str(year)))
    if row.is_due:
        yield from _answer_differences(row, clause, answers)
    elif row.verdict != UNDETERMINED:
        yield _about(row, What.VERDICT, row.verdict, UNDETERMINED, _VERDICT)


def _answers(row: TargetRow, clause: Clause, by_year: Figures, last_year: int) -> Answers:
    """Take the answer in every world that the doubts of the row leave."""

    def signature(figures: Figures) -> object:
        result = outcome(clause, figures, last_year)
        return result and leaning(clause, result)

    worlds = worlds_of(row.doubts, by_year, {clause.measure}, signature)
    every = []
    for world in worlds.every:
        figures = changed(by_year, world.changes)
        result = outcome(clause, figures, last_year)
        if result is not None:
            state = _state(clause, figures, last_year, result)
            every.append(WorldAnswer(world, figures, {clause.id: result}, state))
    return Answers(worlds, every)


def _values(answer: WorldAnswer) -> Values:
    (result,) = answer.outcomes.values()
    return result.values


def _shown(row: TargetRow, answers: Answers) -> WorldAnswer | None:
    """Return the world whose values the row shows."""
    stated = {value.year: value for value in row.values}
    narrow_first = sorted(answers.every, key=lambda answer: answer.world.is_wide)
    return next((answer for answer in narrow_first if are_those_of(answer, _values(answer), stated)), None)


def _answer_differences(row: TargetRow, clause: Clause, answers: Answers) -> Iterator[Difference]:
    depends_on_class = row.verdict == UNDETERMINED and bool(clause.any_of or clause.none_of)
    agreement, state = answers.agreement(row.verdict, lambda answer: answer.state)
    if agreement is Agreement.OTHER and not depends_on_class:
        yield _about(row, What.VERDICT, row.verdict, state, _VERDICT)
        return
    if agreement is Agreement.UNCONFIRMED:
        yield _about(row, What.NOT_TAKEN_AGAIN, row.verdict, state, UNCONFIRMED)
    if not depends_on_class:
        for doubt, effect in answers.wrong_effects(row.verdict, row.doubts):
            yield replace(_about(row, What.EFFECT, doubt.effect, effect, EFFECT), place=str(doubt.figure))
    yield from _place_differences(row, clause, answers)
    if row.verdict in (MET, NOT_MET):
        yield from _margin_differences(row, clause, answers)


def _place_differences(row: TargetRow, clause: Clause, answers: Answers) -> Iterator[Difference]:
    """Yield a place in a range that is not that of every world, and an attainment that is not that of the values."""
    shown = _shown(row, answers) or answers.every[0]
    if shown.world.is_wide:
        return  # of values that are not known one by one, nothing follows
    positions = {
        _position(clause, [value for _, value in _values(answer)])
        for answer in answers.every
        if answer.world.possibility is Possibility.TOLD or answer is shown
    }
    position = positions.pop() if len(positions) == 1 else None
    if row.position != position and (row.position is not None or answers.worlds.are_exact):
        yield _about(row, What.POSITION, row.position or "–", position or "–", _POSITION)
    attainment = _attainment(clause, [value for _, value in _values(shown)])
    if row.attainment != attainment and (row.attainment is not None or answers.worlds.are_exact):
        yield _about(row, What.ATTAINMENT, str(row.attainment or "–"), str(attainment or "–"), _ATTAINMENT)


def _state(clause: Clause, by_year: Figures, year: int, recomputed: Outcome) -> str:
    """Return the answer, where it is open that of every choice of the open counts."""
    state = recomputed.state
    if state == UNDETERMINED:

        def state_with(figures: Figures) -> str:
            taken = outcome(clause, figures, year)
            return UNDETERMINED if taken is None else taken.state

        state = answer_of_every_choice(by_year, [clause], year, state_with)
    if state != NOT_MET or clause.unit != "percent" or clause.test.endswith("_at_year_end"):
        return state
    return {True: NO_CRITERION, None: UNDETERMINED, False: NOT_MET}[_nothing_to_reduce(clause, by_year, year)]


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


def _margin_differences(row: TargetRow, clause: Clause, answers: Answers) -> Iterator[Difference]:
    odd = clause.rounded_to is not None or clause.other_lines or (clause.comparison == "=" and clause.threshold != "0")
    figures = [figure for answer in answers.every for figure in answer.figures.values()]
    if odd or any(figure.divided or figure.printed or figure.bounds for figure in figures):
        return
    key = clause.measure, row.year
    if any(key not in answer.figures or answer.figures[key].count is None for answer in answers.every):
        return
    margins = [_margin(row, clause, answer) if answer.state == row.verdict else None for answer in answers.every]
    if row.margin is None and any(
        None in figures_of(clause, answer.figures, looked_at(clause, answer.figures, row.year)[1])
        for answer in answers.every
    ):
        return
    agrees, least = answers.margin_agrees(row.margin, margins)
    if not agrees:
        yield _about(row, What.MARGIN, count_text(row.margin), count_text(least), _MARGIN)
    elif row.margin is not None and not answers.bound_agrees(row.margin_is_bound, margins):
        stated = str(row.margin_is_bound).lower(), str(not row.margin_is_bound).lower()
        yield _about(row, What.MARGIN_IS_BOUND, *stated, BOUND)


def _margin(row: TargetRow, clause: Clause, answer: WorldAnswer) -> int | None:
    figures = answer.figures
    last = figures[clause.measure, row.year]
    if figures_of(clause, figures, [row.year]) == [None]:
        return None

    def verdict_at(households: int) -> str:
        changed_figures = {**figures, (clause.measure, row.year): with_count(last, households)}
        recomputed = outcome(clause, changed_figures, row.year)
        return answer.state if recomputed is None else recomputed.state

    counts = [figure.count or 0 for figure in figures.values() if figure.measure == clause.measure]
    most = last.households if last.households is not None else 1 + max(*counts, int(Decimal(clause.threshold)))
    return margin(answer.state, last.count or 0, most, verdict_at)


def _about(row: TargetRow, what: What, stated: str, recomputed: str, text: Text) -> Difference:
    return Difference(what, stated, recomputed, text, row.unit_code, row.unit_name, row.rule, year=row.year)


_UNKNOWN_TEST: Final = Text("chưa có cách kiểm lại loại chỉ tiêu này", "this kind of target cannot be taken again yet")
_DUE: Final = Text("chỉ tiêu đã đến hạn hay chưa", "whether the target is due")
_VALUE: Final = Text("mức đạt được năm {year}, tính lại từ số liệu", "what was reached in {year}, taken again")
_VERDICT: Final = Text("kết quả của chỉ tiêu, tính lại", "the answer of the target, taken again")
_POSITION: Final = Text("vị trí trong khoảng yêu cầu, tính lại", "the place in the range, taken again")
_ATTAINMENT: Final = Text("tỷ lệ hoàn thành, tính lại", "the attainment, taken again")
_MARGIN: Final = Text("số hộ còn cách, tính lại", "the margin, taken again")
