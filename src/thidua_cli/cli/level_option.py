"""Options that take a tier of units: in an officer's words ("xã", "cấp huyện", "phường") or by its English token."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Final

from thidua_cli.cli.declared import option
from thidua_cli.cli.offers import beginning_with
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.model import Level

_OFFICIAL: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
"""The tiers with official codes: a village has a name alone."""


def level_option(name: str, help_text: str, levels: Sequence[Level] = tuple(Level)) -> Any:
    """Return the option `name`, which takes one of the tiers."""

    def completed(incomplete: str) -> list[str]:
        return beginning_with(incomplete, (word for level in levels for word in (_typed(level), level.value)))

    words = "|".join(dict.fromkeys(said(_typed(level), level.value) for level in levels))
    return option(name, metavar=f"<{words}>", help=help_text, parser=_reader(name, levels), autocompletion=completed)


def level_named(name: str, text: str, levels: Sequence[Level]) -> Level:
    """Return the tier that the value of the option `name` means: accents and case do not matter.

    Raises:
        UsageError: It means none of them.
    """
    from thidua_cli.units.names import accent_key

    wanted = accent_key(text)
    for level in levels:
        if wanted in map(accent_key, _words(level)):
            return level
    known = ", ".join(f"{_typed(level)} ({level})" for level in levels)
    english = ", ".join(level.value for level in levels)
    raise UsageError(
        Text(
            "{name} {text}: không có cấp này; các cấp: {known}", "{name} {text}: no such tier; there are: {known}"
        ).fill(name=name, text=text, known=Text(known, english))
    )


def _reader(name: str, levels: Sequence[Level]) -> Callable[[str], Level]:
    def level(text: str) -> Level:
        return level_named(name, text, levels)

    return level


def _typed(level: Level) -> str:
    """Return the word to type for a tier, without a space: "toàn quốc" would need quotes."""
    return LEVEL_WORDS[level].short.vi.replace(" ", "-")


def _words(level: Level) -> Iterator[str]:
    term = LEVEL_WORDS[level]
    yield from (level.value, f"{level.value}s")
    yield from (text.pick(language) for text in (term.short, term.long) for language in Language)
    yield from (term.legal or "").split(", ")


_ONE_TIER: Final = said("Chỉ một cấp.", "One tier only.")
OneLevel = Annotated[Level | None, level_option("--level", _ONE_TIER)]
OfficialLevel = Annotated[Level | None, level_option("--level", _ONE_TIER, _OFFICIAL)]
Each = Annotated[Level | None, level_option("--each", said("Mỗi đơn vị của một cấp.", "Every unit of a tier."))]
