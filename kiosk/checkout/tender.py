"""Taking the money for a sale: one or several payments, in cash or by a method that answers later.

Only confirmed money counts. A payment that is waited for counts zero, and one whose outcome is unknown is a
third state: neither paid nor failed, to be asked for or looked up by a person. Only cash may be more than
what is due. Amounts here are sizes in the direction of the sale: with a negative total they go out to the
customer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol

from kiosk.checkout.cash import CashRounding, round_cash
from kiosk.checkout.money import MAX_MINOR
from kiosk.i18n import _

CASH = "cash"
State = Literal["pending", "confirmed", "failed", "unknown", "cancelled"]
Kind = Literal["tender", "change", "rounding"]

_OPEN: tuple[State, ...] = ("pending", "unknown")


class Overpaid(ValueError):
    """More than what is due was to be taken by a method that gives no change; nothing was booked."""


class AttemptOpen(ValueError):
    """A payment is still being waited for; another one could take the money twice."""


class NoSuchAttempt(LookupError):
    """An answer came for a payment that this sale does not know."""


class NotSettled(ValueError):
    """The sale is not paid; there are no payments to book."""


class Due(Protocol):
    """What is to be paid; `kiosk.checkout.totals.Totals` is one."""

    @property
    def gross(self) -> int: ...
    @property
    def cash(self) -> CashRounding | None: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to take money."""

    id: str  # uuid hex; the idempotency key that every repetition of the same try carries
    method: str
    asked: int  # minor units, positive
    state: State = "pending"
    reference: str = ""  # what a reader or a bank calls it
    tendered: int | None = None  # cash handed over; None: exactly what was asked

    @property
    def is_open(self) -> bool:
        """Whether the outcome is still to come."""
        return self.state in _OPEN

    @property
    def counts(self) -> int:
        """What this try has brought: nothing unless confirmed."""
        if self.state != "confirmed":
            return 0
        return self.asked if self.tendered is None else self.tendered


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of money as it is booked. A sale's payments add up to its gross, signs included."""

    method: str
    kind: Kind
    amount: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Tender:
    """The money side of one sale."""

    totals: Due
    attempts: tuple[Attempt, ...] = ()

    @property
    def open(self) -> Attempt | None:
        """The payment whose outcome is still to come; there is at most one at a time."""
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def paid(self) -> int:
        """Confirmed money that stays: change is taken off."""
        return self._cash + self._other - self.change

    @property
    def change(self) -> int:
        """What goes back to the customer in cash, reckoned from the rounded amount."""
        return self._cash - self._cash_due if self._covered else 0

    @property
    def rounding(self) -> int:
        """What cash rounding adds to (or takes off) what is paid; zero until cash has settled the sale."""
        return self._cash_due - self._rest if self._covered and self._has_cash else 0

    @property
    def settled(self) -> bool:
        """Whether the sale can be closed: all is paid and nothing is waited for."""
        return self._covered and self.open is None

    def remaining(self, method: str) -> int:
        """Return what is still to be paid if it is all paid by this method; cash is rounded."""
        if self._covered:
            return 0
        rest = self._rest - self._cash
        if method != CASH:
            return max(0, rest)
        return max(0, round_cash(self._rest, self.totals.cash) - self._cash)

    def hand_over(self, key: str, tendered: int) -> Tender:
        """Take cash, which is there when it is handed over; more than what is due gives change.

        Cash that is paid out (a refund) is never more than what is due.
        """
        due = self.remaining(CASH)
        if self.totals.gross < 0 and tendered > max(due, self.remaining("")):
            raise Overpaid(_("this is more than goes back to the customer; nothing was booked"))
        return self._with(Attempt(key, CASH, due, "confirmed", tendered=tendered))

    def ask(self, key: str, method: str, amount: int | None = None) -> Tender:
        """Start a payment by a method that answers later; None asks for all that is left."""
        amount = self.remaining(method) if amount is None else amount
        if amount <= 0:
            raise Overpaid(_("there is nothing left to pay; nothing was booked"))
        if amount > self.remaining(method):
            raise Overpaid(_("only cash may be more than what is due; nothing was booked"))
        return self._with(Attempt(key, method, amount))

    def confirm(self, key: str, reference: str = "") -> Tender:
        """Book that the money of a payment came. It may come late, after the payment was given up."""
        attempt = self.attempt(key)
        if attempt.state == "confirmed":
            return self
        if attempt.asked > self.remaining(attempt.method):
            raise Overpaid(
                _("this money came after all, but nothing is left to pay: give it back by the same method")
            )
        return self._answered(key, "confirmed", reference)

    def fail(self, key: str, reference: str = "") -> Tender:
        """Book that a payment was refused and no money moved."""
        return self._answered(key, "failed", reference)

    def doubt(self, key: str, reference: str = "") -> Tender:
        """Book that nobody can tell yet whether the money came."""
        return self._answered(key, "unknown", reference)

    def cancel(self, key: str) -> Tender:
        """Give a payment up; no money moved."""
        return self._answered(key, "cancelled", "")

    def give_back(self, key: str) -> Tender:
        """Take money out again that went back to the customer before the sale was booked."""
        known = self.attempt(key)
        if known.state != "confirmed":
            return self
        back = replace(known, state="cancelled", tendered=None)
        return replace(self, attempts=tuple(back if one is known else one for one in self.attempts))

    def attempt(self, key: str) -> Attempt:
        """Return a payment by its key."""
        for attempt in self.attempts:
            if attempt.id == key:
                return attempt
        raise NoSuchAttempt(_("this sale has no such payment; look it up before taking it again"))

    def payments(self) -> tuple[Payment, ...]:
        """Return the rows to book: what was tendered, the change and the rounding, adding up to the gross."""
        if not self.settled:
            raise NotSettled(_("the sale is not paid yet; nothing was booked"))
        sign = -1 if self.totals.gross < 0 else 1
        rows = [
            Payment(attempt.method, "tender", sign * attempt.counts, attempt.reference)
            for attempt in self.attempts
            if attempt.counts
        ]
        if self.change:
            rows.append(Payment(CASH, "change", -sign * self.change))
        if self.rounding:
            rows.append(Payment(CASH, "rounding", -sign * self.rounding))
        return tuple(rows)

    @property
    def _cash(self) -> int:
        """Cash handed over."""
        return sum(attempt.counts for attempt in self.attempts if attempt.method == CASH)

    @property
    def _other(self) -> int:
        """Confirmed money by other methods."""
        return sum(attempt.counts for attempt in self.attempts if attempt.method != CASH)

    @property
    def _has_cash(self) -> bool:
        """Whether cash was handed over; it may be none where the rest rounds to nothing."""
        return any(attempt.method == CASH for attempt in self.attempts)

    @property
    def _rest(self) -> int:
        """What the other methods have left for cash."""
        return abs(self.totals.gross) - self._other

    @property
    def _cash_due(self) -> int:
        """What is due in cash: rounded, unless exactly the unrounded rest was counted out in small coins."""
        rest = self._rest
        return rest if self._cash == rest else round_cash(rest, self.totals.cash)

    @property
    def _covered(self) -> bool:
        """Whether confirmed money covers what is due."""
        if self._has_cash:
            return self._cash >= self._cash_due
        return self._rest == 0

    def _with(self, attempt: Attempt) -> Tender:
        """Return the tender with one more payment, if none is waited for."""
        if self.open is not None:
            raise AttemptOpen(_("a payment is still being waited for; finish or cancel it first"))
        if not 0 <= (attempt.tendered or 0) <= MAX_MINOR:
            raise Overpaid(_("this amount is negative or beyond any sale; nothing was booked"))
        if any(attempt.id == known.id for known in self.attempts):
            raise AttemptOpen(_("this payment is known already; nothing was booked twice"))
        return replace(self, attempts=(*self.attempts, attempt))

    def _answered(self, key: str, state: State, reference: str) -> Tender:
        """Return the tender with the outcome of one payment; confirmed money is never taken back here."""
        known = self.attempt(key)
        if known.state == "confirmed" or (known.state in ("failed", "cancelled") and state != "confirmed"):
            return self
        answered = replace(known, state=state, reference=reference or known.reference)
        return replace(self, attempts=tuple(answered if one is known else one for one in self.attempts))
