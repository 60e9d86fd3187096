"""Checks the register of the power kit: parts that are due to be swapped, and parts without an id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from kiosk.catalogue.products import Catalogue
from kiosk.doctor.finding import Finding
from kiosk.energy.ageing import aged, health
from kiosk.energy.powerbook import PowerBook
from kiosk.energy.wear import swap_words
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.energy.ageing import Aged
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings


def parts(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    """Is every part of the kit known by its id, and does one have to be swapped?"""
    if settings.power is None:
        return
    with PowerBook.of(settings.folder) or nullcontext() as book:
        found = aged(ledger, book, settings.power.stall.pack.nameplate_ah)
    for one in found:
        yield from _part(one)
    used = {(one.part.kind, one.part.place) for one in found if one.part.state == "used"}
    for kind, place, example in _kit(settings):
        if (kind, place) not in used:
            fix = _("Give it one: `kiosk power components add {example} --by NAME`.").format(example=example)
            words = {
                "pack": _("the battery has no id: what is learned of it is kept under none"),
                "inverter": _("the inverter has no id"),
                "panel": _("the solar panel has no id"),
                "outlet": _("the outlet {name} has no id").format(name=place),
            }[kind]
            yield Finding("power", "note", words, fix)


def shown_with(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    """Does every product that is shown with an appliance name an outlet there is?"""
    outlets = {device.name for device in settings.devices if device.role == "outlet"}
    for product in Catalogue(ledger).all():
        if product.demo and product.demo not in outlets:
            words = _("{sku} is shown with {outlet}, which is no outlet: what that takes is never metered")
            fix = _("Correct its column demo: `kiosk catalogue export`, then `kiosk catalogue import`.")
            yield Finding("power", "note", words.format(sku=product.sku, outlet=product.demo), fix)


def _part(one: Aged) -> Iterator[Finding]:
    """Say how a part is; a spare that is worn is worth knowing too."""
    words = " · ".join((one.part.id, *health(one)))
    if one.flags:
        fix = _("Test it, then swap it: `kiosk power components swap {id} SPARE --by NAME`.")
        state = "wrong" if one.part.state == "used" else "note"
        yield Finding("power", state, f"{words} · {swap_words(one.flags)}", fix.format(id=one.part.id))  # type: ignore[arg-type]
    elif one.part.state == "used":
        yield Finding("power", "found", words)


def _kit(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield what the settings tell of: kind, place, and how to add it."""
    power = settings.power
    if power is None:
        return
    yield "pack", "", f"PACK-1 --kind pack --ah {power.stall.pack.nameplate_ah:g} --in-use"
    if power.stall.limits is not None:
        watts = power.stall.limits.continuous_w
        yield "inverter", "", f"INVERTER-1 --kind inverter --watts {watts:g} --in-use"
    if power.stall.site is not None:
        yield "panel", "", f"PANEL-1 --kind panel --watts {power.stall.site.panel_w:g} --in-use"
    for device in settings.devices:
        if device.role == "outlet":
            yield "outlet", device.name, f"{device.name.upper()} --kind outlet --at {device.name}"
