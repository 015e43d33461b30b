"""Elements and attributes of XML and HTML, lost, repeated, nested, moved, or with other values."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

from fuzz.edges import SOME, TIMES, written

_TAG: Final = re.compile(rb"<[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:]+)=(["'])([^"']*)\2""")
_TEXT: Final = re.compile(rb"(?<=>)[^<>]+(?=<)")
_NAME: Final = re.compile(rb"</?([\w:]+)")
_REFERENCES: Final = (
    *("A0", "A", "1", "a1", "$A$1", "B2:A1", "XFD1", "A1048576", "XFD1048576", "A1:XFD1048576", "ZZZZ99999999"),
    "A4294967297",
)
_WORDS: Final = (
    "",
    "-1",
    "s",
    "str",
    "b",
    "e",
    "d",
    "inlineStr",
    "shared",
    "float",
    "date",
    "true",
    "none",
    "x" * 70_000,
)
_MARKS: Final = (b"<!--", b"<![CDATA[", b"<?x", b"<!DOCTYPE a>", b"&#0;", b"&a;", b"\0", b"<", b"]]>", b"\xff\xfe")
_DEEPEST: Final = (3, 100, 3000)


def varied(random: Random, content: bytes) -> bytes:
    """Return markup with one or a few pieces of its structure changed."""
    for _ in range(random.choice(SOME)):
        tags = list(_TAG.finditer(content))
        if not tags:
            break
        content = random.choice(_WAYS)(random, content, random.choice(tags))
    return content


def _replaced(content: bytes, match: re.Match[bytes], piece: bytes) -> bytes:
    return content[: match.start()] + piece + content[match.end() :]


def _other_value(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    attributes = list(_ATTRIBUTE.finditer(content, tag.start(), tag.end()))
    if not attributes:
        return _other_text(random, content, tag)
    value = random.choice((written(random), written(random), random.choice(_REFERENCES), random.choice(_WORDS)))
    attribute = random.choice(attributes)
    return _replaced(content, attribute, b'%b="%b"' % (attribute[1], value.encode()))


def _other_text(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    text = _TEXT.search(content, max(tag.end() - 1, 0))
    return content if text is None else _replaced(content, text, written(random).encode())


def _lost(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    return _replaced(content, tag, b"")


def _repeated(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    return _replaced(content, tag, tag[0] * random.choice(TIMES))


def _nested(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    named = _NAME.match(tag[0])
    name, times = named[1] if named else b"a", random.choice(_DEEPEST)
    closed = (b"</%b>" % name) * random.choice((0, times))
    return _replaced(content, tag, (b"<%b>" % name) * times + closed + tag[0])


def _stretch_repeated(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    end = min(len(content), tag.end() + random.randrange(3000))
    return content[: tag.start()] + content[tag.start() : end] * random.choice((2, 3, 30)) + content[end:]


def _stretch_moved(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    end = min(len(content), tag.end() + random.randrange(500))
    piece, rest = content[tag.start() : end], content[: tag.start()] + content[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


def _marked(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    return _replaced(content, tag, random.choice(_MARKS) + tag[0])


def _written_otherwise(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    ways: tuple[Callable[[bytes], bytes], ...] = (
        lambda piece: piece.replace(b'"', b"'"),
        lambda piece: re.sub(rb"<(/?)(\w)", rb"<\1q:\2", piece),
        lambda piece: re.sub(rb"=", rb" = ", piece),
        lambda piece: re.sub(rb'="(\d)', lambda digit: b'="&#%d;' % digit[1][0], piece),
        bytes.upper,
    )
    return _replaced(content, tag, random.choice(ways)(tag[0]))


def _cut(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    return content[: tag.start()]


def _encoded(random: Random, content: bytes, tag: re.Match[bytes]) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32")))


_WAYS: Final = (
    *(_other_value, _other_value, _other_value, _other_value, _other_text, _lost, _repeated, _nested),
    *(_stretch_repeated, _stretch_moved, _marked, _written_otherwise, _cut, _encoded),
)
