"""Templates of an office's own: what they may hold, what is refused with its words, what comes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

import docx
import pytest
from jinja2 import UndefinedError

from tests.cli.program import TOP
from tests.present import cases
from thidua_cli.errors import InputError
from thidua_cli.language import Language
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.docx import template_file, template_language
from thidua_cli.present.docx.template import Template
from thidua_cli.present.docx.template_example import template_example
from thidua_cli.present.docx.template_fields import FieldKind, TemplateField, all_names
from thidua_cli.present.report.fields import FIELDS, report_fields

VALUES = report_fields(cases.unit_report(), NO_OFFICE, Language.VI)
"""Of Huyện Minh Họa."""


def written(*paragraphs: str | tuple[str, ...], rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A document as Word would have it; the pieces of a tuple are runs of one paragraph."""
    document = docx.Document()
    for pieces in paragraphs:
        paragraph = document.add_paragraph()
        for piece in (pieces,) if isinstance(pieces, str) else pieces:
            paragraph.add_run(piece).bold = len(piece) % 2 == 0
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(
    content: bytes, changes: Mapping[str, tuple[bytes, bytes]], more: Mapping[str, bytes] | None = None
) -> bytes:
    """A document with bytes of some parts replaced, and parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            before, after = changes.get(name, (b"", b""))
            part = old.read(name)
            assert before in part
            new.writestr(name, part.replace(before, after, 1) if before else part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def texts(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    return [paragraph.text for paragraph in document.paragraphs]


def filled(*paragraphs: str | tuple[str, ...]) -> list[str]:
    return texts(Template("mau.docx", written(*paragraphs), FIELDS).fill(VALUES))


def refused(content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        Template("mau.docx", content, FIELDS).fill(VALUES)
    assert caught.value.text.vi.startswith("--template mau.docx: ")
    assert caught.value.text.en.startswith("--template mau.docx: ")
    return caught.value.text.vi


def test_fields_are_filled_in_wherever_word_cut_them() -> None:
    assert filled("Đơn vị: {{ unit_name }} ({{unit_code}})", ("Cấp {", "{ le", "vel }", "}")) == [
        "Đơn vị: Huyện Minh Họa (504)",
        "Cấp huyện",
    ]


def test_a_paragraph_is_repeated_for_each_entry_of_a_list() -> None:
    notes = VALUES["figure_notes"]
    assert isinstance(notes, list)
    assert notes
    assert filled("{%p for r in figure_notes %}", "- {{ r }}", "{%p endfor %}", "hết") == [
        *(f"- {note}" for note in notes),
        "hết",
    ]


def test_a_row_of_a_table_is_repeated_for_each_entry_of_a_list() -> None:
    rows = (
        ("Năm", "Hộ"),
        ("{%tr for y in years %}", ""),
        ("{{ y.year }}", "{{ y.households }}"),
        ("{%tr endfor %}", ""),
    )
    document = docx.Document(io.BytesIO(Template("mau.docx", written("x", rows=rows), FIELDS).fill(VALUES)))
    shown = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert shown == [["Năm", "Hộ"], ["2021", "6.800"], ["2022", "6.820"], ["2023", "6.840"], ["2024", "6.860"]]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("{% if is_met %}có{% else %}chưa{% endif %}", "có"),
        ("{% if is_met and not level == 'xã' and unit_code == '504' %}x{% endif %}", "x"),
        ("{{ years|length }} năm, cuối kỳ {{ (years|last).year }}", "4 năm, cuối kỳ 2024"),
        ("{{ unit_name if is_met else level }}", "Huyện Minh Họa"),
        ("{{ unit_name|upper }}", "HUYỆN MINH HỌA"),
        ("{% for y in years %}{{ y.year }}{% if not loop.last %}, {% endif %}{% endfor %}", "2021, 2022, 2023, 2024"),
        ("{{ office.signer }}", "……………………"),
        ("{# ghi chú #}hết", "hết"),
        ("một { ngoặc } thường", "một { ngoặc } thường"),
    ],
)
def test_a_template_asks_chooses_and_counts(field: str, shown: str) -> None:
    assert filled(field) == [shown]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("{{ unit_nme }}", "không có trường “unit_nme”; có phải là “unit_name”?"),
        ("{{ agency }}", "không có trường “agency”; có phải là “office.agency”?"),
        ("{{ office.agancy }}", "có phải là “office.agency”?"),
        ("{% for f in findings %}{{ f.sevrity }}{% endfor %}", "có phải là “f.severity”?"),
        ("{% if is_met %}{{ unit_nme }}{% endif %}", "có phải là “unit_name”?"),  # though it is never filled in
        ("{{ ngày }}", "không có trường “ngày”; các trường: title"),
        ("{{ years }}", "là một danh sách"),
        ("{{ office }}", "là một nhóm, gồm: superior, agency"),
        ("{{ is_met }}", "chỉ là đúng hoặc sai"),
        ("{% for x in unit_name %}{{ x }}{% endfor %}", "“unit_name” không phải là danh sách"),
        ("{{ unit_name", "thiếu dấu đóng “}}”"),
        ("unit_name }}", "dấu “}}” đứng lẻ"),
        ("{% for %}x{% endfor %}", "không hiểu được chỗ này"),
        ("{% if is_met %}x", "không hiểu được chỗ này"),
        ("{% bảng %}", "không hiểu được chỗ này"),
    ],
)
def test_what_a_template_cannot_have_is_told_with_its_paragraph(field: str, told: str) -> None:
    message = refused(written("Trước.", f"Đoạn này: {field}", "Sau."))
    assert told in message
    assert f"(trong đoạn “Đoạn này: {field}”)" in message


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("{{ unit_name.upper() }}", "gọi hàm"),
        ("{{ office.agency.length }}", "không có phần nào tên “length”"),
        ("{{ office['agency'].length }}", "không có phần nào tên “length”"),
        ("{{ office.items }}", "không có trường “office.items”"),
        ("{{ loop }}", "không có trường “loop”"),
        ("{{ 2 * 3 }}", "phép tính"),
        ("{{ unit_name ~ level }}", "phép nối ~"),
        ("{{ [1, 2] }}", "danh sách viết trong mẫu"),
        ("{{ unit_name[:2] }}", "số thứ tự trong ngoặc vuông"),
        ("{{ unit_name|replace('a', 'b') }}", "không có bộ lọc “replace”"),
        ("{{ unit_name|default(level) }}", "không được dùng"),
        ("{% set x = 1 %}", "{% set %}"),
        ("{% macro m() %}{% endmacro %}", "{% macro %}"),
        ("{% include 'x' %}", "{% include %}"),
        ("{% import 'x' as y %}", "{% import %}"),
        ("{% extends 'x' %}", "{% extends %}"),
        ("{% for y in years recursive %}x{% endfor %}", "recursive"),
        ("{% for a, b in years %}x{% endfor %}", "danh sách viết trong mẫu"),
        ("{{r unit_name }}", "không dùng được “{{r”"),
        ("{% cellbg x %}", "không dùng được"),
        ("{{ '" + "a" * 600 + "' }}", "quá dài"),
        (
            "{% for a in years %}{% for b in years %}{% for c in years %}x{% endfor %}{% endfor %}{% endfor %}",
            "lồng quá 2 lần",
        ),
    ],
)
def test_a_template_neither_calculates_nor_calls_nor_fetches(field: str, told: str) -> None:
    assert told in refused(written(field))


def test_the_sandbox_hands_out_no_attribute_though_nothing_was_looked_through() -> None:
    environment = template_language.sandbox()
    assert environment.globals == {}
    for asked in ("{{ x.upper }}", "{{ x.y.items }}", "{{ x['y'].items }}"):
        with pytest.raises(UndefinedError):
            environment.from_string(asked).render(x={"y": {}})


def test_a_value_is_text_whatever_it_holds() -> None:
    office = Office(signer="<w:b/> & {{ unit_code }}\x1b", signer_title="MỘT\nHAI")
    values = report_fields(cases.unit_report(), office, Language.VI)
    template = Template("mau.docx", written("{{ office.signer }}", "{{ office.signer_title }}"), FIELDS)
    assert texts(template.fill(values)) == ["<w:b/> & {{ unit_code }}␛", "MỘT\nHAI"]


def test_a_loop_over_the_half_of_a_paragraph_is_told() -> None:
    message = refused(written("{% for y in years %}a", rows=(("{% endfor %}",),)))
    assert "{%p … %}" in message


def test_what_grows_beyond_any_paper_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_language, "_OUTPUT", 5_000)
    assert "dài quá giới hạn" in refused(written("{% for y in years %}" + "chữ " * 500 + "{% endfor %}"))


def test_the_first_entry_of_an_empty_list_is_told() -> None:
    values = {**VALUES, "sources": []}
    template = Template("mau.docx", written("{{ (sources|first).file }}"), FIELDS)
    with pytest.raises(InputError, match="danh sách đang trống"):
        template.fill(values)


RELATION = (
    b'<Relationship Id="rId99" Type="http://example/relationships/%s" Target="http://example/x" TargetMode="External"/>'
)
RELATIONS = "word/_rels/document.xml.rels"


def with_relation(kind: bytes) -> bytes:
    return changed(
        written("{{ unit_name }}"), {RELATIONS: (b"</Relationships>", RELATION % kind + b"</Relationships>")}
    )


@pytest.mark.parametrize("kind", [b"image", b"oleObject", b"subDocument", b"frame"])
def test_what_leads_outside_is_refused(kind: bytes) -> None:
    assert f"có {kind.decode()} nối ra ngoài tệp ({RELATIONS})" in refused(with_relation(kind))


def test_a_link_to_click_on_stays_and_the_document_it_was_made_of_goes() -> None:
    link = Template("mau.docx", with_relation(b"hyperlink"), FIELDS).fill(VALUES)
    made_of = Template("mau.docx", with_relation(b"attachedTemplate"), FIELDS).fill(VALUES)
    assert b"rId99" in zipfile.ZipFile(io.BytesIO(link)).read(RELATIONS)
    assert b"rId99" not in zipfile.ZipFile(io.BytesIO(made_of)).read(RELATIONS)


def test_a_document_with_macros_is_refused() -> None:
    message = refused(changed(written("x"), {}, {"word/vbaProject.bin": b"x"}))
    assert "có macro (word/vbaProject.bin)" in message
    enabled = (b"wordprocessingml.document.main+xml", b"wordprocessingml.document.macroEnabled.main+xml")
    assert "có macro" in refused(changed(written("x"), {"[Content_Types].xml": enabled}))


def test_a_field_of_word_that_fetches_is_refused() -> None:
    code = b'<w:r><w:instrText>INCLUDETEXT "x"</w:instrText></w:r>'
    content = changed(written("x"), {"word/document.xml": (b"<w:r>", code + b"<w:r>")})
    assert "có trường INCLUDETEXT" in refused(content)


def test_a_field_outside_the_text_is_told() -> None:
    content = changed(written("x"), {"word/document.xml": (b"<w:r>", b'<w:r w:rsidR="{{ unit_name }}">')})
    assert "nằm ngoài chữ của văn bản" in refused(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", written("x")[:2000], changed(written("x"), {"word/document.xml": (b"</w:body>", b"")})],
    ids=["empty", "text", "cut", "not well-formed"],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    assert "không phải tệp Word .docx" in refused(content)


def test_a_workbook_is_no_document() -> None:
    (workbook, *_) = sorted((TOP / "sample_data/dong-giang").glob("*.xlsx"))
    assert "không phải tệp Word .docx" in refused(workbook.read_bytes())


def test_a_document_that_declares_a_document_type_is_refused() -> None:
    content = changed(written("x"), {"word/document.xml": (b"<w:document", b"<!DOCTYPE x><w:document")})
    assert "DOCTYPE" in refused(content)


@pytest.mark.parametrize(
    ("limit", "told"), [("_PARTS", "thành phần"), ("_PART_BYTES", "dài"), ("_ALL_BYTES", "giải nén")]
)
def test_a_document_beyond_the_limits_is_refused(limit: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_file, limit, 3)
    assert told in refused(written("x"))


def test_the_same_template_gives_the_same_bytes_and_is_told_by_its_hash() -> None:
    content = written("{{ unit_name }}")
    one, other = (Template("mau.docx", content, FIELDS) for _ in range(2))
    assert one.fill(VALUES) == other.fill(VALUES) == one.fill(VALUES)
    assert one.sha256 == other.sha256
    assert one.sha256 != Template("mau.docx", written("{{ level }}"), FIELDS).sha256


def shapes(values: object, field: TemplateField) -> Iterator[bool]:
    """Whether a value is what its field says, with all below it."""
    match field.kind:
        case FieldKind.TEXT:
            yield isinstance(values, str)
        case FieldKind.TRUTH:
            yield isinstance(values, bool)
        case FieldKind.TEXTS:
            yield isinstance(values, list)
            yield all(isinstance(text, str) for text in values)  # type: ignore[attr-defined]  # a list
        case FieldKind.LIST:
            yield isinstance(values, list)
            for entry in values:  # type: ignore[attr-defined]  # a list
                yield from shapes(entry, field.entry())
        case FieldKind.GROUP:
            assert isinstance(values, dict)
            yield set(values) == set(field.fields)
            for name, inner in field.fields.items():
                yield from shapes(values[name], inner)


@pytest.mark.parametrize("language", Language)
def test_a_report_has_every_field_and_no_other(language: Language) -> None:
    values = report_fields(cases.unit_report(), NO_OFFICE, language)
    found = list(shapes(values, TemplateField(kind=FieldKind.GROUP, fields=FIELDS)))
    assert len(found) > len(FIELDS)
    assert all(found)


@pytest.mark.parametrize("page", ["docs/report-template.md", "docs/vi/mau-bao-cao.md"])
def test_every_field_is_documented(page: str) -> None:
    text = (TOP / page).read_text("utf-8")
    names = list(all_names(FIELDS))
    assert len(names) > 50
    assert [name for name in names if f"`{name}`" not in text] == []


@pytest.mark.parametrize("language", Language)
def test_the_template_to_begin_with_is_filled_in_as_it_is(language: Language) -> None:
    values = report_fields(cases.unit_report(), NO_OFFICE, language)
    content = Template("mau.docx", template_example(language), FIELDS).fill(values)
    shown = "\n".join(texts(content))
    assert "{" not in shown
    assert "VÍ DỤ" not in shown.upper()
    assert str(values["verdict_sentence"]) in shown
    table = docx.Document(io.BytesIO(content)).tables[1]
    assert [row.cells[0].text for row in table.rows[1:]] == ["2021", "2022", "2023", "2024"]
