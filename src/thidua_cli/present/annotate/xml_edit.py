"""XML changed in places: a part is parsed to find where things stand, and every other byte of it stays as it was.

Parsing a part into a tree and writing it anew would drop namespace declarations that `mc:Ignorable` relies on; Excel
then calls the workbook damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.parsers import expat

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern

_ATTRIBUTE: Final = late_pattern(rb"""(\s+)([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG: Final = late_pattern(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_DECLARATION: Final = late_pattern(rb"^\s*<\?xml[^>]*\?>")
_NOT_XML: Final = late_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED: Final = late_pattern("_(?=x[0-9A-Fa-f]{4}_)")


class NotExtendableError(Exception):
    """The workbook is built in a way that is not added to here."""


@dataclass(slots=True)
class Element:
    """One element and where it stands in the bytes."""

    name: str
    """Without its prefix."""
    attributes: Mapping[str, str]
    start: int
    tag_end: int
    content_end: int = 0
    """Where the end tag starts; equal to `tag_end` for an empty tag."""
    end: int = 0
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def related(self) -> str:
        """Return the `r:id` of the element, whatever the prefix; empty where it has none."""
        return next((value for key, value in self.attributes.items() if key.endswith(":id")), "")


class Splices:
    """Replacements in one part, written out together."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self._made: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, content: bytes) -> None:
        """Put `content` in place of the bytes from `start` to `end`; with `start` = `end` it is inserted."""
        self._made.append((start, end, content))

    def result(self) -> bytes:
        """Return the part with all replacements; what is inserted at one place keeps its order."""
        pieces: list[bytes] = []
        position = 0
        for start, end, content in sorted(self._made, key=lambda made: made[:2]):
            pieces += (self.source[position:start], content)
            position = end
        return b"".join((*pieces, self.source[position:]))


class XmlPart:
    """A small part as a tree, with additions at the ends of elements and new attribute values."""

    def __init__(self, source: bytes) -> None:
        self.source = as_utf8(source)
        self.root = _tree(self.source)
        self._appended: dict[int, list[str]] = {}
        self._attributes: dict[int, dict[str, str]] = {}
        self._touched: dict[int, Element] = {}
        self.splices = Splices(self.source)

    @property
    def prefix(self) -> str:
        """The prefix of the root with its colon ("x:"); empty in most files."""
        return prefix_of(self.source, self.root.start)

    def append(self, element: Element, xml: str) -> None:
        """Add `xml` as the last content of `element`."""
        self._touched[element.start] = element
        self._appended.setdefault(element.start, []).append(xml)

    def set(self, element: Element, **attributes: object) -> None:
        """Give `element` attribute values."""
        self._touched[element.start] = element
        self._attributes.setdefault(element.start, {}).update({key: str(value) for key, value in attributes.items()})

    def result(self) -> bytes:
        """Return the part as changed."""
        for start, element in self._touched.items():
            tag = with_attributes(self.source[start : element.tag_end], self._attributes.get(start, {}))
            added = "".join(self._appended.get(start, ())).encode("ascii", "xmlcharrefreplace")
            if added and tag.endswith(b"/>"):
                tag = opened(tag) + added + closing(tag)
            elif added:
                self.splices.replace(element.content_end, element.content_end, added)
            self.splices.replace(start, element.tag_end, tag)
        return self.splices.result()


def escaped(text: str) -> str:
    """Write a text as XML content or attribute value; characters that XML cannot hold are left out.

    >>> escaped('a < "b" & _x0041_')
    'a &lt; &quot;b&quot; &amp; _x005F_x0041_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))
    for character, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\r", ""),
        ("\n", "&#10;"),
    ):
        text = text.replace(character, entity)
    return text


def as_utf8(source: bytes) -> bytes:
    """Return a part in an encoding that is ASCII for ASCII: the few written in UTF-16 are rewritten."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _DECLARATION.sub(b'<?xml version="1.0" encoding="UTF-8"?>', source.decode("utf-16").encode("utf-8"))
    return source


def walk(
    source: bytes, on_start: Callable[[str, Mapping[str, str], int], None], on_end: Callable[[str, int], None]
) -> None:
    """Call back for every start (name, attributes, offset) and every end (name, offset); names keep their prefix.

    Raises:
        NotExtendableError: The part is not well-formed, or has what no workbook has: text for a number, entities.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: on_start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: on_end(name, parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(source, True)
    except (expat.ExpatError, ValueError) as error:  # ValueError: a number that is none, met in a callback
        raise NotExtendableError(str(error)) from error


def tag_end(source: bytes, start: int) -> int:
    """Return where the start tag at `start` ends."""
    tag = _TAG.match(source, start)
    if tag is None:
        raise NotExtendableError(f"no tag at byte {start}")
    return tag.end()


def with_attributes(tag: bytes, values: Mapping[str, str]) -> bytes:
    """Return a start tag with attribute values replaced or added.

    >>> with_attributes(b'<c r="A1" s="3"/>', {"s": "7", "x": "1"})
    b'<c r="A1" s="7" x="1"/>'
    """
    missing = dict(values)

    def changed(attribute: re.Match[bytes]) -> bytes:
        name = attribute[2].decode()
        return attribute[0] if name not in missing else attribute[1] + _written(name, missing.pop(name))

    tag = _ATTRIBUTE.sub(changed, tag)
    close = b"/>" if tag.endswith(b"/>") else b">"
    added = b"".join(b" " + _written(name, value) for name, value in missing.items())
    return tag[: -len(close)].rstrip() + added + close if added else tag


def opened(tag: bytes) -> bytes:
    """Return an empty tag as a start tag: `<a/>` → `<a>`."""
    return tag[:-2].rstrip() + b">"


def closing(tag: bytes) -> bytes:
    """Return the end tag of a start tag."""
    name = re.match(rb"<([^\s/>]+)", tag)
    assert name is not None  # it is a tag
    return b"</" + name[1] + b">"


def prefix_of(source: bytes, start: int) -> str:
    """Return the prefix, with its colon, of the tag at `start`."""
    tag = re.match(rb"<(?:([^\s/>:]+):)?", source[start : start + 100])
    return f"{tag[1].decode()}:" if tag and tag[1] else ""


def _written(name: str, value: str) -> bytes:
    return f'{name}="{escaped(value)}"'.encode("ascii", "xmlcharrefreplace")


def _refuse_doctype(*_: object) -> None:
    raise NotExtendableError("a part declares a document type")


def _tree(source: bytes) -> Element:
    top = Element("", {}, 0, 0)
    open_elements = [top]

    def on_start(name: str, attributes: Mapping[str, str], position: int) -> None:
        element = Element(name.rpartition(":")[2], attributes, position, tag_end(source, position))
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def on_end(_: str, position: int) -> None:
        element = open_elements.pop()
        element.content_end = position
        is_empty = source[element.tag_end - 2 : element.tag_end] == b"/>"
        element.end = position if is_empty else source.index(b">", position) + 1

    walk(source, on_start, on_end)
    return top.children[0]


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield every element of that name inside `element`, in their order."""
    for child in element.children:
        if child.name == name:
            yield child
        yield from descendants(child, name)
