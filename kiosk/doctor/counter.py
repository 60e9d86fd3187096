"""What the doctor knows of scale, displays and panel: how they are once opened, and what is in the way."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.doctor import ports
from kiosk.doctor.finding import Finding
from kiosk.i18n import _, quantity

if TYPE_CHECKING:
    from hardware.device import Device
    from hardware.panel.panel import Panel
    from hardware.scale.scale import Scale
    from kiosk.settings import DeviceSettings


def look(chosen: DeviceSettings, made: Device, name: str) -> Finding | None:
    """Say how an opened scale or panel is; None for what can only be opened."""
    if chosen.role == "scale":
        from hardware.scale.scale import Scale

        return _scale(made, name) if isinstance(made, Scale) else None
    if chosen.role == "panel":
        from hardware.panel.panel import Panel

        return _panel(made, name) if isinstance(made, Panel) else None
    return None


def fix(chosen: DeviceSettings, error: OSError) -> str | None:
    """Say what to do about a panel or a screen that cannot be opened; None for what others know better."""
    if chosen.role == "panel":
        return _panel_fix(error)
    if chosen.role == "display" and error.errno == errno.EADDRINUSE:
        return _("Another program has that port: write another one, or none, for any that is free.")
    return None


def _scale(scale: Scale, name: str) -> Finding:
    """Ask once."""
    from hardware.scale.weight import Trouble

    answer = scale.read()
    if not isinstance(answer, Trouble):
        words = _("{name}: ready, shows {weight}").format(name=name, weight=quantity(answer.grams, "kg"))
        return Finding("device", "found", words)
    words = {
        Trouble.SILENT: _("{name}: does not answer"),
        Trouble.GARBAGE: _("{name}: answers in another language"),
        Trouble.UNIT: _("{name}: does not weigh in kilograms"),
        Trouble.FAULT: _("{name}: reports a fault"),
    }.get(answer, "")
    if not words:  # it moves, or something lies on it: it is well
        return Finding("device", "found", _("{name}: ready").format(name=name))
    fixes = {
        Trouble.SILENT: _("Switch it on; compare baud and frame with its menu; is it the crossed cable?"),
        Trouble.GARBAGE: _("Compare kind, baud and frame with its menu."),
        Trouble.UNIT: _("Set it to kilograms. If a Toledo scale shows them with two decimals: decimals = 2."),
        Trouble.FAULT: _("Empty it, switch it off and on, and zero it."),
    }
    silent = answer is Trouble.SILENT
    return Finding("device", "missing" if silent else "wrong", words.format(name=name), fixes[answer])


def _panel(panel: Panel, name: str) -> Finding:
    """Nobody presses a button while the doctor looks."""
    if not panel.held:
        return Finding("device", "found", _("{name}: opened, no button is pressed").format(name=name))
    words = _("{name}: pressed all the time: {buttons}").format(name=name, buttons=", ".join(panel.held))
    fix = _('Is it stuck, or wired to the other side? Then write button_pressed = "high".')
    return Finding("device", "wrong", words, fix)


def _panel_fix(error: OSError) -> str:
    """Say what stands between the till and its pins."""
    from hardware.panel import pins
    from hardware.panel.chips import NoChip

    if isinstance(error, NoChip):
        return _('There is no header here: pins = "mock" tries it out, `kiosk sim button` presses.')
    if isinstance(error, PermissionError):
        return ports.permission(Path(error.filename or "/dev/gpiochip0"), "gpio")
    if isinstance(error, pins.DirectoryNotWritable):
        return _("Start the till in a folder that it may write; in a systemd unit that is WorkingDirectory=.")
    if isinstance(error, pins.DirectoryMoved):
        return _("Take LG_WD out of the till's surroundings: it would move the whole till there.")
    if isinstance(error, pins.NoLgpio):
        return _("`pip install lgpio`, into the Python that runs the till.")
    return _("Another program holds a pin, or two devices of the shop do: `gpioinfo` names who.")
