"""`kiosk init`: makes a shop from a few questions, or from flags alone with `--yes`."""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from dataclasses import replace
from pathlib import Path

from kiosk import i18n
from kiosk.checkout.people import tidy_name
from kiosk.commands.questions import Asker, NoAnswer, ask_pin, is_pin
from kiosk.i18n import _
from kiosk.settings import FILE, SettingsErrors, parse
from kiosk.settings.equipment import printer_at
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
    if args.pin is not None and not is_pin(args.pin):
        raise NoAnswer(_("--pin: a PIN is 4 to 12 digits; nothing was made."))
    ask = Asker(quiet=args.yes)
    answers = _answers(args, _preset(args, ask), ask)
    name = ask.text(_("First person (may do everything)"), args.supervisor, "Sam", tidy_name)
    pin, made_up = args.pin, False
    if pin is None and args.yes:
        pin, made_up = f"{secrets.randbelow(10**6):06}", True
    elif pin is None:
        pin = ask_pin(name)
    make_shop(args.shop, template(answers), [NewPerson(name, "supervisor", pin)], series=args.series)
    _report(args, answers, name, pin if made_up else None)
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
    """Collect every answer that goes into the settings, each checked as soon as it is given."""
    columns = args.columns or preset.columns
    spoken = preset.language if preset.language in i18n.languages() else i18n.language()
    base = Answers(
        name=_("My stall"),
        currency=preset.currency,
        locale=preset.locale,
        language=spoken,
        timezone=preset.timezone if args.timezone is None else args.timezone,
        taxes=preset.taxes,
        prices=args.prices or preset.prices,
        step=preset.step,
        footer=(_("Thank you!"),),
        columns=columns,
        scheme=preset.scheme,
    )
    if args.timezone is not None:
        _must_read(base, _("Time zone"))
    name = ask.text(
        _("Name of the stall"), args.name, base.name, lambda typed: _must_read(_named(base, typed))
    )
    base = _named(base, name)
    money = ask.text(
        _("Currency"), args.currency, base.currency, lambda typed: _must_read(_counted(base, typed))
    )
    base = _counted(base, money)
    language = ask.choice(_("Language of the till"), args.language, spoken, i18n.languages())
    where = ask.text(
        _("Receipt printer (none, usb, an address)"),
        args.printer,
        "none",
        lambda typed: _must_read(_printing(base, typed)),
    )
    base = _printing(replace(base, language=language), where)
    return replace(base, taxes=_taxes(args, base, ask))


def _must_read(answers: Answers, what: str = "") -> None:
    """Raise NoAnswer, with what may stand there, when the settings written from answers could not be read."""
    try:
        parse(template(answers).encode(), Path(FILE))
    except SettingsErrors as error:
        (problem, *_more) = error.problems
        raise NoAnswer(": ".join(part for part in (what, problem.allowed) if part)) from None


def _named(answers: Answers, name: str) -> Answers:
    return replace(answers, name=name, header=(name[: answers.columns],))


def _counted(answers: Answers, currency: str) -> Answers:
    """Return the answers in a currency; coins and payment codes of another country do not fit it."""
    code = currency.upper()
    return answers if code == answers.currency else replace(answers, currency=code, step="", scheme="")


def _printing(answers: Answers, where: str) -> Answers:
    printer = printer_at(where)
    return replace(answers, devices=(DeviceAnswer("printer", printer),) if printer else ())


def _taxes(args: argparse.Namespace, answers: Answers, ask: Asker) -> tuple[TaxPreset, ...]:
    """Take the tax classes from flags, from an answer, or as usual in the country."""
    if not (args.tax or args.yes):
        known = any(rate != "0" for tax in answers.taxes for rate in tax.rates)
        print(
            _("These rates are usual there, but they change, and your goods decide: confirm or correct them.")
            if known
            else _("There is no one rate there: type what holds for your goods.")
        )
    return ask.taxes(
        _("Taxes (class label percentage; ...)"),
        "; ".join(args.tax) if args.tax else None,
        _written(answers.taxes),
        classes,
        lambda taxes: _must_read(replace(answers, taxes=taxes)),
    )


def _written(taxes: tuple[TaxPreset, ...]) -> str:
    """Return tax classes as they are typed: `A standard 19; B reduced 7`."""
    return "; ".join(f"{tax.code} {tax.label.replace(' ', '_')} {'+'.join(tax.rates)}" for tax in taxes)


def _report(args: argparse.Namespace, answers: Answers, name: str, pin: str | None) -> None:
    """Say where the shop is, what a person has to confirm, and what comes next."""
    print(_("Your shop is in {folder}.").format(folder=args.shop))
    if pin is not None:
        print(_("{name}'s PIN is {pin}. It is shown only now: write it down.").format(name=name, pin=pin))
    words = _("Taxes: {taxes}. Confirm these rates before the first sale: you answer for them, not the till.")
    print(words.format(taxes=_written(answers.taxes)))
    print(_("They stand in {file}, with the receipt's text.").format(file=args.shop / FILE))
    print(_("Next: `kiosk setup devices` fits scanner, printer and the rest."))
    print(_("Then bring your products with `kiosk catalogue import FILE`, and open the till with `kiosk`."))
