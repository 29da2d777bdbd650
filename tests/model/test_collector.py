"""The collector of garbage is as it was before, whatever happened meanwhile."""

from __future__ import annotations

import gc

import pytest

from pipeline.model.collector import uncollected


@pytest.mark.parametrize("before", [True, False])
def test_the_collector_is_as_it_was(before):
    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    states = []
    try:
        with uncollected(), uncollected():
            states.append(gc.isenabled())
        states.append(gc.isenabled())
        with pytest.raises(KeyError), uncollected():
            raise KeyError
        states.append(gc.isenabled())
    finally:
        (gc.enable if was else gc.disable)()
    assert states == [False, before, before]
