"""Browser and download in the whole program, on its real threads and a server on loopback."""

import hashlib

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz import paths
from nnviz.data import catalogue, mirrors
from nnviz.data.drawings import DrawingStore
from nnviz.data.published import PublishedFile, Release
from nnviz.messages.commands import Play
from nnviz.messages.data_commands import ExportDrawings
from nnviz.window import downloads
from tests.data.idx_files import put_mnist
from tests.data.mirror_server import mirrors as play
from tests.sampled import sampled


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Let "mnist" be four small files on a server of our own."""
    import gzip

    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(mirrors, "TIMEOUT", 1)
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    source = tmp_path / "source"
    source.mkdir()
    put_mnist(source, "-idx{}-ubyte.gz", gzip.compress)
    content = {path.name: path.read_bytes() for path in sorted(source.glob("*.gz"))}
    files = tuple(
        PublishedFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in content.items()
    )
    with play(content) as stage:

        def use(manner):
            release = Release("MNIST", files, (stage.mirror(manner),))
            for table in (catalogue.FETCHABLE, downloads.FETCHABLE):
                monkeypatch.setitem(table, "mnist", release)

        stage.use = use
        use("good")
        yield stage


def test_a_data_set_is_downloaded_while_training_goes_on_and_used(qtbot, app, published):
    window = app.window
    app.bridge.send(Play())
    window.downloads.offer("mnist")
    dialog = window.downloads._dialog
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.state == "done", timeout=60_000)
    step = window.snapshot.step
    qtbot.waitUntil(lambda: window.snapshot.step > step)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "mnist", timeout=60_000)


@pytest.mark.parametrize("manner", sampled(["wrong-hash", "404", "truncating"], every=3))
def test_a_bad_mirror_is_a_sentence_and_trying_again_helps(qtbot, app, published, manner):
    published.use(manner)
    app.window.downloads.offer("mnist")
    dialog = app.window.downloads._dialog
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.state == "failed", timeout=60_000)
    assert "could not be fetched" in dialog.words.text()
    published.use("good")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.state == "done", timeout=60_000)


def test_closing_the_window_does_not_wait_for_a_mirror(qtbot, app, published):
    published.use("silent")
    app.window.downloads.offer("mnist")
    qtbot.mouseClick(app.window.downloads._dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(published.asked))
    app.window.close()  # this comes back while the mirror still says nothing
    published.over.set()
    app.bridge.stop()


def test_the_browser_follows_the_run_and_shows_own_drawings(qtbot, app, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    window = app.window
    view = window.views["data"]
    assert view.shown.book is None
    window.actions_by_id["browse"].trigger()
    qtbot.waitUntil(lambda: view.shown.book is not None)
    assert view.pages.currentWidget() is view.scatter
    store = DrawingStore()
    drawing = store.add(3, np.full((28, 28), 0.5))
    view.refresh_drawings()
    qtbot.waitUntil(lambda: view.mine.text() == "my drawings 1")
    qtbot.mouseClick(view.mine, Qt.MouseButton.LeftButton)
    view.open_class(3)
    qtbot.mouseClick(view.desk.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not store.kept().drawings)
    qtbot.waitUntil(lambda: view.mine.text() == "my drawings")
    qtbot.mouseClick(view.desk.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [kept.id for kept in store.kept().drawings] == [drawing.id])
    view.wanted.emit(ExportDrawings("png", tmp_path / "out", store.kept().drawings))
    qtbot.waitUntil(lambda: (tmp_path / "out" / "3" / f"{drawing.id}.png").exists())
    qtbot.waitUntil(lambda: "Exported 1 drawing" in window.status.toolTip())
    window.choose_data("park")
    qtbot.waitUntil(lambda: view._overview.dataset.name == "park")
