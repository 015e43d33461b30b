"""How the lines and bars of a chart are told apart where it is copied in black and white."""

from __future__ import annotations

from typing import Final

_GREYS: Final = ("000000", "7F7F7F", "404040", "A6A6A6")
_MARKERS: Final = ("circle", "square", "triangle", "diamond")


def series_grey(number: int) -> str:
    """Return the colour of a series by its number, as six hexadecimal digits."""
    return _GREYS[number % len(_GREYS)]


def series_marker(number: int) -> str:
    """Return the mark at the points of a series by its number, as OOXML calls it."""
    return _MARKERS[number % len(_MARKERS)]
