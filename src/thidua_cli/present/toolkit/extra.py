"""Libraries that only papers need: they stand in the extra `papers`, and are imported when a paper is drawn."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text


def require(module: str) -> ModuleType:
    """Import a library of the extra, and return it.

    Args:
        module: Name as `import` takes it, such as "jinja2.sandbox".

    Raises:
        UsageError: It is not installed; the sentence names the line to type.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        library = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != library:
            raise  # the library is there, and lacks something of its own: a defect that its name would hide
        raise UsageError(_MISSING.fill(library=library)) from None


_MISSING: Final = Text(
    "định dạng này cần thư viện {library}, chưa được cài đặt; hãy gõ: pip install 'thidua-cli[papers]'",
    "this format needs the library {library}, which is not installed; type: pip install 'thidua-cli[papers]'",
)
