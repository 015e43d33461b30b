"""Names of persons, told from names of units by their words alone.

Family names are those that are common in Vietnam (samples of 241,012 and 207,000 names: hoten.org, "100 họ phổ biến",
SG01 and DKL01; Lê Trung Hoa, "Họ và tên người Việt Nam"), and those of the peoples among whom most poor households
live. Names of two words say nothing: communes and villages are named so ("Lê Lợi", "Mai Sơn", "A Réh").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.units.names import clean, split_type


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_KINH: Final = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai trương lâm đào vương "
    "lương tạ hà cao châu thái lưu phùng tô hứa đậu quách lục lại tống mã kiều thân tăng từ bạch chu văn "
    "doãn nghiêm khuất phí mạc giáp khổng thạch kiên danh diệp âu tôn cù ngụy"
)
_NORTH: Final = (
    "lò lường quàng cầm cà tòng vàng giàng thào sùng vừ mùa lầu hạng hờ ly má tẩn lù chảo phàn bàn triệu nông vi lộc "
    "đàm ma bế vy sầm chang phàng tráng sào thền hầu cứ lự kha lô ngân lữ moong cụt xồng già mông lăng nùng "
    "đèo điêu bạc hù cháng chẻo vù chú lỳ pờ"
)
_CENTRE: Final = (
    "rơ ksor kpă siu nay rmah puih kpuih rah alăng zơ zơrâm bh'nướch bhnướch bríu pơloong bling bhling coor arất blúp "
    "arâl hôih ating avô clâu cơlâu tangôn chamaléa katơr pinăng tro mấu đàng patâu cil liêng touneh "
    "điểu êban mlô niê ayun byă kbuôr ktla kdăm knul kriêng hdơk"
)
_SURNAMES: Final = _words(_KINH, _NORTH, _CENTRE)
_ALSO_PLACES: Final = _words("kim sơn đồng trà quan viên ông đường long la xa và bá tơ kon bon ninh đạo tiêu")
"""Family names that begin names of places too: of a person only before “Văn” or “Thị”."""
_MIDDLE: Final = frozenset({"văn", "thị", "van", "thi"})
"""Words between family and given name that hardly any unit is named by."""
_CLANS: Final = _words("niê mlô êban ayun byă kbuôr ktla kdăm knul kriêng hdơk êñuôl ênuôl ksơr hmok hwing bkrông")
"""Clans of the Ê Đê, which stand behind the given name."""
_GIVEN_FIRST: Final = frozenset({"a", "y", "h", "h'", "k'", "ka"})
"""Words before given names in the highlands."""
_TITLE: Final = late_pattern(
    r"^(?:(?:họ và tên|họ tên|tên chủ hộ|chủ hộ|hộ gia đình|gia đình|hộ|vợ|chồng|con)\s*[:.]?\s+)?"
    r"(?:(?:ông|bà|anh|chị|cụ|cháu|em|ô|b|mr|mrs|ms)\s*[:.]?\s+)?",
    re.IGNORECASE,
)
_TAIL: Final = late_pattern(r"\s*(?:[-–—,;:(/\\+&|]|\d|\b(?:sinh|sn|ns|và|CCCD|CMND|cccd|cmnd)\b).*$", re.DOTALL)
"""What is written behind a name: a year of birth, a number, a second person."""
_INITIALS: Final = late_pattern(r"(?:[^\W\d_][^\W\d_]{0,2}\.\s*){1,3}[^\W\d_]{1,7}(?: [^\W\d_]{1,7})?\.?")
_TITLE_WORDS: Final = _words("họ tên chủ hộ gia vợ chồng con ông bà anh chị cụ cháu em ô b mr mrs ms")
"""Words that titles begin with."""
_TAIL_WORDS: Final = _words("sinh sn ns và CCCD CMND cccd cmnd")
_MOST_WORDS: Final = 6


@lru_cache(maxsize=16384)
def is_name_of_person(text: str) -> bool:
    """Say whether a text reads as the name of a person, or begins with one.

    >>> is_name_of_person("Nguyễn Thị Hoa"), is_name_of_person("Nguyễn Trãi"), is_name_of_person("Xã Lê Văn Tám")
    (True, False, False)
    >>> is_name_of_person("Ông Lò A Páo - 1960"), is_name_of_person("nguyen van a"), is_name_of_person("H'Hen Niê")
    (True, True, True)
    """
    if not _may_be_name(text):
        return False
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    if not composed or (composed[0].isdigit() and not any(map(str.isalpha, composed))) or split_type(composed)[0]:
        return False
    cleaned = clean(composed)
    bare = _TITLE.sub("", cleaned) if _may_have_title(cleaned) else cleaned
    name = _TAIL.sub("", bare) if _may_have_tail(bare) else bare
    words = name.split()
    if "." in name and _INITIALS.fullmatch(name):
        return _are_initials(name)
    if not 2 <= len(words) <= _MOST_WORDS:
        return False
    first, lower = words[0].lower(), [word.lower() for word in words]
    if len(words) >= 3 and _is_surname(first) and lower[1] in _MIDDLE:
        return True
    if not all(word[:1].isupper() for word in words):
        return False
    if len(words) == 2 and first not in _SURNAMES and not first.startswith(("h'", "y")):
        return False
    titled = len(bare) < len(cleaned)
    return (first in _SURNAMES and (len(words) >= 3 or titled)) or _is_of_highlands(lower)


def _may_have_title(text: str) -> bool:
    words = text.replace(":", " ").replace(".", " ").split(None, 1)
    return bool(words) and words[0].lower() in _TITLE_WORDS


def _may_have_tail(text: str) -> bool:
    words = text.split()
    return not all(map(str.isalpha, words)) or not _TAIL_WORDS.isdisjoint(words)


def _may_be_name(text: str) -> bool:
    """Say at a glance whether a text may be a name: nearly every heading, title and unit is not."""
    words = unicodedata.normalize("NFC", text).lower().split(None, _WORDS_LOOKED_AT)
    if len(words) < 2 and "." not in text:
        return False
    return any(word.strip(":.") in _STARTS or word.startswith(_PARTICLES) for word in words) or "." in text


def _is_surname(word: str) -> bool:
    return word in _SURNAMES or word in _ALSO_PLACES or word in _PLAIN_SURNAMES


def _are_initials(name: str) -> bool:
    """Say whether a name is shortened as names of persons are: "Ng. Văn Hải", "N.V.A"; "TT. Ba Tơ" is a unit."""
    return split_type(name)[0] is None and not name.isdigit()


def _is_of_highlands(words: list[str]) -> bool:
    return words[-1] in _CLANS and (words[0] in _GIVEN_FIRST or words[0].startswith(("h'", "k'")))


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("đ", "d")


_PLAIN_SURNAMES: Final = frozenset(map(_plain, _SURNAMES))
"""As they are typed without accents."""
_STARTS: Final = _SURNAMES | _ALSO_PLACES | _PLAIN_SURNAMES | _GIVEN_FIRST
_PARTICLES: Final = ("h'", "k'", "h’", "k’")
"""Before given names in the highlands, written together with them."""
_WORDS_LOOKED_AT: Final = 6
