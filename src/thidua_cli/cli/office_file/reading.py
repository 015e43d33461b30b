"""What the file of an office says, read strictly: all that is wrong is told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from thidua_cli.cli.office_file.office_parts import OFFICE_READERS
from thidua_cli.cli.office_file.place import OfficeFilePlace
from thidua_cli.cli.office_file.settings import DEFAULTS, OFFICE
from thidua_cli.cli.office_file.values import READERS, Reader
from thidua_cli.errors import InputError, UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.likeness import KnownTexts
from thidua_cli.office import Office
from thidua_cli.read.source import Source, digest
from thidua_cli.results import SettingsUsed
from thidua_cli.rulebook.toml_table import TablePlace, toml_values
from thidua_cli.side_files import side_text

_KIND: Final = Text("văn bản TOML", "a text of TOML")
_MOST_BYTES: Final = 1 << 20
"""Of the whole file: one with every key is a thousandth of it."""


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """What the file says, each value as the option takes it."""

    defaults: Mapping[str, Any]
    office: Office
    lines: Mapping[tuple[str, str], int]
    """Table and key → line of the file."""


def read_office_file(place: OfficeFilePlace) -> OfficeFile:
    """Return what the file says; paths in it are seen from its own folder.

    Raises:
        InputError: It cannot be read, is no TOML, or says something that is not allowed; all of it is told.
    """
    source = side_text(place.path, _KIND, _MOST_BYTES)
    content = _FileContent(place, source)
    content.look_at(toml_values(source, place.path))
    if content.faults:
        raise InputError(Text.joined("\n", content.faults))
    return OfficeFile(content.taken[DEFAULTS], Office(**content.taken[OFFICE]), content.lines)


def settings_used(place: OfficeFilePlace, options: Iterable[str]) -> SettingsUsed:
    """Return what a result records of the file: its name, its SHA-256, and the options it set."""
    return SettingsUsed(str(place.path), digest(Source(str(place.path), place.path)), tuple(options))


@dataclass(slots=True)
class _FileContent:
    """What is taken from the file, and what is wrong with it."""

    place: OfficeFilePlace
    source: str
    faults: list[Text] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=lambda: {DEFAULTS: {}, OFFICE: {}})
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def look_at(self, values: Mapping[str, object]) -> None:
        """Take every table."""
        for name, value in values.items():
            if name not in _TABLES:
                self._refuse_table(name, value)
            elif isinstance(value, dict):
                self._look_into(name, value)
            else:
                self._refuse(TablePlace(self.place.shown, self.source).line_of(name), name, _NO_TABLE.fill(name=name))

    def _look_into(self, table: str, values: Mapping[str, object]) -> None:
        place, readers = TablePlace(self.place.shown, self.source, f"[{table}]"), _TABLES[table]
        for key, value in values.items():
            line = place.line_of(key)
            if key not in readers:
                self._refuse(line, f"[{table}] {key}", _UNKNOWN.fill(near=_near(key, readers), known=_listed(readers)))
                continue
            try:
                self.taken[table][key] = readers[key](value, self.place.path.parent)
            except UsageError as error:
                self._refuse(line, f"[{table}] {key}", error.text)
            if line is not None:
                self.lines[table, key] = line

    def _refuse_table(self, name: str, value: object) -> None:
        """Refuse a table or a key at the head of the file that is none of ours."""
        home = next((table for table, readers in _TABLES.items() if name in readers), None)
        if isinstance(value, dict) or home is None:
            line = TablePlace(self.place.shown, self.source, f"[{name}]").line_of("") or self._top_line(name)
            self._refuse(line, name, _UNKNOWN.fill(near=_near(name, _TABLES), known=_listed(_TABLES)))
        else:
            self._refuse(self._top_line(name), name, _BELONGS.fill(table=home))

    def _top_line(self, name: str) -> int | None:
        return TablePlace(self.place.shown, self.source).line_of(name)

    def _refuse(self, line: int | None, name: str, text: Text) -> None:
        shown = {"file": self.place.shown, "name": name, "text": text}
        where = _WITH_LINE.fill(line=str(line), **shown) if line is not None else _WITHOUT_LINE.fill(**shown)
        self.faults.append(where)


_TABLES: Final[Mapping[str, Mapping[str, Reader]]] = {DEFAULTS: READERS, OFFICE: OFFICE_READERS}


def _near(key: str, known: Iterable[str]) -> Text:
    near = KnownTexts({each: each for each in known}).close_to(key.casefold(), 1, 60)
    return _NEAR.fill(key=near[0]) if near else Text("", "")


def _listed(known: Iterable[str]) -> str:
    return ", ".join(known)


_WITH_LINE: Final = Text("{file}, dòng {line}: {name}: {text}", "{file}, line {line}: {name}: {text}")
_WITHOUT_LINE: Final = Text("{file}: {name}: {text}", "{file}: {name}: {text}")
_UNKNOWN: Final = Text("khóa lạ{near}; các khóa dùng được: {known}", "unknown key{near}; known: {known}")
_NEAR: Final = Text("; gần nhất: {key}", "; nearest: {key}")
_BELONGS: Final = Text("đặt khóa này dưới dòng [{table}]", "this key belongs below a line [{table}]")
_NO_TABLE: Final = Text("phải là một bảng: dòng [{name}]", "must be a table: a line [{name}]")
