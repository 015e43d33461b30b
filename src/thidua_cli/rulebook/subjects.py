"""Whom a clause speaks of: level, classes, unit types, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import Level
from thidua_cli.rulebook.classes import CLASS_TOKENS, CLASSES_OF_LEVEL
from thidua_cli.rulebook.context import Context, places
from thidua_cli.rulebook.schema import Subject
from thidua_cli.rulebook.toml_table import CheckedTable

_SUBJECT_KEYS: Final = ("level", "any_of", "none_of", "types", "within", "together")
_UNIT_TYPES: Final = {
    Level.PROVINCE: ("tỉnh", "thành phố"),
    Level.DISTRICT: ("huyện", "quận", "thị xã", "thành phố"),
    Level.COMMUNE: ("xã", "phường", "thị trấn", "đặc khu"),
}


def read_subject(table: CheckedTable, context: Context) -> Subject:
    """Return the units under `subject`.

    Raises:
        InputError: a key is missing or wrong; the message names file, line and key. So in all functions here.
    """
    subject = table.table("subject", _SUBJECT_KEYS)
    any_of, none_of = subject.words("any_of", CLASS_TOKENS), subject.words("none_of", CLASS_TOKENS)
    level = subject.choice("level", Level)
    for token in any_of:
        if token in none_of:
            raise subject.place.refuse("none_of", Text(f'"{token}" cũng ở any_of', f'"{token}" stands in any_of too'))
    _refuse_class_of_other_level(subject, level, any_of)
    together = subject.flag("together")
    return Subject(level, any_of, none_of, unit_types(subject, level), _places(subject, level, context), together)


def read_area(table: CheckedTable, context: Context, counted: Level) -> Subject:
    """Return the area whose units are counted: a place of a level above theirs, of whatever class."""
    area = table.table("subject", ("level", "within"))
    level = area.choice("level", Level)
    above = tuple(Level)[: tuple(Level).index(counted)]
    if level not in above:
        raise area.unknown_word("level", level, above)
    return Subject(level, within=_places(area, level, context))


def _places(subject: CheckedTable, level: Level, context: Context) -> tuple[str, ...]:
    codes = places(subject) or context.within
    if codes and level is Level.COUNTRY:
        text = Text(
            "cả nước không nằm trong địa bàn nào (within)", "the country lies in no place: within does not go with it"
        )
        raise subject.place.refuse("level", text)
    return codes


def _refuse_class_of_other_level(subject: CheckedTable, level: Level, any_of: Sequence[str]) -> None:
    # The coastal list of Quyết định 353 names two island districts as a whole: Cồn Cỏ and Lý Sơn.
    known = (*CLASSES_OF_LEVEL[level], *(("coastal_commune",) if level is Level.DISTRICT else ()))
    for token in any_of:
        if token not in known:
            text = Text(f'đơn vị cấp "{level}" không thuộc diện "{token}"', f'no unit of level "{level}" is "{token}"')
            raise subject.place.refuse("any_of", text)


def unit_types(table: CheckedTable, level: Level) -> tuple[str, ...]:
    """Return the type words under `types`, of those that units of the level have; empty where the key is absent."""
    return table.words("types", _UNIT_TYPES[level]) if level in _UNIT_TYPES else no_unit_types(table)


def no_unit_types(table: CheckedTable) -> tuple[str, ...]:
    """Return no type words, and refuse any: villages and those who are no units have none."""
    if "types" in table:
        text = Text("chỉ dùng với tỉnh, huyện, xã", "goes with provinces, districts and communes only")
        raise table.place.refuse("types", text)
    return ()
