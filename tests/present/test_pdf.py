"""PDF files: the measures of the decree, nothing torn by the end of a page, no text that is code, the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest

from tests.present import cases
from tests.present.hostile import bookmarks
from thidua_cli.errors import UsageError
from thidua_cli.language import Language
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.formats import pdf
from thidua_cli.present.formats.pdf import pages
from thidua_cli.present.formats.pdf_values import paper_values, shown
from thidua_cli.present.paper import measures
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.toolkit.column_widths import ColumnNeed, widths
from thidua_cli.present.toolkit.document import (
    Chart,
    ChartSeries,
    ColumnType,
    Document,
    Section,
    Table,
    TableColumn,
    text_line,
    text_table,
)
from thidua_cli.present.toolkit.render import render
from thidua_cli.present.toolkit.text_width import text_width

OFFICE: Final = Office(
    "UBND tỉnh Thí Dụ",
    "Sở Nông nghiệp và Môi trường",
    "Thí Dụ",
    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    "Nguyễn Văn A",
    "Trần Thị B",
    "12/BC-SNNMT",
    date(2026, 2, 5),
    ("UBND tỉnh", "Lưu: VT"),
)
CHART: Final = Chart(
    "Tỷ lệ hộ nghèo", ["2021", "2022"], [ChartSeries("Tỷ lệ", [Fraction(5), Fraction(4)])], "%", "Giảm"
)
COUNTED: Final = (
    TableColumn("Đơn vị"),
    TableColumn("Số hộ", ColumnType.COUNT),
    TableColumn("Tỷ lệ", ColumnType.DECIMAL),
)


def counted(rows: int) -> Table:
    return Table(COUNTED, [(f"Xã số {number}", 1234 + number, Fraction(203, 50)) for number in range(rows)])


def paper(*sections: Section, office: Office = OFFICE, lies: bool = False) -> Document:
    return Document(sections, "Tên", Frame("Báo cáo", "Kết quả giảm nghèo năm 2025", office, lies))


def opened(document: Document, language: Language = Language.VI) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pages(document, language)))


def texts(document: Document, language: Language = Language.VI) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in opened(document, language).pages]


def test_a_paper_has_the_frame_of_the_decree_around_its_text() -> None:
    (text,) = texts(paper(Section("Số liệu", table=counted(3))))
    for words in (
        "UBND TỈNH THÍ DỤ",
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/BC-SNNMT",
        "Thí Dụ, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kết quả giảm nghèo năm 2025",
        "Xã số 1 1.235 4,06",
        "Nơi nhận:",
        "- Lưu: VT.",
        "NGƯỜI LẬP BIỂU",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn A",
    ):
        assert words in text


def test_what_the_office_left_blank_is_dotted() -> None:
    (text,) = texts(paper(Section("Số liệu", table=counted(1)), office=NO_OFFICE))
    assert "ngày …… tháng …… năm ………" in text
    assert text.count("………") >= 6


def placed(document: Document, page: int = 0) -> list[tuple[str, float, float]]:
    """Return the pieces of text of a page, with where they begin, in millimetres from the left and from the top."""
    pieces: list[tuple[str, float, float]] = []
    sheet = opened(document).pages[page]
    height = float(sheet.mediabox.height)

    def see(text: str, outer: list[float], inner: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            x = outer[0] * inner[4] + outer[2] * inner[5] + outer[4]
            y = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
            pieces.append((text.strip(), x / 72 * 25.4, (height - y) / 72 * 25.4))

    sheet.extract_text(visitor_text=see)
    return pieces


@pytest.mark.parametrize("lies", [False, True])
def test_text_stands_within_the_margins_of_the_decree(lies: bool) -> None:
    document = paper(Section("Số liệu", table=counted(80), notes=["Một lưu ý " * 40]), lies=lies)
    (width, height) = measures.PAGE[::-1] if lies else measures.PAGE
    sheet = opened(document).pages[0].mediabox
    assert (round(float(sheet.width) / 72 * 25.4), round(float(sheet.height) / 72 * 25.4)) == (width, height)
    for page in (0, 1):
        pieces = [piece for piece in placed(document, page) if piece[0] != str(page + 1)]
        assert len(pieces) > 20
        assert min(x for _, x, _ in pieces) >= measures.MARGINS.left - 0.1
        assert max(x for _, x, _ in pieces) <= width - measures.MARGINS.right
        assert min(y for _, _, y in pieces) >= measures.MARGINS.top
        assert max(y for _, _, y in pieces) <= height - measures.MARGINS.bottom + 0.1


def test_the_number_of_a_page_stands_in_the_middle_of_the_upper_margin_from_the_second_on() -> None:
    document = paper(Section("Số liệu", table=counted(120)))
    assert len(opened(document).pages) > 2
    for page in (1, 2):
        (number,) = [piece for piece in placed(document, page) if piece[2] < measures.MARGINS.top]
        assert number[0] == str(page + 1)
        middle = measures.MARGINS.left + (measures.PAGE[0] - measures.MARGINS.left - measures.MARGINS.right) / 2
        assert abs(number[1] - middle) < 3
    assert [piece for piece in placed(document) if piece[2] < measures.MARGINS.top] == []


def test_headings_of_a_table_are_repeated_and_no_row_is_torn() -> None:
    table = Table(COUNTED, [(f"Xã số {n} " + "có tên rất dài " * 20 + "hết.", 1, Fraction(1)) for n in range(60)])
    found = texts(Document([Section(table=table)]))
    assert len(found) > 3
    for number, text in enumerate(found):
        assert text.removeprefix(f"{number + 1} ").startswith("Đơn vị Số hộ Tỷ lệ Xã số")
        assert text.count("Xã số") == text.count("hết.") > 0


def test_the_heading_of_a_table_does_not_stay_behind_alone() -> None:
    last_pages = set()
    for lines in range(30, 60):
        document = Document(
            [Section(text=[text_line(f"Dòng {n}") for n in range(lines)]), Section("Bảng", table=counted(9))]
        )
        pages = texts(document)
        last_pages.add("Bảng Đơn vị Số hộ Tỷ lệ" in pages[-1])
        for text in pages:
            assert not text.endswith(("Bảng", "Bảng Đơn vị Số hộ Tỷ lệ", "Đơn vị Số hộ Tỷ lệ"))
    assert last_pages == {True, False}, "the heading stands before a break as well as behind one"


def test_the_signature_stands_together_and_never_alone() -> None:
    seen = set()
    for lines in range(14, 60):
        notes = [f"Lưu ý {number}." for number in range(lines)]
        last = texts(paper(Section("Lưu ý", notes=notes)))
        seen.add(len(last))
        assert all(
            words in last[-1] for words in ("Nơi nhận:", "NGƯỜI LẬP BIỂU", "Nguyễn Văn A", f"Lưu ý {lines - 1}.")
        )
    assert seen == {1, 2}


@pytest.mark.parametrize(
    "title", ["Giám đốc", "KT. Giám đốc\nPhó Giám đốc", "TM. Ủy ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch"]
)
def test_the_names_of_preparer_and_signer_stand_level(title: str) -> None:
    office = OFFICE._replace(signer_title=title, signer="Nguyễn Văn A", prepared_by="Trần Thị B")
    heights = {text: top for text, _, top in placed(paper(Section("Số liệu", table=counted(1)), office=office))}
    assert heights["Trần Thị B"] == pytest.approx(heights["Nguyễn Văn A"], abs=0.1)
    assert heights["NGƯỜI LẬP BIỂU"] < heights["Trần Thị B"] - 15


def test_the_last_rows_of_a_table_go_along_with_the_signature_below_its_headings() -> None:
    seen = set()
    for rows in range(24, 44, 3):
        pages_of = texts(paper(Section("Số liệu", table=counted(rows))))
        seen.add(len(pages_of))
        assert "Nguyễn Văn A" in pages_of[-1]
        assert f"Xã số {rows - 1} " in pages_of[-1]
        assert all(text.count("Đơn vị Số hộ Tỷ lệ") == 1 for text in pages_of)
        assert sum(text.count("Xã số") for text in pages_of) == rows
    assert seen == {1, 2}
    (alone,) = texts(paper(Section("Số liệu", table=counted(1))))
    assert alone.count("Đơn vị Số hộ Tỷ lệ") == 1


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    text = "chữ " * 4000
    joined = " ".join(texts(Document([Section(table=text_table(["A"], [[text]]))])))
    assert joined.count("chữ") == 4000


def test_a_table_too_wide_for_an_upright_sheet_is_laid_on_its_side_and_a_paper_as_it_asks() -> None:
    wide = Table([TableColumn(f"Cột số {n}", ColumnType.COUNT) for n in range(16)], [[1234567] * 16])
    assert opened(Document([Section(table=wide)])).pages[0].mediabox.width > 800
    assert opened(Document([Section(table=counted(2))])).pages[0].mediabox.width < 600
    assert opened(paper(Section(table=wide))).pages[0].mediabox.width < 600


def test_a_word_wider_than_its_column_is_broken_and_not_cut() -> None:
    document = paper(Section(table=text_table(["Tệp", "Mã băm"], [["a.xlsx", "0123456789abcdef" * 4]])))
    right = measures.PAGE[0] - measures.MARGINS.right
    pieces = placed(document)
    assert max(x for _, x, _ in pieces) < right
    joined = "".join(text for text, _, _ in pieces).replace("\u200b", "").replace(" ", "")
    assert "0123456789abcdef" * 4 in joined


@pytest.mark.parametrize("letters", [90, 200])
def test_a_name_without_blanks_is_broken_wherever_it_stands(letters: int) -> None:
    name = "Nguyễn" * (letters // 6)
    office = OFFICE._replace(agency=name, signer=name)
    drawn = Section(
        name, text=[text_line(name)], points=[name], fields=[("Tên", name)], charts=[CHART._replace(title=name)]
    )
    document = Document([drawn], name, Frame("Báo cáo", name, office))
    ends = [x + text_width(text.replace("\u200b", ""), 10) / 72 * 25.4 for text, x, _ in placed(document)]
    assert len(ends) > 20
    assert max(ends) <= measures.PAGE[0] - measures.MARGINS.right + 0.1


def test_nothing_of_an_ordinary_paper_is_broken() -> None:
    for office in (OFFICE, NO_OFFICE):
        values = paper_values(paper(Section("Số liệu", table=counted(3), charts=[CHART]), office=office), Language.VI)
        assert r"\u200b" not in ascii(values)


@pytest.mark.parametrize(
    ("columns", "room", "expected"),
    [
        ([ColumnNeed(10, 30), ColumnNeed(10, 60)], 180, [60, 120]),
        ([ColumnNeed(10, 30), ColumnNeed(20, 1600), ColumnNeed(20, 400)], 330, [30, 200, 100]),
        ([ColumnNeed(100, 300), ColumnNeed(100, 100)], 100, [50, 50]),
        ([ColumnNeed(50, 900), ColumnNeed(90, 95)], 150, [60, 90]),
    ],
)
def test_columns_fill_the_room_and_the_longest_give_way(
    columns: list[ColumnNeed], room: float, expected: list[float]
) -> None:
    assert [round(width, 2) for width in widths(columns, room)] == expected


CODE: Final = (
    '#panic("chạy")',
    '#read("/etc/hostname")',
    "$ x^2 $ *đậm* _nghiêng_ `mã` <nhãn> @ref",
    '#import "@preview/x:1.0.0"',
    "= Đề mục",
    '"}], "blocks": [',
    "\\u0022 \\n",
)


@pytest.mark.parametrize("text", CODE)
def test_a_text_is_never_code(text: str) -> None:
    everywhere = Section(
        text, text=[text_line(text)], points=[text], fields=[(text, text)], table=text_table([text], [[text]])
    )
    document = Document([everywhere._replace(charts=[CHART._replace(title=text, description=text)])], text)
    joined = " ".join(texts(document))
    assert joined.count(" ".join(text.split())) >= 6


def test_the_template_reaches_no_file_and_no_package() -> None:
    assert sorted(path.name for path in pdf.TEMPLATE.parent.iterdir()) == ["paper.typ"]
    assert not pdf._NO_PACKAGES.exists()


def test_a_character_without_a_shape_is_shown_by_its_number() -> None:
    assert shown("Xã 西寧 ế\x1b😀") == "Xã ⟨U+897F⟩⟨U+5BE7⟩ ế⟨U+001B⟩⟨U+1F600⟩"
    assert shown("e\u0302\u0301 ○✓✗ ≥ – … “Đ”") == "e\u0302\u0301 ○✓✗ ≥ – … “Đ”"
    assert (
        "⟨U+897F⟩"
        in texts(paper(Section("西", table=text_table(["西"], [["西"]]), charts=[CHART._replace(title="西")])))[0]
    )


@pytest.mark.parametrize("language", Language)
def test_a_file_says_its_title_language_author_and_day_and_has_bookmarks(language: Language) -> None:
    document = paper(Section("Số liệu", table=counted(1)), Section("Nguồn", level=3, points=["a"]))
    reader = opened(document, language)
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author) == ("Báo cáo Kết quả giảm nghèo năm 2025", OFFICE.agency)
    assert about.creation_date is not None
    assert about.creation_date.date() == OFFICE.date
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == language.value
    assert root["/MarkInfo"]["/Marked"]
    assert list(bookmarks(reader.outline)) == ["BÁO CÁO Kết quả giảm nghèo năm 2025", "Số liệu", "Nguồn"]


def test_headings_go_down_one_step_at_a_time_for_who_hears_them() -> None:
    document = Document([Section("Một", level=3, points=["a"]), Section("Hai", level=2, points=["a"])])
    levels = [block["level"] for block in paper_values(document, Language.VI)["blocks"] if block["kind"] == "heading"]
    assert levels == [1, 1]


def test_letters_are_those_that_ship() -> None:
    reader = opened(paper(Section("Số liệu", table=counted(1), charts=[CHART])))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert {font.split("+")[-1].split("-")[0] for font in fonts} <= {"LiberationSerif"}


_DRAWN_APART: Final = """
import hashlib
from tests.present.test_pdf import CHART, counted, paper
from thidua_cli.language import Language
from thidua_cli.present.formats.pdf import pages
from thidua_cli.present.toolkit.document import Section
print(hashlib.sha256(pages(paper(Section("Số liệu", table=counted(50), charts=[CHART])), Language.VI)).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed_and_the_clock() -> None:
    digests = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Ho_Chi_Minh")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": f"{seed}000000"}
        run = subprocess.run(
            [sys.executable, "-c", _DRAWN_APART],
            capture_output=True,
            env=surroundings,
            cwd=Path(__file__).parents[2],
            check=True,
            text=True,
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_one_file_after_another_is_the_same_as_alone() -> None:
    first, second = paper(Section("A", table=counted(3))), paper(Section("B", table=counted(70)))
    alone = pages(first, Language.VI)
    pages(second, Language.EN)
    assert pages(first, Language.VI) == alone


def test_without_typst_the_line_to_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf._compiler.cache_clear()
    with pytest.raises(UsageError, match=r"thidua-cli\[papers\]"):
        render(rates_view(cases.rates_result()), "pdf")
    pdf._compiler.cache_clear()
