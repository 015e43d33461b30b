"""A result → the document that the same question gives now: the same limits, over the files that were given.

What limited the result is taken from it and applied once more; everything else is made of the files, by the way every
answer takes (`pipeline`). `verify.fields` holds the two documents against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli import pipeline
from thidua_cli.errors import InputError, UsageError
from thidua_cli.inputs import Accepted, Inputs, load_accepted, load_boundaries, load_inputs, reading_options
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Level
from thidua_cli.read.source import Source
from thidua_cli.results import Limits, SettingsUsed, SourceFile, SourceRole
from thidua_cli.verify.again import MadeAnew
from thidua_cli.verify.cells import match_files
from thidua_cli.verify.compact import COMPACT, expanded
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.document import TARGETS, TRACE
from thidua_cli.verify.limits import limit_words
from thidua_cli.verify.result_file import SaidResult
from thidua_cli.verify.said import SaidLimits

if TYPE_CHECKING:
    from thidua_cli.attest.statements import Attestations
    from thidua_cli.findings import Finding
    from thidua_cli.normalise.files_read import FilesRead
    from thidua_cli.rulebook.schema import Rulebook


def made_anew(result: SaidResult, given: Sequence[Source]) -> MadeAnew:
    """Return the document of the same question; none where a file of the result was not given, or is another by now.

    Files that were given and that the result does not list are read too: a unit that only they hold was left out.
    """
    stated = result.document.files
    matched = match_files(stated, given, ())
    if matched.differences:
        return MadeAnew()
    tables = dict.fromkeys(file.file for file in stated if file.role == SourceRole.OBSERVATIONS)
    others = [source for source in given if source not in matched.sources.values()]
    now = [*(matched.sources[name] for name in tables), *others]
    then = [*(Source(name, matched.sources[name].path) for name in tables), *others]
    paths = {name: source.path for name, source in matched.sources.items() if source.path is not None}
    try:
        asked = _AskedAgain(result, paths)
        reading = asked.read(then)
        # A name may say the year or the unit of a table: under another name a file must say the same.
        told_by_names = then != now and _rows(reading) != _rows(asked.read(now))
        hindrances = [Difference(What.LIMIT, _names(then), _names(now), _TOLD_BY_NAMES)] if told_by_names else []
        return MadeAnew(asked.answer(reading), hindrances)
    except (UsageError, InputError) as error:
        return MadeAnew(None, [Difference(What.LIMIT, _quoted(result.document.limits), "–", error.text)])


class _AskedAgain:
    """What the result answers, with everything it names loaded."""

    def __init__(self, result: SaidResult, paths: Mapping[str, Path]) -> None:
        self._schema, self._as_of = result.parsed["schema"], result.document.as_of
        self._limits = limits = result.document.limits
        self._paths = paths
        self._language = _language(limits.language)
        self._level = None if limits.level is None else _level(limits.level)
        mapping = None if limits.mapping is None else self._path(limits.mapping)
        self._options = reading_options(limits.year, limits.unit, mapping, limits.within, limits.poverty_line)
        self._inputs = self._loaded()

    def _loaded(self) -> Inputs:
        limits = self._limits
        inputs = load_inputs(
            str(self._paths.get(limits.rules, limits.rules)),  # the id of a rule file that ships stands for itself
            self._listed(limits.classes),
            readings=limits.readings,
            plan_files=self._listed(limits.plans),
            boundaries=load_boundaries(limits.boundaries, self._listed(limits.shares), self._listed(limits.units)),
            within=limits.within,
        )
        classes = inputs.classes.with_files({str(path): name for name, path in self._paths.items()})
        attested = self._attestations(inputs.rulebook)
        return replace(inputs, classes=classes, attestations=attested, accepted=self._accepted())

    def _attestations(self, rulebook: Rulebook) -> Attestations | None:
        name = self._limits.attestations
        if name is None:
            return None
        from thidua_cli.attest.read_back import load_attestations

        return load_attestations(Source(name, self._path(name)), rulebook)

    def _accepted(self) -> Accepted | None:
        name = self._limits.waivers
        return None if name is None else load_accepted(self._path(name), _day(self._limits.waived_on))

    def _listed(self, names: Sequence[str]) -> list[Path]:
        return [self._path(name) for name in names]

    def _path(self, name: str) -> Path:
        """Return where a file is.

        Raises:
            InputError: The result does not list it: nobody can say what it held.
        """
        if name not in self._paths:
            raise InputError(_NOT_LISTED.fill(file=name))
        return self._paths[name]

    def read(self, sources: Sequence[Source]) -> FilesRead:
        """Return what the files hold, read as they were then."""
        return pipeline.read_sources(sources, self._options)

    def answer(self, reading: FilesRead) -> dict[str, object]:
        """Return the answer as a document, in the language of the result."""
        findings: Sequence[Finding] = pipeline.check(reading)
        if self._inputs.accepted is not None:
            findings = self._inputs.accepted.applied(findings).findings
        return self._targets(reading, findings) if self._schema == TARGETS else self._verdicts(reading, findings)

    def _targets(self, reading: FilesRead, findings: Sequence[Finding]) -> dict[str, object]:
        from thidua_cli.present.targets.records import targets_document

        result = pipeline.targets(reading, self._inputs, self._as_of, self._level, findings)
        sources, limits = self._sources(result.sources), self._named(result.limits)
        return targets_document(replace(result, sources=sources, limits=limits), self._language)

    def _verdicts(self, reading: FilesRead, findings: Sequence[Finding]) -> dict[str, object]:
        from thidua_cli.present.verdicts.records import eligible_document
        from thidua_cli.present.verdicts.trace import trace_document

        result = pipeline.eligible(reading, self._inputs, self._as_of, self._level, findings)
        named = replace(result, sources=self._sources(result.sources), limits=self._named(result.limits))
        if self._schema == TRACE:
            return trace_document(named.of_unit(self._limits.trace or ""), self._language)
        document = eligible_document(named, self._language)
        return document if self._schema == COMPACT else dict(expanded(document))

    def _sources(self, sources: Sequence[SourceFile]) -> list[SourceFile]:
        """Return the files beside the tables as the result names them, wherever they were read."""
        names = {path.resolve(): name for name, path in self._paths.items()}
        return [
            source
            if source.role is SourceRole.OBSERVATIONS
            else replace(source, file=names.get(Path(source.file).resolve(), source.file))
            for source in sources
        ]

    def _named(self, limits: Limits) -> Limits:
        """Return the limits with the names under which `_loaded` has loaded their files."""
        stated, config = self._limits, self._limits.config
        return replace(
            limits,
            rules=stated.rules if stated.rules in self._paths else limits.rules,
            mapping=stated.mapping,
            classes=stated.classes,
            shares=stated.shares,
            units=stated.units,
            plans=stated.plans,
            waivers=stated.waivers,
            config=None if config is None else SettingsUsed(config.file, config.sha256, config.options),
        )


def _language(written: str) -> Language:
    if written not in set(Language):
        raise UsageError(_UNKNOWN.fill(name="language", value=written))
    return Language(written)


def _level(written: str) -> Level:
    if written not in set(Level):
        raise UsageError(_UNKNOWN.fill(name="level", value=written))
    return Level(written)


def _day(written: str | None) -> date:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        raise UsageError(_UNKNOWN.fill(name="waived_on", value=written or "null")) from None


def _rows(reading: FilesRead) -> object:
    rows = reading.observations
    return rows.unit_code, rows.year, rows.status, rows.poverty_line, rows.counts, rows.rates


def _names(sources: Sequence[Source]) -> str:
    return ", ".join(source.name for source in sources)


def _quoted(limits: SaidLimits) -> str:
    return "; ".join(text.vi for text in limit_words(limits)) or "–"


_UNKNOWN: Final = Text("limits.{name}: không có “{value}”", "limits.{name}: there is no “{value}”")
_TOLD_BY_NAMES: Final = Text(
    "tên tệp hoặc thư mục cho biết năm hay đơn vị của biểu, mà tệp nay mang tên khác; nêu tệp với tên và thư mục cũ",
    "the names of files or folders tell the year or the unit of a table, and are others now; give the files under the "
    "names and folders of then",
)
_NOT_LISTED: Final = Text(
    "{file}: kết quả nêu tệp này trong “limits” nhưng không liệt kê trong “files”",
    "{file}: named in “limits” and not listed in “files”",
)
