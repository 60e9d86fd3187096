"""`kiosk locker`: plan how many boxes are needed, see how locks fare, open a box while no till runs."""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import replace

from kiosk.commands.lockeropenings import days
from kiosk.commands.pickupjson import opened
from kiosk.i18n import _

EPILOG = """\
examples:
  kiosk locker plan --boxes 16 --per-day 12           what share finds no box, and what would help
  kiosk locker plan --boxes 16 --per-day 16 --stay 12 --json
  kiosk locker report --days 30 --json                promises kept, locks that wear out
  kiosk locker returns --all --json                   what was brought back: where it is, who has it
  kiosk locker openings --days 7 --json               which boxes staff opened, who and why
  kiosk locker status                                 every box: its records, and what its contacts say now
  kiosk locker status 7 --json                        box 7 alone
  kiosk locker open 7 --by Sam --reason "lost slip"   opens box 7, waits until it is shut, says what was seen
  kiosk locker off                                    lets go of every coil on the header pins

`open` and `status` talk to the cabinet themselves, so the till must be closed. A lock rests for 15 s after
the start. Exit status of `open`: 0 when the door was seen open and then shut; 1 when not. `off` is for a
till that was killed: its unit calls it each time the till has ended. A running till keeps its pins.
"""

TOO_MANY, FULL = 0.01, 0.6
"""Shares of orders refused and of boxes in use above which a cabinet is too small."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Plan a locker and look after one.")
    parser.epilog = EPILOG
    parts = parser.add_subparsers(
        dest="action", required=True, metavar="plan|report|returns|openings|status|open|off"
    )
    plan = parts.add_parser("plan", help=_("how many boxes are needed"))
    plan.add_argument("--boxes", type=int, default=16, help=_("how many there are"))
    plan.add_argument("--per-day", type=float, default=8.0, help=_("orders a day, on average"))
    plan.add_argument("--stay", type=float, default=24.0, metavar="H", help=_("hours in the box, on average"))
    plan.add_argument("--limit", type=float, default=72.0, metavar="H", help=_("hours until it is cleared"))
    plan.add_argument("--days", type=int, default=400, help=_("days to simulate"))
    plan.add_argument("--seed", type=int, default=1, help=_("another number, another chance"))
    report = parts.add_parser("report", help=_("promises kept and locks that wear out"))
    report.add_argument("--days", type=int, default=0, metavar="N", help=_("look back so many days; 0: all"))
    back = parts.add_parser("returns", help=_("what was brought back and is not settled"))
    back.add_argument("--all", action="store_true", help=_("what is settled as well"))
    staff = parts.add_parser("openings", help=_("which boxes staff opened, who and why"))
    staff.add_argument("--days", type=days, default=1, help=_("so many days back"))
    known = parts.add_parser("status", help=_("how every box is, or one"))
    known.add_argument("box", type=int, nargs="?", help=_("the number on its door"))
    door = parts.add_parser("open", help=_("open one box, as staff"))
    door.add_argument("box", type=int, help=_("the number on its door"))
    door.add_argument("--by", required=True, metavar="NAME", help=_("who opens it"))
    door.add_argument("--reason", required=True, help=_("why; it is kept in the journal"))
    door.add_argument("--holds", choices=("empty", "parcel"), help=_("what is inside when it is shut again"))
    parts.add_parser("off", help=_("let go of every coil on the header; it opens nothing"))
    for part in parts.choices.values():
        part.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Print the answer."""
    if args.action in {"open", "status"}:
        from kiosk.commands.lockeropen import run_open, run_status

        return run_open(args) if args.action == "open" else run_status(args)
    if args.action == "off":
        from kiosk.commands.lockeroff import run_off

        return run_off(args)
    if args.action == "openings":
        from kiosk.commands.lockeropenings import run_openings

        return run_openings(args)
    if args.action == "returns":
        from kiosk.commands.lockerreturns import run_returns

        return run_returns(args)
    return _plan(args) if args.action == "plan" else _report(args)


def _plan(args: argparse.Namespace) -> int:
    """Simulate."""
    from kiosk.pickup.plan import Plan, most_per_day, simulate

    asked = Plan(args.boxes, args.per_day, args.stay, args.limit, args.days)
    found = simulate(asked, random.Random(args.seed))  # noqa: S311  dice, no secret
    sooner = simulate(replace(asked, stay_h=max(args.stay / 2, 0.1)), random.Random(args.seed))  # noqa: S311
    most = most_per_day(asked, args.seed, tell=_progress)
    _progress(0)
    if args.json:
        answer = {"refused": round(found.refused, 4), "occupied": round(found.occupied, 4),
                  "overdue": round(found.overdue, 4), "most_per_day": most,
                  "refused_half_stay": round(sooner.refused, 4), "seed": args.seed}  # fmt: skip
        print(json.dumps(answer))
        return 0
    print(_("{share:.1%} of the orders find no box").format(share=found.refused))
    print(_("{share:.0%} of the boxes are in use on average").format(share=found.occupied))
    print(_("{share:.1%} of the parcels stay to the limit").format(share=found.overdue))
    print(_("{n} orders a day find a box in 99 of 100 cases").format(n=most))
    if found.refused > TOO_MANY or found.occupied > FULL:
        words = _("with parcels that stay {hours:g} h on average, {share:.1%} would find no box")
        print(words.format(hours=args.stay / 2, share=sooner.refused))
        print(_("keep one box of sixteen for returns and one as a spare, and do not count on them"))
    return 0


def _progress(per_day: int) -> None:
    """Say on a terminal which number of orders is being tried; 0 takes the line away."""
    if sys.stderr.isatty():
        words = _("trying {n} orders a day ...").format(n=per_day) if per_day else ""
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _report(args: argparse.Namespace) -> int:
    """Count promises and pulses."""
    from kiosk.pickup.report import locks, promises

    with opened(args.shop) as (ledger, _settings, _pickup):
        since_ms = ledger.clock.now().wall_ms - args.days * 86_400_000 if args.days > 0 else 0
        kept, worn = promises(ledger, since_ms), locks(ledger)
    if args.json:
        rows = [
            {"box": lock.box, "attempts": lock.attempts, "success": round(lock.success, 4),
             "pulses": round(lock.pulses, 2), "failing": lock.failing}
            for lock in worn
        ]  # fmt: skip
        print(
            json.dumps(
                {"orders": kept.orders, "on_time": kept.on_time, "in_72_h": kept.in_72_h, "locks": rows}
            )
        )
        return 0
    print(_("{n} orders were ready").format(n=kept.orders))
    print(_("ready on time: {share}").format(share=_share(kept.on_time)))
    print(_("collected within three days: {share}").format(share=_share(kept.in_72_h)))
    for lock in worn:
        words = _("box {box}: {share} opened, {pulses:.2f} pulses each")
        mark = "  " + _("look at this lock") if lock.failing else ""
        print(words.format(box=lock.box, share=_share(lock.success), pulses=lock.pulses) + mark)
    return 0


def _share(value: float | None) -> str:
    """A share in words."""
    return _("nothing to count yet") if value is None else f"{value:.0%}"
