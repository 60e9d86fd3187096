"""Checks what foreseeing the power needs: the kit as `[power]` tells of it, and the file of the record."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from kiosk.doctor.boards import is_board
from kiosk.doctor.finding import Finding
from kiosk.energy.powerbook import FILE, PowerBook, PowerBookDamaged, PowerBookUnusable
from kiosk.i18n import _, ngettext
from kiosk.settings import Settings
from kiosk.station.cuts import cuts
from kiosk.station.unusable import make_or_stand_in

if TYPE_CHECKING:
    from kiosk.settings.power import PowerSettings

MOST_MB = 100
"""A year of minutes takes about 40 MB: more is not from us, or was never folded."""


def prospects(settings: Settings, *, quick: bool = False) -> Iterator[Finding]:
    """Can the end be foreseen, and what is missing for it? `quick` does not read the whole record."""
    roles = {device.role for device in settings.devices}
    if settings.power is None:
        if roles & {"battery", "solar", "outlet"}:
            fix = _(
                "`kiosk setup devices` asks what its label says and writes [power]; README shows the rest."
            )
            yield Finding("power", "note", _("nothing is foreseen: the battery is not described"), fix)
            yield from _without_end(settings)
        return
    stall = settings.power.stall
    if "battery" not in roles:
        fix = _("Add its shunt or its board under [devices.battery]: a VE.Direct cable will do.")
        yield Finding("power", "missing", _("no meter tells of the battery: nothing is foreseen"), fix)
    if "outlet" in roles and stall.limits is None:
        fix = _("Write inverter_w and inverter_surge_w under [power]; they stand on its plate.")
        words = _("the inverter is not described: nobody can tell how many watts are free")
        yield Finding("power", "note", words, fix)
    if "solar" in roles and stall.site is None:
        fix = _("Write panel_w, latitude and longitude under [power]; no network is needed for the sun.")
        words = _("the sun is metered and not foreseen: the panel and its place are missing")
        yield Finding("power", "note", words, fix)
    yield _end(settings, settings.power)
    yield from _record(settings.folder, quick=quick)


def _without_end(settings: Settings) -> Iterator[Finding]:
    """Name the battery boards of which the till expects nothing."""
    for chosen in settings.devices:
        if is_board(chosen):
            words = _("{name}: its end is not seen coming, so nothing switches this box off in time")
            fix = _("`kiosk setup devices {name}` asks for the battery's label and writes [power].")
            yield Finding("power", "note", words.format(name=chosen.name), fix.format(name=chosen.name))


def _end(settings: Settings, power: PowerSettings) -> Finding:
    """What switches this box off at the very end, and whether it is there."""
    batteries = [device for device in settings.devices if device.role == "battery"]
    able = cuts(power, [make_or_stand_in(settings, device) for device in batteries])
    if not able:
        fix = _(
            'Write power_off = "systemctl poweroff" under [power]; a battery board that can needs nothing.'
        )
        words = _("at the very end all is written, and nothing switches the box off")
        return Finding("power", "note", words, fix)
    program = able[-1].name
    if power.power_off and shutil.which(program) is None:
        fix = _("Write a command that this machine has as power_off under [power].")
        return Finding(
            "power", "wrong", _("{program} is not there to switch off").format(program=program), fix
        )
    names = ", ".join(cut.name for cut in able)
    return Finding("power", "found", _("at the very end {names} switches the box off").format(names=names))


def _record(folder: Path, *, quick: bool) -> Iterator[Finding]:
    """Where the record is, how much room it takes, how far back it goes."""
    files = [found for end in ("", "-wal") if (found := folder / f"{FILE}{end}").exists()]
    if not files:
        words = _("{file} is not there yet: the till makes it when it first looks at the battery")
        yield Finding("power", "note", words.format(file=folder / FILE))
        return
    size_mb = sum(found.stat().st_size for found in files) / 1e6
    try:
        with PowerBook(folder, readonly=True) as book:
            if not quick:
                book.check()
            days = len({row.wall_s // 86_400 for row in book.minutes(0, 1 << 40)})
    except (PowerBookDamaged, apsw.Error) as error:
        damage = error if isinstance(error, PowerBookDamaged) else PowerBookDamaged(folder, error)
        fix = _(
            "`kiosk backup --restore NAME.power.db` brings the last copy back, and leaves the ledger alone."
        )
        yield Finding("power", "wrong", str(damage), fix)
        return
    except PowerBookUnusable as error:
        yield Finding("power", "note", str(error))
        return
    words = ngettext(
        "{file}: {size} MB, minutes of {days} day", "{file}: {size} MB, minutes of {days} days", days
    ).format(file=folder / FILE, size=f"{size_mb:.1f}", days=days)
    if size_mb > MOST_MB:
        fix = _("Keep it with `kiosk export DIR power`, then put it aside: the till makes a new one.")
        yield Finding("power", "wrong", words, fix)
    else:
        yield Finding("power", "found", words)
