"""Measure how soon the page of all communes can be used in headless Chromium: `python benchmarks/overview.py -n 5`.

Of today's communes and of those before the reform, at four year-ends. From the opening of the file to the page being
ready, and from each act until what it changes is laid out: all that an officer waits for. Needs the developer's
environment (playwright) and a Chromium of the system.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from inputs import NATION, PAPERS
from measuring import median, table_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GOAL_SECONDS: Final = 2.0
GOAL_BYTES: Final = 15_000_000
PAGES: Final = {"today's communes": ("--boundaries", "2025-12-31"), "communes until the reform": ()}
JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", "2024", "--fail-on", "never", "--quiet", "--overview", "--force")
ACTS: Final = {
    "search": "searchFor('yen binh'); refresh()",
    "all again": "searchFor(''); refresh()",
    "filter": "filterBy('level', UNITS.at(-1).level); refresh()",
    "sort": "sortFrom('fallPercent')",
    "sort by name": "sortFrom('name')",
    "panel": "await panel.open(unitTable.units, 0)",
    "tiles": "panel.dialog.close(); toolbar.choose('tiles')",
    "map": "toolbar.choose('map')",
}
"""What is done on the page, in this order; each goes on from the one before."""
LAID_OUT: Final = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row per page and act; the status is 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description="Measure the page of all units in headless Chromium.")
    parser.add_argument("-n", "--runs", type=int, default=5, help="openings of each page (default 5)")
    runs = parser.parse_args(arguments).runs
    path = shutil.which("chromium")
    if path is None:
        print("\nThe page of all units: not measured, there is no Chromium here.")
        return 0
    from playwright.sync_api import sync_playwright

    print(f"\nThe page of all units in headless Chromium, medians of {runs} openings.\n")
    print(table_line("page", "MB", "act", "seconds", "goal", "ok?"))
    print(table_line("---", "---:", "---", "---:", "---:", "---"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        missed = [
            line for name, options in PAGES.items() for line in _rows(browser, name, options, runs) if "NO" in line
        ]
        browser.close()
    return bool(missed)


def _rows(browser: Browser, name: str, options: Sequence[str], runs: int) -> Iterator[str]:
    file = _written(options)
    megabytes = file.stat().st_size / 1e6
    opened = [_seconds(browser, file) for _ in range(runs)]
    for act in opened[0]:
        seconds = median([run[act] for run in opened])
        fits = seconds <= GOAL_SECONDS and file.stat().st_size <= GOAL_BYTES
        cells = (name, f"{megabytes:.1f}", act, f"{seconds:.2f}", f"{GOAL_SECONDS:.1f}", "yes" if fits else "NO")
        print(table_line(*cells), flush=True)
        yield cells[-1]


def _written(options: Sequence[str]) -> Path:
    PAPERS.mkdir(parents=True, exist_ok=True)
    file = PAPERS / "page.html"
    program = (sys.executable, "-m", "thidua_cli", "report", str(NATION), *JUDGED, "-o", str(file), *options)
    subprocess.run(program, check=True)
    return file.resolve()


def _seconds(browser: Browser, file: Path) -> dict[str, float]:
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    # Since the file was asked for: what the page itself took, without the driver's own way to it.
    ready = page.evaluate(f"async () => {{ {LAID_OUT}; return performance.now(); }}")
    seconds = {"open": ready / 1000, **{act: _act(page, script) for act, script in ACTS.items()}}
    page.close()
    return seconds


def _act(page: Page, script: str) -> float:
    begun = f"const begun = performance.now(); {script}; {LAID_OUT}; return performance.now() - begun;"
    milliseconds: float = page.evaluate(f"async () => {{ {begun} }}")
    return milliseconds / 1000


if __name__ == "__main__":
    sys.exit(main())
