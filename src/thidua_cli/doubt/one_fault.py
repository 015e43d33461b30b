"""Findings that one other value in one cell would mend together, where no other cell would: they have one cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from thidua_cli.doubt.candidates import ELSEWHERE, Candidates, OtherValue, Question
from thidua_cli.doubt.domain import Domain, met
from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import Cell
from thidua_cli.findings import Finding
from thidua_cli.model import Origin


def faults_of_one_cell(
    network: Network, candidates: Candidates | None, asked: Sequence[Question], findings: Sequence[Finding]
) -> Iterator[tuple[Finding, Finding]]:
    """Yield each finding that is the echo of another, with that one, which stands at the wrong cell or in its row."""
    if candidates is None:
        return
    shared = _shared_cells(asked)
    explained = [
        # a finding that shares no cell with another one has no cause in common with it: most often nearly all of them
        {} if shared.isdisjoint(question.relation.cells) else _by_cell(candidates.explained(question.relation))
        for question in asked
    ]
    told, at_place = set[int](), _at_place(findings)
    for cell, together in sorted(_groups(explained).items(), key=lambda group: -len(group[1])):
        if told.isdisjoint(together) and _is_only_one(cell, [explained[place] for place in together]):
            group = [asked[place].finding for place in together]
            cause = _head(network.origin(cell), group, at_place)
            if cause is not None:
                told.update(together)
                yield from ((finding, cause) for finding in group if finding is not cause)


def _shared_cells(asked: Sequence[Question]) -> set[Cell]:
    """Return the cells that the relations of several findings speak of."""
    numbers = Counter(cell for question in asked for cell in set(question.relation.cells))
    return {cell for cell, number in numbers.items() if number > 1}


def _by_cell(changes: Sequence[OtherValue]) -> dict[Cell, Domain]:
    return {change.cell: change.domain for change in changes}


def _groups(explained: Sequence[Mapping[Cell, Domain]]) -> dict[Cell, list[int]]:
    """Return the cells of which one value mends several findings → these, by their place."""
    places: dict[Cell, list[int]] = {}
    for place, changes in enumerate(explained):
        for cell in changes if ELSEWHERE.cell not in changes else ():
            places.setdefault(cell, []).append(place)
    return {
        cell: together
        for cell, together in places.items()
        if len(together) > 1 and met(explained[place][cell] for place in together).only is not None
    }


def _is_only_one(cell: Cell, explained: Sequence[Mapping[Cell, Domain]]) -> bool:
    """Say whether no other cell has a value that would mend all these findings as well."""
    first, *others = explained
    return not any(
        all(other in changes for changes in others) and not met(changes[other] for changes in explained).is_empty
        for other in first
        if other != cell
    )


def _at_place(findings: Sequence[Finding]) -> dict[Origin, Finding]:
    """Return place → the first finding that stands there."""
    first: dict[Origin, Finding] = {}
    for finding in findings:
        first.setdefault(finding.origin, finding)
    return first


def _head(place: Origin, group: Sequence[Finding], at_place: Mapping[Origin, Finding]) -> Finding | None:
    """Return the finding that stands at the wrong cell, or else one of the group in its row."""
    at_cell = [at_place[place]] if place in at_place else []
    in_row = [finding for finding in group if finding.origin._replace(column=place.column) == place]
    return next(iter([*(finding for finding in group if finding.origin == place), *in_row, *at_cell]), None)
