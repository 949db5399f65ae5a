"""Downloads from the window: the question, progress, cancel, retry and use, by real clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QDialog

from nnviz import paths
from nnviz.data import DATASETS
from nnviz.messages.commands import Start
from nnviz.messages.data_commands import CancelFetch, FetchData
from nnviz.messages.events import Downloading, DownloadOver
from nnviz.views.palette import THEMES


@pytest.fixture
def desk(stage, qtbot, tmp_path, monkeypatch):
    """A window without any published data set, and what it asks the download thread for."""
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    window = stage.window()
    asked = []
    stage.ports.take(FetchData, lambda wish: asked.append(wish.name))
    stage.ports.take(CancelFetch, lambda _wish: asked.append("cancel"))

    def offer(name="mnist"):
        window.data_choice.menu.aboutToShow.emit()
        title = DATASETS[name].title
        action = next(
            action
            for action in window.data_choice.menu.actions()
            if action.text().startswith(f"{title}: download")
        )
        action.trigger()
        return stage.box(window, "download")

    window.offer_data, window.asked = offer, asked
    window.press = lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return window


def test_the_menu_offers_to_fetch_and_to_find(desk):
    desk.data_choice.menu.aboutToShow.emit()
    texts = [action.text() for action in desk.data_choice.menu.actions()]
    assert "MNIST: download (12 MB)…" in texts
    assert "MNIST: choose its folder…" in texts
    assert "Fashion-MNIST: download (31 MB)…" in texts


def test_mnist_with_forms_is_fetched_as_mnist_and_used_as_what_was_chosen(desk, stage):
    dialog = desk.offer_data("mnist+digits")
    assert "Download MNIST, 12 MB" in dialog.words.text()
    assert str(paths.data_folder() / "mnist") in dialog.words.text()
    desk.press(dialog.yes)
    assert desk.asked == ["mnist+digits"]
    desk.data_choice.menu.aboutToShow.emit()
    texts = [action.text() for action in desk.data_choice.menu.actions()]
    assert "MNIST: downloading…" in texts, "both need the same files"
    assert "MNIST + nnviz's forms: downloading MNIST…" in texts
    assert not any("forms: choose its folder" in text for text in texts)
    stage.ports.publish(DownloadOver("mnist+digits", ""))
    desk.press(dialog.yes)
    assert [message.recipe.dataset for message in stage.sent] == ["mnist+digits"]


def test_it_asks_once_and_fetches_nothing_before(desk, tmp_path):
    dialog = desk.offer_data()
    assert not dialog.isModal()
    words = dialog.words.text()
    for said in ("MNIST", "12 MB", "ossci-datasets", "storage.googleapis.com", str(tmp_path)):
        assert said in words
    assert "plain HTTP" not in words
    assert desk.asked == []
    desk.press(dialog.no)
    assert desk.asked == []
    assert not dialog.isVisible()


def test_plain_http_is_said(desk):
    words = desk.offer_data("fashion-mnist").words.text()
    assert "plain HTTP" in words
    assert "SHA-256 is checked, and that is its only protection" in words


def test_progress_then_use_it_now(desk, stage):
    dialog = desk.offer_data()
    desk.press(dialog.yes)
    assert desk.asked == ["mnist"]
    told = Downloading("mnist", 0.25, "train-images-idx3-ubyte.gz, 2.9 of 9.9 MB", "a.example")
    desk.downloads.show_progress(told)
    assert dialog.bar.value() == 250
    assert dialog.amount.text() == "train-images-idx3-ubyte.gz, 2.9 of 9.9 MB, from a.example"
    assert "2.9 of 11.6 MB" in dialog.words.text()
    desk.downloads.show_over(DownloadOver("mnist", ""))
    assert dialog.yes.text() == "Use it now"
    desk.press(dialog.yes)
    assert isinstance(stage.sent[-1], Start)
    assert stage.sent[-1].recipe.dataset == "mnist"
    assert stage.sent[-1].fit
    assert not dialog.isVisible()


def test_cancel_and_go_on(desk):
    dialog = desk.offer_data()
    desk.press(dialog.yes)
    desk.press(dialog.no)
    assert desk.asked == ["mnist", "cancel"]
    assert not dialog.no.isEnabled(), "it is stopping"
    desk.downloads.show_over(DownloadOver("mnist", "", cancelled=True))
    assert "What has arrived is kept" in dialog.words.text()
    desk.press(dialog.yes)
    assert desk.asked == ["mnist", "cancel", "mnist"]
    assert dialog.state == "running"


def test_a_failure_is_its_sentence_and_can_be_tried_again(desk):
    dialog = desk.offer_data()
    desk.press(dialog.yes)
    dialog.close()
    desk.downloads.show_over(DownloadOver("mnist", "The disk is full: free some space."))
    assert dialog.isVisible(), "it comes back to say so"
    assert dialog.words.text() == "The disk is full: free some space."
    assert dialog.yes.text() == "Try again"
    desk.press(dialog.yes)
    assert desk.asked == ["mnist", "mnist"]


def test_closed_it_goes_on_and_the_menu_brings_it_back(desk):
    dialog = desk.offer_data()
    desk.press(dialog.yes)
    dialog.close()
    assert desk.asked == ["mnist"]
    desk.data_choice.menu.aboutToShow.emit()
    assert "MNIST: downloading…" in [action.text() for action in desk.data_choice.menu.actions()]
    assert desk.offer_data() is dialog
    assert desk.offer_data("fashion-mnist") is dialog, "one at a time"
    assert dialog.state == "running"


@pytest.mark.parametrize("theme", THEMES)
def test_every_word_has_room(desk, theme):
    desk.set_theme(THEMES[theme])
    dialog = desk.offer_data("fashion-mnist")
    long = "Fashion-MNIST cannot be fetched without the internet (" + 6 * "not found; " + ")."
    for act in (
        lambda: None,
        lambda: desk.press(dialog.yes),
        lambda: desk.downloads.show_over(DownloadOver("fashion-mnist", long)),
    ):
        act()
        words = dialog.words
        assert words.height() >= words.heightForWidth(words.width())
        for button in (dialog.yes, dialog.no):
            if button.isVisible():
                wide = QFontMetricsF(button.font()).horizontalAdvance(button.text())
                assert button.width() > wide
    dialog.close()
    assert not [d for d in desk.findChildren(QDialog, "download") if d.isVisible()]
