"""Every answer in every format: a new format is one function and one line, and all of them say the same."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pytest

from tests.present.every_view import every_view
from thidua_cli.cli.options import Format
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit import markdown_text
from thidua_cli.present.toolkit.document import (
    Table,
    cell_text,
)
from thidua_cli.present.toolkit.render import FORMATS, OutputFormat, render

VIEWS = every_view()
TABLES = sorted(
    name
    for name, view in VIEWS.items()
    if any(isinstance(block, Table) and block.rows for block in view.document(Language.VI).blocks())
)

TOY = OutputFormat("tests.present.toy_format", ".toy", Text("đồ chơi", "toy"))
each_view = pytest.mark.parametrize("name", VIEWS)


@each_view
@pytest.mark.parametrize("language", Language)
def test_a_format_that_is_added_draws_every_view(
    name: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "toy", TOY)
    text = render(VIEWS[name], "toy", language)
    assert isinstance(text, str)
    assert len(text) > 40


def cells_of(name: str, language: Language = Language.VI) -> list[str]:
    """Every cell of the tables that a page of the view shows."""
    tables = [block for block in VIEWS[name].document(language).blocks() if isinstance(block, Table)]
    return [
        " ".join(cell_text(cell, column.type, language).split())
        for table in tables
        for row in table.rows
        for cell, column in zip(row, table.columns, strict=True)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_the_pages_of_all_formats_have_the_same_cells(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "toy", TOY)
    toy, markdown = (str(render(VIEWS[name], format_, Language.VI)) for format_ in ("toy", "markdown"))
    for cell in cells_of(name):
        assert cell in " ".join(toy.split())
        assert markdown_text.cell(cell) in markdown


@each_view
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_format_draws_a_view_or_says_that_it_is_not_offered(name: str, format_: str) -> None:
    view = VIEWS[name]
    offered = {"json": view.record is not None, "csv": view.rows is not None}.get(format_, True)
    if offered:
        assert render(view, format_)
        return
    with pytest.raises(UsageError):
        render(view, format_)


@each_view
def test_a_workbook_of_any_view_opens_and_holds_its_tables(name: str) -> None:
    content = render(VIEWS[name], "xlsx")
    assert isinstance(content, bytes)
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    document = VIEWS[name].document(Language.VI)
    sections = list(document.sheets())
    assert len(book.sheetnames) == (1 if document.sheet else len(sections))
    sheets = book.worksheets * len(sections) if document.sheet else book.worksheets
    for sheet, section in zip(sheets, sections, strict=True):
        rows = section.table.rows if section.table else []
        texts = {cell for row in rows for cell in row if isinstance(cell, str) and cell}
        # A text that is higher than the highest row goes on in the rows below.
        columns = [" ".join(str(cell.value) for cell in column if cell.value) for column in sheet.iter_cols()]
        assert all(any(text in column for column in columns) for text in texts)


@each_view
def test_a_document_for_programs_is_the_same_in_both_languages_but_for_sentences(name: str) -> None:
    if VIEWS[name].record is None:
        return
    vietnamese, english = (json.loads(render(VIEWS[name], "json", language)) for language in Language)
    assert list(vietnamese) == list(english)


def test_the_command_line_knows_every_format_and_no_other() -> None:
    assert {format_.value for format_ in Format} == set(FORMATS)
