"""The till, as a seller uses it: scans, taps, numbers, lines, leave, parking, questions and refusals."""

from __future__ import annotations

import pytest
from textual.message import Message

from kiosk.checkout.drafts import Recalled
from kiosk.checkout.people import Person
from kiosk.settings.shop import UiSettings
from kiosk.tui.app import monotonic_ms
from kiosk.tui.keys import Wedge
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.till import NARROWEST
from kiosk.tui.widgets.basket import BasketView
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.touchkey import SMALLEST
from tests.tui.fakes import MIA, SAM, FakeSettings, FakeStation, a_sale, item
from tests.tui.hands import flash_text, key_places, press, scan, till, touch, touch_key

CANDLE, SOY, GIN, OLIVES, REPAIR = (f"40000000000{number:02}" for number in (1, 2, 42, 40, 43))


def names(station: FakeStation) -> list[tuple[str, int]]:
    """What counts in the basket: name and thousandths."""
    return [(line.item.name, line.quantity) for line in station.register.basket.live]


async def test_a_scan_is_a_line_and_the_ledger_is_told() -> None:
    seen: list[Message] = []
    station = FakeStation()
    async with till(station, hook=seen.append) as (app, pilot):
        await scan(pilot, CANDLE)
        assert names(station) == [("Beeswax candle", 1000)]
        assert flash_text(app) == "Beeswax candle  8.00"
        await pilot.pause()
        assert [args[1].lines for name, args in station.asked if name == "save_open"][-1]
    assert [message.raw for message in seen if isinstance(message, CodeScanned)] == [CANDLE]


@pytest.mark.parametrize("somebody", [MIA, None])
async def test_no_terminal_is_too_small_for_the_till_to_live(somebody: Person | None) -> None:
    async with till(FakeStation(signed_in=somebody)) as (app, pilot):
        for width, height in ((40, 10), (20, 5), (7, 9), (3, 2), (1, 1), (100, 30)):
            await pilot.resize_terminal(width, height)
            await press(pilot, "a", "2", "escape")
            await touch(pilot, 0, 0)
        assert key_places(app)


@pytest.mark.parametrize(
    ("wish", "size", "shape"),
    [
        ((0, 0), (100, 30), (4, 3)),
        ((3, 2), (100, 30), (3, 2)),
        ((6, 2), (100, 30), (6, 2)),
        ((8, 8), (80, 24), (4, 4)),
        ((2, 2), (128, 50), (2, 2)),
    ],
)
async def test_the_keys_are_laid_out_as_the_settings_wish_as_far_as_it_fits(
    wish: tuple[int, int], size: tuple[int, int], shape: tuple[int, int]
) -> None:
    ui = UiSettings("day", key_columns=wish[0], key_rows=wish[1])
    async with till(FakeStation(settings=FakeSettings(ui=ui)), size=size) as (app, _pilot):
        grid = app.screen.query_one("#products", KeyGrid)
        places = [grid.place_of(key.id) for key in grid.keys if grid.place_of(key.id)]
        columns, rows = len({place.x for place in places}), len({place.y for place in places})
        assert (columns, rows) == shape
        assert all(place.height >= SMALLEST[1] and place.width >= NARROWEST - 1 for place in places)


async def test_an_echo_is_ignored_and_a_second_piece_offers_a_large_undo() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        at_ms = monotonic_ms()
        await scan(pilot, CANDLE, at_ms)
        await scan(pilot, CANDLE, at_ms + 300)
        assert names(station) == [("Beeswax candle", 1000)]
        await scan(pilot, CANDLE, at_ms + 1200)
        assert names(station) == [("Beeswax candle", 2000)]
        assert app.screen.doubted == "Beeswax candle"  # type: ignore[attr-defined]
        await touch_key(pilot, "undo")
        assert names(station) == [("Beeswax candle", 1000)]
        assert app.screen.doubted == ""  # type: ignore[attr-defined]


async def test_scans_are_taken_in_the_order_they_came() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        for code in (CANDLE, SOY, "4000000000003"):
            app.post_message(CodeScanned(code, "gun", monotonic_ms()))
        await pilot.pause()
        await pilot.pause()
        assert [name for name, _count in names(station)] == [
            "Beeswax candle",
            "Soy candle small",
            "Soy candle large",
        ]


async def test_a_wedge_scanner_is_a_scanner_and_not_commands() -> None:
    station = FakeStation()
    async with till(station, wedge=Wedge(gap_ms=60_000)) as (_app, pilot):
        await press(pilot, *CANDLE, "enter")
        await pilot.pause()
        assert names(station) == [("Beeswax candle", 1000)]


async def test_a_product_is_sold_by_touch_and_by_its_letter() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await touch_key(pilot, "product:b")
        await press(pilot, "a")
        assert names(station) == [("Soy candle small", 1000), ("Beeswax candle", 1000)]


async def test_lists_are_opened_by_touch_and_key_and_turned_to_their_end() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await touch_key(pilot, "list:3")
        await press(pilot, "a")
        await press(pilot, "shift+tab", "a")
        await press(pilot, "left", "space", "a")
        await touch_key(pilot, "page")
        await press(pilot, "a")
        assert [name for name, _count in names(station)] == [
            "Tote, natural",
            "Mug, blue glaze",
            "Citronella",
            "Beeswax candle",
        ]


async def test_a_list_code_opens_its_list_and_a_bundle_code_adds_it() -> None:
    from kiosk.catalogue.resolve import BundleFound, ListFound, ProductFound
    from tests.tui.fakes import BY_CODE, done

    station = FakeStation()
    parts = (ProductFound(BY_CODE[CANDLE], 2000), ProductFound(BY_CODE[SOY]))
    answers = {"LIST": ListFound(3, "Textiles"), "BUNDLE": BundleFound(9, "Set", parts)}
    station.find = lambda raw: done(answers[raw])  # type: ignore[method-assign, assignment]
    async with till(station) as (app, pilot):
        await scan(pilot, "LIST")
        assert app.screen.quick.open.name == "Textiles"  # type: ignore[attr-defined]
        await scan(pilot, "BUNDLE")
        assert names(station) == [("Beeswax candle", 2000), ("Soy candle small", 1000)]


async def test_a_finger_that_slides_off_takes_its_press_back() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        x, y = key_places(app)["product:a"]
        away = key_places(app)["product:b"]
        await touch(pilot, x, y, lift=away)
        assert names(station) == []
        await touch(pilot, x, y)
        assert names(station) == [("Beeswax candle", 1000)]


async def test_every_tap_of_a_fast_finger_counts() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        for _tap in range(8):
            await touch_key(pilot, "product:a")
        assert names(station) == [("Beeswax candle", 8000)]


async def test_a_typed_number_is_a_code_or_a_multiplier() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await press(pilot, *CANDLE)
        assert CANDLE in flash_text(app)
        await press(pilot, "enter")
        await pilot.pause()
        assert names(station) == [("Beeswax candle", 1000)]
        await press(pilot, "1", "2", "backspace", "asterisk", "b")
        assert names(station)[1] == ("Soy candle small", 1000)
        await press(pilot, "3", "asterisk")
        assert station.register.multiplier == 3
        await press(pilot, "escape")
        assert station.register.multiplier == 1
        await press(pilot, "4", "asterisk", "b")
        assert names(station)[1] == ("Soy candle small", 5000)


async def test_a_multiplier_by_touch_alone() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await touch_key(pilot, "times")
        await touch_key(pilot, "5")
        await touch_key(pilot, "enter")
        await touch_key(pilot, "product:a")
        assert names(station) == [("Beeswax candle", 5000)]


async def test_an_unknown_code_changes_nothing_and_offers_to_add_it() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await scan(pilot, "4006381333931")
        assert names(station) == []
        assert flash_text(app) == "Unknown code 4006381333931"
        from kiosk.tui.widgets.flash import Flash

        assert app.screen.query_one(Flash).said.offer == "add_product"
        assert app.screen.query_one(Flash).said.tone == "bad"


async def test_lines_are_changed_by_key() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (_app, pilot):
        await press(pilot, "up", "up", "up", "plus")
        assert names(station)[0] == ("Mug, blue glaze", 3000)
        await press(pilot, "minus", "minus")
        assert names(station)[0] == ("Mug, blue glaze", 1000)
        await press(pilot, "ctrl+n", "7", "enter")
        assert names(station)[0] == ("Mug, blue glaze", 7000)
        await press(pilot, "delete")
        assert ("Mug, blue glaze", 7000) not in names(station)
        await press(pilot, "f2")
        assert names(station)[0] == ("Mug, blue glaze", 7000)


async def test_a_line_is_chosen_and_changed_by_touch() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (app, pilot):
        view = app.screen.query_one(BasketView)
        await touch(pilot, view.region.x + 5, view.region.y)
        assert app.screen.chosen == 1  # type: ignore[attr-defined]
        await touch_key(pilot, "another")
        await touch_key(pilot, "note")
        for letter in "Xy":
            await touch_key(pilot, letter if letter in key_places(app) else letter.lower())
        await touch_key(pilot, "enter")
        line = station.register.basket.line(1)
        assert (line.quantity, line.note) == (3000, "Xy")
        await touch_key(pilot, "close_pane")
        assert app.screen.chosen == 0  # type: ignore[attr-defined]


async def test_a_price_needs_leave_and_wrong_pins_have_to_wait() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (app, pilot):
        await press(pilot, "up", "ctrl+p", "1", "0", "enter")
        assert "supervisor" in app.screen.words.lower()  # type: ignore[attr-defined]
        await press(pilot, "1", "1", "1", "1", "enter")
        assert flash_text(app) == "The PIN is wrong. Wait 4 s."
        await press(pilot, "2")
        assert app.screen.pad.typed == ""  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert [line.price for line in station.register.basket.live] == [1250, 800, 1299, 1500]
        await press(pilot, "ctrl+p", "1", "0", "enter")
        await press(pilot, "2", "5", "8", "0", "enter")
        assert 1000 in [line.price for line in station.register.basket.live]
        assert [one.person for one in station.register.approvals][-1] == SAM


async def test_a_supervisor_needs_no_leave_for_a_discount() -> None:
    station = FakeStation(signed_in=SAM)
    a_sale(station)
    async with till(station) as (_app, pilot):
        before = station.register.basket.totals.gross
        await press(pilot, "ctrl+e", "b")
        assert station.register.basket.totals.gross == before - round(before / 10)
        await press(pilot, "ctrl+e", "h", "5", "enter")
        assert station.register.basket.totals.gross == before - 500
        await press(pilot, "ctrl+e", "i")
        assert station.register.basket.totals.gross == before


async def test_what_is_weighed_asks_for_its_weight() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await scan(pilot, OLIVES)
        assert isinstance(app.screen, Dialogue)
        await press(pilot, "0", "full_stop", "3", "3", "5", "enter")
        assert names(station) == [("Olives", 335)]


@pytest.mark.parametrize("grams", [335, 1000])
async def test_a_weight_in_the_code_is_not_asked_for_again(grams: int) -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await scan(pilot, f"{OLIVES}@{grams}")
        assert names(station) == [("Olives", grams)]


async def test_what_has_no_price_asks_for_it_and_then_for_its_note() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await scan(pilot, REPAIR)
        await press(pilot, "1", "2", "comma", "5", "enter")
        assert app.screen.title_text == "what was repaired"  # type: ignore[attr-defined]
        await press(pilot, *"lamp", "enter")
        line = station.register.basket.live[0]
        assert (line.price, line.note) == (1250, "lamp")


@pytest.mark.parametrize(("answer", "checked", "voided"), [("a", True, False), ("b", False, True)])
async def test_age_is_asked_for_once_it_matters(answer: str, *, checked: bool, voided: bool) -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await scan(pilot, GIN)
        await press(pilot, answer)
        line = station.register.basket.lines[0]
        assert (line.age_checked, line.voided) == (checked, voided)


async def test_enter_never_agrees_that_somebody_is_old_enough() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        await scan(pilot, GIN)
        await press(pilot, "enter")
        assert not station.register.basket.lines[0].age_checked


async def test_a_scan_during_a_question_is_said_to_be_refused() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await scan(pilot, OLIVES)
        await scan(pilot, CANDLE)
        assert names(station) == []
        assert flash_text(app).startswith("Not added")


async def test_a_sale_is_parked_under_a_name_and_taken_up_again() -> None:
    station = FakeStation()
    a_sale(station)
    basket = station.register.basket
    station.work["recall"] = lambda draft, *_more: Recalled(draft, basket.rename("Red hat"), ())
    async with till(station) as (app, pilot):
        await press(pilot, "f3", *"Red hat".lower().replace(" ", "_").split("_")[0], "enter")
        assert station.register.basket.lines == ()
        parked = [args for name, args in station.asked if name == "park"][-1]
        assert parked[1] == basket and parked[3] == "red"
        from kiosk.checkout.drafts import Draft

        station.work["drafts"] = lambda state: (
            [Draft("d1", state, "Red hat", 1, 0, "{}")] if state == "parked" else []
        )
        await app.screen.count_parked()  # type: ignore[attr-defined]
        await press(pilot, "f3", "a")
        assert station.register.basket.name == "Red hat"
        assert app.keeper.draft == "d1"


async def test_a_park_that_fails_leaves_the_sale_on_the_screen() -> None:
    from kiosk.ledger.errors import LedgerFull

    station = FakeStation()
    a_sale(station)
    basket = station.register.basket

    def full(*_args: object) -> None:
        raise LedgerFull("disk")

    station.work["park"] = full
    async with till(station) as (app, pilot):
        await press(pilot, "f3", "enter")
        assert station.register.basket == basket
        assert flash_text(app)


async def test_a_sale_is_thrown_away_only_after_a_yes() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (_app, pilot):
        await press(pilot, "ctrl+x", "b")
        assert station.register.basket.lines
        await press(pilot, "ctrl+x", "enter")
        assert station.register.basket.lines, "Enter agrees to nothing"
        await press(pilot, "a")
        assert station.register.basket.lines == ()
        assert "discard" in [name for name, _args in station.asked]


async def test_what_cannot_be_saved_is_said() -> None:
    from kiosk.ledger.errors import LedgerFull

    station = FakeStation()

    def full(*_args: object) -> None:
        raise LedgerFull("disk")

    station.work["save_open"] = full
    async with till(station) as (app, pilot):
        await press(pilot, "a")
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query_one("#flash").said.tone == "bad"  # type: ignore[attr-defined]
        assert names(station) == [("Beeswax candle", 1000)]


async def test_after_a_power_cut_the_open_sale_is_back() -> None:
    from kiosk.checkout.drafts import Draft

    other = FakeStation()
    a_sale(other)
    station = FakeStation()
    station.work["drafts"] = lambda state: [Draft("d9", "open", "", 1, 0, "{}")] if state == "open" else []
    station.work["recall"] = lambda draft, *_more: Recalled(draft, other.register.basket, ())
    async with till(station) as (app, pilot):
        await pilot.pause()
        assert station.register.basket == other.register.basket
        assert app.keeper.draft == "d9"


async def test_the_search_finds_while_typing_and_adds_by_enter_or_touch() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        await press(pilot, "slash", *"soy")
        assert [found.name for found in app.screen.found] == ["Soy candle small", "Soy candle large"]  # type: ignore[attr-defined]
        await press(pilot, "down", "up", "right", "enter")
        assert names(station) == [("Soy candle large", 1000)]
        await touch_key(pilot, "find")
        for letter in "soy":
            await touch_key(pilot, letter)
        await touch_key(pilot, "found:0")
        assert names(station)[1] == ("Soy candle small", 1000)
        await press(pilot, "slash", *CANDLE, "enter")
        await pilot.pause()
        assert names(station)[2] == ("Beeswax candle", 1000)


async def test_a_long_basket_is_paged_by_key_touch_and_wheel() -> None:
    station = FakeStation()
    for number in range(60):
        station.register.add(item("Olives"), number, quantity=100 + number)
    async with till(station) as (app, pilot):
        view = app.screen.query_one(BasketView)
        assert view.pages > 2
        last = view.page
        assert last == view.pages - 1
        await press(pilot, "pageup")
        assert view.page == last - 1
        await touch(pilot, view.region.x + 2, view.region.bottom - 1)
        assert view.page == last - 2
        await touch(pilot, view.region.right - 2, view.region.bottom - 1)
        assert view.page == last - 1


HOSTILE = [
    "Cup [/]",
    "[@click=app.quit]x[/]",
    "\x1b[2J\x1b]0;x\x07bell",
    "\u202eesrever",
    "漢字のとても長い名前" * 20,
    "e" + "\u0301" * 190,
    "Ω" * 200,
    " \t\n ",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [(80, 24), (128, 50)])
async def test_no_name_breaks_the_screen(name: str, size: tuple[int, int]) -> None:
    from dataclasses import replace

    from tests.tui.looks import strips

    station = FakeStation()
    station.register.tap(replace(item("Gift box"), name=name), 1)
    async with till(station, size=size) as (app, _pilot):
        rows = strips(app)
        assert len(rows) == size[1]
        text = "".join(part.text for row in rows for part in row)
        assert all(char.isprintable() for char in text)
        assert "\x1b" not in text and "\u202e" not in text
        assert "24.00" in text


async def test_absurd_amounts_fit_or_are_cut_never_wrong() -> None:
    station = FakeStation(signed_in=SAM)
    station.register.add(item("Gift box"), 1, price=99_999_999)
    async with till(station, size=(80, 24)) as (app, _pilot):
        from tests.tui.looks import text_of

        assert "999,999.99" in text_of(app)


async def test_nobody_can_quit_without_a_supervisor() -> None:
    station = FakeStation(signed_in=MIA)
    async with till(station) as (app, pilot):
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, Dialogue)
        await press(pilot, "escape", "ctrl+c", "ctrl+p")
        assert app.is_running
        await press(pilot, "ctrl+q", "2", "5", "8", "0", "enter")
        assert app.return_code == 0
