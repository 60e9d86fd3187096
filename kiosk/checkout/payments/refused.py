"""Why a payment code cannot be made, and what a check of one found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class PayloadRefused(ValueError):
    """What was given cannot be a legal payment code; nothing was made."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        """One sentence each: the field, what was found, what is allowed."""
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Tag:
    """One field of a code as it stands there, with what it is called."""

    tag: str  # two digits in EMVCo, the element's name in EPC and UPI
    value: str
    name: str = ""
    tags: tuple[Tag, ...] = ()  # what a template holds

    def as_json(self) -> dict[str, object]:
        """Return the field for the command line's JSON; the length is in characters, as EMVCo counts."""
        row: dict[str, object] = {
            "tag": self.tag,
            "name": self.name,
            "length": len(self.value),
            "value": self.value,
        }
        if self.tags:
            row["tags"] = [tag.as_json() for tag in self.tags]
        return row


@dataclass(frozen=True, slots=True)
class Checked:
    """What a payment code says and everything that is wrong with it."""

    scheme: str  # emvco, pix, lankaqr, promptpay, epc, upi; empty: not recognised
    problems: tuple[str, ...]
    amount: str | None = None  # plain decimal as it stands there; None: the payer types it
    currency: str | None = None  # ISO 4217 letters
    crc: str | None = None  # EMVCo only
    fields: dict[str, str] | None = None  # by name
    tags: tuple[Tag, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether a bank app may be shown this code."""
        return not self.problems
