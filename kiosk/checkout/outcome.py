"""What came of an action at the till, as facts without words: the screen says it in the seller's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.basketline import BasketLine, Item

Happened = Literal[
    "added",  # a line of its own
    "counted",  # more of the same on its line
    "echo",  # nothing: the scanner read the same piece twice
    "ask-price",  # nothing yet: the product has no price
    "ask-weight",  # nothing yet: it is weighed or measured
    "changed",  # another quantity or price, or the age check waived
    "discounted",  # a line
    "sale-discounted",  # the whole sale
    "voided",
    "noted",
    "age-checked",
    "undone",
    "nothing",  # there was nothing to undo
]


@dataclass(frozen=True, slots=True)
class Step:
    """Something the seller has to do before the sale can be paid."""

    kind: Literal["age", "note"]
    uid: int  # of the line
    years: int | None = None  # age: how old the buyer must be
    prompt: str = ""  # note: what to write down


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action."""

    kind: Happened
    line: BasketLine | None = None  # the line it was about, as it is now
    item: Item | None = None  # asked about: add it again with what was missing
    undo: bool = False  # it may have been a mistake: offer a big undo
    steps: tuple[Step, ...] = ()  # what this line still needs


def steps_of(line: BasketLine) -> tuple[Step, ...]:
    """Return what a line still needs before it can be paid."""
    steps = []
    if line.needs_age_check and line.age_waived_by is None:
        steps.append(Step("age", line.uid, years=line.item.min_age))
    if line.needs_note:
        steps.append(Step("note", line.uid, prompt=line.item.prompt))
    return tuple(steps)
