#!/usr/bin/env bash
# xlsx2csv 0.8.6 writes `#,##0" 12ộ"` for a cell that Excel shows as "429 hộ": the format #,##0" hộ" is taken for a time,
# because the quoted word holds an h, and the format itself is written out with the hour in the h's place. The 429 is gone.
#
# "hộ" is the Vietnamese for household, so this is the first format anyone gives to such a column. Quoting and escaping are
# not looked at, so "nghìn" (thousand), "khẩu" (persons) and a bare _h suffer alike; "người" (people) has no such letter
# and is read. No error, status 0: only the digits are other ones.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$work" && venv/bin/python - <<'PY'
import io
import openpyxl
import xlsx2csv

workbook = openpyxl.Workbook()
for row, pattern in enumerate(['#,##0" hộ"', '0" nghìn"', '#,##0" người"'], start=1):
    workbook.active.cell(row, 1, 429).number_format = pattern
workbook.save("counts.xlsx")
text = io.StringIO()
xlsx2csv.Xlsx2csv("counts.xlsx", outputencoding="utf-8").convert(text)
print(text.getvalue())
assert text.getvalue().split() == ['"#,##0""', '12ộ"""', '"0""', 'ng12ìn"""', "429"]
PY
