"""Makes a shop: a folder with `shop.toml` and a new ledger, whole or not at all.

Everything is built in a folder beside the place and moved there at the end, so that a mistake, a full disk
or a pulled plug leaves nothing half-made behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.checkout.people import add_person
from kiosk.checkout.rights import Role
from kiosk.i18n import _
from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.storage import sync_file, sync_folder
from kiosk.settings import FILE, Settings, parse

LEDGER = "ledger.db"


class ShopExists(FileExistsError):
    """There is a shop in the folder already; it was not touched."""

    def __init__(self, folder: Path, found: str) -> None:
        words = _(
            "There is a shop in {folder} already ({file}). It was not touched. "
            "Choose another folder with --shop."
        )
        if found == LEDGER:
            words = _(
                "There is a ledger in {folder} and no shop.toml. It was not touched. Make a shop in another "
                "folder with --shop, and copy its shop.toml here."
            )
        super().__init__(words.format(folder=folder, file=found))


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who will work there."""

    name: str
    role: Role
    pin: str
    language: str = ""


Fill = Callable[[Ledger, Settings], None]
"""Puts the first goods into a new shop."""


def refuse_existing(folder: Path) -> None:
    """Raise ShopExists when the folder holds a shop, or half of one."""
    for name in (FILE, LEDGER):
        if (folder / name).exists():
            raise ShopExists(folder, name)


def make_shop(
    folder: Path,
    toml: str,
    people: Iterable[NewPerson],
    *,
    series: str = "A",
    clock: Clock | None = None,
    fill: Fill | None = None,
) -> Settings:
    """Make a shop in a folder and return its settings; ShopExists, SettingsErrors, LedgerError or OSError.

    `toml` is the text of its settings; `series` leads its receipt numbers; `fill` may add goods.
    """
    refuse_existing(folder)
    settings = parse(toml.encode(), folder / FILE)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    made.mkdir(mode=0o700)
    try:
        _build(made, toml, settings, people, series, clock, fill)
        _move_in(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return settings


def _build(
    made: Path,
    toml: str,
    settings: Settings,
    people: Iterable[NewPerson],
    series: str,
    clock: Clock | None,
    fill: Fill | None,
) -> None:
    """Write the settings and the ledger into the folder they are built in."""
    (made / FILE).write_text(toml, encoding="utf-8", newline="\n")
    sync_file(made / FILE)
    money = settings.currency
    ledger = Ledger.create(
        made / LEDGER, clock=clock, series=series, currency=money.code, exponent=money.exponent
    )
    try:
        for person in people:
            add_person(ledger, person.name, person.role, person.pin, language=person.language)
        if fill is not None:
            fill(ledger, settings)
    finally:
        ledger.close()


def _move_in(made: Path, folder: Path) -> None:
    """Move what was built to its place; the settings come last, because they make it a shop."""
    if not folder.exists():
        made.rename(folder)
    else:
        (made / LEDGER).rename(folder / LEDGER)
        try:
            (made / FILE).rename(folder / FILE)
        except OSError:
            (folder / LEDGER).unlink()
            raise
    sync_folder(folder.parent)
