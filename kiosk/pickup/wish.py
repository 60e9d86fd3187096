"""What somebody wants to collect, where and when, and everything a wish for it can be refused with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.i18n import _

MOST_LINES, LONGEST_NAME = 50, 60
_KEY = re.compile("[0-9a-f]{16}", re.ASCII)
_TAIL = re.compile("[0-9]{0,2}", re.ASCII)


class BadWish(ValueError):
    """The wish for a hold is not one; nothing was held."""


class SoldOut(RuntimeError):
    """There is less of it than was wished; nothing was held."""


class SlotFull(RuntimeError):
    """The window has no room any more; nothing was held."""


class NoBoxFree(RuntimeError):
    """No box of this size can be promised; nothing was held."""


class NoWindow(BadWish):
    """Nothing is collected there then, or it could not be ready; nothing was held."""


class Outsold(RuntimeError):
    """The stall has sold what was held: its own table wins. The hold was let go, and nothing was paid."""

    def __init__(self, names: list[str]) -> None:
        words = _("{goods}: sold at the stall meanwhile; the hold was let go and nothing was paid")
        super().__init__(words.format(goods=", ".join(names)))
        self.names = names


class OtherHold(ValueError):
    """The key belongs to another hold; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to collect, where and when."""

    key: str
    """Sixteen hex digits made once by whoever asks: the same wish again gives the same hold."""
    point: str
    slot_ms: int
    size: str
    lines: Mapping[str, int]
    """Thousandths by SKU."""
    low: bool = False
    name: str = ""
    tail: str = ""
    checked: bool = False
    until_ms: int = field(default=0)
    """The hold's end; 0: a quarter of an hour from now."""
    draft: str = ""
    """The sale it is for, while that is not paid: a sale has one hold, and a new one replaces it whole."""


def check(wish: Wish) -> None:
    """Refuse what cannot be a wish, whoever sent it: BadWish with every problem."""
    problems = [
        words
        for words, wrong in (
            (_("the key is not sixteen hex digits"), _KEY.fullmatch(wish.key) is None),
            (_("there is nothing in it"), not wish.lines or len(wish.lines) > MOST_LINES),
            (_("a quantity is not positive"), any(q <= 0 or q > 10**9 for q in wish.lines.values())),
            (
                _("the name is too long or cannot be printed"),
                len(wish.name) > LONGEST_NAME or not wish.name.isprintable(),
            ),
            (_("two digits of a phone number at the most"), _TAIL.fullmatch(wish.tail) is None),
        )
        if wrong
    ]
    if problems:
        raise BadWish("; ".join([*problems, _("nothing was held")]))
