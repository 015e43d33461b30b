"""Several rows of one unit and year-end → one set of figures, or a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thidua_cli.model import REQUIRED_COUNTS, Basis, Status

if TYPE_CHECKING:
    import pandas as pd

KEYS: Final = ["unit_code", "year"]
_DESCRIPTORS: Final = ("unit_name", "level", "parent_code", "poverty_line", "status")


def resolve(frame: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Return one row per unit and year-end: the figures that stand.

    Of several rows, first those on the poverty line of the unit's newest year are kept (the end of 2021 is published
    on two lines, and only one can be compared). Rows of one status that agree on every count both hold are one, and
    together hold all of them (the total of one form, the movements of another); rows that differ are `conflicting`,
    and no count is taken from either. Of a preliminary and a final row (a Mẫu 08 and a Mẫu 09) the final counts come
    first; the year is final only where none of the required counts is taken from the preliminary one.

    Columns: the canonical ones, `rows`, `basis`, `conflicting`, `assumed_complete`, `missing_children`,
    `line_is_assumed`.
    """
    import pandas as pd

    repeated = frame.duplicated(KEYS, keep=False)
    single = frame[~repeated].copy()
    single["rows"] = pd.Series([(row,) for row in single["row"].tolist()], index=single.index, dtype=object)
    single["conflicting"] = False
    parts = [single]
    if repeated.any():
        parts.append(_merged(_standing(frame[repeated], frame), counts))
    figures = pd.concat(parts, ignore_index=True) if len(parts) > 1 else single.reset_index(drop=True)
    figures["basis"] = Basis.REPORTED.value
    figures["assumed_complete"] = False
    figures["missing_children"] = pd.Series([()] * len(figures), dtype=object)
    return figures.drop(columns="row")


def _standing(rows: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Drop rows on another poverty line than the unit's newest year."""
    own = frame[frame["unit_code"].isin(rows["unit_code"].unique())]
    newest = own[own["year"] == own.groupby("unit_code")["year"].transform("max")]
    lines = newest.groupby("unit_code")["poverty_line"].agg(["nunique", "max"])
    line = lines.loc[lines["nunique"] == 1, "max"]
    return _preferred(rows, rows["poverty_line"] == rows["unit_code"].map(line))


def _preferred(rows: pd.DataFrame, wanted: pd.Series[bool]) -> pd.DataFrame:
    """Keep the wanted rows of each unit and year, or all of them where none is wanted."""
    any_wanted = wanted.groupby([rows["unit_code"], rows["year"]]).transform("any")
    return rows[wanted | ~any_wanted]


def _merged(rows: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Make one row of rows of equal standing, or a conflicting one."""
    grouped = rows.groupby(KEYS, sort=False)
    merged = _greatest(rows)
    merged["conflicting"] = grouped["poverty_line"].nunique() > 1
    merged["line_is_assumed"] = grouped["line_is_assumed"].all()
    if counts:
        by_status = rows.groupby([*KEYS, "status"])[counts]  # in order: "final" before "preliminary"
        least, most = by_status.min(), by_status.max()
        differs = (least != most).fillna(False).any(axis=1)
        merged["conflicting"] |= differs.groupby(level=KEYS).any()
        merged[counts] = most.groupby(level=KEYS).first().reindex(merged.index).mask(merged["conflicting"])
        merged.loc[_rests_on_final(merged, most, counts), "status"] = Status.FINAL.value
    merged["rows"] = _row_numbers(rows, merged.index.tolist())
    return merged.reset_index()


def _rests_on_final(merged: pd.DataFrame, by_status: pd.DataFrame, counts: list[str]) -> pd.Series[bool]:
    """Say of which unit and year-end a final row is there that holds every required count that any row holds."""
    required = [name for name in REQUIRED_COUNTS if name in counts]
    known = by_status[required].notna()
    is_final = known.index.get_level_values("status") == Status.FINAL.value
    any_known = known.groupby(level=KEYS).any()
    finally_known = known[is_final].groupby(level=KEYS).any()
    rests = (finally_known | ~any_known.reindex(finally_known.index)).all(axis=1)
    return rests.reindex(merged.index, fill_value=False)


def _greatest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the greatest text of each descriptor: the answer must not hang on the order of files, and "" gives way."""
    import pandas as pd

    codes, texts = rows[KEYS].copy(), {}
    for name in _DESCRIPTORS:
        codes[name], texts[name] = pd.factorize(rows[name], sort=True)
    merged = codes.groupby(KEYS, sort=False).max()
    return merged.apply(lambda column: pd.Series(texts[column.name].take(column), column.index, dtype=object))


def _row_numbers(rows: pd.DataFrame, keys: list[tuple[str, int]]) -> list[tuple[int, ...]]:
    numbers: dict[tuple[str, int], list[int]] = {}
    for code, year, row in zip(*(rows[name].tolist() for name in (*KEYS, "row")), strict=True):
        numbers.setdefault((code, year), []).append(row)
    return [tuple(sorted(numbers[key])) for key in keys]
