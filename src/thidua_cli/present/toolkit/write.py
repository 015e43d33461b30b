"""Writing results to files: beside the place, then renamed into it, so that no half-written file is ever seen."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from os.path import samestat
from pathlib import Path

from thidua_cli.errors import OutputError, system_reason
from thidua_cli.language import Text


def write_file(path: Path, content: bytes, *, force: bool = False, inputs: Collection[Path] = ()) -> None:
    """Write `content` to `path`.

    Args:
        path: Where to; a device or a pipe is written to directly, a link is followed.
        content: The whole content.
        force: Whether an existing file may be replaced.
        inputs: Files that were read: never replaced, not even with `force`.

    Raises:
        OutputError: There is a file already, it is an input, or the place cannot be written to.
    """
    # Renamed onto a link, the file would replace the link and not what it leads to.
    target = path.resolve()
    check_target(path, force=force, inputs=inputs)
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            target.write_bytes(content)
        else:
            _write_beside(path, target, content, force=force)
    except OSError as error:
        raise OutputError(_failure(path, error)) from error


def check_target(path: Path, *, force: bool = False, inputs: Collection[Path] = ()) -> None:
    """Refuse a place that must not be written to; worth asking before long work.

    Raises:
        OutputError: As `write_file`.
    """
    target = path.resolve()
    if target.is_dir():
        raise OutputError(Text("{path} là thư mục, không phải tệp.", "{path} is a folder, not a file.").fill(path=path))
    if _is_one_of(target, inputs):
        text = Text("{path} là tệp đầu vào; hãy chọn tên khác cho kết quả.", "{path} is an input; choose another name.")
        raise OutputError(text.fill(path=path))
    if target.is_file() and not force:
        raise OutputError(_exists(path))
    if not target.parent.is_dir():
        text = Text("Không có thư mục {path}.", "There is no folder {path}.")
        raise OutputError(text.fill(path=path.parent))


def _is_one_of(target: Path, inputs: Collection[Path]) -> bool:
    """Say whether a resolved path leads to one of the inputs; of many, only a look-alike is worth resolving."""
    try:
        here = target.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return any(target == path.resolve() for path in inputs)
    return any(_may_be(path, here) and target == path.resolve() for path in inputs)


def _may_be(path: Path, here: os.stat_result) -> bool:
    try:
        return samestat(path.stat(), here)
    except OSError:
        return True  # resolving does not fail


def _write_beside(path: Path, target: Path, content: bytes, *, force: bool) -> None:
    # In the same folder, because a rename from one disk to another is a copy; with the process in its name, because two
    # runs may write the same result.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            # Or a power cut may leave the new name without content: the rename can reach the disk before it.
            os.fsync(stream.fileno())
        # Somebody may have made the file while this one was being written.
        if target.exists() and not force:
            raise OutputError(_exists(path))
        part.replace(target)
    finally:
        # Also on an interrupt; after the rename there is nothing left to remove.
        part.unlink(missing_ok=True)


def _exists(path: Path) -> Text:
    return Text("{path} đã có; thêm --force để ghi đè.", "{path} exists already; add --force to replace it.").fill(
        path=path
    )


def _failure(path: Path, error: OSError) -> Text:
    if isinstance(error, PermissionError):
        return Text(
            "Không ghi được {path}: không có quyền, hoặc tệp đang mở trong chương trình khác (Excel?).",
            "Cannot write {path}: no permission, or the file is open in another program (Excel?).",
        ).fill(path=path)
    return Text("Không ghi được {path}: {cause}.", "Cannot write {path}: {cause}.").fill(
        path=path, cause=system_reason(error)
    )
