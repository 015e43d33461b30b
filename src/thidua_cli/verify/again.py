"""A result in a file, whichever command wrote it, taken again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.read.source import Source
from thidua_cli.verify.difference import Difference, VerifyResult, What
from thidua_cli.verify.fields import field_differences
from thidua_cli.verify.limits import limit_words
from thidua_cli.verify.result_file import SaidResult
from thidua_cli.verify.said import Document
from thidua_cli.verify.targets import verify_targets
from thidua_cli.verify.verify import verify


@dataclass(frozen=True, slots=True)
class MadeAnew:
    """The document that the same question gives now, of the files that were given."""

    document: Mapping[str, object] | None = None
    """None where it could not be made."""
    hindrances: Sequence[Difference] = ()
    """Why not, as far as the files of the result do not say it themselves."""


def taken_again(result: SaidResult, given: Sequence[Source], anew: MadeAnew) -> VerifyResult:
    """Return what differs between a result and the files it rests on.

    Two ways must lead to it: a second implementation takes every answer again from the figures and cells that the
    result names, and the same question put again gives a document that is compared field by field. What the first has
    told is not told again.
    """
    document = result.document
    if isinstance(document, Document):
        verified = verify(result.name, document, given)
    else:
        verified = verify_targets(result.name, document, given)
    fields = () if anew.document is None else field_differences(result.parsed, anew.document)
    more = unexplained(fields, (*verified.differences, *verified.not_taken_again))
    return replace(
        verified,
        differences=[*verified.differences, *anew.hindrances, *more],
        limits=limit_words(document.limits, [file.file for file in document.files if file.role == _RULES]),
        is_made_anew=anew.document is not None,
    )


_RULES: Final = "rules"
"""The role of a rule file of the user's own; the sets that ship are no files of a result."""
_EXPLAINED: Mapping[What, tuple[str, ...]] = {
    What.FILE_MISSING: ("files",),
    What.RULES: ("rules", "rules_version", "clauses", "comparison", "threshold"),
    What.CELL: ("parts", "counts", "sheet_rows", "beside", "printed_rate"),
    What.COUNT: ("count", "households", "parts", "counts", "beside", "bounds", "printed_rate"),
    What.VALUE: ("exact", "value_low", "value_high", "values", "printed_rate"),
    What.PATH: ("verdict",),
    What.APPLIES: ("applies", "paths"),
    What.VERDICT: ("verdict", "is_due"),
    What.MARGIN: ("margin_households",),
    What.POSITION: ("position",),
    What.ATTAINMENT: ("attainment_percent",),
    What.ATTESTATION: ("state",),
    What.COMPLETENESS: ("completeness",),
    What.EFFECT: ("effect",),
    What.MARGIN_IS_BOUND: ("margin_is_bound",),
    What.UNIT: ("unit_name", "level", "ended_on", "namesakes"),
    What.NAME: ("unit_name",),
}
"""What differs → the fields of a document in which the same shows."""


def unexplained(fields: Iterable[Difference], told: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the differences of fields that were not told already, of the same unit, rule, measure and year."""
    causes = {(difference.what, *_about(difference)) for difference in told}
    by_field: dict[str, list[What]] = {}
    for what, names in _EXPLAINED.items():
        for name in names:
            by_field.setdefault(name, []).append(what)
    for difference in fields:
        steps = {step.partition("[")[0] for step in difference.place.split(".")}
        whats = [what for name in steps for what in by_field.get(name, ())]
        if not any((what, *about) in causes for what in whats for about in _abouts(difference)):
            yield difference


def _about(difference: Difference) -> tuple[str, str, int | None]:
    return difference.unit_code, difference.rule, difference.year


def _abouts(difference: Difference) -> Iterator[tuple[str, str, int | None]]:
    """Yield what a cause may be about that shows in a field: it need not name the rule or the year."""
    for rule in {difference.rule, ""}:
        for year in {difference.year, None}:
            yield difference.unit_code, rule, year
