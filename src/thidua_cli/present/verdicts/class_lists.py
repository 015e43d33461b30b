"""By which list, or which file of the user, a unit has its classes: for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from thidua_cli.judge.verdict import ClassSource
from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit.figures import class_label, class_list
from thidua_cli.rulebook.class_lists import class_lists


def class_list_records(sources: Sequence[ClassSource]) -> list[dict[str, object]]:
    """Return one record per class and list or file, as `class_lists` of the documents."""
    return [
        {
            "class": source.written,
            "list": source.list_id or None,
            "document": source.document or None,
            "file": source.file or None,
        }
        for source in sources
    ]


def class_lists_field(sources: Sequence[ClassSource]) -> str:
    """Return the same for one cell of a CSV: "area_3:areas-2021-2025 not_poor_commune:file"."""
    return " ".join(f"{source.written}:{source.list_id or 'file'}" for source in sources)


def classes_with_lists(classes: Sequence[str], sources: Sequence[ClassSource], language: Language) -> str:
    """Return the words for a unit's classes as `class_list`, with what says so: "xã khu vực III (Quyết định …)"."""
    words = class_list(classes, language)
    inside = [written for written in classes if not written.startswith("not_")]
    shown = inside or classes
    by = dict.fromkeys(_by(source).pick(language) for source in sources if source.written in shown)
    return f"{words} ({'; '.join(by)})" if by else words


def class_lists_note(sources: Iterable[ClassSource], asked: Iterable[str], language: Language) -> list[str]:
    """Say once by which lists and files the classes that were asked about are known; nothing where none was."""
    told: dict[tuple[str, str], list[ClassSource]] = {}
    wanted = set(asked)
    for source in sources:
        if source.token in wanted:
            told.setdefault((source.document, source.file), []).append(source)
    if not told:
        return []
    named = [_named(of, language) for of in told.values()]
    return [Text("Phân loại theo: {lists}.", "Classes by: {lists}.").fill(lists="; ".join(named)).pick(language)]


def _named(sources: Sequence[ClassSource], language: Language) -> str:
    """Name one decision or file with the classes that it tells: one decision may make two lists."""
    source = sources[0]
    classes = ", ".join(dict.fromkeys(class_label(each.token, language) for each in sources))
    if not source.list_id:
        return f"{_by(source).pick(language)} ({classes})"
    of = class_lists()[source.list_id]
    text = Text(
        "{document} ngày {signed}, dùng đến {end} ({classes})", "{document} of {signed}, in use to {end} ({classes})"
    )
    signed, end = f"{of.signed:%d/%m/%Y}", f"{of.end:%d/%m/%Y}"
    return text.fill(document=of.document, signed=signed, end=end, classes=classes).pick(language)


def _by(source: ClassSource) -> Text:
    if source.list_id:
        return Text(source.document, source.document)
    return Text("tệp {file}", "file {file}").fill(file=PurePath(source.file).name)
