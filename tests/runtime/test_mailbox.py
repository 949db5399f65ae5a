"""The mailbox: single steps are queued, events are kept."""

from types import SimpleNamespace

import numpy as np

from nnviz.messages.events import Failure
from nnviz.runtime.mailbox import MAX_QUEUED, QUEUED_BYTES, Mailbox


def moment(step: int, parameters: int = 3) -> SimpleNamespace:
    """All that a mailbox looks at; the arrays take no memory."""
    theta = np.broadcast_to(np.zeros(1, np.float32), (parameters,))
    return SimpleNamespace(step=step, theta=theta, gradient=theta)


def test_snapshots_come_out_in_order_and_the_oldest_are_dropped_when_too_many():
    mailbox = Mailbox()
    assert mailbox.empty
    assert mailbox.take_snapshot() is None
    for number in range(MAX_QUEUED + 3):
        mailbox.put_snapshot(moment(number))
    assert not mailbox.empty
    taken = []
    while not mailbox.empty:
        taken.append(mailbox.take_snapshot().step)
    assert taken == list(range(3, MAX_QUEUED + 3))


def test_of_a_big_net_no_more_wait_than_memory_allows_and_the_last_one_always():
    mailbox, size = Mailbox(), QUEUED_BYTES // 5 // 4
    for number in range(10):
        mailbox.put_snapshot(moment(number, parameters=size // 2))
    assert [mailbox.take_snapshot().step for _ in range(5)] == [5, 6, 7, 8, 9]
    for number in range(3):
        mailbox.put_snapshot(moment(number, parameters=QUEUED_BYTES))
    assert mailbox.take_snapshot().step == 2
    assert mailbox.empty


def test_events_are_all_kept():
    mailbox = Mailbox()
    events = [Failure(str(number)) for number in range(100)]
    for event in events:
        mailbox.put_event(event)
    assert [mailbox.take_event() for _ in events] == events
    assert mailbox.take_event() is None
