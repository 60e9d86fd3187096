"""What a screen has under way: async commands as workers, which may end after the screen was left."""

from __future__ import annotations

from collections.abc import Coroutine

from textual.css.query import NoMatches
from textual.screen import ScreenResultType

from kiosk.tui.screens.asking import Asking


class Working(Asking[ScreenResultType], inherit_bindings=False):
    """A screen that does things which take a while."""

    def show_state(self) -> None:
        """Show the model anew. Called when the screen comes to the front and after every command."""

    def under_way(self, name: str) -> bool:
        """Whether an async command has been begun and not ended: a second press begins it no second time."""
        mine = (one for one in self.app.workers if one.node is self and one.name == name)
        return any(not one.is_finished for one in mine)

    def work_on(self, job: Coroutine[object, object, object], name: str) -> None:
        """Run an async command as a worker of this screen and show the model when it is done."""

        async def run() -> None:
            """Do it; what the ledger or a disk cannot do is said, and the till goes on."""
            from kiosk.ledger.errors import LedgerError

            try:
                await job
            except (LedgerError, OSError) as failed:
                self.say(str(failed), "bad")
                self.app.bell()
            except NoMatches:  # its widgets are gone, with nobody to look at them
                if self.stands:
                    raise
            if self.stands:
                self.show_state()

        self.run_worker(run(), name=name, group="commands")
