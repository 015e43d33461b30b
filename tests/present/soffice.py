"""What LibreOffice makes of a document: the text of its pages."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
TO_TEXT = shutil.which("pdftotext")
WRITER = "libswlo.so"
"""The part of LibreOffice that opens documents; Debian has it in a package of its own."""


def converted(content: bytes, suffix: str) -> str:
    """Return the text of the pages, each ended by a form feed; skips where LibreOffice Writer is not installed."""
    if OFFICE is None or TO_TEXT is None or not (Path(OFFICE).resolve().parent / WRITER).exists():
        pytest.skip("needs LibreOffice Writer and pdftotext")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / f"van-ban{suffix}").write_bytes(content)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        file = str(place / f"van-ban{suffix}")
        command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shown = subprocess.run(
            [TO_TEXT, "-layout", place / "van-ban.pdf", "-"], check=True, capture_output=True, timeout=60
        )
    return shown.stdout.decode()
