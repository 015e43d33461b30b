"""Layouts of several years, tables or sheets."""

from __future__ import annotations

from dataclasses import replace

from reading.draft import Draft
from reading.layouts import SIGNATURE, flat, titled
from reading.meaning import PRELIMINARY, Cell, Merge, Sheet


def years_in_groups(draft: Draft) -> list[Sheet]:
    """Under each count one column per year."""
    sheet = titled(draft)
    top, years = sheet.header, (draft.year - 1, draft.year)
    sheet.add("TT", draft.unit_heading, *(cell for column in draft.columns for cell in (column.heading, None)))
    sheet.add(None, None, *(year for _ in draft.columns for year in years))
    sheet.merges += [Merge(top, 0, top + 1, 0), Merge(top, 1, top + 1, 1)]
    sheet.merges += [Merge(top, 2 + 2 * at, top, 3 + 2 * at) for at in range(len(draft.columns))]
    for number, row in enumerate(draft.all_rows(), start=1):
        cells = [draft.cell(row, column, year) for column in draft.columns for year in years]
        sheet.add(Cell(None if row.is_total else number), draft.named(row), *cells)
    return [sheet]


def years_above_counts(draft: Draft) -> list[Sheet]:
    """Under each year one column per count: "Năm 2023 › Hộ nghèo"."""
    sheet = titled(draft)
    top, years, width = sheet.header, (draft.year - 1, draft.year), len(draft.columns)
    groups = [cell for year in years for cell in (f"Năm {year}", *[None] * (width - 1))]
    sheet.add("TT", draft.unit_heading, *groups)
    sheet.add(None, None, *(column.heading for _ in years for column in draft.columns))
    sheet.merges += [Merge(top, 0, top + 1, 0), Merge(top, 1, top + 1, 1)]
    sheet.merges += [Merge(top, 2 + width * at, top, 1 + width * (at + 1)) for at in (0, 1)]
    for number, row in enumerate(draft.all_rows(), start=1):
        cells = [draft.cell(row, column, year) for year in years for column in draft.columns]
        sheet.add(Cell(None if row.is_total else number), draft.named(row), *cells)
    return [sheet]


def rows_per_year(draft: Draft) -> list[Sheet]:
    """Rows of each unit one below the other, a column for the year, the unit's name merged over them."""
    return [_rows_per_year(draft, first_column_is_year=False)]


def reported_year_first(draft: Draft) -> list[Sheet]:
    """A first column "Năm báo cáo", as software exports it; every row names its unit."""
    return [_rows_per_year(draft, first_column_is_year=True)]


def _rows_per_year(draft: Draft, *, first_column_is_year: bool) -> Sheet:
    sheet = titled(draft)
    heads = ("Năm báo cáo", draft.unit_heading) if first_column_is_year else (draft.unit_heading, "Năm")
    sheet.add(*heads, *(column.heading for column in draft.columns))
    for row in draft.rows:
        for year in (draft.year - 1, draft.year):
            is_second = year == draft.year and not first_column_is_year
            name = Cell() if is_second else draft.named(row)
            keys = (Cell(year), name) if first_column_is_year else (name, Cell(year))
            at = sheet.add(*keys, *(draft.cell(row, column, year) for column in draft.columns))
            if is_second:
                sheet.merges.append(Merge(at - 1, 0, at, 0))
    return sheet


def indicators_in_rows(draft: Draft) -> list[Sheet]:
    """One unit, one count per row, one column per year: the district's own figures."""
    sheet = titled(draft)
    total, years = draft.total(), (draft.year - 1, draft.year)
    sheet.add("TT", "Chỉ tiêu", "ĐV tính", *years)
    for number, column in enumerate(draft.columns, start=1):
        sheet.add(number, column.heading, column.unit_of_measure, *(draft.cell(total, column, year) for year in years))
    return [sheet]


def second_table_below(draft: Draft, unit_heading: str = "") -> list[Sheet]:
    """Below the table one of the year before, with its own title and headings."""
    (sheet,) = flat(draft)
    top = sheet.add()
    for line in _title_of_before(draft):
        sheet.add(line)
    sheet.further.append((top, len(sheet.rows)))
    _add_before(sheet, draft, unit_heading or draft.unit_heading)
    return [sheet]


def _title_of_before(draft: Draft) -> list[str]:
    return [*draft.agency, f"TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {draft.year - 1}"]


def _add_before(sheet: Sheet, draft: Draft, unit_heading: str) -> None:
    sheet.add("TT", unit_heading, *(column.heading for column in draft.columns))
    for number, row in enumerate(draft.rows, start=1):
        sheet.add(number, draft.named(row), *(draft.cell(row, column, draft.year - 1) for column in draft.columns))


def second_table_of_unknown_heading(draft: Draft) -> list[Sheet]:
    """The same, whose unit column has a heading that says little."""
    return second_table_below(draft, "Danh mục")


def second_sheet(draft: Draft, unit_heading: str = "") -> list[Sheet]:
    """The year before on a second sheet."""
    (first,) = flat(draft)
    second = Sheet("Năm trước")
    for line in _title_of_before(draft):
        second.add(line)
    second.header = len(second.rows)
    _add_before(second, draft, unit_heading or draft.unit_heading)
    return [first, second]


def same_figures_another_year(draft: Draft) -> list[Sheet]:
    """Two sheets of two years whose figures are the same: neither is a copy."""
    for row in draft.rows:
        row.before = dict(row.counts)
    return second_sheet(draft)


def same_figures_preliminary(draft: Draft) -> list[Sheet]:
    """A sheet of preliminary figures and one of final ones, which are the same."""
    (first,) = flat(replace(draft, status_words="(SƠ BỘ)", statuses=frozenset({PRELIMINARY}), sheet_name="Lần 1"))
    (second,) = flat(replace(draft, status_words="(CHÍNH THỨC)", sheet_name="Lần 2"))
    return [first, second]


def second_sheet_of_unknown_heading(draft: Draft) -> list[Sheet]:
    """The same, whose unit column has a heading that says little."""
    return second_sheet(draft, "Danh mục")


def continued_without_header(draft: Draft) -> list[Sheet]:
    """The last units on a second sheet, without title and headings."""
    return _continued(draft, with_header=False)


def continued_with_header(draft: Draft) -> list[Sheet]:
    """The last units on a second sheet, with headings but no title."""
    return _continued(draft, with_header=True)


def _continued(draft: Draft, *, with_header: bool) -> list[Sheet]:
    (first,) = flat(draft)
    start = first.header + 1 + len(draft.rows_above) + len(draft.rows) - 2
    second = Sheet("Tiếp theo")
    if not with_header and draft.with_total:  # without its parts a sum tells nothing that those do not
        first.rows[-1] = [Cell(cell.value, None, cell.look) for cell in first.rows[-1]]
    if with_header:
        second.rows.append(list(first.rows[first.header]))
    second.rows += first.rows[start:]
    del first.rows[start:]
    return [first, second]


def below_the_signature(draft: Draft) -> list[Sheet]:
    """The last units stand below the signatures."""
    (sheet,) = flat(replace(draft, with_total=False))
    start = len(sheet.rows) - len(draft.rows_below) - 2
    signed = [[Cell()], [Cell(text) for text in SIGNATURE], [Cell()]]
    sheet.rows[start:start] = signed
    return [sheet]


def year_column(draft: Draft) -> list[Sheet]:
    """A column of years, the same in every row."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, "Năm", *(column.heading for column in draft.columns))
    word = draft.worded(draft.year_word)
    for number, row in enumerate(draft.rows, start=1):
        year = int(word) if word == str(draft.year) else word
        sheet.add(number, draft.named(row), year, *(draft.cell(row, column) for column in draft.columns))
    return [sheet]


def rows_of_each_unit(draft: Draft) -> list[Sheet]:
    """Several rows per unit, a column says what each is; number and name are merged over them."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, draft.row_label, *(column.heading for column in draft.columns))
    for number, row in enumerate(draft.rows, start=1):
        top = len(sheet.rows)
        for at, columns in enumerate(draft.row_columns):
            keys = (number, draft.named(row)) if at == 0 else (None, None)
            sheet.add(*keys, columns[0].above, *(draft.cell(row, column) for column in columns))
        sheet.merges += [Merge(top, column, len(sheet.rows) - 1, column) for column in (0, 1)]
    return [sheet]
