"""What became of many tables, added up by dimension and printed as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reading.comparing import Outcome, Result


@dataclass(slots=True)
class Tally:
    """Results of tables, by the dimension of their choices."""

    by_dimension: dict[str, Counter[Result]] = field(default_factory=dict)
    total: Counter[Result] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.total[outcome.result] += 1
        for choice in outcome.table.choices:
            self.by_dimension.setdefault(choice.dimension, Counter())[outcome.result] += 1
        if outcome.result is Result.WRONG:
            self.failures.append(outcome)

    def lines(self) -> Iterator[str]:
        """Yield the table in Markdown. A table counts for each of its choices, and once in the last row."""
        yield f"| choice of | tables | {' | '.join(Result)} |"
        yield f"|---|{'---:|' * (len(Result) + 1)}"
        for dimension, counts in self.by_dimension.items():
            yield _line(dimension, counts)
        yield _line("**all tables**", self.total)

    @property
    def holds(self) -> bool:
        """Whether nothing is silently wrong."""
        return not self.failures


def _line(name: str, counts: Counter[Result]) -> str:
    return f"| {name} | {counts.total():,} | {' | '.join(f'{counts[result]:,}' for result in Result)} |"


def told(outcome: Outcome) -> Iterator[str]:
    """Yield what there is to say of one table."""
    choices = "; ".join(choice.id for choice in outcome.table.choices) or "the plain table"
    yield f"{outcome.result} · table {outcome.table.number}: {choices!r}"
    yield from (f"    {words}" for words in outcome.wrong[:4])
    if len(outcome.wrong) > 4:
        yield f"    … {len(outcome.wrong)} in all"
    yield from (f"    - {words}" for words in outcome.findings[:4])
