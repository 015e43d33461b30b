"""Web pages: whole in one file, nothing that runs, tables that are read aloud well, the frame, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from tests.present.every_view import every_view
from tests.present.hostile import TEXTS, markers, raw_in_a_web_page, shown_in
from thidua_cli.language import Language
from thidua_cli.office import Office
from thidua_cli.present.formats.html_page import page
from thidua_cli.present.paper.frame import Frame
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

VIEWS: Final = every_view()
CHART: Final = Chart(
    "Tỷ lệ hộ nghèo", ["2021", "2022"], [ChartSeries("Tỷ lệ", [Fraction(5), Fraction(4)])], "%", "Giảm"
)
GROUPED: Final = Table(
    (
        TableColumn("Mã"),
        TableColumn("Số hộ", ColumnType.COUNT, "2021"),
        TableColumn("Tỷ lệ", ColumnType.DECIMAL, "2021"),
        TableColumn("Số hộ", ColumnType.COUNT, "2022"),
    ),
    [("01", 1234, Fraction(203, 50), None)],
    {(0, 1): "bad", (0, 2): "none"},
)
OFFICE: Final = Office(
    "UBND tỉnh", "Sở A", "Thí Dụ", "GIÁM ĐỐC", "Nguyễn Văn A", "", "1/BC", date(2026, 2, 5), ("UBND",)
)


def paper(lies: bool = False) -> Document:
    section = Section("Số liệu", text=[text_line("Đoạn")], points=["Ý"], fields=[("Tên", "Giá trị")], table=GROUPED)
    return Document([section._replace(charts=[CHART])], "Tên", Frame("Báo cáo", "Kết quả", OFFICE, lies))


def tree(text: str) -> ElementTree.Element:
    """Return a page as a tree: every element of ours that may be left open is an empty one."""
    body = re.sub(r"<(meta|br)([^>]*)>", r"<\1\2/>", text.removeprefix("<!DOCTYPE html>\n"))
    return ElementTree.fromstring(body.replace("http://www.w3.org/2000/svg", ""))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_a_page_whose_elements_are_closed(name: str, language: Language) -> None:
    text = str(render(VIEWS[name], "html", language))
    root = tree(text)
    assert root.attrib["lang"] == language.value
    assert root.findtext("head/title")
    assert list(raw_in_a_web_page(text)) == []
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch(r"h\d", element.tag)]
    assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_fetches_and_runs_nothing(name: str) -> None:
    text = str(render(VIEWS[name], "html"))
    assert not re.search(
        r"<(script|img|link|iframe|object|embed|form|input)\b|\son\w+=|\sstyle=|url\(|@import|src=", text
    )


def test_the_policy_allows_the_style_of_the_page_and_nothing_else() -> None:
    root = tree(page(paper(), Language.VI))
    (policy,) = [each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib]
    digest = base64.b64encode(hashlib.sha256(str(root.findtext("head/style")).encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_a_paper_has_the_frame_of_the_office_around_it() -> None:
    root = tree(page(paper(), Language.VI))
    main = root.find("body/main")
    assert main is not None
    assert [element.tag for element in main] == ["header", "h1", "h2", "p", "ul", "dl", "div", "figure", "footer"]
    above, below = ("".join(main.find(tag).itertext()) for tag in ("header", "footer"))  # type: ignore[union-attr]
    for words in ("UBND TỈNH", "SỞ A", "Độc lập - Tự do - Hạnh phúc", "Số: 1/BC", "Thí Dụ, ngày 05 tháng 02 năm 2026"):
        assert words in above
    for words in ("Nơi nhận:", "- UBND.", "NGƯỜI LẬP BIỂU", "GIÁM ĐỐC", "Nguyễn Văn A"):
        assert words in below
    assert root.findtext("head/title") == "Báo cáo Kết quả"


@pytest.mark.parametrize(("lies", "expected"), [(False, "stands"), (True, "lies")])
def test_a_paper_lies_as_it_asks(lies: bool, expected: str) -> None:
    main = tree(page(paper(lies), Language.VI)).find("body/main")
    assert main is not None
    assert main.attrib["class"] == expected


def test_a_table_says_which_heading_a_cell_stands_under() -> None:
    root = tree(page(paper(), Language.VI))
    rows = [[(cell.tag, dict(cell.attrib), cell.text) for cell in row] for row in root.iter("tr")]
    assert rows == [
        [
            ("th", {"scope": "col", "rowspan": "2"}, "Mã"),
            ("th", {"scope": "colgroup", "colspan": "2"}, "2021"),
            ("th", {"scope": "colgroup", "colspan": "1"}, "2022"),
        ],
        [("th", {"scope": "col"}, name) for name in ("Số hộ", "Tỷ lệ", "Số hộ")],
        [
            ("th", {"scope": "row", "class": "short"}, "01"),
            ("td", {"class": "number bad"}, "1.234"),
            ("td", {"class": "number"}, "4,06"),
            ("td", {"class": "number"}, "–"),
        ],
    ]
    assert [caption.text for caption in root.iter("caption")] == ["Số liệu"]


def test_a_chart_is_named_and_described() -> None:
    (figure,) = tree(page(paper(), Language.VI)).iter("figure")
    assert figure.findtext("figcaption") == "Tỷ lệ hộ nghèo"
    (drawing,) = figure.iter("svg")
    assert drawing.attrib["aria-label"] == "Tỷ lệ hộ nghèo. Giảm"


def test_links_lead_to_a_section_of_the_page() -> None:
    root = tree(str(render(VIEWS["explain --all"], "html")))
    links = [each.attrib["href"].removeprefix("#") for each in root.iter("a")]
    assert links
    assert set(links) <= {element.attrib["id"] for element in root.iter() if "id" in element.attrib}


def test_a_text_is_a_text_wherever_it_stands() -> None:
    for text in TEXTS:
        section = Section(
            text, text=[text_line(text)], points=[text], fields=[(text, text)], table=text_table([text], [[text]])
        )
        office = Office(text, text, text, text, text, text, text, None, (text,))
        document = Document([section], text, Frame(text, text, office))
        shown = page(document, Language.VI)
        assert list(raw_in_a_web_page(shown)) == []
        assert markers(shown_in("html", shown)) == markers(text)


_DRAWN_APART: Final = """
import hashlib
from tests.present.test_html_page import paper
from thidua_cli.language import Language
from thidua_cli.present.formats.html_page import page
print(hashlib.sha256(page(paper(), Language.VI).encode()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", _DRAWN_APART],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert runs[0] == runs[1] != ""
