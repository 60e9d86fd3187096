"""The part of `kiosk sim` that plays with what stands on the counter: scale, display, buttons, drawer."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLE = """\
  kiosk sim scale 1.250                   put 1.250 kg on the scale
  kiosk sim scale 1.250 --fault moving    the same, and it does not settle
  kiosk sim button pay                    press the PAY button; --long holds it
  kiosk sim drawer open                   pull the drawer open by hand
  kiosk sim display                       what the customer's pole display shows
"""
ROLES = ("pay", "plus", "void", "help", "page")
SCALE_FAULTS = ("moving", "over", "under", "negative", "garbage", "silent", "half")
"""What buttons are for and what can be wrong with the scale; a test compares them with the stall's lists."""
DEVICES = ("scale", "display", "button", "drawer")


def add_devices(devices: Parsers) -> None:
    """Declare the devices of the counter."""
    scale = devices.add_parser("scale", help=_("put a weight on the scale, or something in its way"))
    scale.add_argument("grams", nargs="?", type=_kilograms, metavar="KG", help=_("kilograms, such as 1.250"))
    scale.add_argument("--tare", type=_kilograms, metavar="KG", help=_("kilograms taken off as a tare"))
    scale.add_argument("--fault", choices=SCALE_FAULTS, help=_("what is wrong; a weight alone mends it"))
    display = devices.add_parser("display", help=_("show what the customer's pole display shows"))
    for parser in (scale, display):
        parser.add_argument(
            "--unplug", dest="act", action="store_const", const="unplug", help=_("pull its plug")
        )
        parser.add_argument(
            "--replug", dest="act", action="store_const", const="replug", help=_("put it back")
        )
    button = devices.add_parser("button", help=_("press one of the buttons on the counter"))
    button.add_argument("role", choices=ROLES, help=_("what the button is for"))
    button.add_argument("--long", action="store_true", default=None, help=_("hold it for a second"))
    button.add_argument(
        "--wild", action="store_true", default=None, help=_("let its wire flutter, as a broken one does")
    )
    drawer = devices.add_parser("drawer", help=_("pull the cash drawer open by hand, or push it in"))
    drawer.add_argument("act", choices=("open", "shut"))


def fields(args: argparse.Namespace) -> dict[str, object]:
    """The fields of a counter's command, without those that were left out."""
    names = ("grams", "tare", "fault", "act", "role", "long", "wild")
    found = {name: getattr(args, name, None) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def words(device: str, answer: Mapping[str, object]) -> str:
    """An answer for people."""
    if device == "display":
        frame = "─" * 20
        return f"┌{frame}┐\n│{answer['upper']}│\n│{answer['lower']}│\n└{frame}┘"
    if device == "button":
        return _("pressed") if answer["heard"] else _("nobody is listening to the buttons")
    return "\n".join(f"{key:<20} {value}" for key, value in answer.items())


def _kilograms(text: str) -> int:
    """Kilograms as whole grams; argparse says which argument was wrong."""
    try:
        grams = Decimal(text.replace(",", ".")) * 1000
    except InvalidOperation:
        raise argparse.ArgumentTypeError(_("{text} is no weight in kilograms").format(text=text)) from None
    if not grams.is_finite() or grams != grams.to_integral_value() or abs(grams) > 99_999:
        raise argparse.ArgumentTypeError(
            _("{text} is not a whole number of grams up to 99.999 kg").format(text=text)
        )
    return int(grams)
