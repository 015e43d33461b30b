"""A recognised table: its header and its columns with what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_cli.model import column_letters


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a recognised table."""

    index: int
    """0-based column in the sheet."""
    path: tuple[str, ...]
    """Heading from the top header row down, as printed."""
    meaning: str | None
    """Meaning by data/headings.toml; None where the heading is not known."""
    year: int | None = None
    """Year in the heading ("Hộ nghèo › 2023"); None where it names none."""

    @property
    def letters(self) -> str:
        """Column in Excel's letters."""
        return column_letters(self.index)

    @property
    def heading(self) -> str:
        """The path for a person to read."""
        return " › ".join(" ".join(segment.split()) for segment in self.path)


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised table: header rows and columns, 0-based."""

    title: tuple[str, ...]
    """Texts above the header."""
    header_top: int
    header_bottom: int
    """Last row that is no data: the numbering row where there is one."""
    columns: tuple[Column, ...]
    year: int | None = None
    """Year of all its figures, where the headings name it."""

    def column(self, meaning: str) -> Column | None:
        """Return the first column of a meaning."""
        return next((column for column in self.columns if column.meaning == meaning), None)
