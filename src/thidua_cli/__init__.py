"""thidua: from household-count spreadsheets to eligibility tables an award council can sign.

For notebooks: `read_observations`, `read_findings`, `rates`, `published`, `targets` and `eligible` give what the
commands give, as DataFrames, `class_lists`, `classes_of` and `class_findings` what `thidua classes` does, and
`new_mapping` begins a description of a form of one's own (see `thidua_cli.notebook`). They are loaded on first use, so
that importing the package costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes long to import, and before Ctrl-C is prepared for (cli/interrupt.py)

if TYPE_CHECKING:
    from thidua_cli.notebook import (
        class_findings,
        class_lists,
        classes_of,
        eligible,
        new_mapping,
        published,
        rates,
        read_findings,
        read_observations,
        targets,
    )

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "class_findings",
    "class_lists",
    "classes_of",
    "eligible",
    "new_mapping",
    "published",
    "rates",
    "read_findings",
    "read_observations",
    "targets",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        from thidua_cli import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
