"""Our scale drivers on scales nobody here wrote: emupos's Toledo 8217 and SMA, each on a serial port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hardware.device import Event, StateChanged
from hardware.registry import make
from hardware.scale.scale import Scale
from hardware.scale.weight import NotWeighed, Trouble, Weighed
from hardware.supervisor import Supervisor
from tests.witness.emupos import DEADLINE_S, Emupos

SCALES = {"deli": {"kind": "scale-toledo8217"}, "yard": {"kind": "scale-sma"}}
"""emupos's scales by name. A pty refuses seven bits at the second opening, and emupos does not mind eight."""


class Told:
    """What a scale told, from its thread."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._from = 0
        self._bell = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._bell:
            self.events.append(event)
            self._bell.notify_all()

    def until(self, *wanted: object) -> None:
        """Wait until it said so: grams, or the word for why not."""
        with self._bell:
            assert self._bell.wait_for(lambda: self._said(wanted), DEADLINE_S), self.events[-5:]
            self._from = len(self.events)

    def _said(self, wanted: tuple[object, ...]) -> bool:
        new = self.events[self._from :]
        said = [event.grams if isinstance(event, Weighed) else getattr(event, "why", None) for event in new]
        return any(one in said for one in wanted)


@contextmanager
def weighing(emupos: Emupos, name: str) -> Iterator[Told]:
    """A scale that is asked."""
    table = {**SCALES[name], "address": emupos.path(name), "frame": "8N1"}
    made = make(str(table["kind"]), name, table)
    assert isinstance(made, Scale)
    told = Told()
    supervisor = Supervisor(made, told)
    made.ask(True)
    supervisor.start()
    try:
        yield told
    finally:
        assert supervisor.stop()


@pytest.mark.parametrize("name", SCALES)
def test_a_weight_is_read_and_nothing_else_is_a_number(emupos: Emupos, name: str) -> None:
    with weighing(emupos, name) as told:
        told.until(0)
        for grams in (1250, 335, 15_000):
            emupos.weigh(name, grams)
            told.until(grams)
        emupos.weigh(name, 20_000)
        told.until(Trouble.OVER)
        emupos.weigh(name, -40)
        told.until(Trouble.UNDER)
        emupos.weigh(name, 500, stable=False)
        told.until(Trouble.MOVING)
        told.until(500)  # it settles by itself half a second later


@pytest.mark.parametrize("name", SCALES)
def test_no_number_is_told_that_never_lay_on_it(emupos: Emupos, name: str) -> None:
    with weighing(emupos, name) as told:
        told.until(0)
        for grams in (5, 1250, 20_000, -40, 0):
            emupos.weigh(name, grams, stable=grams != 1250)
            told.until(grams, Trouble.OVER, Trouble.UNDER, Trouble.MOVING)
    assert {event.grams for event in told.events if isinstance(event, Weighed)} <= {0, 5, 1250}
    assert all(isinstance(event, Weighed | NotWeighed | StateChanged) for event in told.events)


@pytest.mark.parametrize(("name", "tare"), [("deli", None), ("yard", 20)])
def test_a_tare_is_taken_off_and_told_as_far_as_the_language_goes(
    emupos: Emupos, name: str, tare: int | None
) -> None:
    with weighing(emupos, name) as told:
        told.until(0)
        emupos.weigh(name, 20)
        told.until(20)
        emupos.tare(name)
        told.until(0)
        emupos.weigh(name, 355)
        told.until(335)
        event = next(event for event in reversed(told.events) if isinstance(event, Weighed))
        assert (event.grams, event.net, event.tare) == (335, True, tare)
        emupos.weigh(name, 0)
        told.until(Trouble.UNDER)  # the jar has gone: less than nothing, and no weight
