"""What was brought back, on a real ledger: taken out by touch or keys, decided, and as it looks."""

from __future__ import annotations

import pytest

from kiosk.pickup import looked, openings, returns
from kiosk.pickup.compartment import Purpose, State
from kiosk.pickup.returns import Case
from kiosk.tui.screens.prompts import ChoiceDialogue
from tests.tui.hands import SIZES, press, touch_key
from tests.tui.looks import same_as_golden
from tests.tui.stall import Stall, at, shown, until
from tests.tui.test_boxes import box, shop

__all__ = ["shop"]


def brought(shop: Stall, proof: returns.Proof | None = None) -> returns.ReturnDrop:
    """Somebody brings something back."""
    found, ref = returns.announce(shop.ledger, "S", proof=proof)
    openings.intend(shop.ledger, found.number, Purpose.RETURN, "", "customer")
    openings.seen_open(shop.ledger, found.number)
    openings.seen_shut(shop.ledger, found.number, "yes")
    return returns.called(shop.ledger, ref)


@pytest.mark.parametrize("hands", ["touch", "keys"])
async def test_it_is_taken_out_and_decided(shop: Stall, hands: str) -> None:
    drop = brought(shop)

    async def do(name: str, key: str) -> None:
        if hands == "touch":
            await touch_key(pilot, name)
        else:
            await press(pilot, key)

    async with at(shop, "drops") as (screen, pilot):
        await until(pilot, lambda: screen.ref == drop.ref and screen.can("take_out"))
        await do("take_out", "enter")
        await until(pilot, lambda: box(shop, drop.box).state is State.OPENING)
        shop.lockers.used(drop.box)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await do("a", "a")  # it is empty
        await until(pilot, lambda: screen.is_current and screen.can("decide"))
        await do("decide", "f5")
        await shown(pilot, ChoiceDialogue)
        await do("a", "a")
        await until(pilot, lambda: returns.called(shop.ledger, drop.ref).state is Case.REPAIR)
    assert (box(shop, drop.box).state, returns.called(shop.ledger, drop.ref).taken_by) == (State.FREE, "Mia")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_it_did(shop: Stall, size: tuple[int, int]) -> None:
    receipt = shop.sell("MUG-BLUE")
    brought(shop, returns.Proof(receipt.number, receipt.id))
    drop = brought(shop)
    openings.intend(shop.ledger, drop.box, Purpose.STAFF, "", "Mia")
    openings.seen_open(shop.ledger, drop.box)
    openings.seen_shut(shop.ledger, drop.box)
    looked.found_empty(shop.ledger, drop.box, "Mia")
    async with at(shop, "drops", size) as (screen, pilot):
        await until(pilot, lambda: len(screen.drops) == 2)
        await pilot.pause()
        same_as_golden(screen.app, f"drops-{size[0]}x{size[1]}")
