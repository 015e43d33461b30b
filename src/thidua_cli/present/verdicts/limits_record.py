"""What limited an answer, for machines: with it and the files the answer can be taken again."""

from __future__ import annotations

from thidua_cli.language import Language
from thidua_cli.present.config.record import config_field
from thidua_cli.results import Limits


def limits_record(limits: Limits, language: Language) -> dict[str, object]:
    """Return everything that was asked and changes the answer; null and [] where it was not asked.

    What the file of an office set is said where it set anything.
    """
    return {
        "rules": limits.rules,
        "level": limits.level,
        "trace": limits.trace,
        "year": limits.year,
        "unit": limits.unit,
        "within": limits.within,
        "poverty_line": limits.poverty_line,
        "readings": list(limits.readings),
        "boundaries": limits.boundaries,
        "mapping": limits.mapping,
        "classes": list(limits.classes),
        "attestations": limits.attestations,
        "shares": list(limits.shares),
        "units": list(limits.units),
        "plans": list(limits.plans),
        "waivers": limits.waivers,
        "waived_on": None if limits.waived_on is None else limits.waived_on.isoformat(),
        "language": language.value,
        **config_field(limits.config),
    }
