"""Every command with every option, as the program itself lists them: an option that is added later is among them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer

from tests.cli.program import TOP, thidua
from thidua_cli.cli import program
from thidua_cli.cli.run_files import FileMark

TABLES: Final = """unit_code,year,households,poor_households,near_poor_households
20473,2021,412,180,47
20473,2024,429,63,33
"""
FORM: Final = "Nơi cư trú,Diện A,Diện B\nTà Lu,429,63\nSông Kôn,700,250\n"
BASE: Final[Mapping[str, tuple[str, ...]]] = {
    "check": ("{tables}",),
    "rates": ("{tables}",),
    "targets": ("{tables}", "--rules", "nghe-an-834"),
    "eligible": ("{tables}", "--rules", "qd-666-ttg", "--as-of", "2024"),
    "attest template": ("{tables}", "--rules", "qd-666-ttg", "-o", "{new}.xlsx"),
    "report": ("{tables}", "--unit", "20473", "-o", "{new}.md"),
    "export": ("{tables}", "--rules", "qd-666-ttg", "--as-of", "2024", "-o", "{new}.xlsx"),
    "verify": ("{result}", "{tables}"),
    "import": ("{tables}", "-o", "{new}.csv"),
    "mapping new": ("{form}", "-o", "{new}.toml"),
    "template": ("--unit", "505", "--year", "2024", "-o", "{new}.xlsx"),
    "explain": ("S001",),
    "rules list": (),
    "rules show": ("{rules}",),
    "rules check": ("{rules}",),
    "rules diff": ("{rules}", "qd-666-ttg"),
    "rules new": ("--from", "{rules}"),
    "rules lines": (),
    "classes list": (),
    "classes show": ("20440",),
    "classes check": ("{classes}",),
    "classes new": ("--unit", "504", "--year", "2024", "-o", "{new}.xlsx"),
    "init": ("-o", "{new}.toml"),
    "config show": (),
    "units find": ("Trà Don",),
    "units list": ("--within", "505"),
    "units show": ("505",),
    "units history": ("20473",),
    "units diff": ("31/12/2022", "31/12/2024", "--within", "49"),
}
"""Name of each command → a command line that works."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of one command."""

    command: str
    flag: str
    """As it is typed: "--rules"; for an argument its place among the words of `BASE`: "0"."""
    mark: FileMark | None
    is_word: bool
    """Any text may be given: no number, no choice, no flag."""

    def line(self, value: str, folder: Path) -> list[str]:
        """Return the command line of `BASE` with this value for the option."""
        words = base(self.command, folder)
        names = {self.flag, *({"-o"} if self.flag == "--output" else ())}
        if self.flag.isdigit():
            words[int(self.flag)] = value
        elif named := [place for place, word in enumerate(words) if word in names]:
            words[named[0] + 1] = value
        else:
            words += [self.flag, value]
        return [*self.command.split(), *words]


def base(command: str, folder: Path) -> list[str]:
    """Return the words of a command line that works, on the files of `side_files`."""
    names = {name: str(folder / name) for name in ("result", "rules", "new")}
    names |= {name: str(folder / f"{name}.csv") for name in ("tables", "classes", "form")}
    return [word.format_map(names) for word in BASE[command]]


def commands() -> dict[str, Any]:
    """Return every command that does something, by its name."""
    return dict(_leaves(typer.main.get_command(program.app), ""))


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "list_commands"):
        for sub in command.list_commands(None):
            yield from _leaves(command.get_command(None, sub), f"{name} {sub}".strip())
    else:
        yield name, command


def options() -> list[Option]:
    """Return every option and argument that takes a value, of every command."""
    return [option for name, command in commands().items() for option in _options(name, command)]


def _options(name: str, command: Any) -> Iterator[Option]:
    marks = inspect.unwrap(command.callback).__signature__.parameters
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    for parameter in command.params:
        if getattr(parameter, "is_flag", False) or parameter.name == "help":
            continue
        found = [
            mark for mark in getattr(marks[parameter.name].annotation, "__metadata__", ()) if isinstance(mark, FileMark)
        ]
        flags = [flag for flag in parameter.opts if flag.startswith("--")]
        flag = flags[0] if flags else str(arguments.index(parameter))
        yield Option(name, flag, found[0] if found else None, type(parameter.type).__name__ == "StringParamType")


def side_files(folder: Path) -> None:
    """Write the files that `BASE` names; without endings, where that may be, so that none asks for a format."""
    (folder / "tables.csv").write_text(TABLES, "utf-8")
    (folder / "form.csv").write_text(FORM, "utf-8")
    rules = (TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_text("utf-8")
    (folder / "rules").write_text(rules, "utf-8")
    (folder / "classes.csv").write_text("unit_code,class\n504,poor_district\n", "utf-8")
    result = thidua("eligible", folder / "tables.csv", "--rules", "qd-666-ttg", "--as-of", "2024", "--format", "json")
    assert json.loads(result.out)["schema"].startswith("thidua.eligible/")
    (folder / "result").write_bytes(result.out)
