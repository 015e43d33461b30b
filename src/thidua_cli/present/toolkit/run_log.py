"""What a run has written into a folder so far: a line per file while it goes on, and the whole once it has ended.

A line is there before its file: whatever moment a run is killed at, a file under a final name has its SHA-256 in the
log, and one that has not was made by somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, Final

from thidua_cli.errors import OutputError, system_reason
from thidua_cli.language import Text
from thidua_cli.present.toolkit.write import write_file

MANIFEST: Final = "manifest.json"
LOG: Final = "manifest.jsonl"
_MOST_BYTES: Final = 256 << 20
"""Of what an earlier run left; more is none of ours."""
Record = Mapping[str, Any]


class RunLog:
    """The log of a run that writes into a folder which it holds."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOG
        self._stream: IO[bytes] | None = None

    def begin(self, head: Record, kept: Iterable[Record]) -> None:
        """Write what the run is made of and what it keeps of an earlier one, in the place of an earlier log.

        Raises:
            OutputError: The folder cannot be written to.
        """
        write_file(self._path, b"".join(map(_line, (head, *kept))), force=True)
        try:
            self._stream = self._path.open("ab", buffering=0)
        except OSError as error:
            raise self._failure(error) from error

    def add(self, record: Record) -> None:
        """Write down a file that is about to get its name.

        Raises:
            OutputError: The disk is full, or gone.
        """
        assert self._stream is not None
        line = _line(record)
        try:
            written = self._stream.write(line)
        except OSError as error:
            raise self._failure(error) from error
        if written != len(line):
            raise OutputError(_FULL.fill(path=self._path))

    def close(self) -> None:
        """Leave the log as it is, for a run that goes on where this one broke off."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def end(self) -> None:
        """Take the log away: the manifest says all it said."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _failure(self, error: OSError) -> OutputError:
        text = Text("Không ghi được {path}: {cause}.", "Cannot write {path}: {cause}.")
        return OutputError(text.fill(path=self._path, cause=system_reason(error)))


_FULL: Final = Text("Không ghi được {path}: đĩa đầy.", "Cannot write {path}: the disk is full.")


def _line(record: Record) -> bytes:
    # As ASCII: a name that is no UTF-8 stands as \udcff and is read back as what it was.
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def earlier_run(folder: Path) -> tuple[Record, list[Record]] | None:
    """Return head and records that an earlier run left in a folder: its log where it broke off, else its manifest.

    None where there is neither, or what is there is no record of a run. A last line that is not whole is left out: the
    run was killed while it wrote it, and its file has no name yet.
    """
    for name, taken in ((LOG, _of_log), (MANIFEST, _of_manifest)):
        content = _content(folder / name)
        run = None if content is None else taken(content)
        if run is not None:
            return run
    return None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _MOST_BYTES else None
    except OSError:
        return None


def _of_log(content: bytes) -> tuple[Record, list[Record]] | None:
    records = [record for line in content.splitlines(keepends=True) if (record := _record(line)) is not None]
    return (records[0], records[1:]) if records else None


def _record(line: bytes) -> Record | None:
    if not line.endswith(b"\n"):
        return None
    return _object(line)


def _object(content: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _of_manifest(content: bytes) -> tuple[Record, list[Record]] | None:
    head = _object(content)
    reports = None if head is None else head.pop("reports", None)
    if head is None or not isinstance(reports, list):
        return None
    return head, [each for each in reports if isinstance(each, dict)]
