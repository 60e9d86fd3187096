"""The QR codes of quick-lists and bundles: what they say, and how they look on receipt paper.

What a code says is a web address in capital letters, `HTTPS://SHOP.EXAMPLE/L/ABCD2345`: the till reads the
token in it and opens the list, a customer's phone can open the address. Capitals fit the alphanumeric mode
of QR codes, which makes them a third smaller than small letters would.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.paper import Row
from kiosk.i18n import _

DEFAULT_BASE = "HTTPS://BARROW.LOCAL"
"""Where the codes lead when the shop has no address of its own: the box on its own network."""


def url(base: str, token: str) -> str:
    """Return what a list's QR code says; `base` is the shop's web address, or "" for the box itself."""
    return f"{(base or DEFAULT_BASE).rstrip('/')}/L/{token}".upper()


def paper(quicklists: Iterable[QuickList], columns: int, base: str = "") -> list[Row]:
    """Return the rows of a slip with the code of each list, for paper of so many columns."""
    rows: list[Row] = []
    for quicklist in quicklists:
        if rows:
            rows.append(Row(rule=True))
        rows += [
            Row(line, bold=True, big=True, align="centre")
            for line in textwrap.wrap(quicklist.name, columns // 2)
        ]
        rows += [Row(line, align="centre") for line in textwrap.wrap(caption(quicklist), columns)]
        rows.append(Row(qr=url(base, quicklist.token), align="centre"))
        rows.append(Row(quicklist.token, align="centre", feed=1))
    return [*rows, Row(feed=2, cut=True)] if rows else []


def caption(quicklist: QuickList) -> str:
    """Say what scanning a code does."""
    return _("Scan to add the bundle") if quicklist.kind == "bundle" else _("Scan to open the list")
