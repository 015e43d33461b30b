"""Dataclasses whose methods are compiled when they repay it.

The library writes and compiles source for up to seven methods of every class: for all classes that a command imports
this took longer than reading a district's table, and of most of them a small table makes a handful of objects, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace

_REPAYING: Final = 100
"""From so many objects on, compiling the methods takes less time than making objects without them does."""
NO_DEFAULT: Final = object()
"""Stands for the default of what has none."""
_COMPLETING: Final = RLock()
"""One thread at a time: no other is to see a class half made."""


def _dataclass(*, slots: bool = False, **options: bool) -> Callable[[type], type]:
    """Return what makes a class a dataclass, as `dataclasses.dataclass` with the same options does.

    Its name, bases and slots stand at once. Its methods and the record of its fields are made by the library, all
    together, when one of them is asked for; the first objects are made without.

    Its fields are described by `field` of this module; none is an `InitVar` or `KW_ONLY`.
    """

    def decorated(cls: type) -> type:
        late = _LateClass(cls, slots, options)
        _late_classes[late.cls] = late
        return late.cls

    return decorated


class _FieldOptions(NamedTuple):
    """What `dataclasses.field` is to be called with."""

    options: Mapping[str, Any]


def _field(**options: Any) -> Any:
    """Describe a field as `dataclasses.field` does."""
    if "default" in options and not options.get("init", True):
        # as the class has no slots where the library makes its methods, no object with slots would hold the default
        default = options.pop("default")
        options["default_factory"] = lambda: default
    return _FieldOptions(options)


def _replace(record: Any, /, **changes: Any) -> Any:
    """Return a changed copy of an object, as `dataclasses.replace` does."""
    late = _late_classes.get(type(record))
    if late is None or late.making is None or not late.making.asks_for_all:
        from dataclasses import replace as of_library

        return of_library(record, **changes)
    return type(record)(**{name: getattr(record, name) for name in late.making.names} | changes)


class _Making(NamedTuple):
    """How an object is made of what a call gives."""

    names: tuple[str, ...]
    """Fields that a call gives, in its order."""
    defaults: Mapping[str, object]
    """What stands in those of them that it may leave out; a `_FieldOptions` for what is made for each object."""
    unasked: Mapping[str, _FieldOptions]
    """Fields that no call gives, and that are made."""
    asks_for_all: bool
    """Whether calls give every field, or may."""

    def values(self, given: tuple[object, ...], named: Mapping[str, object]) -> dict[str, object] | None:
        """Return what stands in each field, None where the call is not as it should be."""
        values = {**self.defaults, **dict(zip(self.names, given, strict=False)), **named}
        is_odd = len(given) > len(self.names) or not named.keys().isdisjoint(self.names[: len(given)])
        return None if is_odd or values.keys() != set(self.names) else {**values, **self.unasked}


class _LateAttribute:
    """What stands in the place of an attribute that is not made yet."""

    def __init__(self, name: str, late: _LateClass) -> None:
        self._name = name
        self._late = late

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        self._late.complete()
        return getattr(owner if instance is None else instance, self._name)


class _LateClass:
    """A class as it was written, and as it is used."""

    def __init__(self, written: type, slots: bool, options: Mapping[str, bool]) -> None:
        self.own_fields = _own_fields(written)
        self.options = options
        self.making: _Making | None = None
        """Known from the first object on; None where the library alone can make them."""
        self._objects = 0
        self._written: type | None = written
        self._late: dict[str, object] = {name: _LateAttribute(name, self) for name in self._names(vars(written), slots)}
        if "__init__" in self._late:
            self._late["__init__"] = self._first_init()
        self.cls = _with_slots(written, self.own_fields, self._late) if slots else written
        if not slots:
            _put(written, self._late)

    def _names(self, own: Mapping[str, object], slots: bool) -> list[str]:
        eq, frozen = self.options.get("eq", True), self.options.get("frozen", False)
        names = ["__init__", "__repr__", "__match_args__", *(["__eq__"] if eq else [])]
        names += ["__setattr__", "__delattr__"] if frozen else []
        names += ["__getstate__", "__setstate__"] if frozen and slots else []
        names = [name for name in names if name not in own]
        # None is what Python itself puts there beside an __eq__; where nothing may change, the library hashes fields
        names += ["__hash__"] if eq and frozen and own.get("__hash__") is None else []
        return ["__dataclass_fields__", "__dataclass_params__", *names]

    def _first_init(self) -> Callable[..., None]:
        def init(record: object, /, *given: object, **named: object) -> None:
            if self._objects == 0:
                self.making = _making(self.cls)
            self._objects += 1
            making = self.making if self._objects <= _REPAYING else None
            values = None if making is None else making.values(given, named)
            if values is None:  # or something is missing or unknown: the library's own method says what
                self.complete()
                self.cls.__init__(record, *given, **named)  # type: ignore[misc]
                return
            for name, value in values.items():
                object.__setattr__(
                    record, name, value.options["default_factory"]() if type(value) is _FieldOptions else value
                )
            if hasattr(record, "__post_init__"):
                record.__post_init__()

        return init

    def complete(self) -> None:
        """Let the library make all methods, and put them into the class."""
        with _COMPLETING:
            if self._written is not None:
                written, self._written = self._written, None
                self._complete(written)

    def _complete(self, written: type) -> None:
        import dataclasses

        # another thread may be making objects: methods are made in a class of their own, and none is ever lacking here
        maker = written if written is not self.cls else _made_again(written, self._late)
        for name, default in self.own_fields.items():
            if type(default) is _FieldOptions:
                setattr(maker, name, dataclasses.field(**default.options))
        before = dict(vars(maker))
        dataclasses.dataclass(**self.options)(maker)
        made = {name: value for name, value in vars(maker).items() if name not in before or value is not before[name]}
        if written is self.cls:
            _speak_of(self.cls, maker, made.values())
            defaults = {name: vars(maker)[name] for name in self.own_fields if name in vars(maker)}
            _put(self.cls, defaults)
            for name in self.own_fields.keys() - defaults.keys() & vars(self.cls).keys():
                delattr(self.cls, name)
        # names of other kinds are fields with their defaults; where a class has slots they are the slots
        _put(self.cls, {name: value for name, value in made.items() if name.startswith("__")})
        if "__getstate__" in self._late:
            names = [field.name for field in dataclasses.fields(self.cls)]
            _put(self.cls, dict(zip(("__getstate__", "__setstate__"), _state_methods(names), strict=True)))
        for name, late in self._late.items():
            if vars(self.cls).get(name) is late:  # the options ask for none
                delattr(self.cls, name)


_late_classes: dict[type, _LateClass] = {}


def defaults_of(cls: type) -> dict[str, Any]:
    """Return the default of each field of a late dataclass, `NO_DEFAULT` of one that has none, and make no methods."""
    lates = [_late_classes[base] for base in reversed(cls.__mro__) if base in _late_classes]
    fields = {name: default for late in lates for name, default in late.own_fields.items()}
    options = {name: default.options for name, default in fields.items() if type(default) is _FieldOptions}
    return fields | {name: given.get("default", NO_DEFAULT) for name, given in options.items()}


def _own_fields(written: type) -> dict[str, Any]:
    """Return each field with what the class says of it."""
    hints = vars(written).get("__annotations__", {})
    names = [name for name, hint in hints.items() if not str(hint).startswith(("ClassVar", "typing.ClassVar"))]
    fields = {name: vars(written).get(name, NO_DEFAULT) for name in names}
    if any(type(default).__module__ == "dataclasses" for default in fields.values()):
        raise TypeError(f"{written.__qualname__}: described by the field of dataclasses, not of {__name__}")
    return fields


def _making(cls: type) -> _Making | None:
    """Return how objects are made, None where only the library's own method makes them."""
    lates = [_late_classes[base] for base in reversed(cls.__mro__) if base in _late_classes]
    fields = {name: default for late in lates for name, default in late.own_fields.items()}
    options = {name: default.options if type(default) is _FieldOptions else {} for name, default in fields.items()}
    unasked = {name for name in fields if not options[name].get("init", True)}
    made = {name for name in fields if "default_factory" in options[name]}
    if any("kw_only" in late.options for late in lates):
        return None
    names = tuple(name for name in fields if name not in unasked)
    given = {name: options[name].get("default", NO_DEFAULT) if options[name] else fields[name] for name in names}
    defaults = {name: fields[name] if name in made else default for name, default in given.items()}
    return _Making(
        names,
        {name: default for name, default in defaults.items() if default is not NO_DEFAULT},
        {name: fields[name] for name in fields if name in unasked & made},
        not unasked,
    )


def _with_slots(written: type, own_fields: Mapping[str, object], late: Mapping[str, object]) -> type:
    """Return the class anew with a slot for each of its own fields: slots cannot be added to a class that stands."""
    inherited = {name for base in written.__mro__[1:] for name in vars(base).get("__slots__", ())}
    unfit = {"__dict__", "__weakref__", *own_fields}
    body = {name: value for name, value in vars(written).items() if name not in unfit}
    slots = tuple(name for name in own_fields if name not in inherited)
    cls = type(written)(written.__name__, written.__bases__, {**body, **late, "__slots__": slots})
    cls.__qualname__ = written.__qualname__
    return cls


def _made_again(written: type, late: Mapping[str, object]) -> type:
    """Return a class like the one that stands, without what waits to be made."""
    unfit = {"__dict__", "__weakref__", *late}
    body = {name: value for name, value in vars(written).items() if name not in unfit}
    cls = type(written)(written.__name__, written.__bases__, body)
    cls.__qualname__ = written.__qualname__
    return cls


def _speak_of(cls: type, maker: type, methods: Iterable[object]) -> None:
    """Let methods that name the class they were made in name another: what forbids changes does."""
    for cell in chain.from_iterable(getattr(method, "__closure__", None) or () for method in methods):
        if cell.cell_contents is maker:
            cell.cell_contents = cls


def _state_methods(names: list[str]) -> tuple[Callable[..., object], Callable[..., object]]:
    """Return what lets an object be packed and unpacked that has slots, and may not be changed."""

    def state(record: object) -> list[object]:
        return [getattr(record, name) for name in names]

    def put_state(record: object, values: list[object]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(record, name, value)

    return state, put_state


def _put(cls: type, attributes: Mapping[str, object]) -> None:
    for name, value in attributes.items():
        setattr(cls, name, value)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace
