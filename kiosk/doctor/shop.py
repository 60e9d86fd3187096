"""Checks the shop's folder, its settings and its ways to pay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.checkout.payments.registry import methods
from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.ledger.errors import AlreadyRunning
from kiosk.ledger.instance import TillLock
from kiosk.settings import NoSettings, Settings, SettingsErrors, load
from kiosk.station.reasons import reason

MEGABYTE = 1_000_000
TIGHT = 1_000 * MEGABYTE
"""Free space below which it is worth a word: a day is a few megabytes, a log and a copy want room too."""
FULL = 100 * MEGABYTE
"""Free space below which the next update or copy may fail."""


def read(folder: Path) -> tuple[Settings | None, list[Finding]]:
    """Return the settings, if they can be used, and what was found about them."""
    try:
        settings = load(folder)
    except NoSettings:
        words = _("there is no shop in {folder}").format(folder=folder)
        return None, [Finding("shop", "missing", words, _("`kiosk init` makes one, `kiosk demo` shows one."))]
    except SettingsErrors as errors:
        fix = _("Correct this line in the file.")
        return None, [Finding("shop", "wrong", str(problem), fix) for problem in errors.problems]
    words = _("settings of “{name}” in {folder}").format(name=settings.name, folder=folder)
    return settings, [Finding("shop", "found", words)]


def folder_state(folder: Path) -> Iterator[Finding]:
    """Can the folder be written, and is there room?"""
    if not folder.is_dir():
        return
    if not os.access(folder, os.W_OK):
        fix = _("Give this user write permission, or remount the disk: nothing can be sold until then.")
        yield Finding("shop", "wrong", _("{folder} cannot be written").format(folder=folder), fix)
    free = shutil.disk_usage(folder).free
    words = _("{n} MB free on the disk").format(n=free // MEGABYTE)
    if free < FULL:
        yield Finding("shop", "wrong", words, _("Free some space today: old copies and logs first."))
    elif free < TIGHT:
        yield Finding("shop", "note", words, _("Free some space soon."))
    else:
        yield Finding("shop", "found", words)


def running_till(folder: Path) -> tuple[bool, list[Finding]]:
    """Tell whether a till runs on this shop just now."""
    ledger = folder / "ledger.db"
    if not ledger.exists() or not os.access(folder, os.W_OK):
        return False, []
    try:
        TillLock(ledger).release()
    except AlreadyRunning as running:
        words = _("a till is running on this shop (process {pid})").format(pid=running.pid or "?")
        return True, [Finding("shop", "found", words)]
    return False, []


def logo(settings: Settings) -> Iterator[Finding]:
    """Can the logo be printed, if there is to be one?"""
    from hardware.printer.logo import BadPicture
    from hardware.printer.logo import logo as drawn
    from hardware.printer.profile import PROFILES

    name = settings.receipt.logo
    if not name:
        return
    with TemporaryDirectory() as folder:  # not the till's own: the doctor may be another user
        try:
            drawn(settings.folder / name, PROFILES["58mm"], Path(folder))
        except (BadPicture, OSError) as error:
            fix = _('Give it another picture (PNG, JPEG, GIF or BMP), or write logo = "" under [receipt].')
            words = _("receipts are printed without the logo: {reason}").format(reason=reason(error))
            yield Finding("shop", "wrong", words, fix)
        else:
            yield Finding("shop", "found", _("logo {name}").format(name=name))


def payments(settings: Settings) -> Iterator[Finding]:
    """Can every way to pay be used?"""
    made, problems = methods(settings.methods, settings.payments)
    for name, method in made.items():
        yield Finding(
            "payments", "found", _("payment by {method} ({name})").format(method=method.label, name=name)
        )
    for name, why in problems.items():
        fix = _("Correct [payments.{name}] in shop.toml, or take it out of payments.methods.").format(
            name=name
        )
        words = _("payment by {name}: {reason}").format(name=name, reason="; ".join(why.splitlines()))
        yield Finding("payments", "wrong", words, fix)
