"""Copies of the sample district in which somebody typed a wrong number into one cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from zipfile import ZipFile

_SAMPLES: Final = Path(__file__).parents[1] / "sample_data" / "dong-giang"
_SHEET: Final = "xl/worksheets/sheet1.xml"


def spoilt_district(folder: Path, cell: str = "E13", value: str = "26", year: int = 2024) -> Path:
    """Write the four workbooks of the sample district, one cell of one year changed; return their folder.

    Totals are formulas with their stored values and stay as they are: the sum no longer fits. By default 262 poor
    households of a commune become 26.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(_SAMPLES.glob("*.xlsx")):
        content = source.read_bytes()
        (folder / source.name).write_bytes(content)
        if source.stem.endswith(f"_{year}"):
            _with_value(source, folder / source.name, cell, value)
    return folder


def _with_value(source: Path, target: Path, cell: str, value: str) -> None:
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == _SHEET:
                pattern = rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)'
                text, changed = re.subn(pattern, rf"\g<1>{value}\g<2>", content.decode())
                assert changed == 1, cell
                content = text.encode()
            new.writestr(part, content)
