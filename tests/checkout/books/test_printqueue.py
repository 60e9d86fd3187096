"""The print queue: no slip is lost, none comes twice unmarked, and the drawer opens once or not at all."""

from __future__ import annotations

import json

import pytest

from kiosk.checkout import printqueue
from kiosk.checkout.printqueue import JobDone
from tests.checkout.books.stall import Stall


def states(stall: Stall) -> list[tuple[str, str, int]]:
    """Kind, state and copy of every job."""
    return stall.ledger.rows("SELECT kind, state, copy FROM print_job ORDER BY id")


def sending(stall: Stall, sent: int = 0) -> int:
    """Start sending the next job and return its id."""
    job = printqueue.next_job(stall.ledger)
    assert job is not None
    printqueue.mark_sending(stall.ledger, job.id)
    printqueue.save_offset(stall.ledger, job.id, sent)
    return job.id


def test_a_job_goes_its_way(stall: Stall) -> None:
    stall.sell("MUG")
    drawer = sending(stall)
    printqueue.mark_sent(stall.ledger, drawer, 5)
    receipt = sending(stall, 512)
    job = printqueue.open_jobs(stall.ledger)[0]
    assert (job.id, job.kind, job.state, job.sent, job.tries) == (receipt, "receipt", "SENDING", 512, 1)
    printqueue.mark_sent(stall.ledger, receipt, 800, confirmed=True)
    assert states(stall) == [("drawer", "SENT", 0), ("receipt", "CONFIRMED", 0)]
    assert printqueue.next_job(stall.ledger) is None
    assert printqueue.open_jobs(stall.ledger) == []


def test_a_job_is_sent_by_one(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    job = sending(stall)
    with pytest.raises(JobDone):
        printqueue.mark_sending(stall.ledger, job)


def test_no_paper_leaves_the_job_waiting_with_a_reason(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    job = sending(stall)
    printqueue.mark_waiting(stall.ledger, job, "no paper")
    again = printqueue.next_job(stall.ledger)
    assert again is not None
    assert (again.id, again.error, again.tries) == (job, "no paper", 1)


def test_a_cut_job_is_offered_whole_and_comes_as_a_copy(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    job = sending(stall, 512)
    printqueue.mark_waiting(
        stall.ledger, job, "stalled"
    )  # bytes have left: it is not simply waiting any more
    printqueue.mark_doubtful(stall.ledger, job, "unplugged")
    assert printqueue.next_job(stall.ledger) is None
    printqueue.retry(stall.ledger, job, stall.mia)
    again = printqueue.next_job(stall.ledger)
    assert again is not None
    assert (again.kind, again.copy, again.sent) == ("copy", 1, 0)
    with pytest.raises(JobDone):
        printqueue.retry(stall.ledger, job, stall.mia)


def test_copies_are_counted_and_journalled(stall: Stall) -> None:
    sold = stall.sell("MUG", methods=("card",))
    job = sending(stall, 1)
    printqueue.mark_doubtful(stall.ledger, job, "unplugged")
    printqueue.retry(stall.ledger, job, stall.mia)
    assert printqueue.reprint(stall.ledger, "receipt", sold.id, stall.mia) == 2
    assert printqueue.reprint(stall.ledger, "receipt", sold.id, stall.mia) == 3
    assert states(stall) == [("copy", "QUEUED", 1), ("copy", "QUEUED", 2), ("copy", "QUEUED", 3)]
    bodies = [
        json.loads(row[0]) for row in stall.ledger.rows("SELECT body FROM journal WHERE type = 'print.copy'")
    ]
    assert [body["copy"] for body in bodies] == [1, 2, 3]
    assert all(body["of"] == sold.id and body["w"] == "Mia" for body in bodies)


def test_after_a_power_cut_what_was_being_sent_is_in_doubt(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    stall.sell("BREAD", methods=("card",))
    job = sending(stall)  # not one byte is known to have left, but one may have
    assert printqueue.after_boot(stall.ledger) == [job]
    assert states(stall) == [("receipt", "DOUBTFUL", 0), ("receipt", "QUEUED", 0)]
    assert printqueue.after_boot(stall.ledger) == []


@pytest.mark.parametrize("when", ["queued", "sending", "sent"])
def test_the_drawer_never_opens_again_after_a_power_cut(stall: Stall, when: str) -> None:
    stall.sell("MUG")
    if when != "queued":
        job = sending(stall)
        if when == "sent":
            printqueue.mark_sent(stall.ledger, job, 5)
    printqueue.after_boot(stall.ledger)
    assert "drawer" not in [job.kind for job in printqueue.open_jobs(stall.ledger)]


def test_a_pulse_that_may_have_left_or_came_too_late_is_dropped(stall: Stall) -> None:
    stall.sell("MUG")
    stall.sell("MUG")
    printqueue.mark_doubtful(stall.ledger, sending(stall), "unplugged")
    assert states(stall)[0] == ("drawer", "CANCELLED", 0)
    printqueue.mark_waiting(stall.ledger, sending(stall), "cover open")
    assert states(stall)[2] == ("drawer", "CANCELLED", 0)


def test_a_job_can_be_given_up(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    job = printqueue.open_jobs(stall.ledger)[0]
    printqueue.cancel(stall.ledger, job.id)
    assert printqueue.next_job(stall.ledger) is None
    with pytest.raises(JobDone):
        printqueue.cancel(stall.ledger, job.id)
