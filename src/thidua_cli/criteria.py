"""What verdicts are taken by: rules, classes, what persons attested, and what a judge must know of the units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from thidua_cli.attest.statements import Attestations
    from thidua_cli.judge.setting import Setting
    from thidua_cli.measure.ground import Ground
    from thidua_cli.model import Series
    from thidua_cli.rulebook.classes import ClassBook
    from thidua_cli.rulebook.plan_file import PlannedFall
    from thidua_cli.rulebook.schema import Rulebook
    from thidua_cli.units.place import Place


@dataclass(frozen=True, slots=True)
class Criteria:
    """What verdicts are taken by."""

    rulebook: Rulebook
    classes: ClassBook
    class_files: tuple[Path, ...] = ()
    attestations: Attestations | None = None
    """What persons said of the criteria without a number; without it all of them are open."""


def load_criteria(
    rules: str,
    class_files: Sequence[Path] = (),
    attestation_file: Path | None = None,
    readings: Sequence[str] = (),
) -> Criteria:
    """Return a rule file by id or path, with the bundled classes completed by `class_files`, and what was attested.

    Clauses that know one of `readings` are read so.

    Raises:
        UsageError: There is no bundled rule file of that id, or it knows no such reading.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.rulebook.classes import load_classes
    from thidua_cli.rulebook.load import load_rulebook

    rulebook = load_rulebook(rules)
    if readings:
        from thidua_cli.judge.words.readings import read_as

        rulebook = read_as(rulebook, readings)
    attestations = None
    if attestation_file is not None:
        from thidua_cli.attest.read_back import load_attestations

        attestations = load_attestations(attestation_file, rulebook)
    return Criteria(rulebook, load_classes(class_files), tuple(class_files), attestations)


def refuse_without_criteria(criteria: Criteria) -> None:
    """Refuse a rule file without any clause on counts: its verdicts would seem to say that nothing is asked.

    Where persons attested its other criteria, verdicts tell of those.

    Raises:
        UsageError: The file has targets only, or criteria that are attested and no attestations.
    """
    if not criteria.rulebook.rules and criteria.attestations is None:
        name = criteria.rulebook.id
        raise UsageError(
            Text(
                f"bộ quy tắc {name} không có tiêu chí có số để xét; chỉ tiêu thì dùng “thidua targets”",
                f"the rule file {name} has no criteria with numbers; for targets use “thidua targets”",
            )
        )


def load_ground(boundaries: str, share_files: Sequence[Path] = (), unit_files: Sequence[Path] = ()) -> Ground:
    """Return the boundaries written "as-of", "as-reported" or as a day, with the user's files about units.

    Raises:
        UsageError: `boundaries` is none of these.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.measure.boundaries import boundaries_of
    from thidua_cli.measure.ground import load_ground as load

    return load(boundaries_of(boundaries), share_files, unit_files)


def load_plans(files: Sequence[Path]) -> list[PlannedFall]:
    """Return the yearly plans of `--plan` files.

    Raises:
        InputError: A file or a line cannot be read.
    """
    from thidua_cli.rulebook.plan_file import read_plans

    return read_plans(files)


def setting(series: Sequence[Series], as_of: int, classes: ClassBook, day: date | None = None) -> Setting:
    """Return what a judge must know of the units beside their figures, from the tables of units and classes.

    `day` is the day whose boundaries the series were brought to, by default the as-of year-end.
    """
    from functools import partial

    from thidua_cli.judge.setting import Setting
    from thidua_cli.units.changes import bundled_changes
    from thidua_cli.units.class_parts import listed_parts
    from thidua_cli.units.lineage import Lineage
    from thidua_cli.units.place import place_of, units_within
    from thidua_cli.units.province import is_as_on_class_lists

    tables, on = bundled(), day or year_end(as_of)
    lineage = Lineage(tables, bundled_changes())
    return Setting(
        as_of=as_of,
        classes=classes,
        province_of=province_of(series),
        as_listed=lambda code: is_as_on_class_lists(code, on, tables),
        place_of=lambda one: place_of(one.unit_code, one.parent_code, on, tables),
        parts_of=lambda code: listed_parts(code, on, tables, lineage),
        units_within=partial(units_within, tables=tables),
        stands=lambda code, day: tables.get(code, day) is not None,
    )


def places(as_of: int) -> Callable[[Series], Place]:
    """Return the function that says where a unit stands at a year-end."""
    from thidua_cli.units.place import place_of

    return lambda one: place_of(one.unit_code, one.parent_code, year_end(as_of), bundled())


def province_of(series: Sequence[Series]) -> Callable[[str], str]:
    """Return the function that names the province of a unit as the class tables know it: on the list of 2022.

    A village has the province of its commune; an unknown unit has none.
    """
    from thidua_cli.units.province import province_on_class_list

    parents = {one.unit_code: one.parent_code for one in series}
    tables = bundled()

    def found(code: str) -> str:
        return province_on_class_list(code, tables) or province_on_class_list(parents.get(code, ""), tables)

    return found


def refuse_misfits(criteria: Criteria, as_of: int, series: Sequence[Series]) -> list[str]:
    """Refuse attestations that are not of these units, this year or these levels; worth asking before long work.

    Returns the codes of attested units that are among the lists and not among the figures.

    Raises:
        InputError: With the cell of each mistake.
    """
    if criteria.attestations is None:
        return []
    from thidua_cli.attest.apply import refuse_misfits

    levels = {one.unit_code: one.level for one in series}
    refuse_misfits(criteria.attestations, as_of, levels, lambda code: bool(bundled().periods(code)))
    return [code for code in criteria.attestations.units if code not in levels]
