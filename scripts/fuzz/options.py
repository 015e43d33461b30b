"""Command lines with options that are not meant, given twice, without a value, or with an odd one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from fuzz.edges import SOME, written

_OPTIONS: Final = {
    "--year": ("2023", "1900", "99999"),
    "--as-of": ("2023", "1", "9999"),
    "--unit": ("505", "20470", "00000", "Xã Tà Lu"),
    "--within": ("49", "505", "x"),
    "--level": ("commune", "village", "x"),
    "--each": ("commune", "country"),
    "--rules": ("qd-666-ttg", "ha-noi-251", "khong-co", "bieu.csv", "/"),
    "--format": ("table", "markdown", "csv", "json", "xlsx", "x"),
    "-o": ("ra.json", "ra/ra.json", "bieu.csv", ".", "", "/dev/full", "x" * 300),
    "--annotate": ("ban", "bieu.csv", ""),
    "--waive": ("bieu.csv", "khong-co.toml", ".", "/dev/null"),
    "--since": ("bieu.csv", "khong-co.json", "."),
    "--mapping": ("bieu.csv", "/dev/null"),
    "--classes": ("bieu.csv", "khong-co.csv"),
    "--plan": ("bieu.csv",),
    "--attest": ("bieu.csv", "."),
    "--shares": ("bieu.csv",),
    "--units": ("bieu.csv", "/dev/null"),
    "--boundaries": ("as-of", "as-reported", "2023-12-31", "0001-01-01", "x"),
    "--measure": ("poor", "near_poor", "multidimensional", "x"),
    "--poverty-line": ("2022-2025", "2016-2020", "x"),
    "--reading": ("x", "x=y", "="),
    "--trace": ("20470", "x"),
    "--fail-on": ("error", "never", "x"),
    "--lang": ("vi", "en", "fr"),
    "--entries": ("1", "-1", "1000000"),
    "--form": ("08", "09", "7"),
    "--villages": ("3", "-3", "100000000"),
    "--quiet": (),
    "--verbose": (),
    "--all": (),
    "--force": (),
    "--no-color": (),
    "--show-layout": (),
    "--no-provenance": (),
    "--help": (),
    "--khong-co": ("x",),
}
_WORDS: Final = (
    "",
    "-",
    "--",
    "*",
    "**",
    "khong-co.csv",
    "[",
    "\n",
    "\u202e",
    "-1",
    "--=",
    "bieu.csv",
    ".",
    "x" * 5000,
)
_COMMANDS: Final = (
    *("check", "rates", "targets", "eligible", "report", "export", "verify", "import", "template", "explain", "rules"),
    *("units", "attest", "khong-co"),
)


def varied(random: Random, commands: Sequence[Sequence[str]], family: str) -> list[str]:
    """Return a command line: sound but for some options, or (in the random family) words thrown together."""
    typed = list(random.choice(commands))
    if family == "random":
        words = [*_COMMANDS, *_OPTIONS, *_WORDS, *typed]
        return [typed[0], *(random.choice(words) for _ in range(random.randint(0, 6)))]
    if random.random() < 0.3:
        typed[0] = random.choice(_COMMANDS)
    for _ in range(random.choice(SOME) + random.randrange(3)):
        name = random.choice(list(_OPTIONS))
        value = random.choice((*_OPTIONS[name], written(random))) if _OPTIONS[name] else None
        typed += [name] if value is None or random.random() < 0.05 else [name, value]
    return typed
