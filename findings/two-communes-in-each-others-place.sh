#!/usr/bin/env bash
# vietnamadminunits 1.0.4: two communes of Phú Thọ whose names hold the same two words the other way round stand in each
# other's place, more than eighty kilometres apart: Xã Lương Sơn (04924), which was Thị trấn Lương Sơn of Hòa Bình, lies at
# the old Xã Lương Sơn of Yên Lập, and Xã Sơn Lương (08296), made there, lies at the town.
#
# The package's own older table holds the right places: of the town under its old name, of Yên Lập under the old commune.
# No two communes share a point in the new table, each lies in its province, and every name is found: a map looks sound.
# Two island communes of Quảng Ninh, Vĩnh Thực and Cái Chiên, which no merger touched, have moved eighty and a hundred kilometres
# from where the older table has them, to points half a kilometre from each other.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check vietnamadminunits==1.0.4
cd "$work" && venv/bin/python - <<'PY'
import sqlite3
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
import vietnamadminunits

database = sqlite3.connect(Path(vietnamadminunits.__file__).parent / "data" / "dataset.db")


def place(table, where, *values):
    rows = database.execute(f"select wardLat, wardLon from {table} where {where}", values).fetchall()
    assert len(rows) == 1, rows
    return tuple(map(float, rows[0]))


def kilometres(one, other):
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    return 12742 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


town = place("admin_units_legacy", "ward = ? and district = ?", "Thị trấn Lương Sơn", "Huyện Lương Sơn")
yen_lap = place("admin_units_legacy", "ward = ? and district = ?", "Xã Lương Sơn", "Huyện Yên Lập")
luong_son = place("admin_units", "wardCode = ? and ward = ?", "04924", "Xã Lương Sơn")
son_luong = place("admin_units", "wardCode = ? and ward = ?", "08296", "Xã Sơn Lương")
print("Xã Lương Sơn to its town:", round(kilometres(luong_son, town)), "km, to Yên Lập:", round(kilometres(luong_son, yen_lap)))
print("Xã Sơn Lương to Yên Lập:", round(kilometres(son_luong, yen_lap)), "km, to the town:", round(kilometres(son_luong, town)))
assert kilometres(luong_son, town) > 80 and kilometres(luong_son, yen_lap) < 6
assert kilometres(son_luong, yen_lap) > 80 and kilometres(son_luong, town) < 3
islands = [place("admin_units", "wardCode = ?", code) for code in ("06757", "06967")]
before = [place("admin_units_legacy", "wardCode = ?", code) for code in ("06757", "06967")]
moved = [round(kilometres(now, then)) for now, then in zip(islands, before)]
print("Vĩnh Thực, Cái Chiên moved by", moved, "km; now apart:", round(kilometres(*islands), 1))
assert min(moved) > 80 and kilometres(*islands) < 1 < kilometres(*before)
assert database.execute("select count(distinct wardLat || ' ' || wardLon), count(*) from admin_units").fetchone() == (3321, 3321)
PY
