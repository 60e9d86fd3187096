"""The figures of a shift as one record: what an X shows, a Z prints and the ledger keeps."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.checkout.tax import TaxSum


@dataclass(frozen=True, slots=True)
class MethodTotal:
    """Money by one payment method, change taken off."""

    method: str
    count: int  # payments
    amount: int


@dataclass(frozen=True, slots=True)
class HourSum:
    """One hour of the shop's local time."""

    hour: int  # 0 to 23
    count: int  # sales and refunds
    gross: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one note or coin were in the drawer."""

    value: int  # minor units of one piece
    pieces: int


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What a shift does not finish: shown, carried over, never dropped."""

    open_baskets: int  # on a screen, with something in them
    parked: tuple[str, ...]  # names of the parked sales
    attempts: tuple[str, ...]  # "method amount state" of payments without an outcome
    doubtful_prints: int
    waiting_prints: int
    unsynced: int | None  # journal rows that some peer has not acknowledged; None: there is no peer
    rejected: int  # journal rows that a peer refused

    @property
    def holds_up(self) -> bool:
        """Whether a supervisor must agree before the shift is closed."""
        return bool(self.open_baskets or self.attempts)


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """An X while the shift is open, a Z once it is closed. Amounts are minor units."""

    session: int
    business_date: str  # ISO
    opened_by: str
    opened_ms: int
    until_ms: int
    float_amount: int
    cash_in: int
    cash_out: int
    drawer_openings: int  # without a sale
    sales: int
    sales_gross: int
    refunds: int
    refunds_gross: int  # negative or zero
    training: int  # practice sales, in no other figure
    net: int
    tax: int
    gross: int
    discounts: int  # lines with one
    discounts_amount: int
    voids: int  # lines struck out or thrown away before payment
    voids_amount: int
    overrides: int  # discounts, prices, returns, unchecked ages: what a supervisor did or let be done
    rounding: int  # what cash rounding cost (positive) or brought
    untrusted: int  # sales booked while the clock was not confirmed
    first_number: str | None
    last_number: str | None
    methods: tuple[MethodTotal, ...]
    rates: tuple[TaxSum, ...]
    hours: tuple[HourSum, ...]
    expected: int  # cash that should be in the drawer
    left: Leftovers
    z_number: int | None = None  # None: an X
    closed_by: str | None = None
    counted: int | None = None
    counts: tuple[Count, ...] = ()
    accepted_by: str | None = None  # the supervisor who let it close with something left over

    @property
    def difference(self) -> int | None:
        """What was counted more (positive) or less than expected; None before the count."""
        return None if self.counted is None else self.counted - self.expected

    def to_json(self) -> str:
        """Return the report as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> ShiftReport:
        """Return a report that was kept."""
        fields: dict[str, Any] = json.loads(text)
        left = fields.pop("left")
        left["parked"], left["attempts"] = tuple(left["parked"]), tuple(left["attempts"])
        rows = {"methods": MethodTotal, "rates": TaxSum, "hours": HourSum, "counts": Count}
        for name, row in rows.items():
            fields[name] = tuple(row(**each) for each in fields[name])
        return cls(left=Leftovers(**left), **fields)
