"""Doubts for machines: the same record on the rows of every answer, and short words in a cell of CSV."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.present.toolkit.cell_ranges import cell_record


def doubt_records(doubts: Iterable[Doubt]) -> list[dict[str, object]]:
    """Return one record per figure and finding; none of a row whose figures nobody doubts."""
    return [
        {
            "code": doubt.finding.kind.code,
            "finding": cell_record(doubt.finding.origin),
            "figure": {
                **cell_record(doubt.figure),
                "unit_code": doubt.unit_code,
                "year": doubt.year,
                "column": doubt.column,
            },
            "printed": doubt.printed,
            "values": _values(doubt),
            "effect": doubt.effect.value,
            "waived": _waived(doubt),
        }
        for doubt in doubts
    ]


def _values(doubt: Doubt) -> object:
    if doubt.values is not None:
        return list(doubt.values)
    return None if doubt.ends is None else dict(zip(("low", "high"), doubt.ends, strict=True))


def _waived(doubt: Doubt) -> dict[str, object] | None:
    accepted = doubt.waived
    if accepted is None:
        return None
    return {"who": accepted.who, "reason": accepted.reason, "until": accepted.until.isoformat()}


def doubts_field(doubts: Iterable[Doubt]) -> str:
    """Return what a person filters by in a spreadsheet: code, cell and what the figure may be; each once.

    "S002 E13 26|262; V006 E13 26|262 waived (who, until: why)"; "26..262" where it may be anything between two numbers.
    """
    return "; ".join(dict.fromkeys(map(_short, doubts)))


def _short(doubt: Doubt) -> str:
    values = "" if doubt.values is None else "|".join(map(str, doubt.values))
    between = "" if doubt.ends is None else "..".join(map(str, doubt.ends))
    accepted = doubt.waived
    waived = "" if accepted is None else f"waived ({accepted.who}, {accepted.until.isoformat()}: {accepted.reason})"
    parts = (doubt.finding.kind.code, doubt.figure.cell or "", values or between, waived)
    return " ".join(part for part in parts if part)
