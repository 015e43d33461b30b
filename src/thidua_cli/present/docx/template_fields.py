"""What a template may ask for: a tree of named fields, known before any document is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from thidua_cli.language import NO_TEXT, Text
from thidua_cli.named_tuple import NamedTuple


class FieldKind(Enum):
    """What a field holds."""

    TEXT = auto()
    TRUTH = auto()
    """Yes or no, for {% if %}."""
    GROUP = auto()
    """Fields under one name."""
    LIST = auto()
    """Fields again and again, for {% for %}."""
    TEXTS = auto()
    """A list of texts."""


class TemplateField(NamedTuple):
    """One field of a template."""

    about: Text = NO_TEXT
    kind: FieldKind = FieldKind.TEXT
    fields: Mapping[str, TemplateField] = MappingProxyType({})
    """Of a group, or of each entry of a list."""

    @property
    def is_shown(self) -> bool:
        """Whether it is a text that can stand in a document."""
        return self.kind is FieldKind.TEXT

    def entry(self) -> TemplateField:
        """Return what one entry of a list is."""
        return _ENTRY if self.kind is FieldKind.TEXTS else TemplateField(self.about, FieldKind.GROUP, self.fields)


_ENTRY: Final = TemplateField()


def all_names(fields: Mapping[str, TemplateField], before: str = "") -> Iterator[str]:
    """Yield the names of all fields, those of groups and lists after a dot.

    >>> list(all_names({"office": TemplateField(kind=FieldKind.GROUP, fields={"agency": TemplateField()})}))
    ['office', 'office.agency']
    """
    for name, field in fields.items():
        yield f"{before}{name}"
        yield from all_names(field.fields, f"{before}{name}.")
