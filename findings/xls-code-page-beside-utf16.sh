#!/usr/bin/env bash
# python-calamine 0.9.1 garbles every string of a BIFF8 .xls whose CODEPAGE record says 1252: a NUL stands behind each
# letter and Vietnamese letters fall apart. xlrd 2.0.1 reads the same bytes whole.
#
# Strings of BIFF8 are UTF-16 whatever the record says, so a writer may leave any number in it; older Java and Perl
# libraries leave 1252 there. No error is raised: a search for a heading simply finds nothing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlwt==1.3.0 xlrd==2.0.1
cd "$work" && venv/bin/python - <<'PY'
import io
import python_calamine, xlrd, xlwt


def read(code_page):
    xlwt.BIFFRecords.CodepageBiff8Record.UTF_16 = code_page
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "Hộ nghèo")
    stored = io.BytesIO()
    book.save(stored)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored.getvalue()))
    theirs = xlrd.open_workbook(file_contents=stored.getvalue()).sheet_by_index(0).cell_value(0, 0)
    return workbook.get_sheet_by_index(0).to_python()[0][0], theirs


print("1200:", read(1200), " 1252:", read(1252))
assert read(1200) == ("Hộ nghèo", "Hộ nghèo")
assert read(1252) == ("H\x00Ù\x1e \x00n\x00g\x00h\x00è\x00o\x00", "Hộ nghèo")
PY
