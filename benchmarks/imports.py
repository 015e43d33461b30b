"""Show what light commands import, and that it is nothing heavy: `python benchmarks/imports.py`."""

from __future__ import annotations

from typing import Final

from inputs import DISTRICT
from loaded_modules import heavy_packages, imports_of

SHOWN: Final = 8


def main() -> None:
    """Print, for each command, the modules that take longest and the heavy packages among them."""
    for arguments in (["--help"], ["check", str(DISTRICT[-1])]):
        status, imports = imports_of(arguments)
        heavy = ", ".join(heavy_packages(imports)) or "none"
        total_ms = sum(module.own_microseconds for module in imports) / 1000
        print(f"\nthidua {' '.join(arguments)}: status {status}, {len(imports)} modules, {total_ms:.0f} ms")
        print(f"  heavy packages: {heavy}")
        for module in sorted(imports, key=lambda module: -module.own_microseconds)[:SHOWN]:
            print(f"  {module.own_microseconds / 1000:7.1f} ms  {module.name}")


if __name__ == "__main__":
    main()
