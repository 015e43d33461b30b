"""Put what the program really prints into README.md and README.vi.md: `python scripts/write_sessions.py`.

The text between the two marks is replaced; long outputs are cut after a few lines, and "…" says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

TOP: Final = Path(__file__).resolve().parent.parent
READMES: Final = {"README.md": "en", "README.vi.md": "vi"}
BEGIN: Final = "<!-- session: written by scripts/write_sessions.py -->\n"
END: Final = "<!-- end of session -->\n"
_PROGRAM: Final = "from thidua_cli.cli.main import run; run()"


class Step(NamedTuple):
    """One command of the session and how much of its output is shown."""

    command: str
    lines: int


SESSION: Final = (
    Step("thidua check sample_data/dien-bien", 3),
    Step("thidua rates sample_data/dien-bien --level province", 8),
    Step("thidua eligible sample_data/dien-bien --rules qd-666-ttg --as-of 2025", 8),
    Step("thidua check sample_data/faulty", 9),
    Step(
        "thidua eligible sample_data/dong-giang/*.xlsx --rules qd-666-ttg --as-of 2024"
        " --classes sample_data/dong-giang/classes.csv",
        13,
    ),
)
"""A province of today first; then what is wrong with a file, and a district of the time when there were such."""


def main() -> None:
    """Rewrite the sessions of both pages."""
    for name, language in READMES.items():
        page = TOP / name
        page.write_text(with_session(page.read_text("utf-8"), session(language)), encoding="utf-8")


def with_session(page: str, text: str) -> str:
    """Return the page with `text` between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{text}{END}{after}"


def session(language: str) -> str:
    """Return the whole session in one language as a Markdown block."""
    return "\n```console\n" + "\n".join(_shown(step, language) for step in SESSION) + "```\n\n"


def _shown(step: Step, language: str) -> str:
    # The program expands *.xlsx itself, as it must on Windows.
    arguments = step.command.split()[1:]
    environment = {**os.environ, "THIDUA_LANG": language, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment, cwd=TOP)
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    shown = lines if len(lines) <= step.lines else [*lines[: step.lines], "…"]
    return f"$ {step.command}\n" + "".join(f"{line}\n" for line in shown)


if __name__ == "__main__":
    main()
