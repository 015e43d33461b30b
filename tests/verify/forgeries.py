"""Whole forgeries: what somebody would do who wants another answer out of an honest result.

Each takes the document apart as a forger would, moving together whatever belongs together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Forge = Callable[[Any], None]


def _rows(document: Any, verdict: str) -> list[Any]:
    rows = [row for row in document["rows"] if row["verdict"] == verdict]
    assert rows, verdict
    return rows


def _failing(document: Any) -> Any:
    return next(row for row in _rows(document, "not_met") if row["figures"])


def _passed(row: Any) -> None:
    """Write a row as one that is met."""
    row.update(verdict="met", reason=None, margin_households=None, other_readings=[])
    for path in row["paths"]:
        path.update(verdict="met", reason=None)


def _counts(row: Any) -> Iterator[Any]:
    for figure in row["figures"]:
        yield from figure["parts"]


def _cells(row: Any) -> Iterator[Any]:
    for part in _counts(row):
        yield from part["cells"]


def met_without_cells(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    for part in _counts(row):
        part["cells"] = []


def met_without_counts(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    for figure in row["figures"]:
        figure.update(households=None, count=None)
        for part in figure["parts"]:
            part.update(value=None, cells=[])


def met_without_figures(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    row["figures"] = []


def met_without_paths(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    row["paths"] = []


def met_by_a_file_that_is_not_there(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    for cells in _cells(row):
        cells["file"] = "không-có.xlsx"


def met_by_a_listed_file_that_is_not_there(document: Any) -> None:
    met_by_a_file_that_is_not_there(document)
    document["files"].append({"file": "không-có.xlsx", "sha256": "", "role": "observations"})


def met_by_the_cells_of_a_unit_that_is(document: Any) -> None:
    row, other = _failing(document), _rows(document, "met")[0]
    for key in ("figures", "paths", "verdict", "reason", "margin_households", "other_readings"):
        row[key] = other[key]


def met_by_falling_counts(document: Any) -> None:
    """The last count is 1, and everything that follows from it is written so."""
    row = _failing(document)
    _passed(row)
    last = max(row["figures"], key=lambda figure: figure["year"])
    last["count"] = 1
    whole, first, *others = last["parts"]
    first["value"] = 1
    for part in others:
        part["value"] = 0
    for path in row["paths"]:
        for value in path["values"]:
            value.update(value=99.0, exact="99/1")
    assert whole["value"]


def met_under_another_class(document: Any) -> None:
    row = _failing(document)
    _passed(row)
    row["classes"] = ["coastal_commune"]
    row["unknown_classes"] = []


def not_met_left_out(document: Any) -> None:
    document["rows"] = [row for row in document["rows"] if row["verdict"] != "not_met"]


def all_left_out(document: Any) -> None:
    document["rows"] = []


def met_said_twice(document: Any) -> None:
    document["rows"].append(_rows(document, "met")[0])


def no_files(document: Any) -> None:
    document["files"] = []


def a_file_left_out(document: Any) -> None:
    """One year's form, with every figure of that year."""
    file = next(file for file in document["files"] if file["role"] == "observations")
    document["files"].remove(file)
    for row in document["rows"]:
        kept = [fig for fig in row["figures"] if all(cells["file"] != file["file"] for cells in _cells_of(fig))]
        row["figures"] = kept


def _cells_of(figure: Any) -> Iterator[Any]:
    for part in figure["parts"]:
        yield from part["cells"]


def hashes_blanked(document: Any) -> None:
    for file in document["files"]:
        file["sha256"] = ""


def roles_exchanged(document: Any) -> None:
    for file in document["files"]:
        file["role"] = "classes"


def _exchanged(*keys: str) -> Forge:
    def forge(document: Any) -> None:
        first, second = _failing(document), next(row for row in _rows(document, "met") if row["figures"])
        for key in keys:
            first[key], second[key] = second[key], first[key]

    return forge


def an_end_invented(document: Any) -> None:
    row = _failing(document)
    row.update(ended_on="2024-07-01", verdict="undetermined", paths=[], margin_households=None, figures=[])


def namesakes_invented(document: Any) -> None:
    row = _failing(document)
    named = {"unit_code": row["unit_code"], "unit_name": row["unit_name"]}
    row.update(namesakes=[named, named], verdict="undetermined", paths=[], margin_households=None)


def figures_not_usable(document: Any) -> None:
    row = _failing(document)
    row.update(verdict="undetermined", margin_households=None)
    for figure in row["figures"]:
        figure["usable"] = False
    for path in row["paths"]:
        path["verdict"] = "undetermined"
        for value in path["values"]:
            value.update(value=None, exact=None)


def a_doubt_deleted(document: Any) -> None:
    row = next(row for row in document["rows"] if row["doubts"])
    row["doubts"] = []


def every_doubt_deleted(document: Any) -> None:
    for row in document["rows"]:
        row.update(doubts=[], margin_is_bound=False)


def a_doubt_invented(document: Any) -> None:
    doubts = next(row["doubts"] for row in document["rows"] if row["doubts"])
    row = next(row for row in document["rows"] if not row["doubts"])
    row["doubts"] = doubts


def a_waiver_invented(document: Any) -> None:
    for row in document["rows"]:
        for doubt in row["doubts"]:
            doubt["waived"] = {"who": "Nguyễn Văn A", "reason": "đã đối chiếu", "until": "2099-12-31"}


def every_limit_of_waivers(document: Any) -> None:
    a_waiver_invented(document)
    document["limits"].update(waivers="w.toml", waived_on="2026-01-01")


def _limited(**limits: Any) -> Forge:
    def forge(document: Any) -> None:
        document["limits"].update(limits)

    return forge


def limited_to_those_met(document: Any) -> None:
    """One unit is left, and the result says that no other was asked for."""
    row = _rows(document, "met")[0]
    document["rows"] = [row]
    document["limits"]["within"] = row["unit_code"]


def texts_rewritten(document: Any) -> None:
    for row in document["rows"]:
        row["reason"] = "Đạt tiêu chí."


def percents_rewritten(document: Any) -> None:
    for row in document["rows"]:
        for path in row["paths"]:
            for value in path["values"]:
                value["value"] = 12.34


def citations_rewritten(document: Any) -> None:
    for row in document["rows"]:
        for path in row["paths"]:
            path.update(citation="QĐ 1/QĐ-TTg", reading="hiểu rộng", unit="households")


def rules_softened(document: Any) -> None:
    for clause in document["clauses"]:
        clause["threshold"] = "0"
    for row in document["rows"]:
        for path in row["paths"]:
            path["threshold"] = 0
        if row["paths"]:
            _passed(row)


def another_year_judged(document: Any) -> None:
    document["as_of"] -= 1


def boundaries_rewritten(document: Any) -> None:
    document["boundaries"] = {"mode": "as-reported", "day": None}


def attested_by_nobody(document: Any) -> None:
    for row in document["rows"]:
        for item in row["attest"]:
            item.update(state="attested", who="Trần Văn Bình", date="2025-01-05")
        row["completeness"] = "complete"


OF_A_DISTRICT: Final[Mapping[str, Forge]] = {
    **{
        forge.__name__: forge
        for forge in (
            *(met_without_cells, met_without_counts, met_without_figures, met_without_paths, met_by_falling_counts),
            *(met_by_a_file_that_is_not_there, met_by_a_listed_file_that_is_not_there, met_under_another_class),
            *(met_by_the_cells_of_a_unit_that_is, not_met_left_out, all_left_out, met_said_twice, no_files),
            *(a_file_left_out, hashes_blanked, roles_exchanged, an_end_invented, namesakes_invented),
            *(figures_not_usable, a_doubt_deleted, every_doubt_deleted, a_doubt_invented, a_waiver_invented),
            *(every_limit_of_waivers, limited_to_those_met, texts_rewritten, percents_rewritten),
            *(citations_rewritten, rules_softened, another_year_judged, boundaries_rewritten),
        )
    },
    "names_exchanged": _exchanged("unit_name"),
    "codes_exchanged": _exchanged("unit_code"),
    "names_and_codes_exchanged": _exchanged("unit_name", "unit_code"),
    "cells_exchanged": _exchanged("figures"),
    "answers_exchanged": _exchanged("figures", "paths", "verdict", "reason", "margin_households", "other_readings"),
    "limited_to_a_tier": _limited(level="commune"),
    "limited_to_a_place": _limited(within="505"),
    "limited_to_a_unit": _limited(trace="505"),
    "limited_to_a_year": _limited(year=2024),
    "under_another_line": _limited(boundaries="as-reported"),
    "under_another_reading": _limited(readings=["average"]),
    "with_classes_of_nobody": _limited(classes=["lớp.csv"]),
}
"""Name → what is done to a district with a failing commune, one that is met, and a doubt."""
