"""A result and its files → what differs. Every verdict is taken again, from its trace and from the cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from thidua_cli.language import Text
from thidua_cli.read.source import Source
from thidua_cli.verify.answers import NO_CRITERION, UNDETERMINED
from thidua_cli.verify.arithmetic import Figures, Outcome, figures_of, looked_at, outcome, same, written
from thidua_cli.verify.attestations import attestation_differences, attested_items
from thidua_cli.verify.cells import cell_names, match_files, read_cells
from thidua_cli.verify.combination import combined, margin, possible_clauses
from thidua_cli.verify.difference import Difference, VerifyResult, What, count_text
from thidua_cli.verify.figures import figure_differences
from thidua_cli.verify.rules import rule_differences
from thidua_cli.verify.said import CellRange, Clause, Document, Figure, Row, SaidPath, SaidValue
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
    contents = read_cells(files.sources, named)
    differences = [*files.differences, *rule_differences(document, files.sources)]
    for row in document.rows:
        for figure in row.figures:
            differences += figure_differences(row, figure, contents, files.sources)
        differences += row_differences(row, document)
    differences += attestation_differences(document, files.sources, contents)
    return VerifyResult(
        name,
        document.rules,
        document.as_of,
        len(document.rows),
        sum(len(row.paths) for row in document.rows),
        sum(1 for cells in named if cells.file in files.sources for _ in cell_names(cells.range)),
        len(files.sources),
        differences,
        files.unused,
    )


def _cells(document: Document) -> Iterator[CellRange]:
    """Yield every cell the result names."""
    for row in document.rows:
        yield from (cells for figure in row.figures for cells in figure.cells)
    yield from (item.source for item in attested_items(document) if item.source)


def row_differences(row: Row, document: Document) -> Iterator[Difference]:
    """Yield what the verdict of one unit should have been, from its own figures and the clauses of the document."""
    figures = {(figure.measure, figure.year): figure for figure in row.figures}
    if row.ended or row.namesakes:
        # Districts ended everywhere on 1 July 2025, so no clause has a subject there; of a commune that is gone it is
        # only not known where its households are now.
        verdict = NO_CRITERION if row.ended and row.level == "district" else UNDETERMINED
        if row.verdict != verdict:
            yield _about(row, What.VERDICT, row.verdict, verdict, _VERDICT)
        return
    possible = possible_clauses(row, document.clauses, document.as_of, document.day)
    clauses = {clause.id: clause for choice in possible for clause in choice}
    stated = {path.rule: path for path in row.paths}
    outcomes: dict[str, Outcome] = {}
    for key in dict.fromkeys([*clauses, *stated]):
        if key not in clauses or key not in stated:
            yield _about(row, What.APPLIES, _applies(key in stated), _applies(key in clauses), _APPLIES, key)
            continue
        recomputed = outcome(clauses[key], figures, document.as_of)
        if recomputed is None:
            yield _about(row, What.UNVERIFIABLE, clauses[key].test, "–", _UNKNOWN_TEST, key)
            return
        outcomes[key] = recomputed
        always = all(clauses[key] in choice for choice in possible)
        yield from _path_differences(row, stated[key], clauses[key], recomputed, always)
    if all(key in outcomes for key in clauses):
        yield from _verdict_differences(row, document, possible, outcomes)


def _path_differences(
    row: Row, stated: SaidPath, clause: Clause, recomputed: Outcome, always: bool
) -> Iterator[Difference]:
    if stated.comparison != clause.comparison or stated.threshold != Decimal(clause.threshold):
        quoted = f"{stated.comparison} {stated.threshold}", f"{clause.comparison} {clause.threshold}"
        yield _about(row, What.RULES, *quoted, _THRESHOLD, clause.id)
    values = {value.year: value for value in stated.values}
    nothing = SaidValue(0, None, None, None)
    for year, value in recomputed.values:
        if not same(value, values.get(year, nothing)):
            text = _VALUE.fill(year=str(year))
            yield _about(row, What.VALUE, str(values.get(year, nothing)), written(value), text, clause.id)
    for year in values.keys() - {year for year, _ in recomputed.values}:
        yield _about(row, What.VALUE, str(values[year]), "–", _VALUE.fill(year=str(year)), clause.id)
    if stated.verdict != recomputed.state:
        yield _about(row, What.PATH, stated.verdict, recomputed.state, _PATH, clause.id)
    applies = True if always else None
    if stated.applies is not applies:
        yield _about(row, What.APPLIES, _applies(stated.applies), _applies(applies), _APPLIES, clause.id)


def _verdict_differences(
    row: Row, document: Document, possible: Sequence[tuple[Clause, ...]], outcomes: Mapping[str, Outcome]
) -> Iterator[Difference]:
    clauses = {clause.id: clause for choice in possible for clause in choice}
    figures = {(figure.measure, figure.year): figure for figure in row.figures}

    def verdict_with(figures: Figures) -> str:
        taken = {key: outcome(clause, figures, document.as_of) for key, clause in clauses.items()}
        return combined(possible, {key: result.state for key, result in taken.items() if result is not None})

    verdict = combined(possible, {key: result.state for key, result in outcomes.items()})
    if verdict == UNDETERMINED:
        verdict = answer_of_every_choice(figures, list(clauses.values()), document.as_of, verdict_with)
    if row.verdict != verdict:
        yield _about(row, What.VERDICT, row.verdict, verdict, _VERDICT)
        return
    last = _last_figure(row, clauses.values(), document.as_of)
    if last is None:
        return

    def verdict_at(households: int) -> str:
        return verdict_with({**figures, (last.measure, last.year): with_count(last, households)})

    recomputed = margin(verdict, last.count or 0, _most(row, last, clauses.values()), verdict_at)
    # Beside an open figure the margin is often not known: then none is told, and never another one.
    is_untold = row.margin is None and any(
        _looks_at_gaps(clause, figures, document.as_of) for clause in clauses.values()
    )
    if recomputed != row.margin and not is_untold:
        yield _about(row, What.MARGIN, count_text(row.margin), count_text(recomputed), _MARGIN)


def _looks_at_gaps(clause: Clause, figures: Figures, as_of: int) -> bool:
    return None in figures_of(clause, figures, looked_at(clause, figures, as_of)[1])


def _last_figure(row: Row, clauses: Collection[Clause], as_of: int) -> Figure | None:
    """Return the figure whose count a margin speaks of.

    None where clauses look at several counts, round them first or ask for one number alone, and where a figure is a
    range: then no one place is known at which the verdict changes.
    """
    figures = {(figure.measure, figure.year): figure for figure in row.figures}
    odd = any(
        clause.rounded_to is not None or clause.other_lines or (clause.comparison == "=" and Decimal(clause.threshold))
        for clause in clauses
    )
    known = {clause.measure for clause in clauses if figures_of(clause, figures, [as_of]) != [None]}
    if odd or len(known) != 1 or any(figure.divided or figure.printed or figure.bounds for figure in row.figures):
        return None
    return figures[known.pop(), as_of]


def _most(row: Row, last: Figure, clauses: Collection[Clause]) -> int:
    """Return the largest count there can be: all households; where they are not known, more than any bound there is."""
    if last.households is not None:
        return last.households
    counts = [figure.count or 0 for figure in row.figures if figure.measure == last.measure]
    return 1 + max(*counts, *(int(Decimal(clause.threshold)) for clause in clauses))


def _about(row: Row, what: What, stated: str, recomputed: str, text: Text, rule: str = "") -> Difference:
    return Difference(what, stated, recomputed, text, row.unit_code, row.unit_name, rule)


def _applies(known: bool | None) -> str:
    return "may_apply" if known is None else "applies" if known else "does_not_apply"


_APPLIES: Final = Text("điều kiện có áp dụng cho đơn vị hay không", "whether the clause applies to the unit")
_UNKNOWN_TEST: Final = Text("chưa có cách kiểm lại loại điều kiện này", "this kind of clause cannot be taken again yet")
_THRESHOLD: Final = Text("mức yêu cầu ghi ở đơn vị và ở quy định", "the threshold of the unit and of the rules")
_VALUE: Final = Text("mức giảm năm {year}, tính lại từ số liệu", "the fall of {year}, taken again from the figures")
_PATH: Final = Text("kết quả của điều kiện, tính lại", "the answer of the clause, taken again")
_VERDICT: Final = Text("kết quả của đơn vị, tính lại", "the verdict, taken again")
_MARGIN: Final = Text("số hộ còn cách, tính lại", "the margin, taken again")
