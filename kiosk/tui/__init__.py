"""The screen: app, theme, screens and widgets."""

from __future__ import annotations

import os

# Read when textual is imported. 60 frames a second cost power and show nothing more; nothing here moves.
os.environ.setdefault("TEXTUAL_FPS", "30")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
