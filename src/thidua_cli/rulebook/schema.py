"""What a rule file says, as values: rules, their subjects, and the items a person attests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import Citation, Level, Measure


class Comparison(StrEnum):
    """How a value is held against the threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"

    def holds(self, difference: int) -> bool:
        """Say whether a value that differs from the threshold by `difference` (any positive scale) passes."""
        match self:
            case Comparison.AT_LEAST:
                return difference >= 0
            case Comparison.MORE_THAN:
                return difference > 0
            case Comparison.AT_MOST:
                return difference <= 0
            case Comparison.LESS_THAN:
                return difference < 0


class Test(StrEnum):
    """What a rule measures over its window."""

    RATE_FALL_EACH_YEAR = "rate_fall_each_year"
    """Fall of the rate, in percentage points, in each of `years` consecutive years up to the as-of year-end."""
    COUNT_FALL_SINCE_BASELINE = "count_fall_since_baseline"
    """Fall of the count, in percent of the baseline year's count."""


class ThresholdUnit(StrEnum):
    """Unit of measure of a threshold and of the values held against it."""

    POINTS = "points"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which units a rule speaks of."""

    level: Level
    any_of: tuple[str, ...] = ()
    """Classes of which the unit must have at least one; empty means no class is asked for."""
    none_of: tuple[str, ...] = ()
    """Classes the unit must not have."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One quantitative path: a unit that meets any path of its subject meets the criterion."""

    id: str
    title: Text
    subject: Subject
    test: Test
    measure: Measure
    comparison: Comparison
    threshold: Decimal
    unit: ThresholdUnit
    reading: Text
    """How the clause is understood; printed with every verdict."""
    citation: Citation
    verified: date
    """The day someone last compared this record with the text."""
    years: int | None = None
    """Length of the window for a fall in each year."""
    baseline_year: int | None = None
    """Year-end the fall of a count starts from."""
    poverty_line: str = "2022-2025"
    """The poverty line all figures of the window must stand on."""


SUBJECTS_WITHOUT_COUNTS: Final = ("organisation", "household", "official", "enterprise")
"""Subjects of criteria that are attested only: no table counts them."""


@dataclass(frozen=True, slots=True)
class AttestItem:
    """A criterion without a number: a person attests it, the program never computes it."""

    id: str
    subject: str
    """A level ("province" … "village") or one of the subjects without counts: "organisation", "household",
    "official", "enterprise"."""
    text: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One rule file."""

    id: str
    title: Text
    version: str
    citation: Citation
    rules: tuple[Rule, ...]
    attest: tuple[AttestItem, ...]
    path: str = ""
    """Where the file was read from; empty for a bundled one."""

    def rules_for(self, level: Level) -> tuple[Rule, ...]:
        """Return the rules whose subject is of `level`, whatever the class."""
        return tuple(rule for rule in self.rules if rule.subject.level is level)
