"""Bundle the libraries of the overview page into one file that ships: `python scripts/overview_libraries.py`.

Packages are fetched by npm in the versions below, without running anything of theirs but the bundler (esbuild), which
leaves out what the page does not use. The result, its licences and SHA-256 go to `src/thidua_cli/data/overview`; the
same versions give the same bytes. Run it to take a newer version, and commit what it writes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

TOP: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = TOP / "src" / "thidua_cli" / "data" / "overview"
BUNDLER: Final = ("esbuild", "0.28.2")
PACKAGES: Final = {
    "@tanstack/table-core": ("8.21.3", "createTable, getCoreRowModel, getFilteredRowModel, getSortedRowModel"),
    "@tanstack/virtual-core": ("3.19.11", "Virtualizer, elementScroll, observeElementOffset, observeElementRect"),
    "d3-scale": ("4.0.3", "scaleLinear, scalePoint"),
    "d3-shape": ("3.2.1", "line"),
}
"""Package → version, and what the page takes of it."""
OPTIONS: Final = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=libraries",
    "--target=es2020",
    "--charset=ascii",
    "--legal-comments=none",
    '--define:process.env.NODE_ENV="production"',
)


def main() -> int:
    """Fetch, bundle and write; return the exit status."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is needed", file=sys.stderr)
        return 1
    with TemporaryDirectory() as name:
        place = Path(name)
        _fetch(npm, place)
        (place / "entry.js").write_text("".join(_exports()), "utf-8")
        bundle = place / "libraries.min.js"
        esbuild = place / "node_modules" / BUNDLER[0] / "bin" / "esbuild"
        subprocess.run(["node", esbuild, "entry.js", *OPTIONS, f"--outfile={bundle}"], cwd=place, check=True)
        lock = json.loads((place / "package-lock.json").read_text("utf-8"))["packages"]
        used = _used(lock)
        folder = FOLDER / "libraries"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / bundle.name).write_bytes(bundle.read_bytes())
        (folder / "LICENSES.txt").write_text("\n".join(_licences(place, used)), "utf-8")
        (FOLDER / "SOURCE.md").write_text(_source_page(lock, used, bundle), "utf-8")
    return 0


def _fetch(npm: str, place: Path) -> None:
    wanted = [f"{package}@{version}" for package, (version, _) in PACKAGES.items()]
    (place / "package.json").write_text('{"private": true}', "utf-8")
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"]
    subprocess.run([npm, "install", *options, "@".join(BUNDLER), *wanted], cwd=place, check=True)


def _exports() -> Iterator[str]:
    for package, (_, names) in PACKAGES.items():
        yield f"export {{ {names} }} from '{package}';\n"


def _used(lock: dict[str, dict[str, str]]) -> list[str]:
    """Return the folders of the packages that are in the bundle: those of the page and what they need."""
    return sorted(folder for folder in lock if folder and "esbuild" not in folder)


def _licences(place: Path, used: list[str]) -> Iterator[str]:
    for folder in used:
        texts = sorted((place / folder).glob("LICEN[CS]E*"))
        yield f"{folder.removeprefix('node_modules/')}\n{'=' * 72}\n"
        yield from (text.read_text("utf-8") for text in texts)


def _source_page(lock: dict[str, dict[str, str]], used: list[str], bundle: Path) -> str:
    rows = "\n".join(
        f"| {folder.removeprefix('node_modules/')} | {lock[folder]['version']} | {lock[folder]['license']} "
        f"| `{lock[folder]['integrity']}` |"
        for folder in used
    )
    digest = sha256(bundle.read_bytes()).hexdigest()
    return _PAGE.format(rows=rows, digest=digest, size=bundle.stat().st_size, bundler=" ".join(BUNDLER))


_PAGE: Final = """# The page of the overview

*Written by `scripts/overview_libraries.py`.*

`page/` is ours: what `thidua report --overview` puts together (docs/overview.md).

`libraries/libraries.min.js` ({size} bytes, SHA-256 `{digest}`) holds what the page uses of the packages below, as npm
delivers them, bundled and minified by {bundler}. Their licences stand in `libraries/LICENSES.txt`. Table models
(search, filter, sort) and rows on demand are TanStack's, scales and lines of charts are those of D3.

| package | version | licence | integrity of the package, as npm checks it |
|---|---|---|---|
{rows}

To take other versions: change them in the script, run it, look at the page, commit what it wrote.
"""


if __name__ == "__main__":
    sys.exit(main())
