"""Spoil clean files and print how often the program was certain and wrong: `PYTHONPATH=scripts python -m doubts`.

python -m doubts --spoilings 6000 --processes 2     # the table; status 1 where the law does not hold
python -m doubts --sets district_plain --kinds blank zero
python -m doubts --again "district_plain/blank/3"   # one spoiling, with its findings and what failed
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from doubts.law import Court, Outcome
from doubts.pages import write_pages
from doubts.sets import MAKERS
from doubts.spoilings import KINDS_BY_WORD, draw
from doubts.tally import Tally, told
from thidua_cli.language import Language

_WEIGHT: Final = {"province_numbered": 0.4, "commune_folder": 0.8, "divided_wards": 0.7}
"""Share of spoilings of the sets that take longest."""
_SHARE: Final = 10
"""Spoilings that a process takes at a time."""

Job = tuple[str, str, range]
"""Name of a set, kind of spoiling, numbers."""


def main(arguments: Sequence[str]) -> int:
    """Print what fails as it comes, then the table; return the exit status."""
    options = _parser().parse_args(arguments)
    if options.again:
        return _again(options.again)
    tally, end = Tally(), time.monotonic() + 60 * options.minutes
    for outcome in outcomes(
        jobs(options.spoilings, options.sets, [KINDS_BY_WORD[word] for word in options.kinds]),
        options.processes,
        options.wrong_only,
    ):
        tally.add(outcome)
        if time.monotonic() > end:
            print(f"stopped after {options.minutes} minutes", file=sys.stderr)
            break
        if outcome in tally.failures[-1:]:
            print("\n".join(told(outcome)), file=sys.stderr, flush=True)
    print("\n".join(tally.lines(every=options.every)))
    if options.pages:
        write_pages(tally)
    return 0 if tally.holds else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doubts", description=__doc__.partition("\n")[0])
    parser.add_argument("--spoilings", type=int, default=6000, help="about so many in all")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60, help="stop then, and print what was taken")
    parser.add_argument("--sets", nargs="*", choices=list(MAKERS), default=list(MAKERS))
    parser.add_argument("--kinds", nargs="*", choices=list(KINDS_BY_WORD), default=list(KINDS_BY_WORD))
    parser.add_argument("--every", action="store_true", help="print a row for every set and kind too")
    parser.add_argument("--pages", action="store_true", help="write the table into docs/doubts.md and its sister")
    parser.add_argument("--wrong-only", action="store_true", help="faster: do not look for needless doubt")
    parser.add_argument("--again", metavar="SET/KIND/NUMBER", help="show one spoiling")
    return parser


def jobs(spoilings: int, sets: Sequence[str], kinds: Sequence[str]) -> list[Job]:
    """Divide about so many spoilings among sets and kinds, in shares for processes."""
    of_each = spoilings / sum(_WEIGHT.get(name, 1) * len(kinds) for name in sets)
    result = []
    for name in sets:
        count = max(round(of_each * _WEIGHT.get(name, 1)), 1)
        result += [
            (name, kind, range(first, min(first + _SHARE, count)))
            for kind in kinds
            for first in range(0, count, _SHARE)
        ]
    Random(0).shuffle(result)  # what is stopped early has seen something of everything
    return result


_COURTS: Final[dict[str, Court]] = {}
"""Sets that this process has written, by name; a set takes a second to make."""


def outcomes(work: Sequence[Job], processes: int, wrong_only: bool = False) -> Iterator[Outcome]:
    """Yield what becomes of all spoilings, in the order of the jobs."""
    with TemporaryDirectory() as folder:
        if processes < 2:
            for job in work:
                yield from _take(job, folder, wrong_only)
            _COURTS.clear()
            return
        with ProcessPoolExecutor(processes) as pool:
            try:
                for share in pool.map(_take, work, repeat(folder), repeat(wrong_only)):
                    yield from share
            finally:
                pool.shutdown(cancel_futures=True)


def _take(job: Job, folder: str, wrong_only: bool) -> list[Outcome]:
    name, kind, numbers = job
    court = court_of(name, Path(folder))
    drawn = (draw(court.places, kind, number) for number in numbers)
    return [court.outcome(spoiling, wrong_only) for spoiling in drawn if spoiling is not None]


def court_of(name: str, folder: Path) -> Court:
    """Return the court of a set, its files in a folder that this process alone writes to."""
    if name not in _COURTS:
        from os import getpid

        _COURTS[name] = Court(name, MAKERS[name](), folder / f"{getpid()}" / name)
    return _COURTS[name]


def _again(named: str) -> int:
    name, kind, number = named.split("/")
    with TemporaryDirectory() as folder:
        court = court_of(name, Path(folder))
        spoiling = draw(court.places, KINDS_BY_WORD[kind], int(number))
        if spoiling is None:
            print(f"no such spoiling: {named}", file=sys.stderr)
            return 2
        outcome = court.outcome(spoiling)
    print("\n".join(told(outcome)))
    for finding in outcome.noticed:
        print(f"    {finding.kind.code} {finding.origin.cell}: {finding.message(Language.EN)}")
    print(f"    {dict(outcome.verdicts)}")
    return 1 if outcome.is_noticed and (outcome.wrong or outcome.needless) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
