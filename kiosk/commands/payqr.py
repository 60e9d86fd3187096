"""`kiosk payqr`: make a payment QR code from its fields, or say what one says and what is wrong with it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.i18n import _

EXAMPLES = """Schemes and their fields (names are forgiving; `payee`, `merchant_name` and `name` are one):

  epc        name iban [bic] [amount] [text | reference] [purpose] [information] [version] [charset]
  pix        key name city [amount] [txid] [description]          (or url for a dynamic charge)
  promptpay  target (phone, national id or e-wallet) [amount]
  lankaqr    merchant_id (28 digits) name city [amount] [mcc] [reference] [tag]
  upi        pa pn [am] [tn] [tr] [mc] [tid] [mam] [url]
  emvco      accounts name city country currency [amount] [mcc] [reference] [bill_number] ...

Examples:

  kiosk payqr make scheme=epc name='Mia Kay' iban=FR1420041010050500013M02606 amount=12.30 text='Mugs'
  kiosk payqr make scheme=pix key=+5511987654321 name='Mia Kay' city=RECIFE amount=10.00 --text
  kiosk payqr make scheme=promptpay target=081-234-5678 amount=120 --svg pay.svg
  kiosk payqr make scheme=upi pa=mia@okbank pn='Mia Kay' am=250.00 tr=A000123
  kiosk payqr make scheme=lankaqr merchant_id=1672800058120000000010000005 name=Mia city=Kandy
  echo '{"scheme": "emvco", "accounts": {"26": {"00": "com.example", "01": "4711"}}, "name": "Mia",
         "city": "Riga", "country": "LV", "currency": "EUR", "amount": "5.00"}' | kiosk payqr make
  kiosk payqr check '00020126580014br.gov.bcb.pix0136...63041D3D'

Every field is a flag too (--iban X, --merchant-id X), but for text, which is text='...'.
`make` prints {"payload", "scheme", "bytes"}; `check` prints {"valid", "scheme", "amount", "currency", "crc",
"fields", "tags", "problems"}. Data that cannot be legal: exit 2 and one line per problem."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `make` and `check`."""
    parser.description = _("Make or check a payment QR code: EMVCo, PIX, LANKAQR, PromptPay, EPC or UPI.")
    parser.epilog = EXAMPLES
    parts = parser.add_subparsers(dest="action", required=True, metavar="make|check")
    raw = argparse.RawDescriptionHelpFormatter
    make = parts.add_parser("make", help=_("make a code"), epilog=EXAMPLES, formatter_class=raw)
    make.add_argument(
        "fields",
        nargs="*",
        metavar="FIELD=VALUE",
        help=_("the code's fields; without any, JSON is read from stdin"),
    )
    make.add_argument("--scheme", help=_("epc, pix, promptpay, lankaqr, upi or emvco"))
    for name in _flags():
        make.add_argument(f"--{name.replace('_', '-')}", dest=f"field_{name}", help=argparse.SUPPRESS)
    make.add_argument("--svg", type=Path, metavar="FILE", help=_("also draw the code into an SVG file"))
    make.add_argument("--text", action="store_true", help=_("also draw the code on the terminal (stderr)"))
    make.add_argument(
        "--level", choices=("L", "M", "Q", "H"), default="M", help=_("error correction; M is usual")
    )
    check = parts.add_parser("check", help=_("check a code"), epilog=EXAMPLES, formatter_class=raw)
    check.add_argument("payload", nargs="?", default="-", help=_("the code's text; - or nothing reads stdin"))


def _flags() -> list[str]:
    """Return every field name of every scheme, so that `--iban X` works like `iban=X`."""
    from kiosk.checkout.payments.codes import field_names
    from kiosk.checkout.payments.schemes import SCHEMES

    names = {name for scheme in SCHEMES for name in (*field_names(scheme), *SCHEMES[scheme].aliases)}
    return sorted(names - {"text"})


def run(args: argparse.Namespace) -> int:
    """Make or check a code; 2 when it cannot be legal."""
    return _make(args) if args.action == "make" else _check(args)


def _make(args: argparse.Namespace) -> int:
    """Print a code; every reason why it cannot be made goes to stderr."""
    from kiosk.checkout import qr_matrix
    from kiosk.checkout.payments import codes
    from kiosk.checkout.payments.refused import PayloadRefused
    from kiosk.checkout.payments.schemes import scheme_of

    try:
        fields = _given(args)
        scheme = scheme_of(str(fields.pop("scheme", "")))
        payload = codes.make(scheme, fields)
        drawn = qr_matrix.half_blocks(qr_matrix.matrix(payload, args.level)) if args.text else ()
        if args.svg is not None:
            args.svg.write_text(qr_matrix.svg(payload, args.level), encoding="utf-8")
    except (PayloadRefused, qr_matrix.QrTooLong) as error:
        return _refuse(str(error).splitlines())
    for row in drawn:
        print(f"\x1b[30;107m{row}\x1b[0m", file=sys.stderr)
    made = {"payload": payload, "scheme": scheme, "bytes": len(qr_matrix.payload_bytes(payload))}
    print(json.dumps(made, ensure_ascii=False))
    return 0


def _given(args: argparse.Namespace) -> dict[str, object]:
    """Return the fields from flags and FIELD=VALUE, or from JSON on stdin when there are none."""
    from kiosk.checkout.payments.refused import PayloadRefused

    fields: dict[str, object] = {
        name.removeprefix("field_"): value
        for name, value in vars(args).items()
        if name.startswith("field_") and value is not None
    }
    for item in args.fields:
        name, equals, value = item.partition("=")
        if not equals:
            raise PayloadRefused([_("“{item}” is no FIELD=VALUE").format(item=item)])
        fields[name] = value
    if not fields:
        fields = _stdin_fields()
    if args.scheme:
        fields["scheme"] = args.scheme
    return fields


def _stdin_fields() -> dict[str, object]:
    """Read a JSON object; its numbers stay text as written, so that no float touches an amount."""
    from kiosk.checkout.fields import unique
    from kiosk.checkout.payments.refused import PayloadRefused

    try:
        found = json.loads(sys.stdin.read(), parse_float=str, parse_int=str, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise PayloadRefused([_("stdin is no JSON: {reason}").format(reason=error)]) from None
    if not isinstance(found, dict):
        raise PayloadRefused([_("the JSON must be an object with a scheme and its fields")])
    inner = found.pop("fields", {})
    return found | inner if isinstance(inner, dict) else found


def _check(args: argparse.Namespace) -> int:
    """Print what a code says; its problems go to stderr as well."""
    from kiosk.checkout.payments.codes import check

    payload = _stdin_payload() if args.payload == "-" else args.payload
    found = check(payload)
    answer: dict[str, object] = {"valid": found.valid, "scheme": found.scheme or None}
    if found.valid:
        answer |= {"amount": found.amount, "currency": found.currency, "crc": found.crc}
    answer |= {"problems": list(found.problems)}
    answer |= {"fields": found.fields or {}, "tags": [tag.as_json() for tag in found.tags]}
    print(json.dumps(answer, ensure_ascii=False))
    _tell(found.problems)
    return 0 if found.valid else 2


def _stdin_payload() -> str:
    """Read a code's text; one that is not UTF-8 is an EPC code in a Latin charset."""
    raw = sys.stdin.buffer.read().rstrip(b"\r\n")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        from kiosk.checkout.payments.epc_rules import CHARSETS

        lines = raw.split(b"\n", 3)
        number = lines[2].strip().decode("ascii", "replace") if len(lines) > 3 else ""
        return raw.decode(CHARSETS.get(number, "iso-8859-1"), "replace")


def _refuse(problems: list[str]) -> int:
    """Print why no code was made."""
    print(json.dumps({"valid": False, "problems": problems}, ensure_ascii=False))
    _tell(problems)
    return 2


def _tell(problems: Sequence[str]) -> None:
    """Print problems on stderr, one a line, whatever the code held: an escape sequence in it is only data."""
    for problem in problems:
        print("".join(letter if letter.isprintable() else "·" for letter in problem), file=sys.stderr)
