"""A till on a real ledger with its station, paying."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from textual import events
from textual.pilot import Pilot

from kiosk.catalogue.products import Catalogue
from kiosk.checkout.basket import Item
from kiosk.checkout.payments.method import Answer, Instruction, Request
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.tui.app import BarrowApp, monotonic_ms
from kiosk.tui.bounce import Bounce
from kiosk.tui.keys import Wedge
from kiosk.tui.screens.prompts import NumberDialogue
from kiosk.tui.screens.shift import ShiftScreen
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import press, till
from tests.tui.stall import Stall, shown, stall, until


@dataclass
class Reader:
    """A card reader that answers what it is told to, and remembers what it was asked."""

    name: str = "reader"
    label: str = "Reader"
    opens_drawer: bool = False
    can_overpay: bool = False
    needs_reference: bool = False
    confirmed_by: Literal["seller", "reader"] = "reader"
    starts: list[Instruction | Exception] = field(default_factory=list)
    answers: list[Answer | Exception] = field(default_factory=list)
    cancels: list[Answer | Exception] = field(default_factory=list)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    """What was called, for which attempt and amount."""

    def start(self, request: Request) -> Instruction:
        """Show the amount on the reader."""
        self.asked.append(("start", request.attempt, request.amount))
        return _said(self.starts.pop(0) if self.starts else Instruction("Present the card to the reader"))

    def poll(self, request: Request) -> Answer:
        """The next answer; waiting when there is none."""
        self.asked.append(("poll", request.attempt, request.amount))
        return _said(self.answers.pop(0) if self.answers else Answer("pending"))

    def cancel(self, request: Request) -> Answer:
        """The next answer to that; cancelled when there is none."""
        self.asked.append(("cancel", request.attempt, request.amount))
        return _said(self.cancels.pop(0) if self.cancels else Answer("cancelled"))


def _said(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer


def with_reader(settings: Settings) -> Settings:
    """A shop that has a reader besides."""
    return replace(settings, methods=(*settings.methods, "reader"))


def fill(made: Stall, *skus: str) -> None:
    """Put goods into the basket, by touch; `OLIVES@335` are grams of what is weighed."""
    goods = Catalogue(made.ledger)
    for at, what in enumerate(skus or ("MUG-BLUE",)):
        sku, _at, grams = what.partition("@")
        product = goods.by_sku(sku)
        assert product is not None, sku
        item, at_ms = Item.of(product.offer), monotonic_ms() + at * 5000
        if grams:
            made.register.add(item, at_ms, quantity=int(grams))
        else:
            made.register.tap(item, at_ms)


@asynccontextmanager
async def selling(
    folder: Path,
    *skus: str,
    size: tuple[int, int] = (100, 30),
    theme: str = "stall-night",
    methods: Mapping[str, Any] = {},
    trusted: bool = True,
    draft: str = "",
    language: str = "en",
    bounce: Bounce | None = None,
    wedge: Wedge[events.Key] | None = None,
    **options: Any,
) -> AsyncIterator[tuple[Stall, BarrowApp, Pilot[Any]]]:
    """A running till with goods in its basket, on a ledger of its own; `draft` is the id of its sale."""
    options.setdefault("person", "Mia")
    with stall(folder, **options) as made:
        made.methods = {**made.methods, **methods}
        made.ledger.clock.trusted = trusted  # type: ignore[attr-defined]
        opened, person = options.get("opened", True), made.register.person
        made.register.person = person if opened else None  # who signs in without a shift is asked for it
        async with till(
            made,  # type: ignore[arg-type]
            size=size,
            theme=theme,
            language=language,
            bounce=bounce,
            wedge=wedge,
        ) as (app, pilot):
            if not opened and person is not None:
                app.sign_in(person)
                await shown(pilot, NumberDialogue)
                await press(pilot, "escape")
                await shown(pilot, ShiftScreen)
                await press(pilot, "escape")
            await shown(pilot, TillScreen)
            app.keeper.begin(draft)
            fill(made, *skus)
            app.screen.show_state()  # type: ignore[attr-defined]
            app.keeper.keep()
            await until(pilot, lambda: made.rows("SELECT 1 FROM draft WHERE state = 'open'"))
            yield made, app, pilot


@asynccontextmanager
async def killed(
    made: Stall, folder: Path, methods: Mapping[str, Any] = {}, person: str = "Mia"
) -> AsyncIterator[tuple[Stall, BarrowApp, Pilot[Any]]]:
    """A new till on what is on the disk this moment, as it finds it when the power is back."""
    shutil.copytree(made.settings.folder, folder / "again")
    settings = replace(made.settings, folder=folder / "again")
    ledger = Ledger.open(settings.ledger, clock=FakeClock(made.clock.now().wall_ms + 60_000))
    try:
        again = Stall(ledger, settings)
        again.methods = {**again.methods, **methods}
        again.register.person = again.somebody(person)
        async with till(again) as (app, pilot):  # type: ignore[arg-type]
            yield again, app, pilot
    finally:
        ledger.close()


class Held:
    """A thread of a till, which does the next thing when it is told to: the payments', or the ledger's."""

    def __init__(self, made: Stall, thread: Literal["aside", "submit"] = "aside") -> None:
        """Take the place of the till's own."""
        self._waiting: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []
        self._made = made
        setattr(made, thread, self._later)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return bool(self._waiting)

    def _later(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # a call that has gone out cannot be taken back
        self._waiting.append((future, function, args))
        return future

    def done(self) -> None:
        """Finish what is being done."""
        future, function, args = self._waiting.pop(0)
        try:
            future.set_result(function(self._made.ledger, *args))
        except Exception as error:
            future.set_exception(error)


def paid(made: Stall) -> list[tuple[str, str, int]]:
    """The payments of the last sale: method, kind and minor units."""
    rows = made.rows(
        "SELECT method, kind, amount FROM payment WHERE sale = (SELECT max(id) FROM sale) ORDER BY n"
    )
    return [(str(method), str(kind), int(amount)) for method, kind, amount in rows]


def tries(made: Stall) -> list[tuple[str, int, str, bool]]:
    """The tries to take money: method, asked, state, and whether they belong to a sale."""
    rows = made.rows(
        "SELECT method, asked, state, sale IS NOT NULL FROM payment_attempt ORDER BY asked DESC, state"
    )
    return [(method, asked, state, bool(sold)) for method, asked, state, sold in rows]
