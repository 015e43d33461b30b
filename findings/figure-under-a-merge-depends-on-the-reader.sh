#!/usr/bin/env bash
# One workbook, three sums: a figure that lies under a merged cell (nobody sees it in Excel) is None to openpyxl 3.1.5,
# is 7 to the same openpyxl with read_only=True, and is 429, the figure of the visible cell once more, to exceljs 4.4.0.
# The row adds up to 429, 436 or 858.
#
# Excel keeps such values when a merge is painted on with the format painter, and LibreOffice offers to keep them; scripts
# write them by mistake. Which of the three a program sees depends on a flag that is set for speed. exceljs also writes
# the visible figure into every covered column when it saves a sheet as CSV.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.2.9 openpyxl==3.1.5
cd "$work"
npm install --silent --no-audit --no-fund exceljs@4.4.0 >/dev/null 2>&1
venv/bin/python - <<'PY'
import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("merged.xlsx") as workbook:
    sheet = workbook.add_worksheet()
    sheet.merge_range("A1:B1", 429)
    sheet.write("B1", 7)


def row(*, read_only):
    sheet = openpyxl.load_workbook("merged.xlsx", read_only=read_only).active
    return next(sheet.iter_rows(values_only=True))


print("openpyxl:", row(read_only=False), " read_only:", row(read_only=True))
assert row(read_only=False) == (429, None) and row(read_only=True) == (429, 7)
PY
node -e '
const exceljs = require("exceljs"), workbook = new exceljs.Workbook();
workbook.xlsx.readFile("merged.xlsx").then(async () => {
  const text = String(await workbook.csv.writeBuffer());
  console.log("exceljs:", JSON.stringify(workbook.worksheets[0].getRow(1).values.slice(1)), " its CSV:", text);
  if (text !== "429,429") process.exit(1);
});'
