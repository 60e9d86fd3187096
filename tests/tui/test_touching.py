"""From a panel's records to a pressed key, on every size of screen: the right key once, or none."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from hardware.inputs.records import Record
from hardware.inputs.socketnode import AXES
from hardware.inputs.stream import Stream
from hardware.panel.touch import ABS_MT_X, ABS_MT_Y, Finger, Surface
from hardware.simulated.fingertip import Fingertip
from tests.tui.fakes import FakeStation
from tests.tui.hands import SIZES, key_places, till

PANEL = Surface(AXES[ABS_MT_X], AXES[ABS_MT_Y], 154, 86, multitouch=True)


class Hand:
    """A finger on the panel of a till of so many cells."""

    def __init__(self, station: FakeStation, size: tuple[int, int]) -> None:
        self.station = station
        self.size = size
        self.tip = Fingertip()
        self.stream = Stream(Finger("touch", PANEL))
        self.now = 0

    def over(self, cell: tuple[int, int]) -> tuple[float, float]:
        """The middle of a cell, as parts of the panel."""
        return (cell[0] + 0.5) / self.size[0], (cell[1] + 0.5) / self.size[1]

    def does(self, records: Iterable[Record]) -> None:
        for event in self.stream.feed(records):
            self.station.tell(event)
        self.now += 1000


def names(station: FakeStation) -> list[str]:
    return [line.item.name for line in station.register.basket.live]


@pytest.mark.parametrize("size", SIZES)
async def test_a_finger_presses_the_key_below_it(size: tuple[int, int]) -> None:
    station = FakeStation()
    async with till(station, size=size) as (app, pilot):
        hand = Hand(station, size)
        hand.does(hand.tip.tap(hand.over(key_places(app)["product:b"]), hand.now))
        await pilot.pause()
        hand.does(hand.tip.tap(hand.over(key_places(app)["product:a"]), hand.now))
        await pilot.pause()
        assert names(station) == ["Soy candle small", "Beeswax candle"]


async def test_a_finger_that_slides_presses_neither_key_and_leaves_none_looking_pressed() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        hand = Hand(station, (100, 30))
        a, b = (hand.over(key_places(app)[key]) for key in ("product:a", "product:b"))
        before = [strip.text for strip in app.screen._compositor.render_strips()]
        hand.does(hand.tip.drag([a, b, a], hand.now))
        for _message in ("press", "slide", "release"):
            await pilot.pause()
        assert names(station) == []
        assert app.mouse_captured is None
        assert [strip.text for strip in app.screen._compositor.render_strips()] == before
        hand.does(hand.tip.tap(a, hand.now))
        await pilot.pause()
        assert names(station) == ["Beeswax candle"]


async def test_a_bouncing_panel_sells_once() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        hand = Hand(station, (100, 30))
        hand.does(hand.tip.bouncing(hand.over(key_places(app)["product:a"]), hand.now))
        await pilot.pause()
        assert names(station) == ["Beeswax candle"]


async def test_a_touch_ends_the_rest_of_the_till() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        app._rest(True)
        hand = Hand(station, (100, 30))
        hand.does(hand.tip.tap((0.99, 0.99), hand.now))
        await pilot.pause()
        assert not app._resting
