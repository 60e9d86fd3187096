"""Where a shop is when nobody says: the environment's, this user's, or that of a running demo."""

from __future__ import annotations

import os
from pathlib import Path

DEMO_FOLDER = "barrow-demo-"
"""How the temporary folder of a throw-away demo begins."""


def default_shop() -> Path:
    """Return the shop to use when none is named: $BARROW_SHOP, else `shop` in this user's data folder."""
    if named := os.environ.get("BARROW_SHOP"):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("barrow", appauthor=False) / "shop"


def stall_is_open(shop: Path) -> bool:
    """Whether the simulated devices of a demo are at work on a shop, a printer among them."""
    return (shop / "stall.json").exists()


def running_demo(folder: Path | None = None) -> Path | None:
    """Return the shop of the throw-away demo started last by this user and still there, for `kiosk sim`."""
    import tempfile

    mine = getattr(os, "getuid", lambda: 0)()
    shops = (folder or Path(tempfile.gettempdir())).glob(f"{DEMO_FOLDER}*/shop")
    there = [shop for shop in shops if stall_is_open(shop) and shop.stat().st_uid == mine]
    return max(there, key=lambda shop: shop.stat().st_mtime, default=None)


def customer_feed(shop: Path) -> Path:
    """Return the file in which a shop's till leaves the address for the customer's screen."""
    return shop / "customer.json"
