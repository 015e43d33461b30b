#!/usr/bin/env bash
# python-calamine 0.9.1 refuses a valid .ods as soon as its content.xml is indented: "Expecting 'table-cell', found
# 'Text(…)'". Space between the cells of a row has no meaning in OpenDocument, and common writers put it there.
#
# Met with odfdo 3.27.3 (pretty=True) and with every .ods that the npm package xlsx 0.18.5 writes. The file that odfdo
# writes without indenting is read. What is refused is the whole workbook, not the row.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 odfdo==3.27.3
cd "$work"
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
node -e '
const xlsx = require("xlsx"), book = xlsx.utils.book_new();
xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([["a", "b"], [1, 2]]), "S");
xlsx.writeFile(book, "sheetjs.ods");'
venv/bin/python - <<'PY'
import odfdo
import python_calamine

document = odfdo.Document("spreadsheet")
document.body.clear()
table = odfdo.Table("S")
table.set_values([["a", "b"], [1, 2]])
document.body.append(table)
document.save("plain.ods")
document.save("indented.ods", pretty=True)


def read(name):
    try:
        return python_calamine.CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError as error:
        return str(error)


print(read("plain.ods"), read("indented.ods"), read("sheetjs.ods"), sep="\n")
assert read("plain.ods") == [["a", "b"], [1.0, 2.0]]
assert read("indented.ods").startswith("Expecting 'table-cell', found 'Text(")
assert read("sheetjs.ods").startswith("Expecting 'table-cell', found 'Text(")
PY
