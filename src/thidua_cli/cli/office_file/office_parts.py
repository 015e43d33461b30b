"""Values of `[office]`: who issues papers, each part of which may be blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from thidua_cli.cli.office_file.values import Reader, line, texts
from thidua_cli.cli.years import day_of_issue
from thidua_cli.errors import UsageError
from thidua_cli.language import Text


def _lines(value: object, _: Path | None = None) -> str:
    """Return a text of one or several lines."""
    if not isinstance(value, str):
        return line(value)
    return "\n".join(line(each).strip() for each in value.splitlines())


def _recipients(value: object, _: Path | None = None) -> tuple[str, ...]:
    """Return the recipients, of a list or of a text with one a line."""
    if isinstance(value, str):
        return tuple(each for each in _lines(value).splitlines() if each)
    return tuple(texts(value))


def issue_date(value: object, _: Path | None = None) -> date | None:
    """Return a day that is written as TOML does, or as people do; none where it is blank.

    Raises:
        UsageError: It is no day of issue.
    """
    if value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    day = day_of_issue(value) if isinstance(value, str) else None
    if day is None:
        raise UsageError(_NO_DAY)
    return day


_NO_DAY: Final = Text(
    'phải là một ngày từ năm 1993 đến 2099: 2025-06-30 hoặc "30/06/2025"',
    'must be a day of the years 1993 to 2099: 2025-06-30 or "30/06/2025"',
)
OFFICE_READERS: Final[Mapping[str, Reader]] = {
    "superior": line,
    "agency": line,
    "place": line,
    "number": line,
    "date": issue_date,
    "signer_title": _lines,
    "signer": line,
    "prepared_by": line,
    "recipients": _recipients,
}
"""Key of `[office]` → what takes its value."""
