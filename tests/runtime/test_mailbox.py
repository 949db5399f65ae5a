"""The mailbox: single steps are queued, events are kept."""

from nnviz.messages.events import Failure
from nnviz.runtime.mailbox import MAX_QUEUED, Mailbox


def test_snapshots_come_out_in_order_and_the_oldest_are_dropped_when_too_many():
    mailbox = Mailbox()
    assert mailbox.empty
    assert mailbox.take_snapshot() is None
    for number in range(MAX_QUEUED + 3):
        mailbox.put_snapshot(number)
    assert not mailbox.empty
    taken = []
    while not mailbox.empty:
        taken.append(mailbox.take_snapshot())
    assert taken == list(range(3, MAX_QUEUED + 3))


def test_events_are_all_kept():
    mailbox = Mailbox()
    events = [Failure(str(number)) for number in range(100)]
    for event in events:
        mailbox.put_event(event)
    assert [mailbox.take_event() for _ in events] == events
    assert mailbox.take_event() is None
