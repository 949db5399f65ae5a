"""A window that tests share: brought back to rest after each, as the next one wants to find it."""

import contextlib
import shutil
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDialog

from nnviz.messages.commands import Pause
from nnviz.views.palette import BEAMER
from nnviz.window import lesson_language
from nnviz.window.lesson.own_run import OwnRun
from nnviz.wording import Choice
from tests.conftest import let_go_of_buttons
from tests.waiting import events_done, until

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Rest:
    """The whole program as it is at rest; it is noted once, and given back after each test.

    Run, recipe, panels, what is chosen in views, theme, sizes, settings and all that is kept beside
    them are as they were, no lesson, stage or dialog is open. What a test changes of the program
    itself, it gives back: replaced methods, what is disconnected, another set of actions.
    """

    def __init__(self, app):
        self.window = window = app.window
        until(window.settled)
        self._recipe, self._theme = window.requests.recipe, window.appearance.theme
        self._ui, self._size = window.ui_state(), window.size()
        self._cursor = QCursor.pos()
        self._store = window._settings._store
        self._settings = dict(self._store._values), dict(self._store._changed)

    def begin(self):
        """Be in front, and dressed: tests in between may have had another window, or none."""
        window = self.window
        window.appearance.wear(self._theme)
        window.activateWindow()
        until(window.isActiveWindow)

    def come_back(self):
        """Bring it back, and see that nothing is left."""
        window = self.window
        let_go_of_buttons()
        self._close_what_is_open()
        window.course.close()
        window.projector.close()
        window.first_minute.end_guide()
        window.banner.hide()
        if window.words.choice != Choice.of({}):
            window.words.choose(Choice.of({}))
        self._begin_anew()
        # One's own run gives the panels their sizes once more, some time after a lesson.
        until(lambda: not window.findChildren(OwnRun, options=DIRECT))
        self._show_as_before()
        self._forget()
        events_done()
        self.check()

    def _close_what_is_open(self):
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self._dialogs():
            dialog.close()
        window = self.window
        window._weights.leave()
        for _ in range(3):
            window.long_work.leave()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _dialogs(self):
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, QDialog) and one.isVisible()]

    def _begin_anew(self):
        """Begin a run of the recipe once more: with it goes whatever was done to the one before."""
        window = self.window
        before = window.snapshot.run
        window.gate.beyond.send(Pause())
        window.requests.recipe = self._recipe
        window.start(self._recipe)
        until(lambda: window.snapshot.run != before and window.snapshot.recipe == self._recipe)
        window.select(None)

    def _show_as_before(self):
        window = self.window
        if window.appearance.theme != self._theme:
            window.set_theme(self._theme)
        if window.isFullScreen():
            window.toggle_full_screen()
        if window.size() != self._size:
            window.resize(self._size)
        self._forget_stage()
        if not window._first_layout.untouched or self._panels_moved():
            window.restore_layout()
        window.show_ui(replace(self._chosen(), enlarged=""))
        QCursor.setPos(self._cursor)
        window.activateWindow()
        window.setFocus()
        until(lambda: window.isActiveWindow() and window.settled())

    def _chosen(self):
        """What was chosen, and what is as at first in views that have been built since."""
        return self._ui.over(self.window._ui.usual())

    def _panels_moved(self):
        now = self.window.ui_state()
        return (now.open_panels, now.front) != (self._ui.open_panels, self._ui.front)

    def _forget_stage(self):
        projector = self.window.projector
        projector._list.number, projector._list.aside, projector._list._read = 0, None, None
        projector.begin_anew()
        if projector.stage is not None:
            projector.set_theme(BEAMER)
            projector.stage.board.page = None

    def _forget(self):
        """Let go of all that is kept between starts."""
        lesson_language.prefer("")
        window, course = self.window, self.window.course
        course._opened = course.recorder = course._own_input = None
        values, changed = self._settings
        self._store._values, self._store._changed = dict(values), dict(changed)
        for path in window._settings.pages_folder.parent.iterdir():
            with contextlib.suppress(OSError):  # a thread writes there
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def check(self):
        """See that nothing of a test is left."""
        window, now = self.window, self.window.ui_state()
        assert window.course.player is None
        assert window.gate.judge is None
        assert (window.snapshot.recipe, window.snapshot.step) == (self._recipe, 0)
        assert not window.snapshot.playing
        assert not window.snapshot.demonstration
        assert window.requests.recipe == self._recipe
        assert {**now.to_dict(), "views": None} == {**self._ui.to_dict(), "views": None}
        for id, kept in self._chosen().views.items():
            assert now.views.get(id, {}) == kept, id
        assert window.appearance.theme == self._theme
        assert window.size() == self._size
        assert not window._enlarged.id
        assert not window.projector.on
        assert not window.long_work.busy
        assert not any(dock.isFloating() for dock in window._docks)
        assert all(toggle.isEnabled() for toggle in window._docks.toggles())
        assert self._dialogs() == []
        assert QApplication.activePopupWidget() is None
        assert QApplication.activeWindow() is window
