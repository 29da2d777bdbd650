"""Ctrl-C while a table is written: once it waits, twice it does not, and elsewhere nothing changes."""

import os
import signal
import threading

import pytest

from pipeline.ledger.uninterrupted import uninterrupted


def press(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


def write(
    done: list[str], *, presses: int, error: Exception | None = None, number: int = signal.SIGINT
) -> None:
    """Stands for the write of a table during which Ctrl-C is pressed."""
    with uninterrupted():
        for _ in range(presses):
            press(number)
        if error is not None:
            raise error
        done.append("written")


@pytest.fixture(autouse=True)
def is_heard():
    """Ctrl-C raises, also where the tests run in the background of a shell, which has it ignored."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


@pytest.mark.parametrize(("presses", "left"), [(1, ["written"]), (2, []), (3, [])])
def test_one_waits_for_the_end_of_the_block_and_a_second_does_not(presses, left):
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        write(done, presses=presses)
    assert done == left


@pytest.fixture
def ends_in_order():
    usual = {s: signal.signal(s, signal.default_int_handler) for s in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in usual.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("presses", "left"), [(1, ["written"]), (2, [])])
def test_being_told_to_end_waits_too_where_it_is_handled(ends_in_order, presses, left, number):
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        write(done, presses=presses, number=number)
    assert done == left


def test_an_error_of_the_block_is_told_with_the_interrupt():
    with pytest.raises(KeyboardInterrupt) as told:
        write([], presses=1, error=OSError("no space"))
    assert isinstance(told.value.__context__, OSError)


def test_afterwards_the_usual_handler_is_back():
    usual = signal.getsignal(signal.SIGINT)
    with uninterrupted():
        assert signal.getsignal(signal.SIGINT) is not usual
    assert signal.getsignal(signal.SIGINT) is usual


def test_in_another_thread_nothing_changes():
    seen = []

    def work() -> None:
        with uninterrupted():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
