"""What nobody means to give an option, and files that are not what an option asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zlib import crc32

from tests.cli.every_option import Option

TEXTS: Final = (
    *("", " ", "-", "~", "[", "**", "a\0b", "\udcff.csv", "x" * 300, "/dev/null", "Ⅷ", "²"),
    *("-5", "0", "9999", "9" * 40, "NaN", "1e999", "31/02/2024", "9999-12-31", "0001-01-01"),
)
FILES: Final[dict[str, bytes]] = {
    "empty": b"",
    "every byte": bytes(range(256)),
    "blank lines": b"\n" * 1000,
    "in another encoding": "unit_code,year\n".encode("utf-16"),
    "a quotation mark that is not closed": b'from,to\n"c,d\n',
    "no table but a word": b"null",
    "no number": b'{"schema": NaN}',
    "a number of too many digits": b'{"schema":' + b"9" * 5000 + b"}",
    "a number beyond all bounds": b'{"schema": 1e999999999}',
    "brackets in brackets": b"[" * 20_000,
    "brackets in brackets of a key": b"a = " + b"[" * 2000,
    "wrong types": b'id = 1\nwaive = 3\ncolumns = "x"\n',
}


def write_odd_files(folder: Path) -> list[str]:
    """Write the odd files, and links that lead nowhere and in circles; return their names."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    for name, target in (("there", "back"), ("back", "there"), ("nowhere", "missing")):
        (folder / name).symlink_to(folder / target)
    return [str(folder / name) for name in (*FILES, "there", "nowhere", ".")]


def some(values: Sequence[str], option: Option, count: int) -> list[str]:
    """Return a few of the values, others for each option: all together every value is tried often."""
    first = crc32(f"{option.command} {option.flag}".encode())
    return [values[(first + step * 5) % len(values)] for step in range(count)]
