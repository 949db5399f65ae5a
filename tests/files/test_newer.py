"""Files of a newer version, of every kind that nnviz writes: told in a sentence, never changed."""

import io
import json
import zipfile

import numpy as np
import pytest

from nnviz.data import drawings
from nnviz.engine import Recipe
from nnviz.engine.network import Network
from nnviz.files import models, sessions
from nnviz.files.archives import npy_header
from nnviz.files.autosaves import Autosaves
from nnviz.files.models import ModelError, load_model, save_model
from nnviz.files.recent_runs import RecentRuns
from nnviz.files.sessions import SessionError, load_session, save_session
from nnviz.window.settings_store import FORMAT, SettingsStore
from tests.files.old_files import FOLDER
from tests.files.records import small

TOLD = "was saved by a newer version of nnviz: update nnviz to open it"
STRANGE = {"branches": "of another kind", "recipe": {"fields": []}, "view": {"words": {"step": 3}}}
"""What no version of today would make sense of."""


def newer_session(path):
    """Make a session as a newer version may write it, with an entry that nobody knows yet."""
    content = {**STRANGE, "format": sessions.FORMAT + 1}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("session.json", json.dumps(content))
        archive.writestr("frames.npy", b"of another kind")
    return path


def newer_network(path):
    content = json.dumps({**STRANGE, "format": models.FORMAT + 1}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("recipe.npy", npy_header("uint8", (len(content),)) + content)
        archive.writestr("momenta.npy", b"of another kind")
    return path


@pytest.mark.parametrize(
    ("make", "load", "error"),
    [(newer_session, load_session, SessionError), (newer_network, load_model, ModelError)],
)
def test_a_session_and_a_network_are_told_before_anything_else_in_them_is_looked_at(
    tmp_path, make, load, error
):
    path = make(tmp_path / "file")
    before = path.read_bytes()
    with pytest.raises(error, match=TOLD):
        load(path)
    assert path.read_bytes() == before


def test_what_is_saved_today_is_newer_to_the_readers_of_the_last_format(tmp_path):
    save_session(tmp_path / "run.nnviz", small())
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(2, 1))))
    assert formats(tmp_path / "run.nnviz", tmp_path / "net.npz") == (4, 3)
    earlier = (FOLDER / f"7-screen-with-calendars.{end}" for end in ("nnviz", "npz"))
    assert formats(*earlier) == (2, 2)


def formats(session, network):
    with zipfile.ZipFile(session) as archive:
        run = json.loads(archive.read("session.json"))
    with np.load(io.BytesIO(network.read_bytes())) as entries:
        return run["format"], json.loads(entries["recipe"].tobytes())["format"]


def test_a_recent_run_is_listed_with_what_can_be_read_and_stays(tmp_path):
    runs = RecentRuns(tmp_path)
    path = newer_session(runs.place({}))
    runs.came(path, {})
    assert [(run.path, run.words) for run in runs.listed()] == [(path, {"step": 3})]
    with pytest.raises(SessionError, match=TOLD):
        load_session(path)


def test_an_autosave_is_offered_and_goes_to_the_recent_runs_whole(tmp_path):
    autosaves = Autosaves(tmp_path)
    home = tmp_path / "window-a"
    home.mkdir()
    content = newer_session(home / "session.nnviz").read_bytes()
    (recoverable,) = autosaves.left_behind()
    with pytest.raises(SessionError, match=TOLD):
        load_session(recoverable.path)
    autosaves.keep_as_recent(recoverable)
    assert autosaves.last().read_bytes() == content


def test_a_drawing_is_no_damaged_one_and_stays(tmp_path):
    path, store = tmp_path / "a.json", drawings.DrawingStore(tmp_path)
    path.write_text(json.dumps({"version": drawings.FORMAT + 1, "ink": "of another kind"}))
    added = store.add(3, np.eye(28))
    kept = store.kept()
    assert [drawing.id for drawing in kept.drawings] == [added.id]
    assert (kept.newer, kept.unreadable) == ((path,), ())
    assert "of another kind" in path.read_text()


def test_settings_are_neither_taken_for_ours_nor_written_over(tmp_path):
    path = tmp_path / "nnviz.json"
    path.write_text(json.dumps({"format": FORMAT + 1, "theme": "light"}))
    store = SettingsStore(path)
    assert store.newer
    assert store.value("theme") is None
    store.put("theme", "dark")
    assert not store.flush()
    assert json.loads(path.read_text())["theme"] == "light"
