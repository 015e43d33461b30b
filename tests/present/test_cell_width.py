"""Columns stay straight whatever the letters: decomposed as macOS writes them, or two columns wide."""

from __future__ import annotations

import random
import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from thidua_cli.language import Language
from thidua_cli.present.formats.screen import page_lines
from thidua_cli.present.toolkit.cell_width import _wrapped_at_blanks, cell_width, wrapped_text
from thidua_cli.present.toolkit.document import Document, Section, Styled, plain, text_table
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.terminal import aligned

COMPOSED = "Tổng hợp hộ nghèo, hộ cận nghèo xã Trà Đôn, huyện Nam Trà My, tỉnh Quảng Nam"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
WIDE = "西寧省 東江縣 的 戶口 總數 和 貧戶 與 近貧戶 的 比率"


@given(st.text())
def test_a_width_is_that_of_rich_for_what_is_shown(text: str) -> None:
    assert cell_width(text) == cell_len(visible(text))


@pytest.mark.parametrize("name", [DECOMPOSED[:20], WIDE[:5], "Xã A"])
def test_columns_line_up_under_unusual_letters(name: str) -> None:
    lines = aligned([[Styled(name), Styled("1")], [Styled("Xã Trà Đôn"), Styled("20")]], right=(1,))
    assert len({cell_width(plain(line)) for line in lines}) == 1


@pytest.mark.parametrize("name", [DECOMPOSED, WIDE])
def test_a_table_of_plain_text_fits_its_width_and_keeps_its_columns(name: str) -> None:
    table = text_table(["Tên", "Mã"], [[name, "|A"], ["Xã", "|B"]])
    lines = [plain(line) for line in page_lines(Document([Section(table=table)]), Language.VI, 40)]
    assert max(map(cell_width, lines)) <= 40
    starts = {cell_width(line[: line.index("|")]) for line in lines if "|" in line}
    assert len(starts) == 1


@pytest.mark.parametrize("width", [20, 33, 60])
def test_decomposed_words_are_wrapped_where_composed_ones_are(width: int) -> None:
    wrapped = wrapped_text(DECOMPOSED, width, "  ", "    ", breaks_words=True)
    composed = wrapped_text(COMPOSED, width, "  ", "    ", breaks_words=True)
    assert [unicodedata.normalize("NFC", line) for line in wrapped] == composed


@pytest.mark.parametrize("width", [20, 33])
def test_wide_letters_are_wrapped_at_the_edge(width: int) -> None:
    lines = wrapped_text(WIDE.replace(" ", ""), width, breaks_words=True)
    assert "".join(lines) == WIDE.replace(" ", "")
    assert all(width - 1 <= cell_width(line) <= width for line in lines[:-1])


def test_a_long_name_is_broken_and_no_mark_leaves_its_letter() -> None:
    name = unicodedata.normalize("NFD", "ế" * 30)
    lines = wrapped_text(name, 20, breaks_words=True)
    assert [cell_width(line) for line in lines] == [20, 10]
    assert not any(unicodedata.combining(line[0]) for line in lines)


@pytest.mark.parametrize("seed", range(60))
def test_lines_are_those_of_textwrap(seed: int) -> None:
    draw = random.Random(seed)
    broken_quickly = 0
    for _ in range(200):
        words = ["".join(draw.choice("aăđ.-;(") for _ in range(draw.choice((1, 2, 5, 9, 30)))) for _ in range(9)]
        text = draw.choice((" ", " ", " ", "  ", " - ")).join(words[: draw.randrange(10)])
        text = draw.choice((text, text, f" {text}", f"{text} "))
        width, indent, hanging = draw.randrange(12, 60), " " * draw.randrange(5), " " * draw.randrange(5)
        breaks = draw.random() < 0.5
        plain = textwrap.wrap(
            text,
            width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=breaks,
            break_on_hyphens=False,
        )
        assert wrapped_text(text, width, indent, hanging, breaks_words=breaks) == (plain or [""])
        broken_quickly += bool(_wrapped_at_blanks(text, width, indent, hanging))
    assert 20 < broken_quickly < 180
