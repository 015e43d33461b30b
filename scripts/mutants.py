"""Wrong edits made on purpose: a seeded sample of them, and which of them no test notices.

mutmut makes the edits, maps tests to functions and runs the tests; this script decides which edits are tried (no texts,
a seeded sample), stops at a time limit, and prints the survivors with their places. It works in a copy of the tree.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from difflib import ndiff
from io import StringIO
from itertools import islice
from pathlib import Path
from textwrap import dedent
from typing import Final, cast

TOP: Final = Path(__file__).resolve().parents[1]
COPY: Final = TOP / ".mutants"
EQUIVALENT: Final = TOP / "tests" / "mutants" / "equivalent.toml"
PACKAGE: Final = "src/thidua_cli"
ROOMS: Final = ("check", "judge", "measure", "rulebook", "verify")
TESTS: Final = (
    *(f"tests/{name}" for name in ("attest", "check", "cli", "judge", "measure", "rates_alone", "rebase")),
    *("tests/rulebook", "tests/verify", "tests/test_notebook.py", "tests/test_pipeline.py"),
)
"""Tests that reach these rooms; those of reading, templates, views and the syntax trees decide nothing here."""

LEFT_OUT: Final = (
    "tests/rulebook/test_load.py::test_every_refusal_of_the_loader_has_a_broken_file",
    "tests/cli/test_surroundings.py",
)
"""Tests of the lines of the source, which are others with the mutants beside them; and of terminals and shells, which
see what mutmut does in the program's own process."""

KILLED: Final = {1: "killed", 3: "killed", 0: "survived", 5: "no tests", 33: "no tests", None: "not tried"}
"""Exit status of a run of tests on one mutant; any other is a crash or a timeout, which is noticed too."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong edit."""

    name: str
    """As mutmut calls it: module, function, running number."""
    path: str
    line: int
    removed: str
    added: str

    @property
    def room(self) -> str:
        """The folder of the package that it stands in."""
        return self.path.removeprefix(f"{PACKAGE}/").split("/")[0]

    @property
    def function(self) -> str:
        """Module and function, with its class, without the running number."""
        module, _, mangled = self.name.rpartition(".")
        mangled = mangled.rpartition("__mutmut_")[0]
        return f"{module}:{mangled.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


class _Wordless(ast.NodeTransformer):
    """Makes all words alike, so that two functions that differ in words alone are equal.

    Also alike: what only the type checker reads (the first argument of `cast`), and `strict` of zip, which guards
    against a defect of the program that no table can cause.
    """

    def __init__(self, texts: set[str]) -> None:
        self._texts = texts

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) or node.value is None else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant("")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Constant("") if node.id in self._texts else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node.func:
            case ast.Name("Text") | ast.Attribute(attr="fill" | "joined"):
                return ast.Constant("")
            case ast.Name("cast"):
                return cast("ast.AST", self.visit(node.args[-1]))
            case ast.Name("zip"):
                node.keywords = []
        return self.generic_visit(node)


def _text_names(module: ast.Module) -> set[str]:
    """Return the names of a module that are bound to a text for readers."""
    assigned = (node for node in module.body if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call))
    calls = ((node.target, node.value.func) for node in assigned if isinstance(node.value, ast.Call))
    return {
        target.id
        for target, function in calls
        if isinstance(target, ast.Name) and isinstance(function, ast.Name) and function.id == "Text"
    }


# ---------------------------------------------------------------- the copy that is mutated


def prepare(rooms: Sequence[str], tests: Sequence[str]) -> None:
    """Bring the copy up to date; files that did not change keep their time, so that mutmut keeps what it knows."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=TOP, capture_output=True, check=True, text=True).stdout.split("\0")
    files = {name for name in names if name and (TOP / name).is_file()}
    for name in files:
        _take(TOP / name, COPY / name)
    for old in [path for path in COPY.rglob("*") if path.is_file()]:
        name = str(old.relative_to(COPY))
        if name.removeprefix("mutants/").removesuffix(".meta").removesuffix(".spans") not in files | _OWN:
            old.unlink()
    settings, wanted = COPY / "mutmut.toml", _config(rooms, tests, files)
    if not settings.exists() or settings.read_text("utf-8") != wanted:
        # mutmut takes a module it once left alone for one that has no mutants.
        shutil.rmtree(COPY / "mutants", ignore_errors=True)
        settings.write_text(wanted, encoding="utf-8")
    (COPY / "pyproject.toml").write_text((TOP / "pyproject.toml").read_text("utf-8") + wanted, encoding="utf-8")


_OWN: Final = {"mutmut.toml", "mutmut-stats.json"}


def _take(source: Path, target: Path) -> None:
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    if target.suffix != ".py":
        # mutmut copies files beside the modules once and never again.
        (COPY / "mutants" / target.relative_to(COPY)).unlink(missing_ok=True)


def _config(rooms: Sequence[str], tests: Sequence[str], files: set[str]) -> str:
    tops = sorted({name.split("/")[0] for name in files} - {"src", "tests", ".ci"})
    left_out = [f"--deselect={test}" for test in LEFT_OUT]
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"{PACKAGE}/{room}/*" for room in rooms],
        "also_copy": tops,
        "pytest_add_cli_args_test_selection": [*tests, *(f"{PACKAGE}/{room}" for room in rooms)],
        "pytest_add_cli_args": [
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            "-p",
            "mutant_tests",
            *left_out,
        ],
        # A mutant that never ends is stopped after some times what its tests take; fifteen times would be minutes.
        "timeout_multiplier": 4.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
    return "\n".join(["", "[tool.mutmut]", *lines, ""])


# ---------------------------------------------------------------- which edits are tried


def generate() -> None:
    """Write every mutant beside its function, as mutmut does at the start of a run."""
    from mutmut import __main__ as mutmut

    (COPY / "mutants").mkdir(exist_ok=True)
    with redirect_stdout(StringIO()):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.create_mutants(1)


def drawn(number: int, seed: int) -> list[Mutant]:
    """Return so many edits that change more than words, the same ones for the same seed and code."""
    from mutmut.utils.file_utils import walk_mutatable_files

    modules = [_Module.of(path) for path in sorted(walk_mutatable_files())]
    keys = [(module, key) for module in modules for key in module.codes]
    random.Random(seed).shuffle(keys)
    mutants = (module.mutant(key) for module, key in keys)
    return list(islice((mutant for mutant in mutants if mutant is not None), number))


@dataclass(frozen=True, slots=True, eq=False)
class _Module:
    """A module, and the file in which every mutant of its functions stands beside the function."""

    path: Path
    source: str
    mutated: Sequence[str]
    """Lines of the file with the mutants."""
    spans: Mapping[str, tuple[int, int]]
    """Function of that file → its first and last line, counted from 1."""
    codes: Mapping[str, int | None]
    """Mutant → exit status of its tests, None where they did not run."""
    texts: set[str]
    """Names that are bound to a text for readers."""

    @classmethod
    def of(cls, path: Path) -> _Module:
        """Read what mutmut wrote about a module."""
        from mutmut.mutation.data import MutantLineSpans, SourceFileMutationData

        data, source = SourceFileMutationData(path=path), path.read_text("utf-8")
        data.load()
        index = MutantLineSpans.load(path)
        spans = {name: (span.start, span.end) for name, span in index.span_by_function_name.items()} if index else {}
        mutated = ("mutants" / path).read_text("utf-8").splitlines()
        return cls(path, source, mutated, spans, data.exit_code_by_key, _text_names(ast.parse(source)))

    def mutant(self, key: str) -> Mutant | None:
        """Return a mutant; None where it changes words alone."""
        name = key.rpartition(".")[2]
        mangled = name.rpartition("__mutmut_")[0]
        before, after = self._lines(f"{mangled}__mutmut_orig"), self._lines(name)
        if self._wordless(before) == self._wordless(after):
            return None
        changes = list(ndiff(before, after))
        removed, added = ([line[2:] for line in changes if line.startswith(sign)] for sign in "-+")
        start = self.source.find(f"def {_plain(name)}(")
        place = self.source.find((removed or added)[0], start)
        return Mutant(key, str(self.path), self.source.count("\n", 0, place) + 1, _joined(removed), _joined(added))

    def _lines(self, function: str) -> list[str]:
        first, last = self.spans[function]
        text = dedent("\n".join(self.mutated[first - 1 : last]))
        return text.replace(f"def {function}(", f"def {_plain(function)}(").split("\n")

    def _wordless(self, lines: Sequence[str]) -> str:
        return ast.dump(_Wordless(self.texts).visit(ast.parse("\n".join(lines))))


def _plain(name: str) -> str:
    """Return the name of the function of a mutant, without its class.

    >>> _plain("x_in_reach__mutmut_12"), _plain("xǁBookǁrule__mutmut_orig")
    ('in_reach', 'rule')
    """
    return name.rpartition("__mutmut_")[0].removeprefix("x_").rpartition("ǁ")[2]


def _joined(lines: Iterable[str]) -> str:
    return " ".join(line.strip() for line in lines)


def equivalents() -> Mapping[tuple[str, str, str], str]:
    """Return the edits that change nothing anybody could see, each with its reason."""
    entries = tomllib.loads(EQUIVALENT.read_text("utf-8")).get("equivalent", [])
    return {(entry["function"], entry["before"], entry["after"]): entry["reason"] for entry in entries}


# ---------------------------------------------------------------- trying them


def run(names: Sequence[str], minutes: float) -> None:
    """Run the tests on the named mutants, one after the other, until the time is over."""
    program = Path(sys.executable).with_name("mutmut")
    # Tests that start the program anew must start the mutated one.
    modules = os.pathsep.join(map(str, (COPY / "mutants" / "src", COPY / "mutants" / "scripts")))
    environment = {**os.environ, "PYTHONPATH": modules, "PYTHONDONTWRITEBYTECODE": "1", "CI": "1"}
    command = [str(program), "run", "--max-children", "1", *names]
    with subprocess.Popen(command, cwd=COPY, env=environment, start_new_session=True) as running:
        try:
            running.wait(timeout=60 * minutes)
        except subprocess.TimeoutExpired:
            # Not Ctrl-C, which a script in the background cannot send; what became of each mutant is on disk already.
            print(f"\nstopped after {minutes:g} minutes", flush=True)
            os.killpg(running.pid, signal.SIGTERM)


def outcomes(chosen: Iterable[Mutant]) -> dict[Mutant, str]:
    """Return what became of each mutant."""
    mutants = list(chosen)
    codes = {key: code for path in {m.path for m in mutants} for key, code in _Module.of(Path(path)).codes.items()}
    return {mutant: KILLED.get(codes[mutant.name], "killed") for mutant in mutants}


def report(results: Mapping[Mutant, str], reasons: Mapping[tuple[str, str, str], str], least: float) -> int:
    """Print the table and the survivors; return 1 where fewer than the least share were killed."""
    said = {
        mutant: "equivalent" if (mutant.function, mutant.removed, mutant.added) in reasons else state
        for mutant, state in results.items()
    }
    columns = ("killed", "survived", "no tests", "equivalent", "not tried")
    print(f"\n{'room':12}" + "".join(f"{column:>12}" for column in columns))
    for room in (*sorted({mutant.room for mutant in said}), "all"):
        count = Counter(state for mutant, state in said.items() if room in (mutant.room, "all"))
        print(f"{room:12}" + "".join(f"{count[column]:12}" for column in columns))
    for mutant, state in sorted(said.items(), key=lambda pair: (pair[0].path, pair[0].line)):
        if state in ("survived", "no tests"):
            print(f"\n{mutant.path}:{mutant.line}: {state} ({mutant.name})\n  - {mutant.removed}\n  + {mutant.added}")
    count = Counter(said.values())
    tried = count["killed"] + count["survived"] + count["no tests"]
    share = 100 * count["killed"] / tried if tried else 0
    print(f"\n{count['killed']} of {tried} mutants killed: {share:.1f} %; {count['equivalent']} equivalent")
    return 0 if share >= least else 1


def main() -> int:
    """Choose, try and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rooms", nargs="+", default=ROOMS, choices=ROOMS)
    parser.add_argument("--tests", nargs="+", default=TESTS, help="files and folders of tests that may kill")
    parser.add_argument("--sample", type=int, default=400, help="how many mutants are drawn (400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120, help="time limit for running tests (120)")
    parser.add_argument("--least", type=float, default=90, help="percent to be killed (90)")
    parser.add_argument("--again", action="store_true", help="only list once more what became of the sample")
    parser.add_argument("--resume", action="store_true", help="leave out mutants that have been tried")
    chosen_options = parser.parse_args()
    return tried(chosen_options)


def tried(options: argparse.Namespace) -> int:
    """Do what the options ask for."""
    COPY.mkdir(exist_ok=True)
    prepare(options.rooms, options.tests)
    os.chdir(COPY)
    generate()
    chosen = drawn(options.sample, options.seed)
    print(f"{len(chosen)} mutants drawn with seed {options.seed}", flush=True)
    reasons = equivalents()
    before = outcomes(chosen)
    names = [
        mutant.name
        for mutant in chosen
        if (mutant.function, mutant.removed, mutant.added) not in reasons
        and not (options.resume and before[mutant] != "not tried")
    ]
    if names and not options.again:
        run(names, options.minutes)
    return report(outcomes(chosen), reasons, options.least)


if __name__ == "__main__":
    sys.exit(main())
