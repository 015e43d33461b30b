"""U006 and U009: units of another list than that of the year-end, one finding per cause."""

from __future__ import annotations

from datetime import date

import pytest

from tests.check.cases import codes, found, observed
from thidua_cli.check.unit_codes import check_codes
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.model import Level, Unit
from thidua_cli.observations import Observation
from thidua_cli.units.tables import bundled

EVE = date(2025, 6, 30)
YEAR_END = date(2025, 12, 31)
DA_KAO, BEN_NGHE, NGUYEN_THAI_BINH = "26737", "26740", "26746"
BEN_THANH, TAN_DINH, SAI_GON, CAU_ONG_LANH = "26743", "26737", "26740", "26758"


def unit(code: str, on: date) -> Unit:
    found_unit = bundled().get(code, on)
    assert found_unit is not None
    return found_unit


def rows(year: int, on: date, *units: str) -> list[Observation]:
    return [observed(code, year, name=unit(code, on).name) for code in units]


def findings(*observations: Observation) -> list[Finding]:
    return found(check_codes, *observations)


def test_a_table_on_the_list_of_its_year_end_is_sound() -> None:
    assert findings(*rows(2025, YEAR_END, SAI_GON, BEN_THANH, TAN_DINH)) == []
    assert findings(*rows(2024, EVE, DA_KAO, BEN_NGHE, NGUYEN_THAI_BINH)) == []


def test_a_single_unit_of_the_former_list_is_told_at_its_row() -> None:
    (finding,) = findings(*rows(2025, YEAR_END, BEN_THANH, TAN_DINH), *rows(2025, EVE, BEN_NGHE))
    assert finding.kind.code == "U006"
    assert finding.message().endswith("không còn từ 01/07/2025, nay thuộc Phường Sài Gòn (26740)")


def test_a_table_wholly_on_the_former_list_is_one_finding_and_not_mixed() -> None:
    (finding,) = findings(*rows(2025, EVE, DA_KAO, BEN_NGHE, NGUYEN_THAI_BINH))
    assert finding.kind.code == "U006"
    others = "2 đơn vị khác của biểu (Phường Bến Nghé, Phường Nguyễn Thái Bình)"
    assert f"Phường Đa Kao (26737) và {others} không tồn tại" in finding.message()
    assert "Phường Đa Kao (26737) and 2 more units of the table" not in finding.message(Language.VI)


def test_a_table_wholly_on_the_later_list_is_one_finding_and_not_mixed() -> None:
    (finding,) = findings(*rows(2024, YEAR_END, SAI_GON, TAN_DINH))
    assert finding.kind.code == "U006"
    assert "chỉ có từ 01/07/2025, lập từ Phường Bến Nghé (26740)" in finding.message()


def test_two_units_of_the_former_list_beside_one_of_the_later_are_a_mix() -> None:
    (finding,) = findings(*rows(2025, YEAR_END, CAU_ONG_LANH), *rows(2025, EVE, BEN_NGHE, NGUYEN_THAI_BINH))
    assert finding.kind.code == "U009"
    assert finding.message() == (
        "Biểu năm 2025 lẫn hai danh mục: Phường Bến Nghé (26740), Phường Nguyễn Thái Bình (26746) không còn từ "
        "01/07/2025, Phường Cầu Ông Lãnh (26758) chỉ có từ 01/07/2025; sửa 2 dòng, ví dụ Phường Bến Nghé, nay thuộc "
        "Phường Sài Gòn (26740)"
    )


def test_two_units_of_the_later_list_beside_one_of_the_former_are_a_mix() -> None:
    (finding,) = findings(*rows(2024, EVE, BEN_NGHE), *rows(2024, YEAR_END, CAU_ONG_LANH, TAN_DINH))
    assert finding.kind.code == "U009"
    assert "chỉ có từ 01/07/2025" in finding.message()
    assert finding.value == "Phường Cầu Ông Lãnh (26758), Phường Tân Định (26737)"


def test_years_of_one_table_may_follow_different_lists() -> None:
    assert findings(*rows(2024, EVE, DA_KAO, BEN_NGHE), *rows(2025, YEAR_END, SAI_GON, TAN_DINH)) == []


def test_the_province_of_both_lists_mixes_nothing() -> None:
    observations = [*rows(2025, EVE, DA_KAO, BEN_NGHE), observed("79", 2025, name="Thành phố Hồ Chí Minh")]
    assert codes(findings(*observations)) == ["U006"]


@pytest.mark.parametrize("name", ["Bến Nghé", "phường bến nghé", "Phuong Ben Nghe"])
def test_the_former_name_is_known_however_it_is_written(name: str) -> None:
    (finding,) = findings(observed(BEN_NGHE, 2025, name=name))
    assert finding.kind.code == "U006"


def test_a_renamed_unit_of_the_same_area_may_bear_either_name() -> None:
    # Huyện Quế Võ became Thị xã Quế Võ on 10 April 2023 and is the same unit.
    assert findings(observed("259", 2023, name="Huyện Quế Võ"), observed("259", 2022, name="Thị xã Quế Võ")) == []


def test_villages_of_a_gone_commune_are_no_mix() -> None:
    villages = [
        observed(f"{commune}-thon-{at}", 2025, parent=commune, level=Level.VILLAGE, name=f"Thôn {at}")
        for commune in ("20956", "20953")
        for at in (1, 2)
    ]
    (finding,) = findings(*villages)
    assert (finding.kind.code, finding.column) == ("U006", "parent_code")
