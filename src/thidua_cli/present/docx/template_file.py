"""A Word document that a user hands in as a template: its parts, once it is known that they are safe to hold.

The archive is looked through as those of tables are (`read/limits.py`); what runs, or leads elsewhere, is refused: a
paper that is handed on would run it on somebody else's machine.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from xml.parsers import expat

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.archive import CountedArchive
from thidua_cli.read.limits import MB, archive_too_large, declares_document_type, megabytes

_PARTS: Final = 500
_PART_BYTES: Final = 2 * MB
"""Of a part that is filled in, decompressed: the text of a hundred pages."""
_ALL_BYTES: Final = 32 * MB
"""Of all parts, pictures among them."""
_MAIN: Final = "word/document.xml"
_FILLED: Final = late_pattern(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts in which fields are looked for."""
_MAIN_TYPE: Final = b"wordprocessingml.document.main+xml"
_MACROS: Final = late_pattern(r"vbaProject|vbaData|activeX/", re.IGNORECASE)
_EXTERNAL: Final = late_pattern(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_TYPE: Final = late_pattern(rb"\bType\s*=\s*[\"'][^\"']*/(\w+)[\"']")
_OUTSIDE_FIELDS: Final = late_pattern(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD)\b")
"""Codes of fields that fetch something when the document is opened."""
_ATTACHED: Final = late_pattern(rb"<w:attachedTemplate\b[^>]*/>")


class TemplateParts(NamedTuple):
    """The parts of a template, in the order of its archive."""

    kept: Mapping[str, bytes]
    """Name → content of every part."""
    filled: Mapping[str, str]
    """Name → XML of those that may hold fields."""


def template_parts(name: str, content: bytes) -> TemplateParts:
    """Return the parts of a template.

    Raises:
        InputError: It is no Word document, too large, damaged, or holds what runs or leads elsewhere.
    """
    try:
        with CountedArchive(BytesIO(content)) as archive:
            reason = _refusal(archive)
            kept = {} if reason else {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        reason, kept = _NO_DOCUMENT, {}
    reason = reason or _refusal_of_content(kept)
    if reason is not None:
        raise InputError(_REFUSED.fill(file=name, reason=reason))
    kept = {part: _detached(part, xml) for part, xml in kept.items()}
    return TemplateParts(kept, {part: _decoded(name, xml) for part, xml in kept.items() if _FILLED.fullmatch(part)})


_REFUSED: Final = Text("--template {file}: {reason}", "--template {file}: {reason}")
_NO_DOCUMENT: Final = Text(
    "không phải tệp Word .docx, hoặc tệp bị hỏng; hãy mở bằng Word rồi lưu thành .docx",
    "is no Word document (.docx), or is damaged; open it in Word and save it as .docx",
)
_WITH_MACROS: Final = Text(
    "có macro ({part}); hãy lưu thành .docx, là dạng không có macro",
    "holds macros ({part}); save it as .docx, which has none",
)
_TOO_MANY: Final = Text("có {count} thành phần, quá {limit}", "has {count} parts, more than {limit}")
_TOO_LARGE: Final = Text(
    "giải nén thành {size}, quá giới hạn {limit}; hãy giảm cỡ ảnh rồi lưu lại",
    "decompresses to {size}, more than {limit}; make its pictures smaller and save it",
)
_LONG_PART: Final = Text(
    "phần “{part}” dài {size}, quá giới hạn {limit}", "part “{part}” has {size}, more than {limit}"
)
_LEADS_OUT: Final = Text(
    "có {type} nối ra ngoài tệp ({part}); hãy chèn hẳn vào văn bản, đừng liên kết",
    "leads outside the file by {type} ({part}); insert it instead of linking it",
)
_FETCHES: Final = Text(
    "có trường {code}, lấy nội dung từ nơi khác khi mở tệp; hãy bỏ trường đó",
    "has the field {code}, which fetches something when the file is opened; remove it",
)


def _refusal(archive: zipfile.ZipFile) -> Text | None:
    """Say by the table of contents why an archive is not decompressed."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if _MAIN not in names or len(names) < len(entries):
        return _NO_DOCUMENT
    macros = next((name for name in sorted(names) if _MACROS.search(name)), None)
    if macros is not None:
        return _WITH_MACROS.fill(part=macros)
    if len(entries) > _PARTS:
        return _TOO_MANY.fill(count=len(entries), limit=_PARTS)
    size = sum(entry.file_size for entry in entries)
    if size > _ALL_BYTES:
        return _TOO_LARGE.fill(size=megabytes(size), limit=megabytes(_ALL_BYTES))
    for entry in entries:
        if _FILLED.fullmatch(entry.filename) and entry.file_size > _PART_BYTES:
            limit = megabytes(_PART_BYTES)
            return _LONG_PART.fill(part=entry.filename, size=megabytes(entry.file_size), limit=limit)
    return archive_too_large(archive) or declares_document_type(archive)


def _refusal_of_content(parts: Mapping[str, bytes]) -> Text | None:
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        return _WITH_MACROS.fill(part="[Content_Types].xml")
    if _MAIN_TYPE not in types:
        return _NO_DOCUMENT
    for name, content in parts.items():
        if name.endswith(".rels"):
            for link in _EXTERNAL.findall(content):
                type_ = _TYPE.search(link)
                kind = type_[1].decode("ascii", "replace") if type_ else "?"
                if kind not in _HARMLESS:
                    return _LEADS_OUT.fill(type=kind, part=name)
    return None


_HARMLESS: Final = ("hyperlink", "attachedTemplate")
"""A link leads on when it is clicked; the document that Word made it from is taken out here."""


def _detached(name: str, content: bytes) -> bytes:
    """Return a part without what names the template it was made of: Word would fetch it when the paper is opened."""
    if name == "word/settings.xml":
        return _ATTACHED.sub(b"", content)
    if not name.endswith(".rels"):
        return content
    return _EXTERNAL.sub(lambda link: b"" if b"/attachedTemplate" in link[0] else link[0], content)


def _decoded(file: str, content: bytes) -> str:
    try:
        xml = content.decode("utf-8-sig")
        look = paragraphs(xml)
    except (UnicodeDecodeError, expat.ExpatError):
        raise InputError(_REFUSED.fill(file=file, reason=_NO_DOCUMENT)) from None
    code = _OUTSIDE_FIELDS.search(look.codes)
    if code is not None:
        raise InputError(_REFUSED.fill(file=file, reason=_FETCHES.fill(code=code[1])))
    return xml


class ParagraphTexts(NamedTuple):
    """What a part says."""

    texts: list[str]
    """One per paragraph, the pieces Word made of it joined."""
    codes: str
    """Codes of all fields of Word."""


def paragraphs(xml: str) -> ParagraphTexts:
    """Return what a part says, paragraph by paragraph.

    Raises:
        ExpatError: It is not well-formed, or declares a document type.
    """
    reader = _PartReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.Parse(xml.encode("utf-8"), True)
    return ParagraphTexts(reader.texts, "".join(reader.codes))


class _PartReader:
    """Joins the texts of paragraphs; one of a text box stands inside another."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.codes: list[str] = []
        self._open: list[list[str]] = []
        self._within = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._within = name
        if name == "w:p":
            self._open.append([])
        elif name == "w:fldSimple":
            self.codes.append(f" {attributes.get('w:instr', '')} ")

    def end(self, name: str) -> None:
        self._within = ""
        if name == "w:p" and self._open:
            self.texts.append("".join(self._open.pop()))

    def text(self, text: str) -> None:
        if self._within == "w:t" and self._open:
            self._open[-1].append(text)
        elif self._within == "w:instrText":
            self.codes.append(text)

    def doctype(self, *_: object) -> None:
        raise expat.ExpatError("a document type")
