"""The rehearsal: which lessons are played in which window, and what is said of each."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QPoint, QRect, QSize

from nnviz.app import App, build, qt_application
from nnviz.lessons import LESSONS, load_lesson
from nnviz.lessons.lesson import Lesson
from nnviz.numbers import write
from nnviz.rehearsal.actor import Actor, Played
from nnviz.shader_cache import spare_full_disk
from nnviz.tour.guide import Guide
from nnviz.views.palette import THEMES
from nnviz.window.interrupts import closing_on_interrupt
from nnviz.window.settings import Settings

PATIENCE = 30.0
"""Seconds after which something that should have happened in a lesson is given up."""
STILL = 400
"""Milliseconds in which what is to be photographed comes to rest."""
DATA = "and"
"""The example that is on screen before a lesson: small, and quick to put aside."""


def rehearse(
    names: Sequence[str] = (),
    size: tuple[int, int] = (1280, 720),
    theme: str = "dark",
    out: Path | None = None,
    *,
    projector: bool = False,
    wrong: bool = False,
) -> int:
    """Play lessons to their end in the real window, and print one line a lesson.

    Args:
        names: ids of lessons, or paths of their files; none for all that nnviz brings.
        size: of the window, or of the stage (width, height) in pixels.
        theme: name of its colours.
        out: folder for a picture of every scene; None for no pictures.
        projector: whether they are shown on the stage.
        wrong: whether questions are answered wrongly, to see what is said then.

    Returns:
        0 where all went well, else 1.

    Raises:
        NnvizError: a lesson cannot be read, or the window does not open.
        KeyboardInterrupt: it was called off in the terminal.
    """
    lessons = [load_lesson(name) for name in names or LESSONS]
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    if cacheless := spare_full_disk():
        print(cacheless, file=sys.stderr)
    qt_application()
    passed = 0
    with tempfile.TemporaryDirectory() as folder:  # the user's own settings are left alone
        app = build(Settings(Path(folder) / "rehearsal.json"), THEMES[theme])
        guide = Guide(app, out or Path(folder), PATIENCE)
        with closing_on_interrupt(guide.interrupt):
            app.bridge.start()
            try:
                _open(app, guide, size)
                if projector:
                    _open_stage(app, guide, size)
                for lesson in lessons:
                    passed += _rehearse(guide, lesson, pictures=out is not None, wrong=wrong)
            finally:
                guide.leave()
    print(f"{passed} of {len(lessons)} lessons passed")
    return int(passed < len(lessons))


def _open(app: App, guide: Guide, size: tuple[int, int]) -> None:
    app.window.resize(*size)
    app.window.show()
    app.window.activateWindow()
    app.window.examples.open(f"example:{DATA}")
    guide.wait("the window", lambda: app.window.snapshot is not None)
    guide.wait("the window to have the keys", app.window.isActiveWindow)


def _open_stage(app: App, guide: Guide, size: tuple[int, int]) -> None:
    app.window.projector.show_at(QRect(QPoint(), QSize(*size)), covering=True, full=False)
    guide.wait("the stage to have the keys", lambda: app.window.projector.has_keys)


def _rehearse(guide: Guide, lesson: Lesson, *, pictures: bool, wrong: bool) -> bool:
    """Play one lesson, leave it, and say how it went; tell whether all of it was right."""

    def photograph(scene: str) -> None:
        if pictures:
            guide.live(STILL)
            front = actor.hands.touch.front
            guide.picture(f"{lesson.id}-{scene}{'-wrong' if wrong else ''}", front)

    actor = Actor(guide, photograph, wrong=wrong)
    begun = monotonic()
    played = actor.play(lesson)
    guide.app.window.course.close()
    guide.wait("one's own run", lambda: not guide.at().demonstration)
    print(_line(lesson, played, monotonic() - begun), flush=True)
    for failure in played.failures:
        print(f"    {failure}", flush=True)
    return not played.failures


def _line(lesson: Lesson, played: Played, seconds: float) -> str:
    how = "passed" if not played.failures else f"FAILED ({len(played.failures)})"
    width = max(map(len, LESSONS))
    return (
        f"{lesson.id:<{width}}  {played.scenes} of {len(lesson.scenes)} scenes, {played.answers} "
        f"answers, {played.gestures} gestures, {write(seconds, 2)} s: {how}"
    )
