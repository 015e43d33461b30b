"""Named tuples of the package are those of the library, but for the annotations that nobody compiles."""

from __future__ import annotations

import pickle
import typing
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from thidua_cli import named_tuple


def shapes(base: Any) -> list[Any]:
    """Return the same classes, made by one of the two makers."""

    class Bare(base):  # type: ignore[misc]
        code: str
        count: int

    class Described(base):  # type: ignore[misc]
        """A unit and its rows."""

        code: str
        rows: tuple[int, ...] = ()
        """Counted from 1."""
        note: str | None = None

        LIMIT = 3

        @property
        def doubled(self) -> int:
            return 2 * len(self.rows)

        @classmethod
        def of(cls, code: str) -> Any:
            return cls(code, (1,))

        def __bool__(self) -> bool:
            return bool(self.rows)

        def __str__(self) -> str:
            return self.code

    class Empty(base):  # type: ignore[misc]
        """Nothing."""

    return [Bare, Described, Empty]


CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("a", 1), {}),
    (("a",), {"note": "n"}),
    ((), {"code": "a", "count": 2}),
    ((), {}),
    (("a", 1, 2, 3), {}),
)


def outcome(cls: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    try:
        made = cls(*given, **named)
    except TypeError as error:
        return str(error)
    return repr(made), str(made), bool(made), tuple(made), hash(made), made == tuple(made), made._asdict()


def both() -> Iterator[tuple[Any, Any]]:
    ours, theirs = shapes(named_tuple.NamedTuple), shapes(typing.NamedTuple)
    assert len(ours) == len(theirs) == 3
    return zip(ours, theirs, strict=True)


def test_tuples_are_made_and_refused_as_those_of_the_library() -> None:
    for ours, theirs in both():
        for given, named in CALLS:
            assert outcome(ours, given, named) == outcome(theirs, given, named)


def test_classes_hold_what_those_of_the_library_hold() -> None:
    for ours, theirs in both():
        assert (ours.__name__, ours.__qualname__, ours.__module__, ours.__doc__, ours.__bases__) == (
            theirs.__name__,
            theirs.__qualname__,
            theirs.__module__,
            theirs.__doc__,
            theirs.__bases__,
        )
        assert (ours._fields, ours._field_defaults, ours.__match_args__) == (
            theirs._fields,
            theirs._field_defaults,
            theirs.__match_args__,
        )
        assert get_type_hints(ours) == get_type_hints(theirs)
        missing = set(vars(theirs)) - set(vars(ours))
        assert missing <= {"__orig_bases__"}


def test_methods_and_changed_copies_work() -> None:
    _, described, _ = shapes(named_tuple.NamedTuple)
    record = described.of("a")
    assert (record.doubled, described.LIMIT, record._replace(rows=())) == (2, 3, ("a", (), None))


def test_copies_go_through_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    bare, *_ = shapes(named_tuple.NamedTuple)
    bare.__qualname__ = "Bare"
    monkeypatch.setitem(globals(), "Bare", bare)
    record = bare("a", 1)
    assert pickle.loads(pickle.dumps(record)) == record
    assert type(pickle.loads(pickle.dumps(record))) is bare


def test_what_would_be_no_tuple_is_refused() -> None:
    with pytest.raises(TypeError, match="Odd"):

        class Odd(named_tuple.NamedTuple):
            code: str

            def __new__(cls, code: str) -> Any:  # type: ignore[misc]
                return code
