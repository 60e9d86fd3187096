"""A finger on a panel becomes a tap in the right place, or nothing; never two, and never one that slid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.inputs.node import Axis
from hardware.inputs.records import EV_ABS, EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT, Record
from hardware.inputs.socketnode import AXES
from hardware.inputs.stream import Stream
from hardware.options import BadOptions
from hardware.panel.calibration import ROTATIONS, Affine, NoCalibration, fit
from hardware.panel.touch import (
    ABS_MT_SLOT,
    ABS_MT_X,
    ABS_MT_Y,
    ABS_X,
    ABS_Y,
    BTN_TOUCH,
    Finger,
    Surface,
    Touched,
)
from hardware.panel.touchpanel import make, surface
from hardware.simulated.fingertip import Fingertip, overrun, second_finger

PANEL = Surface(AXES[ABS_MT_X], AXES[ABS_MT_Y], 154, 86, multitouch=True)
SINGLE = Surface(Axis(200, 3900, value=2000), Axis(300, 3800, value=2000), 154, 86, multitouch=False)
CORNERS = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]
POINT = st.tuples(st.floats(0.001, 0.999), st.floats(0.001, 0.999))


class Hand:
    """A finger on a panel, and what came of it."""

    def __init__(self, panel: Surface = PANEL, view: Affine | None = None) -> None:
        self.tip = Fingertip()
        self.slot = 0
        self.stream = Stream(Finger("touch", panel, view, lambda: self.slot))
        self.touches: list[Touched] = []

    def does(self, records: Iterable[Record]) -> None:
        self.touches += [event for event in self.stream.feed(records) if isinstance(event, Touched)]

    @property
    def phases(self) -> list[str]:
        return [touch.phase for touch in self.touches]


def test_a_tap_is_down_and_up_where_it_came_down() -> None:
    hand = Hand()
    hand.does(hand.tip.tap((0.25, 0.75), 1000))
    down, up = hand.touches
    assert (down.phase, down.at_ms, up.phase, up.at_ms) == ("down", 1000, "up", 1080)
    assert (down.device, up.device) == ("touch", "touch")
    assert (down.x, down.y) == (up.x, up.y) == pytest.approx((0.25, 0.75), abs=0.001)


@given(POINT)
def test_every_place_comes_through(at: tuple[float, float]) -> None:
    hand = Hand()
    hand.does(hand.tip.tap(at, 0))
    assert (hand.touches[0].x, hand.touches[0].y) == pytest.approx(at, abs=0.0003)


def test_the_corners_stay_on_the_picture() -> None:
    hand = Hand(view=Affine(1.2, 0, -0.1, 0, 1.2, -0.1))
    for number, at in enumerate(((0.0, 0.0), (1.0, 1.0))):
        hand.does(hand.tip.tap(at, 1000 * number))
    assert [(touch.x, touch.y) for touch in hand.touches[::2]] == [(0, 0), pytest.approx((1, 1))]
    assert hand.touches[2].x < 1


def test_a_second_tap_on_the_very_same_spot_has_no_coordinates_and_counts() -> None:
    hand = Hand()
    for at_ms in (0, 1000):
        hand.does(hand.tip.tap((0.5, 0.5), at_ms))
    assert hand.phases == ["down", "up"] * 2


def test_a_finger_may_wander_less_than_8_mm() -> None:
    hand = Hand()
    hand.does(hand.tip.drag([(0.5, 0.5), (0.5 + 7.5 / 154, 0.5), (0.5, 0.5 + 7.5 / 86)], 0))
    assert hand.phases == ["down", "up"]
    assert (hand.touches[1].x, hand.touches[1].y) == pytest.approx((0.5, 0.5), abs=0.001)


@pytest.mark.parametrize("to", [(0.5 + 8.5 / 154, 0.5), (0.5, 0.5 - 8.5 / 86), (0.56, 0.58)])
@pytest.mark.parametrize("panel", [PANEL, replace(PANEL, x=Axis(0, 4095), y=Axis(0, 4095))])
def test_one_that_slides_8_mm_is_no_tap_even_if_it_comes_back(
    panel: Surface, to: tuple[float, float]
) -> None:
    hand = Hand(panel)
    hand.does(hand.tip.drag([(0.5, 0.5), to, (0.5, 0.5)], 0))
    assert hand.phases == ["down", "away"]
    hand.does(hand.tip.tap((0.5, 0.5), 1000))
    assert hand.phases[2:] == ["down", "up"]


def test_a_bounce_is_one_tap() -> None:
    hand = Hand()
    hand.does(hand.tip.bouncing((0.5, 0.5), 0))
    assert hand.phases == ["down", "up"]
    hand.does(hand.tip.tap((0.5, 0.5), 500))
    assert hand.phases == ["down", "up"] * 2


def test_taps_as_fast_as_a_hand_can_all_count() -> None:
    hand = Hand()
    for number in range(20):
        hand.does(hand.tip.tap((0.5, 0.5), 130 * number, 60))
    assert hand.phases == ["down", "up"] * 20


def test_a_lift_that_never_came_is_no_tap_and_the_next_one_counts() -> None:
    hand = Hand()
    hand.does(hand.tip.down((0.2, 0.2), 0))
    hand.does(hand.tip.tap((0.8, 0.8), 1000))
    assert hand.phases == ["down", "away", "down", "up"]
    assert [touch.x > 0.5 for touch in hand.touches] == [False, False, True, True]


def test_records_lost_in_the_middle_are_no_tap_and_the_next_one_counts() -> None:
    hand = Hand()
    hand.does(overrun(hand.tip.tap((0.2, 0.2), 0)))
    hand.does(hand.tip.tap((0.2, 0.2), 1000))
    assert hand.phases == ["down", "away", "down", "up"]


def test_a_finger_that_is_still_there_after_a_loss_is_waited_for() -> None:
    hand = Hand()
    hand.does(hand.tip.down((0.2, 0.2), 0))
    hand.does([Record(EV_SYN, SYN_DROPPED, 0, 10), Record(EV_SYN, SYN_REPORT, 0, 10)])
    hand.does(hand.tip.move((0.3, 0.2), 20))
    hand.does(hand.tip.up(30))
    assert hand.phases == ["down", "away"]


def test_only_the_first_finger_counts() -> None:
    hand = Hand()
    palm = Fingertip()
    hand.does(hand.tip.down((0.2, 0.2), 0))
    hand.does(second_finger(palm.tap((0.9, 0.9), 10), 10))
    hand.does(hand.tip.up(100))
    assert hand.phases == ["down", "up"]
    assert hand.touches[1].x == pytest.approx(0.2, abs=0.001)


def test_which_finger_is_spoken_of_is_asked_after_a_loss() -> None:
    hand = Hand()
    hand.slot = 1
    hand.does([Record(EV_SYN, SYN_DROPPED, 0, 0), Record(EV_SYN, SYN_REPORT, 0, 0)])
    hand.does(hand.tip.tap((0.2, 0.2), 100))
    assert hand.phases == []
    hand.does([Record(EV_ABS, ABS_MT_SLOT, 0, 200)])
    hand.does(hand.tip.tap((0.3, 0.3), 300))
    assert hand.phases == ["down", "up"]


def test_a_single_touch_panel_with_odd_edges() -> None:
    hand = Hand(SINGLE)

    def packet(at_ms: int, *records: tuple[int, int, int]) -> None:
        hand.does([*(Record(*one, at_ms) for one in records), Record(EV_SYN, SYN_REPORT, 0, at_ms)])

    packet(0, (EV_ABS, ABS_X, 200), (EV_KEY, BTN_TOUCH, 1))
    packet(50, (EV_KEY, BTN_TOUCH, 0))
    packet(500, (EV_ABS, ABS_X, 2050), (EV_ABS, ABS_Y, 2050), (EV_KEY, BTN_TOUCH, 1))
    packet(520, (EV_ABS, ABS_X, 3000))
    packet(550, (EV_KEY, BTN_TOUCH, 0))
    assert hand.phases == ["down", "up", "down", "away"]
    assert (hand.touches[0].x, hand.touches[0].y) == pytest.approx((0, 0.486), abs=0.001)
    assert (hand.touches[2].x, hand.touches[2].y) == pytest.approx((0.5, 0.5), abs=0.001)


@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 3]), st.integers(0, 0x160), st.integers(-2, 5000)), max_size=80)
)
def test_any_records_at_all_do_no_harm(records: list[tuple[int, int, int]]) -> None:
    hand = Hand()
    hand.does(Record(*record, number) for number, record in enumerate(records))
    assert all(0 <= touch.x < 1 and 0 <= touch.y < 1 for touch in hand.touches)
    assert hand.phases[::2] == ["down"] * len(hand.phases[::2])
    assert set(hand.phases[1::2]) <= {"up", "away"}


@pytest.mark.parametrize(
    ("degrees", "seen"),
    [(0, (0.1, 0.2)), (90, (0.8, 0.1)), (180, (0.9, 0.8)), (270, (0.2, 0.9))],
)
def test_a_panel_turned_clockwise(degrees: int, seen: tuple[float, float]) -> None:
    assert ROTATIONS[degrees].place((0.1, 0.2)) == pytest.approx(seen)


AFFINE = st.builds(Affine, *[st.floats(-2, 2)] * 6)


@given(AFFINE, AFFINE, POINT)
def test_two_maps_one_after_the_other(one: Affine, other: Affine, point: tuple[float, float]) -> None:
    assert other.after(one).map(point) == pytest.approx(other.map(one.map(point)), abs=1e-6)


@given(st.builds(Affine, *[st.floats(0.7, 1.3), st.floats(-0.1, 0.1), st.floats(-0.2, 0.2)] * 2).map(
    lambda m: Affine(m.a, m.b, m.c, m.e, m.d, m.f)
))  # fmt: skip
def test_four_corners_give_the_map_back(true: Affine) -> None:
    found = fit(CORNERS, [true.map(corner) for corner in CORNERS])
    for name in "abcdef":
        assert getattr(found, name) == pytest.approx(getattr(true, name), abs=1e-6)


def test_a_shaky_hand_at_the_corners_is_evened_out() -> None:
    shaky = [(0.11, 0.09), (0.89, 0.11), (0.91, 0.9), (0.1, 0.9)]
    found = fit(shaky, CORNERS)
    assert all(
        found.map(one) == pytest.approx(other, abs=0.02) for one, other in zip(shaky, CORNERS, strict=True)
    )


@pytest.mark.parametrize("touched", [[(0.5, 0.5)] * 4, [(0.1, 0.1), (0.4, 0.4), (0.6, 0.6), (0.9, 0.9)]])
def test_corners_that_are_none_are_refused(touched: list[tuple[float, float]]) -> None:
    with pytest.raises(NoCalibration, match="again"):
        fit(touched, CORNERS)


def test_the_settings_of_a_panel_are_checked() -> None:
    for half in (0.5, "0.5"):  # the shop's settings give decimals as they are written
        panel = make("touch", {"rotation": 90, "calibration": [1, 0, half, 0, 1, 0]})
        assert panel._view.map((0, 0)) == (1.5, 0)
    with pytest.raises(BadOptions) as caught:
        make("touch", {"rotation": 45, "calibration": [1, "nan", 1, 1, 1, 1], "width_mm": 0, "depth": 1})
    assert len(caught.value.problems) == 4
    assert "one of 0, 90, 180, 270" in str(caught.value)


def test_a_keyboard_is_no_panel() -> None:
    class Keys:
        def axis(self, code: int) -> Axis | None:
            return None

    with pytest.raises(OSError, match="no touch panel"):
        surface(Keys(), 154, 86)  # type: ignore[arg-type]


def test_a_multitouch_panel_s_last_place_is_that_of_the_mouse_it_imitates() -> None:
    class Panel:
        def axis(self, code: int) -> Axis | None:
            axes = {
                ABS_X: Axis(0, 799, value=400),
                ABS_Y: Axis(0, 479, value=240),
                ABS_MT_SLOT: Axis(0, 9, value=0),
            }
            return axes.get(code) or {ABS_MT_X: Axis(0, 799, value=0), ABS_MT_Y: Axis(0, 479, value=0)}.get(
                code
            )

    found = surface(Panel(), 154, 86)  # type: ignore[arg-type]
    assert (found.x.value, found.y.value, found.multitouch) == (400, 240, True)
