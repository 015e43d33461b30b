"""Which unit a row of a list means: by its code, or by its name within the units above it, on the day of the list.

A name that several units bear is asked and never chosen among. A list that says no day may be of the units before or
since the reform of July 2025: a name counts only where both give one unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.class_lists.upper_names import NEWEST_DAY
from thidua_cli.normalise.unit_faults import ambiguous_text, candidates_text
from thidua_cli.rulebook.classes import CLASSES_OF_LEVEL
from thidua_cli.units.lookup import MAX_CANDIDATES, Match, NamesOfUnits, match, match_through_time, similar
from thidua_cli.units.names import accent_keys, split_type
from thidua_cli.units.province import CLASS_LIST_DAY, is_as_on_class_lists
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables
from thidua_cli.units.type_words import only_unit

_DIGITS: Final[Mapping[Level, int]] = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
_DISTRICT_TYPES: Final = frozenset(("huyện", "quận", "thị xã"))


def levels_of(token: str) -> frozenset[Level]:
    """Return the levels whose units may have a class; two entries of the coastal list are whole island districts."""
    levels = frozenset(level for level, tokens in CLASSES_OF_LEVEL.items() if token in tokens)
    return levels | {Level.DISTRICT} if token == "coastal_commune" else levels


class NamedRow(NamedTuple):
    """What a row says of its unit."""

    code: str
    name: str
    above: tuple[str, ...]
    """Names of the units above it, the lowest first; empty ones are left out."""
    levels: frozenset[Level]
    day: date | None
    """The first day of the row or its list; None where neither says one."""


class ListedUnit(NamedTuple):
    """The unit of a row; or why it is not known."""

    code: str = ""
    name: str = ""
    since: date | None = None
    """The first day of a unit that came after the lists of 2022: what a row without a day says of it holds from "
    "then."""
    until: date | None = None
    """The last day of a unit that a row without a day names by a name that its successor has no more."""
    fault: Text | None = None


class _NamePlace(NamedTuple):
    """Where names are looked up on one day."""

    day: date
    province: str | None
    district: str | None


@dataclass(slots=True)
class UnitsOfList:
    """Looks up the units of a list, within a province or district where one is stated."""

    tables: UnitTables
    within: str | None = None
    _known: dict[NamedRow, ListedUnit] = field(default_factory=dict)

    def unit_of(self, row: NamedRow) -> ListedUnit:
        """Return the unit that a row means, or what is wrong with it."""
        if row not in self._known:
            self._known[row] = self._by_code(row) if row.code else self._by_name(row)
        return self._known[row]

    # By code -------------------------------------------------------------------------------------------------------

    def _by_code(self, row: NamedRow) -> ListedUnit:
        digits = sorted(_DIGITS[level] for level in row.levels)
        if not (row.code.isascii() and row.code.isdigit() and len(row.code) in digits):
            return ListedUnit(fault=self._wrong_digits(row, digits))
        periods = self.tables.periods(row.code)
        if not periods:
            return ListedUnit(fault=_UNKNOWN_CODE)
        if row.name and not any(accent_keys(row.name) & accent_keys(unit.name) for unit in periods):
            text = _OTHER_NAME.fill(code=row.code, name=periods[-1].name)
            return ListedUnit(fault=text)
        return self._placed(row, row.code, row.day)

    def _wrong_digits(self, row: NamedRow, digits: Sequence[int]) -> Text:
        counts = Text.joined(_OR, [Text(str(count), str(count)) for count in digits])
        whole = [row.code.zfill(count) for count in digits if row.code.isdigit() and len(row.code) < count]
        meant = [periods[-1] for code in whole if (periods := self.tables.periods(code))]
        if row.name:
            meant = [unit for unit in meant if accent_keys(row.name) & accent_keys(unit.name)]
            named = None if meant else self.unit_of(row._replace(code=""))
            meant += self.tables.periods(named.code)[-1:] if named is not None and named.code else ()
        asked = candidates_text(meant[:MAX_CANDIDATES], as_question=True)
        text = _WRONG_DIGITS.fill(digits=counts)
        return Text(text.vi + asked.vi, text.en + asked.en)

    def _placed(self, row: NamedRow, code: str, day: date | None) -> ListedUnit:
        """Return the unit of a code, named as on a day, with what its row says of it."""
        unit = self.tables.get(code, day or NEWEST_DAY) or self.tables.periods(code)[-1]
        if row.day is not None:
            first = max(row.day, TABLES_START)
            stood = self.tables.get(code, first) is not None or not row.name or bool(row.code)
            return ListedUnit(code, unit.name, since=None if stood else unit.valid_from)
        if self.tables.get(code, CLASS_LIST_DAY) is None:
            return ListedUnit(code, unit.name, since=self.tables.periods(code)[0].valid_from)
        now, then = self.tables.get(code, NEWEST_DAY), self.tables.get(code, CLASS_LIST_DAY)
        if now is None or then is None or is_as_on_class_lists(code, NEWEST_DAY, self.tables):
            return ListedUnit(code, unit.name)
        names = [bool(row.name) and _is_named(row.name, period) for period in (then, now)]
        if names == [False, True]:
            return ListedUnit(code, now.name, since=self.tables.area_since(code, NEWEST_DAY) or now.valid_from)
        if names == [True, False]:
            last = self.tables.area_since(code, NEWEST_DAY) or now.valid_from
            return ListedUnit(code, then.name, until=last - timedelta(days=1))
        return ListedUnit(code, then.name)

    # By name -------------------------------------------------------------------------------------------------------

    def _by_name(self, row: NamedRow) -> ListedUnit:
        places, matches = self._matches(row)
        units = {unit.code: (unit, place) for place, matched in matches if (unit := matched.unit) is not None}
        asked = [(matched, place) for place, matched in matches if matched.unit is None and matched.how == "ambiguous"]
        if len(units) == 1 and not asked:
            unit, place = next(iter(units.values()))
            return self._placed(row, unit.code, place.day)
        if units or asked:
            named = [
                *(unit for unit, _ in units.values()),
                *(unit for matched, _ in asked for unit in matched.candidates),
            ]
            day = next(place.day for _, place in [*units.values(), *asked])
            return ListedUnit(fault=self._ambiguous(list({unit.code: unit for unit in named}.values()), day, row))
        return ListedUnit(fault=self._unknown(row, places))

    def _ambiguous(self, units: Sequence[Unit], day: date, row: NamedRow) -> Text:
        listed = ambiguous_text(units, day, self.tables)
        text = _SEVERAL if row.day is not None or len({unit.valid_to for unit in units}) == 1 else _SEVERAL_DAYS
        return text.fill(units=listed)

    def _unknown(self, row: NamedRow, places: Sequence[_NamePlace]) -> Text:
        near: dict[str, Unit] = {}
        for place in places:
            near.update((unit.code, unit) for unit in similar(row.name, self._candidates(row, place)))
        where = next((self.tables.get(place.district or place.province or "", place.day) for place in places), None)
        asked = candidates_text(list(near.values())[:MAX_CANDIDATES], as_question=True)
        text = _UNKNOWN_NAME.fill(place=Text(where.name, where.name) if where is not None else _COUNTRY)
        if not places:
            text = _UNKNOWN_ABOVE.fill(above=", ".join(row.above))
        return Text(text.vi + asked.vi, text.en + asked.en)

    def _matches(self, row: NamedRow) -> tuple[list[_NamePlace], list[tuple[_NamePlace, Match]]]:
        """Return where the name was looked up, and what it means there.

        On the day of the row, and only where it is nobody's then, on later days of its list; or on the days of both
        systems where no day is said.
        """
        if row.day is None:
            places = list(self._places(row, (CLASS_LIST_DAY, NEWEST_DAY)))
            return places, [(place, self._match(row, place)) for place in places]
        later = (CLASS_LIST_DAY, REFORM_DAY - timedelta(days=1), NEWEST_DAY)
        tried: list[_NamePlace] = []
        for day in (max(row.day, TABLES_START), *(day for day in later if day > row.day)):
            for place in self._places(row, (day,)):
                tried.append(place)
                matched = self._match(row, place)
                if matched.how != "unknown":
                    return tried, [(place, matched)]
        return tried, []

    def _places(self, row: NamedRow, days: Iterable[date]) -> Iterator[_NamePlace]:
        return (place for day in days if (place := self._place(row, day)) is not None)

    def _place(self, row: NamedRow, day: date) -> _NamePlace | None:
        """Return the place that the units above name on a day; None where they stand on no list of it."""
        province = self._stated_province(day)
        if self.within is not None and province is None:
            return None
        stated_district = self.within if self.within and len(self.within) == _DIGITS[Level.DISTRICT] else None
        district = stated_district
        is_district = Level.COMMUNE not in row.levels or split_type(row.name)[0] in _DISTRICT_TYPES
        for name in reversed(row.above):
            as_province = match(name, self.tables.provinces(day), offers_similar=False).unit
            type_word = split_type(name)[0]
            as_district = None
            if type_word != "tỉnh":
                districts = self.tables.districts(day, province)
                as_district = match(name, districts, offers_similar=False).unit
            if as_province is not None and (as_district is None or type_word == "tỉnh" or province is None):
                province = as_province.code
            elif is_district:
                continue  # a district lies in none: what stands above it is the row before
            elif as_district is not None:
                district = as_district.code
                province = self.tables.province_of(district, day)
            else:
                return None
        return _NamePlace(day, province, district)

    def _stated_province(self, day: date) -> str | None:
        return self.tables.province_of(self.within, day) if self.within else None

    def _candidates(self, row: NamedRow, place: _NamePlace) -> tuple[Unit, ...]:
        units: list[Unit] = []
        if Level.PROVINCE in row.levels:
            units += self.tables.provinces(place.day)
        if Level.DISTRICT in row.levels:
            units += self.tables.districts(place.day, place.province)
        if Level.COMMUNE in row.levels and place.district is not None:
            units += self.tables.children(place.district, place.day)
        elif Level.COMMUNE in row.levels:
            units += self.tables.communes(place.day, place.province)
        return tuple(units)

    def _match(self, row: NamedRow, place: _NamePlace) -> Match:
        units = self._candidates(row, place)
        matched = match(row.name, units, offers_similar=False)
        if matched.how == "unknown":
            parent = place.district or place.province
            matched = self._through_time(row, parent, place.day) if parent else matched
        if matched.how == "unknown" and (mended := only_unit(row.name, units)) is not None:
            return Match(mended, (), "misspelt type")
        return self._exact_first(matched, row, place)

    def _through_time(self, row: NamedRow, parent: str, day: date) -> Match:
        matched = match_through_time(row.name, parent, day, self.tables)
        unit = matched.unit
        return Match(None, (), "unknown") if unit is None or unit.level not in row.levels else matched

    def _exact_first(self, matched: Match, row: NamedRow, place: _NamePlace) -> Match:
        """Let the exact name of a unit of another day come beside one of this day that it fits without accents only."""
        parent = place.district or place.province
        if not matched.is_loose or matched.unit is None or parent is None:
            return matched
        rows = tuple(unit for unit in self.tables.rows_within(parent) if unit.level in row.levels)
        exact = [unit for unit in NamesOfUnits(rows).exact(row.name) if unit.code != matched.unit.code]
        return matched if not exact else Match(None, (matched.unit, *exact[:MAX_CANDIDATES]), "ambiguous")


def _is_named(name: str, unit: Unit) -> bool:
    return match(name, (unit,), offers_similar=False).unit is not None


_OR: Final = Text(" hoặc ", " or ")
_COUNTRY: Final = Text("cả nước", "the country")
_UNKNOWN_CODE: Final = Text(
    "không có đơn vị nào mang mã này; tìm mã bằng “thidua units find TÊN”",
    "no unit has this code; find it with “thidua units find NAME”",
)
_OTHER_NAME: Final = Text(
    "mã {code} là của {name}; sửa mã hoặc tên cho cùng một đơn vị",
    "the code {code} is that of {name}; mend the code or the name",
)
_WRONG_DIGITS: Final = Text(
    "mã đơn vị của loại này phải có {digits} chữ số (Excel hay bỏ số 0 ở đầu).",
    "the code of a unit of this class has {digits} digits (Excel drops leading zeros).",
)
_SEVERAL: Final = Text(
    "nhiều đơn vị cùng tên: {units}; hoặc ghi cột Huyện, cột Tỉnh, hoặc ghi mã",
    "several units of this name: {units}; or add a column of districts, of provinces, or the code",
)
_SEVERAL_DAYS: Final = Text(
    "nhiều đơn vị cùng tên, trước và sau ngày 01/07/2025: {units}; ghi cột Từ ngày, cột Huyện, hoặc ghi mã",
    "several units of this name, before and since 01/07/2025: {units}; add a column of first days, of districts, or "
    "the code",
)
_UNKNOWN_NAME: Final = Text("không có đơn vị nào tên này ở {place}.", "no unit of this name in {place}.")
_UNKNOWN_ABOVE: Final = Text(
    "không có đơn vị cấp trên nào tên như vậy vào ngày của danh mục: {above}.",
    "no upper unit of this name on the day of the list: {above}.",
)
