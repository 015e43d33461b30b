"""Places whose names are hard, villages, units that are gone, and tables that are no list of results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from reading import layouts
from reading.choice import Change, Choice, both, may_refuse, sets
from reading.choices_names import without_accents as without_accents_of
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft
from reading.meaning import PRELIMINARY
from reading.places import DA_NANG, DONG_GIANG, Place, row
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled

BEFORE_2024: Final = (2022, 2023)
SA_PA: Final = Place("088", "Thị xã Sa Pa", ("UBND THỊ XÃ SA PA",), "Xã/phường", BEFORE_2024)
KY_SON: Final = Place("417", "Huyện Kỳ Sơn", ("UBND TỈNH NGHỆ AN", "UBND HUYỆN KỲ SƠN"), "Xã", BEFORE_2024)
NAM_TRA_MY: Final = Place("516", "Huyện Nam Trà My", ("UBND HUYỆN NAM TRÀ MY",), "Xã", BEFORE_2024)
HAU_LOC: Final = Place("400", "Huyện Hậu Lộc", ("UBND HUYỆN HẬU LỘC",), "Xã", BEFORE_2024)
TRAM_TAU: Final = Place("139", "Huyện Trạm Tấu", ("UBND HUYỆN TRẠM TẤU",), "Xã", BEFORE_2024)
PHU_CU: Final = Place("333", "Huyện Phù Cừ", ("UBND HUYỆN PHÙ CỪ",), "Xã", (2024,))
HO_CHI_MINH: Final = Place("79", "Thành phố Hồ Chí Minh", ("UBND THÀNH PHỐ HỒ CHÍ MINH",), "Quận, huyện", (2022, 2023))
DAK_LAK: Final = Place("66", "Tỉnh Đắk Lắk", ("UBND TỈNH ĐẮK LẮK",), "Huyện", (2022, 2023))
DAK_LAK_NOW: Final = Place("66", "Tỉnh Đắk Lắk", ("UBND TỈNH ĐẮK LẮK",), "Xã, phường", (2025,), is_whole=False)

TITLES: Final[tuple[tuple[Place, str], ...]] = (
    *((HO_CHI_MINH, words) for words in ("UBND TP.HCM", "UBND TPHCM", "UBND TP. HCM", "UBND TP HỒ CHÍ MINH")),
    *(
        (DAK_LAK, words)
        for words in ("UBND TỈNH ĐĂK LĂK", "UBND TỈNH ĐẮC LẮC", "UBND TỈNH DAK LAK", "UBND TỈNH ĐẮKLẮK")
    ),
    *((KY_SON, words) for words in ("UBND HUYỆN KÌ SƠN", "UBND HUYỆN KỲ SƠN - NGHỆ AN")),
    *((DAK_LAK_NOW, words) for words in ("UBND TỈNH ĐĂK LĂK", "TỈNH ĐẮK LẮK")),
    *((SA_PA, words) for words in ("UBND TX SA PA", "UBND TX. SA PA", "THỊ XÃ SAPA")),
)


def places() -> Iterator[Choice]:
    """Yield places with names that differ in accents or type words only, and other spellings of their titles."""
    for place in (SA_PA, KY_SON, NAM_TRA_MY, HAU_LOC, TRAM_TAU, DA_NANG):
        yield Choice("place", place.name, _check_names, place=place)
    for place, words in TITLES:
        agency = both(sets(agency=[words]), may_refuse, _allow("H010"))
        yield Choice("agency", f"{words} ({place.code}, {place.years[0]})", agency, place=place)
    own_line = sets(line_words="THEO CHUẨN NGHÈO TP. HỒ CHÍ MINH", national=False)
    yield Choice("line", "THEO CHUẨN NGHÈO TP. HỒ CHÍ MINH", both(own_line, may_refuse), place=HO_CHI_MINH)
    bare = both(sets(name_of=_bare), _check_names)
    for place in (TRAM_TAU, SA_PA, KY_SON):
        yield Choice("place", f"{place.name}, without type words", bare, lacks=frozenset({"own names"}), place=place)
    gone = both(_as_of(date(2024, 6, 30)), may_refuse)
    # beside figures of the year before, when these units stood, part of their rows is rightly read
    alone = frozenset({"own names", "year before", "column"})
    yield Choice("place", "Huyện Phù Cừ, units of before its mergers", gone, place=PHU_CU, lacks=alone)
    reform = both(_district_after_the_reform, may_refuse)
    yield Choice(
        "place", "a district after the reform", reform, place=DONG_GIANG, lacks=_NO_YEAR | {"own names", "year before"}
    )
    yield Choice(
        "place", "villages", both(_villages, may_refuse), place=DONG_GIANG, lacks=frozenset({"own names", "agency"})
    )


_NO_YEAR: Final = frozenset({"free year", "one table"})


def _bare(name: str) -> str:
    return name.split(" ", 2)[2] if name.startswith(("Thị trấn ", "Thị xã ")) else name.split(" ", 1)[1]


def _allow(*codes: str) -> Change:
    return lambda draft: draft.allowed.update(codes)


def _check_names(draft: Draft) -> None:
    """A name that two units of the place share as it is written here is nobody's."""
    written = Counter(str(draft.name_of(each.name)) for each in draft.rows)
    without_accents = Counter(without_accents_of(str(draft.name_of(each.name))) for each in draft.rows)
    for each in draft.rows:
        name = str(draft.name_of(each.name))
        if written[name] > 1:
            each.is_usable, draft.may_refuse = False, True
        if name.isascii() and without_accents[name] > 1:  # who writes no accents may mean Sa Pa or Sa Pả
            draft.may_refuse = True


def _as_of(day: date) -> Change:
    """Name the units that stood on an earlier day; one that is gone by the year-end is not its neighbour."""

    def change(draft: Draft) -> None:
        standing = {unit.name: unit.code for unit in bundled().children(draft.scope, year_end(draft.year))}
        draft.rows = [row(unit.code, unit.name, draft.random) for unit in bundled().children(draft.scope, day)]
        draft.with_total = False
        for each in draft.rows:
            each.is_usable = standing.get(each.name) == each.code
        draft.allowed.add("U008")

    return change


def _district_after_the_reform(draft: Draft) -> None:
    """Units of a district that ended, at a year-end after it: they are no units of that day."""
    draft.year, draft.with_total, draft.is_usable = 2025, False, False


VILLAGES: Final = (
    *("Bản Nà Hang", "Bản Na Hang", "Thôn Tân Thanh", "Thôn Tân Thành", "Thôn 1-2", "Thôn 12", "Thôn Hòa Bình"),
    *("Thôn Pa Nan", "Thôn Pà Nan"),
)


def _villages(draft: Draft) -> None:
    """The villages of a commune; a village that no list holds is known by its name."""
    draft.rows = [row(name, name, draft.random) for name in VILLAGES]
    draft.scope, draft.scope_name = "20470", "Xã Tà Lu"
    draft.agency, draft.unit_heading = ["UBND HUYỆN ĐÔNG GIANG", "UBND XÃ TÀ LU"], "Thôn"


MOVEMENT: Final = (
    ("Tổng số hộ nghèo đầu kỳ", "", "poor_opening"),
    ("Trở thành hộ cận nghèo", "Số hộ thoát nghèo", "poor_to_near_poor"),
    ("Vượt chuẩn cận nghèo", "Số hộ thoát nghèo", "poor_to_non_poor"),
    ("Số hộ khác giảm", "", "poor_decrease_other"),
    ("Số hộ cận nghèo trở thành", "", "poor_from_near_poor"),
    ("Tái nghèo", "Số hộ ngoài danh sách", "poor_relapsed"),
    ("Phát sinh mới", "Số hộ ngoài danh sách", "poor_new"),
    ("Số hộ khác tăng", "", "poor_increase_other"),
    ("Tổng số hộ nghèo cuối kỳ", "", POOR),
)
_OTHER_TABLE: Final = frozenset({"plain columns", "plain rows", "one table", "rows", "all households", "column"})


def forms() -> Iterator[Choice]:
    """Yield tables of movement, and canonical ones."""
    yield Choice("layout", "movement", both(_movement, sets(layout=layouts.households_and_persons)),
                 needs=frozenset({"merges"}), lacks=_OTHER_TABLE)  # fmt: skip
    yield Choice(
        "layout", "movement of households alone", both(_movement, sets(layout=layouts.flat)), lacks=_OTHER_TABLE
    )
    stacked = both(_movement, sets(layout=layouts.in_groups))
    yield Choice("layout", "movement below groups", stacked, needs=frozenset({"merges"}), lacks=_OTHER_TABLE)
    own = frozenset({"own names", "free year", "agency"})
    plain = both(sets(layout=layouts.canonical, with_total=False), _allow("U008"))
    yield Choice("layout", "canonical", plain, lacks=_OTHER_TABLE | own)
    for words, statuses in (("preliminary", {PRELIMINARY}), ("final", {"final"})):
        said = both(plain, sets(status_words=words, statuses=frozenset(statuses)))
        yield Choice("layout", f"canonical, {words}", said, lacks=_OTHER_TABLE | own)


def _movement(draft: Draft) -> None:
    """The poor at the beginning and at the end of the year, and what lies between."""
    for each in draft.rows:
        for counts in (each.counts, each.before):
            parts = {name: draft.random.randint(1, 9) for _, _, name in MOVEMENT[1:-1]}
            growth = sum(number if name in _GROWTH else -number for name, number in parts.items())
            counts.update(parts, poor_opening=counts[POOR] - growth)
            del counts[HOUSEHOLDS], counts[NEAR]
    meanings = ((heading, above, name) for heading, above, name in MOVEMENT)
    draft.columns = [Column(heading, frozenset({name}), name, heading, above) for heading, above, name in meanings]
    draft.subject, draft.with_total = "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO", False


_GROWTH: Final = frozenset({"poor_from_near_poor", "poor_relapsed", "poor_new", "poor_increase_other"})
