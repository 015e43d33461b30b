"""What LibreOffice makes of a document: the text of its pages, or what its formulas come to."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import openpyxl
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


CALC = "libsclo.so"
"""The part that opens workbooks."""


def calculated(content: bytes) -> bytes:
    """Return a workbook with every formula calculated anew; skips where LibreOffice Calc is not installed.

    openpyxl writes formulas without their values, so that LibreOffice has none that it could keep.
    """
    if OFFICE is None or not (Path(OFFICE).resolve().parent / CALC).exists():
        pytest.skip("needs LibreOffice Calc")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        openpyxl.load_workbook(BytesIO(content)).save(place / "so.xlsx")
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [OFFICE, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        command += ["--outdir", str(place / "anew"), str(place / "so.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (place / "anew" / "so.xlsx").read_bytes()
