"""Checks of pages: whatever a scene lets hands do on the stage stands on the page that it shows."""

from collections.abc import Collection, Iterator, Mapping

from nnviz.lessons.gestures import GESTURES
from nnviz.lessons.lesson import Lesson, Look, Scene
from nnviz.lessons.problems import Known, Problem
from nnviz.lessons.solution import Deed

DONE_IN: Mapping[str, str] = {
    "input": "network",
    "set": "network",
    "switch off": "inspector",
    "draw": "pad",
    "teach": "pad",
    "race": "race",
}
"""The panel in which a gesture of a solution is done, by its kind."""
READING = {"why"}
"""Gestures that only read on, in any page that has the panel. What has keys is done on any page."""


def check_pages(lesson: Lesson, known: Known) -> Iterator[Problem]:
    """Return where a scene wants a panel that the projector's page does not show."""
    page, shown = _shown(lesson.start.look, known, "", ())
    for place, scene in enumerate(lesson.scenes):
        page, shown = _shown(scene.changes.look, known, page, shown)
        if not shown:  # none yet, or one that is told of elsewhere
            continue
        for key, wanted in _wanted(scene):
            if not wanted & set(shown):
                yield Problem(
                    lesson.path,
                    lesson.line("scene", place, key),
                    f"on the stage, the page '{page}' shows no {' or '.join(sorted(wanted))}, "
                    f"which '{key}' needs: set another page; {_having(wanted, known.pages)}.",
                )


def _shown(
    look: Look, known: Known, page: str, shown: Collection[str]
) -> tuple[str, Collection[str]]:
    """Return the page that a look turns to, or the one before, and the panels on it."""
    if look.stage:
        return "stage", [id for id, _ in look.stage]
    return (look.page, known.pages.get(look.page, ())) if look.page else (page, shown)


def _having(wanted: set[str], pages: Mapping[str, Collection[str]]) -> str:
    having = sorted(id for id, views in pages.items() if wanted & set(views))
    return f"those that show it are {', '.join(having)}" if having else "none shows it"


def _wanted(scene: Scene) -> Iterator[tuple[str, set[str]]]:
    """Return what names panels in a scene, and the panels of which one is needed."""
    for name in scene.allow:
        gesture = GESTURES[name]
        if gesture.panels and not gesture.actions and name not in READING:
            yield "allow", set(gesture.panels)
    for deed in scene.solution:
        if panel := _panel_of(deed):
            yield "solution", {panel}
    for mark in scene.marks:
        if mark.kind == "panel":
            yield "mark", {mark.id}


def _panel_of(deed: Deed) -> str:
    """Return the panel in which a gesture is done; "" where it is done in any."""
    if deed.kind in ("open", "view"):
        return deed.words[0]
    return DONE_IN.get(deed.kind, "")
