"""Frozen values that are made by the hundred thousand."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

T = TypeVar("T")


def quick(kind: type[T]) -> type[T]:
    """A frozen dataclass with slots and keywords only, made in half the time; everything else stays. It has no subclasses.

    A frozen dataclass sets each of its fields around its own guard. Here a value is filled while it still is of an open
    twin of the class, with the same slots and no guard, and becomes frozen once all is set. Raises TypeError
    for a class that takes values by their order, or has factories of defaults.

    >>> @quick
    ... @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    ... class Span:
    ...     start: int
    ...     end: int = 9
    >>> Span(start=5)
    Span(start=5, end=9)
    >>> Span(start=5).end = 6
    Traceback (most recent call last):
    dataclasses.FrozenInstanceError: cannot assign to field 'end'
    """
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    if any(f.default_factory is not dataclasses.MISSING or not f.kw_only for f in fields):
        raise TypeError(f"{kind.__name__}: keywords only, and no factory of defaults")
    names = [f.name for f in fields]
    twin = type(kind.__name__, (), {"__slots__": tuple(names)})
    checks = ["    self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    lines = [
        f"def __init__(self, *, {', '.join(names)}):",
        "    _become(self, '__class__', _twin)",
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = _frozen",
        *checks,
    ]
    made: dict[str, Any] = {"_become": object.__setattr__, "_twin": twin, "_frozen": kind}
    exec("\n".join(lines), made)  # noqa: S102  as dataclasses itself does: the names of the fields, nothing else
    init = made["__init__"]
    init.__kwdefaults__ = {f.name: f.default for f in fields if f.default is not dataclasses.MISSING}
    init.__annotations__ = kind.__init__.__annotations__
    init.__qualname__ = kind.__init__.__qualname__
    init.__module__ = kind.__module__
    kind.__init__ = init  # type: ignore[method-assign]
    return kind
