"""Finding a product while somebody types: every word is the beginning of a word in name, SKU or barcode.

Constant SQL, one index query for a key press (two where the catalogue is small), no ranking by statistics:
sorting all 20,000 products that match `be` would cost a hundred times more than finding twenty of them.
Best first means: the very SKU, then names that begin with the text, then the order in which products were
added. Accents do not matter. Whatever is typed is quoted, so that it is always words and never a query
language.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kiosk.catalogue.products import OFFER_COLUMNS, Offer

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

Hit = Offer
"""One product found; all that adding it to a basket needs."""
_offer = Offer._make

LONGEST = 100
"""Characters of a query that are looked at."""
MOST_WORDS = 8
_SHORT = 2
"""Up to here a single word matches so much that only names beginning with it are looked at first."""
_MATCHING = (
    f"SELECT {OFFER_COLUMNS} "  # noqa: S608 - made of constants
    "FROM (SELECT rowid AS r FROM product_search WHERE product_search MATCH ? LIMIT ?) s "
    "JOIN product p ON p.id = s.r JOIN article a ON a.id = p.article"
)
_BY_SKU = (
    f"SELECT {OFFER_COLUMNS} FROM product p JOIN article a ON a.id = p.article "  # noqa: S608 - made of constants
    "WHERE p.id = (SELECT id FROM product WHERE sku IN (?1, upper(?1)) AND active = 1)"
)


def search(ledger: Ledger, text: str, limit: int = 20) -> list[Hit]:
    """Return the products in sale that fit what was typed so far, best first; none for an empty text."""
    words = _words(text[:LONGEST])
    if not words:
        return []
    query = " ".join(f'"{word}"*' for word in words)
    if len(words) == 1 and len(words[0]) <= _SHORT:
        found = _run(ledger, f"name : ^ {query}", limit)
        if len(found) < limit:
            found += [offer for offer in _run(ledger, query, limit) if offer not in found]
    else:
        found = _run(ledger, query, limit)
    return _best_first(ledger, text.strip(), found, limit)


def _run(ledger: Ledger, query: str, limit: int) -> list[Hit]:
    """Return up to `limit` products that a full-text query finds, in the order they were added."""
    return list(map(_offer, ledger.rows(_MATCHING, (query, limit))))


def _words(text: str) -> list[str]:
    """Return the words of a text, safe between double quotes; signs that make no word are left out."""
    kept = (word.replace('"', " ").replace("\0", " ").strip() for word in text.split()[:MOST_WORDS])
    return [word for word in kept if any(map(str.isalnum, word))]


def folded(text: str) -> str:
    """Return a text as the index compares it: small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _best_first(ledger: Ledger, text: str, found: list[Offer], limit: int) -> list[Hit]:
    """Return what was found with the very SKU in front, then names that begin with the text."""
    if len(found) >= limit:  # there are more: the very SKU may be among those not fetched
        row = ledger.row(_BY_SKU, (text,))
        if row is not None:
            exact = _offer(row)
            found = [exact, *(offer for offer in found if offer.id != exact.id)][:limit]
    wanted = folded(text)
    found.sort(
        key=lambda offer: (
            0 if folded(offer.sku) == wanted else 1 if folded(offer.name).startswith(wanted) else 2
        )
    )
    return found
