"""The kinds of payment code there are: what each is described by, and what people call its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.checkout.fields import shown
from kiosk.checkout.payments import epc, upi
from kiosk.checkout.payments.emvco import make as emvco_make
from kiosk.checkout.payments.emvco.lankaqr import LankaQr
from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.pix import Pix
from kiosk.checkout.payments.emvco.promptpay import PromptPay
from kiosk.checkout.payments.refused import PayloadRefused
from kiosk.i18n import _


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of payment code: its record, how it is written, and what else its fields are called."""

    record: type[Any]
    write: Callable[[Any], str]
    currency: str | None  # the only one it can carry; None: the record names it
    reference: str  # the field that finds a payment again
    reference_most: int  # characters in it
    aliases: Mapping[str, str]
    reference_in_words: bool = False  # may it be free text; else letters and digits only


_MERCHANT_ALIASES = {
    "merchant_name": "name",
    "payee": "name",
    "payee_name": "name",
    "merchant_city": "city",
    "country_code": "country",
    "currency_code": "currency",
    "transaction_amount": "amount",
    "merchant_category_code": "mcc",
    "category": "mcc",
    "postcode": "postal_code",
    "zip": "postal_code",
    "reference_label": "reference",
    "ref": "reference",
    "bill": "bill_number",
    "store": "store_label",
    "terminal": "terminal_label",
    "one_time": "once",
    "dynamic": "once",
    "account": "accounts",
    "merchant_account": "accounts",
    "merchant_accounts": "accounts",
    "merchant_account_information": "accounts",
}
SCHEMES: dict[str, Scheme] = {
    "emvco": Scheme(Merchant, emvco_make.make, None, "reference", 25, _MERCHANT_ALIASES),
    "pix": Scheme(
        Pix,
        emvco_make.make,
        "BRL",
        "reference",
        25,
        _MERCHANT_ALIASES
        | {
            "txid": "reference",
            "pix_key": "key",
            "chave": "key",
            "message": "description",
            "text": "description",
        },
    ),
    "lankaqr": Scheme(
        LankaQr,
        emvco_make.make,
        "LKR",
        "reference",
        25,
        _MERCHANT_ALIASES | {"id": "merchant_id", "merchant": "merchant_id", "account": "merchant_id"},
    ),
    "promptpay": Scheme(
        PromptPay,
        emvco_make.make,
        "THB",
        "reference",
        25,
        _MERCHANT_ALIASES
        | dict.fromkeys(
            (
                "id",
                "account",
                "phone",
                "mobile",
                "national_id",
                "tax_id",
                "ewallet",
                "e_wallet",
                "promptpay_id",
            ),
            "target",
        ),
    ),
    "epc": Scheme(
        epc.Transfer,
        epc.make,
        "EUR",
        "text",
        140,
        {
            "beneficiary": "name",
            "recipient": "name",
            "payee": "name",
            "account": "iban",
            "purpose_code": "purpose",
            "structured": "reference",
            "structured_reference": "reference",
            "creditor_reference": "reference",
            "rf": "reference",
            "remittance": "text",
            "remittance_text": "text",
            "unstructured": "text",
            "message": "text",
            "info": "information",
            "hint": "information",
            "encoding": "charset",
            "character_set": "charset",
        },
        reference_in_words=True,
    ),
    "upi": Scheme(
        upi.UpiLink,
        upi.make,
        "INR",
        "tr",
        35,
        {
            "vpa": "pa",
            "address": "pa",
            "payee_address": "pa",
            "upi_id": "pa",
            "name": "pn",
            "payee": "pn",
            "payee_name": "pn",
            "amount": "am",
            "note": "tn",
            "text": "tn",
            "message": "tn",
            "reference": "tr",
            "ref": "tr",
            "transaction_reference": "tr",
            "merchant_category_code": "mc",
            "mcc": "mc",
            "category": "mc",
            "transaction_id": "tid",
            "minimum_amount": "mam",
            "min_amount": "mam",
        },
    ),
}
"""By the name that settings and the command line use."""
SYNONYMS = {"girocode": "epc", "sepa": "epc", "emv": "emvco", "generic": "emvco", "lanka_qr": "lankaqr"}
"""Other names a scheme goes by."""


def scheme_of(name: str) -> str:
    """Return a scheme's own name; PayloadRefused when there is none like it."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    found = SYNONYMS.get(plain, plain)
    if found not in SCHEMES:
        raise PayloadRefused(
            [
                _("scheme: there is no “{name}”; known are {known}").format(
                    name=shown(name), known=", ".join(SCHEMES)
                )
            ]
        )
    return found
