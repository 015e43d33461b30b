"""What the words around a table say: the year, preliminary or final, and whose table it is."""

from __future__ import annotations

import os.path
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Status, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.normalise.sheet.other_time import other_time
from thidua_cli.normalise.sheet.printed_words import printed_words
from thidua_cli.units.lookup import names_through_time
from thidua_cli.units.names import ABBREVIATIONS, clean, tone_key
from thidua_cli.units.tables import UnitTables

FIRST_YEAR: Final = 1993
"""The first national poverty line; an earlier year in a title is something else."""
LAST_YEAR: Final = 2099

TITLE: Final = Text("tiêu đề", "the title")
SHEET_NAME: Final = Text("tên trang tính", "the sheet's name")
FILE_NAME: Final = Text("tên tệp", "the file's name")
TITLE_ELSEWHERE: Final = Text("chỗ khác của tiêu đề", "another place in the title")
FOLDER_NAME: Final = Text("tên thư mục", "the folder's name")

_YEAR: Final = r"(?:19|20)\d{2}"
_EXPLICIT_YEAR: Final = late_pattern(
    r"\b(?:nam ra soat|ra soat nam|ra soat cuoi nam|nam bao cao|ky bao cao nam)(?: la)? (\d{4,})\b"
)
_REVIEW_YEAR: Final = late_pattern(r"\b(?:cuoi nam|nam)(?: la)? (\d{4,})\b")
_BARE_YEAR: Final = late_pattern(rf"\bngheo(?: [a-z]+)* ({_YEAR})\Z")
"""At the end of a title, without the word: "TỔNG HỢP HỘ NGHÈO 2024"."""
_DAY_OF_YEAR: Final = late_pattern(r"\b31 12 (\d{4})\b|\bden (?:het )?(?:ngay )?31 thang 12 nam (\d{4})\b")
_UNTIL_DECEMBER: Final = late_pattern(rf"\bden (?:het )?(?:ngay )?\d{{1,2}} (?:thang )?12 (?:nam )?({_YEAR})\b")
"""The day on which reviews close, often the 14th: the figures are those of that year."""
_DOCUMENT: Final = (
    r"(?:quyet dinh|qd|nghi quyet|nq|nghi dinh|nd|thong tu|tt|cong van|cv|ke hoach|kh|bao cao so|bc|to trinh|ttr)"
)
_DOCUMENT_DATE: Final = late_pattern(
    rf"\b{_DOCUMENT}\b[a-z0-9 ]*?\bngay (?:\d{{1,2}} (?:thang )?\d{{1,2}} )?(?:nam )?{_YEAR}\b|\b{_DOCUMENT} \d{{4}}\b"
)
_DATES: Final = late_pattern(
    rf"\bngay [\d ]{{0,8}}thang [\d ]{{0,4}}(?:nam )?{_YEAR}\b"
    rf"|\bthang \d[\d ]{{0,3}}(?:nam )?{_YEAR}\b|(?<!\b12 )\bthang (?:nam )?{_YEAR}\b"
    rf"|\b(?!31 12 )\d{{1,2}} \d{{1,2}} {_YEAR}\b"
    rf"|\bt(?:0?[1-9]|1[01]) ?{_YEAR}\b"
    rf"|\b{_YEAR} (?!12 31\b)(?:0\d|1[0-2]) (?:[0-2]\d|3[01])\b"
)
_COMPARED: Final = late_pattern(
    rf"\bso (?:voi|sanh voi)(?: cung ky)?(?: so lieu)?(?: cuoi| dau)?(?: nam)? {_YEAR}\b"
    rf"|\b(?:ap dung|thuc hien|su dung)(?: cho| tu| trong| den)*(?: nam)? {_YEAR}\b"
)
"""A year that figures are compared with, or that they are to be used in, is not theirs."""
_PLANNED: Final = late_pattern(rf"\bke hoach(?: \w+){{0,3}} {_YEAR}\b")
"""Beside the year of a review: "Năm rà soát: 2023 (kế hoạch năm 2024)"."""
_FOLDER_YEAR: Final = late_pattern(rf"(?:so lieu |ra soat |cuoi )?(?:nam )?({_YEAR})")
_FOLDERS: Final = 2
"""Folders above a file that may be named by a year: "2023/Xã Tà Lu/bieu.xlsx"."""
_PRELIMINARY: Final = late_pattern(
    r"(?<!\bho )\bso bo\b"
    r"|\b(?:chua|khong) (?:duoc |qua )?(?:chinh thuc|phe duyet|cong nhan|tham dinh|phuc tra|thong qua|chot)\b"
    r"|\btruoc (?:khi )?(?:phuc tra|phe duyet|tham dinh)\b|\bdu thao\b|\bban nhap\b"
    r"|\bso lieu (?:tam(?! tru)|ban dau)\b"
    r"|\b(?:ra soat|ket qua|so lieu|ngheo|20\d\d) (?:lan|dot|buoc) (?:1|i|thu nhat|dau)\b"
)
"""What is not decided yet, in the words that officers have for it."""
_OF_PRELIMINARY: Final = (
    "so bo", "chua ", "khong ", "truoc ", "du thao", "ban nhap", "so lieu ", "lan ", "dot ", "buoc ",
)  # fmt: skip
"""Without any of these none of them is said."""
_TENTATIVE: Final = late_pattern(r"\b(?:tạm|tam) (?:tính|tinh|thời|thoi)\b")
"""The same, with its accents: without them "Xã Minh Tâm, Tỉnh Cao Bằng" says "tạm tính"."""
_FINAL: Final = late_pattern(r"(?<!chua )(?<!khong )\bchinh thuc\b")
_SPANS: Final = late_pattern(rf"\b(?:tu )?(?:nam )?{_YEAR} (?:den )?(?:nam )?{_YEAR}\b")
_ANY_YEAR: Final = late_pattern(rf"(?<!\d)({_YEAR})(?!\d)")
_MOTTO: Final = (
    tuple(map(tone_key, ("cộng", "hòa", "xã", "hội", "chủ", "nghĩa", "việt", "nam"))),
    tuple(map(tone_key, ("xã", "hội", "chủ", "nghĩa"))),
)
_JOINED_TYPE: Final = late_pattern(r"\b(TP|TX|TT|T\.P|T\.X|H|Q|P|X)\.(?=\w)")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year and where it stands."""

    year: int
    where: Text
    words: str = ""
    """As printed, where they speak of another time than the end of a year."""
    is_year_end: bool = True
    """The figures are those of the end of `year`, as far as these words go."""


def years_mentioned(title: Iterable[str], sheet: str, file: str) -> list[YearMention]:
    """Return the review years that title, sheet, file and folder name state, strongest place first.

    Dates of decisions ("ngày 05 tháng 01 năm 2024") and spans ("giai đoạn 2021-2025") are no review years. A sheet's
    or file's name counts only where it holds one year, a folder's only where it is a year ("2023", "Năm 2023").
    """
    return list(_mentions(tuple(title), sheet, file))


@lru_cache(maxsize=64)
def _mentions(title: tuple[str, ...], sheet: str, file: str) -> tuple[YearMention, ...]:
    explicit, loose = _years_of_lines(title)
    mentions = [YearMention(year, TITLE) for year in explicit or loose]
    mentions += [YearMention(year, TITLE_ELSEWHERE) for year in loose if explicit and year not in explicit]
    folder, name = os.path.split(file)
    for text, where in ((sheet, SHEET_NAME), (PurePath(name).stem, FILE_NAME)):
        mentions += _mention_in_name(text, where, is_dated=bool(explicit))
    year = _year_of_folder(folder)
    if year:
        return (*mentions, YearMention(year, FOLDER_NAME))
    period = None if explicit else _period(PurePath(folder).name, FOLDER_NAME)
    return tuple(mentions) if period is None else (*mentions, period)


@lru_cache(maxsize=1024)
def _mention_in_name(name: str, where: Text, *, is_dated: bool) -> tuple[YearMention, ...]:
    """Return the year that a name states, if it is one; of a period where the title does not say the year-end."""
    period = None if is_dated else _period(name, where)
    if period is not None:
        return (period,)
    years = set(map(int, _ANY_YEAR.findall(_without_dates(fold(name)))))
    return (YearMention(years.pop(), where),) if len(years) == 1 else ()


def _period(name: str, where: Text) -> YearMention | None:
    """Return the part of a year that a name speaks of, with the year, or 0 where it names none: "6 thang 2024"."""
    time = other_time(name)
    if time is None or not time.is_period:
        return None
    years = set(map(int, _ANY_YEAR.findall(_without_dates(fold(name)))))
    year = time.year_end or time.year or (years.pop() if len(years) == 1 else 0)
    return YearMention(year, where, time.words, is_year_end=time.year_end is not None)


@lru_cache(maxsize=256)
def _year_of_folder(folder: str) -> int | None:
    """Return the year that the folder of a file, or the one above it, is named by."""
    path = PurePath(folder)
    names = [fold(part.name) for part in (path, *path.parents)[:_FOLDERS]]
    return next((int(match[1]) for name in names if (match := _FOLDER_YEAR.fullmatch(name))), None)


def years_in_title(lines: Iterable[str]) -> list[int]:
    """Return the years of a title: those it calls the year of review or gives as 31 December, else any "năm …"."""
    explicit, loose = _years_of_lines(lines)
    return explicit or loose


def _years_of_lines(lines: Iterable[str]) -> tuple[list[int], list[int]]:
    """Return the years that a title calls those of the review, and those that it only names."""
    in_lines = list(map(_years_in_line, lines))
    explicit, loose = ([_number(digits) for years in in_lines for digits in years[sort]] for sort in (0, 1))
    return list(dict.fromkeys(explicit)), list(dict.fromkeys(loose))


@lru_cache(maxsize=1024)
def _years_in_line(line: str) -> tuple[list[str], list[str]]:
    """Return the years that a line calls those of the review, and those it only names."""
    folded, year_ends = _without_other_time(line)
    text = _DOCUMENT_DATE.sub(" ", folded)
    explicit = [*year_ends, *(first or second for first, second in _DAY_OF_YEAR.findall(text))]
    text = _without_dates(text)
    explicit += _EXPLICIT_YEAR.findall(text)
    loose = _REVIEW_YEAR.findall(_PLANNED.sub(" ", text) if explicit else text) + _UNTIL_DECEMBER.findall(folded)
    return explicit, loose or _BARE_YEAR.findall(text)


def _without_other_time(line: str) -> tuple[str, list[str]]:
    """Return a folded line without the words for another time, and the year-end whose figures they mean, if any."""
    time = other_time(line)
    if time is None:
        return fold(line), []
    words = printed_words(line).text
    return fold(f"{words[: time.start]} {words[time.end :]}"), [] if time.year_end is None else [str(time.year_end)]


def _number(digits: str) -> int:
    return int(digits[:9])  # a year of ten digits is as wrong as one of nine


def _without_dates(folded: str) -> str:
    return _SPANS.sub(" ", _DATES.sub(" ", _COMPARED.sub(" ", _DOCUMENT_DATE.sub(" ", folded))))


def is_plausible_year(year: int) -> bool:
    """Say whether a review of household poverty can be of `year`."""
    return FIRST_YEAR <= year <= LAST_YEAR


def status_of(title: Iterable[str], headings: Iterable[str] = (), sheet: str = "", file: str = "") -> Status:
    """Return preliminary where the title says "sơ bộ" and not "chính thức"; unless it says one, other places decide.

    They are the names of the sheet, the file and its folder ("bieu-08-so-bo.xlsx"), then the header: that of the form
    has both ("sơ bộ/chính thức") and is often left so, whichever the title says.
    """
    status = _status_in(tuple(title)) or _status_in((sheet,)) or status_of_name(file) or _status_in(tuple(headings))
    return status or Status.FINAL


def status_of_name(file: str) -> Status | None:
    """Return the status that the name of a file, or else of its folder, says; None where neither does."""
    # officers keep both rounds in folders "Sơ bộ" and "Chính thức", the files in them named alike
    name, folder = names_of(file)
    return _status_in((name,)) or _status_in((folder,))


@lru_cache(maxsize=256)
def names_of(file: str) -> tuple[str, str]:
    """Return the name of a file without its ending, and that of its folder."""
    path = PurePath(file)
    return path.stem, path.parent.name


@lru_cache(maxsize=256)
def _status_in(lines: tuple[str, ...]) -> Status | None:
    """Return the one status that lines name; None where they name none, or both."""
    text = " ".join(map(fold, lines))
    may_be_preliminary = any(word in text for word in _OF_PRELIMINARY)
    says_preliminary = (may_be_preliminary and bool(_PRELIMINARY.search(text))) or (
        "tam t" in text and _is_tentative(lines)
    )
    says_final = "chinh thuc" in text and bool(_FINAL.search(text))
    if says_preliminary is says_final:
        return None
    return Status.PRELIMINARY if says_preliminary else Status.FINAL


def _is_tentative(lines: Iterable[str]) -> bool:
    words = " ".join(unicodedata.normalize("NFC", " ".join(lines)).lower().split())
    return _TENTATIVE.search(words) is not None


def scope_of(lines: Sequence[str], on: date, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the units a title can mean: one where it is clear, several where it is not, none where it names none.

    The lowest tier that is named wins ("UBND huyện …, tỉnh …" is a district's table); a district is looked for inside
    the province that is named with it, a commune inside its district, and in the whole country where neither is named.
    """
    province_keys, district_keys = _upper_keys(tables, on)
    provinces, districts = _named(lines, province_keys), _named(lines, district_keys)
    if provinces:
        codes = {province.code for province in provinces}
        inside = tuple(district for district in districts if district.parent_code in codes)
        districts = inside or districts
    if not provinces and not districts:
        return _named(lines, _commune_keys(tables, on))
    above = districts or provinces
    communes = _named(lines, _commune_keys_of(tables, tuple(unit.code for unit in above), on))
    return communes if len(communes) == 1 else above


def names_province(lines: Sequence[str], on: date, tables: UnitTables) -> bool:
    """Say whether the lines name a province."""
    return bool(_named(lines, _upper_keys(tables, on)[0]))


def names_country(lines: Iterable[str]) -> bool:
    """Say whether a line speaks of the whole country.

    >>> names_country(["TỔNG HỢP KẾT QUẢ RÀ SOÁT CẢ NƯỚC NĂM 2024"]), names_country(["Tỉnh Quảng Nam"])
    (True, False)
    """
    pairs = {pair for words in map(_words, lines) for pair in pairwise(words)}
    return not pairs.isdisjoint(_COUNTRY)


@lru_cache(maxsize=256)
def _commune_keys_of(tables: UnitTables, codes: tuple[str, ...], on: date) -> _Names:
    return _by_key([unit for code in codes for unit in tables.children(code, on) if len(unit.code) == 5], tables)


@lru_cache(maxsize=16)
def _upper_keys(tables: UnitTables, on: date) -> tuple[_Names, _Names]:
    districts = _by_key(tables.districts(on), tables)
    # Thành phố Huế is a district until the province takes its name
    return _by_key(tables.provinces(on), tables, districts.units), districts


@lru_cache(maxsize=4)
def _commune_keys(tables: UnitTables, on: date) -> _Names:
    return _by_key(tables.communes(on), tables)


class _Names(NamedTuple):
    """Full names of units as keys, and the words they begin with: most words of a title begin none."""

    units: dict[str, list[Unit]]
    first_words: frozenset[str]


def _by_key(units: Sequence[Unit], tables: UnitTables, taken: Container[str] = ()) -> _Names:
    """Return units by their names of the day, and by those of other days with the same area that nobody else has."""
    keys: dict[str, list[Unit]] = {}
    for unit in units:
        keys.setdefault(" ".join(_keyed(unit.name)), []).append(unit)
    others: dict[str, list[Unit]] = {}
    for unit in units:
        for name in names_through_time(unit, tables)[1:]:
            others.setdefault(" ".join(_keyed(name)), []).append(unit)
    keys.update((key, few) for key, few in others.items() if key not in keys and key not in taken)
    return _Names(keys, frozenset(key.partition(" ")[0] for key in keys))


def _named(lines: Sequence[str], names: _Names) -> tuple[Unit, ...]:
    """Return the units whose full name, type word included, stands in the lines; the longest name at a place wins."""
    named: dict[str, Unit] = {}
    for words in map(_words, lines):
        if not names.first_words.isdisjoint(words):
            named.update((unit.code, unit) for unit in _named_in(words, names))
    return tuple(named.values())


def _named_in(words: tuple[str, ...], names: _Names) -> Iterator[Unit]:
    for start, word in enumerate(words):
        if word not in names.first_words or words[start - 1 : start + 1] == _TOWN:
            continue  # "thị xã Nghĩa Lộ" is not "xã Nghĩa Lộ"
        for end in range(min(len(words), start + 9), start + 1, -1):
            units = names.units.get(" ".join(words[start:end]))
            if units:
                yield from units
                break


def _keyed(text: str) -> tuple[str, ...]:
    """Return the words of a text as names are compared; marks between words do not count."""
    return tuple(tone_key(_BETWEEN_WORDS.sub(" ", text)).split())


_BETWEEN_WORDS: Final = late_pattern(r"[,;:()–—_/]+|\s-\s")
_LETTERS: Final = {f"{short}.": word for short, word in ABBREVIATIONS.items() if len(short) == 1}
"""One letter is an abbreviation only with its stop."""
SHORT_TYPES: Final = {short: word for short, word in ABBREVIATIONS.items() if len(short) > 1} | _LETTERS
"""Short words for the types of units as they stand in titles."""
_TOWN: Final = _keyed("thị xã")
_COUNTRY: Final = (_keyed("cả nước"), _keyed("toàn quốc"))


def _spelt_out(word: str) -> str:
    lower = word.lower()
    return _LETTERS.get(lower) or SHORT_TYPES.get(lower.rstrip("."), word)


def _written_out(text: str) -> str:
    """Return a line with short names of provinces and towns in full: "TP.HCM", "BR-VT", "TT-Huế"."""
    for short, full in _SHORT_NAMES if _MAY_BE_SHORT.search(text) else ():
        text = short.sub(full, text)
    return text


_MAY_BE_SHORT: Final = late_pattern(r"hcm|br\W?vt|tt\W?huế|tth|bmt|pr\W?tc|hn\b|bà rịa|thừa thiên", re.IGNORECASE)


_SHORT_NAMES: Final = tuple(
    (late_pattern(pattern, re.IGNORECASE), f" {full} ")
    for pattern, full in (
        (r"\b(?:(?:tp|t\.p|thành phố)[.\s]*)?hcm\b", "thành phố Hồ Chí Minh"),
        (r"\b(?:tỉnh\s+)?br\W?vt\b", "tỉnh Bà Rịa - Vũng Tàu"),
        (r"\b(?:tỉnh\s+)?(?:tt\W?huế|tth)\b", "tỉnh Thừa Thiên Huế"),
        (r"\b(?:tp|t\.p|thành phố)[.\s]*bmt\b", "thành phố Buôn Ma Thuột"),
        (r"\b(?:tp|t\.p|thành phố)[.\s]*pr\W?tc\b", "thành phố Phan Rang-Tháp Chàm"),
        (r"\b(?:tp|t\.p|thành phố)[.\s]*hn\b", "thành phố Hà Nội"),
        (r"\bbà rịa\s?[-–]\s?vũng tàu\b", "Bà Rịa - Vũng Tàu"),
        (r"\bthừa thiên\s?[-–]\s?huế\b", "Thừa Thiên Huế"),
    )
)


@lru_cache(maxsize=256)
def _words(line: str) -> tuple[str, ...]:
    """Return the keyed words of a title line, type words spelt out; the national motto is cut out of it."""
    text = _JOINED_TYPE.sub(r"\1. ", _written_out(clean(line.replace("\n", " "))))
    words = list(_keyed(" ".join(map(_spelt_out, text.split()))))
    for motto in _MOTTO:
        for start in range(len(words) - len(motto), -1, -1):
            if tuple(words[start : start + len(motto)]) == motto:
                words[start : start + len(motto)] = ["|"]
    return tuple(words)
