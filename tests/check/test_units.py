"""Family U: units against the official lists of the year-end (U001, U004–U008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.check.cases import (
    CO_TO,
    CO_TO_COMMUNES,
    SONG_KON,
    codes,
    context,
    district,
    found,
    observed,
    read,
    read_form,
)
from thidua_cli.check.unit_codes import check_codes
from thidua_cli.check.units import check_units_missing, check_units_twice
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.model import Level, Status, year_end
from thidua_cli.units.tables import bundled


def test_a_code_of_the_list_is_sound() -> None:
    assert found(check_codes, observed(SONG_KON), observed("505"), observed("49")) == []


def test_the_country_has_no_code_in_the_list_and_needs_none() -> None:
    assert found(check_codes, observed("VN", level=Level.COUNTRY)) == []


def test_a_code_of_no_list_is_told_at_its_cell() -> None:
    (finding,) = found(check_codes, observed("209560", level=Level.COMMUNE))
    assert (finding.kind.code, finding.column, finding.value) == ("U001", "unit_code", "209560")
    assert finding.message() == "Mã 209560 không có trong danh mục hành chính nào."


def test_a_code_that_lost_its_zeros_is_told_with_the_codes_it_may_be() -> None:
    (finding,) = found(check_codes, observed("1", level=Level.PROVINCE))
    assert finding.kind.code == "U001"
    assert "01 (Thành phố Hà Nội)" in finding.message()
    assert "001 (Quận Ba Đình)" in finding.message(Language.EN)


def test_the_name_of_the_list_is_sound_in_any_spelling() -> None:
    spelt = ("Xã Sông Kôn", "Sông Kôn", "xã sông kôn", "SÔNG KÔN")
    assert found(check_codes, *(observed(SONG_KON, year, name=name) for year, name in enumerate(spelt, 2021))) == []


def test_a_former_name_of_the_unit_is_sound() -> None:
    assert found(check_codes, observed("29179", 2024, name="Xã An Thủy")) == []


def test_the_name_of_another_area_that_bore_the_code_before_is_told() -> None:
    (finding,) = found(check_codes, observed("26740", 2025, name="Phường Bến Nghé"))
    assert (finding.kind.code, finding.expected) == ("U006", "Phường Sài Gòn (26740)")


def test_a_former_town_is_told_beside_the_code_that_the_larger_commune_keeps() -> None:
    (finding,) = found(check_codes, observed("20467", 2025, name="Thị trấn P Rao"))
    assert (finding.kind.code, finding.expected) == ("U006", "Xã Đông Giang (20467)")


def test_the_name_that_a_code_has_only_later_is_told() -> None:
    (finding,) = found(check_codes, observed("26740", 2024, name="Phường Sài Gòn"))
    assert (finding.kind.code, finding.details["unit"]) == ("U006", "Phường Sài Gòn")


def test_another_units_name_beside_a_code_is_told_with_the_official_one() -> None:
    # Neighbours in one district that differ by an accent alone.
    assert found(check_codes, observed("20956", name="Xã Trà Don")) == []
    (finding,) = found(check_codes, observed("20956", name="Xã Tà Lu"))
    assert (finding.kind.code, finding.value, finding.expected) == ("U004", "Xã Tà Lu", "Xã Trà Don")


def test_a_name_that_differs_from_the_list_by_an_accent_but_is_another_units_is_told() -> None:
    (finding,) = found(check_codes, observed("20956", name="Xã Trà Dơn"))
    assert finding.kind.code == "U004"


def test_the_exact_name_of_a_unit_that_is_gone_beside_the_code_of_its_successor_is_told() -> None:
    (finding,) = found(check_codes, observed("12424", 2024, name="Xã Tiền Tiến"))
    assert (finding.kind.code, finding.expected) == ("U004", "Xã Tiên Tiến")
    assert found(check_codes, observed("12424", 2024, name="xa tien tien")) == []
    assert found(check_codes, observed("23368", 2025, name="Xã Đắk Long")) == []


def test_the_parent_of_the_list_is_sound() -> None:
    assert found(check_codes, observed(SONG_KON, parent="505"), observed("505", parent="49")) == []


def test_the_country_as_parent_of_a_province_is_sound() -> None:
    assert found(check_codes, observed("49", parent="VN")) == []


def test_another_parent_is_told_with_both_by_name() -> None:
    (finding,) = found(check_codes, observed(SONG_KON, parent="511"))
    assert (finding.kind.code, finding.column) == ("U005", "parent_code")
    assert finding.value == "Huyện Phước Sơn (511)"
    assert finding.expected == "Huyện Đông Giang (505)"


def test_a_parent_changes_with_the_boundaries_of_the_year() -> None:
    # From 1 July 2025 communes stand directly below their province.
    assert found(check_codes, observed("26740", 2024, parent="760"), observed("26740", 2025, parent="79")) == []
    assert codes(found(check_codes, observed("26740", 2024, parent="79"))) == ["U005"]


def not_standing(code: str, year: int, language: Language = Language.VI) -> str:
    (finding,) = found(check_codes, observed(code, year))
    assert finding.kind.code == "U006"
    return finding.message(language)


def test_a_unit_that_is_gone_tells_since_when_and_where_its_households_are() -> None:
    assert not_standing("20956", 2025) == (
        "Xã Trà Don (20956) không tồn tại vào ngày 31/12/2025: không còn từ 01/07/2025, nay thuộc Xã Nam Trà My (20944)"
    )
    assert not_standing("20956", 2025, Language.EN).endswith("gone since 01/07/2025, now part of Xã Nam Trà My (20944)")


def test_a_unit_merged_twice_tells_where_its_households_were_at_that_year_end() -> None:
    # Vân Sơn went into Hồng Sơn on 1 September 2024, and that one with others into a larger Hồng Sơn in July 2025.
    assert not_standing("02593", 2024).endswith("không còn từ 01/09/2024, khi đó thuộc Xã Hồng Sơn (02608)")
    assert not_standing("02593", 2025).endswith("không còn từ 01/09/2024, nay thuộc Xã Hồng Sơn (02608)")


def test_a_district_in_a_table_of_two_tiers_tells_the_communes_of_its_area() -> None:
    assert not_standing("505", 2025) == (
        "Huyện Đông Giang (505) không tồn tại vào ngày 31/12/2025: không còn từ 01/07/2025, nay thuộc Xã Đông Giang "
        "(20467), một phần; Xã Sông Kôn (20476), một phần; Xã Sông Vàng (20485), một phần và 1 đơn vị khác"
    )


def test_a_unit_of_the_reform_used_before_it_tells_what_it_was_made_of() -> None:
    assert not_standing("20333", 2024).endswith("chỉ có từ 01/07/2025, lập từ Huyện Hoàng Sa (498)")


def test_the_last_day_of_a_unit_counts() -> None:
    assert found(check_codes, observed("001", 2024)) == []


def test_a_row_whose_code_does_not_stand_is_told_nothing_else() -> None:
    assert codes(found(check_codes, observed("001", 2025, name="Xã Tà Lu", parent="505"))) == ["U006"]


def villages(commune: str, number: int, year: int = 2023) -> list[Finding]:
    rows = [
        observed(f"{commune}-thon-{at}", year, parent=commune, level=Level.VILLAGE, name=f"Thôn {at}")
        for at in range(1, number + 1)
    ]
    return found(check_codes, *rows)


def test_villages_of_a_known_commune_are_sound() -> None:
    assert villages(SONG_KON, 3) == []


def test_villages_of_an_unknown_commune_are_told_once_at_the_first() -> None:
    (finding,) = villages("99999", 3)
    assert (finding.kind.code, finding.value, finding.column) == ("U001", "99999", "parent_code")
    assert finding.unit_code == "99999-thon-1"


def test_villages_of_a_commune_that_is_gone_are_told_once() -> None:
    assert codes(villages("03983", 2, 2025)) == ["U006"]


def test_one_row_per_unit_and_year_is_sound() -> None:
    assert found(check_units_twice, observed(SONG_KON, 2022), observed(SONG_KON, 2023), observed("20470")) == []


def test_a_second_row_of_a_unit_and_year_points_to_the_first() -> None:
    (finding,) = found(check_units_twice, observed(SONG_KON), observed("20470"), observed(SONG_KON))
    assert (finding.kind.code, finding.origin.cell, finding.value) == ("U007", "4:4", "bieu.csv › 2:2")


def test_a_third_row_is_a_second_finding() -> None:
    assert codes(found(check_units_twice, *[observed(SONG_KON)] * 3)) == ["U007", "U007"]


def test_preliminary_and_final_of_one_year_are_not_twice() -> None:
    assert found(check_units_twice, observed(SONG_KON), observed(SONG_KON, status=Status.PRELIMINARY)) == []


COMMUNES = [(100, 10, 5)] * 3


def on_form(number: int, *, with_total: bool = True) -> list[Finding]:
    rows = district((300, 30, 15), COMMUNES[:number], CO_TO_COMMUNES[:number])
    reading = read_form(rows if with_total else rows[1:], CO_TO, 0 if with_total else None)
    return list(check_units_missing(context(reading)))


def test_a_form_with_all_communes_is_sound() -> None:
    assert on_form(3) == []


def test_a_form_that_lacks_communes_names_them() -> None:
    (finding,) = on_form(1)
    assert (finding.kind.code, finding.unit_code) == ("U008", CO_TO)
    assert finding.message() == "Huyện Cô Tô, năm 2023 thiếu 2 trong tổng số 3 đơn vị: Xã Đồng Tiến, Xã Thanh Lân"


def test_a_form_without_a_total_row_is_asked_for_its_communes_too() -> None:
    assert codes(on_form(2, with_total=False)) == ["U008"]


def in_list(numbers: Sequence[int]) -> list[Finding]:
    codes_ = [CO_TO_COMMUNES[number] for number in numbers]
    return found(check_units_missing, *district((300, 30, 15), COMMUNES[: len(codes_)], codes_))


def test_a_list_of_a_few_communes_beside_their_district_is_silent() -> None:
    assert in_list([0]) == []


def test_a_list_of_most_communes_beside_their_district_names_the_others() -> None:
    (finding,) = in_list([0, 2])
    assert finding.value == "Xã Đồng Tiến"


NGU_HANH_SON = "494"
"""Quận Ngũ Hành Sơn, of four wards."""


def test_a_list_of_exactly_half_of_the_communes_names_the_others_and_of_fewer_none() -> None:
    wards = [unit.code for unit in bundled().children(NGU_HANH_SON, year_end(2023))]
    rows = [observed(NGU_HANH_SON), *(observed(code, parent=NGU_HANH_SON) for code in wards)]
    assert len(wards) == 4
    assert codes(found(check_units_missing, *rows[:3])) == ["U008"]
    assert found(check_units_missing, *rows[:2]) == []


def test_hoang_sa_where_no_household_lives_is_no_missing_unit() -> None:
    districts = [unit.code for unit in bundled().children("48", year_end(2023))]
    rows = [observed(code, parent="48") for code in districts if code != "498"]
    assert len(rows) == len(districts) - 1
    assert list(check_units_missing(context(read_form(rows, "48")))) == []
    (finding,) = check_units_missing(context(read_form(rows[1:], "48")))
    assert finding.message() == "Thành phố Đà Nẵng, năm 2023 thiếu 1 trong tổng số 7 đơn vị: Quận Liên Chiểu"


def test_communes_without_their_district_are_silent() -> None:
    rows = district((300, 30, 15), COMMUNES[:2], CO_TO_COMMUNES[:2])
    assert found(check_units_missing, *rows[1:]) == []


def test_villages_are_never_missing_because_no_list_of_them_exists() -> None:
    village = observed("07195-thon-1", parent="07195", level=Level.VILLAGE)
    assert found(check_units_missing, observed("07195"), village) == []


def in_two_files(*second: tuple[int, int, int]) -> list[Finding]:
    """The communes of a district in one file, and again in a second one with other counts."""
    counts = [(1000, 112, 50), (800, 130, 40), (700, 98, 30)]
    reading = read(*district((2500, 340, 120), counts)[1:])
    index = reading.observations.add_table(replace(reading.observations.tables[0], file="ban-2.xlsx"))
    for number, row in enumerate(district((2500, 340, 120), list(second))[1:], start=2):
        reading.observations.append(index, (number,), row)
    return list(check_units_twice(context(reading)))


def test_of_two_tables_the_rows_that_agree_are_told_once_and_as_a_warning() -> None:
    (finding,) = in_two_files((1000, 112, 50), (800, 130, 40), (700, 98, 30))

    assert (finding.kind.code, finding.severity, finding.unit_code) == ("U007", Severity.WARNING, None)
    assert finding.message().startswith("3 đơn vị (")
    assert finding.message().endswith("; số liệu giống nhau, chỉ tính một lần")


def test_of_two_tables_with_one_row_that_differs_that_row_alone_is_an_error_and_names_both_figures() -> None:
    differs, agree = sorted(
        in_two_files((1000, 112, 50), (800, 130, 40), (700, 101, 30)), key=lambda finding: finding.severity.rank
    )

    assert (differs.severity, differs.unit_code) == (Severity.ERROR, CO_TO_COMMUNES[2])
    assert "số hộ nghèo 101 và 98; số liệu khác nhau không được dùng" in differs.message()
    assert agree.message().startswith("2 đơn vị (")
