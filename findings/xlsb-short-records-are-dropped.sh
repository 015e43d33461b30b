#!/usr/bin/env bash
# python-calamine 0.9.1 keeps only the first cell of every row of an .xlsb that the npm package xlsx 0.18.5 wrote; all
# others come out empty, without an error. The same table written as .xlsx by the same program is read whole.
#
# The binary format has two sets of cell records: full ones that name their column, and short ones (types 12 to 18) that
# mean "the next column" and leave it out. SheetJS writes a row's first cell in full and the following ones short;
# calamine passes the short ones over, so a sheet of figures looks like a sheet of names.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1
cd "$work"
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
node -e '
const xlsx = require("xlsx"), book = xlsx.utils.book_new();
xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([["unit", "households"], ["A", 429], ["B", 1596]]), "S");
for (const kind of ["xlsb", "xlsx"]) xlsx.writeFile(book, "table." + kind);'
venv/bin/python - <<'PY'
import python_calamine


def read(name):
    return python_calamine.CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()


print("xlsb:", read("table.xlsb"), " xlsx:", read("table.xlsx"))
assert read("table.xlsx") == [["unit", "households"], ["A", 429.0], ["B", 1596.0]]
assert [row[0] for row in read("table.xlsb")] == ["unit", "A", "B"]
assert all(cell == "" for row in read("table.xlsb") for cell in row[1:])
PY
