"""How units are named, in cells and in titles."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from reading.choice import Change, Choice, both, may_refuse, sets
from reading.draft import Draft
from reading.meaning import Look, Value
from reading.places import DA_NANG, DONG_GIANG, QUANG_NAM, Place

Named = Callable[[str], Value]
TYPES: Final = ("Thị trấn", "Thị xã", "Thành phố", "Phường", "Huyện", "Xã", "Đặc khu")
SHORT: Final = {
    "Thị trấn": "TT",
    "Thị xã": "TX",
    "Thành phố": "TP",
    "Phường": "P",
    "Huyện": "H",
    "Xã": "X",
    "Đặc khu": "ĐK",
}
MISSPELT: Final = {"Thị trấn": "Thị trân", "Thành phố": "Thành phô", "Phường": "Phừơng", "Huyện": "Huyên", "Xã": "Xả"}


def divided(name: str) -> tuple[str, str]:
    """Divide a name into its type word and the rest."""
    word = next((word for word in TYPES if name.startswith(f"{word} ")), "")
    return word, name.removeprefix(word).strip()


def _bare(name: str) -> str:
    return divided(name)[1]


def _short(name: str, after: str) -> str:
    word, rest = divided(name)
    return f"{SHORT.get(word, word)}{after}{rest}"


def _misspelt(name: str) -> str:
    word, rest = divided(name)
    return f"{MISSPELT.get(word, word)} {rest}"


def without_accents(text: str) -> str:
    """Take marks and the strokes of đ from a text."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


READ: Final[dict[str, Named]] = {
    "without type words": _bare,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "spaces around": lambda name: f"  {name}  ",
    "double spaces": lambda name: name.replace(" ", "  "),
    "no-break spaces": lambda name: name.replace(" ", "\u00a0"),
    "short with a dot": lambda name: _short(name, ". "),
    "short": lambda name: _short(name, " "),
    "type word at the end of a line": lambda name: "\n".join(part for part in divided(name) if part),
}
READ_OR_TOLD: Final[dict[str, Named]] = {
    "short without a space": lambda name: _short(name, "."),
    "numbered": lambda name: f"1. {name}",
    "with UBND": lambda name: f"UBND {name}",
    "dash before": lambda name: f"- {name}",
    "star behind": lambda name: f"{name}*",
    "area in brackets": lambda name: f"{name} (khu vực III)",
    "colon behind": lambda name: f"{name}:",
    "without accents": without_accents,
    "misspelt type": _misspelt,
    "misspelt type in capitals": lambda name: _misspelt(name).upper(),
}


def names() -> Iterator[Choice]:
    """Yield how units are named in their cells."""
    for name, named in READ.items():
        yield Choice("names", name, both(sets(name_of=named), _shared_names))
    for name, named in READ_OR_TOLD.items():
        yield Choice("names", name, both(sets(name_of=named), may_refuse))
    yield Choice("names", "raised mark", sets(name_look=Look(raised="1")), needs=frozenset({"looks"}))
    struck = both(_last_name_struck, may_refuse)
    yield Choice("names", "crossed out", struck, needs=frozenset({"looks"}), lacks=frozenset({"column"}))
    yield Choice("names", "one of nowhere", both(_one_of_nowhere("Xã Không Đâu"), may_refuse), place=DONG_GIANG)
    yield Choice("names", "one of another tone", both(_misspelt_name, may_refuse), place=DONG_GIANG)
    # where no agency stands above it, the table is one of the province
    other = both(_one_of_nowhere("Xã A Xan"), may_refuse)
    yield Choice("names", "one of another district", other, lacks=frozenset({"agency"}), place=DONG_GIANG)
    yield Choice("names", "one blank", both(_one_of_nowhere(""), may_refuse), place=DONG_GIANG)
    yield Choice("names", "a village", both(_one_of_nowhere("Thôn Cutchrun"), may_refuse), place=DONG_GIANG)
    yield Choice("names", "a hamlet list", both(_one_of_nowhere("Xã Tà Lu, Xã Ba"), may_refuse), place=DONG_GIANG)
    yield Choice(
        "names", "two units in one row", both(_one_of_nowhere("Xã Tà Lu và Xã Tư"), may_refuse), place=DONG_GIANG
    )
    yield Choice("names", "named before 1999", both(_one_of_nowhere("Xã Sông Côn cũ"), may_refuse), place=DONG_GIANG)


def _shared_names(draft: Draft) -> None:
    """A name that two units share as it is written here is nobody's."""
    written = Counter(str(draft.name_of(row.name)).casefold() for row in draft.rows)
    for row in draft.rows:
        name = str(draft.name_of(row.name)).casefold()
        if written[name] > 1:
            row.is_usable, draft.may_refuse = False, True
        draft.may_refuse |= name.isascii()  # who writes no accents may mean Sa Pa or Sa Pả


def _last_name_struck(draft: Draft) -> None:
    """All rows are crossed out: nothing stands of the table but its total."""
    draft.name_look = Look(struck=True)
    for row in draft.rows:
        row.is_usable = False


def _one_of_nowhere(name: str) -> Change:
    def change(draft: Draft) -> None:
        row = draft.rows[draft.odd_row]
        row.name, row.is_usable = name, False
        draft.with_total = False
        draft.allowed.add("U008")

    return change


def _misspelt_name(draft: Draft) -> None:
    """No other unit has the name but for its accents: it may be read, or asked."""
    draft.rows[draft.odd_row].name = "Xã Tá Lú"


AGENCIES: Final[dict[Place, tuple[tuple[str, ...], ...]]] = {
    DONG_GIANG: (
        ("HUYỆN ĐÔNG GIANG",),
        ("ỦY BAN NHÂN DÂN", "HUYỆN ĐÔNG GIANG"),
        ("UỶ BAN NHÂN DÂN HUYỆN ĐÔNG GIANG",),
        ("UBND TỈNH QUẢNG NAM", "UBND HUYỆN ĐÔNG GIANG"),
        ("PHÒNG LAO ĐỘNG - TB&XH HUYỆN ĐÔNG GIANG",),
        ("UBND H. ĐÔNG GIANG",),
        ("UBND HUYEN DONG GIANG",),
        ("UBND huyện Đông Giang - tỉnh Quảng Nam",),
        ("BAN CHỈ ĐẠO GIẢM NGHÈO", "HUYỆN ĐÔNG GIANG"),
        ("UBND HUYỆN ĐÔNG GIANG\nPHÒNG LAO ĐỘNG - TB VÀ XÃ HỘI",),
        ("UBND HUYÊN ĐÔNG GIANG",),
    ),
    QUANG_NAM: (
        ("TỈNH QUẢNG NAM",),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "TỈNH QUẢNG NAM"),
        ("UBND T. QUẢNG NAM",),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM",),
        ("UBND TINH QUANG NAM",),
        ("SỞ LĐTBXH QUẢNG NAM",),
    ),
    DA_NANG: (
        ("THÀNH PHỐ ĐÀ NẴNG",),
        ("UBND TP ĐÀ NẴNG",),
        ("UBND TP. ĐÀ NẴNG",),
        ("UBND TP.ĐÀ NẴNG",),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "THÀNH PHỐ ĐÀ NẴNG"),
        ("UBND TPĐN",),
        ("UBND THANH PHO DA NANG",),
    ),
}
MAY_BE_UNKNOWN: Final = frozenset({"UBND TPĐN", "UBND HUYÊN ĐÔNG GIANG", "SỞ LĐTBXH QUẢNG NAM", "UBND T. QUẢNG NAM"})


def agencies() -> Iterator[Choice]:
    """Yield how the unit of the whole table is named."""
    for place, ways in AGENCIES.items():
        for lines in ways:
            change = sets(agency=list(lines))
            further = both(change, may_refuse) if lines[-1] in MAY_BE_UNKNOWN else change
            yield Choice("agency", " / ".join(lines).replace("\n", " ⏎ "), further, place=place)
    yield Choice("agency", "none", both(sets(agency=[]), _allow("H010"), may_refuse), place=DONG_GIANG)
    yield Choice(
        "agency",
        "another district",
        both(_of_another_district, may_refuse),
        lacks=frozenset({"own names"}),
        place=DONG_GIANG,
    )


def _of_another_district(draft: Draft) -> None:
    """The title names a district that none of the units is of: only the total may be taken as its own."""
    draft.agency, draft.scopes = ["UBND HUYỆN TÂY GIANG"], frozenset({"504"})
    for row in draft.rows:
        row.is_usable = False


def _allow(code: str) -> Change:
    return lambda draft: draft.allowed.add(code)
