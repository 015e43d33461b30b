from __future__ import annotations

import pytest

from thidua_cli.model import Unit, year_end
from thidua_cli.normalise.sheet.title import scope_of
from thidua_cli.units.tables import bundled

TABLES = bundled()


def title(unit: Unit, year: int) -> tuple[str, ...]:
    above = TABLES.ancestors(unit, year_end(year))
    return (*tuple(f"UBND {one.name.upper()}" for one in (*reversed(above), unit)), "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO")


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_the_title_of_every_province_and_district_names_it_and_nothing_else(year: int) -> None:
    day = year_end(year)
    units = (*TABLES.provinces(day), *TABLES.districts(day))

    wrong = [unit.name for unit in units if scope_of(title(unit, year), day, TABLES) != (unit,)]

    assert wrong == []


@pytest.mark.parametrize(("year", "parents"), [(2024, ("133", "407", "400", "082")), (2025, ("01", "68", "15"))])
def test_the_title_of_every_commune_names_it_and_nothing_else(year: int, parents: tuple[str, ...]) -> None:
    day = year_end(year)
    units = [unit for parent in parents for unit in TABLES.children(parent, day)]

    wrong = [unit.name for unit in units if scope_of(title(unit, year), day, TABLES) != (unit,)]

    assert wrong == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("UBND TX. NGHĨA LỘ, T. YÊN BÁI", "133"),
        ("UBND H. Ba Vì", "271"),
        ("UBND TP.TAM KỲ", "502"),
        ("UBND Q. Ba Đình", "001"),
    ],
)
def test_abbreviated_type_words_are_spelt_out(words: str, code: str) -> None:
    assert [unit.code for unit in scope_of((words,), year_end(2024), TABLES)] == [code]
