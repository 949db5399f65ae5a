"""The gate: what waits for an answer is known until that has come."""

from nnviz.views.shared.request_gate import RequestGate


class Moment:
    def __init__(self, snapshot):
        self.snapshot = snapshot

    def same(self, other):
        return isinstance(other, Moment) and other.snapshot is self.snapshot


def test_it_waits_from_the_wish_to_the_answer(qapp, qtbot, make_snapshot):
    gate, subject = RequestGate(qapp), Moment(make_snapshot(steps=1))
    assert not gate.waiting
    with qtbot.waitSignal(gate.due):
        gate.want(subject, 0.0)
        assert gate.waiting
    assert gate.waiting
    gate.answered(subject.snapshot.step, subject.snapshot.mark)
    assert not gate.waiting
    gate.want(subject, 0.0)  # nothing is asked twice
    assert not gate.waiting


def test_nothing_is_waited_for_where_nobody_could_see_the_answer(qapp, qtbot, make_snapshot):
    gate, subject = RequestGate(qapp), Moment(make_snapshot(steps=1))
    gate.due.connect(lambda _subject: gate.put_off())
    with qtbot.waitSignal(gate.due):
        gate.want(subject, 0.0)
    qtbot.waitUntil(lambda: not gate.waiting)
