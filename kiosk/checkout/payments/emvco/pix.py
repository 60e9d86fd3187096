"""PIX, Brazil: the static code with a key, and the one that points to a charge at the bank.

Source: Banco Central do Brasil, Manual de Padrões para Iniciação do Pix, version 2.8.0 (Instrução Normativa
BCB 553, 29 November 2024), chapter "BR Code": account template 26 to 51 with the identifier br.gov.bcb.pix,
tag 01 the key, 02 a text for the payer, 25 the address of a dynamic charge; txid in 62-05, 25 letters and
digits, `***` when the payer's bank may choose. Its tag 01 is 12 only for a code that is paid once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.tlv import Pair, join
from kiosk.checkout.payments.refused import Tag
from kiosk.i18n import _

GUID = "br.gov.bcb.pix"
_ANY_TXID = "***"
_TXID = re.compile(r"[A-Za-z0-9]{1,25}|\*\*\*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PHONE = re.compile(r"\+55[0-9]{10,11}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
_MAIL_MOST = 77  # characters, as registered with the central bank


@dataclass(frozen=True, slots=True, kw_only=True)
class Pix(Merchant):
    """A PIX code: a key (or the address of a charge), the receiver's name and city."""

    country: str = "BR"
    currency: str = "BRL"
    reference: str = _ANY_TXID  # the txid
    key: str = ""  # CPF, CNPJ, e-mail, +55 phone or random key
    url: str = ""  # of a dynamic charge, without https://
    description: str = ""  # shown to the payer

    def faults(self) -> list[str]:
        """Return what is missing or cannot be written."""
        problems = Merchant.faults(self)  # named, not super(): slots make a new class
        if not self.key and not self.url:
            problems.append(_("key: is missing"))
        return problems

    def account_pairs(self) -> list[Pair]:
        """Return the one account: the key, a text, the address."""
        key = re.sub(r"[./-]", "", self.key) if re.fullmatch(r"[0-9./-]{11,18}", self.key) else self.key
        values = (("00", GUID), ("01", key), ("02", self.description), ("25", self.url))
        return [("26", join((tag, value) for tag, value in values if value))]

    def _initiation(self) -> str:
        """Return 12 for a code that is paid once; otherwise PIX leaves the tag out."""
        return "12" if self.once or self.url else ""


def account(root: Mapping[str, Tag]) -> Tag | None:
    """Return the PIX account of a code, if it has one."""
    for tag in root.values():
        if any(one.tag == "00" and one.value.lower() == GUID for one in tag.tags):
            return tag
    return None


def faults(root: Mapping[str, Tag], found: Tag) -> list[str]:
    """Return what PIX asks for beyond EMVCo."""
    values = {one.tag: one.value for one in found.tags}
    problems: list[str] = []
    if ("01" in values) == ("25" in values):
        problems.append(
            _("PIX: there must be either a key ({tag}-01) or an address ({tag}-25)").format(tag=found.tag)
        )
    if "01" in values and not _is_key(values["01"]):
        problems.append(
            _(
                "PIX: “{key}” is no key: a CPF, CNPJ, e-mail, phone such as +5511987654321, or random key"
            ).format(key=values["01"])
        )
    txid = next((one.value for one in root["62"].tags if one.tag == "05"), "") if "62" in root else ""
    if not _TXID.fullmatch(txid):
        problems.append(_("PIX: the txid (62-05) must be 1 to 25 letters and digits, or ***"))
    for tag, wanted in (("53", "986"), ("58", "BR")):
        if tag in root and root[tag].value != wanted:
            problems.append(_("PIX: tag {tag} must be {wanted}").format(tag=tag, wanted=wanted))
    return problems


def _is_key(key: str) -> bool:
    """Whether a text can be a PIX key; CPF and CNPJ carry check digits."""
    if _UUID.fullmatch(key) or _PHONE.fullmatch(key):
        return True
    if "@" in key:
        return len(key) <= _MAIL_MOST and _MAIL.fullmatch(key) is not None
    from stdnum.br import cnpj, cpf

    return key.isalnum() and bool(cpf.is_valid(key) or cnpj.is_valid(key))
