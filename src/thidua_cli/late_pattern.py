"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class _LatePattern(Generic[AnyStr]):
    def __init__(self, source: AnyStr, flags: int) -> None:
        self._source: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled pattern has of a name, and keep it: asked again, it is an attribute like others."""
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def late_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return a pattern that is compiled when one of its methods is first asked for.

    For what most files never ask: compiling the patterns of all modules took as long as reading a district's table.
    A mistake in `source` is told at the first use.

    >>> late_pattern(r"\d+").search("Xã Ba: 1596")[0]
    '1596'
    """
    return cast("re.Pattern[AnyStr]", _LatePattern(source, flags))
