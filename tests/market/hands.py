"""What a seller's hands do at the till, through the very functions that the screen calls.

Scans go over the scanner's wire, sales through `Register`, `Tender` and `sale.commit` in the station's
threads. Nothing here computes an amount: it does as it is told and hands on what the till said.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar
from uuid import UUID, uuid4

from hardware.device import CodeScanned
from kiosk.catalogue.products import Offer
from kiosk.catalogue.quicklists import every_list
from kiosk.catalogue.resolve import ProductFound
from kiosk.checkout import attempts, drafts
from kiosk.checkout.basket import Item
from kiosk.checkout.outcome import Outcome
from kiosk.checkout.payments.method import PaymentMethod, Request
from kiosk.checkout.payments.pending import UnderWay, begin
from kiosk.checkout.people import Approval, Person, Right, approve, everybody, sign_in
from kiosk.checkout.register import Register
from kiosk.checkout.sale import NewSale, Receipt, commit
from kiosk.checkout.tender import Tender
from kiosk.ledger.connection import Ledger
from kiosk.station.station import Station

T = TypeVar("T")

DEADLINE_S = 60.0
PINS = {"Mia": "1111", "Sam": "2580"}


def done(future: Future[T]) -> T:
    """What a station's future brings."""
    return future.result(DEADLINE_S)


class Hands:
    """One seller at one till."""

    def __init__(self, station: Station, pull_trigger: Callable[[str], object]) -> None:
        """Take a started station; `pull_trigger` scans a code with the simulated scanner."""
        self.station = station
        self.register: Register = station.register
        self.draft = uuid4().hex
        self.now_ms = 0
        self._pull = pull_trigger
        self._scans: queue.Queue[CodeScanned] = queue.Queue()
        self._said: queue.Queue[object] = queue.Queue()
        station.subscribe(self._heard)
        self.people = {person.name: person for person in done(station.read(everybody))}
        self.keys = {
            key.product.sku: key.product for one in done(station.read(every_list)) for key in one.keys
        }

    def _heard(self, event: object) -> None:
        (self._scans if isinstance(event, CodeScanned) else self._said).put(event)  # type: ignore[arg-type]

    def wait_for(self, event: object) -> None:
        """Wait until the station has told something."""
        while self._said.get(timeout=DEADLINE_S) != event:
            pass

    def pause(self, ms: int = 2_000) -> int:
        """Let time pass at the till, and say what its clock shows."""
        self.now_ms += ms
        return self.now_ms

    # -- people ----------------------------------------------------------------------------------------------

    def sign_in(self, name: str, pin: str = "") -> Person:
        """Somebody types their PIN."""
        person = done(self.station.submit(sign_in, self.people[name].id, pin or PINS[name]))
        self.register.person = person
        return person

    def lent(self, right: Right) -> Approval | None:
        """A supervisor's leave for one action, where the seller needs it."""
        assert self.register.person is not None
        if self.register.person.may(right):
            return None
        return done(self.station.submit(approve, None, PINS["Sam"], right))

    # -- goods -----------------------------------------------------------------------------------------------

    def scan(self, code: str, after_ms: int = 2_000) -> Outcome:
        """Pull the scanner's trigger, and add what arrives."""
        self._pull(code)
        scan = self._scans.get(timeout=DEADLINE_S)
        assert scan.raw == code
        found = done(self.station.find(scan.raw))
        assert isinstance(found, ProductFound), found
        item, at_ms = Item.of(found.product), self.pause(after_ms)
        return self.register.scan(scan.raw, scan.device, at_ms, item, found.quantity, found.price)

    def hear(self, code: str) -> object:
        """Scan something, and say what it is without adding it."""
        self._pull(code)
        return done(self.station.find(self._scans.get(timeout=DEADLINE_S).raw))

    def tap(self, sku: str) -> Outcome:
        """Touch the key of a product."""
        offer = self.keys[sku]
        assert isinstance(offer, Offer)
        return self.register.tap(Item.of(offer), self.pause())

    def search(self, words: str, sku: str) -> Outcome:
        """Type some letters, and choose a product among what is found."""
        found = done(self.station.search(words))
        offer = next(one for one in found if one.sku == sku)
        return self.register.add(Item.of(offer), self.pause(), source="search")

    def weigh(self, outcome: Outcome, milli: int) -> Outcome:
        """Type the weight that the till asks for."""
        assert outcome.kind == "ask-weight"
        assert outcome.item is not None
        return self.register.add(outcome.item, self.pause(), quantity=milli, source="typed")

    def price(self, outcome: Outcome, cents: int) -> Outcome:
        """Type the price that the till asks for."""
        assert outcome.kind == "ask-price"
        assert outcome.item is not None
        return self.register.add(outcome.item, self.pause(), price=cents, source="typed")

    def finish_steps(self, note: str) -> None:
        """Do what the lines ask for: check the age, write the note."""
        for step in self.register.steps:
            if step.kind == "age":
                self.register.confirm_age(step.uid, self.pause())
            else:
                self.register.write_note(step.uid, note, self.pause())

    # -- money -----------------------------------------------------------------------------------------------

    @property
    def tender(self) -> Tender:
        """The money side of the sale."""
        return self.register.pay()

    def cash(self, given: int) -> None:
        """Take coins and notes."""
        self.register.tender = self.tender.hand_over(uuid4().hex, given)
        if not self.tender.settled:
            self.save()
            done(self.station.submit(attempts.store_attempt, self.draft, self.tender.attempts[-1]))

    def ask(self, name: str, amount: int | None = None) -> str:
        """Ask for money that somebody else moves, and return the key of the try."""
        method = self.station.methods[name]
        tender, key = self.tender, uuid4().hex
        due = tender.remaining(name) if amount is None else amount
        self.save()
        request = Request(key, due, self.station.settings.currency, self.draft[:8].upper())
        started = done(self.station.aside(_begin, method, request, self.draft))
        assert started.instruction is not None
        self.register.tender = tender.ask(key, name, due)
        return key

    def answer(self, key: str, state: str, reference: str = "") -> None:
        """Write down what became of a payment."""
        done(self.station.submit(attempts.settle_attempt, key, state, reference))
        tender = self.tender
        change = {"confirmed": tender.confirm, "unknown": tender.doubt, "failed": tender.fail}.get(state)
        self.register.tender = change(key, reference) if change else tender.cancel(key)

    # -- the sale --------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the basket as it stands, as the till does after every change."""
        done(self.station.submit(drafts.save_open, self.draft, self.register.basket, self.register.person))

    def commit(self, *, training: bool = False) -> Receipt:
        """Book the sale; the till is free when the ledger has it."""
        register, tender = self.register, self.tender
        assert register.person is not None
        payments = tender.payments()
        sale = NewSale(
            register.basket,
            payments,
            register.person,
            UUID(hex=self.draft),
            approvals=register.approvals,
            attempts=tender.attempts,
            draft=self.draft,
            training=training,
            opens_drawer=any(self.station.methods[one.method].opens_drawer for one in payments),
        )
        receipt = done(self.station.submit(commit, sale))
        register.clear()
        self.draft = uuid4().hex
        return receipt

    def park(self, name: str) -> str:
        """Put the sale aside."""
        person, basket, draft = self.register.person, self.register.clear(), self.draft
        assert person is not None
        self.draft = uuid4().hex
        done(self.station.submit(drafts.park, draft, basket, person, name))
        return draft

    def recall(self, draft: str) -> None:
        """Take a sale up again."""
        assert self.register.person is not None
        back = done(self.station.submit(drafts.recall, draft, self.register.person, self.register.pricing))
        self.register.open(back.basket, Tender(back.basket.totals, back.attempts) if back.attempts else None)
        self.draft = draft

    def throw_away(self) -> None:
        """Void the whole sale."""
        basket, draft = self.register.void_sale(), self.draft
        assert self.register.person is not None
        self.draft = uuid4().hex
        done(self.station.submit(drafts.discard, draft, basket, self.register.person))


def _begin(ledger: Ledger, method: PaymentMethod, request: Request, draft: str) -> UnderWay:
    """Begin a payment whose try is in the ledger before the first call goes out."""
    return begin(method, request, lambda attempt: attempts.store_attempt(ledger, draft, attempt))
