"""More digits and fewer: a wish that every panel follows and that is kept."""

from nnviz import numbers
from nnviz.engine.measure.measured import cost_text
from nnviz.window.settings import Settings


def test_more_and_fewer_digits_are_kept_and_shown_at_once(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    shown = len(window.views["middle"].snapshots)
    for wished in (5, 6, 7, 8, 9, 9):
        window.actions_by_id["more_digits"].trigger()
        assert numbers.digits() == wished
    assert len(window.views["middle"].snapshots) == shown + 6
    numbers.set_digits(4)
    stage.window()
    assert numbers.digits() == 9, "the next start has what was wished for"
    for wished in (8, 7, 6, 5, 4, 3, 3):
        window.actions_by_id["fewer_digits"].trigger()
        assert numbers.digits() == wished


def test_the_status_line_and_views_that_show_the_same_moment_follow_at_once(stage):
    window = stage.window()
    snapshot = stage.snapshot(steps=2)
    window.show_snapshot(snapshot)
    window.views["middle"].theme = None
    window.actions_by_id["more_digits"].trigger()
    assert window.views["middle"].theme is not None, "it is told to draw everything anew"
    assert f"minibatch cost {cost_text(snapshot.minibatch_cost)}" in window.status.text


def test_a_wish_that_cannot_be_is_not_kept(tmp_path):
    for kept in ("[]", '{"digits": 99}', '{"digits": "x"}', '{"digits": true}'):
        path = tmp_path / "nnviz.json"
        path.write_text(kept)
        assert Settings(path).digits == 4
