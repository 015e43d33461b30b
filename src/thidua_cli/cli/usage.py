"""Wrong command lines in words: typer says what is wrong with one in English only."""

from __future__ import annotations

import re
from typing import Final

import typer

from thidua_cli.language import Text

# typer keeps no code for what is wrong, only the English sentence; tests hold the sentences of the version we ask for.
_VALUE_TROUBLES: Final = (
    (re.compile(r"'(?P<value>.*)' is not a valid int(eger)?( range)?\."), "“{value}” không phải là số nguyên"),
    (
        re.compile(r"(?P<value>.*) is not in the range (?P<low>.*)<=x<=(?P<high>.*)\."),
        "{value} nằm ngoài khoảng {low}–{high}",
    ),
    (re.compile(r"'(?P<value>.*)' is not one of (?P<choices>.*)\."), "“{value}” không nằm trong: {choices}"),
)
"""What typer says of a value, and the same in Vietnamese."""
_LINE_TROUBLES: Final = (
    (re.compile(r"Option '(?P<option>.*)' requires an argument\."), "tùy chọn {option} cần một giá trị"),
    (re.compile(r"Option '(?P<option>.*)' does not take a value\."), "tùy chọn {option} không nhận giá trị"),
    (re.compile(r"No such command '(?P<command>.*?)'\..*", re.DOTALL), "không có lệnh “{command}”"),
    (re.compile(r"Got unexpected extra argument.*? \((?P<words>[^()]*)\)\.?"), "thừa đối số: {words}"),
    (re.compile(r"Missing command\.?"), "thiếu lệnh"),
)
"""What typer says of a whole command line, and the same in Vietnamese."""


def usage_text(error: typer.TyperException) -> Text:
    """Return what is wrong with a command line, in both languages, and where to read more."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "thidua"
    english = error.format_message().strip().rstrip(".")
    return Text(f"{_vietnamese(error)}; xem hướng dẫn: {path} -h", f"{english}; see: {path} -h")


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
