"""Groups of options: what typer reads of a command, and what the command gets."""

from __future__ import annotations

import inspect
from typing import Annotated

import pytest
import typer

from thidua_cli.cli.commands import grouped
from thidua_cli.late_dataclass import dataclass

Names = Annotated[list[str], typer.Argument()]
Shade = Annotated[str, typer.Option("--shade")]
Size = Annotated[int, typer.Option("--size")]
Loud = Annotated[bool, typer.Option("--loud")]


@dataclass(frozen=True, slots=True)
class Look:
    names: Names
    shade: Shade = "grey"


@dataclass(frozen=True, slots=True)
class Voice:
    loud: Loud = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    look: Look
    voice: Voice


@dataclass(frozen=True, slots=True)
class Painted(Look):
    shade: Annotated[str, typer.Option("--paint")] = "red"


def shown(*, size: Size, both: Both) -> str:
    return f"{both.look.names} {both.look.shade} {size} {both.voice.loud}"


def test_the_options_of_a_group_stand_where_the_group_stood_and_arguments_first() -> None:
    assert list(inspect.signature(grouped(shown)).parameters) == ["names", "size", "shade", "loud"]


def test_a_command_gets_its_groups_with_what_was_given_and_the_defaults_of_the_rest() -> None:
    assert grouped(shown)(names=["a"], size=3, loud=True) == "['a'] grey 3 True"


def test_an_option_without_a_default_stays_required() -> None:
    with pytest.raises(TypeError, match="size"):
        grouped(shown)(names=["a"])


def test_a_group_that_changes_one_option_keeps_it_in_its_place() -> None:
    def painted(*, look: Painted, size: Size = 1) -> str:
        return f"{look.shade} {size}"

    painted.__annotations__ = {"look": Painted, "size": Size, "return": str}
    signature = inspect.signature(grouped(painted))
    assert list(signature.parameters) == ["names", "shade", "size"]
    assert signature.parameters["shade"].annotation.__metadata__[0].default == "--paint"
    assert grouped(painted)(names=[]) == "red 1"
