"""Numbers at which programs stumble: nothing, one more than fits, signs, and what no file can hold."""

from __future__ import annotations

from random import Random
from typing import Final

_EDGES: Final = (
    *(0, 1, 2, 3, 7, 8, 64, 255, 256, 4095, 4096, 16_383, 16_384, 32_767, 32_768, 65_534, 65_535, 65_536),
    *(1_048_575, 1_048_576, 1 << 24, (1 << 28) - 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFA, 0xFFFF_FFFE, 0xFFFF_FFFF),
)
_WRITTEN: Final = ("-1", "1e9", "1e999", "NaN", "", "10000000000", "9" * 30, "0x10", " 7 ", "7,5", "２")
SOME: Final = (1, 1, 1, 2, 3)
"""How many changes a case has: mostly one."""
TIMES: Final = (2, 2, 3, 50, 1000)
"""How often something is repeated."""


def edge(random: Random) -> int:
    """Return a number at an edge, or a small one."""
    return random.choice(_EDGES) if random.random() < 0.7 else random.randrange(100)


def field(random: Random, width: int) -> bytes:
    """Return such a number in so many bytes, the lowest first."""
    return (edge(random) % (1 << 8 * width)).to_bytes(width, "little")


def written(random: Random) -> str:
    """Return such a number as text."""
    return random.choice(_WRITTEN) if random.random() < 0.3 else str(edge(random))


def with_field(random: Random, content: bytes, place: int, width: int) -> bytes:
    """Return bytes with another number at a place."""
    return content[:place] + field(random, width) + content[place + width :]
