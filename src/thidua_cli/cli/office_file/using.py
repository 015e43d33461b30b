"""Where the values of the file become defaults of options: beneath what is typed and what the environment says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

from thidua_cli.cli.declared import option
from thidua_cli.cli.office_file.place import InUse, in_use, let_go, nearest_file, take
from thidua_cli.cli.office_file.settings import DATE, OFFICE, FileSetting
from thidua_cli.cli.speech import said
from thidua_cli.language import Language, Text

if TYPE_CHECKING:
    from thidua_cli.cli.office_file.reading import OfficeFile


def settings_of(command: Any) -> Mapping[str, FileSetting]:
    """Return the settings that the options of a command take, by the names of their parameters."""
    settings: Mapping[str, FileSetting] = getattr(command.callback, "settings", {})
    return settings


def _take_defaults(ctx: Any, ignored: bool) -> bool:
    """Read the file before any other option is looked at, unless it is ignored: what it sets are their defaults."""
    take(InUse())
    ctx.call_on_close(let_go)
    place = None if ignored or ctx.resilient_parsing else nearest_file()
    if place is not None:
        from thidua_cli.cli.office_file.reading import read_office_file  # late: seldom is there a file

        file = read_office_file(place)
        take(InUse(place, file.office))
        ctx.default_map = _defaults(file, settings_of(ctx.command))
    return ignored


def _take_nothing(_: Any, ignored: bool) -> bool:
    take(InUse())
    return ignored


def _defaults(file: OfficeFile, settings: Mapping[str, FileSetting]) -> dict[str, Any]:
    values = {name: file.defaults[setting.key] for name, setting in settings.items() if setting.key in file.defaults}
    day = file.office.date
    return values if day is None else values | {name: str(day) for name, each in settings.items() if each is DATE}


def tell_used(ctx: Any) -> None:
    """Say in one line on standard error which file set which options of this command, and keep it for the result."""
    taken, settings = in_use(), settings_of(ctx.command)
    if taken.file is None:
        return
    # the enumeration stands in a private module of typer: its name is all there is to go by
    sources = {name: getattr(ctx.get_parameter_source(name), "name", "") for name in settings}
    used = [setting for name, setting in settings.items() if sources[name] == "DEFAULT_MAP"]
    options = tuple(setting.key for setting in used if setting.table != OFFICE)
    has_office = DATE in settings.values() and taken.office is not None and any(taken.office)
    if not options and not has_office:
        return
    from thidua_cli.cli.office_file.reading import settings_used
    from thidua_cli.present.diagnostics import Diagnostics

    take(taken._replace(used=settings_used(taken.file, options)))
    words = [
        *(
            f"{each.option} {_written(ctx.params[name])}"
            for name, each in settings.items()
            if each in used and each.table != OFFICE
        ),
        *(["[office]"] if has_office else []),
    ]
    speaker = Diagnostics(sys.stderr, Language(ctx.params.get("language", Language.VI)), ctx.params.get("quiet", False))
    speaker.note(_FROM.fill(file=taken.file.shown, words=", ".join(words)))


def _written(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


_FROM: Final = Text("Theo {file}: {words}.", "From {file}: {words}.")


def _no_config(callback: Callable[[Any, bool], bool]) -> Any:
    text = said("Bỏ qua tệp thidua.toml.", "Ignore thidua.toml.")
    return option("--no-config", is_eager=True, callback=callback, help=text)


NoConfig = Annotated[bool, _no_config(_take_defaults)]
NoConfigAtAll = Annotated[bool, _no_config(_take_nothing)]
"""Of a command that never takes anything from the file."""
