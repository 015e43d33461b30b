#!/usr/bin/env bash
# A formula column written by polars 1.35.2 (through XlsxWriter 3.2.9) reads as 0 everywhere until Excel has opened the
# file: python-calamine 0.9.1 and openpyxl 3.1.5 (data_only) both give 0, neither a blank nor an error.
#
# XlsxWriter stores 0 as the result of a formula it was given no value for and asks Excel to calculate on load
# (calcPr fullCalcOnLoad="1" in xl/workbook.xml). That flag is the only trace: a rate of 0 and a rate never calculated are
# the same cell. Whoever counts poor households must not take it for "none left".
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    polars==1.35.2 xlsxwriter==3.2.9 python-calamine==0.9.1 openpyxl==3.1.5
cd "$work" && venv/bin/python - <<'PY'
import io
import zipfile
import openpyxl, polars, python_calamine

frame = polars.DataFrame({"unit": ["A", "B"], "moved": [30, 70], "stayed": [33, 70]})
stored = io.BytesIO()
frame.write_excel(stored, formulas={"poor": "=[@moved]+[@stayed]"})
rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored.getvalue())).get_sheet_by_index(0).to_python()
sheet = openpyxl.load_workbook(io.BytesIO(stored.getvalue()), data_only=True).active
ours = [row[3].value for row in sheet.iter_rows(min_row=2)]
flag = b'fullCalcOnLoad="1"' in zipfile.ZipFile(io.BytesIO(stored.getvalue())).read("xl/workbook.xml")
print("calamine:", [row[3] for row in rows[1:]], " openpyxl:", ours, " asks to be calculated:", flag)
assert [row[3] for row in rows[1:]] == [0.0, 0.0] and ours == [0, 0] and flag
PY
