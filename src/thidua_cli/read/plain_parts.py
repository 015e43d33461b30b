"""The parts of a workbook beside a plain sheet: its styles, its shared texts, and what stands around its rows."""

from __future__ import annotations

import re
import sys
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.limits import MB
from thidua_cli.read.plain_outline import NotPlainError, PlainStyles, Writing

_TEXTS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
_MOST_TEXT_BYTES: Final = 128 * MB
"""Shared texts that are held here as a whole."""
_FORMATS: Final = late_pattern(rb"<cellXfs(?:\s[^<>]*)?>(.*?)</cellXfs>", re.DOTALL)
_FORMAT: Final = late_pattern(rb"<xf\s([^<>]*)>")
_FORMAT_NUMBER: Final = late_pattern(rb'\snumFmtId="([0-9]{1,9})"')
_NUMBER_FORMAT: Final = late_pattern(rb'<numFmt\s[^<>]*?\bnumFmtId="([0-9]{1,9})"[^<>]*?\bformatCode="([^"<>]*)"')
_NUMBER_FORMAT_TAG: Final = late_pattern(rb"<numFmt[\s/>]")
_DATELESS: Final = frozenset(b"%d" % number for number in (*range(14), *range(37, 41), 48, 49))
"""Numbers of formats that every program knows and that show no date (ECMA-376 part 1, 18.8.30)."""
_DATELESS_CODE: Final = late_pattern(rb"General|@|[0-9#?.,% ;()_-]*")
"""Without any letter a format shows no date."""
_ODD: Final = (b"<!", b"<?", b"\r")
_TAGS: Final = late_pattern(rb'(?:[^<>]*+<[^<>"]*+(?:"[^"<>]*+"[^<>"]*+)*+>)*+\s*+')
"""Tags with quoted attributes, and texts between them."""
_HEAD: Final = late_pattern(rb"(?:<\?xml [^<>]*\?>\s*)?(<worksheet(?:\s[^<>]*)?>.*)", re.DOTALL)
_DIMENSION: Final = late_pattern(rb'<dimension ref="[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?" ?/>')
_TEXTS_HEAD: Final = late_pattern(rb"(?:<\?xml [^<>]*\?>\s*)?<sst(?:\s[^<>]*)?>(?=<si>)")
_TEXTS_END: Final = late_pattern(rb"(?<=</si></sst>)\s*\Z")
_ITEM: Final = late_pattern(rb'<si><t( xml:space="preserve")?>([^<]*+)</t></si>(?=<si>|</sst>)')
_ESCAPE: Final = late_pattern("_x[0-9A-Fa-f]{4}_")
"""What calamine makes another character of."""
_REFERENCE: Final = late_pattern("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BLANK: Final = 0x20
_SURROGATES: Final = range(0xD800, 0xE000)
_BLANKS: Final = (b" ", b"\t", b"\n")
_BLANK_ENDS: Final = (*(b"\0" + blank for blank in _BLANKS), *(blank + b"\0" for blank in _BLANKS))


class PlainParts(NamedTuple):
    """What cells of a plain sheet refer to."""

    styles: PlainStyles
    texts: Sequence[str]
    """The shared texts."""

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> PlainParts | None:
        """Read them from a workbook; None where they are not written as programs write them, or not where they do."""
        try:
            return cls(_plain_styles(archive), _shared_texts(archive)) if _has_usual_parts(archive) else None
        except (NotPlainError, zipfile.BadZipFile, zlib.error, EOFError):
            return None


def _has_usual_parts(archive: zipfile.ZipFile) -> bool:
    """Say whether each part has a name of its own, and shared texts and styles are where programs put them."""
    names = archive.namelist()
    known = {name.lower(): name for name in names}
    return len(known) == len(names) and all(known.get(part.lower(), part) == part for part in (_TEXTS, _STYLES))


def _plain_styles(archive: zipfile.ZipFile) -> PlainStyles:
    """Return which styles of a workbook show a number as one.

    Raises:
        NotPlainError: The part is not written as programs write it.
        BadZipFile, zlib.error: The archive is damaged.
    """
    if _STYLES not in archive.NameToInfo:
        return PlainStyles(frozenset(), frozenset())
    xml = archive.read(_STYLES)
    if b"<!" in xml or b":cellXfs" in xml:
        raise NotPlainError
    codes = dict(_NUMBER_FORMAT.findall(xml))
    if len(_NUMBER_FORMAT_TAG.findall(xml)) != len(codes):
        raise NotPlainError
    formats = _FORMATS.search(xml)
    plain: dict[bool, set[bytes]] = {True: set(), False: set()}
    for style, attributes in enumerate(_FORMAT.findall(formats[1]) if formats else ()):
        number = _FORMAT_NUMBER.search(b" " + attributes)
        plain[number is None or _is_dateless(number[1], codes)].add(b"%d" % style)
    return PlainStyles(frozenset(plain[True]), frozenset(plain[False]))


def _is_dateless(number: bytes, codes: dict[bytes, bytes]) -> bool:
    return _DATELESS_CODE.fullmatch(codes[number]) is not None if number in codes else number in _DATELESS


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """Return the shared texts of a workbook, none of them in pieces.

    Raises:
        NotPlainError: There is something else among them.
        BadZipFile, zlib.error: The archive is damaged.
    """
    if _TEXTS not in archive.NameToInfo:
        return []
    if archive.getinfo(_TEXTS).file_size > _MOST_TEXT_BYTES:
        raise NotPlainError
    xml = archive.read(_TEXTS)
    head = _TEXTS_HEAD.match(xml)
    items = _ITEM.findall(xml, head.end()) if head else []
    if not items or not len(items) == xml.count(b"<si") == xml.count(b"<t") or not _TEXTS_END.search(xml):
        raise NotPlainError
    if _has_blank_ends(b"\0".join(text for kept, text in items if not kept)):
        raise NotPlainError
    return texts_of([text for _, text in items], Writing.KEPT)


def texts_of(written: Sequence[bytes], writing: Writing) -> list[str]:
    """Return texts as calamine reads them.

    Raises:
        NotPlainError: They are written in some other way.
    """
    if not written:
        return []
    joined = b"\0".join(written)
    if writing is Writing.INLINE and _has_blank_ends(joined):
        raise NotPlainError
    try:
        text = joined.decode()
    except UnicodeDecodeError:
        raise NotPlainError from None
    if "&" in text:
        text = _with_characters(text)
    if "\r" in text or ("_x" in text and _ESCAPE.search(text)) or text.count("\0") != len(written) - 1:
        raise NotPlainError
    return text.split("\0")


def _with_characters(text: str) -> str:
    """Return a text with its references resolved: some writers have no letter but those of ASCII."""
    known: dict[str, str] = {}

    def character(reference: re.Match[str]) -> str:
        letter = known.get(reference[0])
        if letter is None:
            letter = known[reference[0]] = _character(reference)
        return letter

    resolved, count = _REFERENCE.subn(character, text)
    if count != text.count("&"):
        raise NotPlainError
    return resolved


def _character(reference: re.Match[str]) -> str:
    entity, decimal, hexadecimal = reference.groups()
    if entity:
        return _ENTITIES[entity]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    # blanks, which may be cut off, and what is no character of XML
    if number <= _BLANK or number in _SURROGATES or number > sys.maxunicode:
        raise NotPlainError
    return chr(number)


def _has_blank_ends(joined: bytes) -> bool:
    """Say whether any of the texts, which U+0000 parts, begins or ends with a blank, which calamine cuts off."""
    return joined.startswith(_BLANKS) or joined.endswith(_BLANKS) or any(end in joined for end in _BLANK_ENDS)


def check_head(xml: bytes) -> None:
    """Look through what stands before the rows of a sheet.

    Raises:
        NotPlainError: There is something in it that is left to calamine.
    """
    head = _HEAD.fullmatch(xml)
    if head is None or any(odd in head[1] for odd in _ODD) or _TAGS.fullmatch(head[1]) is None:
        raise NotPlainError
    if b"dimension" in head[1] and _DIMENSION.search(head[1]) is None:
        raise NotPlainError


def check_tail(xml: bytes) -> None:
    """Look through what stands behind the rows of a sheet.

    Raises:
        NotPlainError: There is something in it that is left to calamine, such as merged cells.
    """
    is_whole = xml.rstrip().endswith(b"</worksheet>") and _TAGS.fullmatch(xml) is not None
    if not is_whole or b"mergeCell" in xml or any(odd in xml for odd in _ODD):
        raise NotPlainError
