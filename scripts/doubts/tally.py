"""What became of many spoilings, added up and printed as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from doubts.law import NEEDLESS, RIGHT, UNDETERMINED, WRONG, Outcome
from doubts.sets import MAKERS
from doubts.spoilings import KINDS

MOST_NEEDLESS_PERCENT: Final = 5
_HEADINGS: Final = ("spoilings", "noticed", *(WRONG, UNDETERMINED, RIGHT, NEEDLESS), "unnoticed: wrong", "of")


@dataclass(slots=True)
class Row:
    """Spoilings of one set or one kind, and the answers about their files."""

    spoilings: int = 0
    noticed: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    """Answers about files in which something was noticed."""
    unnoticed: Counter[str] = field(default_factory=Counter)
    """Answers about files in which nothing was."""

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.spoilings += 1
        self.noticed += outcome.is_noticed
        (self.answers if outcome.is_noticed else self.unnoticed).update(outcome.verdicts)

    @property
    def wrong(self) -> int:
        """Answers about files in which something was noticed that are certain and wrong."""
        return self.answers[WRONG]

    @property
    def undetermined(self) -> int:
        """Answers that are certain on the clean files and left open here."""
        return self.answers[UNDETERMINED]

    @property
    def right(self) -> int:
        """Answers that are certain and right."""
        return self.answers[RIGHT]

    @property
    def needless(self) -> int:
        """Answers left open that no possible world changes."""
        return self.answers[NEEDLESS]

    @property
    def needless_percent(self) -> float:
        """How many of the answers that no possible world changes are left open, in percent."""
        unchanged = self.needless + self.right
        return 100 * self.needless / unchanged if unchanged else 0.0

    @property
    def unnoticed_wrong(self) -> int:
        """Certain and wrong answers about files in which nothing was noticed."""
        return self.unnoticed[WRONG]

    @property
    def unnoticed_certain(self) -> int:
        """Certain answers about files in which nothing was noticed."""
        return self.unnoticed[WRONG] + self.unnoticed[RIGHT]

    @property
    def unnoticed_wrong_percent(self) -> float:
        """How many of `unnoticed_certain` are wrong, in percent."""
        return 100 * self.unnoticed_wrong / self.unnoticed_certain if self.unnoticed_certain else 0.0

    @property
    def cells(self) -> tuple[int, ...]:
        """The numbers below the headings."""
        answers = (self.wrong, self.undetermined, self.right, self.needless)
        return (self.spoilings, self.noticed, *answers, self.unnoticed_wrong, self.unnoticed_certain)


@dataclass(slots=True)
class Tally:
    """Outcomes by set and kind of spoiling."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    failures: list[Outcome] = field(default_factory=list)
    """Noticed, and yet certain and wrong, or needlessly undetermined."""

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        spoiling = outcome.spoiling
        self.rows.setdefault((spoiling.set_name, spoiling.kind), Row()).add(outcome)
        if outcome.is_noticed and (outcome.wrong or outcome.needless):
            self.failures.append(outcome)

    def total(self, set_name: str | None = None, kind: str | None = None) -> Row:
        """Return the sum over all, over one set or over one kind."""
        result = Row()
        for (of_set, of_kind), row in self.rows.items():
            if set_name in (None, of_set) and kind in (None, of_kind):
                result.spoilings += row.spoilings
                result.noticed += row.noticed
                result.answers.update(row.answers)
                result.unnoticed.update(row.unnoticed)
        return result

    @property
    def holds(self) -> bool:
        """Say whether the law holds: nothing certain and wrong, and few answers needlessly open."""
        total = self.total()
        return not total.wrong and total.needless_percent <= MOST_NEEDLESS_PERCENT

    def lines(self, *, every: bool = True) -> Iterator[str]:
        """Yield the table as Markdown: of every set and kind, or of sets and kinds alone."""
        sets = [name for name in MAKERS if any(name == of_set for of_set, _ in self.rows)]
        kinds = [kind for kind in KINDS if any(kind == of_kind for _, of_kind in self.rows)]
        if every:
            pairs = ((f"{of_set}: {of_kind}", row) for (of_set, of_kind), row in self.rows.items())
            yield from _table("files: spoiling", pairs)
            yield ""
        yield from _table("spoiling", ((kind, self.total(kind=kind)) for kind in kinds))
        yield ""
        yield from _table("files", ((name, self.total(set_name=name)) for name in sets))
        yield ""
        yield from _table("", (("all", self.total()),))
        total = self.total()
        yield ""
        wrong = total.unnoticed_wrong_percent
        yield f"Of the answers that no possible world changes, left open: {total.needless_percent:.2f} %"
        yield f"Of the certain answers about files in which nothing was noticed, wrong: {wrong:.2f} %"


def _table(heading: str, rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    yield f"| {' | '.join((heading, *_HEADINGS))} |"
    yield "|---|" + "---:|" * len(_HEADINGS)
    for name, row in rows:
        yield f"| {' | '.join((name, *map(str, row.cells)))} |"


def told(outcome: Outcome) -> Iterator[str]:
    """Yield what a person needs to see a failure again."""
    spoiling = outcome.spoiling
    yield f"{spoiling.name}: {spoiling.told}"
    yield f"    noticed: {', '.join(f'{finding.kind.code} {finding.origin.cell}' for finding in outcome.noticed[:6])}"
    yield from (f"    {WRONG}: {line}" for line in outcome.wrong[:4])
    yield from (f"    {NEEDLESS}: {line}" for line in outcome.needless[:4])
