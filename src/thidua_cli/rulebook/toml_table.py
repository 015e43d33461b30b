"""Tables of a rule file, read strictly: every refusal names the file, the line where it can be found, and the key."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from thidua_cli.errors import InputError, toml_reason
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.side_files import side_text

Choice = TypeVar("Choice", bound=StrEnum)

_TOML: Final = Text("văn bản", "a text")
_DECIMAL: Final = late_pattern(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands in a rule file."""

    file: str
    source: str
    """The whole text of the file: TOML values carry no line numbers, so they are looked up here for messages."""
    header: str = ""
    """The table's header as written, "[[rule]]" or "[readings.points]"; empty for the top of the file."""
    ordinal: int = 1
    """1 for the first table with that header."""
    prefix: str = ""
    """Key of the inline table inside that table: "citation."."""

    def refuse(self, key: str, text: Text) -> InputError:
        """Return the error that names file, line and key."""
        line = self.line_of(self.prefix.partition(".")[0] or key)
        where = f"{self.header} {self.ordinal}, " if self.header.startswith("[[") else f"{self.header} ".lstrip()
        name = f"{where}{self.prefix}{key}"
        return InputError(
            Text(
                f"{self.file}{f', dòng {line}' if line else ''}: {name}: {text.vi}",
                f"{self.file}{f', line {line}' if line else ''}: {name}: {text.en}",
            )
        )

    def inside(self, key: str) -> TablePlace:
        """Return the place of the table under `key`."""
        return TablePlace(self.file, self.source, self.header, self.ordinal, f"{self.prefix}{key}.")

    def line_of(self, key: str) -> int | None:
        """Return the line of `key` in this table, or else of the table's header; of the file as a whole, the first.

        None where the table has no header of its own.
        """
        seen, header_line = 0, None
        own_key = re.compile(rf"\s*{re.escape(key)}\s*[.=]")
        inside = not self.header
        for number, line in enumerate(self.source.split("\n"), start=1):
            stripped = line.strip()
            if stripped.startswith("["):
                seen += stripped.startswith(self.header) if self.header else 0
                inside = bool(self.header) and stripped.startswith(self.header) and seen == self.ordinal
                header_line = number if inside else header_line
            elif inside and own_key.match(line):
                return number
        return header_line if self.header else 1


def toml_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: The file cannot be read, or is not UTF-8.
    """
    return side_text(path, _TOML)


def toml_values(source: str, path: Path) -> dict[str, object]:
    """Return what the text of a file says.

    Raises:
        InputError: It is no TOML; the message names the line.
    """
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # also an impossible day, and a number of thousands of digits
        text = Text("{path}: sai cú pháp TOML {reason}", "{path}: not valid TOML: {reason}")
        raise InputError(text.fill(path=path, reason=toml_reason(error))) from error


class CheckedTable:
    """One table of a rule file. Keys that are not expected are refused at once, before any missing one is missed."""

    def __init__(self, values: Mapping[str, object], place: TablePlace, keys: Iterable[str]) -> None:
        self.place = place
        self._values = values
        known = tuple(keys)
        for key in values:
            if key not in known:
                listed = ", ".join(known)
                raise place.refuse(key, Text(f"khóa lạ; các khóa dùng được: {listed}", f"unknown key; known: {listed}"))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str):
            raise self._wrong_type(key, Text("một chuỗi trong dấu nháy", "a text in quotes"))
        if not value.strip():
            raise self.place.refuse(key, Text("để trống", "is empty"))
        if any(unicodedata.category(character) == "Cc" and character != "\n" for character in value):
            text = Text("có ký tự điều khiển không in được", "holds a control character that cannot be printed")
            raise self.place.refuse(key, text)
        return value

    def identifier(self, key: str) -> str:
        """Return an id: lower-case letters, digits and hyphens."""
        value = self.text(key)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            rule = Text(
                "chỉ gồm chữ thường không dấu, chữ số và gạch nối", "takes lower-case letters, digits and hyphens"
            )
            raise self.place.refuse(key, Text(f'"{value}" {rule.vi}', f'"{value}": an id {rule.en}'))
        return value

    def paired_text(self, key: str) -> Text:
        """Return a text given in both languages: `key.vi` and `key.en`."""
        both = self.table(key, ("vi", "en"))
        return Text(both.text("vi"), both.text("en"))

    def table(self, key: str, keys: Iterable[str]) -> CheckedTable:
        """Return the table under `key`, itself checked for unknown keys."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self._wrong_type(key, Text("một bảng { … }", "a table { … }"))
        return CheckedTable(value, self.place.inside(key), keys)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return one of the words of an enumeration."""
        value = self.text(key)
        try:
            return choices(value)
        except ValueError:
            raise self.unknown_word(key, value, choices) from None

    def unknown_word(self, key: str, value: str, words: Iterable[str]) -> InputError:
        """Return the error for a word that is none of `words`."""
        listed = ", ".join(words)
        return self.place.refuse(
            key, Text(f'"{value}" lạ; dùng một trong: {listed}', f'unknown "{value}"; use one of: {listed}')
        )

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return a list of words out of `known`; empty where the key is absent."""
        texts, words = self.texts(key), tuple(known)
        for word in texts:
            if word not in words:
                raise self.unknown_word(key, word, words)
        return texts

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none twice; empty where the key is absent."""
        if key not in self:
            return ()
        value = self._value(key)
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(each, str) and each.strip() for each in value)
        ):
            raise self._wrong_type(key, Text('một danh sách ["…"]', 'a list ["…"]'))
        self._refuse_twice(key, value)
        return tuple(value)

    def whole_numbers(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """Return a list of whole numbers within bounds, ascending, none twice."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(type(each) is int for each in value):
            raise self._wrong_type(key, Text("một danh sách [2023, 2025]", "a list [2023, 2025]"))
        for each in value:
            self._refuse_outside(key, each, least, most)
        self._refuse_twice(key, value)
        if value != sorted(value):
            raise self.place.refuse(key, Text("phải xếp tăng dần", "must ascend"))
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is absent."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong_type(key, Text("true hoặc false, không có dấu nháy", "true or false, no quotes"))
        return value

    def values(self) -> dict[str, object]:
        """Return a copy of the table as the file gives it."""
        return dict(self._values)

    def whole_number(self, key: str, least: int, most: int | None = None) -> int:
        """Return a whole number of at least `least`, and at most `most` where that is given."""
        value = self._value(key)
        if type(value) is not int:  # True is an int to Python, not to a reader
            raise self._wrong_type(key, Text("một số nguyên", "a whole number"))
        self._refuse_outside(key, value, least, most)
        return value

    def day(self, key: str) -> date:
        """Return a date written without quotes: 2022-06-02."""
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self._wrong_type(
                key, Text("một ngày dạng 2022-06-02, không có dấu nháy", "a date like 2022-06-02, no quotes")
            )
        return value

    def decimal(self, key: str) -> Decimal:
        """Return a decimal written as text, so that 1.1 in the file is 1.1 and not the nearest binary fraction."""
        value = self._value(key)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise self._wrong_type(
                key,
                Text(
                    'một số thập phân không âm, dấu chấm, trong dấu nháy: "1.5"',
                    'a decimal in quotes, not negative: "1.5"',
                ),
            )
        return Decimal(value)

    def _value(self, key: str) -> object:
        if key not in self._values:
            raise self.place.refuse(key, Text("thiếu khóa này", "this key is missing"))
        return self._values[key]

    def _refuse_outside(self, key: str, value: int, least: int, most: int | None) -> None:
        if least <= value and (most is None or value <= most):
            return
        text = Text(f"{value} nhỏ hơn {least}", f"{value} is less than {least}")
        if most is not None:
            text = Text(f"{value} không nằm trong {least}–{most}", f"{value} is not within {least}–{most}")
        raise self.place.refuse(key, text)

    def _refuse_twice(self, key: str, values: Sequence[object]) -> None:
        for position, each in enumerate(values):
            if each in values[:position]:
                raise self.place.refuse(key, Text(f"{each} có hai lần", f"{each} stands twice"))

    def _wrong_type(self, key: str, wanted: Text) -> InputError:
        return self.place.refuse(key, Text(f"phải là {wanted.vi}", f"must be {wanted.en}"))
