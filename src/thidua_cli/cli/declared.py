"""Options and arguments as commands describe them: typer is imported only where it reads or explains a command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thidua_cli.named_tuple import NamedTuple


class Declared(NamedTuple):
    """One option or argument, described by what typer is told of it."""

    is_argument: bool
    names: tuple[str, ...]
    settings: Mapping[str, Any]

    def in_typer(self) -> Any:
        """Return typer's own mark."""
        import typer

        return typer.Argument(**self.settings) if self.is_argument else typer.Option(*self.names, **self.settings)


def option(*names: str, **settings: Any) -> Declared:
    """Describe an option as `typer.Option` does."""
    return Declared(False, names, settings)


def argument(**settings: Any) -> Declared:
    """Describe an argument as `typer.Argument` does."""
    return Declared(True, (), settings)
