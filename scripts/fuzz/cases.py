"""One case: files made wrong in one of two ways, and a command that reads them. The same number makes the same case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final, NamedTuple

from tests.fuzz.damage import HOSTILE, Change, damaged

from fuzz import options, seeds, vary_binary, vary_text, vary_xml, vary_zip

FAMILIES: Final = ("random", "structured")
_CHANGES: Final = ("flip", "cut", "repeat", "insert", "number")
_MOST_CHANGES: Final = 4

Vary = Callable[[Random, bytes], bytes]


class Case(NamedTuple):
    """What is written into an empty folder, and what is typed there after `thidua`."""

    family: str
    format: str
    number: int
    files: Mapping[str, bytes]
    typed: tuple[str, ...]

    @property
    def name(self) -> str:
        """What `--again` takes."""
        return f"{self.family}/{self.format}/{self.number}"


class _Format(NamedTuple):
    """How files of one format are made, and how their structure is varied."""

    seeds: Callable[[], tuple[seeds.Seed, ...]]
    vary: Vary


def _parts(vary: Vary) -> Vary:
    return lambda random, content: vary_zip.inside(random, content, vary)


FORMATS: Final[Mapping[str, _Format]] = {
    "xlsx": _Format(seeds.xlsx, _parts(vary_xml.varied)),
    "ods": _Format(seeds.ods, _parts(vary_xml.varied)),
    "xlsb": _Format(seeds.xlsb, _parts(vary_binary.records_varied_12)),
    "xls": _Format(seeds.xls, vary_binary.records_varied_8),
    "compound": _Format(seeds.xls, vary_binary.sectors_varied),
    "zip": _Format(seeds.archives, vary_zip.entries_varied),
    "html": _Format(seeds.html, vary_xml.varied),
    "xml": _Format(seeds.spreadsheet_xml, vary_xml.varied),
    "csv": _Format(seeds.forms_as_text, vary_text.lines_varied),
    "canonical": _Format(seeds.canonical, vary_text.lines_varied),
    "side csv": _Format(seeds.side_csv, vary_text.lines_varied),
    "toml": _Format(seeds.toml, vary_text.toml_varied),
    "json": _Format(seeds.json_documents, vary_text.json_varied),
    "options": _Format(seeds.canonical, lambda random, content: content),
}
"""Word → a format; "options" varies the command line alone."""


def make(family: str, word: str, number: int) -> Case:
    """Return a case."""
    random = Random(f"{family}/{word}/{number}")
    kind = FORMATS[word]
    seed = random.choice(kind.seeds())
    if word == "options":
        content, typed = seed.content, tuple(options.varied(random, seed.commands, family))
    else:
        content = _damaged(random, seed.content) if family == "random" else kind.vary(random, seed.content)
        typed = random.choice(seed.commands)
    return Case(family, word, number, {**seed.beside, seed.name: content}, typed)


def _damaged(random: Random, content: bytes) -> bytes:
    wanted: list[Change] = [
        (random.choice(_CHANGES), random.random(), random.randint(1, 64), _piece(random))
        for _ in range(random.randint(1, _MOST_CHANGES))
    ]
    return damaged(content, wanted)


def _piece(random: Random) -> bytes:
    return random.choice(HOSTILE) if random.random() < 0.5 else random.randbytes(random.randint(0, 8))
