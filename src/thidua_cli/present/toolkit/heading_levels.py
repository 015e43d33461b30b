"""Levels of headings for who hears a page: from the first on, they go down one step at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_cli.present.toolkit.document import Block, Chart, PageHeading


def stepped_levels(blocks: Iterable[Block | Chart], top: int) -> Iterator[int]:
    """Yield the level of each heading, the highest of them being `top`.

    >>> list(stepped_levels([PageHeading(3, "a"), PageHeading(2, "b"), PageHeading(4, "c")], 1))
    [1, 1, 2]
    """
    asked = [block.level for block in blocks if isinstance(block, PageHeading)]
    level = top - 1
    for each in asked:
        level = min(each - min(asked) + top, level + 1)
        yield level
