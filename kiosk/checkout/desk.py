"""The owner's desk: changing goods and lists and reading reports, each behind the right it needs.

The catalogue lies below the checkout and knows nobody; here its edits get the person who may make them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar
from unicodedata import combining

from kiosk.catalogue.products import Catalogue, Product, SkuTaken
from kiosk.catalogue.quicklists import QuickLists
from kiosk.checkout.people import Approval, Person, Right, require
from kiosk.i18n import _

if TYPE_CHECKING:
    from datetime import tzinfo

    from kiosk.checkout.reports import Report, ReportBy
    from kiosk.ledger.connection import Ledger

T = TypeVar("T")

LONGEST_GUESS = 16
"""Letters of a proposed SKU, so that it still fits beside a price on a shelf label."""

_CATEGORIES = "SELECT DISTINCT category FROM product WHERE category <> '' ORDER BY category LIMIT 200"


def put_product(
    ledger: Ledger, product: Product, person: Person, *, approvals: Iterable[Approval] = ()
) -> Product:
    """Add a product or change the one with its id, and return it as stored.

    SkuTaken when a new one has the SKU of another; the catalogue's own refusals as `Catalogue.put` says.
    """
    require(person, Right.EDIT_CATALOGUE, approvals)
    catalogue = Catalogue(ledger)
    with ledger.transaction():
        if product.id is None and catalogue.by_sku(product.sku.strip()) is not None:
            words = _("the SKU {sku} is another product's; nothing was changed; choose another")
            raise SkuTaken(words.format(sku=product.sku))
        return catalogue.store(product, author=person.id)


def edit_lists(
    ledger: Ledger,
    edit: Callable[[QuickLists, int], T],
    person: Person,
    *,
    approvals: Iterable[Approval] = (),
) -> T:
    """Make one edit of the quick-lists; `edit` is given the lists and who edits them, for the journal."""
    require(person, Right.EDIT_LISTS, approvals)
    return edit(QuickLists(ledger), person.id)


def read_report(
    ledger: Ledger,
    by: ReportBy,
    first: str,
    last: str,
    person: Person,
    *,
    approvals: Iterable[Approval] = (),
    zone: tzinfo | None = None,
) -> Report:
    """Return a report between two business dates (ISO, both included)."""
    from kiosk.checkout.reports import report

    require(person, Right.REPORTS, approvals)
    return report(ledger, by, first, last, zone=zone)


def categories(ledger: Ledger) -> list[str]:
    """Return the categories in use, in the order of the alphabet."""
    return [str(name) for (name,) in ledger.rows(_CATEGORIES)]


def free_sku(ledger: Ledger, name: str) -> str:
    """Return a SKU nobody has, made of a product's name: `Mug, blue glaze` gives MUG-BLUE-GLAZE."""
    apart = "".join(one for one in unicodedata.normalize("NFKD", name.upper()) if not combining(one))
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in apart).split()
    guess = (words[0] if words else "ITEM")[:LONGEST_GUESS]
    for word in words[1:]:
        if len(guess) + 1 + len(word) > LONGEST_GUESS:
            break
        guess = f"{guess}-{word}"
    catalogue = Catalogue(ledger)
    number, free = 1, guess
    while catalogue.by_sku(free) is not None:
        number += 1
        free = f"{guess}-{number}"
    return free
