"""Names of units that hold, without their accents, the words by which titles are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from thidua_cli.model import Status, Unit
from thidua_cli.normalise.sheet.other_figures import other_figures
from thidua_cli.normalise.sheet.other_time import other_time
from thidua_cli.normalise.sheet.poverty_line import line_named
from thidua_cli.normalise.sheet.title import status_of, years_mentioned
from thidua_cli.units.tables import bundled

TITLE = "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"


def titles(unit: Unit, on: date) -> Iterator[str]:
    names = [unit.name, *(above.name for above in bundled().ancestors(unit, on))]
    yield "\n".join(["UBND " + names[0], *names[1:]])
    yield f"{TITLE} {' '.join(names)} NĂM 2024".upper()
    yield f"{unit.name} năm 2024"


def taken_from(title: str) -> list[object]:
    """Return what is taken from a title besides the year-end 2024."""
    named, time = line_named([title], 2024), other_time(title)
    return [
        *other_figures([title]),
        *([time] if time else []),
        *([named] if named.other or named.unclear else []),
        *([Status.PRELIMINARY] if status_of([title]) is Status.PRELIMINARY else []),
        *(mention for mention in years_mentioned([title], "", "") if mention.year != 2024),
    ]


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2024, 12, 31), date(2025, 12, 31)])
def test_no_name_of_a_unit_is_read_as_a_word_about_its_figures(on: date) -> None:
    tables = bundled()
    units = [*tables.provinces(on), *tables.districts(on), *tables.communes(on)]
    assert len(units) > 3_000
    read = [(unit.code, title, taken) for unit in units for title in titles(unit, on) if (taken := taken_from(title))]
    assert read == []


@pytest.mark.parametrize(
    "title",
    [
        "HỘ NGHÈO DỰ TÍNH CUỐI NĂM 2024",
        "Ho ngheo du tinh nam 2024",
        "HỘ NGHÈO DƯ TÍNH NĂM 2024",
        "Hộ nghèo dư kiến năm 2024",
        "Xã Vân Du, tỉnh Nghệ An: hộ nghèo dự tính năm 2024",
        "Hộ nghèo xã Tân Ước, ước thực hiện năm 2024",
        "Số hộ nghèo nửa năm 2024, xã Lay Nưa",
        "Hộ nghèo tám tháng năm 2024 xã Tam Thăng",
        "Kết quả rà soát hộ nghèo năm 2024 (số liệu tạm tính) xã Minh Tâm tỉnh Cao Bằng",
        "HO NGHEO NAM 2024 (TAM TINH)",
        "Hộ nghèo được hỗ trợ tiền điện năm 2024 xã Tiên Điền",
        "Hộ nghèo theo chuẩn tỉnh năm 2024 xã Bình Chuẩn",
    ],
)
def test_the_words_themselves_are_still_read_beside_such_names(title: str) -> None:
    assert taken_from(title)
