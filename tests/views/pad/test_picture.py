"""What the pad shows of a drawing, without a window; and its state, kept and set again."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from nnviz.data.picture_inputs import strokes_stages
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import percent
from nnviz.views.pad import text
from nnviz.views.pad.picture import DIGITS, picture
from nnviz.views.pad.reader import description_of
from nnviz.views.pad.reading import Reading
from nnviz.views.pad.state import MOST_POINTS, PadState, plain_strokes
from tests.snapshots import make_snapshot

SEVEN = np.array([(0.25, 0.25), (0.72, 0.26), (0.45, 0.85)])
STATE = PadState()


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return make_snapshot(steps=60)


def reading(snapshot: Snapshot, *, values: np.ndarray | None = None, dots: bool = False) -> Reading:
    """Return what the net of a moment makes of a seven, or the outputs given instead."""
    network, stages = snapshot.network(), strokes_stages([SEVEN], description_of(snapshot))
    found = network.predict(stages.image.reshape(1, -1))[0] if values is None else values
    return Reading(network, stages, found, dots)


def shown(snapshot: Snapshot, state: PadState = STATE, read: Reading | None = None):
    return picture(snapshot, state, read or reading(snapshot), description_of(snapshot))


def test_an_empty_sheet_invites_and_nothing_can_be_asked(moment):
    for snapshot in (None, moment):
        found = picture(snapshot, STATE, Reading(), description_of(snapshot))
        assert found.hint == text.INVITATION
        assert (found.winner.name, found.stages.pictures, found.why) == ("", (), None)
        assert not found.answered
        assert not found.teachable
    assert found.outputs.names == DIGITS
    assert found.outputs.texts == ()


def test_a_net_that_reads_no_pictures_is_told():
    toy = make_snapshot(Recipe(layers=(2, 3, 1)), steps=1)
    found = picture(toy, STATE, Reading(), description_of(toy))
    assert found.hint == text.NO_PICTURES
    assert found.outputs.names == ()


def test_every_number_is_the_networks_own(moment):
    read = reading(moment)
    found = shown(moment, read=read)
    assert found.outputs.values is read.values
    assert found.outputs.texts == tuple(f"{value:.2f}" for value in read.values)
    assert found.stages.pictures == read.stages.pictures
    assert found.answered
    assert found.teachable


def test_a_decided_answer_is_named_and_an_undecided_one_is_not(moment):
    values = np.full(10, 0.1)
    values[7] = 0.9
    found = shown(moment, read=reading(moment, values=values))
    assert (found.winner.name, found.winner.sure[0], found.winner.tip) == ("7", "ŷ = 0.9", "")
    assert found.outputs.winner == 7
    values[7] = 0.3
    found = shown(moment, read=reading(moment, values=values))
    assert (found.winner.name, found.winner.sure[:2]) == ("?", ("undecided, 7 first", "7 first"))
    assert "no output is above ½" in found.winner.tip
    assert found.outputs.winner is None


def test_an_answer_says_how_much_trust_it_deserves(moment):
    values = np.full(10, 0.1)
    values[7] = 0.9
    read = replace(reading(moment, values=values), trust=0.874)
    found = shown(moment, read=read)
    share = percent(0.874, 0)
    trust = f"trust {share}"
    assert (found.winner.name, found.winner.sure) == ("7", (f"ŷ = 0.9, {trust}", trust, share, ""))
    assert trust in found.winner.tip.lower()
    values[7] = 0.3
    found = shown(moment, read=replace(read, values=values))
    assert found.winner.sure[0] == f"undecided, 7 first, {trust}"
    assert "no output is above ½" in found.winner.tip


def test_what_has_no_digits_shape_is_said_to_be_none_and_the_bars_stay(moment):
    values = np.full(10, 0.1)
    values[7] = 0.9
    found = shown(moment, read=replace(reading(moment, values=values), trust=0.0))
    assert (found.winner.name, found.winner.sure) == ("?", text.NO_DIGIT)
    assert found.outputs.values is values
    assert found.outputs.winner is None
    assert found.answered
    assert found.teachable


def test_dots_and_outputs_that_are_no_numbers_have_no_answer(moment):
    dotted = shown(moment, read=reading(moment, dots=True))
    assert (dotted.winner.name, dotted.winner.sure) == ("?", text.ONLY_A_DOT)
    lost = shown(moment, replace(STATE, asking="one"), reading(moment, values=np.full(10, np.nan)))
    assert (lost.winner.sure, lost.why, lost.answered) == (text.NO_NUMBERS, None, False)


def test_with_few_rows_the_largest_outputs_are_shown_in_their_order(moment):
    values = np.array([0.1, 0.9, 0.2, 0.8, 0.3, 0.0, 0.0, 0.7, 0.0, 0.0])
    outputs = shown(moment, read=reading(moment, values=values)).outputs
    assert outputs.largest(3) == [1, 3, 7]
    assert outputs.largest(10) == list(range(10))


def test_a_question_goes_to_the_winner_then_against_the_next(moment):
    values = reading(moment).values
    first, second = np.argsort(-values)[:2].tolist()
    one = shown(moment, PadState(asking="one"))
    assert (one.why.contributions.output, one.why.contributions.other) == (first, None)
    assert one.why.question == (f"why {first}?",)
    assert one.question == f"not {second}?"
    both = shown(moment, PadState(asking="both"))
    assert (both.why.contributions.output, both.why.contributions.other) == (first, second)
    assert both.question == "close"
    other = shown(moment, PadState(asking="one", question=second))
    assert other.outputs.asked == other.why.contributions.output == second


def test_a_question_about_an_output_that_is_not_there_is_about_the_winner(moment):
    found = shown(moment, PadState(asking="one", question=500))
    assert found.outputs.asked == int(reading(moment).values.argmax())


# -- state ----------------------------------------------------------------------------------------


def test_a_state_comes_back_from_json():
    strokes = plain_strokes([SEVEN, np.array([(0.1, 0.2, 0.8), (0.3, 0.4, 1.2)])])
    state = PadState(True, False, "one", 3, strokes)
    kept = json.loads(json.dumps(asdict(state)))
    assert PadState().restored(kept) == state
    assert state.restored(json.loads(json.dumps(asdict(PadState())))) == PadState()


@pytest.mark.parametrize(
    "kept",
    [{}, {"asking": "all"}, {"question": -1}, {"question": "three"}, {"erasing": 1},
     {"strokes": [[0.1, 0.2]]}, {"strokes": [[[0.1]]]}, {"strokes": [[["a", "b"]]]},
     {"strokes": [[[0.1, float("nan")]]]}, {"strokes": [[[0.1, 0.2], [0.1, 0.2, 0.3]]]},
     {"strokes": [[]]}, {"strokes": "seven"}, {"strokes": 7}],
)  # fmt: skip
def test_what_is_broken_changes_nothing(kept):
    for state in (PadState(), PadState(True, False, "one", 3, plain_strokes([SEVEN]))):
        assert state.restored(kept) == state


def test_a_drawing_of_very_many_points_is_not_kept():
    many = np.full((MOST_POINTS + 1, 2), 0.5)
    assert plain_strokes([many]) == ()
    assert len(plain_strokes([many[1:]])[0]) == MOST_POINTS
