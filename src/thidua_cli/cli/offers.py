"""What a shell offers behind the Tab key for a value that is one of a list: each imports what it needs only then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from thidua_cli.cli.speech import current_language
from thidua_cli.errors import ThiduaError


def beginning_with(incomplete: str, words: Iterable[str]) -> list[str]:
    """Return the words that begin so; typer keeps no others."""
    return [word for word in words if word.startswith(incomplete)]


def offer_rule_files(incomplete: str) -> list[str]:
    """Return ids of bundled rule files and examples, and the .toml files and folders where a path is being typed."""
    from thidua_cli.rulebook.load import bundled_ids, example_ids

    return [*beginning_with(incomplete, (*bundled_ids(), *example_ids())), *_paths(incomplete)]


def offer_readings(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Return the other readings of the rule file that stands on the line already."""
    from thidua_cli.rulebook.class_reading import CLASS_AT_START, READING, has_class_reading
    from thidua_cli.rulebook.load import load_rulebook

    try:
        book = load_rulebook(str(ctx.params.get("rules") or ""))
    except ThiduaError:
        return []  # nothing is offered where nothing is known; the command will say what is wrong with the file
    clauses = (*book.clauses, *book.targets)
    texts = {alternative.id: alternative.reading for clause in clauses for alternative in clause.alternatives}
    if has_class_reading(book):
        texts[CLASS_AT_START] = READING
    language = current_language()
    return [(name, texts[name].pick(language)) for name in beginning_with(incomplete, texts)]


def offer_finding_codes(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes of findings with their titles."""
    from thidua_cli.check.catalogue import KINDS

    titles = {kind.code: kind.title.pick(current_language()) for kind in KINDS}
    return [(code, titles[code]) for code in beginning_with(incomplete, titles)]


def offer_poverty_lines(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of poverty lines with their titles."""
    from thidua_cli.rulebook.lines import poverty_lines

    titles = {line.id: line.title.pick(current_language()) for line in poverty_lines().values()}
    return [(line, titles[line]) for line in beginning_with(incomplete, titles)]


def _paths(incomplete: str) -> Sequence[str]:
    if not incomplete:
        return []
    folder, _, start = incomplete.rpartition("/")
    top = Path(folder + "/") if folder or incomplete.startswith("/") else Path()
    if not top.is_dir():
        return []
    near = sorted(path for path in top.iterdir() if path.name.startswith(start))
    files = [path for path in near if path.suffix == ".toml" or path.is_dir()]
    return [f"{path}/" if path.is_dir() else str(path) for path in files]
