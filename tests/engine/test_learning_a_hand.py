"""Learning a hand: what it brings to a writer whom the start net reads badly, and what it costs."""

import numpy as np
import pytest

from nnviz.data import load_dataset
from tests.hand_lessons import Writer, half_awkward, lesson, right, trained


@pytest.mark.slow
def test_a_hand_is_read_after_a_lesson_and_nothing_else_is_forgotten():
    dataset = load_dataset("digits")
    trainer = trained(dataset, 30_000)
    start, own = trainer.state(), (dataset.x_test, dataset.test_labels)
    writers = half_awkward(trainer.network, 8)
    before = np.mean([writer.read_by(trainer.network) for writer in writers])
    marks = (4000, 5000, 6000)  # what is read goes up and down a little all the time
    plain = [right(net, *own) for net in lesson(trainer, start, None, marks)]
    theirs, ours = [], []
    for writer in writers:
        nets = lesson(trainer, start, writer, marks)
        read = [(writer.read_by(net), right(net, *own)) for net in nets]
        theirs += [one for one, _ in read]
        ours += [one for _, one in read]
    assert np.mean(theirs) >= 0.97 > 0.9 > before
    assert np.mean(ours) >= np.mean(plain) - 0.003


def test_a_writer_keeps_a_way_of_writing_and_is_known_by_a_number():
    one, again, other = Writer.number(3, 2), Writer.number(3, 2), Writer.number(4, 2)
    np.testing.assert_array_equal(one.taught, again.taught)
    assert not np.array_equal(one.taught, other.taught)
    assert len(np.unique(one.taught, axis=0)) == 30
    zeros = one.taught[one.taught_labels == 0]
    others = other.taught[other.taught_labels == 0]
    near = np.linalg.norm(zeros[0] - zeros[1])
    assert near < np.linalg.norm(zeros[0] - others[0])
