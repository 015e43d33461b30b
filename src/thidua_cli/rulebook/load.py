"""Rule files → `Rulebook`. Strict: what the file says must be whole, or it is refused with file, line and key.

Reading rule and class files belongs here, not to `read`: that stage opens the spreadsheets people submit, with their
limits and encodings; these are the program's own records.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.rulebook.clauses import ATTEST_KEYS, RULE_KEYS, TARGET_KEYS, read_attest, read_criterion, read_target
from thidua_cli.rulebook.context import RELATED_KEYS, read_context, read_related
from thidua_cli.rulebook.inherit import OVERRIDE_KEYS, Draft, RawClause, refuse_twice, with_base
from thidua_cli.rulebook.schema import ClassExit, Clause, Rulebook
from thidua_cli.rulebook.toml_table import CheckedTable, TablePlace, toml_text, toml_values

_BUNDLED: Final = Path(__file__).parent.parent / "data" / "rules"

_EXAMPLES: Final = _BUNDLED / "examples"

_BOOK_KEYS: Final = (
    *("id", "version", "title", "citation", "readings", "rule", "attest", "target", "override"),
    *("extends", "within", "applies", "alternatives", "completeness", "closed", "related"),
)
_CLAUSE_KEYS: Final = {"rule": RULE_KEYS, "target": TARGET_KEYS, "override": OVERRIDE_KEYS, "attest": ATTEST_KEYS}


def bundled_ids() -> tuple[str, ...]:
    """Return the ids of the rule files that come with the program, sorted."""
    return tuple(sorted(file.stem for file in _BUNDLED.glob("*.toml")))


def example_ids() -> tuple[str, ...]:
    """Return the ids of the examples that come along: plans of which only a part could be cited, sorted."""
    return tuple(sorted(file.stem for file in _EXAMPLES.glob("*.toml")))


def load_rulebook(id_or_path: str) -> Rulebook:
    """Return a bundled rule file by its id, or a user's own by its path.

    Raises:
        UsageError: the id is not known and the text is not a path either (exit status 2).
        InputError: the file cannot be read or what it says is not whole (exit status 3).
    """
    path = rule_file(id_or_path)
    return _book(_draft(toml_text(path), path, ()), "" if path.parent in {_BUNDLED, _EXAMPLES} else str(path))


def parse_rulebook(text: str, path: Path) -> Rulebook:
    """Return what a rule file would say that stood at `path` and held `text`.

    Raises:
        InputError: what it says is not whole.
    """
    return _book(_draft(text, path, ()), str(path))


def rule_file(id_or_path: str) -> Path:
    """Return where a rule file stands: a bundled one by its id, any other by its path.

    Raises:
        UsageError: the id is not known and the text is not a path either.
    """
    shipped = _shipped(id_or_path)
    if shipped is not None:
        return shipped
    path = Path(id_or_path)
    if path.suffix.lower() == ".toml" or path.name != id_or_path or path.exists():
        return path
    known = ", ".join((*bundled_ids(), *example_ids()))
    raise UsageError(
        Text(
            f'Không có bộ quy tắc "{id_or_path}". Các bộ có sẵn: {known}; hoặc ghi đường dẫn tới tệp .toml.',
            f'There are no rules "{id_or_path}". Known: {known}; or give the path of a .toml file.',
        )
    )


def _shipped(book_id: str) -> Path | None:
    """Return where the rule file or example of that id stands; None where none comes with the program."""
    if book_id in bundled_ids():
        return _BUNDLED / f"{book_id}.toml"
    return _EXAMPLES / f"{book_id}.toml" if book_id in example_ids() else None


def _draft(source: str, path: Path, extending: tuple[Path, ...]) -> Draft:
    """Return a file as its clauses not read yet, those of the file it extends among them."""
    top = CheckedTable(toml_values(source, path), TablePlace(str(path), source), _BOOK_KEYS)
    context = read_context(top)
    clauses = [RawClause(key, table, context) for key in _CLAUSE_KEYS for table in _tables(top, key, _CLAUSE_KEYS[key])]
    draft = Draft(top, context, tuple(clauses))
    if "extends" not in top:
        return with_base(draft, None)
    base = _extended_file(top, path)
    if base.resolve() in {each.resolve() for each in (path, *extending)}:
        text = Text(f"tệp {base} lại dựa vào chính tệp này", f"{base} builds on this file in turn")
        raise top.place.refuse("extends", text)
    base_draft = _draft(toml_text(base), base, (path, *extending))
    _book(base_draft, "")  # its own mistakes are told as such before anything of it is narrowed or replaced
    paths = () if base.parent in {_BUNDLED, _EXAMPLES} else (str(base), *base_draft.extended_paths)
    return replace(with_base(draft, base_draft), extended_paths=paths)


def _extended_file(top: CheckedTable, path: Path) -> Path:
    """Return the file under `extends`: a bundled one by its id, another by its path as seen from this file."""
    name = top.text("extends")
    base = _shipped(name) or path.parent / name
    if not base.is_file():
        known = ", ".join((*bundled_ids(), *example_ids()))
        text = Text(
            f'không có "{name}"; ghi một mã có sẵn ({known}) hoặc đường dẫn tính từ tệp này',
            f'there is no "{name}"; give a known id ({known}) or a path as seen from this file',
        )
        raise top.place.refuse("extends", text)
    return base


def _book(draft: Draft, path: str) -> Rulebook:
    top, clauses = draft.top, draft.clauses
    book_id, title, version = top.identifier("id"), top.paired_text("title"), top.text("version")
    targets = [read_target(each.table, each.context) for each in clauses if each.key == "target"]
    book = Rulebook(
        book_id,
        title,
        version,
        draft.context.citation,
        tuple(read_criterion(each.table, each.context) for each in clauses if each.key == "rule"),
        tuple(read_attest(each.table, each.context) for each in clauses if each.key == "attest"),
        path,
        targets=tuple(target for target in targets if isinstance(target, Clause)),
        class_exits=tuple(target for target in targets if isinstance(target, ClassExit)),
        extends=draft.extends,
        overrides=draft.overrides,
        within=draft.context.within,
        extended_paths=draft.extended_paths,
        completeness=top.paired_text("completeness") if "completeness" in top else None,
        closing=draft.context.closing,
        related=tuple(map(read_related, _tables(top, "related", RELATED_KEYS))),
        is_part=Path(top.place.file).parent == _EXAMPLES,
    )
    if not clauses:
        raise top.place.refuse("rule", Text("tệp không có quy tắc nào", "the file holds no rule"))
    refuse_twice(clauses)
    return book


def _tables(top: CheckedTable, key: str, keys: Iterable[str]) -> list[CheckedTable]:
    tables = top.values().get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        place = TablePlace(top.place.file, top.place.source, f"[{key}]")
        raise place.refuse(key, Text(f"phải viết thành các bảng [[{key}]]", f"must be written as tables [[{key}]]"))
    return [
        CheckedTable(table, TablePlace(top.place.file, top.place.source, f"[[{key}]]", ordinal), keys)
        for ordinal, table in enumerate(tables, start=1)
    ]
