#!/usr/bin/env bash
# openpyxl 3.1.5 writes the texts of a sheet as letters in UTF-8, or as the numbers of letters in ASCII ("X&#227; T&#224;
# Lu"), by whether lxml happens to be installed beside it. Neither its version, its code nor its arguments tell: the same
# script gives two files on two machines, with two checksums; a table of Vietnamese names grew by a sixth here (49,618 bytes, then
# 58,412), and who looks for a name in the bytes of a sheet finds it in one of the two only. pandas.to_excel writes
# by it.
#
# Both are sound to every parser of XML. What reads such sheets by patterns has to know both.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cat > "$work/write.py" <<'PY'
import sys
import zipfile

import openpyxl

workbook = openpyxl.Workbook()
for number in range(200):
    workbook.active.append([f"Xã Đắk Ơ {number}", "Huyện Bù Gia Mập", "Tỉnh Bình Phước", 1200 + number])
workbook.save("counts.xlsx")
sheet = zipfile.ZipFile("counts.xlsx").read("xl/worksheets/sheet1.xml")
print(len(sheet), "bytes,", "as letters" if "Xã Đắk Ơ 7<".encode() in sheet else "as numbers of letters")
assert sheet.isascii() == (sys.argv[1] == "lxml") == (b"X&#227; &#272;&#7855;k &#416; 7<" in sheet)
rows = openpyxl.load_workbook("counts.xlsx").active.iter_rows(values_only=True)
assert next(iter(rows))[0] == "Xã Đắk Ơ 0"
PY
cd "$work"
plain=$(venv/bin/python write.py plain)
venv/bin/pip install --quiet --disable-pip-version-check lxml==6.0.2
beside=$(venv/bin/python write.py lxml)
printf 'without lxml: %s\nwith lxml:    %s\n' "$plain" "$beside"
test "$plain" = "49618 bytes, as letters"
test "$beside" = "58412 bytes, as numbers of letters"
