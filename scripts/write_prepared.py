"""Write data/prepared.json anew: the headings and the forms of data/, parsed and folded once for all runs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import thidua_cli
from thidua_cli.normalise.sheet.heading_words import heading_key

DATA = Path(thidua_cli.__file__).parent / "data"
PREPARED = DATA / "prepared.json"


def prepared_text() -> str:
    """Return the file as it should be: a record a line, so that what changes can be seen."""
    headings = tomllib.loads((DATA / "headings.toml").read_text(encoding="utf-8"))
    tables: dict[str, list[Any]] = {
        "headings": [_heading(record, headings["groups"]) for record in headings["heading"]],
        "neutral": list(map(heading_key, headings["neutral"])),
        "forms": [record for path in sorted((DATA / "forms").glob("*.toml")) for record in _forms(path)],
    }
    parts = (f'"{name}": [\n{_lines(records)}\n]' for name, records in tables.items())
    return "{" + ",\n".join(parts) + "}\n"


def _lines(records: Sequence[Any]) -> str:
    return ",\n".join(json.dumps(record, ensure_ascii=False, default=date.isoformat) for record in records)


def _heading(record: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return an entry with groups ("@poor") replaced by their members, and its words as headings are compared."""
    spelt = {
        name: [each for entry in record.get(name, ()) for each in (groups[entry[1:]] if entry[0] == "@" else [entry])]
        for name in ("leaf", "under", "inside", "starts")
    }
    keys = {name: list(dict.fromkeys(map(heading_key, entries))) for name, entries in spelt.items()}
    return {"meaning": record["meaning"], **keys, "printed": spelt["leaf"]}


def _forms(path: Path) -> list[dict[str, Any]]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return [document.get("circular", {}) | _form(record) for record in document["form"]]


def _form(record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, "known_by_headings": list(map(heading_key, record.get("known_by_headings", ())))}


if __name__ == "__main__":
    PREPARED.write_text(prepared_text(), encoding="utf-8")
