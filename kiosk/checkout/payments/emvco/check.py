"""Reads an EMVCo code back and says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.checkout.money import EXPONENTS
from kiosk.checkout.payments.emvco.numeric import LETTERS
from kiosk.checkout.payments.emvco.schemes import recognise
from kiosk.checkout.payments.emvco.tags import MANDATORY, fault, is_account, is_template, rule
from kiosk.checkout.payments.emvco.tlv import BadTlv, crc, split
from kiosk.checkout.payments.refused import Checked, Tag
from kiosk.i18n import _

LONGEST = 512
"""Characters of a whole code (specification, 3.1)."""


def check(payload: str) -> Checked:
    """Return what an EMVCo code says; `problems` is empty when a wallet can take it."""
    if len(payload) > LONGEST:
        return Checked("emvco", (_("longer than {most} characters").format(most=LONGEST),))
    problems = _sum_faults(payload)
    try:
        pairs = split(payload)
    except BadTlv as error:
        return Checked("emvco", (*problems, str(error)))
    tags = tuple(_tag(tag, value, "", problems) for tag, value in pairs)
    root = {tag.tag: tag for tag in tags}
    scheme, free, own = recognise(root)
    problems += _shape_faults(tags, root, free) + _money_faults(root) + own
    number, amount = root.get("53"), root.get("54")
    found = root.get("63")
    return Checked(
        scheme=scheme,
        problems=tuple(dict.fromkeys(problems)),
        amount=amount.value if amount else None,
        currency=LETTERS.get(number.value) if number else None,
        crc=found.value if found else None,
        fields=_named(tags),
        tags=tags,
    )


def _sum_faults(payload: str) -> list[str]:
    """Compare the CRC, which must be the last tag."""
    body, found = payload[:-4], payload[-4:]
    if body[-4:] != "6304":
        return [_("the code must end with tag 63, length 04 and the CRC")]
    right = crc(body)
    if found.upper() == right:
        return []
    return [_("wrong CRC: expected {right}, got {found}").format(right=right, found=found)]


def _tag(tag: str, value: str, template: str, problems: list[str]) -> Tag:
    """Read one field and note what is wrong with it, down into templates."""
    known = rule(tag, template)
    where = f"{template}-{tag}" if template else tag
    if found := fault(where, value, known):
        problems.append(found)
    inner: tuple[Tag, ...] = ()
    if not template and is_template(tag):
        try:
            inner = tuple(_tag(sub, text, tag, problems) for sub, text in split(value))
        except BadTlv as error:
            problems.append(_("in tag {tag}: {reason}").format(tag=tag, reason=error))
        else:
            problems += _template_faults(tag, inner)
    return Tag(tag, value, known.name, inner)


def _template_faults(tag: str, inner: tuple[Tag, ...]) -> list[str]:
    """Say what a template lacks or has twice."""
    names = [one.tag for one in inner]
    needed = {"62": (), "64": ("00", "01")}.get(tag, ("00",))
    problems = [
        _("tag {tag} lacks its tag {sub}").format(tag=tag, sub=sub) for sub in needed if sub not in names
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    return problems + [_("tag {tag} stands twice").format(tag=f"{tag}-{sub}") for sub in twice]


def _shape_faults(tags: tuple[Tag, ...], root: Mapping[str, Tag], free: frozenset[str]) -> list[str]:
    """Say what is missing, double or out of place; `free` are tags that the scheme does without."""
    names = [tag.tag for tag in tags]
    problems = [
        _("tag {tag} stands twice").format(tag=tag) for tag in sorted(set(names)) if names.count(tag) > 1
    ]
    if names[:1] != ["00"]:
        problems.append(_("the code must begin with tag 00"))
    missing = [tag for tag in MANDATORY if tag not in root and tag not in free]
    problems += [_("tag {tag} ({name}) is missing").format(tag=tag, name=rule(tag).name) for tag in missing]
    if not any(is_account(tag) for tag in root):
        problems.append(_("there is no merchant account (tags 02 to 51)"))
    return problems


def _money_faults(root: Mapping[str, Tag]) -> list[str]:
    """Check amount, fee and currency against each other."""
    problems: list[str] = []
    exponent = 4
    if number := root.get("53"):
        letters = LETTERS.get(number.value)
        exponent = EXPONENTS.get(letters or "", 4)
        if letters is None:
            problems.append(_("tag 53: ISO 4217 knows no currency {number}").format(number=number.value))
    for tag in ("54", "56"):
        value = root[tag].value if tag in root else "1"
        if len(value.partition(".")[2]) > exponent:
            problems.append(
                _("tag {tag}: {value} has more decimals than its currency ({n})").format(
                    tag=tag, value=value, n=exponent
                )
            )
    for tag in ("54", "56", "57"):
        if tag in root and not root[tag].value.strip("0."):
            problems.append(_("tag {tag} must not be zero").format(tag=tag))
    tip = root["55"].value if "55" in root else ""
    for tag, wanted in (("56", "02"), ("57", "03")):
        if (tag in root) != (tip == wanted):
            problems.append(
                _("tag {tag} and tip indicator {tip} go together").format(tag=tag, tip=f"55-{wanted}")
            )
    return problems


def _named(tags: tuple[Tag, ...]) -> dict[str, str]:
    """Return the plain fields and those of tag 62 by name, such as `reference_label`."""
    named: dict[str, str] = {}
    for tag in tags:
        if tag.tag == "62":
            named |= {one.name.replace(" ", "_"): one.value for one in tag.tags if one.name}
        elif tag.name and not is_template(tag.tag) and not is_account(tag.tag):
            named[tag.name.replace(" ", "_")] = tag.value
    return named
