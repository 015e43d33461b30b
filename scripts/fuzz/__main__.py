"""Run the program on thousands of files made wrong on purpose: `PYTHONPATH=scripts python -m fuzz`, from the top.

python -m fuzz --cases 2000                        # of each family; status 1 where anything is wrong
python -m fuzz --format xls compound --minutes 5
python -m fuzz --seed 7 --keep ../faulty         # write what goes wrong there, and never into the repository
python -m fuzz --again structured/xls/17           # one case once more
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from fuzz import seeds
from fuzz.cases import FAMILIES, FORMATS, make
from fuzz.tally import Tally
from fuzz.trial import Outcome, tried, written

_SHARE: Final = 20
"""Cases that a process takes at a time."""
_OF_EACH_SEED: Final = 1_000_000
Job = tuple[str, str, range]


def main(arguments: Sequence[str]) -> int:
    """Print what goes wrong as it comes, then the table; return the exit status."""
    options = _parser().parse_args(arguments)
    if options.again:
        return _again(options.again, options.keep)
    tally, end = Tally(), time.monotonic() + 60 * options.minutes
    for outcome in outcomes(jobs(options.cases, options.format, options.seed), options.processes):
        tally.add(outcome)
        if outcome.fault:
            print(told(outcome), file=sys.stderr, flush=True)
            _keep(outcome, options.keep)
        if time.monotonic() > end:
            print(f"stopped after {options.minutes} minutes", file=sys.stderr)
            break
    print("\n".join(tally.lines()))
    return 1 if tally.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=2000, help="of each of the two families, in all formats")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="stop then, and print what was taken")
    parser.add_argument("--format", nargs="*", choices=list(FORMATS), default=list(FORMATS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the files of what goes wrong there")
    parser.add_argument("--again", metavar="FAMILY/FORMAT/NUMBER", help="run one case")
    return parser


def jobs(cases: int, words: Sequence[str], seed: int) -> list[Job]:
    """Divide the cases among families and formats, in shares for processes."""
    of_each, first = -(-cases // len(words)), seed * _OF_EACH_SEED
    starts = range(first, first + of_each, _SHARE)
    return [
        (family, word, range(start, min(start + _SHARE, first + of_each)))
        for start in starts
        for family in FAMILIES
        for word in words
    ]


def outcomes(wanted: Sequence[Job], processes: int) -> Iterator[Outcome]:
    """Yield what comes of every case of the jobs."""
    with ProcessPoolExecutor(processes, initializer=seeds.warm) as pool:
        try:
            for share in pool.map(_of_share, *zip(*wanted, strict=True)):
                yield from share
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _of_share(family: str, word: str, numbers: range) -> list[Outcome]:
    taken = (tried(make(family, word, number)) for number in numbers)
    # files are made again from their number where they are wanted, and not sent from process to process
    return [outcome._replace(case=outcome.case._replace(files={})) for outcome in taken]


def told(outcome: Outcome) -> str:
    """Return what is told of a case that goes wrong."""
    words = outcome.told.strip().splitlines()[-1:]
    figures = f"{outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB, {outcome.input_bytes:,} bytes"
    return f"{outcome.case.name}: {outcome.fault} ({outcome.status}; {figures}) {' '.join(words)[:200]}"


def _keep(outcome: Outcome, folder: Path | None) -> None:
    if folder is not None:
        case = outcome.case
        place = folder / case.name.replace("/", "-").replace(" ", "-")
        place.mkdir(parents=True, exist_ok=True)
        written(make(case.family, case.format, case.number), place)
        (place / "stderr.txt").write_text(outcome.told, "utf-8")


def _again(name: str, folder: Path | None) -> int:
    family, word, number = name.split("/")
    seeds.warm()
    outcome = tried(make(family, word, int(number)))
    print(f"thidua {' '.join(map(repr, outcome.case.typed))}\n{outcome.told}")
    print(told(outcome) if outcome.fault else "nothing is wrong")
    _keep(outcome, folder)
    return 1 if outcome.fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
