"""The projector: opens and leaves the stage, turns its pages, and lets the desktop rest meanwhile.

With one screen the stage covers the window; with two it stands on the other one, and the window
stays as it is for whoever teaches.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import Notice
from nnviz.messages.ports import Ports
from nnviz.views.palette import BEAMER, THEMES, Theme
from nnviz.views.shared.front import theme_of
from nnviz.views.view import ViewSpec
from nnviz.window.projector.desktop import OF_THE_DESKTOP, Desktop
from nnviz.window.projector.keys import key_of
from nnviz.window.projector.own_pages import OwnPages
from nnviz.window.projector.page_list import PageList
from nnviz.window.projector.pages import Page, page_of
from nnviz.window.settings import Settings

if TYPE_CHECKING:
    from nnviz.window.projector.board import Chosen
    from nnviz.window.projector.presenter import PresenterPanel
    from nnviz.window.projector.stage import Stage

NOTHING: "Chosen" = {}
ENLARGED = (1.0, 1.1, 1.25, 1.5)
"""Factors that larger and smaller letters go through on the stage."""
SETTLING_MS = 500
"""Milliseconds in which a desktop has put its windows where its screens are now."""


class Projector(QObject):
    """Knows whether the stage is on, and which page it shows.

    Attributes:
        stage: the stage once it has been opened, else None.

    Signals:
        built(object): the stage is there for the first time: whoever adds to it does so now.
        opened(): the stage is on.
        left(): it is not any more.
        turned(object): another page is shown, a `Page`.
    """

    built = Signal(object)
    opened = Signal()
    left = Signal()
    turned = Signal(object)

    def __init__(
        self, specs: Sequence[ViewSpec], settings: Settings, desktop: Desktop, ports: Ports
    ) -> None:
        """Begin on the desktop; nothing is built yet."""
        super().__init__(desktop.window)
        self._specs, self._settings = specs, settings
        self._desktop, self._ports = desktop, ports
        self._titles = {spec.id: spec.title for spec in specs}
        self._list = PageList(settings, self._titles)
        self._own_pages = OwnPages(self._list, self._titles, desktop, ports, self)
        self._own_pages.turned.connect(self._turn)
        self._presenter: PresenterPanel | None = None
        self._following = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._following.timeout.connect(self._follow_screens)
        self._theme, self._enlarged = settings.projector_theme or BEAMER, 1.0
        self.stage: Stage | None = None

    @property
    def on(self) -> bool:
        """Whether the stage is shown."""
        return self.stage is not None and self.stage.isVisible()

    @property
    def presenter(self) -> "PresenterPanel | None":
        """The presenter's panel while it is there, else None."""
        shown = self._presenter is not None and self._presenter.isVisible()
        return self._presenter if shown else None

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the stage."""
        return self.stage is not None and self.on and self.stage.isActiveWindow()

    def front(self) -> QWidget:
        """Return the window that whoever teaches looks at: the stage where it covers the other."""
        covers = self.stage is not None and self.on and self._desktop.resting
        return self.stage if covers and self.stage is not None else self._desktop.window

    def theme_in_front(self) -> Theme:
        """Return colours and sizes of the window in front."""
        return theme_of(self.front(), self._desktop.theme())

    def take_keys(self) -> None:
        """Let keys belong to the run, wherever the focus is on the stage."""
        if self.stage is not None:
            self.stage.setFocus()

    @property
    def pages(self) -> Sequence[Page]:
        """The pages that can be turned to, in order."""
        return self._list.pages

    @property
    def page(self) -> Page | None:
        """The page that is shown, or would be."""
        return self._list.current

    # -- on and off -------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open the stage, or leave it."""
        if self.on:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Show the stage, on another screen than the window's where there is one."""
        if self.on or self.page is None:
            return
        place, covering = self._where()
        self.show_at(place, covering=covering)

    def _where(self) -> tuple[QRect, bool]:
        """Return the place of the stage, and whether it covers the window there."""
        screen = self._desktop.window.screen()
        other = screen_of_the_class(screen, QGuiApplication.screens())
        return (other or screen).geometry(), other is None

    def _follow_screens(self) -> None:
        """Go where the class is to see it: a screen came or went, or the window went to another."""
        stage, (place, covering) = self.stage, self._where()
        if stage is None or not self.on or not stage.isFullScreen():
            return
        if stage.screen().geometry() != place or covering != self._desktop.resting:
            had_keys = stage.isActiveWindow()
            stage.hide()
            self._stand(stage, place)
            self._present(covering)
            self._desktop.rest(covering)
            if covering or had_keys:
                stage.activateWindow()

    def _stand(self, stage: "Stage", place: QRect) -> None:
        """Let the stage fill the screen of a place."""
        stage.setWindowState(Qt.WindowState.WindowNoState)  # or it comes where it was before
        stage.setGeometry(place)
        stage.showFullScreen()

    def show_at(self, place: QRect, *, covering: bool, full: bool = True) -> None:
        """Show the stage at a place; the window rests where the stage covers it.

        It fills the screen that it is on, or with `full` False the place alone.
        """
        stage, page = self.stage or self._build(), self.page
        if page is None:
            return
        stage.setGeometry(place)
        self._dress()
        stage.feed.snapshot = self._desktop.feed.snapshot
        stage.show_page(page)
        if full:
            self._stand(stage, place)
        else:
            stage.show()
        stage.catch_up()
        self._present(covering)
        stage.activateWindow()
        stage.setFocus()
        self._desktop.rest(covering)
        self.opened.emit()
        if problems := self._list.problems:
            self._ports.publish(Notice(problems))

    def _build(self) -> "Stage":
        # What is wanted by those who project alone costs a start nothing.
        from nnviz.window.projector.bar import StageBar
        from nnviz.window.projector.keys import add_stage_actions
        from nnviz.window.projector.stage import Stage

        desktop = self._desktop
        stage = Stage(self._specs, desktop.usual, desktop.selected(), self._ports, desktop.window)
        actions = self._desktop.actions.items()
        stage.addActions([action for id, action in actions if id not in OF_THE_DESKTOP])
        add_stage_actions(stage, self, self.press, self._ports.send)
        stage.bar = StageBar(self, self._desktop.actions, stage)
        stage.resized.connect(self._dress)
        stage.closed.connect(self._ended)
        application = cast(QGuiApplication, QGuiApplication.instance())
        for changed in (application.screenAdded, application.screenRemoved):
            changed.connect(self._following.start)
        if (handle := desktop.window.windowHandle()) is not None:
            handle.screenChanged.connect(self._following.start)
        stage.feed.paced.connect(self._desktop.feed.paced)
        self.stage = stage
        self.built.emit(stage)
        return stage

    def close(self) -> None:
        """Leave the stage: the desktop is as it was."""
        if self.stage is not None and self.stage.isVisible():
            self.stage.close()

    def _ended(self) -> None:
        if self.stage is not None:
            self.stage.board.keep()
        if self._presenter is not None:
            self._presenter.close()
        self._desktop.rest(False)
        window = self._desktop.window
        window.activateWindow()
        window.setFocus()
        self.left.emit()

    def leave(self) -> bool:
        """Leave what is open on the stage, else the stage; tell whether it was on."""
        if self.on and self.stage is not None:
            if not self.stage.leave():
                self.close()
            return True
        return False

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment on the stage where that is on."""
        if self.stage is not None and self.on:
            self.stage.show_moment(snapshot, self._desktop.pace())

    # -- pages ------------------------------------------------------------------------------------

    def show_page(self, number: int) -> None:
        """Show a page by its place, from 0; one that is not there is passed over."""
        if 0 <= number < len(self.pages):
            before, self._list.number, self._list.aside = self.page, number, None
            self._turn(before)

    def show_page_of(self, id: str) -> None:
        """Show the page of an id, hidden or not; one that is not there is passed over."""
        for number, page in enumerate(self.pages):
            if page.id == id:
                self.show_page(number)
                return
        if (found := self._list.find(id)) is not None:
            before, self._list.aside = self.page, found
            self._turn(before)

    def show_made(self, views: Sequence[tuple[str, float]]) -> None:
        """Show a page that stands in no list: views by their ids, with their shares."""
        before, made = self.page, page_of(views, self._titles)
        if made.views:
            self._list.aside = made
            self._turn(before)

    def choose(self, chosen: Mapping[str, Mapping[str, Any]]) -> None:
        """Choose in the views of the page that is shown, by their ids, as on the desktop."""
        if self.stage is not None and self.on:
            self.stage.board.choose(chosen)

    def chosen(self) -> dict[str, dict[str, Any]]:
        """Return what is chosen in the views of the page that is shown, by their ids."""
        if self.stage is None or not self.on:
            return {}
        board = self.stage.board
        return {id: board.state_of(id) for id in board.ids}

    def usual(self) -> dict[str, dict[str, Any]]:
        """Return what is chosen in those views where nobody has chosen anything."""
        return {id: self.stage.board.usual_of(id) for id in self.chosen()} if self.stage else {}

    @property
    def chosen_so_far(self) -> "Chosen":
        """What was chosen in the views of each page, to be gone back to."""
        return {} if self.stage is None else self.stage.board.chosen_so_far

    def begin_anew(self, chosen: "Chosen" = NOTHING) -> None:
        """Let each page have this chosen in its views, and be as at first where that is nothing."""
        if self.stage is not None:
            self.stage.board.begin_anew(chosen)

    def _turn(self, before: Page | None) -> None:
        page, stage = self.page, self.stage
        if page is not None and stage is not None and self.on:
            if self._presenter is not None and before is not None:
                self._presenter.keep_picture(before, stage.board)
            stage.show_page(page)
            self._tell_presenter()
            self.turned.emit(page)

    def press(self, key: str) -> None:
        """Turn to the page of a key, where there is one."""
        pages = self.pages
        for number in range(len(pages)):
            if key_of(number, pages, self.is_own) == key:
                self.show_page(number)
                return

    def show_view(self, id: str) -> None:
        """Turn to the first page with a view, where there is one and the page has none."""
        having = [n for n, page in enumerate(self.pages) if id in page.ids]
        if having and (self.page is None or id not in self.page.ids):
            self.show_page(having[0])

    def next_page(self) -> None:
        """Turn to the next page; after the last one nothing happens."""
        self.show_page(self._list.number + 1)

    def previous_page(self) -> None:
        """Turn to the page before; before the first one nothing happens."""
        self.show_page(self._list.number - 1)

    # -- the teacher's own pages ------------------------------------------------------------------

    def is_own(self, page: Page) -> bool:
        """Tell whether a page is one of the teacher's own."""
        return self._list.is_own(page)

    def save_page(self) -> None:
        """Ask for a name, and keep what is on screen as a page: of the stage or of the desktop."""
        stage = self.stage if self.has_keys or self._desktop.resting else None
        self._own_pages.ask(stage, self.front())

    def delete_page(self) -> None:
        """Let go of the page that is shown, where it is the teacher's own."""
        self._own_pages.delete()

    def arrange_pages(self) -> None:
        """Let the pages be chosen, put in order, renamed and deleted."""
        self._own_pages.arrange(self.front())

    # -- the presenter ----------------------------------------------------------------------------

    def _tell_presenter(self) -> None:
        page = self.page
        if self._presenter is not None and page is not None:
            self._presenter.set_theme(self._desktop.theme())
            self._presenter.show_page(page, self._list.notes_of(page), self._list.after(1))

    def _present(self, covering: bool) -> None:
        """Open the presenter's panel on the desktop that is not covered, or put it away."""
        if covering:
            if self._presenter is not None:
                self._presenter.close()
            return
        if self._presenter is None:
            from nnviz.window.projector.presenter import PresenterPanel

            turns = (self.previous_page, self.next_page, self.close)
            self._presenter = PresenterPanel(
                self._titles, self._list.keep_notes, turns, self._desktop.window
            )
        self._tell_presenter()
        self._presenter.open_in(self._desktop.window.screen().availableGeometry())

    # -- how it looks -----------------------------------------------------------------------------

    def show_bar(self) -> None:
        """Let the stage's bar come, with the keyboard on it."""
        if self.stage is not None and self.stage.bar is not None:
            self.stage.bar.take_keys()

    def next_theme(self) -> None:
        """Take on the next theme, round and round, and remember it."""
        names = list(THEMES)
        self._theme = THEMES[names[(names.index(self._theme.name) + 1) % len(names)]]
        self._settings.projector_theme = self._theme
        self._settings.flush()
        self._dress()

    def larger(self) -> None:
        """Show letters, lines and gaps larger."""
        self._enlarge(min((f for f in ENLARGED if f > self._enlarged), default=ENLARGED[-1]))

    def smaller(self) -> None:
        """Show letters, lines and gaps smaller, never too small for the back row."""
        self._enlarge(max((f for f in ENLARGED if f < self._enlarged), default=ENLARGED[0]))

    def usual_size(self) -> None:
        """Show letters, lines and gaps as large as the back row needs."""
        self._enlarge(ENLARGED[0])

    def set_theme(self, theme: Theme, enlarged: float = 1.0) -> None:
        """Take on a theme's colours, with letters enlarged by a factor."""
        self._theme, self._enlarged = theme, enlarged
        self._dress()

    def draw_anew(self) -> None:
        """Draw the last moment on the stage from the ground up, for what it says now."""
        if self.stage is not None and self.stage.theme is not None:
            self.stage.feed.draw_anew(self.stage.theme)

    def _enlarge(self, factor: float) -> None:
        self.set_theme(self._theme, factor)

    def _dress(self) -> None:
        if self.stage is not None:
            self.stage.wear(self._theme, self._enlarged)


def screen_of_the_class(own: QScreen, screens: Sequence[QScreen]) -> QScreen | None:
    """Return another screen than the window's own, or None where there is none.

    Screens that show the same as one another are one.
    """
    others = [screen for screen in screens if screen.geometry() != own.geometry()]
    return others[0] if others else None
