"""What went wrong, as one sentence on standard error and an exit status. The only place that catches everything.

typer says what is wrong with a command line in English only: its sentences are put into words here.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Final

import typer

from thidua_cli.cli import exit_status
from thidua_cli.cli.speech import current_language
from thidua_cli.errors import ThiduaError, system_reason
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.diagnostics import Diagnostics
from thidua_cli.present.toolkit.foreign_text import visible_lines

# typer keeps no code for what is wrong, only the English sentence; tests hold the sentences of the version we ask for.
_VALUE_TROUBLES: Final = (
    (late_pattern(r"'(?P<value>.*)' is not a valid int(eger)?( range)?\."), "“{value}” không phải là số nguyên"),
    (
        late_pattern(r"(?P<value>.*) is not in the range (?P<low>.*)<=x<=(?P<high>.*)\."),
        "{value} nằm ngoài khoảng {low}–{high}",
    ),
    (late_pattern(r"'(?P<value>.*)' is not one of (?P<choices>.*)\."), "“{value}” không nằm trong: {choices}"),
)
"""What typer says of a value, and the same in Vietnamese."""
_LINE_TROUBLES: Final = (
    (late_pattern(r"Option '(?P<option>.*)' requires an argument\."), "tùy chọn {option} cần một giá trị"),
    (late_pattern(r"Option '(?P<option>.*)' does not take a value\."), "tùy chọn {option} không nhận giá trị"),
    (late_pattern(r"No such command '(?P<command>.*?)'\..*", re.DOTALL), "không có lệnh “{command}”"),
    (late_pattern(r"Got unexpected extra argument.*? \((?P<words>[^()]*)\)\.?"), "thừa đối số: {words}"),
    (late_pattern(r"Missing command\.?"), "thiếu lệnh"),
)
"""What typer says of a whole command line, and the same in Vietnamese."""


def usage_text(error: typer.TyperException) -> Text:
    """Return what is wrong with a command line, in both languages, and where to read more."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "thidua"
    english = _SUGGESTED.sub("", error.format_message().strip()).rstrip(".")
    near = _near_commands(context, error)
    return Text(
        f"{_vietnamese(error)}{_NEAR.vi if near else ''}{near}; xem hướng dẫn: {path} -h",
        f"{english}{_NEAR.en if near else ''}{near}; see: {path} -h",
    )


_NO_COMMAND: Final = late_pattern(r"No such command '(?P<command>.*?)'")
# typer's own suggestion: it knows nothing of commands that are imported only when they are called.
_SUGGESTED: Final = late_pattern(r"\. Did you mean .*", re.DOTALL)
_NEAR: Final = Text("; gần nhất: ", "; nearest: ")


def _near_commands(context: typer.Context | None, error: typer.TyperException) -> str:
    """Return the commands whose names are near one that does not exist, as they are typed; empty where none is."""
    command = _NO_COMMAND.match(error.format_message())
    if command is None or context is None:
        return ""
    from difflib import get_close_matches

    group: Any = context.command
    near = get_close_matches(command["command"].casefold(), group.list_commands(context), n=2)
    return ", ".join(f"{context.command_path} {name}" for name in near)


def _vietnamese(error: typer.TyperException) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            alike = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
            return f"không có tùy chọn {getattr(error, 'option_name', '')}" + (
                f" (gần giống: {alike})" if alike else ""
            )
        case "MissingParameter":
            return f"thiếu {_parameter_name(error)}"
        case "BadParameter":
            return f"giá trị của {_parameter_name(error)} không hợp lệ: {_said(error.message, _VALUE_TROUBLES)}"
        case _:
            return _said(error.format_message(), _LINE_TROUBLES)


def _said(english: str, troubles: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """Return the Vietnamese of a sentence of typer's; the sentence itself where it is not known."""
    for pattern, vietnamese in troubles:
        match = pattern.fullmatch(english)
        if match is not None:
            # Choices come as Python writes them, each in quotes: 'table', 'json'.
            return vietnamese.format_map({key: value.replace("'", "") for key, value in match.groupdict("").items()})
    return english.rstrip(".")


def _parameter_name(error: typer.TyperException) -> str:
    """Return an option as it is typed, an argument as the help shows it."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "đối số")
    options = [option for option in getattr(parameter, "opts", ()) if option.startswith("--")]
    return str(options[0] if options else parameter.metavar or parameter.name)


def tell(error: BaseException) -> int:
    """Say what happened and return the exit status for it."""
    diagnostics = Diagnostics(sys.stderr, current_language())
    match error:
        case ThiduaError():
            diagnostics.error(error.text)
            return error.exit_status
        # NoArgsIsHelpError and its like live in a private module of typer: their names are all there is to go by.
        case typer.TyperException() if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.format_message()}\n")
            return exit_status.USAGE
        case typer.TyperException():
            diagnostics.error(usage_text(error))
            return exit_status.USAGE
        case KeyboardInterrupt() | typer.Abort():
            diagnostics.error(
                Text("đã dừng theo yêu cầu; không có tệp nào bị ghi dở", "interrupted; no file is half-written")
            )
            return exit_status.INTERRUPTED
        case MemoryError():
            error.__traceback__ = None  # its frames hold what fills the memory
            diagnostics.error(_NO_MEMORY)
            return exit_status.UNREADABLE
        case OSError():
            diagnostics.error(_of_system(error))
            return exit_status.UNREADABLE
        case _:
            return _defect(error, diagnostics)


_NO_MEMORY: Final = Text(
    "máy không đủ bộ nhớ cho các tệp này; đóng bớt chương trình khác, hoặc chạy từng phần tệp một; "
    "không có tệp nào bị ghi dở",
    "there is not enough memory for these files; close other programs, or run fewer files at a time; "
    "no file is half-written",
)


def _of_system(error: OSError) -> Text:
    """Say what the system refuses: a folder that was taken away, a disk that broke, too many open files."""
    file = f"{error.filename}: " if isinstance(error.filename, str) else ""
    text = Text("{file}hệ thống từ chối: {reason}", "{file}the system refuses: {reason}")
    return text.fill(file=file, reason=system_reason(error))


def _defect(error: BaseException, diagnostics: Diagnostics) -> int:
    """Say that the program is at fault; the trace only where it was asked for, it may show cells."""
    # No message of the error either: what Python says of a value may quote a cell, and with it a household's name.
    kind = type(error).__name__
    diagnostics.error(
        Text(
            f"chương trình có lỗi ({kind}), không phải do bạn; chạy lại với THIDUA_DEBUG=1 để có chi tiết rồi báo lỗi",
            f"a defect of the program ({kind}), not yours; run again with THIDUA_DEBUG=1 for details and report it",
        )
    )
    if os.environ.get("THIDUA_DEBUG"):
        import traceback

        sys.stderr.write(visible_lines("".join(traceback.format_exception(error))))
    return exit_status.DEFECT
