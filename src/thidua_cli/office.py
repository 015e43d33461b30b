"""The office that hands a paper in: what stands above, beside and below its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Office(NamedTuple):
    """Who issues a paper, when, under which number, and to whom; every part may be blank, to be filled in by hand."""

    superior: str = ""
    """The agency above, such as "UBND TỈNH ĐIỆN BIÊN"."""
    agency: str = ""
    """The agency that issues the paper."""
    place: str = ""
    """Where it is issued, as it stands before the day: "Điện Biên"."""
    signer_title: str = ""
    """Office of the person who signs, lines apart by a line break: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"."""
    signer: str = ""
    """Name of that person."""
    prepared_by: str = ""
    """Name of the person who made the table."""
    number: str = ""
    """Number and symbol of the paper: "12/BC-UBND"."""
    date: date | None = None
    """Day of issue; never that of the clock, so that the same input gives the same paper."""
    recipients: tuple[str, ...] = ()
    """Who gets it, one line each."""


NO_OFFICE: Final = Office()
"""Every part blank."""
