"""How much of a result was taken again, by the second implementation alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from thidua_cli.read.source import Source
from thidua_cli.verify.by_name import Bearer, NameResult
from thidua_cli.verify.cells import MatchedFiles
from thidua_cli.verify.difference import Counts, Portion, What
from thidua_cli.verify.said import Figure, SaidFile


def counts_of(
    bearers: Iterable[Bearer], stated: Iterable[SaidFile], files: MatchedFiles, left: Collection[str], names: NameResult
) -> Counts:
    """Count what was taken again.

    Args:
        bearers: Every unit of the result with its figures.
        stated: The files that the result lists.
        files: Those of them that were given.
        left: Codes of units of which an answer was not taken again.
        names: What the rows say of whose the figures are.
    """
    every = list(bearers)
    codes = {bearer.code for bearer in every}
    figures = [taken for bearer in every for figure in bearer.figures for taken in _taken(figure, files.sources)]
    listed = {file.file for file in stated}
    told = files.differences
    wrong = {difference.stated for difference in told if difference.what is What.FILE_MISSING}
    changed = sum(1 for difference in told if difference.what is What.FILE_CHANGED)
    named = names.confirmed + names.unnamed + len(names.differences)
    return Counts(
        Portion(sum(figures), len(figures)),
        Portion(len(codes.difference(left)), len(codes)),
        Portion(len(listed - wrong) - changed, len(listed | wrong)),
        Portion(names.confirmed, named),
    )


def _taken(figure: Figure, given: Mapping[str, Source]) -> Iterable[bool]:
    """Yield, for every number of a figure, whether it was read again; what the user shared out stands in no cell."""
    for part in (*figure.parts, *figure.beside):
        if part.value is not None:
            yield bool(part.cells) and all(cells.file in given for cells in part.cells)
    for rate in figure.printed.rates if figure.printed is not None else ():
        yield bool(rate.cells) and all(cells.file in given for cells in rate.cells)
