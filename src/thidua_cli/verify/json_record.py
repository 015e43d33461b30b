"""Reading a JSON document field by field: what is not as promised is told with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Never

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern

_DIGITS: Final = late_pattern(r"-?[0-9]+(?:\.[0-9]+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One object of a JSON document."""

    values: Mapping[str, object]
    place: str
    """Where it stands: "result.json: rows[3]"."""

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self._value(key)
        return value if isinstance(value, str) else self._refuse(key, value)

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None where it is null or absent."""
        return None if self.values.get(key) is None else self.text(key)

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of some."""
        text = self.text(key)
        return text if text in allowed else self._refuse(key, text)

    def optional_day(self, key: str) -> str | None:
        """Return a day as it is written, 2024-12-31, or None where it is null or absent."""
        text = self.optional_text(key)
        try:
            return None if text is None else date.fromisoformat(text).isoformat()
        except ValueError:
            self._refuse(key, text)

    def text_or_null(self, key: str) -> str | None:
        """Return a text or null; the key must be there."""
        return None if self._value(key) is None else self.text(key)

    def whole_or_null(self, key: str) -> int | None:
        """Return a whole number or null; the key must be there."""
        return None if self._value(key) is None else self.whole(key)

    def whole(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self._value(key)
        # In Python true is the number 1.
        return value if isinstance(value, int) and not isinstance(value, bool) else self._refuse(key, value)

    def optional_whole(self, key: str) -> int | None:
        """Return a whole number, or None where it is null or absent."""
        return None if self.values.get(key) is None else self.whole(key)

    def decimal(self, key: str) -> Decimal:
        """Return a number that must be there."""
        value = self._value(key)
        known = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return Decimal(str(value)) if known else self._refuse(key, value)

    def optional_decimal(self, key: str) -> Decimal | None:
        """Return a number, or None where it is null or absent."""
        return None if self.values.get(key) is None else self.decimal(key)

    def digits(self, key: str) -> str:
        """Return a number that is written as a text, as it is written: "1.5"."""
        text = self.text(key)
        return text if _DIGITS.match(text) else self._refuse(key, text)

    def optional_digits(self, key: str) -> str | None:
        """Return a number that is written as a text, or None where it is null or absent."""
        return None if self.values.get(key) is None else self.digits(key)

    def counts(self, key: str) -> dict[str, int]:
        """Return an object of whole numbers."""
        record = self.optional_record(key)
        return {} if record is None else {name: record.whole(name) for name in record.values}

    def truth(self, key: str) -> bool | None:
        """Return true, false or null."""
        value = self._value(key)
        return value if value is None or isinstance(value, bool) else self._refuse(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(text if isinstance(text, str) else self._refuse(key, text) for text in self._list(key))

    def records(self, key: str) -> list[JsonRecord]:
        """Return a list of objects."""
        return [
            JsonRecord(record, f"{self.place}.{key}[{index}]")
            if isinstance(record, dict)
            else self._refuse(key, record)
            for index, record in enumerate(self._list(key))
        ]

    def optional_records(self, key: str) -> list[JsonRecord]:
        """Return a list of objects, none where it is absent."""
        return self.records(key) if key in self.values else []

    def record(self, key: str) -> JsonRecord:
        """Return an object that must be there."""
        self._value(key)
        record = self.optional_record(key)
        return self._refuse(key, None) if record is None else record

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        numbers = self._list(key)
        return tuple(
            number if isinstance(number, int) and not isinstance(number, bool) else self._refuse(key, number)
            for number in numbers
        )

    def chosen(self, key: str, records: Sequence[JsonRecord], number: int) -> JsonRecord:
        """Return the record that a field names by its number in a list of the document, from 0."""
        return records[number] if 0 <= number < len(records) else self._refuse(key, self.values[key])

    def matches(self, key: str, pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
        """Return the groups of each match in a text that consists of matches alone."""
        text = self.text(key)
        matches = list(pattern.finditer(text))
        is_whole = bool(matches) and "".join(match.group() for match in matches) == text
        return [match.groups() for match in matches] if is_whole else self._refuse(key, text)

    def optional_record(self, key: str) -> JsonRecord | None:
        """Return an object, or None where it is null or absent."""
        value = self.values.get(key)
        if value is None:
            return None
        return JsonRecord(value, f"{self.place}.{key}") if isinstance(value, dict) else self._refuse(key, value)

    def _list(self, key: str) -> list[object]:
        value = self._value(key)
        return value if isinstance(value, list) else self._refuse(key, value)

    def _value(self, key: str) -> object:
        if key not in self.values:
            text = Text(
                "{place}: thiếu “{key}”; tệp kết quả lập bằng bản cũ hoặc đã bị sửa, hãy lập lại",
                "{place}: “{key}” is missing; made by an earlier version or altered, make it anew",
            )
            raise InputError(text.fill(place=self.place, key=key))
        return self.values[key]

    def _refuse(self, key: str, value: object) -> Never:
        text = Text("{place}: “{key}” không hợp lệ: {value}", "{place}: “{key}” is not valid: {value}")
        raise InputError(text.fill(place=self.place, key=key, value=repr(value)[:60]))
