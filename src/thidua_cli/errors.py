"""What the program raises when it cannot go on. Wrong *data* is a `Finding`, never an exception."""

from __future__ import annotations

import errno
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern

_REASONS: Final = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục",
    errno.EEXIST: "đã có tệp hoặc thư mục cùng tên",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.EBUSY: "đang được chương trình khác dùng",
    errno.ELOOP: "liên kết dẫn vòng quanh",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.EBADF: "đã đóng",
    errno.EIO: "đĩa bị lỗi khi đọc",
}
"""What the system says in English, in Vietnamese."""
_PLACE: Final = late_pattern(r"line (\d+), column (\d+)")


def system_reason(error: OSError) -> Text:
    """Return why the system refuses, in both languages."""
    return Text(
        _REASONS.get(error.errno or 0) or f"lỗi hệ thống số {error.errno}", error.strerror or str(error) or "unknown"
    )


def toml_reason(error: ValueError | RecursionError) -> Text:
    """Return what is wrong with the syntax of a TOML file; the Vietnamese names the place alone."""
    if isinstance(error, RecursionError):
        return Text("(các ngoặc lồng nhau quá sâu)", "brackets nested too deeply")
    if "integer string conversion" in str(error):
        return Text("(có số quá dài)", "a number of too many digits")
    place = _PLACE.search(str(error))
    where = f"ở dòng {place[1]}, cột {place[2]}" if place else "ở cuối tệp"
    return Text(where, str(error))


class ThiduaError(Exception):
    """Base of everything the command line turns into one sentence and an exit status."""

    exit_status = 70

    def __init__(self, text: Text) -> None:
        super().__init__(text.vi)
        self.text = text


class UsageError(ThiduaError):
    """The command was called with arguments that do not fit (exit status 2)."""

    exit_status = 2


class InputError(ThiduaError):
    """An input file or a rule file cannot be read (exit status 3)."""

    exit_status = 3

    @classmethod
    def unreadable(cls, file: object, error: OSError) -> InputError:
        """Return the sentence about a file that the system does not hand out, with the system's reason."""
        text = Text("{file}: không đọc được ({reason})", "{file}: cannot be read ({reason})")
        return cls(text.fill(file=file, reason=system_reason(error)))


class InterruptedBatchError(ThiduaError):
    """Ctrl-C while several files were written: no KeyboardInterrupt, whose words typer takes away (exit status 130)."""

    exit_status = 130


class OutputError(ThiduaError):
    """A result cannot be written where it was asked for (exit status 2)."""

    exit_status = 2
