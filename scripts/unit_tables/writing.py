"""All tables, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from thidua_cli.units.names import tone_key
from unit_tables.days import REFORM, Days, eve
from unit_tables.events import COLUMNS as EVENT_COLUMNS
from unit_tables.events import Event, events
from unit_tables.lists import Lists
from unit_tables.reform import reform_successions
from unit_tables.rows import Row, area_changes, district_rows, province_rows, three_tier_communes, two_tier_communes
from unit_tables.stated_changes import stated_changes, with_stated_changes
from unit_tables.successors import commune_successions, district_successions

COLUMNS = "code,name,type,parent_code,valid_from,valid_to,begins,evidence"


def build(lists: Lists, output: Path) -> None:
    """Write all tables."""
    days = Days(lists)
    successions = commune_successions(lists, days)
    successions += district_successions(lists, days, successions)
    areas = area_changes(successions)
    changes = stated_changes()
    provinces = list(with_stated_changes(province_rows(lists), changes))
    districts = list(with_stated_changes(district_rows(lists, days, areas), changes))
    reform = reform_successions(lists)
    files: dict[str, list[Row]] = {}
    for province, row in (*three_tier_communes(lists, days, areas), *two_tier_communes(lists, reform)):
        files.setdefault(province, []).extend(with_stated_changes([row], changes))
    write(output / "provinces.csv", COLUMNS, provinces)
    write(output / "districts.csv", COLUMNS, districts)
    for province, rows in sorted(files.items()):
        rows.sort(key=lambda row: (row.code, row.valid_from))
        write(output / "communes" / f"{province}.csv", COLUMNS, rows)
    write(output / "ranges.csv", "first_code,last_code,provinces", code_ranges(_places(files)))
    everything = [*provinces, *districts, *(row for rows in files.values() for row in rows)]
    write_events(output, lists, events([*successions, *reform], everything))
    write(output / "spellings.csv", "code,name", spellings(lists, everything))
    write(output / "source_types.csv", "code,list_of,name,type_in_source", source_types(lists))


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


def write_events(output: Path, lists: Lists, found: Iterable[Event]) -> None:
    """Write the events, one file for each province of today, and which codes they are about."""
    files: dict[str, list[Event]] = {}
    places: dict[int, dict[str, set[str]]] = {}
    for event in found:
        province = lists.area_of_today(event.from_code)
        files.setdefault(province, []).append(event)
        for code in filter(None, (event.from_code, event.to_code)):
            if lists.area_of_today(code) != province:
                raise ValueError(f"an event across a border of today: {event}")
            places.setdefault(len(code), {})[code] = {province}
    for province, lines in sorted(files.items()):
        write(output / "events" / f"{province}.csv", EVENT_COLUMNS, lines)
    # Tier by tier: 01 and 010 are a province and a district.
    ranges = [line for _, of_tier in sorted(places.items()) for line in code_ranges(of_tier)]
    write(output / "event_ranges.csv", "first_code,last_code,province", ranges)


def _places(files: Mapping[str, Sequence[Row]]) -> dict[str, set[str]]:
    """Return the files each commune code stands in: the same one in the reform, or another."""
    places: dict[str, set[str]] = {}
    for province, rows in files.items():
        for row in rows:
            places.setdefault(row.code, set()).add(province)
    return places


def code_ranges(places: Mapping[str, set[str]]) -> Iterator[str]:
    """Give runs of codes and the files that may hold them, so that one code opens one or two small files."""
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
