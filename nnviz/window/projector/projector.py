"""The projector: opens and leaves the stage, turns its pages, and lets the desktop rest meanwhile.

With one screen the stage covers the window; with two it stands on the other one, and the window
stays as it is for whoever teaches.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QAction, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.ports import Ports
from nnviz.views.palette import BEAMER, THEMES, Theme
from nnviz.views.view import ViewSpec
from nnviz.window.projector.pages import PAGES, Page
from nnviz.window.settings import Settings
from nnviz.window.view_feed import ViewFeed

if TYPE_CHECKING:
    from nnviz.window.projector.stage import Stage

ENLARGED = (1.0, 1.1, 1.25, 1.5)
"""Factors that larger and smaller letters go through on the stage."""
OF_THE_DESKTOP = (
    *("granularity_phase", "granularity_minibatch", "granularity_epoch"),
    *("go_to", "menu_bar", "browse", "restore_layout", "finding", "full_screen", "learn_hand"),
    *("theme", "larger", "smaller", "usual_size"),
)
"""Commands that need the desktop, or whose keys mean something else on the stage."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the projector needs of the window.

    Attributes:
        window: the window itself.
        actions: its commands by id.
        feed: of its views.
        usual: what is chosen in a view of it, by the view's id.
        pace: minibatches a second that are asked for.
    """

    window: QWidget
    actions: Mapping[str, QAction]
    feed: ViewFeed
    usual: Callable[[str], Mapping[str, Any]]
    pace: Callable[[], float | None]


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
        known = {spec.id for spec in specs}
        self._pages = [page for page in PAGES if known.issuperset(s.view for s in page.views)]
        self._page = 0
        self._theme, self._enlarged = settings.projector_theme or BEAMER, 1.0
        self.stage: Stage | None = None

    @property
    def on(self) -> bool:
        """Whether the stage is shown."""
        return self.stage is not None and self.stage.isVisible()

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the stage."""
        return self.stage is not None and self.on and self.stage.isActiveWindow()

    def take_keys(self) -> None:
        """Let keys belong to the run, wherever the focus is on the stage."""
        if self.stage is not None:
            self.stage.setFocus()

    @property
    def pages(self) -> Sequence[Page]:
        """The pages that can be turned to, in order."""
        return self._pages

    @property
    def page(self) -> Page | None:
        """The page that is shown, or would be."""
        return self._pages[self._page] if self._pages else None

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
        screen = self._desktop.window.screen()
        other = screen_of_the_class(screen, QGuiApplication.screens())
        self.show_at((other or screen).geometry(), covering=other is None)

    def show_at(self, place: QRect, *, covering: bool) -> None:
        """Show the stage at a place; the window rests where the stage covers it."""
        stage, page = self.stage or self._build(), self.page
        if page is None:
            return
        stage.setGeometry(place)
        self._dress()
        stage.feed.snapshot = self._desktop.feed.snapshot
        stage.show_page(page)
        stage.showFullScreen()
        stage.catch_up()
        stage.activateWindow()
        stage.setFocus()
        self._cover(covering)
        self.opened.emit()

    def _build(self) -> "Stage":
        # What is wanted by those who project alone costs a start nothing.
        from nnviz.window.projector.keys import add_stage_actions
        from nnviz.window.projector.stage import Stage

        stage = Stage(self._specs, self._desktop.usual, self._ports, self._desktop.window)
        actions = self._desktop.actions.items()
        stage.addActions([action for id, action in actions if id not in OF_THE_DESKTOP])
        add_stage_actions(stage, self, self.show_page, self._ports.send)
        stage.resized.connect(self._dress)
        stage.closed.connect(self._ended)
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
        self._cover(False)
        window = self._desktop.window
        window.activateWindow()
        window.setFocus()
        self.left.emit()

    def _cover(self, covered: bool) -> None:
        """Let the desktop draw nothing while nobody sees it, and the last moment after that."""
        feed = self._desktop.feed
        if covered != feed.resting:
            feed.resting = covered
            self._desktop.window.setUpdatesEnabled(not covered)
            if not covered:
                feed.show_everywhere()

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
        if 0 <= number < len(self._pages):
            self._page = number
            if self.stage is not None and self.on:
                self.stage.show_page(self._pages[number])
                self.turned.emit(self._pages[number])

    def next_page(self) -> None:
        """Turn to the next page; after the last one nothing happens."""
        self.show_page(self._page + 1)

    def previous_page(self) -> None:
        """Turn to the page before; before the first one nothing happens."""
        self.show_page(self._page - 1)

    # -- how it looks -----------------------------------------------------------------------------

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
