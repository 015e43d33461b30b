#!/usr/bin/env bash
# python-calamine 0.9.1 gives 59 and 60 as one day, 28 February 1900, and any number below 0 as 00:00, as it gives 0, once
# a cell is formatted as a date: the numbers cannot be had back. Excel shows 28/02/1900, 29/02/1900 (a day that it keeps
# from Lotus 1-2-3), ##### and 00/01/1900. openpyxl 3.1.5 does the same with 59 and 60, but gives -5 as 25/12/1899.
#
# Counts get such a format by a paste or a format painter, and 60 is a common count. Taking the day back to its number
# gives 59 or 60 for either, and 0 for a negative count: both look sound. No error, no warning.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.2.9
cd "$work" && venv/bin/python - <<'PY'
import datetime
import python_calamine
import xlsxwriter

with xlsxwriter.Workbook("counts.xlsx") as workbook:
    sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "dd/mm/yyyy"})
    for row, number in enumerate([59, 60, 0, -5]):
        sheet.write_number(row, 0, number, day)
ours = [row[0] for row in python_calamine.CalamineWorkbook.from_path("counts.xlsx").get_sheet_by_index(0).to_python()]
print(ours)
february, midnight = datetime.date(1900, 2, 28), datetime.time(0, 0)
assert ours == [february, february, midnight, midnight]
PY
