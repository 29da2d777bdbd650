"""Values that are made quickly are what frozen dataclasses are: closed, compared by value, checked, copied and pickled."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable

import pytest

from pipeline.model import Block, Claim, Dose, Mark
from pipeline.model.frozen import quick

MARK = Mark(field="drug", start=3, end=9, rule="drug.name")


@quick
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    low: int
    high: int = 9

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("low above high")


@pytest.mark.parametrize(
    "change", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m)), dataclasses.replace]
)
def test_a_copy_is_the_same(change: Callable[[Mark], Mark]) -> None:
    made = change(MARK)
    assert (made, hash(made), repr(made), type(made)) == (MARK, hash(MARK), repr(MARK), Mark)


@pytest.mark.parametrize("kind", [Mark, Dose, Claim, Block])
def test_what_is_made_is_closed(kind: type) -> None:
    values = {f.name: None for f in dataclasses.fields(kind)} | {"char_start": 0, "char_end": 0, "quote": ""}
    made = kind(**{f.name: values[f.name] for f in dataclasses.fields(kind)})
    for field in dataclasses.fields(kind):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, field.name, "other")
    with pytest.raises((AttributeError, TypeError)):
        made.other = 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, TypeError),
        ({"low": 1, "more": 2}, TypeError),
        ({"low": 10}, ValueError),
        ({"low": 3, "high": 2}, ValueError),
    ],
)
def test_wrong_values_are_refused(values: dict[str, int], error: type[Exception]) -> None:
    with pytest.raises(error):
        Checked(**values)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    values: list[int] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Ordered:
    low: int


@pytest.mark.parametrize("kind", [Listed, Ordered])
def test_other_classes_are_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        quick(kind)
