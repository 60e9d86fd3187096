"""A copy of `shop.toml` beside a copy of the ledger, brought back only where there is none: on a new card.

Without it the ledger of a lost card comes back to no shop. Settings that are in force are never replaced.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.front import FILE
from kiosk.i18n import _
from kiosk.ledger.storage import publish

END = f".{FILE}"


class SettingsNotCopied(OSError):
    """`shop.toml` was not copied or not brought back; nothing that was there before has changed."""

    def __init__(self, file: Path, reason: object) -> None:
        words = _("{file} was not copied: {reason}. The ledger's copy is whole.")
        super().__init__(words.format(file=file, reason=reason))


def beside(ledger_copy: Path) -> Path:
    """Where the copy of the settings is that belongs to a ledger's copy."""
    return ledger_copy.with_name(ledger_copy.name.removesuffix(".db") + END)


def copy_beside(folder: Path, ledger_copy: Path) -> Path | None:
    """Copy the settings as they are; None where there are none. Raises `SettingsNotCopied`."""
    return _copied(folder / FILE, beside(ledger_copy))


def bring_back(ledger_copy: Path, folder: Path) -> Path | None:
    """Put the copy in place where the shop has no settings; None otherwise. Raises `SettingsNotCopied`."""
    return None if (folder / FILE).exists() else _copied(beside(ledger_copy), folder / FILE)


def _copied(source: Path, place: Path) -> Path | None:
    """Copy one file, whole or not at all, over nothing but another copy of settings."""
    if not source.exists():
        return None
    part = place.with_name(f".{place.name}.part")
    try:
        if place.exists() and b"[shop]" not in place.read_bytes():
            raise SettingsNotCopied(source, _("{file} is another program's").format(file=place))
        part.write_bytes(source.read_bytes())
        publish(part, place)
    except SettingsNotCopied:
        raise
    except OSError as error:
        raise SettingsNotCopied(source, error.strerror or error) from error
    finally:
        with suppress(OSError):  # a stick that was pulled out
            part.unlink(missing_ok=True)
    return place
