"""Fits smart outlets: their own answer at a typed address says the kind, a person sees which one it is."""

from __future__ import annotations

from socket import gaierror
from typing import TYPE_CHECKING

from hardware.power.outlets.orders import LEAST_DEAD_MAN_S
from hardware.power.outlets.outlet import SmartOutlet
from hardware.power.outlets.reading import OutletRead
from hardware.registry import make
from kiosk.doctor.listening import Listening
from kiosk.doctor.meters import ANSWER_S
from kiosk.fitting.person import Person, agrees, number
from kiosk.i18n import _
from kiosk.settings.equipment import DEVICE_NAME
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings
    from kiosk.settings.edit import Keys

WEB = ("shelly2", "shelly1", "tasmota")
"""Kinds that answer on the same port."""
KASA = "kasa"
UNTIMED = "shelly1-mqtt"
"""Has no timer that could switch it back."""
SWITCHES_S = 10.0
"""Until an outlet was seen to have switched; it is looked at every five seconds."""
MOST_CHANNEL = 15
CLASSES = ("3", "2", "1", "0")
COOLS = "2"
BACK_S = 600
"""What cools comes on again so long after the till died: a fridge bears ten minutes without."""


def spoken(address: str) -> dict[str, str] | None:
    """The kind and keys of an outlet at an address, found by reading how it is; ValueError for no address."""
    for kind in WEB:
        try:
            return _answering(kind, address)
        except (ConnectionError, TimeoutError, gaierror):
            break  # nobody is at that port, whatever would be asked
        except OSError:
            continue  # somebody is, who does not understand
    try:
        return _answering(KASA, address)
    except OSError:
        return None


def placed(draft: Draft, person: Person, keys: dict[str, str]) -> Keys | None:
    """The keys with the switch that is meant, of a strip with several; None, and said, for a known one."""
    known = {
        one.options.get("channel", 0): one.name
        for one in draft.settings.devices
        if (one.role, one.address) == ("outlet", keys["address"])
    }
    channel: int | float | None = 0
    if keys["kind"] in WEB and _has_another(keys):
        free = next(one for one in range(MOST_CHANNEL + 2) if one not in known)
        channel = number(person, _("Which of its switches? 0 is the first"), free, 0, MOST_CHANNEL)
    if channel in known:
        person.tell(_("That is {name} already.").format(name=known[channel]))
    if channel is None or channel in known:
        return None
    return {**keys, "channel": channel} if channel else keys


def named(draft: Draft, person: Person) -> str:
    """Ask what hangs on it."""
    taken = {one.name for one in draft.settings.devices}
    usual = next(name for n in range(1, 100) if (name := f"outlet{n}") not in taken)
    while True:
        name = person.write(_("What hangs on it? A word for it, such as fridge"), usual)
        if DEVICE_NAME.fullmatch(name) is not None and name not in taken:
            return name
        person.tell(
            _("a device's name is letters, digits, - and _") if name not in taken else _("There is one.")
        )


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """See that it is the one that is meant, and ask when it may go off."""
    if not _is_right(draft, person, chosen):
        person.tell(_("Then this address is another outlet's: correct it in shop.toml."))
        return
    if draft.settings.power is None:
        person.tell(_("When the battery is described too, it can be foreseen what this costs."))
        return
    before = draft.settings.power.outlet(chosen.name)
    words = _(
        "When power is short, when does it go off? 3 first (shows goods), 2 (cools), 1 (lights), 0 never"
    )
    word = person.choose(words, CLASSES, str(before.load_class))
    compressor = word == COOLS and agrees(person, _("Has it a compressor?"), True)
    watts = number(person, _("Watts on its plate"), before.watts, 0.1, 1e5)
    keys = {"class": int(word), "compressor": True if compressor else None, "watts": watts}
    draft.put(f"power.outlets.{chosen.name}", keys)
    if word == COOLS and chosen.kind != UNTIMED and "dead_man" not in chosen.options:
        draft.put(f"devices.{chosen.name}", {"dead_man": BACK_S})


def _answering(kind: str, address: str) -> dict[str, str]:
    """The keys of an outlet that answers as this kind does; ``OSError`` when it does not."""
    keys = {"kind": kind, "address": address}
    made = make(f"outlet-{kind}", "outlet", keys)
    try:
        made.open()
    finally:
        made.close()
    return keys


def _has_another(keys: dict[str, str]) -> bool:
    """Whether it has a second switch."""
    try:
        with Listening(make(f"outlet-{keys['kind']}", "outlet", {**keys, "channel": 1})) as ear:
            said = ear.wait(OutletRead, within_s=ANSWER_S)
    except OSError:
        return False
    return said is not None and said.reading.on is not None


def _is_right(draft: Draft, person: Person, chosen: DeviceSettings) -> bool:
    """Switch off what is on, and on again. Should this program die meanwhile, it comes back by itself."""
    made = device(draft.settings, chosen)
    if not isinstance(made, SmartOutlet):
        return True
    with Listening(made) as ear:
        said = ear.wait(OutletRead, within_s=ANSWER_S)
        words = _("Switch {name} off for a moment, to see that it is the right one?")
        if said is None or not said.reading.on or not agrees(person, words.format(name=chosen.name), False):
            return True
        try:
            made.switch(False, LEAST_DEAD_MAN_S).result(SWITCHES_S)
            return agrees(person, _("Is it off now?"))
        finally:
            made.switch(True).result(SWITCHES_S)
