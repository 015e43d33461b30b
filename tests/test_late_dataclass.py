"""Late dataclasses are the library's: before their methods are compiled, and after."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import sys
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any, ClassVar

import pytest

from thidua_cli import late_dataclass

MANY = 250
"""Objects enough for the methods to be compiled among them."""


def shapes(dataclass: Callable[..., Any], field: Callable[..., Any]) -> dict[str, Any]:
    """Return the same classes, made by one of the two makers."""

    @dataclass(frozen=True, slots=True)
    class Frozen:
        """A clause."""

        code: str
        count: int = 3
        note: str | None = None

        LIMIT: ClassVar[int] = 7

        @property
        def doubled(self) -> int:
            return 2 * self.count

    @dataclass(slots=True)
    class Gathered:
        """What grows."""

        name: str = "a"
        rows: list[int] = field(default_factory=list)
        cache: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @dataclass(frozen=True)
    class Plain:
        """No slots."""

        code: str
        ranges: tuple[int, ...] = field(default=(), compare=False)

    @dataclass(frozen=True, slots=True)
    class Child(Frozen):
        """More of it."""

        more: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named(Frozen):
        """Given by name."""

        year: int

    @dataclass(slots=True)
    class Followed:
        """Looks at itself once it is made."""

        count: int
        half: int = field(init=False)
        double: int | None = field(init=False, default=None)

        def __post_init__(self) -> None:
            self.half = self.count // 2

    @dataclass(frozen=True, eq=False)
    class Same:
        """Equal to itself alone."""

        code: str

    @dataclass(slots=True)
    class Written:
        """Makes itself."""

        code: str
        count: int | None

        def __init__(self, code: str, count: int | None) -> None:
            self.code = code
            self.count = count

    return {cls.__name__: cls for cls in (Frozen, Gathered, Plain, Child, Named, Followed, Same, Written)}


CALLS: dict[str, tuple[tuple[tuple[Any, ...], dict[str, Any]], ...]] = {
    "Frozen": ((("a",), {}), (("a", 4), {"note": "n"}), ((), {"code": "b"}), (("a", 3, None), {})),
    "Gathered": (((), {}), (("b", [1]), {}), ((), {"rows": [2]})),
    "Plain": ((("a",), {}), (("a", (1, 2)), {})),
    "Child": ((("a",), {"more": ("m",)}), (("a", 1, "n", ("m",)), {})),
    "Named": ((("a",), {"year": 2024}), (("a", 1), {"year": 2023})),
    "Followed": (((5,), {}), ((), {"count": 8})),
    "Same": ((("a",), {}),),
    "Written": ((("a", 1), {}), ((), {"code": "b", "count": None})),
}
WRONG: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("Frozen", (), {}),
    ("Frozen", ("a", 1, None, 2), {}),
    ("Frozen", ("a",), {"code": "a"}),
    ("Frozen", ("a",), {"codes": "a"}),
    ("Frozen", (), {"count": 1, "codes": 2}),
    ("Gathered", (), {"cache": {}}),
    ("Named", ("a", 1, None, 2024), {}),
    ("Followed", (1, 2), {}),
)


def both() -> Iterator[tuple[str, Any, Any]]:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)
    library = shapes(dataclasses.dataclass, dataclasses.field)
    assert late.keys() == library.keys() == CALLS.keys()
    return ((name, late[name], library[name]) for name in late)


def values(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


@pytest.mark.parametrize("rounds", [1, MANY])
def test_objects_hold_what_those_of_the_library_hold(rounds: int) -> None:
    for name, late, library in both():
        for _ in range(rounds):
            made = [(late(*given, **named), library(*given, **named)) for given, named in CALLS[name]]
        assert made
        for ours, theirs in made:
            assert values(ours) == values(theirs)
            assert repr(ours) == repr(theirs)
            assert hasattr(ours, "__dict__") == hasattr(theirs, "__dict__")


def test_what_is_made_for_an_object_is_shared_with_no_other() -> None:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)["Gathered"]
    made = [late() for _ in range(MANY)]
    for record in made:
        record.rows.append(1)
        record.cache["a"] = 1
    assert all(record.rows == [1] for record in made)


def test_objects_are_compared_and_hashed_as_those_of_the_library() -> None:
    for name, late, library in both():
        (given, named), *_ = CALLS[name]
        assert (late(*given, **named) == late(*given, **named)) is (
            library(*given, **named) == library(*given, **named)
        )
        assert (late.__hash__ is None) is (library.__hash__ is None)
        if library.__hash__ is not None and name != "Same":
            assert hash(late(*given, **named)) == hash(library(*given, **named))
            assert late(*given, **named) in {late(*given, **named)}


@pytest.mark.parametrize(("name", "given", "named"), WRONG)
def test_a_wrong_call_is_refused_in_the_words_of_the_library(
    name: str, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)[name]
    library = shapes(dataclasses.dataclass, dataclasses.field)[name]
    with pytest.raises(TypeError) as ours:
        late(*given, **named)
    with pytest.raises(TypeError) as theirs:
        library(*given, **named)
    assert str(ours.value) == str(theirs.value)


def test_a_field_of_the_other_maker_is_refused() -> None:
    with pytest.raises(TypeError, match="Gathered"):
        shapes(late_dataclass.dataclass, dataclasses.field)


def test_what_may_not_change_refuses_it_at_once() -> None:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)
    for name in ("Frozen", "Plain", "Child", "Same"):
        record = late[name]("a")
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.code = "b"
        with pytest.raises(dataclasses.FrozenInstanceError):
            del record.code


def test_a_changed_copy_is_as_the_library_makes_it() -> None:
    for name, late, library in both():
        (given, named), *_ = CALLS[name]
        field = dataclasses.fields(library)[0].name
        ours, theirs = late(*given, **named), library(*given, **named)
        assert values(late_dataclass.replace(ours, **{field: 9})) == values(dataclasses.replace(theirs, **{field: 9}))
        assert values(late_dataclass.replace(theirs, **{field: 9})) == values(dataclasses.replace(theirs, **{field: 9}))
        with pytest.raises(TypeError):
            late_dataclass.replace(ours, codes=1)


def test_copies_go_through_pickle_before_and_after_the_methods_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)
    for name, cls in late.items():
        cls.__qualname__ = name
        monkeypatch.setitem(globals(), name, cls)
        (given, named), *_ = CALLS[name]
        record = cls(*given, **named)
        packed = pickle.dumps(record)
        copies = [pickle.loads(packed), copy.copy(record), copy.deepcopy(record)]
        assert [values(each) for each in copies] == [values(record)] * 3


def test_slots_bases_and_the_record_of_fields_are_those_of_the_library() -> None:
    for _, late, library in both():
        assert vars(late).get("__slots__") == vars(library).get("__slots__")
        assert late.__qualname__ == library.__qualname__
        assert late.__doc__ == library.__doc__
        assert late.__match_args__ == library.__match_args__
        assert dataclasses.is_dataclass(late)
        ours, theirs = dataclasses.fields(late), dataclasses.fields(library)
        records = [
            [(each.name, each.default, each.kw_only, each.compare) for each in fields if each.init]
            for fields in (ours, theirs)
        ]
        assert records[0] == records[1]
        made = {name for name in vars(late) if name.startswith("__")}
        assert made == {name for name in vars(library) if name.startswith("__")}


@pytest.fixture
def threads_taking_turns() -> Iterator[None]:
    """Let threads take turns after every few steps: else one has compiled all methods before another comes to it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_taking_turns")
@pytest.mark.parametrize("number", range(10))
def test_threads_that_make_objects_at_once_find_no_class_half_made(number: int) -> None:
    for cls in shapes(late_dataclass.dataclass, late_dataclass.field).values():
        start, records = Barrier(4), list[Any]()
        call = CALLS[cls.__name__][number % len(CALLS[cls.__name__])]

        def make(cls: Any = cls, call: Any = call, start: Barrier = start, records: list[Any] = records) -> None:
            start.wait()
            records += [cls(*call[0], **call[1]) for _ in range(MANY)]

        threads = [Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(records) == 4 * MANY
        assert len({repr(record) for record in records}) == 1


def test_the_first_objects_are_made_without_the_library() -> None:
    late = shapes(late_dataclass.dataclass, late_dataclass.field)["Frozen"]
    record = late("a")
    not_made = type(vars(late)["__repr__"])
    assert not_made.__module__ == late_dataclass.__name__
    assert record.doubled == 6
    assert repr(record).endswith("(code='a', count=3, note=None)")
    assert type(vars(late)["__repr__"]) is not not_made
