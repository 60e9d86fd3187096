"""The fields that every EMVCo code is made of, whatever the scheme, and the order they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.checkout.money import AmountError, Currency
from kiosk.checkout.payments.emvco.numeric import NUMBERS
from kiosk.checkout.payments.emvco.tlv import Pair, join
from kiosk.i18n import _

Account = str | Mapping[str, str]
"""A merchant account: its value as it is, or a template's tags and values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    """Who is paid, and how much. Texts are as they will be shown; an empty one is left out."""

    name: str = ""  # at most 25 characters
    city: str = ""  # at most 15
    country: str = ""  # ISO 3166 letters
    currency: str = ""  # ISO 4217 letters
    amount: str = ""  # plain decimal such as 12.50; empty: the payer types it
    mcc: str = "0000"  # merchant category code, ISO 18245
    postal_code: str = ""
    bill_number: str = ""
    mobile_number: str = ""
    store_label: str = ""
    loyalty_number: str = ""
    reference: str = ""  # how the payment is found again; at most 25 characters
    customer_label: str = ""
    terminal_label: str = ""
    purpose: str = ""
    once: bool | None = None  # for one payment only; None: if it has an amount
    tip: bool = False  # let the wallet ask for a tip
    fee: str = ""  # a fixed fee, plain decimal
    fee_percent: str = ""
    language: str = ""  # two letters, of the two names below
    local_name: str = ""
    local_city: str = ""
    accounts: Mapping[str, Account] = field(default_factory=dict)  # by tag, 02 to 51

    def account_pairs(self) -> list[Pair]:
        """Return the merchant accounts to write."""
        return [
            (tag, value if isinstance(value, str) else join(sorted(value.items())))
            for tag, value in sorted(self.accounts.items())
        ]

    def faults(self) -> list[str]:
        """Return what is missing or cannot be written, by field; the written code is checked on its own."""
        problems = [
            _("{field}: is missing").format(field=name) for name in self.needed() if not getattr(self, name)
        ]
        if self.currency and self.currency not in NUMBERS:
            problems.append(_("currency: ISO 4217 knows no {code}").format(code=self.currency))
        elif self.currency:
            problems += [
                _("{field}: {reason}").format(field=name, reason=reason)
                for name, value in (("amount", self.amount), ("fee", self.fee))
                if value and (reason := _amount_fault(value, self.currency))
            ]
        return problems

    def needed(self) -> tuple[str, ...]:
        """Return the fields that cannot be left out."""
        return ("name", "city", "country", "currency")

    def pairs(self) -> list[Pair]:
        """Return everything but the CRC, in the order to write; BadTlv when a value is too long."""
        tip = "02" if self.fee else "03" if self.fee_percent else "01" if self.tip else ""
        rows = [
            ("00", "01"),
            ("01", self._initiation()),
            *self.account_pairs(),
            ("52", self.mcc),
            ("53", NUMBERS[self.currency]),
            ("54", self._decimal(self.amount)),
            ("55", tip),
            ("56", self._decimal(self.fee)),
            ("57", self.fee_percent),
            ("58", self.country),
            ("59", self.name),
            ("60", self.city),
            ("61", self.postal_code),
            ("62", join(self._additional())),
            ("64", join(self._language())),
        ]
        return [(tag, value) for tag, value in rows if value]

    def _decimal(self, amount: str) -> str:
        """Return an amount with all decimals of the currency."""
        money = Currency.of(self.currency)
        return money.plain(money.parse(amount)) if amount else ""

    def _initiation(self) -> str:
        """Return 12 for a code that is paid once, else 11."""
        once = bool(self.amount) if self.once is None else self.once
        return "12" if once else "11"

    def _additional(self) -> list[Pair]:
        """Return the tags of template 62."""
        values = (
            self.bill_number,
            self.mobile_number,
            self.store_label,
            self.loyalty_number,
            self.reference,
            self.customer_label,
            self.terminal_label,
            self.purpose,
        )
        return [(f"{n:02}", value) for n, value in enumerate(values, 1) if value]

    def _language(self) -> list[Pair]:
        """Return the tags of template 64: the name and city in another language."""
        values = (self.language.upper(), self.local_name, self.local_city)
        return [(f"{n:02}", value) for n, value in enumerate(values) if value]


def _amount_fault(amount: str, currency: str) -> str:
    """Return why an amount cannot be asked for, or nothing."""
    try:
        minor = Currency.of(currency).parse(amount)
    except AmountError as error:
        return str(error)
    return "" if minor > 0 else _("must be above zero; leave it out to let the payer type it")
