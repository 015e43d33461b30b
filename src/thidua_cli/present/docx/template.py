"""A user's own Word document as a template: opened and looked through once, filled in for each unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import unescape

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.docx.package import archive
from thidua_cli.present.docx.template_fields import TemplateField
from thidua_cli.present.docx.template_file import paragraphs, template_parts
from thidua_cli.present.toolkit.extra import require
from thidua_cli.side_files import side_bytes

if TYPE_CHECKING:
    from thidua_cli.present.docx.template_language import Piece

_TOKEN: Final = late_pattern(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_UNSEEN: Final = late_pattern(r"<[^>]*(?:\{\{|\{%|\{#)|<w:instrText[^>]*>[^<]*(?:\{\{|\{%|\{#)")
"""A field in an attribute, or in the code of a field of Word."""
_SPECIAL: Final = late_pattern(r"\{\{(?:r|p|tr|tc)\s|\{%\s*(?:cellbg|colspan|hm)\b")
"""What docxtpl offers to programs that hand in pieces of documents."""
_PARAGRAPH: Final = late_pattern(r"<w:p([ >])")
_TEXT: Final = late_pattern(r"(<w:t(?: [^>]*)?>)([^<]*)</w:t>")
_DRAWING: Final = late_pattern(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')
_MOST_FIELDS: Final = 5_000
_SHOWN: Final = 100
"""Letters of a paragraph that a message quotes."""
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_STORED: Final = (".png", ".jpg", ".jpeg", ".gif", ".xlsx", ".zip")


class Template:
    """A document with fields."""

    def __init__(self, name: str, content: bytes, fields: Mapping[str, TemplateField]) -> None:
        """Look a document through.

        Args:
            name: What messages call it.
            content: The file.
            fields: What it may ask for.

        Raises:
            InputError: It is unsafe, or asks for what it cannot have: the sentence quotes the paragraph.
            UsageError: The libraries of the extra are not installed.
        """
        require("jinja2")
        self.name = name
        self.sha256 = hashlib.sha256(content).hexdigest()
        parts = template_parts(name, content)
        self._kept = parts.kept
        self._pieces = dict(self._compiled(parts.filled, fields))

    @classmethod
    def opened(cls, path: Path, fields: Mapping[str, TemplateField]) -> Template:
        """Return the template in a file, which no result may then be written over.

        Raises:
            InputError: As above, or there is no field in it: all units would be handed the same paper.
        """
        template = cls(str(path), side_bytes(path), fields)
        if not template._pieces:
            raise InputError(_NO_FIELD.fill(file=path))
        return template

    def fill(self, values: Mapping[str, object]) -> bytes:
        """Return the document with texts, truths, lists and groups of these in the place of its fields.

        Raises:
            InputError: What comes out is no document, or too long.
        """
        return archive((name, self._content(name, content, values)) for name, content in self._kept.items())

    def _content(self, name: str, content: bytes, values: Mapping[str, object]) -> str | bytes:
        piece = self._pieces.get(name)
        if piece is None:
            return content if name.lower().endswith(_STORED) else _text(content)
        from thidua_cli.present.docx.template_language import FieldError

        try:
            xml = _finished(piece.fill(values))
            paragraphs(xml)
        except FieldError as error:
            raise self._wrong(error.text, name, _line(piece.source, error.line)) from None
        except expat.ExpatError:
            raise self._wrong(_CROSSED, name) from None
        return xml

    def _compiled(self, parts: Mapping[str, str], fields: Mapping[str, TemplateField]) -> Iterator[tuple[str, Piece]]:
        """Yield the parts that hold fields, ready to be filled in."""
        from thidua_cli.present.docx.template_language import FieldError, compiled, sandbox

        environment = sandbox()
        for name, xml in parts.items():
            texts = paragraphs(xml).texts
            if not self._holds_fields(name, xml, texts):
                continue
            source = _PARAGRAPH.sub(r"\n<w:p\1", _joined(xml))
            try:
                yield name, compiled(environment, source, fields)
            except FieldError as error:
                raise self._wrong(error.text, name, _line(source, error.line)) from None

    def _holds_fields(self, name: str, xml: str, texts: Iterable[str]) -> bool:
        """Say whether a part has fields, each of which is whole within its paragraph."""
        count = 0
        for text in texts:
            tokens = _TOKEN.findall(text)
            count += len(tokens)
            closing = ""
            for token in tokens:
                if (token in _CLOSES) == bool(closing) or (closing and token != closing):
                    raise self._wrong(_UNPAIRED.fill(mark=token), name, text)
                closing = _CLOSES.get(token, "")
            if closing:
                raise self._wrong(_UNCLOSED.fill(mark=closing), name, text)
            special = _SPECIAL.search(text)
            if special is not None:
                raise self._wrong(_UNKNOWN_TAG.fill(tag=special[0].strip()), name, text)
        if count > 2 * _MOST_FIELDS:
            raise self._wrong(_TOO_MANY.fill(count=_MOST_FIELDS), name)
        if _UNSEEN.search(xml):
            raise self._wrong(_NOT_IN_TEXT, name)
        return count > 0

    def _wrong(self, reason: Text, part: str, paragraph: str = "") -> InputError:
        where = " ".join(paragraph.split())
        quoted = where if len(where) <= _SHOWN else f"{where[:_SHOWN]}…"
        text = _WRONG_AT if quoted else _WRONG
        return InputError(text.fill(file=self.name, part=part, reason=reason, quoted=quoted))


_WRONG: Final = Text("--template {file}: {reason} ({part})", "--template {file}: {reason} ({part})")
_WRONG_AT: Final = Text(
    "--template {file}: {reason} (trong đoạn “{quoted}”)", "--template {file}: {reason} (in the paragraph “{quoted}”)"
)
_NO_FIELD: Final = Text(
    "--template {file}: không có trường nào, nên báo cáo của mọi đơn vị sẽ như nhau; viết {{{{ unit_name }}}} ở chỗ "
    "cần điền, hoặc bắt đầu từ mẫu của “thidua template --report”",
    "--template {file}: it has no field, so that the reports of all units would be the same; write {{{{ unit_name }}}} "
    "where something is to be filled in, or begin with that of “thidua template --report”",
)
_UNPAIRED: Final = Text(
    "dấu “{mark}” đứng lẻ; mỗi trường viết trọn trong một đoạn: {{{{ unit_name }}}}",
    "the mark “{mark}” stands alone; a field is whole within one paragraph: {{{{ unit_name }}}}",
)
_UNCLOSED: Final = Text("thiếu dấu đóng “{mark}”", "the closing “{mark}” is missing")
_UNKNOWN_TAG: Final = Text("mẫu không dùng được “{tag}”", "“{tag}” cannot be used in a template")
_TOO_MANY: Final = Text("có quá {count} trường", "it has more than {count} fields")
_NOT_IN_TEXT: Final = Text(
    "có trường nằm ngoài chữ của văn bản (trong liên kết, mô tả ảnh hoặc mã trường của Word); hãy đưa ra chữ",
    "it has a field outside the text (in a link, the words of a picture, or the code of a field of Word); move it out",
)
_CROSSED: Final = Text(
    "vòng lặp hoặc điều kiện mở ở một đoạn, ô hay dòng và đóng ở giữa một đoạn, ô hay dòng khác; "
    "hãy dùng {%p … %} cho cả đoạn, {%tr … %} cho cả dòng của bảng",
    "a loop or condition opens in one paragraph, cell or row and closes in the middle of another; "
    "use {%p … %} for whole paragraphs, {%tr … %} for whole rows of a table",
)


def _joined(xml: str) -> str:
    """Return a part whose fields are whole, where Word split them into runs: docxtpl knows how."""
    require("docxtpl")
    from docxtpl import DocxTemplate

    patched: str = DocxTemplate(None).patch_xml(xml)
    return patched


def _line(source: str, number: int) -> str:
    """Return the words of a line of a prepared part: each paragraph is one."""
    lines = source.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return unescape(re.sub(r"<[^>]*>", "", line))


def _finished(xml: str) -> str:
    """Return a filled part as Word has it: line breaks of values within texts, a number for each drawing."""
    from thidua_cli.present.docx.template_language import LINE_BREAK

    xml = xml.replace("\n<w:p", "<w:p")
    if LINE_BREAK in xml:
        xml = _TEXT.sub(lambda text: f"{text[1]}{text[2].replace(LINE_BREAK, _BREAK)}</w:t>", xml)
        xml = xml.replace(LINE_BREAK, " ")
    drawings = iter(range(1, xml.count("<wp:docPr") + 1))
    return _DRAWING.sub(lambda drawing: f"{drawing[1]}{next(drawings)}{drawing[2]}", xml)


def _text(content: bytes) -> str | bytes:
    """Return a part as text, which is then compressed; what is no text stays as it is."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content
