"""What to tell a person when a command fails: one clear line a problem, and an exit code.

Errors of this project carry their own words (what failed, what is safe, what to do). Errors of the operating
system are put into words here. Anything else is a mistake in the program and is not dressed up.
"""

from __future__ import annotations

import errno

from kiosk.i18n import _

FAILED = 1
REFUSED = 2
"""Exit code of input that cannot be used; what was asked for was not started."""


def explain(error: Exception) -> tuple[list[str], int] | None:
    """Return the lines to print and the exit code; None when the error is not of a known family."""
    home = type(error).__module__.partition(".")[0]
    if home == "hardware":
        from kiosk.station.reasons import reason

        table = f"[devices.{name}] " if (name := getattr(error, "device", "")) else ""
        lines = f"{table}{reason(error)}".splitlines()
        return lines, REFUSED if _is_refusal(error) else FAILED
    if home == "kiosk":
        return str(error).splitlines() or [type(error).__name__], REFUSED if _is_refusal(error) else FAILED
    if isinstance(error, UnicodeError):
        return [
            _("The text is not UTF-8: {reason}. Save it as UTF-8 and try again.").format(reason=error)
        ], REFUSED
    if isinstance(error, OSError):
        return [_of_system(error)], FAILED
    if home == "apsw":
        line = _("The ledger answered: {reason}. Nothing was half-written; `kiosk doctor` looks closer.")
        return [line.format(reason=error)], FAILED
    return None


def _is_refusal(error: Exception) -> bool:
    """Tell whether an error of this project is about the input rather than about the machine."""
    return isinstance(error, (ValueError, LookupError)) and not isinstance(error, OSError)


def _of_system(error: OSError) -> str:
    """Put an operating system's error into words, with its file."""
    advice = {
        errno.ENOSPC: _("The disk is full: free some space; what is in the ledger is safe."),
        errno.EROFS: _("The disk can only be read: remount it, or choose another folder."),
        errno.EACCES: _("Permission is missing: check the owner of the file, or choose another folder."),
        errno.ENOENT: _("There is no such file or folder."),
        errno.EISDIR: _("That is a folder; a file is needed."),
    }.get(error.errno or 0, "")
    from kiosk.station.reasons import reason

    where = str(error.filename) if error.filename else ""
    return ": ".join(part for part in (where, advice or reason(error)) if part)
