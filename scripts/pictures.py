"""Make the pictures of the papers that docs/papers.md shows: `python scripts/pictures.py`.

Needs LibreOffice, pdftoppm (poppler-utils) and Chromium. The papers are those of the sample province, whose figures are
illustrative, and of an office that is none.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = TOP / "docs" / "pictures"
_PROGRAM: Final = "from thidua_cli.cli.main import run; run()"
_SAMPLE: Final = TOP / "sample_data" / "dien-bien"
_JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", "2025")
_DOTS_PER_INCH: Final = "70"
OFFICE: Final = """[office]
superior = "UBND tỉnh Điện Biên"
agency = "Sở Nông nghiệp và Môi trường"
place = "Điện Biên"
number = "00/BC-SNNMT"
date = 2025-12-31
signer_title = "Giám đốc"
recipients = ["UBND tỉnh", "Lưu: VT"]
"""
"""What stands around the text of the pictures: no number and no name of a person."""


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "thidua.toml").write_text(OFFICE, encoding="utf-8")
        _thidua(work, "report", "--unit", "11", "-o", "report.pdf")
        _page(work / "report.pdf", "report")
        _thidua(work, "report", "--unit", "03172", "-o", "commune.docx")
        _page(_as_pdf(work / "commune.docx"), "commune")
        _thidua(work, "export", "-o", "pack.xlsx")
        _page(_as_pdf(work / "pack.xlsx"), "export")
        _thidua(work, "report", "--overview", "-o", "tong-hop.html")
        _screenshot(work / "tong-hop.html", "overview")


def _thidua(work: Path, command: str, *options: str) -> None:
    arguments = [sys.executable, "-c", _PROGRAM, command, str(_SAMPLE), *_JUDGED, *options, "--fail-on", "never"]
    subprocess.run(arguments, check=True, cwd=work, stderr=subprocess.DEVNULL)


def _as_pdf(file: Path) -> Path:
    profile = f"-env:UserInstallation={(file.parent / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return file.with_suffix(".pdf")


def _page(file: Path, name: str) -> None:
    """Draw the first page."""
    target = PICTURES / name
    subprocess.run(
        ["pdftoppm", "-png", "-gray", "-r", _DOTS_PER_INCH, "-singlefile", str(file), str(target)], check=True
    )


def _screenshot(page: Path, name: str) -> None:
    browser = shutil.which("chromium") or "chromium"
    shot = f"--screenshot={PICTURES / name}.png"
    command = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,800", shot]
    subprocess.run([*command, page.as_uri()], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
