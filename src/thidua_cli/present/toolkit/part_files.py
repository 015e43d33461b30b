"""The unfinished file beside a result: it holds the place for one run, and what a dead run left is swept.

A run keeps its part file locked as long as it lives, and the system unlocks it with the process, however that ends: no
process id has to be trusted. The name holds the host, for the locks of another host may not be seen on a network disk.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from thidua_cli.late_pattern import late_pattern

_OURS: Final = late_pattern(r"\.(?:.+\.)?thidua-(?P<host>[0-9a-f]{8})\.part", re.DOTALL)
_LONGEST_NAME: Final = 255
_PATIENCE_SECONDS: Final = 0.5
"""A run that sweeps holds a part for a moment; one that writes holds it for longer."""
_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
"""What a disk says that knows no locks."""
_READ_AND_WRITE: Final = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class PartInUseError(Exception):
    """Another run that is alive holds the place; its process id is the argument, 0 where that is not known."""


class PartFile:
    """A part file that this run holds: filled, then put into its place, or taken away."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor
        self._is_placed = False
        try:
            self._fill([str(os.getpid()).encode()])
        except BaseException:
            # A full disk still takes an empty file, and nobody would hold it.
            self.take_away()
            raise

    def fill(self, pieces: Iterable[bytes]) -> None:
        """Write the whole content, piece by piece, down to the disk.

        Raises:
            OSError: The disk is full, or gone.
        """
        assert self._descriptor is not None
        self._fill(pieces)
        # Or a power cut may leave the new name without content: the rename can reach the disk before it.
        os.fsync(self._descriptor)

    def put_in_place(self, target: Path) -> None:
        """Give the file its name; until then nothing of it is seen.

        Raises:
            OSError: The place cannot be written to.
        """
        if sys.platform == "win32":
            self._close()  # nothing is renamed there that is open
        self._path.replace(target)
        self._is_placed = True
        self._close()

    def take_away(self) -> None:
        """Leave nothing behind; a part that was put in its place stays there."""
        if sys.platform == "win32":
            self._close()
        # Before it is unlocked: then it may be that of another run.
        if not self._is_placed:
            with suppress(OSError):
                self._path.unlink()
        self._close()

    def _fill(self, pieces: Iterable[bytes]) -> None:
        assert self._descriptor is not None
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[os.write(self._descriptor, left) :]

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def held_part(folder: Path, name: str) -> PartFile:
    """Return the part file of a result in `folder`; with an empty name, that of all results of the folder.

    Raises:
        PartInUseError: A run that is alive holds it.
        OSError: The folder cannot be written to.
    """
    path = folder / part_name(name)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (descriptor := _held(path)) is None:
        if time.monotonic() > deadline:
            raise PartInUseError(_process_id(path))
        time.sleep(0.02)
    return descriptor if isinstance(descriptor, PartFile) else PartFile(path, descriptor)


def part_name(name: str) -> str:
    """Return the name of the part file of a result; a long one is cut, and told apart by its checksum."""
    encoded, end = os.fsencode(name), f".thidua-{_host()}.part"
    if len(encoded) + len(end) + 1 > _LONGEST_NAME:
        end = f".{zlib.crc32(encoded):08x}{end}"
        name = encoded[: _LONGEST_NAME - len(end) - 1].decode("utf-8", "ignore")
    return f".{name}{end}" if name else end


def sweep(folder: Path) -> None:
    """Take away the part files in a folder that dead runs on this host left; whatever cannot be taken away stays."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(".part")]
    except OSError:
        return
    for name in names:
        match = _OURS.fullmatch(name)
        if match is not None and match["host"] == _host():
            with suppress(OSError):
                _remove_if_left(folder / name)


def _host() -> str:
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def _process_id(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            written = stream.read(20)
    except OSError:
        return 0
    return int(written) if written.isdigit() else 0


if sys.platform == "win32":

    def _held(path: Path) -> int | PartFile | None:
        """Return the descriptor of a part file that nobody else holds; None where somebody does."""
        try:
            _remove_if_left(path)
            return os.open(path, _READ_AND_WRITE | os.O_CREAT | os.O_EXCL)
        except (PermissionError, FileExistsError):
            if path.exists():
                return None
            raise

    def _remove_if_left(path: Path) -> None:
        # A file that a living process holds open cannot be taken away there, on no disk.
        path.unlink(missing_ok=True)

else:
    import fcntl

    def _held(path: Path) -> int | PartFile | None:
        """Return the locked descriptor of a part file; None where another run has it, or has just swept it.

        Where the disk knows no locks, the part of a name that no other process has.
        """
        descriptor = os.open(path, _READ_AND_WRITE | os.O_CREAT, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still_stands(path, descriptor):
                return descriptor
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno in _NO_LOCKS:
                os.close(descriptor)
                path.unlink(missing_ok=True)
                return _own_part(path)
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    def _own_part(path: Path) -> PartFile:
        own = path.with_name(part_name(f"{zlib.crc32(os.fsencode(path)):08x}.{os.getpid()}"))
        return PartFile(own, os.open(own, _READ_AND_WRITE | os.O_CREAT | os.O_TRUNC, 0o666))

    def _still_stands(path: Path, descriptor: int) -> bool:
        try:
            return os.path.samestat(path.stat(), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def _remove_if_left(path: Path) -> None:
        descriptor = os.open(path, _READ_AND_WRITE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails as long as its run lives
            if _still_stands(path, descriptor):
                path.unlink()
        finally:
            os.close(descriptor)
