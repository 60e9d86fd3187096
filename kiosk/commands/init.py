"""`kiosk init`: makes a shop from a few questions, or from flags alone with `--yes`."""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from dataclasses import replace

from kiosk import i18n
from kiosk.commands.questions import Asker, ask_pin, choose_printer
from kiosk.i18n import _
from kiosk.settings.presets import ELSEWHERE, PRESETS, Preset, TaxPreset, classes
from kiosk.settings.template import Answers, DeviceAnswer, template
from kiosk.setup import NewPerson, make_shop, refuse_existing

EPILOG = """\
examples:
  kiosk init                                       answer a few questions
  kiosk init --country DE --name "Töpferei Süd"    fewer questions
  kiosk init --yes --country NL --name "Stall 3" --supervisor Sam --pin 2580 --printer 192.168.1.50
                                                   none at all; without --pin one is made up and printed
  kiosk init --yes --tax "A standard 19" --tax "B reduced 7"
                                                   own tax classes: name, label, percentage (9+9: two taxes)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags; each answers one question."""
    parser.description = _(
        "Make a shop: its settings (shop.toml) and an empty ledger, in the folder --shop. "
        "Nothing there is overwritten, and nothing half-made is left behind."
    )
    parser.epilog = EPILOG
    add = parser.add_argument
    add("--yes", action="store_true", help=_("ask nothing: take what the flags say and what is usual"))
    add("--name", help=_("the stall's name, as on the receipt"))
    add(
        "--country",
        choices=sorted(PRESETS),
        metavar="CODE",
        help=_("two letters such as DE: sets what is usual there"),
    )
    add("--currency", metavar="CODE", help=_("three letters such as EUR"))
    add("--language", choices=i18n.languages(), help=_("of the till"))
    add("--timezone", metavar="ZONE", help=_("such as Europe/Berlin"))
    add(
        "--tax",
        action="append",
        metavar="CLASS",
        help=_('a tax class, such as "A standard 19"; may be repeated'),
    )
    add("--prices", choices=("inclusive", "exclusive"), help=_("whether prices contain the tax"))
    add("--columns", type=int, choices=(32, 42, 48), help=_("characters in one line of receipt paper"))
    add("--printer", metavar="WHERE", help=_("none, usb, a host name or address, or a serial port's path"))
    add("--supervisor", metavar="NAME", help=_("the first person, who may do everything"))
    add("--pin", metavar="DIGITS", help=_("that person's PIN, 4 to 12 digits"))
    add(
        "--series",
        default="A",
        type=_series,
        metavar="LETTERS",
        help=_("leads every receipt number; another one for each till (default: A)"),
    )


def _series(text: str) -> str:
    """Read a receipt series from the command line."""
    if re.fullmatch("[A-Za-z0-9]{1,5}", text) is None:
        raise argparse.ArgumentTypeError(_("1 to 5 letters and digits"))
    return text


def run(args: argparse.Namespace) -> int:
    """Ask, make the shop, and say what comes next."""
    refuse_existing(args.shop)
    if not args.yes and not sys.stdin.isatty():
        print(_("kiosk init asks questions and needs a terminal; with --yes it asks none."), file=sys.stderr)
        return 2
    ask = Asker(quiet=args.yes)
    preset = _preset(args, ask)
    answers = _answers(args, preset, ask)
    name = ask.text(_("First person (may do everything)"), args.supervisor, "Sam")
    pin, made_up = args.pin, False
    if pin is None and args.yes:
        pin, made_up = f"{secrets.randbelow(10**6):06}", True
    elif pin is None:
        pin = ask_pin(name)
    make_shop(args.shop, template(answers), [NewPerson(name, "supervisor", pin)], series=args.series)
    _report(args, name, pin if made_up else None)
    return 0


def _preset(args: argparse.Namespace, ask: Asker) -> Preset:
    """Find the country, by flag, by question, or from the surroundings."""
    here = i18n.environment_language().partition("_")[2]
    guess = args.country or (here if here in PRESETS else ELSEWHERE.code)
    if args.country is None and not args.yes:
        print(_("Countries: {codes} (XX: somewhere else)").format(codes=", ".join(sorted(PRESETS))))
    code = ask.choice(_("Country"), args.country, guess, tuple(PRESETS))
    return PRESETS[code]


def _answers(args: argparse.Namespace, preset: Preset, ask: Asker) -> Answers:
    """Collect every answer that goes into the settings."""
    name = ask.text(_("Name of the stall"), args.name, _("My stall"))
    currency = ask.text(_("Currency"), args.currency, preset.currency).upper()
    spoken = preset.language if preset.language in i18n.languages() else i18n.language()
    language = ask.choice(_("Language of the till"), args.language, spoken, i18n.languages())
    columns = args.columns or preset.columns
    printer = choose_printer(ask.text(_("Receipt printer (none, usb, an address)"), args.printer, "none"))
    answers = Answers(
        name=name,
        currency=currency,
        locale=preset.locale,
        language=language,
        timezone=preset.timezone if args.timezone is None else args.timezone,
        taxes=_taxes(args, preset, ask),
        prices=args.prices or preset.prices,
        step=preset.step if currency == preset.currency else "",
        header=(name[:columns],),
        footer=(_("Thank you!"),),
        columns=columns,
        scheme=preset.scheme if currency == preset.currency else "",
    )
    return replace(answers, devices=(DeviceAnswer("printer", printer),)) if printer else answers


def _taxes(args: argparse.Namespace, preset: Preset, ask: Asker) -> tuple[TaxPreset, ...]:
    """Take the tax classes from flags, from an answer, or as usual in the country."""
    usual = "; ".join(
        f"{tax.code} {tax.label.replace(' ', '_')} {'+'.join(tax.rates)}" for tax in preset.taxes
    )
    given = "; ".join(args.tax) if args.tax else None
    return ask.taxes(_("Taxes (class label percentage; ...)"), given, usual, classes)


def _report(args: argparse.Namespace, name: str, pin: str | None) -> None:
    """Say where the shop is and what comes next."""
    print(_("Your shop is in {folder}.").format(folder=args.shop))
    if pin is not None:
        print(_("{name}'s PIN is {pin}. It is shown only now: write it down.").format(name=name, pin=pin))
    print(
        _("Look over {file}: tax rates change, and the receipt's text is yours.").format(
            file=args.shop / "shop.toml"
        )
    )
    print(_("Next: bring your products with `kiosk catalogue import FILE`, then open the till with `kiosk`."))
