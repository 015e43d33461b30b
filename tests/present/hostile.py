"""Texts that try to steer what shows them, and what of one is still raw in an output of each format."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

import docx
import openpyxl
import pypdf
from docx.text.paragraph import Paragraph
from lxml import etree

from thidua_cli.present.toolkit.foreign_text import steers, visible

TERMINAL: Final = (
    "Q01\x1b[2K\x1b[1A xóa dòng",
    "Q02\x1b]0;tên cửa sổ\x07",
    "Q03\x9b31mđỏ\x9b0m",
    "Q04\x08\x08\x08\x08che",
    "Q05\x7fxóa",
    "Q06\x0bxuống\x0cdưới",
    "Q07\x1b]8;;http://vi.du\x1b\\liên kết\x1b]8;;\x1b\\",
    "Q08\x1bPq#0\x1b\\",
    "Q09\x85dòng\x84khác",
    "Q10\x1b[8mẩn\x1b[0m",
)
"""Control characters and what begins with one."""
UNSEEN: Final = (
    "Q11\u202etạđ gnôhK",
    "Q12\u2067ngược\u2069",
    "Q13\u200eđánh\u200fdấu",
    "Q14\u061cchữ",
    "Q15\u200bkhông\u200crộng\u200d",
    "Q16\u2060nối\ufeff",
    "Q17\u00admềm",
    "Q18\u2028dòng\u2029đoạn",
    "Q19\U000e0041\U000e007fthẻ",
    "Q20\ufff9chú\ufffagiải\ufffb",
    "Q21\ue000riêng\U000f0000",
    "Q22" + "a" + "\u0335" * 40,
    "Q23\u05d0\u05d1 12 34",
    "Q24\ufe0fbiến\u034fthể",
    "Q25\u3164trống\u2800",
    "Q26\u202d\u2066lồng\u202c",
)
"""Characters without a shape, and letters that turn others around."""
MARKUP: Final = (
    "Q31 <script>alert(1)</script>",
    "Q32 [bấm vào đây](http://vi.du)",
    "Q33 ![ảnh](http://vi.du/a.png)",
    "Q34 `mã` ``hai``",
    "Q35 *nghiêng* **đậm** _gạch_ ~~bỏ~~",
    "Q36 &lt;b&gt; &#42; &nbsp;",
    "Q37 <http://vi.du> <a@vi.du>",
    "Q38 | cột | khác |",
    "Q39 [q39]: http://vi.du",
    "Q40 \\*thoát\\* cuối\\",
    "# Q41 tiêu đề",
    "> Q42 trích",
    "- Q43 mục",
    "1. Q44 mục",
    "+ Q45 mục",
    "--- Q46",
    "~~~ Q47",
    "    Q48 khối mã",
    "Q49 tiêu đề ##",
    "<!-- Q50",
    "[ ] Q51 việc",
    "Q52 $x$ $$y$$",
    "``` Q53",
    "*Q54",
)
"""What Markdown would read."""
FORMULAS: Final = (
    "=Q61+1",
    "+Q62",
    "-Q63",
    "@Q64",
    "＝Q65",
    "＋Q66",
    "－Q67",
    "＠Q68",
    " =Q69",
    "\u00a0=Q70",
    "Q71;=HYPERLINK(1)",
    "Q72,=1+1",
    'Q73";=1+1',
    'Q74;"=1+1',
    '"=Q75',
    "'=Q76",
    '=Q77("a";"b")',
    "−Q78",
    "Q79; +1",
    "Q80\t=1",
    "Q81_x0041_ _x001B_",
    "Q82 {unit} {0} {} %s {",
)
"""What a spreadsheet would run, in a table of commas or of semicolons."""
TEXTS: Final = (*TERMINAL, *UNSEEN, *MARKUP, *FORMULAS)

_MARKER: Final = re.compile(r"Q\d\d")
_OWN_MARKUP: Final = re.compile(r'<a id="[\w-]*"></a>|\[[\w-]+\]\(#[\w-]+\)|^\|?[:|-]+\|$', re.MULTILINE)
"""Anchors, links between sections, the rule below the headings of a table."""
_CODE: Final = re.compile(r"(?m)^`[\w-]+` · ")
"""The name of a finding, where it is documented."""
_LIVE: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:[\[`~$]|<[a-zA-Z/!?])")
_ENTITY: Final = re.compile(r"(?<!\\)(?:\\\\)*&#?\w+;")
_BOLD: Final = re.compile(r"\*\*(?:[^*\\]|\\.)+?\*\*")
_STRESS: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:(?<!\s)\*|\*(?!\s)|\b_|_\b)")
_RUN: Final = re.compile(r"[\s\"\u200b\ufeff]*[=+\-−@＝＋－＠]")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def markers(text: str) -> set[str]:
    """Which of the texts stand somewhere, in whatever form."""
    return set(_MARKER.findall(text))


def raw_on_a_screen(text: str) -> Iterator[str]:
    """What of a text for people would not be seen, or would steer."""
    for line in text.split("\n"):
        if visible(line) != line:
            yield line
        yield from (line for character in line if steers(character))


def raw_in_markdown(page: str) -> Iterator[str]:
    """What of a page would be read as markup that is not ours."""
    yield from raw_on_a_screen(page)
    for line in page.split("\n"):
        rest = _BOLD.sub("", _CODE.sub("", _OWN_MARKUP.sub("", line)))
        body = re.sub(r"^(?:#{1,3} |- )", "", rest)
        if _LIVE.search(body) or _ENTITY.search(body) or _STRESS.search(body):
            yield line
        is_heading, is_cell = line.startswith("#"), line.startswith("|")
        if not is_heading and not is_cell and re.match(r"\s{4}|#{1,6}\s|>|[-+]\s|\d{1,9}[.)]\s", body):
            yield line
        if is_heading and re.search(r"\s#+$", line):
            yield line


def raw_in_csv(table: str) -> Iterator[str]:
    """What some program would begin a formula with, splitting at commas, semicolons or tabs, with quotes or without."""
    cells = [
        cell
        for delimiter in ",;\t"
        for row in csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
        for cell in row
    ]
    cells += [cell for line in table.splitlines() for cell in re.split("[,;\t]", line)]
    yield from (cell for cell in cells if _RUN.match(cell) and not _NUMBER.fullmatch(cell.strip()))


def raw_in_json(document: str) -> Iterator[str]:
    """What of a document would steer a terminal."""
    yield from (repr(character) for character in document if character != "\n" and steers(character))


_OWN_CELL: Final = re.compile(r"(?:'!\$|[(,+]\$?)Q\d+(?::\$Q\d+)?")
"""A cell of column Q, or some that follow each other, as the program's own formulas name them."""


def raw_in_workbook(content: bytes) -> Iterator[str]:
    """What of a workbook would not be seen, would be run, or leads elsewhere."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    yield from (name for name in book.sheetnames if visible(name) != name)
    yield from (
        str(book.properties.title) for _ in "1" if visible(book.properties.title or "") != (book.properties.title or "")
    )
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            value = cell.value
            if cell.data_type == "f" and markers(_OWN_CELL.sub("", str(value))):
                yield str(value)
            if cell.hyperlink is not None and cell.hyperlink.target:
                yield str(cell.hyperlink.target)
            if isinstance(value, str):
                yield from raw_on_a_screen(value)


def raw_in_a_word_document(content: bytes) -> Iterator[str]:
    """What of a document would not be seen, would be calculated, or leads elsewhere."""
    own_field = {" PAGE "}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in package.read(name):
                yield name
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(package.read(name))
                yield from (node.text or "" for node in root.iter(_WORD + "instrText") if node.text not in own_field)
                yield from (node.get(_WORD + "instr", "") for node in root.iter(_WORD + "fldSimple"))
    for text in word_texts(content):
        yield from raw_on_a_screen(text)


_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_texts(content: bytes) -> Iterator[str]:
    """Every paragraph of a document, those in tables too, and its title."""
    document = docx.Document(io.BytesIO(content))
    yield document.core_properties.title
    yield from (Paragraph(node, document).text for node in document.element.body.iter(_WORD + "p"))


def raw_in_pdf(content: bytes) -> Iterator[str]:
    """What of a file of pages would not be seen, or leads elsewhere."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    for text in (*_page_texts(content), *map(str, (reader.metadata or {}).values()), *bookmarks(reader.outline)):
        yield from raw_on_a_screen(text)
    for page in reader.pages:
        yield from (str(each.get_object()["/A"]) for each in page.get("/Annots", ()) if "/A" in each.get_object())


def _page_texts(content: bytes) -> list[str]:
    """Return the text of every page; where a word may be broken is no part of it."""
    return [page.extract_text().replace("\u200b", "") for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def bookmarks(outline: Any) -> Iterator[str]:
    """What the bookmarks of a file of pages say, from top to bottom."""
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield str(entry["/Title"])


_PAGE_TAGS: Final = frozenset(
    re.findall(
        r"\w+",
        """html head meta title style body main header footer div h1 h2 h3 h4 span p strong code ul li dl dt dd a table
        caption thead tbody tr th td figure figcaption svg desc path rect text br""",
    )
)
_PAGE_ATTRIBUTES: Final = frozenset(
    re.findall(
        r"[\w-]+",
        """lang charset http-equiv content name class id href role tabindex aria-label scope colspan rowspan xmlns
        viewbox font-family font-size fill d stroke stroke-width stroke-opacity stroke-dasharray
        fill-opacity text-anchor x y width height""",
    )
)


class _PageReader(HTMLParser):
    """Reads a page, and collects its texts and what of it is not our own markup."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.foreign: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.foreign += [] if tag in _PAGE_TAGS else [tag]
        for name, value in attrs:
            is_ours = name in _PAGE_ATTRIBUTES and (name != "href" or str(value).startswith("#"))
            self.foreign += [] if is_ours else [f"{name}={value}"]
            self.texts += (
                [value or ""] if name != "content" else []
            )  # the policy names a digest, which may hold any letters

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_comment(self, data: str) -> None:
        self.foreign.append(data)


def _read_page(page: str) -> _PageReader:
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    return reader


def raw_in_a_web_page(page: str) -> Iterator[str]:
    """What of a page would be markup that is not ours, would not be seen, or leads elsewhere."""
    reader = _read_page(page)
    yield from reader.foreign
    for text in reader.texts:
        yield from raw_on_a_screen(text)


RAW: Final[dict[str, Callable[[Any], Iterator[str]]]] = {
    "table": raw_on_a_screen,
    "markdown": raw_in_markdown,
    "csv": lambda table: iter([*raw_on_a_screen(table), *raw_in_csv(table)]),
    "json": raw_in_json,
    "xlsx": raw_in_workbook,
    "docx": raw_in_a_word_document,
    "html": raw_in_a_web_page,
    "pdf": raw_in_pdf,
}
"""Format → what of an output of it is raw."""


def shown_in(format_: str, output: str | bytes) -> str:
    """Return all text of an output, to look for markers."""
    if isinstance(output, str) and format_ == "html":
        return "\n".join(_read_page(output).texts)
    if isinstance(output, str):
        return output if format_ != "json" else "\n".join(_strings(json.loads(output)))
    if format_ == "docx":
        return "\n".join(word_texts(output))
    if format_ == "pdf":
        return "\n".join(_page_texts(output))
    book = openpyxl.load_workbook(io.BytesIO(output))
    cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            yield from (text for part in value for text in _strings(part))
        case dict():
            yield from (text for key, part in value.items() for text in (key, *_strings(part)))


def printable(text: str) -> str:
    """The text without control characters, for places that take none."""
    return "".join(character for character in text if unicodedata.category(character) not in {"Cc", "Cs"})
