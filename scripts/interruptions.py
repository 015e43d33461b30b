"""Kill and interrupt runs of the program at random moments; count what is half, lost or left behind: nothing may be.

    python scripts/interruptions.py                          # 200 kills and 70 interruptions
    python scripts/interruptions.py --kills 20 --interrupts 20 --seed 3

Everything happens in a folder of its own, and only processes that were started here are signalled. After each run
another one writes into the same folder: it is to sweep what a killed one left.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).parents[1]
PROGRAM: Final = (sys.executable, "-m", "thidua_cli")
_TABLES: Final = sorted(map(str, TOP.glob("sample_data/dong-giang/*.xlsx")))
_JUDGED: Final = ("--rules", "qd-666-ttg", "--as-of", "2024", "--force")
COMMANDS: Final = {
    "import": ("import", *_TABLES, "--force", "-o", "data.csv"),
    "import of many": ("import", "many", "--force", "-o", "many.csv"),
    "export": ("export", *_TABLES, *_JUDGED, "-o", "pack.xlsx"),
    "check": ("check", *_TABLES, "--force", "-o", "check.json"),
    "report of each": (
        *("report", *_TABLES, "--each", "commune", *_JUDGED[2:], "--format", "markdown", "-o", "reports"),
    ),
    "report as .docx": ("report", *_TABLES, "--unit", "20473", *_JUDGED, "-o", "xa.docx"),
    "report as .pdf": ("report", *_TABLES, "--unit", "20473", *_JUDGED, "-o", "xa.pdf"),
    "overview": ("report", *_TABLES, "--overview", *_JUDGED, "-o", "tong-hop.html"),
}
EACH: Final = ("report", "many", "--each", "commune", "--format", "markdown", "--as-of", "2024", "--fail-on", "never")
_FAULTS: Final = ("half", "lost", "left", "trace", "silent", "orphan")


@dataclass(slots=True)
class Count:
    """What came of the runs of one kind of signal."""

    runs: int = 0
    stopped: int = 0
    """Runs that were still at work when the signal came."""
    parts: int = 0
    """Unfinished files that killed runs left, before the next run."""
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, kind: str, example: str) -> None:
        """Count a fault, and keep the first few of them."""
        self.faults[kind] += 1
        if len(self.examples) < 5:
            self.examples.append(f"{kind}: {example}")


class Ground:
    """A folder in which runs are killed, with the results of runs that were not."""

    def __init__(self, folder: Path, commands: Sequence[str]) -> None:
        self.folder, self.commands = folder, commands
        _write_many(folder / "many")
        self.seconds = {name: self._timed(name) for name in commands}
        self.whole = {path: path.read_bytes() for path in self._results()}
        assert self.whole

    def run(self, name: str, number: signal.Signals, moment: float, count: Count) -> None:
        """Run a command, signal it at a moment (0 its start, 1 its usual end), look around, and run another."""
        process = subprocess.Popen(
            [*PROGRAM, *COMMANDS[name]],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(self.seconds[name] * moment)
        stopped = process.poll() is None
        if stopped:
            # A terminal sends Ctrl-C to all processes of the run; a kill meets one.
            (os.killpg if number is signal.SIGINT else os.kill)(process.pid, number)
        _, told = process.communicate(timeout=120)
        count.runs, count.stopped = count.runs + 1, count.stopped + stopped
        self._look(name, number, told.decode(), process.returncode, stopped, count)
        self._look_for_orphans(process.pid, name, count)
        count.parts += len(list(self.folder.rglob(".*.part")))
        self._sweep()
        for part in self.folder.rglob(".*.part"):
            count.add("left", f"{name}: {part.name}")

    def _timed(self, name: str) -> float:
        started = time.monotonic()
        subprocess.run([*PROGRAM, *COMMANDS[name]], cwd=self.folder, check=False, capture_output=True, timeout=120)
        return time.monotonic() - started

    def _results(self) -> Iterator[Path]:
        folders = (self.folder, self.folder / "reports")
        return (path for folder in folders for path in folder.glob("*.*") if path.is_file() and path.name[0] != ".")

    def _look(self, name: str, number: int, told: str, status: int, stopped: bool, count: Count) -> None:
        for path, content in self.whole.items():
            if not path.exists():
                count.add("lost", f"{name}: {path.name}")
            elif path.read_bytes() != content and not _is_whole(path, content):
                count.add("half", f"{name}: {path.name}")
        if "Traceback" in told or "Error" in told:
            count.add("trace", f"{name}: {told[-300:]!r}")
        # A signal that comes before Python listens ends the process as the system does.
        elif stopped and number == signal.SIGINT and status == 130 and "đã dừng theo yêu cầu" not in told:
            count.add("silent", f"{name}: {told[-300:]!r}")

    def _look_for_orphans(self, session: int, name: str, count: Count) -> None:
        deadline = time.monotonic() + 3
        while (orphans := _processes_of(session)) and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in orphans:
            count.add("orphan", f"{name}: {process}")
            os.kill(process, signal.SIGKILL)

    def _sweep(self) -> None:
        for folder in (self.folder, self.folder / "reports"):
            if folder.exists():
                line = [*PROGRAM, "rules", "lines", "--force", "-o", str(folder / "next.json")]
                subprocess.run(line, check=True, capture_output=True, timeout=120)
                (folder / "next.json").unlink()


def _write_many(folder: Path) -> None:
    """Write enough small tables that helper processes read some of them."""
    folder.mkdir()
    for year in range(2015, 2025):
        for unit in range(20467, 20475):
            lines = "unit_code,year,households,poor_households", f"{unit},{year},{400 + year % 7},{90 + unit % 9}"
            (folder / f"{unit}-{year}.csv").write_text("\n".join(lines), "utf-8")


def _is_whole(path: Path, content: bytes) -> bool:
    """Say whether a result that was written anew is whole; times may differ in it."""
    if path.suffix in (".xlsx", ".docx"):
        return zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None
    if path.suffix == ".json":
        return set(json.loads(path.read_bytes())) == set(json.loads(content))
    return False


def _processes_of(session: int) -> list[int]:
    """Return the processes of a session that still run."""
    running = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, its_session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(its_session) == session and state != "Z":
                running.append(int(entry.name))
    return running


def measured(kills: int, interrupts: int, seed: int, commands: Sequence[str] = tuple(COMMANDS)) -> dict[str, Count]:
    """Return what came of so many kills and interruptions, in turn over the commands."""
    draw, folder = random.Random(seed), Path(tempfile.mkdtemp(prefix="thidua-interruptions-"))
    counts = {"SIGKILL": Count(), "SIGINT": Count()}
    try:
        ground = Ground(folder, commands)
        for number in range(kills + interrupts):
            kind = "SIGKILL" if number < kills else "SIGINT"
            name = commands[number % len(commands)]
            ground.run(name, signal.Signals[kind], draw.uniform(0, 1.05), counts[kind])
    except KeyboardInterrupt:
        pass  # what was counted so far is printed
    finally:
        shutil.rmtree(folder)
    return counts


def gone_on(kills: int, seed: int) -> Count:
    """Kill runs of reports, each in an empty folder, and go on with each; count what is half or otherwise in the end.

    Whatever has its name after a kill is a whole report, and what --resume makes of it is what no kill would have made.
    """
    draw, count, folder = random.Random(seed), Count(), Path(tempfile.mkdtemp(prefix="thidua-reports-"))
    try:
        _write_many(folder / "many")
        started = time.monotonic()
        subprocess.run([*PROGRAM, *EACH, "-o", "whole"], cwd=folder, check=True, capture_output=True, timeout=120)
        seconds = time.monotonic() - started
        whole = {path.name: path.read_bytes() for path in (folder / "whole").iterdir()}
        for number in range(kills):
            place = folder / str(number)
            _kill_and_go_on(place, seconds * draw.uniform(0.3, 1.05), whole, count)
    finally:
        shutil.rmtree(folder)
    return count


def _kill_and_go_on(place: Path, moment: float, whole: dict[str, bytes], count: Count) -> None:
    run = [*PROGRAM, *EACH, "-o", place.name]
    process = subprocess.Popen(run, cwd=place.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(moment)
    count.runs, count.stopped = count.runs + 1, count.stopped + (process.poll() is None)
    process.kill()
    process.wait()
    for path in place.glob("*.md"):
        if path.read_bytes() != whole[path.name]:
            count.add("half", path.name)
    done = subprocess.run([*run, "--resume"], cwd=place.parent, check=False, capture_output=True, timeout=120)
    if done.returncode != 0:
        count.add("trace", done.stderr.decode()[-300:])
    elif {path.name: path.read_bytes() for path in place.iterdir()} != whole:
        count.add("lost", f"{place.name}: {sorted(path.name for path in place.iterdir())[:5]}")


def main() -> int:
    """Print one row per signal; the status is 1 where anything is half, lost or left behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--interrupts", type=int, default=70)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    counts = measured(chosen.kills, chosen.interrupts, chosen.seed)
    counts["SIGKILL, then --resume"] = gone_on(chosen.kills // 5, chosen.seed)
    print(f"| signal | runs | stopped at work | parts before the next run | {' | '.join(_FAULTS)} |")
    for kind, count in counts.items():
        faults = " | ".join(str(count.faults[fault]) for fault in _FAULTS)
        print(f"| {kind} | {count.runs} | {count.stopped} | {count.parts} | {faults} |")
        print(*count.examples, sep="\n")
    return any(count.faults for count in counts.values())


if __name__ == "__main__":
    sys.exit(main())
