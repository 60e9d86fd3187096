"""Checks every configured device by opening it, and looks for ones that nobody has configured."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from socket import gaierror

from hardware.power.reading import PowerRead
from hardware.printer.printer import Printer
from hardware.printer.status import PrinterStatus
from hardware.printer.talk import Talk
from kiosk.doctor import boards, counter, meters, ports
from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.settings import DeviceSettings, Settings
from kiosk.station.reasons import reason
from kiosk.station.wiring import device as make_device

GROUPS = {"usblp": "lp", "serial": "dialout", "evdev": "input"}
"""Which group may open the node of a wire, on Debian and its relatives."""


def configured(settings: Settings) -> Iterator[Finding]:
    """Open each device and say how it is."""
    if not settings.devices:
        fix = _("Receipts are shown as QR codes. `kiosk setup devices` finds a printer and the rest.")
        yield Finding("device", "note", _("no device is configured"), fix)
    heard: dict[str, PowerRead] = {}
    for chosen in settings.devices:
        yield from look(settings, chosen, heard)
    yield from meters.compared(settings, heard)


def look(
    settings: Settings, chosen: DeviceSettings, heard: dict[str, PowerRead] | None = None
) -> Iterator[Finding]:
    """Make, open, ask and close one device; what a meter says is put into `heard`."""
    try:
        made = make_device(settings, chosen)
    except ValueError as error:
        fix = _("Correct [devices.{name}] in shop.toml.").format(name=chosen.name)
        yield Finding("device", "wrong", f"{chosen.name}: {reason(error)}", fix)
        return
    try:
        if chosen.role in meters.ROLES:
            yield meters.look(made, _called(chosen), {} if heard is None else heard)
            return
        made.open()
        if isinstance(made, Printer):
            yield _printer(chosen, Talk(made.link, made.profile).status())
        elif (seen := counter.look(chosen, made, _called(chosen))) is not None:
            yield seen
        else:
            yield Finding("device", "found", _("{name}: opened").format(name=_called(chosen)))
    except OSError as error:
        words = _("{name}: {reason}").format(name=_called(chosen), reason=reason(error))
        yield Finding("device", "missing" if _is_absent(error) else "wrong", words, _fix(chosen, error))
    finally:
        made.close()


def _called(chosen: DeviceSettings) -> str:
    """Return a device's name with where it is."""
    address = chosen.address or chosen.options.get("address") or chosen.options.get("topic", "")
    return f"{chosen.name} ({chosen.kind} {address})" if address else f"{chosen.name} ({chosen.kind})"


def _is_absent(error: OSError) -> bool:
    """Tell whether an error says "not there" rather than "broken"."""
    absent = {
        errno.ENOENT,
        errno.ENODEV,
        errno.ENXIO,
        errno.ECONNREFUSED,
        errno.EHOSTUNREACH,
        errno.ETIMEDOUT,
    }
    return error.errno in absent or isinstance(error, TimeoutError | gaierror)


def _fix(chosen: DeviceSettings, error: OSError) -> str:
    """Say what to do about a device that cannot be opened."""
    if (known := counter.fix(chosen, error) or boards.fix(chosen, error)) is not None:
        return known
    if error.errno in {errno.EACCES, errno.EPERM}:
        return ports.permission(Path(chosen.address), GROUPS.get(chosen.kind, "dialout"))
    if error.errno == errno.ENOSYS and chosen.kind.endswith("-mqtt"):
        return _("pip install 'barrow[mqtt]'")
    if error.errno == errno.ENOSYS:
        return _("It is built from source, which takes the packages gcc, python3-dev and linux-libc-dev.")
    if error.errno == errno.EBUSY or (error.errno == errno.EAGAIN and ports.is_serial(chosen)):  # locked
        return ports.busy(Path(chosen.address))
    if error.errno == errno.EAGAIN:
        return _("Nothing need be done besides; the till tries again by itself.")
    if chosen.role == "outlet" and chosen.kind.endswith("-mqtt"):
        return _(
            "Does the broker run, and do broker, topic, user and password_file fit? "
            "`mosquitto_sub -v -t '#'` shows who speaks there; `kiosk decode {kind}` explains it."
        ).format(kind=chosen.kind)
    if chosen.role == "outlet":
        return _("Has it power and Wi-Fi, and is this still its address? Give it a fixed one at the router.")
    if chosen.kind == "tcp":
        words = _("Is it switched on and on this network? Compare {address} with its own status print.")
        return words.format(address=chosen.address)
    return _("Plug it in and switch it on; if it has moved, correct the address in shop.toml.")


def _printer(chosen: DeviceSettings, status: PrinterStatus) -> Finding:
    """Say what a printer says of itself."""
    name = _called(chosen)
    if not status.answered:
        words = _("{name}: opened, tells nothing of itself").format(name=name)
        if not chosen.answers:
            return Finding("device", "found", words)
        fix = _(
            "Nothing is printed until it answers: see to cover and power. If it never does: answers = false."
        )
        return Finding("device", "wrong", words, fix)
    if status.paper == "out":
        return Finding("device", "wrong", _("{name}: no paper").format(name=name), _("Put a new roll in."))
    if status.cover == "open":
        return Finding(
            "device", "wrong", _("{name}: cover open").format(name=name), _("Close it until it clicks.")
        )
    if status.error is not None and status.error != "none":
        fix = _("Switch it off and on; look for a jam at the cutter.")
        return Finding("device", "wrong", _("{name}: reports a fault").format(name=name), fix)
    if status.paper == "low":
        return Finding(
            "device", "note", _("{name}: ready, paper low").format(name=name), _("Have a roll at hand.")
        )
    return Finding("device", "found", _("{name}: ready").format(name=name))


def strangers(settings: Settings | None, root: Path = Path("/dev")) -> Iterator[Finding]:
    """Name printers and serial ports that are plugged in and not configured (Linux)."""
    known = {device.address for device in settings.devices} if settings else set()
    for pattern, kind in (("usb/lp*", "usblp"), ("serial/by-id/*", "serial")):
        for node in sorted(root.glob(pattern)):
            if str(node) not in known and str(node.resolve()) not in known:
                fix = _(
                    "`kiosk setup devices` tries it and writes it down. By hand, in shop.toml: "
                    '[devices.NAME] with kind = "{kind}" and address = "{address}".'
                )
                words = _("{node} is plugged in and not configured").format(node=node)
                yield Finding("device", "note", words, fix.format(kind=kind, address=node))
