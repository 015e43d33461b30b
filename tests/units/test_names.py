"""Names: cleaning, type words, keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.units.names import accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import bundled


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (" Xã\u00a0Trà  Don\n", "Xã Trà Don"),
        ("Xã Trà Don*", "Xã Trà Don"),
        ("Xã Trà Don (*)", "Xã Trà Don"),
        ("- Xã Trà Don:", "Xã Trà Don"),
        ("1. Xã Trà Don", "Xã Trà Don"),
        ("Huyện Ðông Giang", "Huyện Đông Giang"),
        ("xã ðông giang", "xã đông giang"),
        ("Xã Trà\u200bDon", "Xã TràDon"),
        ("Huyện Ia H’Drai", "Huyện Ia H'Drai"),
        ("Phường 1", "Phường 1"),
        ("Xã 3", "Xã 3"),
        ("", ""),
    ],
)
def test_cleaning_takes_off_what_is_not_the_name(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@given(st.text(alphabet="aăâdđÐeêoôơuưyXTh ọóỏ-*.1\u00a0\u0301'", max_size=20))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("name", "type_word", "bare"),
    [
        ("Tỉnh Hà Giang", "tỉnh", "Hà Giang"),
        ("TP. Hồ Chí Minh", "thành phố", "Hồ Chí Minh"),
        ("TP Huế", "thành phố", "Huế"),
        ("T.P Huế", "thành phố", "Huế"),
        ("Tp.Huế", "thành phố", "Huế"),
        ("THÀNH PHỐ HUẾ", "thành phố", "HUẾ"),
        ("Q.1", "quận", "1"),
        ("Q1", "quận", "1"),
        ("Quận 1", "quận", "1"),
        ("H. Nam Trà My", "huyện", "Nam Trà My"),
        ("TX. Sa Pa", "thị xã", "Sa Pa"),
        ("Thị Xã Mường Lay", "thị xã", "Mường Lay"),
        ("TT Trạm Tấu", "thị trấn", "Trạm Tấu"),
        ("Thị trân Chi Lăng", "thị trấn", "Chi Lăng"),
        ("Thi tran Chi Lang", "thị trấn", "Chi Lang"),
        ("X. Tây", "xã", "Tây"),
        ("Xa Tra Don", "xã", "Tra Don"),
        ("P.01", "phường", "01"),
        ("Phường Phường Đúc", "phường", "Phường Đúc"),
        ("Đặc khu Lý Sơn", "đặc khu", "Lý Sơn"),
        ("Thị trấn NT Mộc Châu", "thị trấn", "NT Mộc Châu"),
        ("Thôn 1", "thôn", "1"),
        ("Tổ dân phố 5", "tổ dân phố", "5"),
        ("TDP 5", "tổ dân phố", "5"),
        ("Ấp Chợ", "ấp", "Chợ"),
        ("Bản 2", "bản", "2"),
    ],
)
def test_the_type_word_is_split_off(name: str, type_word: str, bare: str) -> None:
    assert split_type(name) == (type_word, bare)


NOT_TYPED = """
Quân Chu; Quán Hành; Phương Liễu; Huyền Sơn; Xá Lượng; Tịnh Biên; Tĩnh Gia; Bản Lầu; Buôn Đôn; Phố Lu; Sóc Sơn;
Đội Cấn; Đồi 61; H Bông; P Rao; Xã; Thị xã; 3 Bảo Lộc; Làng Giàng; Thị Hoa; Phú Thọ; Tổng số
"""


@pytest.mark.parametrize("name", [name.strip() for name in NOT_TYPED.split(";")])
def test_a_bare_name_that_begins_like_a_type_word_stays_whole(name: str) -> None:
    assert split_type(name) == (None, name)


def test_every_official_name_splits_into_its_type_and_its_bare_name() -> None:
    for unit in bundled().rows():
        for name in (unit.name, unit.name.upper(), unicodedata.normalize("NFD", unit.name)):
            assert split_type(name)[0] == unit.type, name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Xã Thuỷ Xuân", "XÃ THỦY XUÂN"),
        ("Quý Lộc", "Qúy Lộc"),
        ("Phường 01", "phường 1"),
        (unicodedata.normalize("NFD", "Trà Dơn"), "Trà Dơn"),
    ],
)
def test_the_tone_key_joins_old_and_new_style(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoa Lộc", "Hòa Lộc"),
        ("Trà Don", "Trà Dơn"),
        ("Sa Pa", "Sa Pả"),
        ("Đăk Glong", "Đắk Glong"),
        ("Minh Quân", "Minh Quán"),
    ],
)
def test_the_tone_key_keeps_different_names_apart(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mù Cang Chải", "Mù Căng Chải"),
        ("Đakrông", "Đa Krông"),
        ("Ia H'Drai", "Ia H' Drai"),
        ("Ia H'Drai", "Ia Hdrai"),
        ("Đăk Glong", "Đắk Glong"),
        ("Ea TLing", "Ea T'ling"),
        ("Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Ðông Giang", "dong giang"),
        ("Phường 01", "phuong 1"),
    ],
)
def test_the_accent_key_joins_spellings_of_one_unit(one: str, other: str) -> None:
    assert accent_key(one) == accent_key(other)
