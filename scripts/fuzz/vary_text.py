"""CSV by its lines and cells, TOML by its lines, JSON by its values."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Final

from fuzz.edges import SOME, TIMES, written

_SEPARATORS: Final = (",", ";", "\t", "|", "\n", "\r", "\r\r\n", "\0")
_CELLS: Final = (
    *(
        "",
        " ",
        '"',
        '""',
        "'",
        "=1+1",
        "-",
        "\ufeff",
        "\u200b",
        "\u202e",
        "2023",
        "1.234",
        "-5",
        "9" * 400,
        "x" * 40_000,
    ),
    *("31/12/2023", "Xã Tà Lu", "Tổng cộng", "unit_code", "00505", "٣", "\ud83d\ude00", "a" + "\u0301" * 200),
)
_TOML: Final = (
    *(
        "[[waiver]]",
        "[columns]",
        "[a.b]",
        "[[a]]",
        "x = 1",
        "x = [[[[[]]]]]",
        'x = """',
        "x = 2024-13-01",
        "\0",
        "=",
        "]",
    ),
    *("year = 99999999999999999999", "year = nan", "x = { y = { z = 1 } }", "# x", '"" = 1', "until = 0001-01-01"),
)
_VALUES: Final[Sequence[object]] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        10**30,
        1e300,
        float("nan"),
        float("inf"),
        "",
        "x",
        "VN",
        "20470",
        "2023-12-31",
        "x" * 40_000,
    ),
    *([], {}, [[]], [None], {"": {}}, "\x1b[31m", "\u202e"),
)
_ENCODINGS: Final = ("utf-16", "utf-8-sig", "utf-32", "cp1258", "latin-1")


def lines_varied(random: Random, content: bytes) -> bytes:
    """Return a CSV file with cells, lines, separators, quotation marks or its encoding changed."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = content.decode(encoding)
    for _ in range(random.choice(SOME)):
        text = random.choice(_OF_LINES)(random, text)
    return _encoded(random, text, encoding)


def toml_varied(random: Random, content: bytes) -> bytes:
    """Return a TOML file with lines lost, repeated, moved, put in, or with other values."""
    lines = content.decode().splitlines()
    for _ in range(random.choice(SOME)):
        place = random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                lines[place : place + 1] = []
            case 1:
                lines[place : place + 1] = [lines[place]] * random.choice(TIMES)
            case 2:
                lines.insert(random.randrange(len(lines)), lines.pop(place))
            case 3:
                lines.insert(place, random.choice(_TOML))
            case _:
                key, equals, _ = lines[place].partition("=")
                value = random.choice((written(random), json.dumps(random.choice(_VALUES)), "[" * random.choice(TIMES)))
                lines[place] = f"{key}{equals}{value}"
        lines = lines or [""]
    return _encoded(random, "\n".join(lines), "utf-8")


def json_varied(random: Random, content: bytes) -> bytes:
    """Return a JSON document with values exchanged, lost, repeated, or of another kind."""
    document = json.loads(content)
    for _ in range(random.choice(SOME)):
        document = _with_other_value(random, document)
    text = json.dumps(document, ensure_ascii=False)
    if random.random() < 0.1:
        deep = random.choice((50, 3000))
        text = random.choice((text[: random.randrange(len(text))], "[" * deep, '{"a":' * deep, text + text))
    return _encoded(random, text, "utf-8")


def _encoded(random: Random, text: str, encoding: str) -> bytes:
    other = random.choice(_ENCODINGS) if random.random() < 0.08 else encoding
    return text.encode(other, "surrogatepass" if other.startswith("utf") else "replace")


def _with_other_value(random: Random, document: object) -> object:
    """Go down at random, and change what is there."""
    if isinstance(document, dict) and document and random.random() < 0.93:
        key = random.choice(list(document))
        if random.random() < 0.05:
            document[random.choice(("", "x", key + "_"))] = document.pop(key)
        elif random.random() < 0.05:
            del document[key]
        else:
            document[key] = _with_other_value(random, document[key])
        return document
    if isinstance(document, list) and document and random.random() < 0.93:
        place = random.randrange(len(document))
        if random.random() < 0.1:
            document[place : place + 1] = [document[place]] * random.choice((0, *TIMES))
        else:
            document[place] = _with_other_value(random, document[place])
        return document
    return deepcopy(random.choice(_VALUES))  # which may be changed in its turn


def _other_cell(random: Random, text: str) -> str:
    lines = text.split("\n")
    place = random.randrange(len(lines))
    separator = next((mark for mark in ";,\t" if mark in lines[place]), ",")
    cells = lines[place].split(separator)
    cells[random.randrange(len(cells))] = random.choice((written(random), random.choice(_CELLS)))
    lines[place] = separator.join(cells)
    return "\n".join(lines)


def _other_lines(random: Random, text: str) -> str:
    lines = text.split("\n")
    place, other = random.randrange(len(lines)), random.randrange(len(lines))
    ways: tuple[Callable[[], object], ...] = (
        lambda: lines.pop(place),
        lambda: lines.insert(place, lines[other]),
        lambda: lines.insert(place, lines[other] * random.choice(TIMES)),
        lambda: lines.insert(place, "\n" * random.choice(TIMES)),
        lambda: lines.insert(place, random.choice(_SEPARATORS) * random.choice((1, 30, 20_000))),
        lambda: lines.extend([lines[place]] * random.choice(TIMES)),
    )
    random.choice(ways)()
    return "\n".join(lines)


def _other_separator(random: Random, text: str) -> str:
    return text.replace(random.choice((",", ";", "\n")), random.choice(_SEPARATORS), random.choice((-1, 1, 5)))


def _put_in(random: Random, text: str) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice((*_SEPARATORS, *_CELLS)) + text[place:]


def _cut(random: Random, text: str) -> str:
    return text[: random.randrange(len(text) + 1)]


_OF_LINES: Final = (_other_cell, _other_cell, _other_cell, _other_lines, _other_lines, _other_separator, _put_in, _cut)
