"""`make oracle`: the program against plain loops over random cases, in one line."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from random import Random

from tests.oracle.cases import case
from tests.oracle.compare import compared


def main() -> int:
    """Compare as many cases as asked for; return 1 where one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    states: Counter[str] = Counter()
    wrong = 0
    for number in range(options.cases):
        random = Random(f"{options.seed}-{number}")
        result = compared(case(random), random)
        states[result.state] += 1
        states["whole"] += result.is_whole
        if result.wrong is not None:
            wrong += 1
            print(f"{options.seed}-{number}: {result.wrong}")
    print(
        f"oracle: {options.cases} cases, {options.cases - wrong} agree, {wrong} differ; met {states['met']}, "
        f"not met {states['not_met']}, no criterion {states['no_criterion']}, undetermined {states['undetermined']}; "
        f"{states['whole']} with all values tried"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
