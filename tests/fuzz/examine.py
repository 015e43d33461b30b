"""What must hold of any file whatever: findings or a refusal, in good time, and never an exception."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from thidua_cli import pipeline
from thidua_cli.language import Language

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
_SECONDS_PER_MEGABYTE = 10


def examine(content: bytes, suffix: str) -> list[str]:
    """Read and check a file of this content, write its findings in both languages, and return their codes."""
    started = time.monotonic()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"bieu-2023{suffix}"
        path.write_bytes(content)
        reading = pipeline.read([str(path)])
    findings = pipeline.check(reading)
    seconds = time.monotonic() - started
    assert seconds < _SECONDS_PER_MEGABYTE * max(1, len(content) / 2**20), f"{seconds:.1f} s"
    assert findings or len(reading.observations), "nothing was read and nothing is said"
    assert all(finding.message(language) for finding in findings for language in Language)
    return [finding.kind.code for finding in findings]
