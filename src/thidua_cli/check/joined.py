"""Rows of one unit and year-end that are parts of one report: the results of one form, the movements of others.

What is a part of what is told by `normalise.forms.report_parts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from thidua_cli.model import COUNTS, Status
from thidua_cli.normalise.forms.register import ReportPart
from thidua_cli.normalise.forms.report_parts import are_parts, parts_of
from thidua_cli.observations import MISSING, Observations


@dataclass(slots=True)
class Joined:
    """What came of rows that speak of one unit and year-end."""

    observations: Observations
    """The same rows; a row that stands for several holds the counts of all, and they hold none."""
    standing: dict[int, int] = field(default_factory=dict)
    """Row that stood for its unit and year-end → the row that does now."""
    twice: list[tuple[int, int]] = field(default_factory=list)
    """(row, earlier row) that are no parts of one report."""
    differing: list[tuple[int, int, str]] = field(default_factory=list)
    """(row, other row, count) where two parts of one status hold different values; `row` keeps its own."""
    mixed: list[tuple[int, int]] = field(default_factory=list)
    """(row, other row) that are parts of one report, the one preliminary and the other final."""


def join_forms(observations: Observations, twice: Sequence[tuple[int, int]]) -> Joined:
    """Join what are parts of one report; `twice` are pairs (row, row that stands for its unit and year-end)."""
    # a copy: the rows as read stay what findings point to, and what is exported
    view = replace(observations, counts={name: column[:] for name, column in observations.counts.items()}, borrowed={})
    joined = Joined(view)
    groups: dict[int, list[int]] = {}
    for row, standing in twice:
        groups.setdefault(standing, [standing]).append(row)
    for standing, rows in groups.items():
        _join(joined, observations, standing, rows)
    return joined


def _join(joined: Joined, observations: Observations, standing: int, rows: list[int]) -> None:
    # the results lead: a movement has no number of households, without which no rate can be taken
    main, *others = sorted(rows, key=lambda row: (ReportPart.RESULTS not in parts_of(observations, row), row))
    members = [main]
    for row in others:
        alike = [member for member in members if not are_parts(observations, member, row)]
        if alike:
            joined.twice.append((max(row, alike[0]), min(row, alike[0])))
        else:
            members.append(row)
            _merge(joined, main, row)
    if main != standing:
        joined.standing[standing] = main


def _merge(joined: Joined, main: int, row: int) -> None:
    """Let `main` hold the counts of `row` too; of a preliminary and a final count the final one stands."""
    view = joined.observations
    if view.status[main] is not view.status[row]:
        preliminary, final = (main, row) if view.status[main] is Status.PRELIMINARY else (row, main)
        joined.mixed.append((preliminary, final))
    for name in COUNTS:
        column = view.counts.get(name)
        if column is None or column[row] == MISSING:
            continue
        holder = view.borrowed.get((main, name), main)
        if column[main] == MISSING or _is_replaced(view, holder, row):
            column[main] = column[row]
            view.borrowed[main, name] = row
        elif column[main] != column[row] and view.status[holder] is view.status[row]:
            joined.differing.append((holder, row, name))
        column[row] = MISSING


def _is_replaced(view: Observations, holder: int, row: int) -> bool:
    return view.status[holder] is Status.PRELIMINARY and view.status[row] is Status.FINAL


def without_echoes(observations: Observations, rows: Iterable[int]) -> list[int]:
    """Return the rows of units of which no child is among the rows too: a wrong commune makes its district wrong."""
    listed = list(rows)
    parents = {(observations.parent_code[row], observations.year[row]) for row in listed}
    return [row for row in listed if (observations.unit_code[row], observations.year[row]) not in parents]
