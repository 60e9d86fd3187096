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


def _names(table: str) -> dict[str, str]:
    """Read `field: other names` lines."""
    lines = (line.split(":") for line in table.strip().splitlines())
    return {other: name.strip() for name, others in lines for other in others.split()}


_MERCHANT = _names("""
    name: merchant_name payee payee_name recipient beneficiary receiver
    city: merchant_city
    country: country_code
    currency: currency_code transaction_currency
    amount: transaction_amount value
    mcc: merchant_category_code category category_code
    postal_code: postcode zip
    bill_number: bill invoice invoice_number
    store_label: store
    reference: reference_label reference_number ref
    terminal_label: terminal terminal_id
    customer_label: customer
    purpose: purpose_of_transaction
    once: one_time single_use dynamic point_of_initiation initiation
    accounts: account merchant_account merchant_accounts merchant_account_information
""")
_PIX = _names("""
    key: pix_key pixkey chave
    reference: txid transaction_id
    description: message text info information additional_info
    url: location
""")
_LANKAQR = _names("""
    merchant_id: id mid merchant merchant_number merchant_account account account_id
""")
_PROMPTPAY = _names("""
    target: id account phone phone_number mobile mobile_number national_id citizen_id tax_id
    target: ewallet e_wallet ewallet_id e_wallet_id wallet promptpay_id promptpay number
""")
_EPC = _names("""
    name: beneficiary beneficiary_name recipient payee payee_name
    iban: account beneficiary_iban
    bic: beneficiary_bic
    purpose: purpose_code
    reference: structured structured_reference creditor_reference rf remittance_reference
    reference: remittance_structured structured_remittance
    text: remittance remittance_text remittance_information unstructured unstructured_reference message note
    text: remittance_unstructured unstructured_remittance free_text description
    information: info hint beneficiary_to_originator
    charset: encoding character_set
""")
_UPI = _names("""
    pa: vpa address payee_address payee_vpa upi_id
    pn: name payee payee_name merchant_name
    am: amount transaction_amount
    tn: note text message description transaction_note
    tr: reference ref transaction_reference
    mc: mcc merchant_category_code merchant_code category
    tid: transaction_id
    mam: minimum_amount min_amount
""")
SCHEMES: dict[str, Scheme] = {
    "emvco": Scheme(Merchant, emvco_make.make, None, "reference", 25, _MERCHANT),
    "pix": Scheme(Pix, emvco_make.make, "BRL", "reference", 25, _MERCHANT | _PIX),
    "lankaqr": Scheme(LankaQr, emvco_make.make, "LKR", "reference", 25, _MERCHANT | _LANKAQR),
    "promptpay": Scheme(PromptPay, emvco_make.make, "THB", "reference", 25, _MERCHANT | _PROMPTPAY),
    "epc": Scheme(epc.Transfer, epc.make, "EUR", "text", 140, _EPC, reference_in_words=True),
    "upi": Scheme(upi.UpiLink, upi.make, "INR", "tr", 35, _UPI),
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
