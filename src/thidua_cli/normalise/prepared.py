"""Tables of data/ as every run reads them: parsed and folded before the program ships (data/prepared.json).

Parsing data/headings.toml and data/forms/*.toml and folding their headings took longer than a small table takes to be
read. scripts/write_prepared.py writes the file anew from these, and a test holds it equal to them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parents[1] / "data" / "prepared.json"


@lru_cache(maxsize=1)
def prepared() -> dict[str, list[Any]]:
    """Return the records of each table: "headings", "neutral" (phrases of headings) and "forms"."""
    tables: dict[str, list[Any]] = json.loads(_FILE.read_bytes())
    return tables
