"""The report on where the converter of vietnamadminunits and the resolutions of the reform differ, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from thidua_cli.units.names import accent_key
from unit_tables.lists import Lists
from unit_tables.package_pairs import PackagePairs
from unit_tables.reform import NOT_READ, Pair, read_pairs

_OPENING = """\
# The reform of 2025: the resolutions against a converter

Written by `scripts/build_units.py`. The tables follow the 34 resolutions on communes (1654 to 1687/NQ-UBTVQH15), pair
by pair: `scripts/sources/reform_2025.csv`. The converter of `vietnamadminunits` 1.0.4 is made for addresses; this page
lists every disagreement between the two and its reason.
"""
_UNTIL_JUNE = "commune until June 2025"


def report(lists: Lists, package: PackagePairs) -> str:
    """Return the page."""
    pairs = read_pairs(lists)
    stated: dict[str, list[Pair]] = {}
    successors: dict[str, list[Pair]] = {}
    for pair in pairs:
        stated.setdefault(pair.new_code, []).append(pair)
        successors.setdefault(pair.old_code, []).append(pair)
    sets = list(_other_sets(stated, successors, package, lists))
    defaults = list(_other_defaults(successors, package, lists))
    return "\n".join(
        [
            _OPENING,
            *_figures(stated, successors, package),
            f"\n## New communes made of other communes: {len(sets)}\n",
            *_table(("code", "new commune", "only in the converter", "only in the resolution", "reason"), sets),
            f"\n## All households in one successor, by default put into another: {len(defaults)}\n",
            "The resolution gives a part of the area only, without people, to the converter's default.\n",
            *_table(
                ("code", "commune until June 2025", "the converter's default", "all households, by wording"), defaults
            ),
            "\n## Pairs that rest on the converter alone\n",
            "Nobody has read these lines of the resolutions; each of the communes has one successor.\n",
            *_table(("code", _UNTIL_JUNE, "new commune"), _not_read(pairs, lists)),
            "",
        ]
    )


def _figures(
    stated: Mapping[str, Sequence[Pair]], successors: Mapping[str, Sequence[Pair]], package: PackagePairs
) -> Iterator[str]:
    """Give the figures of both sides. Counts: a part of the area without people touches no new commune."""
    touched = [new for new, pairs in stated.items() if any(pair.households == "part" for pair in pairs)]
    dividing = Counter(any(pair.households == "part" for pair in own) for own in successors.values() if len(own) > 1)
    rows = [
        ("communes with more than one successor", sum(dividing.values()), len(package.divided)),
        ("… that divide their households", dividing[True], "not told"),
        ("… that keep them in one successor", dividing[False], "not told"),
        ("new communes that are an exact sum", len(stated) - len(touched), len(stated) - len(package.touched)),
        ("new communes with a part of a divided one", len(touched), len(package.touched)),
    ]
    yield from _table(("figure", "resolutions", "converter"), rows)


def _other_sets(
    stated: Mapping[str, Sequence[Pair]],
    successors: Mapping[str, Sequence[Pair]],
    package: PackagePairs,
    lists: Lists,
) -> Iterator[tuple[str, ...]]:
    for new, pairs in sorted(stated.items()):
        by_resolution = {pair.old_code for pair in pairs}
        extra, missing = package.parts[new] - by_resolution, by_resolution - package.parts[new]
        if extra or missing:
            reasons = list(_reasons_extra(extra, by_resolution, successors, lists))
            reasons += [_reason_missing(pair, lists) for pair in pairs if pair.old_code in missing]
            yield new, _new(new, lists), _names(extra, lists), _names(missing, lists), "; ".join(dict.fromkeys(reasons))


def _reasons_extra(
    extra: set[str], stated: set[str], successors: Mapping[str, Sequence[Pair]], lists: Lists
) -> Iterator[str]:
    homonyms = {
        accent_key(lists.communes_2025[code].name): code for code in sorted(stated & lists.communes_2025.keys())
    }
    for code in sorted(extra):
        meant = homonyms.get(accent_key(lists.communes_2025[code].name))
        if meant is not None:
            yield f"homonym of {_old(meant, lists)}"
        else:
            places = ", ".join(f"{_new(pair.new_code, lists)}, {pair.wording}" for pair in successors[code])
            yield f"not in the clause: it went to {places}"


def _reason_missing(pair: Pair, lists: Lists) -> str:
    return f"the converter leaves out {lists.communes_2025[pair.old_code].name} ({pair.wording}, khoản {pair.clause})"


def _other_defaults(
    successors: Mapping[str, Sequence[Pair]], package: PackagePairs, lists: Lists
) -> Iterator[tuple[str, ...]]:
    for old, pairs in sorted(successors.items()):
        peopled = [pair for pair in pairs if pair.households != "none"]
        if len(pairs) > 1 and len(peopled) == 1 and package.default[old] != peopled[0].new_code:
            here = f"{_new(peopled[0].new_code, lists)} ({peopled[0].wording}, khoản {peopled[0].clause})"
            yield old, _old(old, lists), _new(package.default[old], lists), here


def _not_read(pairs: Iterable[Pair], lists: Lists) -> Iterator[tuple[str, ...]]:
    for pair in pairs:
        if pair.wording == NOT_READ:
            yield pair.old_code, _old(pair.old_code, lists), _new(pair.new_code, lists)


def _old(code: str, lists: Lists) -> str:
    district = lists.districts_2025[lists.communes_2025[code].parent]
    return f"{lists.communes_2025[code].name} ({district.name}, {lists.provinces_2025[district.parent].name})"


def _new(code: str, lists: Lists) -> str:
    commune = lists.communes_now[code]
    return f"{commune.name} ({lists.provinces_now[commune.parent].name})"


def _names(codes: Iterable[str], lists: Lists) -> str:
    return "; ".join(_old(code, lists) for code in sorted(codes)) or "–"


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for cells in (heading, ["---"] * len(heading), *rows):
        yield f"| {' | '.join(map(str, cells))} |"
