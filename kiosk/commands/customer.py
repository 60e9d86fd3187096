"""`kiosk customer`: the customer's own screen, on a second panel or in a second terminal."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.settings import Settings

EPILOG = """\
examples:
  kiosk customer                        show the customer what the till of this shop sells
  kiosk --shop ~/market customer        the same for another shop

The till must offer it. In shop.toml:
  [devices.screen]
  role = "display"
  kind = "screen"
It may be started before the till or after it, and ends with Esc. The demo's till offers it by itself.
"""


class NoCustomerScreen(ValueError):
    """The shop's settings do not offer a customer's screen; nothing was opened."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command; it has no flags of its own."""
    parser.description = _("Show basket, total, payment code and change to the customer on a second screen.")
    parser.epilog = EPILOG


def run(args: argparse.Namespace) -> int:
    """Hand the terminal to the customer's screen."""
    from kiosk import i18n
    from kiosk.launch import require_terminal
    from kiosk.settings import load
    from kiosk.where import customer_feed

    require_terminal()
    settings = load(args.shop)
    if not customer_feed(args.shop).exists() and not _offered(settings):
        words = _("The till does not offer it. In shop.toml: {lines}")
        raise NoCustomerScreen(words.format(lines='[devices.screen] role = "display", kind = "screen"'))
    i18n.set_language(settings.language)
    i18n.set_locale(settings.locale, settings.timezone)
    return _show(settings)


def _offered(settings: Settings) -> bool:
    """Whether the settings name a customer's screen."""
    return any((device.role, device.kind) == ("display", "screen") for device in settings.devices)


def _show(settings: Settings) -> int:
    """Run the screen until somebody ends it."""
    from kiosk.launch import leave_on_signal
    from kiosk.ledger.clock import SystemClock
    from kiosk.tui.customer.app import CustomerApp
    from kiosk.tui.customer.feed import follow
    from kiosk.tui.daylight import night_at
    from kiosk.where import customer_feed

    clock = SystemClock()

    def night() -> bool:
        found = night_at(settings.ui, clock.now().wall_ms)
        return settings.ui.theme == "night" if found is None else found

    app = CustomerApp(settings, partial(follow, customer_feed(settings.folder)), night=night)
    leave_on_signal(lambda: app.exit(0))
    app.run()
    return app.return_code or 0
