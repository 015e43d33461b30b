"""The course of rates and what is reached, drawn beside figures on a terminal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import StringIO
from unittest import mock

import pytest

from tests.present import cases
from tests.present.test_doubts import doubt
from thidua_cli.doubt.domain import Domain
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue, State, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.measure.rates import rate_table
from thidua_cli.model import Measure
from thidua_cli.present.doubts.answers import DOUBT_STYLE
from thidua_cli.present.rates.pictures import rates_on_one_ground
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.toolkit.cell_width import cell_width
from thidua_cli.present.toolkit.document import Styled, View, plain, text_line
from thidua_cli.present.toolkit.pictures import PictureColumn, bar, beside, shows_pictures, sparkline
from thidua_cli.present.verdicts.pictures import reached_share
from thidua_cli.present.verdicts.view import eligible_view
from thidua_cli.results import RatesResult
from thidua_cli.rulebook.schema import Clause, Comparison

WIDTHS = (40, 60, 80, 100, 120, 160, 200)
BLOCKS = "▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░"


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def screen_of(view: View, width: int, language: Language = Language.VI) -> list[str]:
    assert view.screen is not None
    return [plain(line).rstrip() for line in view.screen(language, width)]


def pictured(view: View, width: int, language: Language = Language.VI) -> list[str]:
    assert view.pictured is not None
    return [plain(line).rstrip() for line in view.pictured(language, width)]


def both_views() -> tuple[View, View]:
    return rates_view(cases.rates_result()), eligible_view(cases.eligible_result())


# ------------------------------------------------------------ the letters


def test_a_course_stands_on_zero_so_that_a_small_fall_looks_small() -> None:
    assert sparkline([Fraction(42), Fraction(41), Fraction(40)]) == "███"
    assert sparkline([Fraction(40), Fraction(20), Fraction(10)]) == "█▄▂"


def test_a_missing_year_end_is_a_gap_and_no_rate_of_zero() -> None:
    assert sparkline([Fraction(40), None, Fraction(0)]) == "█ ▁"
    assert sparkline([Fraction(0), Fraction(0)]) == "▁▁"
    assert sparkline([None, None]) == "  "


def test_a_bar_is_full_only_where_the_whole_is_reached() -> None:
    assert bar(Fraction(1), whole=True) == "█" * 10
    assert bar(Fraction(1), whole=False) == "█" * 9 + "▉"
    assert bar(Fraction(9999, 10000), whole=False) == "█" * 9 + "▉"
    assert bar(Fraction(0), whole=False) == "░" * 10
    assert bar(Fraction(-3), whole=False) == "░" * 10


@pytest.mark.parametrize("eighths", range(0, 81, 7))
def test_every_bar_is_as_wide_as_the_others(eighths: int) -> None:
    assert cell_width(bar(Fraction(eighths, 80), whole=False)) == 10


# ------------------------------------------------------------ which terminals


@pytest.mark.parametrize(
    ("environment", "platform", "encoding", "expected"),
    [
        ({"TERM": "xterm-256color"}, "linux", "UTF-8", True),
        ({"TERM": "xterm-256color"}, "linux", "utf8", True),
        ({"TERM": "xterm-256color"}, "linux", "ISO-8859-1", False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "linux", "UTF-8", False),
        ({"TERM": "dumb"}, "linux", "UTF-8", False),
        ({"TERM": "linux"}, "linux", "UTF-8", False),
        ({}, "win32", "cp1258", False),
        ({"WT_SESSION": "1"}, "win32", "cp1258", True),
        ({"TERM_PROGRAM": "vscode"}, "win32", "cp1258", True),
    ],
)
def test_pictures_are_for_terminals_that_have_the_letters(
    environment: dict[str, str], platform: str, encoding: str, expected: bool
) -> None:
    with mock.patch("locale.getencoding", return_value=encoding):
        assert shows_pictures(Screen(), environment, platform) is expected
        assert not shows_pictures(StringIO(), environment, platform)


# ------------------------------------------------------------ beside figures


def test_a_column_that_has_no_room_is_left_out_and_not_spoken_of() -> None:
    lines = [text_line("Đơn vị  Số"), text_line("Xã A    12")]
    course = PictureColumn([Styled("█▄")], Text("cột", "column"), "Tỷ lệ")
    wide, seen = beside(lines, [course], 17)
    assert [plain(line) for line in wide] == ["Đơn vị  Số  Tỷ lệ", "Xã A    12  █▄"]
    assert seen == [course.note]
    narrow, unseen = beside(lines, [course], 16)
    assert narrow == lines
    assert unseen == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", Language)
def test_no_line_with_pictures_is_wider_than_the_terminal(width: int, language: Language) -> None:
    for view in both_views():
        without = max(map(cell_width, screen_of(view, width, language)))
        assert max(map(cell_width, pictured(view, width, language))) <= max(width, without)


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_take_nothing_away_and_move_no_figure(width: int) -> None:
    for view in both_views():
        lines = [line for line in pictured(view, width) if not line.startswith(("█▆▃:", "███░░:"))]
        figures = screen_of(view, width)
        assert len(lines) >= len(figures)
        for line, figure in zip(lines, figures, strict=False):
            assert line.startswith(figure)
            assert not set(line.removeprefix(figure)) - set(BLOCKS + " Diễn biếnMức đạtĐã giảm")


def test_what_is_drawn_is_told_and_what_is_not_drawn_is_not() -> None:
    for view in both_views():
        assert any(line.startswith("█▆▃:") for line in pictured(view, 80))
        assert any(line.startswith("███░░:") for line in pictured(view, 80))
        assert not set("".join(screen_of(view, 80))) & set(BLOCKS)


def test_only_a_screen_has_pictures() -> None:
    for view in both_views():
        assert not set(repr(view.document(Language.VI))) & set(BLOCKS)


# ------------------------------------------------------------ what is drawn


def test_rates_on_another_line_or_area_are_no_part_of_a_course() -> None:
    years = {year: cases.figures(year, year, 1000, 400 - 100 * (year - 2021), 0) for year in (2021, 2022, 2023)}
    assert rates_on_one_ground(years, Measure.POOR) == [40, 30, 20]
    years[2021] = replace(years[2021], poverty_line="2016-2020")
    assert rates_on_one_ground(years, Measure.POOR) == [None, 30, 20]
    assert rates_on_one_ground({2021: years[2021], 2022: None}, Measure.POOR) == [40, None]
    assert rates_on_one_ground({2022: None}, Measure.POOR) == [None]


def test_a_unit_with_one_rate_has_no_course() -> None:
    series = [replace(unit, years={2024: unit.years[2024]}) for unit in cases.all_series()]
    view = rates_view(RatesResult(rate_table(series, Measure.MULTIDIMENSIONAL)))
    assert not set("".join(pictured(view, 80))) & set(BLOCKS)


def answer(clause: Clause, *falls: int | None) -> ClauseAnswer:
    values = tuple(
        ClauseValue(2022 + place, None if fall is None else Fraction(fall)) for place, fall in enumerate(falls)
    )
    return ClauseAnswer(clause, State.NOT_MET, values, (2021, 2022, 2023, 2024))


def missed(*clauses: ClauseAnswer) -> Verdict:
    verdict = next(verdict for verdict in cases.verdicts() if verdict.state is State.NOT_MET)
    return replace(verdict, clauses=clauses)


def test_what_is_reached_is_the_least_year_of_the_nearest_clause() -> None:
    rate, count = answer(cases.RATE_CLAUSE, 5, 2, 4), answer(cases.COUNT_CLAUSE, 30)
    assert reached_share(missed(rate)) == Fraction(2, 4)
    assert reached_share(missed(rate, count)) == Fraction(30, 50)
    assert reached_share(missed(answer(cases.COUNT_CLAUSE, 50))) == 1
    assert reached_share(missed(answer(cases.COUNT_CLAUSE, -7))) == 0


def test_of_what_is_not_known_or_no_fall_nothing_is_drawn() -> None:
    most = replace(cases.COUNT_CLAUSE, comparison=Comparison.AT_MOST)
    assert reached_share(missed(answer(cases.RATE_CLAUSE, 5, None, 4))) is None
    assert reached_share(missed(answer(most, 40))) is None
    assert reached_share(missed()) is None
    states = {verdict.state: reached_share(verdict) for verdict in cases.verdicts()}
    assert states[State.MET] == 1
    assert (states[State.UNDETERMINED], states[State.NO_CRITERION]) == (None, None)


def test_a_picture_of_disputed_figures_has_their_colour() -> None:
    result = cases.rates_result()
    rows = tuple(replace(row, doubts=(doubt(Domain(27, 28)),)) for row in result.table.rows)
    view = rates_view(RatesResult(replace(result.table, rows=rows)))
    assert view.pictured is not None
    styles = {piece.style for line in view.pictured(Language.VI, 200) for piece in line if set(piece.text) & set("█▁")}
    assert styles == {DOUBT_STYLE, ""}
