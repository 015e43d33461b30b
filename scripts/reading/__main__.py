"""Compose tables, read them, and print what became of them: `PYTHONPATH=scripts python -m reading`.

python -m reading --seed 1 --tables 600
python -m reading --again 37            # one table once more; its file is kept in reading-output/
python -m reading --show withheld noise # also what was refused or disturbed without need
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from reading.comparing import Outcome, Result, outcome
from reading.grammar import Table, choices, table, tables
from reading.tally import Tally, told


def main(arguments: Sequence[str]) -> int:
    """Print failures as they come, then the table; return 1 where anything is silently wrong."""
    options = _parser().parse_args(arguments)
    if options.again is not None:
        return _again(table(options.again, options.seed), Path(options.folder))
    shown = {Result.WRONG} if options.wrong_only else {Result.WRONG, *map(Result, options.show)}
    tally = Tally()
    with TemporaryDirectory() as folder:
        for drawn in tables(options.tables, options.seed):
            if drawn.number >= options.tables:
                break
            if options.dimension and not any(choice.dimension in options.dimension for choice in drawn.choices):
                continue
            result = outcome(drawn, _folder(Path(folder), drawn))
            tally.add(result)
            if result.result in shown:
                print("\n".join(told(result)), file=sys.stderr, flush=True)
    print("\n".join(tally.lines()))
    return 0 if tally.holds else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reading", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tables", type=int, default=len(choices()) + 300, help="so many; each choice alone comes first"
    )
    parser.add_argument("--dimension", nargs="*", default=[], help="only tables with a choice of these dimensions")
    parser.add_argument("--show", nargs="*", choices=list(Result), default=[], help="print these results too")
    parser.add_argument("--wrong-only", action="store_true", help="print nothing but what is silently wrong")
    parser.add_argument("--again", type=int, metavar="NUMBER", help="one table once more, by its number and the seed")
    parser.add_argument("--folder", default="reading-output", help="where `--again` keeps the file")
    return parser


def _folder(folder: Path, drawn: Table) -> Path:
    """Return a folder of its own: nothing that stands beside a file may tell anything of it."""
    own = folder / "".join(chr(ord("a") + int(digit)) for digit in str(drawn.number))  # no year in its name
    own.mkdir(parents=True, exist_ok=True)
    return own


def _again(drawn: Table, folder: Path) -> int:
    result: Outcome = outcome(drawn, _folder(folder, drawn))
    print("\n".join(told(result)))
    print(result.path)
    return 1 if result.result is Result.WRONG else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
