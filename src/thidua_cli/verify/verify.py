"""A result and its files → what differs. Every verdict is taken again, from its trace and from the cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import Final

from thidua_cli.language import Text
from thidua_cli.read.source import Source
from thidua_cli.verify.answers import NO_CRITERION, UNDETERMINED
from thidua_cli.verify.arithmetic import Figures, Outcome, figures_of, leaning, looked_at, outcome
from thidua_cli.verify.attestations import attestation_differences, attested_items
from thidua_cli.verify.by_name import Bearer, named_figures
from thidua_cli.verify.cells import cell_names, match_files, read_cells
from thidua_cli.verify.changed_figures import changed
from thidua_cli.verify.class_lists import class_differences
from thidua_cli.verify.combination import combined, margin, possible_clauses
from thidua_cli.verify.counts import counts_of
from thidua_cli.verify.difference import Difference, VerifyResult, What, count_text
from thidua_cli.verify.disputed_figures import Possibility, worlds_of
from thidua_cli.verify.doubts import doubt_differences, doubted_cells
from thidua_cli.verify.figures import figure_differences
from thidua_cli.verify.quotes import quote_differences
from thidua_cli.verify.rules import rule_differences
from thidua_cli.verify.said import CellRange, Clause, Document, Figure, Row, SaidPath
from thidua_cli.verify.standing import unit_differences
from thidua_cli.verify.under_doubt import (
    BOUND,
    EFFECT,
    UNCONFIRMED,
    Agreement,
    Answers,
    WorldAnswer,
    are_those_of,
    value_differences,
)
from thidua_cli.verify.unsaid import Ground, unsaid_differences
from thidua_cli.verify.worlds import answer_of_every_choice, with_count


def verify(name: str, document: Document, given: Sequence[Source]) -> VerifyResult:
    """Return every difference between a result, its own trace, its rules and the cells of its files.

    Args:
        name: The file of the result, for messages.
        document: What the result says.
        given: The files it is held against.
    """
    named = list(_cells(document))
    files = match_files(document.files, given, named)
    contents = read_cells(files.sources, [*named, *doubted_cells(document.rows)])
    contents.note_units(named)
    differences = [*files.differences, *rule_differences(document, files.sources)]
    bearers = [Bearer(row, row.figures) for row in document.rows]
    named_rows = named_figures(
        bearers,
        contents,
        knows_villages=not any(file.role == "units" for file in document.files),
    )
    differences += [*named_rows.differences, *unit_differences(document), *class_differences(document)]
    for row in document.rows:
        for figure in row.figures:
            differences += figure_differences(row, figure, contents, files.sources)
        differences += doubt_differences(row, row.figures, contents, files.sources)
        differences += row_differences(row, document)
    differences += unsaid_differences([_ground(row, document) for row in document.rows])
    differences += attestation_differences(document, files.sources, contents)
    open_ones = [difference for difference in differences if not difference.is_refuted]
    left = {difference.unit_code for difference in open_ones}
    return VerifyResult(
        name,
        document.rules,
        document.as_of,
        len(document.rows),
        sum(len(row.paths) for row in document.rows),
        sum(1 for cells in named if cells.file in files.sources for _ in cell_names(cells.range)),
        len(files.sources),
        [difference for difference in differences if difference.is_refuted],
        files.unused,
        open_ones,
        second=counts_of(bearers, document.files, files, left, named_rows),
    )


def _ground(row: Row, document: Document) -> Ground:
    stated = {path.rule for path in row.paths}
    clauses = [clause for clause in document.clauses if clause.id in stated]
    figures = {(figure.measure, figure.year): figure for figure in row.figures}
    return Ground(row, figures, clauses, document.as_of)


def _cells(document: Document) -> Iterator[CellRange]:
    """Yield every cell the result names."""
    for row in document.rows:
        yield from (cells for figure in row.figures for cells in figure.cells)
    yield from (item.source for item in attested_items(document) if item.source)


def row_differences(row: Row, document: Document) -> Iterator[Difference]:
    """Yield what the verdict of one unit should have been, from its own figures and the clauses of the document."""
    figures = {(figure.measure, figure.year): figure for figure in row.figures}
    if row.ended_on or row.namesakes:
        # Districts ended everywhere on 1 July 2025, so no clause has a subject there; of a commune that is gone it is
        # only not known where its households are now.
        verdict = NO_CRITERION if row.ended_on and row.level == "district" else UNDETERMINED
        if row.verdict != verdict:
            yield _about(row, What.VERDICT, row.verdict, verdict, _VERDICT)
        return
    possible = possible_clauses(row, document.clauses, document.as_of, document.day)
    clauses = {clause.id: clause for choice in possible for clause in choice}
    stated = {path.rule: path for path in row.paths}
    for key in dict.fromkeys([*clauses, *stated]):
        if key not in clauses or key not in stated:
            yield _about(row, What.APPLIES, _applies(key in stated), _applies(key in clauses), _APPLIES, key)
        elif outcome(clauses[key], figures, document.as_of) is None:
            yield _about(row, What.UNVERIFIABLE, clauses[key].test, "–", _UNKNOWN_TEST, key)
            return
    answers = _answers(row, figures, possible, document.as_of)
    for key, clause in clauses.items():
        if key in stated:
            always = all(clause in choice for choice in possible)
            yield from _path_differences(row, stated[key], clause, answers, always, document.as_of)
    if clauses.keys() <= stated.keys():
        yield from _verdict_differences(row, document, clauses.values(), possible, answers)


def _answers(row: Row, figures: Figures, possible: Sequence[tuple[Clause, ...]], as_of: int) -> Answers:
    """Take the verdict in every world that the doubts of the row leave."""
    clauses = {clause.id: clause for choice in possible for clause in choice}

    def taken(world: Figures) -> dict[str, Outcome]:
        every = {key: outcome(clause, world, as_of) for key, clause in clauses.items()}
        return {key: result for key, result in every.items() if result is not None}

    def signature(world: Figures) -> object:
        return [leaning(clauses[key], result) for key, result in taken(world).items()]

    worlds = worlds_of(row.doubts, figures, {clause.measure for clause in clauses.values()}, signature)
    every = []
    for world in worlds.every:
        changed_figures = changed(figures, world.changes)
        outcomes = taken(changed_figures)
        state = combined(possible, {key: result.state for key, result in outcomes.items()})
        if state == UNDETERMINED and world.possibility is not Possibility.EXCUSE:
            given = partial(_verdict, clauses=clauses.values(), possible=possible, as_of=as_of)
            state = answer_of_every_choice(changed_figures, list(clauses.values()), as_of, given)
        every.append(WorldAnswer(world, changed_figures, outcomes, state))
    return Answers(worlds, every)


def _path_differences(
    row: Row, stated: SaidPath, clause: Clause, answers: Answers, always: bool, as_of: int
) -> Iterator[Difference]:
    yield from quote_differences(row, stated.quote, clause, as_of)
    values = {value.year: value for value in stated.values}
    of_worlds = [answer.outcomes[clause.id].values for answer in answers.every]
    if not any(map(are_those_of, answers.every, of_worlds, repeat(values))):
        for year, stated_value, value in value_differences(of_worlds[0], values):
            yield _about(row, What.VALUE, stated_value, value, _VALUE.fill(year=str(year)), clause.id)
    agreement, state = answers.agreement(stated.verdict, lambda answer: answer.outcomes[clause.id].state)
    if agreement is Agreement.OTHER:
        yield _about(row, What.PATH, stated.verdict, state, _PATH, clause.id)
    applies = True if always else None
    if stated.applies is not applies:
        yield _about(row, What.APPLIES, _applies(stated.applies), _applies(applies), _APPLIES, clause.id)


def _verdict_differences(
    row: Row,
    document: Document,
    clauses: Collection[Clause],
    possible: Sequence[tuple[Clause, ...]],
    answers: Answers,
) -> Iterator[Difference]:
    agreement, state = answers.agreement(row.verdict, lambda answer: answer.state)
    if agreement is not Agreement.SAME:
        is_open = agreement is Agreement.UNCONFIRMED
        what, text = (What.NOT_TAKEN_AGAIN, UNCONFIRMED) if is_open else (What.VERDICT, _VERDICT)
        yield _about(row, what, row.verdict, state, text)
    for doubt, effect in answers.wrong_effects(row.verdict, row.doubts):
        yield _about(row, What.EFFECT, doubt.effect, effect, EFFECT, place=str(doubt.figure))
    if agreement is not Agreement.OTHER:
        yield from _margin_differences(row, document.as_of, clauses, possible, answers)


def _margin_differences(
    row: Row, as_of: int, clauses: Collection[Clause], possible: Sequence[tuple[Clause, ...]], answers: Answers
) -> Iterator[Difference]:
    margins = []
    for answer in answers.every:
        last = _last_figure(answer.figures, clauses, as_of)
        if last is None:
            return
        margins.append(_margin(answer, last, clauses, possible, as_of) if row.verdict == answer.state else None)
    # beside an open figure the margin is often not known: then none is told, and never another one
    if row.margin is None and any(
        _looks_at_gaps(clause, answer.figures, as_of) for clause in clauses for answer in answers.every
    ):
        return
    agrees, least = answers.margin_agrees(row.margin, margins)
    if row.verdict == UNDETERMINED:
        agrees, least = row.margin is None, None
    if not agrees:
        yield _about(row, What.MARGIN, count_text(row.margin), count_text(least), _MARGIN)
    elif row.margin is not None and not answers.bound_agrees(row.margin_is_bound, margins):
        stated = str(row.margin_is_bound).lower(), str(not row.margin_is_bound).lower()
        yield _about(row, What.MARGIN_IS_BOUND, *stated, BOUND)


def _margin(
    answer: WorldAnswer, last: Figure, clauses: Collection[Clause], possible: Sequence[tuple[Clause, ...]], as_of: int
) -> int | None:
    def verdict_at(households: int) -> str:
        return _verdict(
            {**answer.figures, (last.measure, last.year): with_count(last, households)}, clauses, possible, as_of
        )

    return margin(answer.state, last.count or 0, _most(answer.figures, last, clauses), verdict_at)


def _verdict(figures: Figures, clauses: Collection[Clause], possible: Sequence[tuple[Clause, ...]], as_of: int) -> str:
    taken = {clause.id: outcome(clause, figures, as_of) for clause in clauses}
    return combined(possible, {key: result.state for key, result in taken.items() if result is not None})


def _looks_at_gaps(clause: Clause, figures: Figures, as_of: int) -> bool:
    return None in figures_of(clause, figures, looked_at(clause, figures, as_of)[1])


def _last_figure(figures: Figures, clauses: Collection[Clause], as_of: int) -> Figure | None:
    """Return the figure whose count a margin speaks of.

    None where clauses look at several counts, round them first or ask for one number alone, and where a figure is a
    range: then no one place is known at which the verdict changes.
    """
    odd = any(
        clause.rounded_to is not None or clause.other_lines or (clause.comparison == "=" and Decimal(clause.threshold))
        for clause in clauses
    )
    known = {clause.measure for clause in clauses if figures_of(clause, figures, [as_of]) != [None]}
    if odd or len(known) != 1 or any(figure.divided or figure.printed or figure.bounds for figure in figures.values()):
        return None
    return figures[known.pop(), as_of]


def _most(figures: Figures, last: Figure, clauses: Collection[Clause]) -> int:
    """Return the largest count there can be: all households; where they are not known, more than any bound there is."""
    if last.households is not None:
        return last.households
    counts = [figure.count or 0 for figure in figures.values() if figure.measure == last.measure]
    return 1 + max(*counts, *(int(Decimal(clause.threshold)) for clause in clauses))


def _about(
    row: Row, what: What, stated: str, recomputed: str, text: Text, rule: str = "", place: str = ""
) -> Difference:
    return Difference(what, stated, recomputed, text, row.unit_code, row.unit_name, rule, place=place)


def _applies(known: bool | None) -> str:
    return "may_apply" if known is None else "applies" if known else "does_not_apply"


_APPLIES: Final = Text("điều kiện có áp dụng cho đơn vị hay không", "whether the clause applies to the unit")
_UNKNOWN_TEST: Final = Text("chưa có cách kiểm lại loại điều kiện này", "this kind of clause cannot be taken again yet")
_VALUE: Final = Text("mức giảm năm {year}, tính lại từ số liệu", "the fall of {year}, taken again from the figures")
_PATH: Final = Text("kết quả của điều kiện, tính lại", "the answer of the clause, taken again")
_VERDICT: Final = Text("kết quả của đơn vị, tính lại", "the verdict, taken again")
_MARGIN: Final = Text("số hộ còn cách, tính lại", "the margin, taken again")
