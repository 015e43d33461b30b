"""What the converter of vietnamadminunits says became of every commune in the reform; it is compared, not used."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class PackagePairs:
    """The pairs old → new as the converter has them."""

    parts: dict[str, set[str]] = field(default_factory=dict)
    """New commune → the communes (or island districts) it was made of."""
    divided: dict[str, set[str]] = field(default_factory=dict)
    """Commune that was divided → all its successors."""
    default: dict[str, str] = field(default_factory=dict)
    """Commune that was divided → the one successor the converter puts an address into."""

    @property
    def touched(self) -> set[str]:
        """The new communes with a part of a divided one."""
        return {new for successors in self.divided.values() for new in successors}


def read_package_pairs(folder: Path) -> PackagePairs:
    """Read the converter; its keys are names, which the data base gives codes."""
    converter = json.loads((folder / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    old_codes, new_codes = _codes(folder)
    pairs = PackagePairs()
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in communes.items():
            new = new_codes[province, new_key]
            pairs.parts.setdefault(new, set()).update(old_codes[key] for key in old_keys)
    for old, new, is_default in _divided(converter["DICT_PROVINCE_WARD_DIVIDED"], old_codes, new_codes):
        pairs.parts.setdefault(new, set()).add(old)
        pairs.divided.setdefault(old, set()).add(new)
        if is_default:
            pairs.default[old] = new
    return pairs


def _divided(
    table: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]],
    old_codes: Mapping[str, str],
    new_codes: Mapping[tuple[str, str], str],
) -> Iterator[tuple[str, str, bool]]:
    for province, communes in table.items():
        for old_key, successors in communes.items():
            for one in successors:
                yield old_codes[old_key], new_codes[province, one["newWardKey"]], one["isDefaultNewWard"]


def _codes(folder: Path) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the codes of the converter's keys; a district without communes has an empty third part."""
    connection = sqlite3.connect(f"{(folder / 'data' / 'dataset.db').as_uri()}?mode=ro", uri=True)
    legacy = "SELECT provinceKey, districtKey, wardKey, districtCode, wardCode FROM admin_units_legacy"
    old = {
        f"{province}_{district}_{commune or ''}": code or district_code
        for province, district, commune, district_code, code in connection.execute(legacy)
    }
    now = "SELECT provinceKey, wardKey, wardCode FROM admin_units"
    new = {(province, commune): code for province, commune, code in connection.execute(now)}
    connection.close()
    return old, new
