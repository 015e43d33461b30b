"""Parents without figures of their own, summed from their children: level by level, and never from a part of them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from thidua_cli.model import COUNTRY_CODE, Basis, Level, Status, year_end

if TYPE_CHECKING:
    import pandas as pd

    from thidua_cli.units.tables import UnitTables

UPWARD: Final = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)
"""The levels that are summed, in order of summing."""

_LEVEL_BY_CODE_LENGTH: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
_LEVEL_ABOVE: Final = {
    Level.VILLAGE: Level.COMMUNE,
    Level.COMMUNE: Level.DISTRICT,
    Level.DISTRICT: Level.PROVINCE,
    Level.PROVINCE: Level.COUNTRY,
}
_COUNTRY_NAME: Final = "Toàn quốc"
_GROUP: Final = ["above", "year"]


def roll_up(
    figures: pd.DataFrame, counts: list[str], tables: UnitTables | None, rated: frozenset[int] = frozenset()
) -> pd.DataFrame:
    """Add the sums of children for parents that have no row of their own in that year.

    * A parent is summed only where the input holds figures of at least two of its children in some year (of half of
      them, where they are communes right below a province), or of all of them: an officer with one district's file is
      not told that the province is incomplete. The country is summed only where some year has every province.
    * A sum has counts only when every child that stands at that year-end has figures; otherwise it has none, and
      `missing_children` names what is lacking. A single count is summed only where every child holds it.
    * Where no list of the children exists (villages; any unit without unit tables) the sum is taken over the children
      at hand and marked `assumed_complete`; the mark passes to every sum above.
    * A row of the movement in the year without the number of households (the total of Mẫu 09 above communes of which
      Mẫu 08 was read) is no row of its own in this sense: the sum takes its place.
    * A row that prints rates and no count (its number is in `rated`) gives way to a sum that has counts, and to no
      other.
    * Children on different poverty lines make the sum `conflicting`, without counts.

    Returns:
        One row per unit and year-end. `parent_code` is the parent at that year-end by the unit tables where they know
        the unit, else the parent the file states.
    """
    import pandas as pd

    figures = _with_parents(figures, tables)
    for level in UPWARD:
        children = figures[figures["above_level"] == level.value]
        if len(children):
            figures = _without_movement_alone(figures, children, counts)
            by_rate = _by_rate_alone(figures, counts, rated)
            sums = _sums(children, figures[~by_rate], counts, level, tables)
            if by_rate.any() and len(sums):
                figures, sums = _better(figures, sums, by_rate, counts)
            if len(sums):
                figures = pd.concat([figures, _with_parents(sums, tables)], ignore_index=True)
    figures["parent_code"] = figures["above"].where(figures["above"] != COUNTRY_CODE, "")
    return figures


def _without_movement_alone(figures: pd.DataFrame, children: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Drop parents that have a movement but no households, in years in which a child has households."""
    import pandas as pd

    openings = [name for name in ("poor_opening", "near_poor_opening") if name in counts]
    if not openings or "households" not in counts:
        return figures
    moves = figures[openings].notna().any(axis=1) & figures["households"].isna()
    if not moves.any():
        return figures
    keys = pd.MultiIndex.from_frame(figures[["unit_code", "year"]])
    return figures[~(moves & keys.isin(pd.MultiIndex.from_frame(children.loc[children["households"].notna(), _GROUP])))]


def _by_rate_alone(figures: pd.DataFrame, counts: list[str], rated: frozenset[int]) -> pd.Series[bool]:
    """Mark the rows of which a printed rate is all that is known."""
    import pandas as pd

    if not rated:
        return pd.Series(data=False, index=figures.index)
    prints = pd.Series([not rated.isdisjoint(rows) for rows in figures["rows"]], index=figures.index, dtype=bool)
    is_own = (figures["basis"] == Basis.REPORTED.value) & ~figures["conflicting"].astype(bool)
    return prints & is_own & figures[counts].isna().all(axis=1)


def _better(
    figures: pd.DataFrame, sums: pd.DataFrame, by_rate: pd.Series[bool], counts: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Drop the rows of rates alone whose sum has counts, and the sums without counts that have such a row."""
    import pandas as pd

    own, keys = (pd.MultiIndex.from_frame(table[["unit_code", "year"]]) for table in (figures, sums))
    has_counts = sums[counts].notna().any(axis=1)
    kept = figures[~(by_rate & own.isin(keys[has_counts]))]
    return kept, sums[has_counts | ~keys.isin(own)]


def _with_parents(figures: pd.DataFrame, tables: UnitTables | None) -> pd.DataFrame:
    """Add `above`, the code of the parent at that year-end, and `above_level`, its level."""
    import pandas as pd

    claims = zip(*(figures[name].tolist() for name in ("unit_code", "year", "level", "parent_code")), strict=True)
    above = [
        claimed if level == Level.VILLAGE else _parent(code, year, level, claimed, tables)
        for code, year, level, claimed in claims
    ]
    pairs = list(zip(above, figures["level"].tolist(), strict=True))
    level_of = {(parent, level): _level_of(parent, level) for parent, level in set(pairs)}
    return figures.assign(
        above=pd.Series(above, index=figures.index, dtype=object),
        above_level=pd.Series([level_of[pair] for pair in pairs], index=figures.index, dtype=object),
    )


def _parent(code: str, year: int, level: str, claimed: str, tables: UnitTables | None) -> str:
    if level == Level.PROVINCE:
        return COUNTRY_CODE
    if level == Level.COUNTRY or tables is None:
        return claimed
    unit = tables.get(code, year_end(year))
    return claimed if unit is None else unit.parent_code


def _level_of(parent: str, child_level: str) -> str:
    if not parent:
        return ""
    if parent == COUNTRY_CODE:
        return Level.COUNTRY.value
    # A commune stands directly under its province since the district tier was dropped.
    level = _LEVEL_BY_CODE_LENGTH.get(len(parent)) if parent.isdigit() else None
    return (level or _LEVEL_ABOVE[Level(child_level)]).value


def _sums(
    children: pd.DataFrame, figures: pd.DataFrame, counts: list[str], level: Level, tables: UnitTables | None
) -> pd.DataFrame:
    """Return one row per parent of `level` and year-end that is to be summed."""
    import pandas as pd

    own = pd.MultiIndex.from_frame(figures[["unit_code", "year"]])
    children = children[~pd.MultiIndex.from_frame(children[_GROUP]).isin(own)]
    lists = {
        (parent, year): _children_of(parent, year, level, tables)
        for parent, year in set(zip(children["above"].tolist(), children["year"].tolist(), strict=True))
    }
    # A bare empty list would select no columns instead of no rows.
    children = children[pd.Series(_listed(children, lists), index=children.index, dtype=bool)]
    usable = children[_has_figures(children, counts)]
    wanted = _parents_to_sum(usable, lists, level)
    children = children[children["above"].isin(wanted)]
    if not len(children):
        return children
    return _summed(children, usable, counts, level, lists, tables)


def _children_of(parent: str, year: int, level: Level, tables: UnitTables | None) -> frozenset[str] | None:
    """Return the codes of the children that stand at the year-end, or None where no list of them exists."""
    if tables is None or level is Level.COMMUNE:
        return None
    day = year_end(year)
    units = tables.provinces(day) if level is Level.COUNTRY else tables.reporting_children(parent, day)
    return frozenset(unit.code for unit in units) or None


def _listed(children: pd.DataFrame, lists: dict[tuple[str, int], frozenset[str] | None]) -> list[bool]:
    """Mark the rows that belong to their parent at that year-end; an abolished unit must not be counted again."""
    if all(listed is None for listed in lists.values()):
        return [True] * len(children)
    return [
        (listed := lists[parent, year]) is None or code in listed
        for code, parent, year in zip(*(children[c].tolist() for c in ("unit_code", *_GROUP)), strict=True)
    ]


def _has_figures(children: pd.DataFrame, counts: list[str]) -> pd.Series[bool]:
    known = children[counts].notna().any(axis=1)
    return known & ~children["conflicting"].astype(bool)


def _parents_to_sum(
    usable: pd.DataFrame, lists: dict[tuple[str, int], frozenset[str] | None], level: Level
) -> set[str]:
    sizes = usable.groupby(_GROUP).size()
    keys: list[tuple[str, int]] = sizes.index.tolist()
    wanted: set[str] = set()
    for key, number in zip(keys, sizes.tolist(), strict=True):
        listed = lists[key]
        whole = listed is not None and number == len(listed)
        if whole or (level is not Level.COUNTRY and number >= _fewest(listed, level)):
            wanted.add(key[0])
    return wanted


def _fewest(listed: frozenset[str] | None, level: Level) -> int:
    """Return how many children with figures show that their parent is meant too.

    Communes that stand right below a province, as all do since July 2025, are mostly those of a part of it.
    """
    if level is Level.PROVINCE and listed and _LEVEL_BY_CODE_LENGTH[len(min(listed))] is Level.COMMUNE:
        return max(2, (len(listed) + 1) // 2)
    return 2


def _summed(
    children: pd.DataFrame,
    usable: pd.DataFrame,
    counts: list[str],
    level: Level,
    lists: dict[tuple[str, int], frozenset[str] | None],
    tables: UnitTables | None,
) -> pd.DataFrame:
    import pandas as pd

    grouped = children.groupby(_GROUP)
    number = grouped.size()
    sums = pd.DataFrame(index=number.index)
    keys: list[tuple[str, int]] = number.index.tolist()
    missing = pd.Series(_missing_children(keys, children, usable, lists), index=number.index, dtype=object)
    sums["conflicting"] = grouped["poverty_line"].nunique() > 1
    withheld = sums["conflicting"] | (missing.map(len) > 0)
    if counts:
        complete = grouped[counts].count().eq(number, axis=0)
        sums[counts] = grouped[counts].sum().where(complete & ~withheld.to_numpy()[:, None])
    sums["line_is_assumed"] = grouped["line_is_assumed"].all()
    sums["poverty_line"] = grouped["poverty_line"].first().mask(sums["conflicting"], "")
    preliminary = (children["status"] == Status.PRELIMINARY.value).groupby([children[key] for key in _GROUP]).any()
    sums["status"] = preliminary.map({True: Status.PRELIMINARY.value, False: Status.FINAL.value})
    unlisted = pd.Series([lists[key] is None for key in keys], index=number.index)
    sums["assumed_complete"] = grouped["assumed_complete"].any() | unlisted
    sums["missing_children"] = missing
    sums["rows"] = pd.Series(_rows_by_parent(keys, children), index=number.index, dtype=object)
    sums["basis"] = Basis.ROLLED_UP.value
    sums["level"] = level.value
    sums = sums.reset_index().rename(columns={"above": "unit_code"})
    described = [
        _described(code, year, level, tables)
        for code, year in zip(sums["unit_code"].tolist(), sums["year"].tolist(), strict=True)
    ]
    sums["unit_name"] = pd.Series([name for name, _ in described], dtype=object)
    sums["parent_code"] = pd.Series([parent for _, parent in described], dtype=object)
    return sums


def _missing_children(
    keys: list[tuple[str, int]],
    children: pd.DataFrame,
    usable: pd.DataFrame,
    lists: dict[tuple[str, int], frozenset[str] | None],
) -> list[tuple[str, ...]]:
    """Return, per parent and year-end, the codes of the children without figures."""
    mute = _codes_by_parent(children[~children.index.isin(usable.index)])
    known = _codes_by_parent(usable) if any(lists[key] for key in keys) else {}
    nobody: set[str] = set()
    return [
        tuple(sorted(mute.get(key, nobody) if (listed := lists[key]) is None else listed - known.get(key, nobody)))
        for key in keys
    ]


def _codes_by_parent(children: pd.DataFrame) -> dict[tuple[str, int], set[str]]:
    codes: dict[tuple[str, int], set[str]] = {}
    for code, parent, year in zip(*(children[name].tolist() for name in ("unit_code", *_GROUP)), strict=True):
        codes.setdefault((parent, year), set()).add(code)
    return codes


def _rows_by_parent(keys: list[tuple[str, int]], children: pd.DataFrame) -> list[tuple[int, ...]]:
    rows: dict[tuple[str, int], list[tuple[int, ...]]] = {}
    for parent, year, part in zip(*(children[name].tolist() for name in (*_GROUP, "rows")), strict=True):
        rows.setdefault((parent, year), []).append(part)
    return [tuple(sorted(chain.from_iterable(rows[key]))) for key in keys]


def _described(code: str, year: int, level: Level, tables: UnitTables | None) -> tuple[str, str]:
    """Return name and parent of a summed unit; the code stands in for a name nobody gave."""
    if level is Level.COUNTRY:
        return _COUNTRY_NAME, ""
    unit = tables.get(code, year_end(year)) if tables is not None else None
    return (code, "") if unit is None else (unit.name, unit.parent_code)
