"""Finding a sale again: by the code on its receipt, its number, or something the customer remembers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout.stored_sale import label_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_LABEL = re.compile(r"\b([A-Za-z0-9]{1,8})-([0-9]{6,12})\b")
_NEWEST = 500  # sales a free-text search looks through: more than a busy day, and still milliseconds

_BY_NUMBER = """
SELECT s.id, s.series, s.number, s.kind, j.wall_ms, s.total FROM sale s JOIN journal j ON j.seq = s.id
WHERE s.series = ? AND s.number = ?"""
_LATEST = """
SELECT s.id, s.series, s.number, s.kind, j.wall_ms, s.total FROM sale s JOIN journal j ON j.seq = s.id
ORDER BY s.id DESC LIMIT ?"""
_BY_TEXT = """
SELECT s.id, s.series, s.number, s.kind, j.wall_ms, s.total
FROM (SELECT * FROM sale ORDER BY id DESC LIMIT ?3) s JOIN journal j ON j.seq = s.id
WHERE EXISTS (SELECT 1 FROM sale_line l JOIN article a ON a.id = l.article
              WHERE l.sale = s.id AND (instr(lower(a.name), ?2) OR instr(a.name, ?1) OR lower(a.sku) = ?2))
   OR EXISTS (SELECT 1 FROM payment p WHERE p.sale = s.id AND lower(p.reference) = ?2)
ORDER BY s.id DESC LIMIT ?4"""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of a search for a sale."""

    id: int
    number: str  # as printed: A-000123
    kind: str  # sale, refund, training
    wall_ms: int
    total: int


def find(ledger: Ledger, text: str, limit: int = 20) -> list[Found]:
    """Return sales that fit what was scanned or typed, newest first.

    A receipt's code or full number gives that sale; bare digits the sale with that number in this till's
    series; anything else is looked for in names, SKUs and payment references of the newest sales; an
    empty text lists the newest.
    """
    text = text.strip()[:200]
    label = _LABEL.search(text)
    if label is not None:
        rows = ledger.rows(_BY_NUMBER, (label[1].upper(), int(label[2])))
    elif text.isascii() and text.isdigit() and len(text) <= 12:
        rows = ledger.rows(_BY_NUMBER, (ledger.series, int(text)))
    elif text:
        rows = ledger.rows(_BY_TEXT, (text, text.lower(), _NEWEST, limit))
    else:
        rows = ledger.rows(_LATEST, (limit,))
    return [
        Found(key, label_of(series, number), kind, ms, total) for key, series, number, kind, ms, total in rows
    ]
