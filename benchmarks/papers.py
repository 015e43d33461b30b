"""Measure what is handed in against plain loops over the libraries: `python benchmarks/papers.py --pairs 5`.

The loops write the same content: what the program wrote is taken apart once, uncounted, by `taken_apart.py`, and
written again by `plain_papers.py` from a file that costs next to nothing to load. They read no household counts; the
program reads, checks and judges them too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inputs import EARLIER, NATION, PAPERS, REPORTED
from measuring import measured_pair, table_line

PLAIN: Final = "benchmarks/plain_papers.py"
APART: Final = "benchmarks/taken_apart.py"
JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", "2024", "--fail-on", "never", "--quiet")
TODAY: Final = ("--boundaries", "2025-12-31")


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of the table: a command of the program, and the loop or command it is held against."""

    work: str
    command: tuple[str, ...]
    against: str
    kind: str
    """What `plain_papers.py` writes; empty where the program as it was earlier is the measure."""
    earlier: tuple[str, ...] = ()
    goal: float = 1.0
    is_per_cell: bool = False
    """Whether the time is held against the number of cells of the workbooks that both write."""


def _reports(kind: str) -> tuple[str, ...]:
    return ("report", str(REPORTED), "--each", "commune", "-o", str(PAPERS / kind), "--format", kind, "--force")


PACK: Final = PAPERS / "pack.xlsx"
EXPORT: Final = ("export", str(NATION), "-o", str(PACK), "--force")
OVERVIEW: Final = ("report", str(NATION), "--overview", "-o", str(PAPERS / "tong-hop.html"), "--force")
EARLIER_PACK: Final = PAPERS / "earlier-pack.xlsx"
EARLIER_EXPORT: Final = ("export", str(NATION), "-o", str(EARLIER_PACK), "--force")
VERDICTS: Final = ("eligible", str(NATION), "--format", "json", "-o", str(PAPERS / "earlier.json"), "--force")

ROWS: Final = (
    Paper("500 reports, .xlsx", _reports("xlsx"), "XlsxWriter, one after the other", "xlsx", goal=0.65),
    Paper("500 reports, .docx", _reports("docx"), "docxtpl, one template", "docx", goal=0.25),
    Paper("500 reports, .pdf", _reports("pdf"), "typst, called once per file", "pdf", goal=0.55),
    Paper("export, every commune × 4 years", EXPORT, "XlsxWriter, the same cells", "pack", goal=1.6),
    Paper(
        "the same, per cell",
        EXPORT,
        "export as it was earlier, per cell",
        "",
        EARLIER_EXPORT,
        0.5,
        is_per_cell=True,
    ),
    Paper(
        "overview, today's communes × 4 years",
        (*OVERVIEW, *TODAY),
        "eligible as JSON, as it was earlier",
        "",
        (*VERDICTS, *TODAY),
        2.0,
    ),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the rows asked for and print the table."""
    parser = argparse.ArgumentParser(description="Measure papers against plain loops, in pairs of whole processes.")
    parser.add_argument("-n", "--pairs", type=int, default=5, help="counted pairs of runs for each row (default 5)")
    parser.add_argument("rows", nargs="*", type=int, help="rows of the table to measure, from 1 (default all)")
    options = parser.parse_args(arguments)
    shutil.rmtree(PAPERS, ignore_errors=True)
    PAPERS.mkdir(parents=True)
    print(f"\nPapers, medians of {options.pairs} pairs.\n")
    print(table_line("work", "against", "time: ratio", "goal", "memory: ratio", "ok?"))
    print(table_line("---", "---", "---:", "---:", "---:", "---"))
    for number, paper in enumerate(ROWS, start=1):
        if paper.earlier and not EARLIER.exists():
            print(
                table_line(paper.work, paper.against, "not measured: the earlier version is not installed", *[""] * 3)
            )
        elif not options.rows or number in options.rows:
            print(_row(paper, options.pairs), flush=True)


def _row(paper: Paper, pairs: int) -> str:
    ours = (str(Path(sys.executable).parent / "thidua"), *paper.command, *JUDGED)
    if paper.earlier:
        theirs: tuple[str, ...] = (str(EARLIER), *paper.earlier, *JUDGED)
    else:
        content = PAPERS / f"{paper.kind}.content"
        subprocess.run(ours, check=True)
        subprocess.run((sys.executable, APART, paper.kind, _written(paper), str(content)), check=True)
        theirs = (sys.executable, PLAIN, paper.kind, str(content), str(PAPERS / f"plain-{paper.kind}"))
    pair = measured_pair(ours, theirs, pairs)
    time = pair.time * (_cells(EARLIER_PACK) / _cells(PACK) if paper.is_per_cell else 1)
    return table_line(
        paper.work,
        paper.against,
        f"{time:.2f} ({pair.seconds[0]:.2f} / {pair.seconds[1]:.2f} s)",
        f"{paper.goal:.2f}",
        f"{pair.memory:.2f} ({pair.mib[0]:.0f} / {pair.mib[1]:.0f} MiB)",
        "yes" if time <= paper.goal else "NO",
    )


def _cells(workbook: Path) -> int:
    with zipfile.ZipFile(workbook) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(package.read(name).count(b"<c ") for name in sheets)


def _written(paper: Paper) -> str:
    return paper.command[paper.command.index("-o") + 1]


if __name__ == "__main__":
    main()
