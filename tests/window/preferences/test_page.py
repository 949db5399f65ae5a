"""Preferences: each holds at once, everywhere, and at the next start."""

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from nnviz import numbers
from nnviz.files.versions import licence_of, parts
from nnviz.messages.commands import KeepRuns
from nnviz.numbers import read_number, set_decimal_comma, write
from nnviz.window.preferences import AboutPage, PreferencesPage
from nnviz.window.settings import BUDGET, Settings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _as_before():
    yield
    set_decimal_comma(False)
    numbers.set_digits(4)


@pytest.fixture
def window(stage):
    return stage.full_window()


def opened(window, kind):
    (page,) = [page for page in window.findChildren(kind) if page.isVisible()]
    return page


def choose(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


@pytest.fixture
def page(stage, window):
    stage.press(Qt.Key.Key_Comma, CTRL)
    return opened(window, PreferencesPage)


def kept(stage):
    return Settings(stage.folder / "w.json")


def test_every_choice_holds_at_once_and_is_kept(stage, window, page):
    choose(page.sizes, 1.5)
    choose(page.themes, "light")
    choose(page.digits, 7)
    page.comma.setChecked(True)
    choose(page.rooms, 512 * 2**20)
    theme = window.appearance.theme
    assert (theme.name, theme.scale.factor) == ("light", 1.5)
    assert write(0.1234567) == "0,1234567"
    assert stage.sent[-1] == KeepRuns(512 * 2**20)
    settings = kept(stage)
    assert settings.theme is not None
    assert settings.theme.name == "light"
    assert settings.scale.factor == 1.5
    assert settings.digits == 7
    assert settings.decimal_comma
    assert settings.room_for_runs == 512 * 2**20


def test_the_theme_may_follow_the_desktop_again(stage, window, page):
    choose(page.themes, "light")
    choose(page.themes, "")
    assert window.appearance.kept_theme == ""
    assert kept(stage).theme is None


def test_it_opens_with_what_was_chosen(stage, window):
    window.appearance.keep_digits(6)
    window.appearance.keep_scale(1.25)
    window.dialogs.show_preferences()
    page = opened(window, PreferencesPage)
    assert page.digits.currentData() == 6
    assert page.sizes.currentData() == 1.25
    assert page.rooms.currentData() == BUDGET


def test_escape_closes_it_and_every_field_says_what_it_does(stage, page):
    for field in (page.sizes, page.themes, page.digits, page.comma, page.rooms):
        assert field.toolTip()
        assert field.accessibleName()
    stage.qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


@pytest.mark.parametrize("value", [0.25, -1.5, 1234.5, 8.47e-5, 1.234, 3.0])
def test_a_number_with_a_comma_is_read_as_it_is_written(value):
    set_decimal_comma(True)
    for text in (numbers.exact(value), numbers.editable(value)):
        assert "." not in text
        assert read_number(text) == value
    assert read_number(str(value)) == value
    assert numbers.named(value) == str(value).removesuffix(".0").replace("e-05", "e-5")


def test_names_of_data_sets_are_the_same_whoever_reads():
    from nnviz.data.naming import referred

    set_decimal_comma(True)
    named = str(referred("spiral:noise=0.25,points=100"))
    set_decimal_comma(False)
    assert named == str(referred("spiral:noise=0.25,points=100"))


def test_the_form_shows_commas_and_reads_them(stage, window):
    window.show_snapshot(stage.snapshot())
    window.appearance.keep_decimal_comma(True)
    window.show_snapshot(stage.snapshot(steps=1))
    said = window.status.findChildren(QLabel)
    assert not [label.text() for label in said if "0." in label.text()]


def test_about_tells_versions_and_licences_of_all_parts(stage, window):
    window.dialogs.show_about()
    page = opened(window, AboutPage)
    names = {part.name.casefold(): part for part in parts(qVersion())}
    for needed in ("nnviz", "python", "qt", "numpy", "pyqtgraph", "pillow", "filelock"):
        assert needed in names
        assert names[needed].version
        assert names[needed].licence
    page.copy()
    assert QGuiApplication.clipboard().text().count("\n") == len(parts(qVersion())) - 1
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    assert all(
        label.mapTo(page, label.rect().bottomRight()).x() <= page.width() for label in labels
    )


def test_a_licence_is_its_name_and_never_its_whole_text():
    from email.message import Message

    told = Message()
    told["License"] = "Permission is hereby granted\n" * 50
    told["Classifier"] = "License :: OSI Approved :: BSD License"
    assert licence_of(told) == "BSD License"
    told["License-Expression"] = "BSD-3-Clause"
    assert licence_of(told) == "BSD-3-Clause"
    assert licence_of(Message()) == "see the package"
