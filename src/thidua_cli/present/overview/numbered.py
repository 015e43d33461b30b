"""Things that many units name, each kept once: units name the number of its place."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Numbered(Generic[T]):
    """A list in which everything stands once, in the order in which it was first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}

    def number(self, thing: T) -> int:
        """Return the place of a thing in the list, counted from 0; one that is new gets the next."""
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def things(self) -> list[T]:
        """Everything that was asked for, in order."""
        return list(self._numbers)
