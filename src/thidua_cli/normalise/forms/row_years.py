"""Which year-end the rows of a form are of. It is not guessed: what is unclear is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.forms.table import Form, FormRow, Role
from thidua_cli.normalise.sheet.numbers import shown
from thidua_cli.normalise.sheet.title import YearMention, is_plausible_year, years_mentioned
from thidua_cli.normalise.sheet.year_findings import YEAR_IN_CELL, conflicting_years, is_no_year, no_year
from thidua_cli.normalise.table_reading import UnplacedRow

_COLUMN: Final = Text("cột năm", "the column of years")


class RowsByYear(NamedTuple):
    """The rows of a form by their year-end; none where it cannot be known."""

    years: Mapping[int, Sequence[FormRow]]
    findings: Sequence[Finding] = ()
    """Why a year is not known (H004), or which of two was taken (H005)."""
    unplaced: Sequence[UnplacedRow] = ()


def rows_by_year(form: Form) -> RowsByYear:
    """Return year-end → the rows of that year; empty where it cannot be known, which is said (H004, H005)."""
    options = form.sheet.options
    if "year" not in form.table.columns:
        year, findings = (options.year, []) if options.year else _year_around(form)
        return RowsByYear({year: form.table.rows} if year else {}, findings)
    by_year: dict[int, list[FormRow]] = {}
    without: list[FormRow] = []
    for row in form.table.rows:
        if row.role is Role.UNIT and row.year:
            by_year.setdefault(row.year, []).append(row)
        elif row.role is Role.UNIT and not options.year and not row.is_bare:
            without.append(row)
    findings = [_row_without_year(form, row) for row in without]
    unplaced = [UnplacedRow(frozenset({row.code} - {""}), None, row.name) for row in without]
    if len(by_year) > 1:
        return RowsByYear(by_year, findings, unplaced)  # totals do not say which of the years they add up
    if options.year:
        return RowsByYear({options.year: form.table.rows}, findings, unplaced)
    for year in by_year:
        findings += conflicting_years(form.sheet.grid.origin(), YearMention(year, _COLUMN), _mentions(form))
        of_year = [row for row in form.table.rows if row.year or row.role is not Role.UNIT]
        return RowsByYear({year: of_year}, findings, unplaced)
    return RowsByYear({}, findings, unplaced)


def _row_without_year(form: Form, row: FormRow) -> Finding:
    value = shown(form.sheet.cells.value(row.row, form.table.columns["year"].index))
    reason = is_no_year(value) if value else Text("ô năm để trống", "the cell for the year is empty")
    return no_year(form.origin(row.row, "year"), reason, "year", value, row.name, YEAR_IN_CELL)


def _mentions(form: Form) -> list[YearMention]:
    return years_mentioned(form.layout.title, form.sheet.grid.sheet, form.sheet.grid.file)


def _year_around(form: Form) -> tuple[int, list[Finding]]:
    """Return the year-end that title, sheet name or file name state, 0 where it cannot be known; and what is odd."""
    mentions, origin = _mentions(form), form.sheet.grid.origin()
    plausible = [mention for mention in mentions if is_plausible_year(mention.year) and mention.is_year_end]
    if not plausible:
        return 0, [no_year(origin, _no_mention(mentions))]
    used = plausible[0]
    strongest = [mention for mention in plausible if mention.where == used.where]
    # of two years in a title none is chosen: which one the figures are of is the officer's to say
    if len(strongest) > 1:
        years = ", ".join(str(mention.year) for mention in strongest)
        reason = Text(f"{used.where.vi} nêu nhiều năm: {years}", f"{used.where.en} names several: {years}")
        return 0, [no_year(origin, reason, value=years)]
    return used.year, list(conflicting_years(origin, used, mentions))


def _no_mention(mentions: Sequence[YearMention]) -> Text:
    other = next((mention for mention in mentions if not mention.is_year_end), None)
    if other is not None:
        where = other.where
        return Text(
            f"{where.vi} ghi “{other.words}”, không phải cuối năm", f"{where.en} says “{other.words}”, no year-end"
        )
    if mentions:
        year = mentions[0].year
        return Text(f"“{year}” không phải là năm rà soát hợp lệ", f"“{year}” is no year of a review")
    return Text(
        "tiêu đề, tên trang tính và tên tệp đều không nêu năm",
        "neither the title nor the names of sheet and file state it",
    )
