"""Units that a title names in another spelling than the lists: "HUYỆN KÌ SƠN", "TỈNH ĐĂK LĂK", "ubnd huyen dong giang".

Asked only where no list of any day knows the words as they stand: an exact name comes before every spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.title import SHORT_TYPES
from thidua_cli.units.lookup import bare_name, similar
from thidua_cli.units.names import UNIT_TYPES, accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables

_DAYS: Final = (TABLES_START, REFORM_DAY - timedelta(days=1), REFORM_DAY)
_TYPE_KEYS: Final = {accent_key(word): word for word in UNIT_TYPES} | SHORT_TYPES
_TYPES_OF_COMMUNES: Final = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_LONGEST_NAME: Final = 6
"""Words: "Bà Rịa - Vũng Tàu" has four, "Phan Rang-Tháp Chàm" as well."""
_WORD: Final = late_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?|\d+|[^\s\w]")
_MOTTO: Final = late_pattern(r"xã hội chủ nghĩa|xa hoi chu nghia", re.IGNORECASE)
_AGENCY: Final = late_pattern(
    r"(?:^|\b(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân|uy ban nhan dan|đơn vị|địa phương)\s*:?\s+)"
    r"((?:tỉnh|tinh|thành phố|thanh pho|tp\.?|huyện|huyen|quận|quan|thị xã|thi xa|tx\.?|xã|xa|phường|phuong|thị trấn|"
    r"thi tran|đặc khu|dac khu)[\s.]+[^\W\d_][^,;:()|–—\d…]*)",
    re.IGNORECASE,
)
_NOT_THE_NAME: Final = late_pattern(
    r"\s+(?:năm|theo|tổng|kết|báo|biểu|số|cuối|đầu|phòng|giai|cộng|-)\b.*|\s+-\s.*|\s*\.{2,}.*"
)


def spelt_units(lines: Sequence[str], on: date, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the units that lines can mean in another spelling, of the lowest tier that they name.

    Communes are looked for only where an agency is named ("UBND XÃ …"): "xã hội" is none.
    """
    units = [unit for line in lines for unit in _in_line(line, on, tables)]
    districts = tuple(dict.fromkeys(unit for unit in units if unit.level is Level.DISTRICT))
    provinces = tuple(dict.fromkeys(unit for unit in units if unit.level is Level.PROVINCE))
    codes = {province.code for province in provinces}
    inside = tuple(district for district in districts if district.parent_code in codes)
    return inside or districts or provinces or _communes_of(unplaced_words(lines), on, tables)


def _communes_of(words: str, on: date, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the communes that the words of an agency name: all of the country that have this spelling."""
    type_word, name = split_type(words)
    if type_word not in _TYPES_OF_COMMUNES:
        return ()
    key, near = _spelling_key(name), _near_key(name)
    alike = [unit for unit in tables.communes(on) if unit.type == type_word and _spelling_key(bare_name(unit)) == key]
    return tuple(unit for unit in alike if words.isascii() or _near_key(bare_name(unit)) == near)


@lru_cache(maxsize=256)
def _in_line(line: str, on: date, tables: UnitTables) -> tuple[Unit, ...]:
    words = _WORD.findall(_MOTTO.sub(",", clean(line.replace("\n", " ").replace("-", " "))))
    index = _index(tables, on)
    return tuple(unit for start in range(len(words)) for unit in _at_word(words, start, index, is_plain=line.isascii()))


def _at_word(
    words: Sequence[str], start: int, index: Mapping[tuple[str, str], _Alike], *, is_plain: bool
) -> tuple[Unit, ...]:
    """Return the units whose type and name begin at a word; the longest name wins."""
    for type_word, name_start in _types_at(words, start, is_plain=is_plain):
        for end in range(min(len(words), name_start + _LONGEST_NAME), name_start, -1):
            name = " ".join(word.rstrip(".") for word in words[name_start:end])
            alike = index.get((type_word, _spelling_key(name)))
            if alike is not None:
                return _of_name(alike, name, is_plain=is_plain)
    return ()


def _types_at(words: Sequence[str], start: int, *, is_plain: bool) -> Iterator[tuple[str, int]]:
    """Yield the type words that stand at a word, as the lists write them, and where the name begins.

    In a line with accents they must be right: "quản lý" is no Quận.
    """
    for length in (2, 1):
        text = " ".join(words[start : start + length]).lower()
        type_word = _TYPE_KEYS.get(text.rstrip(".") if length == 1 and len(text) > 2 else text) or _TYPE_KEYS.get(
            accent_key(text)
        )
        is_short = text.rstrip(".") in SHORT_TYPES or text in SHORT_TYPES
        if type_word and (is_plain or is_short or tone_key(text) == tone_key(type_word)):
            yield type_word, start + length


def _of_name(alike: _Alike, name: str, *, is_plain: bool) -> tuple[Unit, ...]:
    """Return the units that the letters mean; where accents differ, only those whose letters no other unit ever had."""
    near = tuple(unit for unit in alike.units if _near_key(bare_name(unit)) == _near_key(name))
    if near:
        return near
    return alike.units if is_plain or (alike.is_sole and len(alike.units) == 1) else ()


class _Alike(NamedTuple):
    """The units of a day that one spelling may mean."""

    units: tuple[Unit, ...]
    is_sole: bool
    """No unit of any day has another name with the same letters."""


@lru_cache(maxsize=8)
def _index(tables: UnitTables, on: date) -> Mapping[tuple[str, str], _Alike]:
    """Return type and spelling → the provinces and districts of a day."""
    standing: dict[tuple[str, str], dict[str, Unit]] = {}
    names: dict[tuple[str, str], set[str]] = {}
    for day in dict.fromkeys((on, *_DAYS)):
        for unit in (*tables.provinces(day), *tables.districts(day)):
            key = (unit.type, _spelling_key(bare_name(unit)))
            names.setdefault(key, set()).add(_near_key(bare_name(unit)))
            if unit.stands_on(on):
                standing.setdefault(key, {})[unit.code] = unit
    return {key: _Alike(tuple(units.values()), len(names[key]) == 1) for key, units in standing.items()}


def _spelling_key(name: str) -> str:
    """Return a name without accents and blanks, y as i and k as c: "Kì Sơn", "Bắc Cạn", "Đắc Lắc"."""
    return _K.sub("c", accent_key(name).replace("y", "i"))


def _near_key(name: str) -> str:
    """Return a name with its accents, but for y and i, k and c, and the tone that "Đăk" has in some lists."""
    letters = _K.sub("c", tone_key(name).replace("y", "i"))
    return letters.replace(_STRESSED, _PLAIN)


_K: Final = late_pattern("k(?!h)")
_PLAIN: Final = unicodedata.normalize("NFD", "ăc")
_STRESSED: Final = _PLAIN + "\u0301"


def unplaced_words(lines: Iterable[str]) -> str:
    """Return the words of a title that seem to name its place: "HUYỆN ĐÔNG GIANH"; empty where none do.

    >>> unplaced_words(["UBND HUYỆN ĐÔNG GIANH", "NĂM 2024"]), unplaced_words(["UBND HUYỆN ……"])
    ('HUYỆN ĐÔNG GIANH', '')
    """
    for line in lines:
        match = _AGENCY.search(_MOTTO.sub("|", " ".join(line.split())))
        if match is not None:
            words = _NOT_THE_NAME.sub("", match[1]).strip(" .")
            if 1 < len(words.split()) <= _LONGEST_NAME + 2:
                return words
    return ""


def units_like(words: str, on: date, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the provinces and districts whose names are a letter or two away from words, to be offered."""
    return similar(words, (*tables.provinces(on), *tables.districts(on)))
