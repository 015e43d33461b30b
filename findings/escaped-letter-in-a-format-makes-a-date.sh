#!/usr/bin/env bash
# exceljs 4.4.0 reads a count formatted #,##0\ \h\ộ as the date 4 March 1901; python-calamine 0.9.1 and openpyxl 3.1.5
# read 429 from the same cell.
#
# In a number format a letter stands for itself in quotes or behind a backslash; both formats here show "429 hộ" ("429
# households"). exceljs leaves quoted text out before it looks for the letters of dates, but not escaped letters, so that
# the way of writing one and the same format decides between a number and a date.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
cd "$work"
npm install --silent --no-audit --no-fund exceljs@4.4.0 >/dev/null 2>&1
venv/bin/python - <<'PY'
import openpyxl
import python_calamine

workbook = openpyxl.Workbook()
for row, pattern in enumerate(["#,##0\\ \\h\\ộ", '#,##0" hộ"'], start=1):
    workbook.active.cell(row, 1, 429).number_format = pattern
workbook.save("counts.xlsx")
theirs = [cells[0].value for cells in openpyxl.load_workbook("counts.xlsx").active.iter_rows()]
ours = [row[0] for row in python_calamine.CalamineWorkbook.from_path("counts.xlsx").get_sheet_by_index(0).to_python()]
print("openpyxl:", theirs, " calamine:", ours)
assert theirs == [429, 429] and ours == [429, 429]
PY
node -e '
const exceljs = require("exceljs"), workbook = new exceljs.Workbook();
workbook.xlsx.readFile("counts.xlsx").then(() => {
  const values = [1, 2].map((row) => JSON.stringify(workbook.worksheets[0].getCell(row, 1).value));
  console.log("exceljs:", ...values);
  if (values.join() !== "\"1901-03-04T00:00:00.000Z\",429") process.exit(1);
});'
