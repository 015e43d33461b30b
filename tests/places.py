"""Places of a sheet as tests write them: "E9"."""

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from thidua_cli.model import Origin


def origin(file: str, sheet: str, cell: str) -> Origin:
    """Return a place written as Excel names it: a cell "E9", a whole row "12:12"; a whole sheet where it is empty."""
    if not cell:
        return Origin(file, sheet)
    if cell[0].isdecimal():
        return Origin(file, sheet, int(cell.partition(":")[0]))
    letters, row = coordinate_from_string(cell)
    return Origin(file, sheet, row, column_index_from_string(letters))
