"""`thidua config show`: what the file of the office sets, and where each value comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import typer

from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.office_file.place import OfficeFilePlace, in_use
from thidua_cli.cli.office_file.settings import LANG, NO_COLOR, OFFICE_PARTS, SETTINGS, FileSetting
from thidua_cli.cli.office_file.using import settings_of
from thidua_cli.cli.options import LIST_FORMATS, ListFormat
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import LANGUAGE_VARIABLE, said
from thidua_cli.office import NO_OFFICE
from thidua_cli.results import ConfigResult, ShownSetting, ValueOrigin

HELP = said(
    "Xem tệp thidua.toml đặt những gì; lập tệp bằng “thidua init”.",
    "What thidua.toml sets; “thidua init” begins one.",
)
SHOW_HELP = said(
    """Ví dụ:

    \b
    thidua config show
    thidua config show --format json

    In từng khóa của thidua.toml: giá trị khi không gõ tùy chọn, và giá trị đó lấy từ đâu: tệp (kèm dòng), biến môi
    trường, hay mặc định của lệnh.""",
    """Examples:

    \b
    thidua config show
    thidua config show --format json

    Print every key of thidua.toml: its value where the option is not typed, and where that comes from: the file (with
    its line), the environment, or the commands' own default.""",
)

app = command_group(HELP)


@app.command(
    "show", cls=Command, help=SHOW_HELP, short_help=said("Giá trị nào lấy từ đâu.", "Where each value comes from.")
)
@grouped
def show_config(*, format_: ListFormat = None, to: OutputOptions, run: Run) -> None:
    """Print one row per key."""
    from thidua_cli.present.config.view import config_view

    place = to.destination(format_, Offer.of(LIST_FORMATS))
    result = _config(in_use().file)
    run.show(config_view(result), place, counted(len(result.settings), "khóa", "key"))


def _config(place: OfficeFilePlace | None) -> ConfigResult:
    takers, defaults, office = _takers(), dict[str, Any](), in_use().office or NO_OFFICE
    lines: Mapping[tuple[str, str], int] = {}
    digest = None
    if place is not None:
        from thidua_cli.cli.office_file.reading import read_office_file, settings_used

        file = read_office_file(place)
        defaults, lines, digest = dict(file.defaults), file.lines, settings_used(place, ()).sha256
    shown = [_shown(setting, takers.get(setting.key, {}), defaults, lines) for setting in SETTINGS]
    shown += [_part(part, getattr(office, part.key), lines, takers["date"]) for part in OFFICE_PARTS]
    return ConfigResult(None if place is None else place.shown, digest, shown)


def _shown(
    setting: FileSetting,
    takers: Mapping[str, Any],
    defaults: Mapping[str, Any],
    lines: Mapping[tuple[str, str], int],
) -> ShownSetting:
    key, commands = setting.key, tuple(takers)
    variable = _VARIABLES.get(key)
    if variable is not None and os.environ.get(variable):
        value = os.environ[variable] if setting is LANG else True
        return ShownSetting(setting.table, key, value, ValueOrigin.ENVIRONMENT, variable=variable, commands=commands)
    if key in defaults:
        line = lines.get((setting.table, key))
        return ShownSetting(setting.table, key, defaults[key], ValueOrigin.FILE, line, commands=commands)
    alike = {_plain(value) for value in takers.values()}
    return ShownSetting(
        setting.table, key, alike.pop() if len(alike) == 1 else None, ValueOrigin.DEFAULT, commands=commands
    )


def _part(
    part: FileSetting, value: Any, lines: Mapping[tuple[str, str], int], takers: Mapping[str, Any]
) -> ShownSetting:
    written = value if isinstance(value, str | tuple) else None if value is None else value.isoformat()
    if not written:
        return ShownSetting(part.table, part.key, None, ValueOrigin.DEFAULT, commands=tuple(takers))
    line = lines.get((part.table, part.key))
    return ShownSetting(part.table, part.key, written, ValueOrigin.FILE, line, commands=tuple(takers))


_VARIABLES: Final = {LANG.key: LANGUAGE_VARIABLE, NO_COLOR.key: "NO_COLOR"}


def _takers() -> dict[str, dict[str, Any]]:
    """Return key → name of each command that takes it → the command's own default, None where it asks for one."""
    from thidua_cli.cli import program  # late: it lists this module among its commands

    takers: dict[str, dict[str, Any]] = {}
    for name, command in _leaves(typer.main.get_command(program.app), ""):
        defaults = {parameter.name: parameter.default for parameter in command.params}
        for parameter, setting in settings_of(command).items():
            takers.setdefault(setting.key, {})[name] = defaults[parameter]
    return takers


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with the words it is called by."""
    if not hasattr(command, "list_commands"):
        yield name, command
        return
    context = typer.Context(command)
    for each in command.list_commands(context):
        yield from _leaves(command.get_command(context, each), f"{name} {each}".strip())


def _plain(value: Any) -> str | bool | int | None:
    return value.value if isinstance(value, StrEnum) else value if isinstance(value, str | bool | int) else None
