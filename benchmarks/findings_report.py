"""Print precision and recall of every kind of finding: `PYTHONPATH=scripts python benchmarks/findings_report.py`."""

from __future__ import annotations

from forms.corpus_planted_records import planted
from forms.corpus_score import possible, scores, table


def main() -> None:
    """Print one row per kind, over the planted mistakes and the clean files of the corpus."""
    mistakes, clean = planted(), possible()
    found = scores(mistakes, clean)
    print(f"{len(mistakes)} planted mistakes of {len(found)} kinds, {len(clean)} clean combinations.\n")
    print(table(found))


if __name__ == "__main__":
    main()
