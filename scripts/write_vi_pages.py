"""Put what the program really prints into the pages of docs/vi: `python scripts/write_vi_pages.py`.

In a block `console` every line that begins with "$ " is a command; what follows it is its output, kept as long as it is
on the page: its first lines, then "…" where more came. A block below `<!-- file: NAME -->` is a file that the commands
find beside the sample data. All commands of a page run in one folder, in their order.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parent.parent
PAGES: Final = tuple(sorted((TOP / "docs" / "vi").glob("*.md")))
MORE: Final = "…"
_PROGRAM: Final = "from thidua_cli.cli.main import run; run()"
_FILE: Final = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def main() -> None:
    """Rewrite the output on every page."""
    for path in PAGES:
        path.write_text(written(path.read_text("utf-8")), encoding="utf-8")


def written(page: str) -> str:
    """Return the page with the output its commands give today."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(TOP / "sample_data", folder / "sample_data")
        for file, text in _FILE.findall(page):
            (folder / file).write_text(text, encoding="utf-8")
        return _CONSOLE.sub(lambda block: _COMMAND.sub(lambda found: _step(found, folder), block[0]), page)


def _step(found: re.Match[str], folder: Path) -> str:
    command, shown = found[1], found[2].splitlines()
    kept = len([line for line in shown if line != MORE])
    lines = _output(command, folder)
    rest = [MORE] if len(lines) > kept and MORE in shown else []
    return "\n".join([f"$ {command}", *(lines[:kept] if rest else lines), *rest]) + "\n"


def _output(command: str, folder: Path) -> list[str]:
    """Return what a command prints.

    Raises:
        ValueError: It refuses to run: the page shows nothing of the kind.
    """
    environment = {**os.environ, "THIDUA_LANG": "vi", "PYTHONUTF8": "1"}
    arguments = [sys.executable, "-c", _PROGRAM, *shlex.split(command)[1:]]
    done = subprocess.run(arguments, capture_output=True, check=False, encoding="utf-8", env=environment, cwd=folder)
    if done.returncode not in (0, 1):  # 1: the figures have errors, as those of the page are meant to
        raise ValueError(f"{command}: {done.stderr}")
    return [line.rstrip() for line in done.stdout.splitlines()]


if __name__ == "__main__":
    main()
