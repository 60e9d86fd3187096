"""`kiosk locker off`: every coil on the Pi's own header is let go of, whoever left it on."""

from __future__ import annotations

import argparse
import json

from kiosk.i18n import _


def run_off(args: argparse.Namespace) -> int:
    """Let go and say of which pins, whatever else is wrong in the settings."""
    from hardware.locks.header import header
    from kiosk.settings.load import devices_of

    low = [
        line
        for device in devices_of(args.shop)
        if (device.role, device.kind) == ("locks", "gpio")
        for line in header(device.name, device.options).let_go()
    ]
    if args.json:
        print(json.dumps({"low": low}))
    elif low:
        print(_("let go of pins {pins}").format(pins=", ".join(map(str, low))))
    else:
        print(_("no coil hangs on the header: nothing to let go of"))
    return 0
