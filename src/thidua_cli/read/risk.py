"""What is parsed behind the wall alone (wall.py): a process may die of it, so that this must not be the user's own."""

from __future__ import annotations


class TooRiskyError(Exception):
    """A file is to be parsed behind the wall, and this process does not stand there."""


class _Wall:
    """Whether this process stands behind the wall."""

    is_here = False


def stand_behind_the_wall() -> None:
    """Let this process take risks from now on."""
    _Wall.is_here = True


def take_risk() -> None:
    """Ask whether an odd file may be parsed here, or one be tried another way after it was refused.

    Raises:
        TooRiskyError: Not in this process: the file is to be read anew, behind the wall.
    """
    if not _Wall.is_here:
        raise TooRiskyError
