"""Asks what the labels of battery, inverter and panel say, and writes `[power]`: so the end is foreseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.doctor.boards import is_board
from kiosk.fitting.person import Person, agrees, number
from kiosk.i18n import _
from kiosk.power.chemistry import CHEMISTRIES
from kiosk.station.sampling import NOT_THE_PACK

if TYPE_CHECKING:
    from hardware.power.reading import Reading
    from kiosk.fitting.draft import Draft
    from kiosk.power.pack import Pack
    from kiosk.settings import DeviceSettings
    from kiosk.settings.edit import Value

USUAL_V = 12.8
CELL_V = (2.4, 4.3)
"""No lithium cell has less or more for long: what lies outside is another number of cells."""


def describe(draft: Draft, person: Person, chosen: DeviceSettings, reading: Reading) -> None:
    """Ask for the battery and the inverter; a board's own cell beside the stall's battery is left alone."""
    power = draft.settings.power
    before = None if power is None else power.stall.pack
    volts = reading.volts
    if (
        is_board(chosen)
        and before is not None
        and volts is not None
        and volts < NOT_THE_PACK * before.cutoff_v
    ):
        person.tell(_("It sees another battery than the one in [power]: its own."))
        return
    if not agrees(person, _("Foresee when this battery is empty? Its label is asked for then")):
        return
    ah = number(person, _("Ah on its label"), _usual_ah(before, reading), 0.1, 1e5)
    if ah is None:
        person.tell(_("Without its Ah nothing is foreseen."))
        return
    keys: dict[str, Value | None] = {"ah": ah, **_cells(person, chosen, before, volts)}
    limits = None if power is None else power.stall.limits
    watts = number(
        person,
        _("Watts the inverter gives for good"),
        None if limits is None else limits.continuous_w,
        10,
        1e5,
    )
    surge = None
    if watts is not None:
        usual = limits.surge_w if limits is not None and limits.surge_w >= watts else watts
        surge = number(person, _("And watts for seconds"), usual, watts, 2e5)
    draft.put("power", {**keys, "inverter_w": watts, "inverter_surge_w": surge})


def describe_panel(draft: Draft, person: Person) -> None:
    """Ask for the panel and its place, once the battery is described."""
    power = draft.settings.power
    if power is None:
        person.tell(_("When the battery is described too, the sun is foreseen: then come again."))
        return
    site = power.stall.site
    watts = number(person, _("Rated watts of the panel"), None if site is None else site.panel_w, 1, 1e5)
    if watts is None:
        return
    north = number(
        person, _("Latitude of the stall, such as 52.5"), None if site is None else site.latitude, -90, 90
    )
    east = number(person, _("Longitude, such as 13.4"), None if site is None else site.longitude, -180, 180)
    if north is None or east is None:
        person.tell(_("Without its place the sun is not known."))
        return
    draft.put("power", {"panel_w": watts, "latitude": north, "longitude": east})


def _usual_ah(before: Pack | None, reading: Reading) -> float | None:
    """What was told before, or what the meter was told."""
    return reading.capacity_ah if before is None else before.nameplate_ah


def _cells(
    person: Person, chosen: DeviceSettings, before: Pack | None, volts: float | None
) -> dict[str, Value | None]:
    """Ask what the cells are and how many are in series; the volts tell how many that may be."""
    usual = "nmc" if is_board(chosen) and chosen.kind != "lifepo4wered" else "lfp"
    told = usual if before is None else before.chemistry.name
    chemistry = person.choose(
        _("Its cells: lfp (iron phosphate) or nmc (other lithium)"), tuple(CHEMISTRIES), told
    )
    if before is not None and (volts is None or CELL_V[0] <= volts / before.cells <= CELL_V[1]):
        guess = before.cells
    else:
        guess = max(1, round((volts or USUAL_V) / CHEMISTRIES[chemistry].rest_v(0.6)))
    cells = int(number(person, _("How many of them in series"), guess, 1, 100) or guess)
    same = before is not None and (before.chemistry.name, before.cells) == (chemistry, cells)
    keys: dict[str, Value | None] = {"chemistry": chemistry, "cells": cells}
    return keys if same else {**keys, "cutoff_v": None}
