"""A teacher's own pages are kept as files, and what is wrong with one is one sentence."""

import json

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton

from nnviz.errors import NnvizError
from nnviz.messages.events import Notice
from nnviz.window.preferences import PreferencesPage
from nnviz.window.projector import page_list
from nnviz.window.projector.page_dialog import PageDialog
from nnviz.window.projector.page_list import PageList
from nnviz.window.projector.pages import Page, Shown
from nnviz.window.projector.pages_dialog import PagesDialog
from nnviz.window.projector.saved_pages import LARGEST, LONGEST, SavedPages
from nnviz.window.settings import Settings
from tests.waiting import events_done, until

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


# -- which pages there are, and in what order ------------------------------------------------------


@pytest.fixture
def arranging(stage, desktop):
    """The dialog, with a page of one's own behind the two built-in ones."""
    desktop.projector.save_page()
    answer(desktop, "Mine", "middle")
    desktop.projector.show_page(0)
    desktop.actions_by_id["arrange_pages"].trigger()
    return next(d for d in desktop.findChildren(PagesDialog) if d.isVisible())


def titles(desktop):
    return [page.title for page in desktop.projector.pages]


def mark(dialog, title):
    row = next(n for n in range(dialog.rows.count()) if dialog.rows.item(n).text() == title)
    dialog.rows.setCurrentRow(row)
    return dialog.rows.item(row)


def refilled(dialog, text):
    until(lambda: any(dialog.rows.item(n).text() == text for n in range(dialog.rows.count())))
    events_done()


def test_pages_are_put_in_order_and_left_out_at_once_and_for_the_next_start(
    stage, desktop, arranging
):
    mark(arranging, "Mine")
    stage.qtbot.keyClick(arranging.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(desktop) == ["One", "Mine", "Two"]
    events_done()
    assert arranging.rows.currentItem().text() == "Mine"
    arranging.up.click()
    assert titles(desktop) == ["Mine", "One", "Two"]
    assert desktop.projector.page.title == "One"  # the page turned to is still that one
    events_done()
    mark(arranging, "One").setCheckState(Qt.CheckState.Unchecked)
    assert titles(desktop) == ["Mine", "Two"]
    events_done()
    again = PageList(Settings(stage.folder / "w.json"), ["middle", "side", "other"])
    assert [page.title for page in again.pages] == ["Mine", "Two"]
    mark(arranging, "One").setCheckState(Qt.CheckState.Checked)
    assert titles(desktop) == ["Mine", "One", "Two"]


def test_the_last_page_cannot_be_left_out(desktop, arranging):
    for title in ("One", "Mine", "Two"):
        mark(arranging, title).setCheckState(Qt.CheckState.Unchecked)
        events_done()
    assert titles(desktop) == ["Two"]
    assert arranging.rows.item(1).checkState() == Qt.CheckState.Checked
    assert "one stays" in arranging.findChild(QLabel, "pages_problem").text()


def test_own_pages_are_renamed_and_deleted_and_built_in_ones_are_not(stage, desktop, arranging):
    mark(arranging, "One")
    assert not arranging.rename.isEnabled()
    assert not arranging.delete.isEnabled()
    item = mark(arranging, "Mine")
    arranging.up.click()
    events_done()
    item = mark(arranging, "Mine")
    item.setText("For monday")
    refilled(arranging, "For monday")
    assert titles(desktop) == ["One", "For monday", "Two"]  # at its place
    (kept,) = (stage.folder / "pages").iterdir()
    assert json.loads(kept.read_text("utf-8"))["title"] == "For monday"
    mark(arranging, "For monday").setText("  ")
    refilled(arranging, "For monday")
    assert arranging.findChild(QLabel, "pages_problem").isVisible()
    mark(arranging, "For monday")
    arranging.delete.click()
    assert titles(desktop) == ["One", "For monday", "Two"]  # the second press does it
    arranging.delete.click()
    assert titles(desktop) == ["One", "Two"]
    assert not list((stage.folder / "pages").iterdir())


def test_preferences_open_the_list_of_pages(stage, desktop):
    desktop.dialogs.show_preferences()
    page = next(p for p in desktop.findChildren(PreferencesPage) if p.isVisible())
    tip = desktop.actions_by_id["arrange_pages"].toolTip()
    button = next(b for b in page.findChildren(QPushButton) if b.toolTip() in tip and b.toolTip())
    button.click()
    assert any(d.isVisible() for d in desktop.findChildren(PagesDialog))


def test_two_pages_have_two_names(tmp_path):
    pages = SavedPages(tmp_path, ["a"])
    pages.save("One", [Shown("a")])
    two = pages.save("Two", [Shown("a")])
    with pytest.raises(NnvizError, match="There is a page"):
        pages.rename(two, "One")
    assert [page.title for page in pages.pages] == ["One", "Two"]
    assert [page.title for page in SavedPages(tmp_path, ["a"]).pages] == ["One", "Two"]
