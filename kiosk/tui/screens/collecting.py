"""At the till, beside pay: "collect later". Point, size, window; the goods are held until it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _, date, time
from kiosk.station.collecting import Promise, commit_to_collect, hold_basket, promise
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.prompts import ChoiceDialogue, Option

if TYPE_CHECKING:
    from kiosk.checkout.sale import NewSale, Receipt
    from kiosk.pickup.desk import Ticket
    from kiosk.pickup.points import PickupPoint, Window
    from kiosk.tui.screens.frame import Frame


async def collect_later(screen: Frame[None]) -> None:
    """Ask where, how large and when, and hold what is in the basket."""
    pickup, register = screen.station.settings.pickup, screen.station.register
    if pickup is None or register.basket.is_empty:
        return
    point = await _point(screen, pickup.points)
    if point is None:
        return
    box = await _box(screen, pickup.sizes) if point.kind == "locker" else ("", False)
    if box is None:
        return
    window = await _window(screen, point)
    if window is None:
        return
    size, low = box
    lines: dict[str, int] = {}
    for line in register.basket.live:
        lines[line.item.sku] = lines.get(line.item.sku, 0) + line.quantity
    checked = any(line.item.min_age for line in register.basket.live)
    try:
        order = await screen.work(
            lambda ledger: hold_basket(ledger, lines, point, size, window.start_ms, low=low, checked=checked)
        )
    except REFUSALS as refused:
        screen.say(str(refused), "bad")
        screen.app.bell()
        return
    register.collect = order.id
    words = _("Held as {ref} until {time}. Now take the money.")
    screen.say(words.format(ref=order.ref, time=time(order.until_ms)), "good")


async def _point(screen: Frame[None], points: tuple[PickupPoint, ...]) -> PickupPoint | None:
    """Where; a shop with one point is not asked."""
    if len(points) == 1:
        return points[0]
    kinds = {"locker": _("locker"), "counter": _("counter")}
    options = [Option(point, point.title, kinds[point.kind]) for point in points]
    return await screen.ask(ChoiceDialogue(_("Collect where?"), options, columns=1))


async def _box(screen: Frame[None], sizes: tuple[str, ...]) -> tuple[str, bool] | None:
    """How large, and whether within reach of somebody who sits."""
    options = [Option((size, False), size) for size in sizes]
    options += [Option((size, True), size, _("low box")) for size in sizes]
    words = _("A low box is 40 to 120 cm above the ground, for who sits or cannot reach up.")
    return await screen.ask(ChoiceDialogue(_("How large?"), options, words=words, columns=max(len(sizes), 1)))


async def _window(screen: Frame[None], point: PickupPoint) -> Window | None:
    """When; with the age of what is known."""
    found: Promise = await screen.read(promise, point, screen.station.settings)
    as_of = _("as of {time}").format(time=time(found.as_of_ms))
    if not found.clock_trusted:
        as_of += ", " + _("clock not confirmed")
    if not found.windows:
        screen.say(_("{point} has no window in the next two weeks.").format(point=point.title), "warn")
        return None
    options = [Option(one, _when(one), _("{n} left").format(n=one.left)) for one in found.windows]
    return await screen.ask(ChoiceDialogue(_("Collect from when?"), options, words=as_of, columns=1))


def _when(window: Window) -> str:
    """A window's beginning."""
    return f"{date(window.start_ms)} {time(window.start_ms)}"


async def book(screen: Frame[None], new: NewSale, order: str) -> tuple[Receipt, Ticket | None, str]:
    """Book a sale with its order, and what to say of it; without a ticket there is nothing to collect."""
    receipt, ticket = await screen.work(commit_to_collect, new, order, screen.station.settings)
    if ticket is None:
        return receipt, None, _("The hold had lapsed: hand the goods over now.")
    words = _("{ref} to collect from {date} {time}")
    slot = ticket.order.slot_ms
    return receipt, ticket, words.format(ref=ticket.order.ref, date=date(slot), time=time(slot))
