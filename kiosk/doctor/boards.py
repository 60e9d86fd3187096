"""What the doctor knows of battery boards on the computer's own pins."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.registry import KINDS
from kiosk.doctor import ports
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.settings import DeviceSettings


def is_board(chosen: DeviceSettings) -> bool:
    """Whether a device sits on the I2C bus."""
    return "hats" in KINDS.get(f"{chosen.role}-{chosen.kind}", "")


def fix(chosen: DeviceSettings, error: OSError) -> str | None:
    """Say what stands between the till and its bus; None for what others know better."""
    if not is_board(chosen):
        return None
    if error.errno in {errno.EACCES, errno.EPERM}:
        return ports.permission(Path(f"/dev/i2c-{chosen.options.get('bus', 1)}"), "i2c")
    if "smbus2" in str(error):
        return _("`pip install 'barrow[pi]'`, into the Python that runs the till.")
    if error.errno == errno.ENOENT:
        return _("Switch I2C on with `sudo raspi-config nonint do_i2c 0`, then restart.")
    return None
