"""Named tuples whose annotations are kept as they are written.

`typing` compiles each of them, which takes longer than all else it does for such a class, and nobody asks for them.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple

_OF_THE_TUPLE: Final = frozenset({"__new__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make"})
"""What a class may not write itself: the tuple could no longer be made."""


class _Maker(type):
    """Makes the tuple that a class describes by its annotations, with the methods and texts written beside them."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: Mapping[str, Any]) -> Any:
        """Return the class."""
        if len(bases) > 1 or not _OF_THE_TUPLE.isdisjoint(body):
            raise TypeError(f"{body['__qualname__']}: not what a named tuple of {__name__} can be")
        hints = body.get("__annotations__", {})
        defaults = [body[field] for field in hints if field in body]
        made = namedtuple(name, hints, defaults=defaults, module=body["__module__"])  # type: ignore[misc]
        made.__annotations__ = hints
        for attribute, value in body.items():
            if attribute not in hints:
                setattr(made, attribute, value)
        return made


if not TYPE_CHECKING:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
