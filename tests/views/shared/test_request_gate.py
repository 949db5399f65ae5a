"""The gate: what waits for an answer is known until that has come."""

from nnviz.views.shared.request_gate import Question, RequestGate


def test_it_waits_from_the_wish_to_the_answer(qapp, qtbot, make_snapshot):
    gate, question = RequestGate(qapp), Question(make_snapshot(steps=1))
    assert not gate.waiting
    with qtbot.waitSignal(gate.due):
        gate.want(question, 0.0)
        assert gate.waiting
    assert gate.waiting
    gate.answered(question.snapshot.step, question.snapshot.mark)
    assert not gate.waiting
    gate.want(question, 0.0)  # nothing is asked twice
    assert not gate.waiting


def test_nothing_is_waited_for_where_nobody_could_see_the_answer(qapp, qtbot, make_snapshot):
    gate, question = RequestGate(qapp), Question(make_snapshot(steps=1))
    gate.due.connect(lambda _question: gate.put_off())
    with qtbot.waitSignal(gate.due):
        gate.want(question, 0.0)
    qtbot.waitUntil(lambda: not gate.waiting)
