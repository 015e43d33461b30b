"""Writing results to files: beside the place, then renamed into it, so that no half-written file is ever seen.

Nothing that this run reads is written over, under whatever name (`side_files.remembered`).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import InterruptedBatchError, OutputError, ThiduaError, system_reason
from thidua_cli.language import Text
from thidua_cli.present.toolkit.part_files import PartFile, PartInUseError, held_part, sweep
from thidua_cli.side_files import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NO_NAME: Final = Text("không thể là tên tệp hoặc thư mục", "cannot be the name of a file or folder")
_held: dict[Path, PartFile] = {}
"""The places that this run keeps until it ends, and the part file of each."""


def write_file(path: Path, content: bytes | Iterable[bytes], *, force: bool = False) -> None:
    """Write `content` to `path`.

    Args:
        path: Where to; a device or a pipe is written to directly, a link is followed.
        content: The whole content, or its pieces in order, which may be made as they are written.
        force: Whether an existing file may be replaced; one that was read never is.

    Raises:
        OutputError: There is a file already, it is an input, or the place cannot be written to.
    """
    # Renamed onto a link, the file would replace the link and not what it leads to.
    target = check_target(path, force=force)
    try:
        pieces = [content] if isinstance(content, bytes) else content
        if _is_special(target):
            with target.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _write_beside(path, target, pieces, force=force)
    except PartInUseError as error:
        raise _in_use(path, error) from error
    except OSError as error:
        raise OutputError(_failure(path, error)) from error


def check_target(path: Path, *, force: bool = False) -> Path:
    """Refuse a place that must not be written to, worth asking before long work; return the file it leads to.

    Raises:
        OutputError: As `write_file`.
    """
    try:
        target = Path(os.path.realpath(path))
        state = _state(target)
        has_folder = target.parent.is_dir()
    except OSError as error:
        raise OutputError(_failure(path, error)) from error
    except ValueError as error:
        raise OutputError(Text.joined("", [Text(f"“{path}” ", f"“{path}” "), _NO_NAME])) from error
    if state is None:
        if not has_folder:
            text = Text("Không có thư mục {path}.", "There is no folder {path}.")
            raise OutputError(text.fill(path=path.parent))
        return target
    if S_ISDIR(state.st_mode):
        raise OutputError(Text("{path} là thư mục, không phải tệp.", "{path} is a folder, not a file.").fill(path=path))
    if is_read(state, target):
        text = Text("{path} là tệp đầu vào; hãy chọn tên khác cho kết quả.", "{path} is an input; choose another name.")
        raise OutputError(text.fill(path=path))
    if S_ISREG(state.st_mode) and not force:
        raise OutputError(_exists(path))
    return target


def check_other_target(path: Path, *, force: bool = False) -> Path:
    """As `check_target`; and refuse a place that this run keeps for another of its results."""
    target = check_target(path, force=force)
    if target in _held:
        text = Text(
            "{path}: hai kết quả của lệnh này cùng ghi vào một tệp; hãy chọn hai tên khác nhau",
            "{path}: two results of this command would be the same file; choose two names",
        )
        raise OutputError(text.fill(path=path))
    return target


def hold(path: Path, *, force: bool = False) -> None:
    """Keep the place of a result for this run, from now until `let_go`; what dead runs left beside it is swept.

    Raises:
        OutputError: As `write_file`; or another run of thidua keeps the place.
    """
    target = check_other_target(path, force=force)
    if not _is_special(target):
        _hold(path, target, target.parent, target.name)


def made_folder(folder: Path) -> Path:
    """Make a folder for results, with those above it, and return it.

    Raises:
        OutputError: The system does not allow it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else _NO_NAME
        text = Text("không tạo được thư mục {folder}: {reason}", "the folder {folder} cannot be made: {reason}")
        raise OutputError(text.fill(folder=folder, reason=reason)) from error
    return folder


def hold_folder(folder: Path) -> None:
    """Keep a folder of results for this run, as `hold` keeps one file.

    Raises:
        OutputError: Another run of thidua keeps it, or it cannot be written to.
    """
    target = Path(os.path.realpath(folder))
    if target not in _held:
        _hold(folder, target, target, "")


def let_go() -> None:
    """Give up all places that this run keeps; what was written stays."""
    while _held:
        _held.popitem()[1].take_away()


def is_read(state: os.stat_result, target: Path | None = None) -> bool:
    """Say whether a file is one that this run reads, by whatever name, link or case of letters."""
    return any(_is_same(path, state, target) for path in remembered())


@contextmanager
def whole_files(folder: Path | None, total: int) -> Iterator[list[str]]:
    """Where writing `total` files breaks off, say how many of them are whole: those in the list that is handed out.

    Without a folder there is one file, and nothing to be said.

    Raises:
        InterruptedBatchError: It was interrupted.
        ThiduaError: What broke it off, with that sentence behind it.
    """
    written: list[str] = []
    if folder is None:
        yield written
        return
    text = Text(
        "{done}/{total} tệp trong {folder} đã ghi xong và nguyên vẹn, các tệp còn lại chưa ghi",
        "{done} of {total} files in {folder} are written and whole, the others are not written",
    )
    try:
        yield written
    except KeyboardInterrupt as error:
        so_far = text.fill(done=len(written), total=total, folder=folder)
        stopped = Text("đã dừng theo yêu cầu; ", "interrupted; ")
        raise InterruptedBatchError(Text.joined("", [stopped, so_far])) from error
    except ThiduaError as error:
        so_far = text.fill(done=len(written), total=total, folder=folder)
        raise type(error)(Text.joined(" ", [error.text, so_far])) from error


def _state(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_same(path: Path | int, state: os.stat_result, target: Path | None) -> bool:
    try:
        other = os.stat(path)  # noqa: PTH116 - also a descriptor
    except (OSError, ValueError):
        return False
    # A disk may number no files: then they all look alike.
    if state.st_ino:
        return os.path.samestat(other, state)
    return isinstance(path, Path) and target is not None and os.path.realpath(path) == str(target)


def _is_special(target: Path) -> bool:
    return target.exists() and not target.is_file()


def _hold(path: Path, target: Path, folder: Path, name: str) -> None:
    sweep(folder)
    try:
        _held[target] = held_part(folder, name)
    except PartInUseError as error:
        raise _in_use(path, error) from error
    except OSError as error:
        raise OutputError(_failure(path, error)) from error


def _write_beside(path: Path, target: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    # In the same folder, because a rename from one disk to another is a copy.
    part = _held.pop(target, None) or held_part(target.parent, target.name)
    try:
        part.fill(pieces)
        # Somebody may have made the file while this one was being written.
        if target.exists() and not force:
            raise OutputError(_exists(path))
        part.put_in_place(target)
    finally:
        # Also on an interrupt; after the rename there is nothing left to remove.
        part.take_away()


def _in_use(path: Path, error: PartInUseError) -> OutputError:
    process = f" ({error.args[0]})" if error.args[0] else ""
    text = Text(
        "{path}: một lần chạy khác của thidua{process} đang ghi vào đây; đợi nó xong rồi chạy lại, hoặc chọn tên khác",
        "{path}: another run of thidua{process} is writing here; wait for it and run again, or choose another name",
    )
    return OutputError(text.fill(path=path, process=process))


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
