#!/usr/bin/env bash
# csvkit 2.2.0 (in2csv) turns the text "14,69%" of a worksheet into 1469, and "0,5%" into 5: a poverty rate grows a
# hundred or ten times, by as many places as stood behind the comma, and the percent sign is gone.
#
# agate, which guesses the types for csvkit, takes a column for numbers once its percent signs and its thousands commas
# are stripped; in Vietnam the comma is the decimal mark. A column of "14.69%" becomes 14.69, so that only files typed the
# Vietnamese way change. `in2csv --no-inference` keeps the text.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 agate-excel==0.4.2 openpyxl==3.1.5
cd "$work" && venv/bin/python - <<'PY'
import subprocess
import openpyxl

workbook = openpyxl.Workbook()
for row in [["unit", "typed", "dotted"], ["A", "14,69%", "14.69%"], ["B", "0,5%", "0.5%"]]:
    workbook.active.append(row)
workbook.save("rates.xlsx")


def rows(*options):
    return subprocess.run(["venv/bin/in2csv", *options, "rates.xlsx"], capture_output=True, text=True, check=True).stdout


print(rows(), rows("--no-inference"), sep="\n")
assert rows().splitlines()[1:] == ["A,1469,14.69", "B,5,0.5"]
assert '"14,69%"' in rows("--no-inference")
PY
