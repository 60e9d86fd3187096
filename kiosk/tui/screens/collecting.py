"""At the till, beside pay: "collect later". Point, size, window, name; goods are held until it is paid."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from kiosk.i18n import _, date, time
from kiosk.pickup import holds
from kiosk.pickup.order import Stage
from kiosk.pickup.walk import DAY_MS
from kiosk.pickup.wish import LONGEST_NAME, Wish
from kiosk.station.collecting import Booked, CabinetSilent, Promise, commit_to_collect, promise, stands
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

if TYPE_CHECKING:
    from kiosk.checkout.basket import Basket
    from kiosk.checkout.sale import NewSale
    from kiosk.pickup.points import PickupPoint, Window
    from kiosk.settings.pickup import PickupSettings
    from kiosk.tui.screens.frame import Frame

_TAIL = re.compile(r"\s([0-9]{2})$", re.ASCII)
"""Two digits of a telephone number behind a name: `Ann 17`."""


async def collect_later(screen: Frame[None]) -> None:
    """Ask where, how large, when and for whom, and hold what is in the basket."""
    pickup, register = screen.station.settings.pickup, screen.station.register
    if pickup is None or register.basket.is_empty:
        return
    point = await _point(screen, pickup.points)
    if point is None:
        return
    box = await _box(screen, pickup) if point.kind == "locker" else ("", False)
    if box is None:
        return
    window = await _window(screen, point, box[0])
    if window is None:
        return
    checked = _is_checked(register.basket, pickup, screen)
    who = await _who(screen, needed=checked)
    if who is None:
        return
    name, tail = who
    wish = Wish(
        secrets.token_hex(8), point.name, window.start_ms, box[0], _lines(register.basket),
        low=box[1], name=name, tail=tail, checked=checked, draft=screen.app.keeper.draft,
    )  # fmt: skip
    try:
        order = await screen.work(holds.hold_at, wish, point, screen.station.settings.zone)
    except REFUSALS as refused:
        screen.say(str(refused), "bad")
        screen.app.bell()
        return
    register.collect = order.id
    words = _("Held as {ref} until {time}. Now take the money.")
    screen.say(words.format(ref=order.ref, time=time(order.until_ms)), "good")


def drop_hold(screen: Frame[None]) -> None:
    """The sale is another one now, or thrown away: what was held for it is free again."""
    register = screen.station.register
    dropped, register.dropped = register.dropped, ""
    screen.work_on(_let_go(screen, dropped), "hold")


async def _let_go(screen: Frame[None], order: str) -> None:
    known = await screen.work(holds.let_go, order)
    if known is not None:
        words = _("{ref} is not held any more: the sale has changed.")
        screen.say(words.format(ref=known.ref), "warn", "collect")


async def find_hold(screen: Frame[None]) -> None:
    """A sale was taken up again: so is its hold, if it stands and is for the same goods."""
    register = screen.station.register
    held = await screen.read(holds.of_draft, screen.app.keeper.draft)
    if held is None or register.basket.is_empty:
        return
    same = await screen.read(holds.is_for, held.id, _lines(register.basket))
    if held.stage in {Stage.RESERVED, Stage.RELEASED} and same:
        register.collect = held.id
        words = _("To be collected: {ref}, from {date} {time}.")
        slot = held.slot_ms
        screen.say(words.format(ref=held.ref, date=date(slot), time=time(slot)), "note")


async def still_stands(screen: Frame[None]) -> bool:
    """Whether money may be taken for what is to be collected; what stands in the way is said."""
    register = screen.station.register
    try:
        await screen.work(stands, register.collect, screen.station.settings)
    except REFUSALS as refused:
        register.collect = ""
        screen.say(str(refused), "bad", "collect")
        screen.app.bell()
        return False
    return True


async def book(screen: Frame[None], new: NewSale, order: str) -> tuple[Booked, str]:
    """Book a sale with its order, and what to say of it; without a ticket there is nothing to collect."""
    booked = await screen.work(commit_to_collect, new, order, screen.station.settings)
    if booked.gone:
        words = _("{goods}: sold meanwhile. Give the money back, or promise it anew.")
        return booked, words.format(goods=", ".join(booked.gone))
    if booked.ticket is None:
        return booked, _("The hold had lapsed: hand the goods over now.")
    words = _("{ref} to collect from {date} {time}")
    slot = booked.ticket.order.slot_ms
    return booked, words.format(ref=booked.ticket.order.ref, date=date(slot), time=time(slot))


def _lines(basket: Basket) -> dict[str, int]:
    """What is in a basket: thousandths by SKU."""
    lines: dict[str, int] = {}
    for line in basket.live:
        lines[line.item.sku] = lines.get(line.item.sku, 0) + line.quantity
    return lines


def _is_checked(basket: Basket, pickup: PickupSettings, screen: Frame[None]) -> bool:
    """Whether it is given out only after a look at the name: age-limited goods, and dear ones."""
    dear = pickup.check_from * 10**screen.station.settings.currency.exponent
    return any(line.item.min_age for line in basket.live) or (0 < dear <= basket.totals.gross)


async def _point(screen: Frame[None], points: tuple[PickupPoint, ...]) -> PickupPoint | None:
    """Where; a shop with one point is not asked."""
    if len(points) == 1:
        return points[0]
    kinds = {"locker": _("locker"), "counter": _("counter")}
    options = [Option(point, point.title, kinds[point.kind]) for point in points]
    return await screen.ask(ChoiceDialogue(_("Collect where?"), options, columns=1))


async def _box(screen: Frame[None], pickup: PickupSettings) -> tuple[str, bool] | None:
    """How large, and whether within reach of somebody who sits: in sizes of which there is such a box."""
    sizes, low = pickup.sizes, {size for _number, size, is_low in pickup.boxes if is_low}
    options = [Option((size, False), size) for size in sizes]
    options += [Option((size, True), size, _("low box")) for size in sizes if size in low]
    words = _("A low box is 40 to 120 cm above the ground, for who sits or cannot reach up.") if low else ""
    return await screen.ask(ChoiceDialogue(_("How large?"), options, words=words, columns=max(len(sizes), 1)))


async def _window(screen: Frame[None], point: PickupPoint, size: str) -> Window | None:
    """When; with the age of what is known."""
    try:
        found: Promise = await screen.read(promise, point, screen.station.settings, size)
    except CabinetSilent as silent:
        screen.say(str(silent)[:1].upper() + str(silent)[1:], "bad")
        return None
    as_of = _("as of {time}").format(time=time(found.as_of_ms))
    if not found.clock_trusted:
        as_of += ", " + _("clock not confirmed")
    if not found.windows:
        screen.say(_("{point} has no window in the next two weeks.").format(point=point.title), "warn")
        return None
    now_ms = screen.station.clock.now().wall_ms if found.clock_trusted else None
    options = [Option(one, _when(one, now_ms), _("{n} left").format(n=one.left)) for one in found.windows]
    return await screen.ask(ChoiceDialogue(_("Collect from when?"), options, words=as_of, columns=1))


async def _who(screen: Frame[None], *, needed: bool) -> tuple[str, str] | None:
    """For whom: a name and two digits of a telephone number, both empty where nobody wants to say."""
    words = _("A name, and two digits of a phone number: Ann 17. Enter for none.")
    if needed:
        words = _("The name is looked at when it is collected.")
    text = await screen.ask(TextDialogue(_("For whom?"), words=words, most=LONGEST_NAME, empty=not needed))
    if text is None:
        return None
    tail = _TAIL.search(text)
    return (text[: tail.start()].strip(), tail[1]) if tail else (text.strip(), "")


def _when(window: Window, now_ms: int | None) -> str:
    """A window's beginning; `now_ms` is None where nobody knows what day it is."""
    day, near = date(window.start_ms), {}
    if now_ms is not None:
        near = {date(now_ms + DAY_MS): _("tomorrow"), date(now_ms): _("today")}
    return f"{near.get(day, day)} {time(window.start_ms)}"
