#!/usr/bin/env bash
# vietnamadminunits 1.0.4: the table behind its converter of 2025 gives Phường Cao Lãnh parts of wards that lie up to
# eighty kilometres away, because they bear the same number ("Phường 4") in towns that came into the same new province.
#
# For an address the converter answers with the successor marked as default, which is right here, so nobody who converts
# addresses notices. Whoever adds up counts by the table (which old wards make this new one?) gets wards of Mỹ Tho, Cai
# Lậy and Sa Đéc into Cao Lãnh. The positions are the package's own.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check vietnamadminunits==1.0.4
cd "$work" && venv/bin/python - <<'PY'
import json
import sqlite3
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
import vietnamadminunits
from vietnamadminunits import convert_address

data = Path(vietnamadminunits.__file__).parent / "data"
divided = json.loads((data / "converter_2025.json").read_text("utf-8"))["DICT_PROVINCE_WARD_DIVIDED"]["tinhdongthap"]
taken = {old for old, parts in divided.items() if "phuongcaolanh" in [part["newWardKey"] for part in parts]}
rows = sqlite3.connect(data / "dataset.db").execute(
    "select provinceKey || '_' || districtKey || '_' || wardKey, wardLat, wardLon from admin_units_legacy"
)
place = {key: (float(lat), float(lon)) for key, lat, lon in rows if lat and lon}


def kilometres(one, other):
    (a, b), (c, d) = (map(radians, place[key]) for key in (one, other))
    return 12742 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


far = {old: round(kilometres(old, "tinhdongthap_thanhphocaolanh_phuong4")) for old in sorted(taken)}
print(far)
assert {old.split("_")[1] for old in taken} == {"thanhphosadec", "thanhphomytho", "thixacailay"}
assert len(taken) == 6 and max(far.values()) > 70
assert convert_address("Phường 4, Thành phố Mỹ Tho, Tỉnh Tiền Giang").ward == "Phường Đạo Thạnh"
assert convert_address("Phường 4, Thành phố Cao Lãnh, Tỉnh Đồng Tháp").ward == "Phường Cao Lãnh"
PY
