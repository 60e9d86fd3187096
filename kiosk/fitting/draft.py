"""The settings as they are to be: changed key by key, valid at every moment, written at the end or never."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

from kiosk.settings import FILE, DeviceSettings, NoSettings, parse
from kiosk.settings.edit import Keys, edited, save

BOM = "\ufeff"


class Draft:
    """A shop's settings under change."""

    def __init__(self, folder: Path) -> None:
        """Read the file; NoSettings, SettingsErrors or OSError."""
        self._file = folder / FILE
        try:
            self._before = self._file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise NoSettings(folder) from None
        self.settings = parse(self._before, self._file)
        text = self._before.decode("utf-8")
        self._bom = BOM if text.startswith(BOM) else ""
        self._first = self._text = text.removeprefix(BOM)

    def put(self, table: str, keys: Keys) -> None:
        """Set keys of a table. Raises NotEditable, or SettingsErrors when the shop would refuse them."""
        text = edited(self._text, table, keys)
        self.settings = parse(text.encode(), self._file)
        self._text = text

    def add(self, role: str, keys: Keys, name: str = "") -> DeviceSettings:
        """Write down a new device under a name, or else a free one, and return it."""
        taken = {device.name for device in self.settings.devices}
        name = name or next(
            free for free in (role, *(f"{role}{n}" for n in range(2, 100))) if free not in taken
        )
        self.put(f"devices.{name}", keys if name.startswith(role) else {"role": role, **keys})
        return self.device(name)

    def device(self, name: str) -> DeviceSettings:
        """A device as it is to be."""
        return next(device for device in self.settings.devices if device.name == name)

    def changes(self) -> list[str]:
        """The lines that come and go, with ``+`` and ``-`` before them."""
        lines = ndiff(self._first.splitlines(), self._text.splitlines())
        return [line.rstrip() for line in lines if line[:2] in {"+ ", "- "} and line[2:].strip()]

    def save(self) -> Path:
        """Write it, and return where the former file is. Raises ChangedMeanwhile or OSError."""
        return save(self._file, self._before, (self._bom + self._text).encode())
