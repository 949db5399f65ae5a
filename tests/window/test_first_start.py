"""The very first start: a picture is there before all digits are made; they are kept then."""

from functools import partial

import pytest

from nnviz import paths
from nnviz.data import catalogue
from nnviz.data.digits_cache import load_digits
from nnviz.messages.commands import StepMinibatch
from nnviz.runtime.mailbox import Mailbox


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """Some thousand digits, none of them made; the data sets that the window loads."""
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "cache")
    loaded = []

    def load(**how):
        loaded.append(load_digits(train=6000, test=50, **how))
        return loaded[-1]

    monkeypatch.setattr(catalogue, "load_digits", load)
    return loaded


def test_a_picture_is_there_before_all_digits_are_made_and_they_are_kept_then(
    qtbot, app, fresh, monkeypatch
):
    whole = []
    put = Mailbox.put_snapshot

    def noted(mailbox, snapshot):
        if snapshot.recipe.dataset == "digits":
            whole.append(fresh[0].whole)
        put(mailbox, snapshot)

    monkeypatch.setattr(Mailbox, "put_snapshot", noted)
    window = app.window
    window.choose_data("digits")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "digits", timeout=60_000)
    assert whole[0] is False
    qtbot.waitUntil(lambda: window.snapshot.measured is not None, timeout=60_000)
    assert fresh[0].whole
    (path,) = (tmp for tmp in paths.cache_folder().iterdir())
    assert path.name == "digits-4-0-6000-50.npz"


def test_training_begins_meanwhile(qtbot, app, fresh, monkeypatch):
    window = app.window
    window.choose_data("digits")
    app.bridge.send(StepMinibatch())
    qtbot.waitUntil(
        lambda: window.snapshot.recipe.dataset == "digits" and window.snapshot.step == 1,
        timeout=60_000,
    )
    at_once = partial(load_digits, train=6000, test=50)
    assert fresh[0].fingerprint() == at_once().fingerprint()
