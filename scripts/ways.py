"""How long the ways through the code are, and how large its rooms: figures for whoever changes the plan.

A *room* is a module. A *way* begins at one parameter of one function and follows it through the calls that pass it on:
depth first, in the order in which they are written, every branch taken; a function that was walked is entered again but
not walked again. What is made from the parameter is followed too: names assigned from it, elements taken out of it, and
the result of a call whose first argument it is, or whose object. Other arguments only steer a call; what is put into a
new object of a class is put down there; a call in a condition asks about the parameter and passes nothing on.

Each call into another module than that of the call before *enters* a room; coming home from a call enters none. A
*return* enters a room where the way has been; a *climb* enters one of a higher floor than the room before, where the
floors are those of `tests/test_architecture.py`.

Words, nouns and tables of facts (every floor below `read`) are asked on the way, as one looks a thing up, and the way
goes on where it was: the last two figures leave them out.

Nothing is run. Calls are resolved from names and imports; a method is followed where a single class of the package has
one of that name. Callbacks and tables of functions are not seen. The figures compare two states of this code and say
nothing else.

    python scripts/ways.py [TOP OF ANOTHER TREE] [--route WAY]
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import statistics
import tokenize
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final, NamedTuple

TOP: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "thidua_cli"
WAYS: Final[Mapping[str, Sequence[str]]] = {
    "cells": ("tables.read_sheet:grid", "tables.read_grid:grid"),
    "threshold": ("judge_clause:clause, words.clause.written:answer", "paths.evaluate:rule"),
    "readings": ("pipeline.eligible:files_read", "pipeline.eligible:reading", "answers.eligible:reading"),
    "year": ("cli.eligible.eligible:as_of",),
    "finding": ("findings_view:result", "render_check:result"),
}
"""Name of a way → function and parameter where it begins: of these places the first that the tree has.

A way in two legs, one after the other, is set down in two: a clause is judged, then its answer is put into words.
"""
EVERYDAY: Final = frozenset(
    name for kind in (str, bytes, list, dict, set, tuple, int, float, re.Pattern, re.Match) for name in dir(kind)
)
"""Methods of everyday values: `found.append` is no call of ours, even where one class of ours can append."""


def _is_property(node: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "property" for mark in node.decorator_list)


class Function(NamedTuple):
    """A function of a module, or a method of one of its classes."""

    module: str
    owner: str
    """Class it belongs to; empty for a function."""
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        """Dotted name below the package."""
        return ".".join(part for part in (self.module, self.owner, self.node.name) if part)

    @property
    def positional(self) -> list[str]:
        """What it takes by position, `self` first; what is left over goes to the last."""
        arguments = self.node.args
        rest = [arguments.vararg] if arguments.vararg else []
        return [each.arg for each in (*arguments.posonlyargs, *arguments.args, *rest)]

    @property
    def parameters(self) -> list[str]:
        """All that it takes."""
        arguments = self.node.args
        rest = [arguments.kwarg] if arguments.kwarg else []
        return [*self.positional, *(each.arg for each in (*arguments.kwonlyargs, *rest))]


class Owner(NamedTuple):
    """A class of the package with its own methods by name."""

    module: str
    node: ast.ClassDef
    methods: Mapping[str, Function]


class Program:
    """The package as its syntax trees show it."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        self.trees = trees
        self.imported: dict[str, dict[str, str]] = {module: {} for module in trees}
        """Module → name → dotted name of what was imported under it, at its head or within a function."""
        self.defined: dict[str, Function | Owner] = {}
        self.methods: dict[str, list[Function]] = {}
        for module, tree in trees.items():
            self._take_imports(module, tree)
            self._take_definitions(module, tree)

    def _take_imports(self, module: str, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{PACKAGE}."):
                inside = (node.module or "").removeprefix(PACKAGE).lstrip(".")
                for alias in node.names:
                    self.imported[module][alias.asname or alias.name] = f"{inside}.{alias.name}".lstrip(".")

    def _take_definitions(self, module: str, tree: ast.Module) -> None:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                function = Function(module, "", node)
                self.defined[function.name] = function
            elif isinstance(node, ast.ClassDef):
                inner = [Function(module, node.name, each) for each in node.body if isinstance(each, ast.FunctionDef)]
                self.defined[f"{module}.{node.name}"] = Owner(module, node, {each.node.name: each for each in inner})
                for method in inner:
                    if not _is_property(method.node):  # `frame.first()` of pandas is no look at a property of that name
                        self.methods.setdefault(method.node.name, []).append(method)

    def meaning(self, module: str, name: str) -> Function | Owner | str | None:
        """Return what a name means in a module: a definition or the dotted name of a module; None if foreign."""
        dotted = self.imported[module].get(name, f"{module}.{name}")
        return self.defined.get(dotted) or (dotted if dotted in self.trees else None)

    def method(self, owner: Owner, name: str) -> Function | None:
        """Return a method of a class or of a class it is derived from."""
        if name in owner.methods:
            return owner.methods[name]
        bases = [self.meaning(owner.module, base.id) for base in owner.node.bases if isinstance(base, ast.Name)]
        inherited = (self.method(base, name) for base in bases if isinstance(base, Owner))
        return next((method for method in inherited if method is not None), None)

    def start(self, places: Iterable[str]) -> list[tuple[Function, str]]:
        """Return the functions and the parameters where the legs of a way begin: the first place that is whole."""
        for place in places:
            legs = [self._leg(leg) for leg in place.split(", ")]
            found = [leg for leg in legs if leg is not None]
            if len(found) == len(legs):
                return found
        raise LookupError(f"this tree has none of {', '.join(places)}")

    def _leg(self, leg: str) -> tuple[Function, str] | None:
        ending, parameter = leg.split(":")
        for function in self.defined.values():
            if not isinstance(function, Function) or not f".{function.name}".endswith(f".{ending}"):
                continue
            if parameter in function.parameters:
                return function, parameter
        return None


def read_program(top: Path) -> Program:
    """Parse every module of the package below a tree's `src`."""
    source = top / "src" / PACKAGE
    trees = {}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        trees[".".join(part for part in parts if part != "__init__")] = ast.parse(path.read_text("utf-8"))
    return Program(trees)


@dataclass
class Way:
    """One way: the functions it enters, one after the other."""

    program: Program
    entered: list[Function] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)

    def enter(self, function: Function, followed: Iterable[str]) -> None:
        """Go into a function with the parameters to follow."""
        self.entered.append(function)
        if function.name not in self.walked:
            self.walked.add(function.name)
            walk = _Walk(self, function, set(followed))
            for statement in function.node.body:
                walk.visit(statement)

    def rooms(self, passed_over: Container[str] = ()) -> list[str]:
        """Modules entered one after the other, but for those of the parts of the package that are passed over."""
        modules = [function.module for function in self.entered]
        return [module for module, _ in groupby(each for each in modules if each.split(".")[0] not in passed_over)]


class _Walk(ast.NodeVisitor):
    """One function, walked statement by statement: which names carry what is followed, which calls take it."""

    def __init__(self, way: Way, function: Function, followed: set[str]) -> None:
        self._way = way
        self._program = way.program
        self._function = function
        self._followed = followed

    def _carries(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._followed
        if isinstance(node, ast.Call):
            if isinstance(self._callee(node.func), Owner):
                return False
            about = [*node.args[:1], *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
            return any(map(self._carries, about))
        return any(map(self._carries, ast.iter_child_nodes(node)))

    def _bind(self, target: ast.AST, value: ast.AST) -> None:
        if self._carries(value):
            self._followed.update(node.id for node in ast.walk(target) if isinstance(node, ast.Name))

    def _callee(self, node: ast.expr) -> Function | Owner | None:
        if isinstance(node, ast.Name):
            found = self._program.meaning(self._function.module, node.id)
            return None if isinstance(found, str) else found
        return self._attribute(node) if isinstance(node, ast.Attribute) else None

    def _attribute(self, node: ast.Attribute) -> Function | Owner | None:
        if isinstance(node.value, ast.Name):
            name = self._function.owner if node.value.id in ("self", "cls") else node.value.id
            holder = self._program.meaning(self._function.module, name)
            if isinstance(holder, str):
                return self._program.defined.get(f"{holder}.{node.attr}")
            if isinstance(holder, Owner):
                return self._program.method(holder, node.attr)
        namesakes = self._program.methods.get(node.attr, [])
        return namesakes[0] if len(namesakes) == 1 and node.attr not in EVERYDAY else None

    def visit_Call(self, node: ast.Call) -> None:
        """Enter what takes the followed, after the calls among its arguments."""
        self.generic_visit(node)
        callee = self._callee(node.func)
        if isinstance(callee, Owner):
            callee = self._program.method(callee, "__init__")
        if callee is not None and (followed := set(self._taken(node, callee))):
            self._way.enter(callee, followed)

    def _taken(self, call: ast.Call, callee: Function) -> Iterator[str]:
        """Yield the parameters through which a call passes on what is followed."""
        positional = callee.positional
        is_static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in callee.node.decorator_list)
        if callee.owner and not is_static:
            own = positional.pop(0)
            if isinstance(call.func, ast.Attribute) and self._carries(call.func.value):
                yield own
        for number, argument in enumerate(call.args):
            if self._carries(argument) and positional:
                yield positional[min(number, len(positional) - 1)]
        for keyword in call.keywords:
            if self._carries(keyword.value):
                yield keyword.arg if keyword.arg in callee.parameters else callee.parameters[-1]

    def visit_Assign(self, node: ast.Assign) -> None:
        """Follow names that are made from the followed."""
        self.visit(node.value)
        for target in node.targets:
            self._bind(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign | ast.AugAssign | ast.NamedExpr) -> None:
        """Follow one such name."""
        if node.value is not None:
            self.visit(node.value)
            self._bind(node.target, node.value)

    visit_AugAssign = visit_AnnAssign  # noqa: N815
    visit_NamedExpr = visit_AnnAssign  # noqa: N815

    def visit_For(self, node: ast.For) -> None:
        """Follow what is taken out of the followed."""
        self.visit(node.iter)
        self._bind(node.target, node.iter)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_withitem(self, node: ast.withitem) -> None:
        """Follow what a context gives."""
        self.visit(node.context_expr)
        if node.optional_vars is not None:
            self._bind(node.optional_vars, node.context_expr)

    def visit_Match(self, node: ast.Match) -> None:
        """Every case is walked; captured parts of the followed are followed."""
        for case in node.cases:
            if self._carries(node.subject):
                self._followed.update(
                    each.name for each in ast.walk(case.pattern) if isinstance(each, ast.MatchAs) and each.name
                )
            for statement in case.body:
                self.visit(statement)

    def visit_If(self, node: ast.If) -> None:
        """A condition asks; both branches are walked."""
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """The same inside an expression."""
        self.visit(node.body)
        self.visit(node.orelse)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        """The loop runs before what is written ahead of it."""
        for generator in node.generators:
            self.visit(generator.iter)
            self._bind(generator.target, generator.iter)
        for result in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self.visit(result)

    visit_SetComp = visit_ListComp  # noqa: N815
    visit_GeneratorExp = visit_ListComp  # noqa: N815
    visit_DictComp = visit_ListComp  # noqa: N815


def way(program: Program, places: Iterable[str]) -> Way:
    """Walk one way to its end."""
    walked = Way(program)
    for function, parameter in program.start(places):
        walked.enter(function, {parameter})
    return walked


def floors(top: Path) -> dict[str, int]:
    """Return part of the package → its floor, as the test of the architecture orders them."""
    tree = ast.parse((top / "tests" / "test_architecture.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "ORDER":
            return {name: floor for floor, parts in enumerate(ast.literal_eval(node.value)) for name in parts}
    raise LookupError("the test of the architecture names no ORDER")


def asked(floor_of: Mapping[str, int]) -> set[str]:
    """Return the parts of the package that are asked on the way: words, nouns, tables of facts."""
    return {part for part, floor in floor_of.items() if floor < floor_of["read"]}


class Length(NamedTuple):
    """How long a way is."""

    entered: int
    """Rooms entered one after the other."""
    distinct: int
    climbs: int

    @property
    def returns(self) -> int:
        """Rooms entered where the way had been."""
        return self.entered - self.distinct


def length(rooms: Sequence[str], floor_of: Mapping[str, int]) -> Length:
    """Measure the rooms of a way."""
    heights = [floor_of[module.split(".")[0]] for module in rooms]
    return Length(len(rooms), len(set(rooms)), sum(after > before for before, after in pairwise(heights)))


class Size(NamedTuple):
    """How large the package is."""

    logic: int
    """Lines of logic: no blanks, comments and docstrings, and a statement over several lines is one."""
    lines: int
    """Lines that hold code."""
    functions: tuple[int, ...]
    """Lines of every function without its docstring, the shortest first."""
    bodies: tuple[int, ...]
    """The same without its head."""
    names: tuple[int, ...]
    """Names that each room defines, the fewest first."""


_SILENT: Final = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def _is_text_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _logic(text: str, tree: ast.Module) -> tuple[int, set[int]]:
    """Return the lines of logic, and the numbers of the lines that hold code."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    code = {
        number for token in tokens if token.type not in _SILENT for number in range(token.start[0], token.end[0] + 1)
    }
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and _is_text_alone(node)]
    code -= {number for node in texts for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return sum(token.type == tokenize.NEWLINE for token in tokens) - len(texts), code


def _names(tree: ast.Module) -> int:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    return sum(isinstance(node, kinds) for node in tree.body)


def size(top: Path) -> Size:
    """Measure the package of a tree."""
    logic, lines, names = 0, 0, []
    functions: list[int] = []
    bodies: list[int] = []
    for path in sorted((top / "src" / PACKAGE).rglob("*.py")):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        statements, code = _logic(text, tree)
        logic, lines = logic + statements, lines + len(code)
        if tree.body:
            names.append(_names(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                first = node.body[0].lineno
                functions.append(sum(node.lineno <= line <= (node.end_lineno or first) for line in code))
                bodies.append(sum(first <= line <= (node.end_lineno or first) for line in code))
    return Size(logic, lines, tuple(sorted(functions)), tuple(sorted(bodies)), tuple(sorted(names)))


def _spread(numbers: Sequence[int]) -> str:
    ninth = numbers[len(numbers) * 9 // 10]
    return f"median {statistics.median(numbers):g}, 90th percentile {ninth}, longest {numbers[-1]}"


def _report(top: Path) -> Iterator[str]:
    program, floor_of = read_program(top), floors(top)
    yield f"{'way':<12}{'entered':>9}{'distinct':>10}{'returns':>9}{'climbs':>8}   stages alone: entered, climbs; from"
    for name, places in WAYS.items():
        walked = way(program, places)
        measured, stages = length(walked.rooms(), floor_of), length(walked.rooms(asked(floor_of)), floor_of)
        figures = f"{measured.entered:>9}{measured.distinct:>10}{measured.returns:>9}{measured.climbs:>8}"
        yield f"{name:<12}{figures}{stages.entered:>10}{stages.climbs:>5}   {walked.entered[0].name}"
    package = size(top)
    yield ""
    yield f"lines of logic {package.logic:,} (lines that hold code {package.lines:,})"
    yield f"lines of {len(package.functions):,} functions: {_spread(package.functions)}"
    yield f"lines of their bodies: {_spread(package.bodies)}"
    yield f"names in {len(package.names)} rooms: {_spread(package.names)}"


def _route(top: Path, name: str) -> Iterator[str]:
    for module, functions in groupby(way(read_program(top), WAYS[name]).entered, key=lambda function: function.module):
        yield f"{module}: {', '.join(function.node.name for function in functions)}"


def main() -> None:
    """Print the figures of a tree, or the rooms of one way."""
    parser = argparse.ArgumentParser(description="Count how long the ways through the code are.")
    parser.add_argument("top", nargs="?", type=Path, default=TOP, help="top of the tree to measure")
    parser.add_argument("--route", choices=list(WAYS), help="print the rooms of this way instead")
    given = parser.parse_args()
    print("\n".join(_route(given.top, given.route) if given.route else _report(given.top)))


if __name__ == "__main__":
    main()
