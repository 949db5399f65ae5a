"""The teacher's own pages: what is on screen is kept as one; they are arranged and deleted."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnviz.errors import NnvizError
from nnviz.messages.events import Failure, Notice
from nnviz.messages.ports import Ports
from nnviz.views.shared.front import theme_of
from nnviz.window.projector.desktop import Desktop
from nnviz.window.projector.keys import key_of
from nnviz.window.projector.page_list import PageList
from nnviz.window.projector.pages import Shown

if TYPE_CHECKING:
    from nnviz.views.shared.type_scale import TypeScale
    from nnviz.window.projector.stage import Stage


class OwnPages(QObject):
    """Asks how pages are to be, and keeps them in the list.

    Signals:
        turned(object): another page may be turned to; this `Page` was before, or None.
    """

    turned = Signal(object)

    def __init__(
        self,
        pages: PageList,
        titles: Mapping[str, str],
        desktop: Desktop,
        ports: Ports,
        parent: QObject,
    ) -> None:
        """Change a list of pages; `titles` names the views by their ids."""
        super().__init__(parent)
        self._list, self._titles = pages, titles
        self._desktop, self._ports = desktop, ports

    def _scale(self, front: QWidget) -> "TypeScale":
        return theme_of(front, self._desktop.theme()).scale

    def ask(self, stage: "Stage | None", front: QWidget) -> None:
        """Ask before a window for a name, and keep what is on the stage or else on the desktop."""
        from nnviz.window.projector.page_dialog import Candidate, PageDialog

        if stage is not None:
            views = {id: stage.views[id] for id in stage.board.ids}
            chosen = list(views)
        else:
            views = dict(self._desktop.in_sight())
            chosen = [id for id, view in views.items() if view.looked_at(None)] or list(views)[:1]
        candidates = [Candidate(id, self._titles[id], id in chosen) for id in views]

        def save(title: str, ids: Sequence[str]) -> None:
            width = sum(views[id].width() for id in ids)
            state = self._desktop.usual if stage is None else stage.board.state_of
            self._save(title, [Shown(id, views[id].width() / width, state(id)) for id in ids])

        PageDialog(candidates, self._scale(front), save, front).open()

    def _save(self, title: str, views: Sequence[Shown]) -> None:
        before = self._list.current
        page = self._list.save(title, views)
        key = key_of(self._list.number, self._list.pages, self._list.is_own)
        turns = f": {key} turns to it on the stage" if key else ""
        self._ports.publish(Notice(f"The page “{page.shown}” is kept{turns}."))
        self.turned.emit(before)

    def delete(self) -> None:
        """Let go of the page that is turned to, where it is the teacher's own."""
        before = self._list.current
        try:
            self._list.delete(before)
        except NnvizError as problem:
            self._ports.publish(Failure(str(problem)))
        else:
            self.turned.emit(before)

    def arrange(self, front: QWidget) -> None:
        """Let the pages be chosen, put in order, renamed and deleted, before a window."""
        from nnviz.window.projector.pages_dialog import PagesDialog

        before = self._list.current

        def changed() -> None:
            nonlocal before
            if self._list.current != before:
                before, shown = self._list.current, before
                self.turned.emit(shown)

        PagesDialog(self._list, self._scale(front), changed, front).open()
