"""Where the file of an office is found, and what this run has taken from it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from thidua_cli.office import Office
    from thidua_cli.results import SettingsUsed

FILE_NAME: Final = "thidua.toml"


class OfficeFilePlace(NamedTuple):
    """The file that is nearest above the current folder."""

    path: Path
    """As seen from the current folder, so that what is recorded of it is the same on every machine."""
    shown: str
    """What people are told: where it stands in another folder, the whole path."""


def nearest_file() -> OfficeFilePlace | None:
    """Return the file of the current folder or of the nearest folder above it, up to the root of the disk.

    None where there is none. What bears the name counts, a folder or a broken link too: reading it says what it is.
    """
    try:
        folder = Path.cwd()
    except OSError:  # it was taken away while the program started
        return None
    for steps, each in enumerate((folder, *folder.parents)):
        if os.path.lexists(each / FILE_NAME):
            return OfficeFilePlace(Path(*[os.pardir] * steps, FILE_NAME), str(each / FILE_NAME) if steps else FILE_NAME)
    return None


class InUse(NamedTuple):
    """What a run takes from the file."""

    file: OfficeFilePlace | None = None
    office: Office | None = None
    """None where there is no file: what issues no paper does not load what an office is."""
    used: SettingsUsed | None = None


_in_use = [InUse()]


def in_use() -> InUse:
    """Return what this run takes from the file; nothing where there is none, or where it is ignored."""
    return _in_use[0]


def read_paths() -> tuple[Path, ...]:
    """Return the file, where this run has read one."""
    file = in_use().file
    return () if file is None else (file.path,)


def take(taken: InUse) -> None:
    """Keep what a run takes from the file, until it ends."""
    _in_use[0] = taken


def let_go() -> None:
    """Forget it: the run is over."""
    take(InUse())
