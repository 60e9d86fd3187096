"""The customer's own screen: every moment at three sizes, and a till that comes, goes and comes again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from hardware.display.screenfeed import ScreenFeed
from hardware.supervisor import Supervisor
from kiosk.checkout.customer import CLOSED, IDLE, Line, View, paid, paying, selling, to_json, weighing
from kiosk.cli import main
from kiosk.tui.customer.app import CustomerApp
from kiosk.tui.customer.face import face_of
from kiosk.tui.customer.feed import follow
from tests.tui.fakes import EUR, FakeStation, a_sale
from tests.tui.hands import SIZES
from tests.tui.looks import same_as_golden, text_of

BCD = "BCD\n002\n1\nSCT\n\nStall 3\nDE89370400440532013000\nEUR51.91\n\n\nA7-000123"


def a_basket() -> View:
    seller = FakeStation()
    a_sale(seller)
    return selling(seller.register.basket)


OLIVES = Line("Olives", 1000, "kg", 1299, 0)
MOMENTS: dict[str, View | None] = {
    "gone": None,
    "closed": CLOSED,
    "idle": IDLE,
    "selling": a_basket(),
    "part": replace(a_basket(), due=1191),
    "long": replace(a_basket(), lines=a_basket().lines * 12, more=7),
    "weighing": weighing(a_basket(), OLIVES, 335, net=True),
    "moving": weighing(IDLE, OLIVES, None),
    "code": paying(a_basket(), 5191, BCD, "Stall 3"),
    "card": paying(a_basket(), 5191),
    "change": paid(5191, 6000, 809),
    "thanks": paid(5191, 5191, 0),
}


@dataclass(frozen=True)
class Shop:
    """The settings that the screen looks at."""

    name: str = "Stall 3"
    currency: Any = EUR


@asynccontextmanager
async def screen(
    follow: Callable[..., Any], size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[CustomerApp, Pilot[Any]]]:
    app = CustomerApp(Shop(), follow)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        yield app, pilot


def saying(view: View | None) -> Callable[..., Any]:
    async def once(show: Callable[[View | None], None]) -> None:
        show(view)

    return once


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("moment", MOMENTS)
async def test_it_looks_as_it_did(moment: str, size: tuple[int, int]) -> None:
    async with screen(saying(MOMENTS[moment]), size) as (app, pilot):
        await pilot.pause()
        await pilot.pause()
        same_as_golden(app, f"customer-{moment}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_says_something_and_only_what_it_may(moment: str) -> None:
    face = face_of(MOMENTS[moment], EUR)
    assert face.word
    assert bool(face.qr) == (moment == "code")
    assert bool(face.rows) == (moment in {"selling", "part", "long", "weighing"})


async def test_a_name_from_outside_is_only_a_name() -> None:
    evil = replace(a_basket(), lines=(Line("[bold]x\x1b[2J\n[/]", 1000, "each", 100, 100),))
    async with screen(saying(evil)) as (app, pilot):
        await pilot.pause()
        shown = text_of(app)
        assert "\x1b" not in shown
        assert "[bold]x[2J [/]" in shown


async def test_the_till_comes_goes_and_comes_again(tmp_path: Path) -> None:
    path = tmp_path / "customer.json"
    seen: list[View | None] = []
    news = asyncio.Event()

    def show(view: View | None) -> None:
        seen.append(view)
        news.set()

    async def until(view: View | None) -> None:
        while not seen or seen[-1] != view:
            news.clear()
            await asyncio.wait_for(news.wait(), 5)

    task = asyncio.create_task(follow(path, show, retry_s=0.01))
    await until(None)
    for basket in (a_basket(), paid(100, 200, 100)):
        feed = ScreenFeed("screen", path)
        supervisor = Supervisor(feed, lambda _event: None)
        feed.put(to_json(IDLE))
        supervisor.start()
        await until(IDLE)
        feed.put(to_json(basket))
        await until(basket)
        await asyncio.to_thread(supervisor.stop)
        await until(None)
    task.cancel()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"host": "127.0.0.1", "port": "x"}', '{"host": "127.0.0.1", "port": 1}', "\xff"],
)
async def test_a_wrong_address_is_a_till_that_is_not_there(tmp_path: Path, text: str) -> None:
    path = tmp_path / "customer.json"
    path.write_text(text, encoding="latin-1")
    seen: asyncio.Queue[View | None] = asyncio.Queue()
    task = asyncio.create_task(follow(path, seen.put_nowait, retry_s=0.01))
    for _ in range(3):
        assert await asyncio.wait_for(seen.get(), 5) is None
    task.cancel()


async def test_another_program_at_the_address_shows_nothing(tmp_path: Path) -> None:
    async def stranger(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n" * 10)
        writer.close()

    server = await asyncio.start_server(stranger, "127.0.0.1", 0)
    address = {"host": "127.0.0.1", "port": server.sockets[0].getsockname()[1]}
    (tmp_path / "customer.json").write_text(json.dumps(address))
    seen: asyncio.Queue[View | None] = asyncio.Queue()
    task = asyncio.create_task(follow(tmp_path / "customer.json", seen.put_nowait, retry_s=0.01))
    for _ in range(3):
        assert await asyncio.wait_for(seen.get(), 5) is None
    task.cancel()
    server.close()


def test_the_command_says_how_to_offer_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk import demo

    monkeypatch.setattr("kiosk.launch.require_terminal", lambda: None)
    demo.build(tmp_path / "shop", language="en", timezone="UTC")
    assert main(["--shop", str(tmp_path / "shop"), "customer"]) == 2
    assert "[devices.screen]" in capsys.readouterr().err
