#!/usr/bin/env bash
# python-calamine 0.9.1 reads plain numbers of an .xls as dates and times where the workbook's own number formats are
# numbered from 50, as Gnumeric numbers them; xlrd 2.0.1 reads the numbers.
#
# Numbers 50 to 58 are built-in date formats in East Asian editions of Excel only. A FORMAT record of the file redefines
# them, and calamine goes by the number before it looks at the record: 429 households become 4 March 1901, a rate of
# 0.147 becomes a time of day. From 59 on the same cells are numbers again, so one column may be read in two ways.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlwt==1.3.0 xlrd==2.0.1
cd "$work" && venv/bin/python - <<'PY'
import datetime, io
import python_calamine, xlrd, xlwt

xlwt.Style.FIRST_USER_DEFINED_NUM_FORMAT_IDX = 50  # where Gnumeric begins; xlwt itself begins at 164
book = xlwt.Workbook()
sheet = book.add_sheet("S")
for column in range(11):
    sheet.write(0, column, 429, xlwt.easyxf(num_format_str=f'0" h{column}"'))
sheet.write(1, 0, 0.147, xlwt.easyxf(num_format_str='0" h0"'))
stored = io.BytesIO()
book.save(stored)

rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored.getvalue())).get_sheet_by_index(0).to_python()
plain = xlrd.open_workbook(file_contents=stored.getvalue()).sheet_by_index(0)
print("calamine:", rows[0][0], rows[0][10], rows[1][0], "| xlrd:", plain.cell_value(0, 0), plain.cell_value(1, 0))
assert rows[0][:8] == [datetime.date(1901, 3, 4)] * 8 and rows[0][10] == 429
assert isinstance(rows[1][0], datetime.time)
assert plain.row_values(0) == [429.0] * 11 and plain.cell_value(1, 0) == 0.147
PY
