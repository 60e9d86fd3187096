"""The head line of a recorded day: what the estimator is told once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.i18n import _
from kiosk.power.chemistry import CHEMISTRIES
from kiosk.power.pack import Pack
from kiosk.power.place import zone_of
from kiosk.power.sun import Site

LEAST_CELL_V = 1.5
"""No lithium cell is run down further; less is the volts of one cell, or another number of cells."""


@dataclass(frozen=True, slots=True)
class Head:
    """What was told of a recorded day."""

    pack: Pack
    site: Site | None = None  # None: no panel, or no place
    starts_s: float | None = None  # seconds since midnight by the stall's clock at t_s = 0
    wall_s: float | None = None  # Unix seconds at t_s = 0; None: no date or no place


class BadHead(ValueError):
    """A head line that tells too little or what cannot be."""


def read_head(line: str) -> Head:
    """Read the head line."""
    try:
        told = json.loads(line.removeprefix("#")) if line.startswith("#") else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise BadHead(_("the first line must be `# {json}` and tell of the pack"))
    pack = _pack(told)
    latitude = _number(told, "latitude", -90, 90)
    longitude = _number(told, "longitude", -180, 180)
    panel_w = _number(told, "solar_panel_w", 0, 1e5)
    starts = _moment(told, "start_local", "%H:%M")
    starts_s = None if starts is None else starts.hour * 3600.0 + starts.minute * 60
    date = _moment(told, "date", "%Y-%m-%d")
    if latitude is None or longitude is None:
        return Head(pack, None, starts_s)
    site = Site(latitude, longitude, panel_w) if panel_w else None
    if date is None or starts_s is None:
        return Head(pack, site, starts_s)
    local = (date + timedelta(seconds=starts_s)).replace(tzinfo=zone_of(latitude, longitude))
    return Head(pack, site, starts_s, local.timestamp())


def _pack(told: Mapping[str, object]) -> Pack:
    """Return the pack; its Ah may be told as Wh."""
    name = told.get("chemistry")
    if not isinstance(name, str) or name not in CHEMISTRIES:
        raise BadHead(
            _("chemistry is {name!r}: one of {names}").format(name=name, names=", ".join(CHEMISTRIES))
        )
    chemistry = CHEMISTRIES[name]
    cells = _number(told, "series_cells", 1, 100)
    cutoff = _number(told, "cutoff_v", 0.1, 1000)
    ah, wh = _number(told, "nameplate_ah", 0.1, 1e5), _number(told, "nameplate_wh", 1, 1e6)
    if cells is None or cutoff is None or (ah is None and wh is None):
        raise BadHead(_("series_cells, cutoff_v and nameplate_ah are needed"))
    if cells != int(cells):
        raise BadHead(_("series_cells is {value!r}: a whole number is needed").format(value=cells))
    if not LEAST_CELL_V <= cutoff / cells <= chemistry.rest_v(0.5):
        text = _("cutoff_v is {value!r}: no cut-off of a whole pack of {cells} cells")
        raise BadHead(text.format(value=cutoff, cells=int(cells)))
    return Pack(chemistry, int(cells), ah or (wh or 0.0) / (cells * chemistry.rest_v(0.5)), cutoff)


def _number(told: Mapping[str, object], name: str, least: float, most: float) -> float | None:
    """Return a number of the head; None where it is not told."""
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        text = _("{name} is {value!r}: a number from {least:g} to {most:g} is needed")
        raise BadHead(text.format(name=name, value=value, least=least, most=most))
    return float(value)


def _moment(told: Mapping[str, object], name: str, form: str) -> datetime | None:
    """Return a date or a time of the head; None where it is not told."""
    value = told.get(name)
    if value is None:
        return None
    try:
        return datetime.strptime(str(value), form).replace(tzinfo=UTC)
    except ValueError:
        raise BadHead(
            _("{name} is {value!r}: not such as {example}").format(
                name=name, value=value, example=datetime(2026, 4, 20, 9, 0, tzinfo=UTC).strftime(form)
            )
        ) from None
