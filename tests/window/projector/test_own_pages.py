"""A teacher's own pages are kept as files, and what is wrong with one is one sentence."""

import json

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QDialogButtonBox

from nnviz.errors import NnvizError
from nnviz.messages.events import Notice
from nnviz.window.projector import page_list
from nnviz.window.projector.page_dialog import PageDialog
from nnviz.window.projector.pages import Page, Shown
from nnviz.window.projector.saved_pages import LARGEST, LONGEST, SavedPages
from tests.waiting import until

KNOWN = ("network", "cost", "pad")
VIEWS = (Shown("network", 0.6, {"fields": True}), Shown("cost", 0.4, {"log": False}))


def test_a_page_is_kept_and_read_again(tmp_path):
    saved = SavedPages(tmp_path / "pages", KNOWN)
    assert saved.pages == []
    page = saved.save("  My  first\tpage ", VIEWS)
    assert page.title == "My first page"
    again = SavedPages(tmp_path / "pages", KNOWN)
    assert again.pages == [page]
    assert again.is_own(page)
    assert page.views == VIEWS
    other = again.save("My first page", VIEWS[:1])  # gives way
    assert SavedPages(tmp_path / "pages", KNOWN).pages == [other]
    again.delete(other)
    assert SavedPages(tmp_path / "pages", KNOWN).pages == []


def test_titles_of_any_letters_have_files_of_their_own(tmp_path):
    saved = SavedPages(tmp_path, KNOWN)
    titles = ["Größe", "Grösse", "../../etc/passwd", "学習", "CON", "a b", "a-b", "x" * LONGEST]
    pages = [saved.save(title, VIEWS) for title in titles]
    files = list(tmp_path.iterdir())
    assert len(files) == len({page.id for page in pages})
    assert {page.title for page in SavedPages(tmp_path, KNOWN).pages} >= set(titles) - {"a b"}
    for title in ("", "   ", "x" * (LONGEST + 1), "a\x07b"):
        with pytest.raises(NnvizError):
            saved.save(title, VIEWS)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"format": 9}', "newer version"),
        ('{"title": "T"}', "1 to 3 views"),
        ('{"title": "T", "views": []}', "1 to 3 views"),
        ('{"title": "T", "views": [3]}', "as it should be"),
        ('{"title": "T", "views": [{"view": "cost", "share": NaN}]}', "as it should be"),
        ('{"title": "T", "views": [{"view": "cost", "share": true}]}', "as it should be"),
        ('{"title": "T", "views": [{"view": "cost", "state": []}]}', "as it should be"),
        ('{"title": "T", "views": [{"view": "cost"}, {"view": "cost"}]}', "as it should be"),
        ('{"title": "T", "views": [{"view": "oracle"}]}', "no view 'oracle'"),
        ('{"title": 3, "views": [{"view": "cost"}]}', "no proper name"),
        (" " * (LARGEST + 1), "too large"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path, content, why):
    path = tmp_path / "broken.json"
    path.write_text(content, "utf-8")
    (tmp_path / "good.json").write_text('{"title": "T", "views": [{"view": "cost"}]}', "utf-8")
    saved = SavedPages(tmp_path, KNOWN)
    assert [page.title for page in saved.pages] == ["T"]
    (problem,) = saved.problems
    assert problem.startswith(f"The page in {path} cannot be shown: ")
    assert why in problem
    assert path.read_text("utf-8") == content


PAGES = (Page("one", "One", (Shown("middle"),)), Page("two", "Two", (Shown("side"),)))


@pytest.fixture
def desktop(stage, monkeypatch):
    monkeypatch.setattr(page_list, "PAGES", PAGES)
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    return window


def answer(window, title, *ids):
    """Fill the dialog in and save."""
    dialog = next(d for d in window.findChildren(PageDialog) if d.isVisible())
    dialog.title.setText(title)
    for id, tick in dialog.views.items():
        tick.setChecked(id in ids)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    assert save.isEnabled() == bool(ids)
    save.click()
    return dialog


def test_what_is_on_the_desktop_becomes_a_page_with_a_key(stage, desktop):
    heard = []
    stage.ports.on(Notice, lambda notice: heard.append(notice.sentence))
    desktop.projector.save_page()
    answer(desktop, "Mine", "middle", "side")
    assert heard == ["The page “Mine” is kept: Alt+1 turns to it on the stage."]
    page = desktop.projector.page
    assert page.ids == ("middle", "side")
    assert sum(each.share for each in page.views) == pytest.approx(1)
    desktop.projector.show_page(0)
    desktop.projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    until(lambda: desktop.projector.has_keys)
    stage.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desktop.projector.page == page
    stage.press(Qt.Key.Key_1)
    assert desktop.projector.page.id == "one"
    desktop.projector.show_page(2)
    desktop.projector.delete_page()
    assert [each.id for each in desktop.projector.pages] == ["one", "two"]
    desktop.projector.delete_page()  # a built-in one stays
    assert len(desktop.projector.pages) == 2


def test_the_page_on_the_stage_is_saved_with_what_is_chosen(stage, desktop):
    desktop.projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    desktop.projector.stage.views["middle"].state = lambda: {"chosen": 3}
    desktop.projector.save_page()
    answer(desktop.projector.stage, "From the stage", "middle")
    kept = json.loads(next((stage.folder / "pages").iterdir()).read_text("utf-8"))
    assert kept["views"] == [{"view": "middle", "share": 1.0, "state": {"chosen": 3}}]
    assert desktop.projector.page.title == "From the stage"


def test_a_broken_file_is_told_once_when_the_stage_opens(stage, desktop):
    (stage.folder / "pages").mkdir()
    (stage.folder / "pages" / "bad.json").write_text("{", "utf-8")
    heard = []
    stage.ports.on(Notice, lambda notice: heard.append(notice.sentence))
    for _ in range(2):
        desktop.projector.show_at(QRect(0, 0, 1280, 720), covering=True)
        desktop.projector.close()
    (sentence,) = heard
    assert "bad.json cannot be shown" in sentence
