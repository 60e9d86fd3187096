"""The lock screen."""

from __future__ import annotations

from kiosk.tui.screens.frame import Frame


class LockScreen(Frame[None]):
    """Nobody is signed in."""
