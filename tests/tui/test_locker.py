"""The locker's screen by keys, touch and reader: what opens a door, and that nobody gets out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.i18n import language
from kiosk.pickup.compartment import Compartment, Event, NotNow, Purpose, State
from kiosk.pickup.desk import AlreadyCollected, KeypadRests, WrongCode
from kiosk.pickup.openings import AnotherDoorOpen
from kiosk.pickup.order import Stage
from kiosk.pickup.orders import Order
from kiosk.pickup.points import PickupPoint
from kiosk.pickup.reopening import BY_CODE
from kiosk.pickup.returns import Proof
from kiosk.pickup.tokens import BadToken
from kiosk.pickup.visit import HURRY_S, THANKS_S, WAITS_S, Page, Waiting
from kiosk.settings.pickup import PickupSettings
from kiosk.station.events import BoxNews
from kiosk.tui.screens.locker import REST_AFTER_MS, LockerScreen
from tests.tui.fakes import FakeSettings, FakeStation, done
from tests.tui.hands import SIZES, flash_text, key_places, press, scan, till, touch, touch_key
from tests.tui.looks import same_as_golden
from tests.tui.stall import until

CODE = "48210934"
BOX = Compartment(7, "S", State.OCCUPIED, order="00" * 8)
ORDER = Order(
    "00" * 8, "AP17", Stage.READY, "locker", "S", False, 0, 0, 0, None, False, 0, "", "", False, None, 1
)
SIXTEEN = tuple((n, "S" if n < 9 else "M" if n < 15 else "L", n in range(5, 9)) for n in range(1, 17))
PICKUP = PickupSettings(7, (PickupPoint("locker", "Hub", "locker"),), SIXTEEN, locker_mode=True)


@dataclass
class FakeLockers:
    """Notes what it was asked; tells nothing by itself."""

    opened: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    refusal: Exception | None = None
    said_state: State = State.FREE
    doors: dict[int, Any] = field(default_factory=dict)

    def open(self, *asked: Any) -> Future[Any]:
        """Somebody wants a box opened."""
        self.opened.append(asked)
        return done(self.refusal or BOX)

    def say(self, box: int, what: Event, actor: str) -> Future[Any]:
        """Somebody says what is inside."""
        self.answers.append((box, what, actor))
        return done(Compartment(box, "S", self.said_state))


def a_locker(found: Any = (ORDER, BOX), **work: Any) -> FakeStation:
    """A locker that knows one order."""
    answer: Callable[..., Any] = found if callable(found) else lambda *_: found
    station = FakeStation(signed_in=None, settings=FakeSettings(pickup=PICKUP), work={"find": answer, **work})
    station.lockers = FakeLockers()
    return station


def refusing(error: Exception) -> Callable[..., Any]:
    """A service that refuses."""

    def refuse(*_: Any) -> Any:
        raise error

    return refuse


async def at_locker(app: Any, pilot: Pilot[Any]) -> LockerScreen:
    """The locker's screen, once it is in front."""
    await until(pilot, lambda: isinstance(app.screen, LockerScreen) and app.screen.is_mounted)
    screen = app.screen
    assert isinstance(screen, LockerScreen)
    return screen


async def tell(
    pilot: Pilot[Any], station: FakeStation, what: Any, state: State, purpose: Purpose | None = None
) -> None:
    """The cabinet says something about box 7."""
    station.tell(BoxNews(Compartment(7, "S", state, purpose), what))
    await pilot.pause()
    await pilot.pause()


async def opens(pilot: Pilot[Any], station: FakeStation, screen: LockerScreen) -> None:
    """Type the code, and the door opens."""
    await press(pilot, "1", *CODE)
    await until(pilot, lambda: screen.visit.page is Page.WAIT)
    await tell(pilot, station, "open", State.OPEN, Purpose.PICKUP)


async def test_eight_digits_open_the_door_and_the_end_is_clear() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        assert station.lockers.opened == [(7, Purpose.PICKUP, ORDER.id, "customer")]
        assert screen.visit.page is Page.DOOR
        await tell(pilot, station, "shut", State.FREE)
        assert screen.visit.page is Page.DONE
        await press(pilot, "number_sign")
        assert screen.visit.page is Page.IDLE


async def test_f1_is_the_help_of_the_pad_wherever_there_is_one() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "f1")
        assert screen.visit.page is Page.HELP
        await press(pilot, "f1")
        assert screen.visit.page is Page.IDLE
        await touch(pilot, screen.size.width - 3, 0)
        assert screen.visit.page is Page.HELP
        await press(pilot, "f1")
        await opens(pilot, station, screen)
        before = screen.visit.page
        await press(pilot, "f1")
        assert (before, screen.visit.box, app.screen) == (Page.DOOR, 7, screen)


async def test_by_touch_alone() -> None:
    station = a_locker()
    async with till(station, size=(80, 24)) as (app, pilot):
        screen = await at_locker(app, pilot)
        for key in ("1", *CODE):
            await touch_key(pilot, key)
        await until(pilot, lambda: screen.visit.page is Page.WAIT)
        await tell(pilot, station, "open", State.OPEN, Purpose.PICKUP)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.PICKUP)
        assert screen.visit.page is Page.ASK
        await touch_key(pilot, "1")
        await until(pilot, lambda: screen.visit.page is Page.DONE)
        assert station.lockers.answers == [(7, Event.EMPTY, "customer")]
        await touch_key(pilot, "#")
        assert screen.visit.page is Page.IDLE


async def test_by_the_reader_alone() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await scan(pilot, "BRW:ABC123")
        await until(pilot, lambda: screen.visit.page is Page.WAIT)
        assert station.asked[-1][1][0] == "BRW:ABC123"


@pytest.mark.parametrize(
    "crafted", ["\x1b[2J", "q\x11", "ABC\x00", "A" * 161, "$(reboot)", "<script>", "код", "a' OR 1=1", "%s\n"]
)
async def test_a_crafted_barcode_fails_politely(crafted: str) -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await scan(pilot, crafted)
        await until(pilot, lambda: screen.visit.page is Page.SORRY)
        assert not any(name == "find" for name, _ in station.asked)
        assert station.lockers.opened == []


@pytest.mark.parametrize(
    "keys",
    ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+d", "ctrl+backslash", "f12", "f11", "f1", "alt+f4", "tab"],
)
async def test_no_key_ends_it_or_leads_out(keys: str) -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, keys, "f10", "escape")
        assert app.is_running
        assert app.screen is screen
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeypadRests(300), "the QR code still opens"),
        (BadToken("this code is not for collecting"), "This code is not for collecting"),
        (OSError(28, "full"), "cannot write just now"),
    ],
)
async def test_a_refusal_is_said_and_nothing_opens(error: Exception, words: str) -> None:
    station = a_locker(refusing(error))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "1", *CODE)
        await until(pilot, lambda: screen.visit.page is Page.SORRY)
        assert words in screen.shown().words
        assert station.lockers.opened == []


async def test_a_wrong_code_is_typed_again() -> None:
    station = a_locker(refusing(WrongCode()))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "1", *CODE)
        await until(pilot, lambda: screen.visit.page is Page.CODE and not screen.visit.typed)
        assert "This code opens nothing here" in screen.shown().words


@pytest.mark.parametrize("error", [AnotherDoorOpen(3), NotNow(BOX, Event.INTEND)])
async def test_a_door_that_may_not_open_now_is_said(error: Exception) -> None:
    station = a_locker()
    station.lockers.refusal = error
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await scan(pilot, CODE)
        await until(pilot, lambda: screen.visit.page is Page.SORRY)
        assert "box 3 is open" in screen.shown().words or "Your code stays good" in screen.shown().words


async def test_a_second_person_waits_while_a_door_is_open_and_is_served_next() -> None:
    station = a_locker(order_in="11" * 8)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await scan(pilot, "BRW:NEXT")
        screen._tick()
        assert flash_text(app) == "Please wait: box 7 is open. You are next."
        assert len(station.lockers.opened) == 1
        await tell(pilot, station, "shut", State.FREE)
        assert screen.visit.page is Page.DONE, "who collected sees that all is well"
        later(screen, THANKS_S)
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert station.asked[-1] == ("find", ("BRW:NEXT", station.settings))
        await tell(pilot, station, "open", State.OPEN, Purpose.PICKUP)
        assert flash_text(app) == ""


async def test_who_waits_is_not_kept_by_somebody_who_left_without_a_word() -> None:
    station = a_locker(order_in="11" * 8)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.PICKUP)
        await scan(pilot, "BRW:NEXT")
        await press(pilot, "star")
        assert screen.visit.page is Page.ASK, "a question is answered first by who was asked"
        screen.aloud._reading = True
        later(screen, HURRY_S)
        assert screen.visit.page is Page.ASK, "who listens to the screen is given the whole time"
        screen.aloud._reading = False
        later(screen, HURRY_S)
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert station.lockers.answers == [(7, Event.SILENT, "customer")]


async def test_no_door_opens_for_somebody_who_may_have_gone_meanwhile() -> None:
    station = a_locker(order_in="11" * 8)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await scan(pilot, "BRW:NEXT")
        assert screen.waiting is not None
        screen.waiting = Waiting("BRW:NEXT", screen.now() - WAITS_S - 1)
        screen._tick()
        assert "show the code again" in flash_text(app)
        await tell(pilot, station, "shut", State.FREE)
        await press(pilot, "number_sign")
        assert screen.visit.page is Page.IDLE
        assert len(station.lockers.opened) == 1


@pytest.mark.parametrize("again", [CODE, "BRW:MINE"])
async def test_who_shows_their_own_code_once_more_waits_for_nobody(again: str) -> None:
    station = a_locker(order_in=ORDER.id)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await scan(pilot, again)
        assert "box 7 is open" in flash_text(app)
        assert screen.waiting is None


async def test_a_code_that_opens_nothing_gets_no_place_in_the_line() -> None:
    station = a_locker(order_in=refusing(BadToken("this code is not for collecting")))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await scan(pilot, "BRW:ALTERED")
        assert "not for collecting" in flash_text(app)
        assert screen.waiting is None


def later(screen: LockerScreen, seconds: float) -> None:
    """So much later, with no key pressed."""
    screen.visit = replace(screen.visit, since_s=screen.now() - seconds)
    screen._tick()


@pytest.mark.parametrize("what", ["stuck", "refused", "lost", "left"])
async def test_what_goes_wrong_with_the_door_is_said(what: str) -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "1", *CODE)
        await until(pilot, lambda: screen.visit.page is Page.WAIT)
        await tell(pilot, station, what, State.FAILED)
        assert screen.visit.page is Page.SORRY
        assert "7" in screen.shown().words


async def test_not_mine_is_said_before_the_open_door_and_put_back() -> None:
    station = a_locker(disown=Compartment(7, "S", State.OPEN, Purpose.PUT_BACK), name_owner=ORDER)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await touch_key(pilot, "3")
        await until(pilot, lambda: screen.visit.purpose is Purpose.PUT_BACK)
        assert ("disown", (7, ORDER.id, "customer")) in station.asked
        await scan(pilot, "BRW:LABEL")  # the parcel's own
        assert station.asked[-1][1][:2] == (7, "BRW:LABEL")
        assert "noted" in flash_text(app)
        await tell(pilot, station, "shut", State.CHECK)
        assert screen.visit.page is Page.DONE
        assert "AP17" in screen.shown().words
        assert len(station.lockers.opened) == 1


async def test_not_mine_is_said_after_the_door_was_shut_and_it_opens_for_it() -> None:
    station = a_locker(disown=Compartment(7, "S", State.FREE))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.FREE)
        await press(pilot, "3")
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert station.lockers.opened[-1] == (7, Purpose.PUT_BACK, ORDER.id, "customer")


async def test_what_was_forgotten_is_fetched_in_the_same_visit() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.FREE)
        await press(pilot, "2")
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert station.lockers.opened[-1] == (7, Purpose.AGAIN, ORDER.id, "customer")
        await tell(pilot, station, "open", State.OPEN, Purpose.AGAIN)
        await tell(pilot, station, "shut", State.FREE)
        await press(pilot, "2")
        assert len(station.lockers.opened) == 2


@pytest.mark.parametrize(("box", "opened"), [(7, [(7, Purpose.AGAIN, ORDER.id, BY_CODE)]), (0, [])])
async def test_a_code_used_before_opens_once_more_while_the_box_rests(box: int, opened: list[Any]) -> None:
    station = a_locker(refusing(AlreadyCollected(ORDER, box)))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await scan(pilot, "BRW:ABC123")
        await until(pilot, lambda: screen.visit.page is Page.GONE)
        assert "already collected at" in screen.shown().words.lower()
        await press(pilot, "1")
        await pilot.pause()
        assert station.lockers.opened == opened


async def test_that_somebody_else_collected_it_is_reported() -> None:
    station = a_locker(refusing(AlreadyCollected(ORDER, 0)), report=ORDER)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await scan(pilot, "BRW:ABC123")
        await press(pilot, "3")
        await until(pilot, lambda: screen.visit.page is Page.DONE)
        assert ("report", (ORDER.id, "customer")) in station.asked
        assert station.lockers.opened == []


async def test_what_did_not_fit_gets_a_larger_box() -> None:
    boxes = iter([(BOX, "AR7"), (Compartment(9, "M", State.FREE), "AR9")])
    station = a_locker(announce_return=lambda *_: next(boxes), proof_of=Proof("A-000017", 17))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "2", "0")
        await scan(pilot, "R/A-000017")
        assert "A-000017 is noted" in screen.shown().words
        await press(pilot, "1")
        await tell(pilot, station, "open", State.OPEN, Purpose.RETURN)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.RETURN)
        await press(pilot, "4")
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert [asked[0] for asked in station.lockers.opened] == [7, 9]
        assert station.lockers.answers == [(7, Event.EMPTY, "customer")]
        asked = [args for name, args in station.asked if name == "announce_return"]
        proof = Proof("A-000017", 17)
        assert asked == [("S", "", True, proof), ("S", "S", True, proof)]
        assert screen.visit.purpose is Purpose.RETURN


@pytest.mark.parametrize("how", ["key", "touch"])
async def test_a_dark_screen_is_only_woken_by_the_first_touch(how: str) -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        places = key_places(app)
        rests(app, screen)
        for page in (Page.IDLE, Page.CODE):
            if how == "key":
                await press(pilot, "1")
            else:
                await touch(pilot, *places["1"])
            assert screen.visit.page is page


async def test_a_code_held_to_a_dark_screen_is_looked_up_at_once() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        rests(app, screen)
        await scan(pilot, "BRW:ABC123")
        await until(pilot, lambda: screen.visit.page is Page.WAIT)


async def test_nobody_who_stands_there_is_left_in_the_dark() -> None:
    async with till(a_locker()) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "1", "4")
        app._used_ms -= REST_AFTER_MS + 1
        screen.refresh_standing()
        assert screen.visit.page is Page.CODE


def rests(app: Any, screen: LockerScreen) -> None:
    """Nobody has been there for a while, and a minute passes."""
    app._used_ms -= REST_AFTER_MS + 1
    screen.refresh_standing()
    assert screen.visit.page is Page.REST


async def test_it_is_opened_again_once() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.PICKUP)
        await press(pilot, "2")
        await tell(pilot, station, "open", State.OPEN, Purpose.PICKUP)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.PICKUP)
        await press(pilot, "2")
        assert len(station.lockers.opened) == 2


async def test_help_at_the_question_keeps_the_question() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.CLOSING, Purpose.PICKUP)
        await press(pilot, "asterisk")
        assert screen.visit.page is Page.ASK
        assert "Please ask the staff" in screen.shown().words


async def test_the_language_changes_and_comes_back() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "3")
        assert language() == "de"
        await press(pilot, "1", "escape")
        assert (language(), screen.visit.page) == ("en", Page.IDLE)


async def test_a_page_warns_and_any_key_keeps_it() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "1", "4", "8")
        screen.visit = screen.visit.touched(screen.now() - 45)
        screen.show_state()
        assert "closes in 15 s" in flash_text(app)
        await press(pilot, "2")
        assert (flash_text(app), screen.visit.typed) == ("", "482")
        screen.visit = screen.visit.touched(screen.now() - 61)
        screen._tick()
        assert screen.visit.page is Page.IDLE


async def test_an_open_door_has_no_time_limit() -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        screen.visit = screen.visit.touched(screen.now() - 900)
        screen._tick()
        assert screen.visit.page is Page.DOOR


SCENES: dict[str, tuple[str, ...]] = {
    "locker-idle": (),
    "locker-german": ("3",),
    "locker-code": ("1", "4", "8", "2", "1", "0"),
    "locker-door": ("1", *CODE, "tell:open:open"),
    "locker-press": ("1", *CODE, "tell:press:opening"),
    "locker-ask": ("1", *CODE, "tell:open:open", "tell:shut:closing"),
    "locker-done": ("1", *CODE, "tell:open:open", "tell:shut:free"),
    "locker-stuck": ("1", *CODE, "tell:stuck:failed"),
    "locker-return": ("2",),
    "locker-help": ("asterisk",),
    "locker-put-back": ("1", *CODE, "tell:open:open", "3"),
    "locker-rest": ("rest",),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int]) -> None:
    station = a_locker(disown=Compartment(7, "S", State.OPEN, Purpose.PUT_BACK))
    async with till(station, size=size) as (app, pilot):
        screen = await at_locker(app, pilot)
        await press(pilot, "escape")
        for step in SCENES[scene]:
            if step.startswith("tell:"):
                await until(pilot, lambda: screen.visit.page not in {Page.LOOK, Page.CODE})
                _tell, what, state = step.split(":")
                await tell(pilot, station, what, State(state), Purpose.PICKUP)
            elif step == "rest":
                rests(app, screen)
            else:
                await press(pilot, step)
        screen.lit, screen._ticking = True, True
        screen.visit = screen.visit.touched(screen.now())
        screen.show_state()
        await pilot.pause()
        if scene == "locker-done":
            assert "closes in 20 s" in flash_text(app)
        same_as_golden(app, f"{scene}-{size[0]}x{size[1]}")


async def test_the_second_parcel_of_an_order_is_behind_the_next_door() -> None:
    station = a_locker(next_box=9)
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.FREE)
        await until(pilot, lambda: screen.visit.more == 9)
        assert "behind door 9" in screen.shown().words
        await touch_key(pilot, "1")
        await until(pilot, lambda: len(station.lockers.opened) == 2)
        assert station.lockers.opened[-1] == (9, Purpose.PICKUP, ORDER.id, "customer")


@pytest.mark.parametrize(("key", "purpose"), [("2", Purpose.PICKUP), ("3", None)])
async def test_what_was_not_taken_is_fetched_after_all_or_is_somebody_elses(key: str, purpose: Any) -> None:
    station = a_locker(disown=Compartment(7, "S", State.CHECK))
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        await opens(pilot, station, screen)
        await tell(pilot, station, "shut", State.OCCUPIED)
        assert "still inside" in screen.shown().words
        await press(pilot, key)
        await until(pilot, lambda: screen.visit.page is Page.WAIT or screen.visit.purpose is Purpose.PUT_BACK)
        assert [asked[1] for asked in station.lockers.opened[1:]] == ([purpose] if purpose else [])
