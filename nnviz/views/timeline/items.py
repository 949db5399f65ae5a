"""The items of the timeline: the flags of what was changed, and the forks of other branches."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt

from nnviz.views.shared.items import Item, Items, Said, Way
from nnviz.views.timeline import text
from nnviz.views.timeline.paint import FLAG
from nnviz.views.timeline.picture import Group, TimelinePicture


class TimelineItems(Items):
    """Flags and forks by their steps; ↑ and ↓ go from one to the next, ← and → are the run's."""

    kind = "button"
    moves = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    pressed_by = ()

    def _groups(self) -> dict[int, tuple[Group, bool]]:
        view = self.widget
        found = [(group, False) for group in view.forks()] + [
            (group, True) for group in view.flags()
        ]
        return {group.step: (group, flag) for group, flag in found}

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where flags and forks stand, in the order of their steps."""
        view, unit, groups = self.widget, self.widget.unit, self._groups()
        boxes: dict[Item, QRectF] = {}
        for step in sorted(groups):
            group, flag = groups[step]
            top = view.level - (1.5 if flag else -0.35) * unit
            boxes[step] = QRectF(group.x, top, (FLAG if flag else 0.6) * unit, unit)
        return boxes

    def said(self, item: Item) -> Said:
        """Return what happened at a step."""
        assert isinstance(item, int)
        return Said(self._groups()[item][0].words, text.step(item))

    def current(self) -> Item | None:
        """Return the flag at which the run stands; None where it stands between two."""
        shown: TimelinePicture | None = self.widget.shown
        return shown.step if shown is not None and shown.step in self._groups() else None

    def next_of(self, now: Item | None, way: Way) -> Item | None:
        """Return the flag before or after where the run stands."""
        shown: TimelinePicture | None = self.widget.shown
        if shown is None:
            return None
        steps = sorted(self._groups())
        if way[1] > 0:
            return next((step for step in steps if step > shown.step), None)
        return next((step for step in reversed(steps) if step < shown.step), None)

    def go_to(self, item: Item) -> None:
        """Go to a flag's step, or as far as is trained."""
        shown: TimelinePicture | None = self.widget.shown
        if shown is not None and isinstance(item, int):
            self.widget.go_to(min(item, shown.reached))
