"""Verdicts × attestations → verdicts with their criteria attested, refused or still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from thidua_cli.attest.statements import Attestations, Mistake, told
from thidua_cli.errors import InputError
from thidua_cli.judge.verdict import Statement, Verdict
from thidua_cli.language import Text
from thidua_cli.model import Level

_LEVEL_OF_DIGITS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


def attested(verdicts: Sequence[Verdict], attestations: Attestations) -> list[Verdict]:
    """Return the verdicts in their order, each criterion with what was said of it.

    Raises:
        InputError: Something was said of a criterion that is not asked of the unit.
    """
    mistakes = [
        Mistake(statement.origin, _NOT_ASKED.fill(id=criterion, unit=verdict.unit_name))
        for verdict in verdicts
        for criterion, statement in attestations.units.get(verdict.unit_code, {}).items()
        if criterion not in {item.id for item, _ in verdict.attest}
    ]
    if mistakes:
        raise InputError(told(attestations.file, mistakes))
    return [_attested(verdict, attestations.units.get(verdict.unit_code, {})) for verdict in verdicts]


def _attested(verdict: Verdict, statements: Mapping[str, Statement]) -> Verdict:
    attest = tuple(
        (item, statements[item.id].state if item.id in statements else state) for item, state in verdict.attest
    )
    return replace(verdict, attest=attest, statements=statements)


def refuse_misfits(
    attestations: Attestations, as_of: int, levels: Mapping[str, Level], is_listed: Callable[[str], bool]
) -> None:
    """Refuse attestations of another year, of units that nobody knows, and of criteria that are for another level.

    Args:
        attestations: What was read.
        as_of: The last year-end judged.
        levels: Level by unit code, of the units of the input files.
        is_listed: Says whether the unit tables know a code.

    Raises:
        InputError: With the cell of each.
    """
    mistakes = [
        Mistake(origin, _OTHER_YEAR.fill(written=str(year), as_of=str(as_of)))
        for year, origin in attestations.years.items()
        if year != as_of
    ]
    for code, statements in attestations.units.items():
        # A unit that the figures lack may be attested all the same: its file comes later. One of no list is a slip.
        level = levels.get(code) or (_LEVEL_OF_DIGITS.get(len(code)) if is_listed(code) else None)
        if level is None:
            mistakes.append(Mistake(attestations.places[code], _UNKNOWN_UNIT.fill(code=code)))
            continue
        for criterion, statement in statements.items():
            if attestations.levels[criterion] != level:
                mistakes.append(Mistake(statement.origin, _OTHER_LEVEL.fill(id=criterion, code=code)))
    if mistakes:
        raise InputError(told(attestations.file, mistakes))


_OTHER_YEAR: Final = Text(
    "phiếu lập cho năm {written}, đang xét năm {as_of}; lập lại phiếu cho năm {as_of}",
    "drawn up for {written}, judged as of {as_of}; make it anew for {as_of}",
)
_UNKNOWN_UNIT: Final = Text(
    "không có đơn vị mã “{code}” trong số liệu và danh mục; nếu mất số 0 ở đầu thì định dạng cột là Văn bản rồi gõ lại",
    "no unit “{code}” in the figures or the lists; if leading zeros were lost, format the column as text and retype",
)
_OTHER_LEVEL: Final = Text(
    "tiêu chí “{id}” không dành cho cấp của đơn vị {code}", "criterion “{id}” is not for the level of unit {code}"
)
_NOT_ASKED: Final = Text("tiêu chí “{id}” không đặt ra cho {unit}", "criterion “{id}” is not asked of {unit}")
