"""How well the kinds of findings are found: precision and recall over planted mistakes and clean files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from forms.corpus import BY_OFFICE, COMBINATIONS, Combination, Workshop
from forms.corpus_formats import OFFICE
from forms.corpus_planted import Place, Planted
from thidua_cli import pipeline
from thidua_cli.check.catalogue import KINDS
from thidua_cli.findings import Finding
from thidua_cli.normalise.options import ReadingOptions


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one kind of finding."""

    code: str
    planted: int
    """Mistakes of the kind."""
    found: int
    """Mistakes of the kind that were found at their place."""
    false: int
    """Findings of the kind where no mistake of it was made."""

    @property
    def precision(self) -> float:
        """The part of the findings that is right; 1 where there is none."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """The part of the mistakes that is found; 1 where there is none."""
        return self.found / self.planted if self.planted else 1.0


def found_in(folder: Path, options: ReadingOptions | None = None) -> list[tuple[str, Place]]:
    """Return code and place of every finding in the files of a folder."""
    return [(finding.kind.code, place_of(finding)) for finding in findings_in([str(folder)], options)]


def findings_of(mistake: Planted, folder: Path) -> list[Finding]:
    """Return all findings of the files of a mistake, as the command gives them that reads such files."""
    if not mistake.is_class_list:
        return findings_in([str(folder)], mistake.options)
    return [finding for file in sorted(folder.iterdir()) for finding in pipeline.check_classes(file).findings]


def findings_in(arguments: Sequence[str], options: ReadingOptions | None = None) -> list[Finding]:
    """Return all findings of files, as `thidua check` gives them."""
    return pipeline.check(pipeline.read(arguments, options))


def place_of(finding: Finding) -> Place:
    """Return where a finding stands, by the file's own name."""
    return Place(Path(finding.origin.file).name, finding.origin.sheet, finding.origin.cell)


def scores(mistakes: Iterable[Planted], clean: Iterable[Combination]) -> list[Score]:
    """Return one score per kind, in the order of the catalogue, over mistakes and combinations without a mistake."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for number, mistake in enumerate(mistakes):
            planted[mistake.code] += 1
            _count(mistake, Path(folder) / str(number), found, false)
        false.update(_found_in_clean_files(clean, Path(folder) / "clean"))
    return [Score(kind.code, planted[kind.code], found[kind.code], false[kind.code]) for kind in KINDS]


def _count(mistake: Planted, folder: Path, found: Counter[str], false: Counter[str]) -> None:
    folder.mkdir()
    sought = (mistake.code, mistake.write(folder))
    all_found = [(finding.kind.code, place_of(finding)) for finding in findings_of(mistake, folder)]
    if sought in all_found:
        found[mistake.code] += 1
        all_found.remove(sought)
    false.update(code for code, _ in all_found)


def _found_in_clean_files(clean: Iterable[Combination], folder: Path) -> Counter[str]:
    """Return codes of findings in files without a mistake, but for the notes of what was changed while reading."""
    folder.mkdir()
    workshop = Workshop(folder)
    counted: Counter[str] = Counter()
    for combination in clean:
        findings = findings_in([str(path) for path in workshop.files(combination)])
        counted.update(one.kind.code for one in findings if one.kind.code not in combination.notes)
    return counted


def possible() -> list[Combination]:
    """Return the combinations that can be made here; .xls and .ods take LibreOffice."""
    return [one for one in COMBINATIONS if one.format not in BY_OFFICE or OFFICE is not None]


def table(of: Iterable[Score]) -> str:
    """Return the scores as a Markdown table."""
    lines = ["| kind | planted | found | false | precision | recall |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for one in of:
        cells = (
            one.code,
            str(one.planted),
            str(one.found),
            str(one.false),
            f"{one.precision:.2f}",
            f"{one.recall:.2f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
