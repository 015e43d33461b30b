"""Hold the verdicts of the program against those of a plain script, unit by unit: `python benchmarks/verdicts.py`.

Two rows of `run.py` are measured against that script; their figures would mean nothing if it answered another question.
Where a disputed figure leaves an answer open, the script, which knows no doubts, gives the one of the printed figures.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

from inputs import CLASSES, MOVED, NATION_CSV, PLAIN_VERDICTS, VERDICTS
from plain_verdicts import judged


def main() -> None:
    """Print how many answers agree.

    Raises:
        SystemExit: Some answer differs that no doubt leaves open.
    """
    command = ("eligible", str(NATION_CSV), "--rules", "qd-666-ttg", "--as-of", "2024", "--format", "json")
    program = str(Path(sys.executable).parent / "thidua")
    subprocess.run((program, *command, "-o", str(VERDICTS), "--force", "--fail-on", "never", "--quiet"), check=True)
    rows = {row["unit_code"]: row for row in json.loads(VERDICTS.read_bytes())["rows"]}
    judged(NATION_CSV, MOVED, CLASSES).to_csv(PLAIN_VERDICTS, index=False)
    with PLAIN_VERDICTS.open(encoding="utf-8", newline="") as file:
        plain = {row["unit_code"]: row["verdict"] for row in csv.DictReader(file)}
    differing = [code for code in rows.keys() | plain.keys() if plain.get(code) != rows.get(code, {}).get("verdict")]
    disputed = [code for code in differing if code in rows and _is_open_by_doubt(rows[code])]
    print(f"\n{len(rows) - len(differing)} of {len(rows)} verdicts agree, {len(disputed)} open by disputed figures.")
    if len(differing) > len(disputed):
        raise SystemExit(f"differing: {sorted(set(differing) - set(disputed))[:10]}")


def _is_open_by_doubt(row: dict[str, object]) -> bool:
    doubts = row["doubts"]
    assert isinstance(doubts, list)
    return any(doubt["effect"] == "undetermined" for doubt in doubts)


if __name__ == "__main__":
    main()
