"""The different texts of a column of bytes, each numbered as it is first seen, hundreds of thousands of cells at once.

Loads numpy: imported for large tables alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    """Eight bytes of each cell, the first of them lowest; what is behind the end of a cell is 0."""

_FIRST_SLOTS: Final = 1 << 12
_ROOM: Final = 4
"""Slots for each text: with fewer, texts that would share one cost more rounds."""
_MIXERS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
"""Odd numbers without a pattern in their bits: a multiple of one scatters words that are nearly alike."""
_MOST_TURNS: Final = 24
"""Slots that a text is sent on to; it takes texts made for it to need more."""


class DistinctTexts:
    """Numbers texts from 0 as they come. A number is of one text alone; a text may in time have two numbers."""

    def __init__(self, shown: Callable[[str], str] | None = None) -> None:
        self.texts: list[str] = []
        """Number → text, as `shown` where it is given."""
        self._shown = shown
        self._slots = np.zeros(_FIRST_SLOTS, np.int32)
        """Slot → number + 1 of the text that took it; 0 where it is free."""
        self._hashes = np.zeros(0, np.uint64)
        self._lengths = np.zeros(0, np.int64)
        self._words: list[Words] = []

    def codes(self, words: Sequence[Words], lengths: NDArray[np.int64]) -> NDArray[np.int32] | None:
        """Return the number of each cell, whose bytes are `words` and which has so many of them.

        None where texts fall together so often that they were made to.
        """
        if (len(self.texts) + len(lengths)) * _ROOM > len(self._slots):
            self._make_room((len(self.texts) + len(lengths)) * _ROOM)
        hashes = _hashes(words)
        codes = np.empty(len(lengths), np.int32)
        rows: NDArray[np.int64] | None = None  # all of them
        for turn in range(_MOST_TURNS):  # a slot that another text holds sends a cell on to its next one
            taken, same = self._look_up(words, lengths, hashes, turn, rows)
            if rows is None:
                codes[:] = taken
                rows = np.flatnonzero(~same)
            else:
                codes[rows] = taken
                rows = rows[~same]
            if not len(rows):
                return codes
        return None

    def _look_up(
        self,
        words: Sequence[Words],
        lengths: NDArray[np.int64],
        hashes: Words,
        turn: int,
        rows: NDArray[np.int64] | None,
    ) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Return the numbers that the slots of some rows hold, all by default, and whether they are of the same text.

        A text that comes to a free slot takes it.
        """
        if rows is not None:
            words, lengths, hashes = [word[rows] for word in words], lengths[rows], hashes[rows]
        slots = self._slots_of(hashes, turn)
        numbers = self._slots[slots]
        if not numbers.all():
            free = np.flatnonzero(numbers == 0)
            self._learn(free, slots[free], words, lengths, hashes)
            numbers = self._slots[slots]
        taken = numbers - 1
        same = (self._hashes[taken] == hashes) & (self._lengths[taken] == lengths)
        for own, given in zip(self._words, words, strict=False):
            same &= own[taken] == given
        return taken, same

    def _slots_of(self, hashes: Words, turn: int) -> NDArray[np.int64]:
        step = np.uint64(turn // len(_MIXERS) * _MIXERS[0] % (1 << 64))
        mixed = hashes * np.uint64(_MIXERS[turn % len(_MIXERS)]) + step
        return (mixed >> np.uint64(64 - len(self._slots).bit_length() + 1)).astype(np.int64)

    def _learn(
        self,
        rows: NDArray[np.int64],
        slots: NDArray[np.int64],
        words: Sequence[Words],
        lengths: NDArray[np.int64],
        hashes: Words,
    ) -> None:
        """Number the texts of rows whose slots are free: of those that share one, the first has it."""
        order = np.arange(len(rows), dtype=np.int32)
        self._slots[slots[::-1]] = order[::-1]  # where a slot is named twice, what is written last stays
        is_first = self._slots[slots] == order
        new = rows[is_first]
        self._slots[slots[is_first]] = np.arange(len(self.texts) + 1, len(self.texts) + len(new) + 1)
        for _ in words[len(self._words) :]:
            self._words.append(np.zeros(len(self.texts), np.uint64))
        own = [given[new] for given in words]
        own += [np.zeros(len(new), np.uint64) for _ in self._words[len(words) :]]
        self._words = [np.concatenate(pair) for pair in zip(self._words, own, strict=True)]
        self._lengths = np.concatenate([self._lengths, lengths[new]])
        self._hashes = np.concatenate([self._hashes, hashes[new]])
        self.texts += self._decoded(own)

    def _decoded(self, words: Sequence[Words]) -> list[str]:
        cells = np.stack(words, axis=1).astype("<u8").view(f"S{8 * len(words)}").ravel()
        texts = b"\n".join(cells.tolist()).decode().split("\n")
        return list(map(self._shown, texts)) if self._shown is not None else texts

    def _make_room(self, slots: int) -> None:
        """Give all texts slots anew in a larger table, before too many would share one."""
        size = len(self._slots)
        while size < slots:
            size *= 4
        self._slots = np.zeros(size, np.int32)
        rows, turn = np.arange(len(self.texts)), 0
        while len(rows) and turn < _MOST_TURNS:  # one without a slot is numbered anew when it is seen again
            places = self._slots_of(self._hashes[rows], turn)
            free = self._slots[places] == 0
            self._slots[places[free][::-1]] = rows[free][::-1] + 1
            rows, turn = rows[self._slots[places] != rows + 1], turn + 1


def _hashes(words: Sequence[Words]) -> Words:
    """Mix all words of each cell; a word of zeros changes nothing, so that shorter cells need not be filled up."""
    total = np.zeros(len(words[0]), np.uint64)
    for number, word in enumerate(words):
        mixed = word * np.uint64(_MIXERS[number % len(_MIXERS)])
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64((2 * number + 1) * _MIXERS[1] % (1 << 64))
        total += mixed
    total ^= total >> np.uint64(32)
    return total
