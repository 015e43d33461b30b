"""Findings → doubts: which figures of which units may be others than printed, as values that judging can run over."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from thidua_cli.doubt.candidates import is_accepted
from thidua_cli.doubt.domain import Domain
from thidua_cli.findings import Acceptance, Finding, Standing
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Origin


class Effect(StrEnum):
    """What a doubt does to an answer."""

    NONE = "none"
    """The answer is the same whatever the figure is."""
    UNDETERMINED = "undetermined"
    """The answer is open because of it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """That a figure an answer rests on may be another one than printed, by one finding."""

    finding: Finding
    figure: Origin
    """The cell of the figure; that of the finding may be another: a sum it stands in."""
    unit_code: str
    unit_name: str
    year: int
    column: str
    printed: int | None
    """Households; None where the cell holds nothing that can be used."""
    domain: Domain | None = None
    """What else it may be; None where nothing can be told."""
    row: int = -1
    """Row of the observations as read that the figure stands in."""
    line: int = 0
    """Sheet row, of a unit whose figures are those of several; 0 of all others."""
    effect: Effect = Effect.NONE

    @property
    def values(self) -> tuple[int, ...] | None:
        """What the figure may be, in households, the printed value among them; None where these are many or unknown."""
        domain = self.domain
        if domain is None or domain.high is None or domain.high - domain.low >= MOST_VALUES:
            return None
        printed = () if self.printed is None else (self.printed,)
        return tuple(sorted({*printed, *range(domain.low, domain.high + 1)}))

    @property
    def ends(self) -> tuple[int, int] | None:
        """The least and the greatest of many values, the printed one between them; None where `values` lists them."""
        if self.values is not None or self.domain is None or self.domain.high is None:
            return None
        printed = () if self.printed is None else (self.printed,)
        return min(self.domain.low, *printed), max(self.domain.high, *printed)

    @property
    def waived(self) -> Acceptance | None:
        """Who answers for the finding."""
        return self.finding.waived

    @property
    def is_accepted(self) -> bool:
        """Whether somebody answers for the printed figure; whoever waives a finding does not always."""
        return is_accepted(self.finding)

    @property
    def is_void(self) -> bool:
        """Whether no value can be used at all."""
        return self.finding.kind.standing is Standing.VOID

    def with_effect(self, effect: Effect) -> Doubt:
        """Return the same doubt with what it does to an answer."""
        return self if effect is self.effect else replace(self, effect=effect)


MOST_VALUES: Final = 12
"""What a figure may be is listed value by value up to so many."""
