"""Writes a new shop's `shop.toml`: every setting with its comment, so that the file explains itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.i18n import _
from kiosk.settings.presets import TaxPreset

PAYEE = {
    "epc": ("name", "iban"),
    "upi": ("name", "vpa"),
    "pix": ("name", "key", "city"),
    "promptpay": ("target",),
    "lankaqr": ("name", "merchant_id", "city"),
}
"""What each payment QR scheme must know of the payee, as written into the commented lines."""


@dataclass(frozen=True, slots=True)
class DeviceAnswer:
    """One device to write down: its name and its keys in order."""

    name: str
    keys: Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Answers:
    """What `kiosk init` found out."""

    name: str
    currency: str
    locale: str
    language: str
    timezone: str
    taxes: tuple[TaxPreset, ...]
    prices: str = "inclusive"
    rounding: str = "rate"
    step: str = ""
    method: str = "half-up"
    closing_time: str = "18:00"
    rollover_hour: int = 3
    base_url: str = ""
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    columns: int = 42
    code_page: str = "CP858"
    profile: str = ""
    logo: str = ""
    sparing: bool = False
    printing: str = "always"
    patterns: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("cash", "card")
    qr: Mapping[str, str] = field(default_factory=dict)
    """`scheme` and its fields."""
    scheme: str = ""
    """Without `qr`: the scheme whose lines are written as a comment, to be filled in."""
    devices: tuple[DeviceAnswer, ...] = ()
    theme: str = "auto"


def template(answers: Answers) -> str:
    """Return the text of `shop.toml`; reading it gives the answers back."""
    blocks = (
        [_comment(_("The settings of this shop. `kiosk doctor` checks them."))],
        _shop(answers),
        _taxes(answers),
        _cash(answers),
        _receipt(answers),
        _payments(answers),
        _scan(answers),
        *(_device(device) for device in answers.devices),
        _ui(answers),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _pair(key: str, value: object, comment: str = "") -> str:
    """Return one line `key = value  # comment`. JSON's strings, lists and booleans are TOML's too."""
    line = f"{key} = {json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)}"
    return f"{line:<40} # {comment}" if comment else line


def _comment(text: str) -> str:
    """Return a comment line."""
    return f"# {text}"


def _shop(answers: Answers) -> list[str]:
    return [
        "[shop]",
        _pair("name", answers.name),
        _pair("currency", answers.currency),
        _pair("locale", answers.locale, _("how numbers and dates are written")),
        _pair("language", answers.language, _("of the till; each person may have another")),
        _pair("timezone", answers.timezone, _("empty: this machine's")),
        _pair("prices", answers.prices, _("inclusive: the tax is in the price; or exclusive")),
        _pair("rounding", answers.rounding, _("of tax: per line, per tax rate, or once per document")),
        _pair("closing_time", answers.closing_time),
        _pair("rollover_hour", answers.rollover_hour, _("a shift opened before then is still yesterday's")),
        _pair("base_url", answers.base_url, _("where QR codes lead a customer's phone")),
    ]


def _taxes(answers: Answers) -> list[str]:
    lines = [_comment(_("Tax classes; the first is for products that name none. Rates change: check them."))]
    for tax in answers.taxes:
        lines += [f"[tax.{tax.code}]", _pair("label", tax.label)]
        if len(tax.rates) == 1:
            lines.append(_pair("rate", f"{tax.rates[0]} %"))
        else:
            parts = ", ".join(f'{{ rate = "{rate} %" }}' for rate in tax.rates)
            lines.append(f"taxes = [{parts}]")
    return lines


def _cash(answers: Answers) -> list[str]:
    if not answers.step:
        return [
            _comment(_("[cash] with step and method rounds cash to the coins there are.")),
            '# step = "0.05"',
        ]
    return [
        "[cash]",
        _pair("step", answers.step, _("the smallest coin in use")),
        _pair("method", answers.method, _("half-up, up or down")),
    ]


def _receipt(answers: Answers) -> list[str]:
    return [
        "[receipt]",
        _pair("header", answers.header),
        _pair("footer", answers.footer),
        _pair("columns", answers.columns, _("32 or 42 on 58 mm paper, 42 or 48 on 80 mm")),
        _pair("code_page", answers.code_page, _("CP858 has the euro and western accents")),
        _pair("profile", answers.profile, _("of the printer; empty: the usual one")),
        _pair("logo", answers.logo, _("a picture in this folder, such as logo.png; empty: none")),
        _pair("sparing", answers.sparing, _("true: no logo and no blank paper, to save the battery")),
        _pair("print", answers.printing, _("always, ask or never")),
    ]


def _payments(answers: Answers) -> list[str]:
    lines = ["[payments]", _pair("methods", answers.methods, _("in the order of their keys"))]
    if not answers.qr and answers.scheme:
        lines += ["", _comment(_('To take money by QR code, add "qr" to the methods and fill this in.'))]
        lines += ["# [payments.qr]", f'# scheme = "{answers.scheme}"']
        lines += [f'# {key} = ""' for key in PAYEE[answers.scheme]]
    if answers.qr:
        lines += ["", "[payments.qr]", *(_pair(key, value) for key, value in answers.qr.items())]
    return lines


def _scan(answers: Answers) -> list[str]:
    words = _("Layouts of your scale's own codes, such as 21IIIIIWWWWWC: I item, W weight, P price, C check")
    return ["[scan]", _comment(words), _pair("patterns", answers.patterns)]


def _device(device: DeviceAnswer) -> list[str]:
    return [f"[devices.{device.name}]", *(_pair(key, value) for key, value in device.keys.items())]


def _ui(answers: Answers) -> list[str]:
    return [
        "[ui]",
        _pair("theme", answers.theme, _("day, night or auto")),
        _pair("day_from", "07:00", _("auto turns to the day theme")),
        _pair("night_from", "20:00"),
        _pair("key_columns", 0, _("product keys side by side; 0: as many as fit")),
        _pair("key_rows", 0, _("and one above the other")),
    ]
