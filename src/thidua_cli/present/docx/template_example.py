"""A template to begin with: the report of one unit as the program draws it, with fields in the place of its words.

It is drawn from an illustrative paper, so that columns and lines are as wide as real words make them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.office import Office
from thidua_cli.present.docx.package import archive
from thidua_cli.present.formats.docx import word_parts
from thidua_cli.present.paper import frame as lines_of
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.toolkit.document import ColumnType, Document, Section, Table, TableColumn, text_line

_OFFICE: Final = Office(
    superior="UBND TỈNH VÍ DỤ MỘT",
    agency="UBND HUYỆN VÍ DỤ HAI",
    place="Ví Dụ Ba",
    signer_title="TM. ỦY BAN NHÂN DÂN VÍ DỤ",
    signer="Nguyễn Văn Ví Dụ",
    prepared_by="Trần Thị Ví Dụ",
    number="12/BC-VD",
    date=date(2025, 11, 12),
    recipients=("Nơi nhận ví dụ",),
)
_SUBJECT: Final = "Kết quả giảm nghèo của Xã Ví Dụ, giai đoạn 2021–2024"
_LOOP: Final = "lặp"
_END: Final = "hết"


def template_example(language: Language) -> bytes:
    """Return a Word document that `report --template` fills in as it is."""
    frame = Frame("Báo cáo ví dụ", _SUBJECT, _OFFICE)
    closing = Section(text=[text_line("{%p endif %}")])
    sections = [_figures(language), _verdict(language), _findings(language), closing]
    parts = word_parts(Document(sections, frame=frame), language)
    words = _frame_words(frame, language)
    return archive((name, _replaced(name, content, words)) for name, content in parts)


def _replaced(name: str, content: str | bytes, words: Mapping[str, str]) -> str | bytes:
    if name == "docProps/core.xml" and isinstance(content, str):
        return content.replace(_OFFICE.agency, "").replace(f"Báo cáo ví dụ {_SUBJECT}", "")
    if name != "word/document.xml" or not isinstance(content, str):
        return content
    for word, field in words.items():
        content = content.replace(f">{word}</w:t>", f">{field}</w:t>")
    return content


def _frame_words(frame: Frame, language: Language) -> dict[str, str]:
    """Return each text of the frame of the illustrative paper → its field, and the loops of its tables."""
    (recipient,) = lines_of.recipients_lines(frame, language)[1:]
    recipients = "</w:t></w:r></w:p><w:p><w:r><w:t>".join(
        ("{%p for line in office.recipients %}", "{{ line }}", "{%p endfor %}")
    )
    rows = {f"{_LOOP} {name}": f"{{%tr for {entry} in {name} %}}" for name, entry in _ENTRIES.items()}
    return {
        _OFFICE.superior: "{{ office.superior }}",
        _OFFICE.agency: "{{ office.agency }}",
        lines_of.number_line(frame, language).text: "{{ office.number }}",
        lines_of.date_line(frame, language).text: "{{ office.date }}",
        frame.name.upper(): "{{ title }}",
        frame.subject: "{{ subject }}",
        recipient.text: recipients,
        _OFFICE.prepared_by: "{{ office.prepared_by }}",
        _OFFICE.signer_title: "{{ office.signer_title }}",
        _OFFICE.signer: "{{ office.signer }}",
        **rows,
        _END: "{%tr endfor %}",
        **{word: f"{{{{ {field} }}}}" for word, field in _CELLS.items()},
    }


_ENTRIES: Final = {"years": "y", "criteria": "c", "findings": "f"}
_CELLS: Final = {
    "2021": "y.year",
    "12.345": "y.households",
    "1.234": "y.poor_households",
    "1.235": "y.near_poor_households",
    "2.469": "y.count",
    "20,01": "y.rate",
    "4,01": "y.fall_points",
    "16,01": "y.fall_percent",
    "Phát hiện ví dụ": "f.text",
    "Vị trí ví dụ": "f.place",
    "Mức ví dụ": "f.severity",
}


def _figures(language: Language) -> Section:
    heads = (
        (Text("Năm", "Year"), ColumnType.YEAR),
        (Text("Tổng số hộ", "Households"), ColumnType.COUNT),
        (Text("Hộ nghèo", "Poor"), ColumnType.COUNT),
        (Text("Hộ cận nghèo", "Near-poor"), ColumnType.COUNT),
        (Text("Cộng", "Together"), ColumnType.COUNT),
        (Text("Tỷ lệ %", "Rate %"), ColumnType.DECIMAL),
        (Text("Giảm (điểm %)", "Fall (points)"), ColumnType.DECIMAL),
        (Text("Giảm số hộ %", "Fall of the count %"), ColumnType.DECIMAL),
    )
    columns = [TableColumn(text.pick(language), type_) for text, type_ in heads]
    return Section(
        Text("I. Số hộ, tỷ lệ và mức giảm", "I. Households, rates and falls").pick(language),
        text=[text_line(line) for line in _each("note", "figure_notes")],
        table=Table(columns, _rows("years", [word for word, field in _CELLS.items() if field.startswith("y.")])),
    )


def _verdict(language: Language) -> Section:
    lines = [
        *_each("note", "verdict_notes"),
        *_each("reason", "reasons"),
        "{%p for c in criteria %}",
        "{{ c.name }}: {{ c.asked }}",
        "{%p for line in c.lines %}",
        "{{ line.name }}: {{ line.text }}",
        "{%p endfor %}",
        "{%p endfor %}",
        *_each("a", "attestations", "{{ a.criterion }}: {{ a.state }}; {{ a.attested_by }}"),
    ]
    return Section(
        Text("II. Kết quả xét tiêu chí", "II. Verdict").pick(language),
        text=[text_line("{{ verdict_sentence }}", "bold"), *map(text_line, lines)],
    )


def _findings(language: Language) -> Section:
    heads = (Text("Nội dung", "Finding"), Text("Vị trí", "Place"), Text("Mức", "Severity"))
    words = [word for word, field in _CELLS.items() if field.startswith("f.")]
    return Section(
        Text("III. Kiểm tra số liệu", "III. Check of the figures").pick(language),
        text=[text_line(line) for line in (*_each("note", "finding_notes"), "{%p if findings %}")],
        table=Table([TableColumn(text.pick(language)) for text in heads], _rows("findings", words)),
    )


def _each(entry: str, name: str, shown: str = "") -> list[str]:
    """Return paragraphs that show every entry of a list in one of its own."""
    return [f"{{%p for {entry} in {name} %}}", shown or f"{{{{ {entry} }}}}", "{%p endfor %}"]


def _rows(name: str, words: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table between the two that say what is repeated; those two are not in the report."""
    blank = [""] * (len(words) - 1)
    return [[f"{_LOOP} {name}", *blank], list(words), [_END, *blank]]
