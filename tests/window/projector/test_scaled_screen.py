"""A class's screen of 1280×720 that the desktop scales by half: the back row sees its pixels."""

import json
import os
import subprocess
import sys

import pytest

from nnviz.views.shared.type_scale import OF_HEIGHT, PROJECTED, TARGET, Step, TypeScale

SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QRect
from nnviz.app import build, qt_application
qt_application()
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings
from tests.waiting import calm, events_done, until
from tests.window.geometry import cut_off, sideways
from tests.window.projector.letters import letters_of

app = build(Settings(Path(sys.argv[1])), DARK)
window, projector = app.window, app.window.projector
app.bridge.start()
window.show()
window.choose_data("xor")
until(lambda: window.snapshot is not None and window.snapshot.recipe.dataset == "xor")
projector.show_at(QRect(0, 0, 853, 480), covering=True, full=False)
stage, said = projector.stage, {}
for page in projector.pages:
    projector.show_page_of(page.id)
    until(lambda: all(view.settled() for view in stage.board.shown))
    calm(stage)
    events_done()
    places = zip(stage.board.shown, stage.board.places, strict=True)
    said[page.id] = {
        "ratio": stage.devicePixelRatioF(),
        "letters": stage.devicePixelRatioF() * letters_of(stage)[0][0],
        "share": stage.board.height() / stage.height(),
        "wrong": [str(one) for one in cut_off(stage) + sideways(stage)],
        "pushed": [view.objectName() for view, at in places if not at.contains(view.geometry())],
    }
window.close()
app.bridge.stop()
print(json.dumps(said))
"""


def test_every_page_has_the_room_and_the_letters_of_the_screen_s_own_pixels(tmp_path):
    command = sys.executable, "-c", SCRIPT, str(tmp_path / "w.json")
    around = {**os.environ, "QT_SCALE_FACTOR": "1.5"}
    ran = subprocess.run(command, capture_output=True, text=True, env=around, check=False)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout.splitlines()[-1])
    assert len(said) > 9
    for page, seen in said.items():
        assert seen["ratio"] == 1.5
        assert seen["letters"] >= PROJECTED, page
        assert seen["share"] >= 0.9, page
        assert (seen["wrong"], seen["pushed"]) == ([], []), page
    assert min(seen["letters"] for seen in said.values()) < 1.1 * PROJECTED


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
@pytest.mark.parametrize("height", [600, 720, 1080, 2160])
def test_letters_and_targets_are_counted_in_what_is_seen(height, ratio):
    scale = TypeScale.projected(round(height / ratio), ratio=ratio)
    least = PROJECTED * max(height, OF_HEIGHT) / OF_HEIGHT
    seen = ratio * scale.px(Step.CAPTION)
    assert 0.98 * least <= seen <= least + 1.5 * ratio
    assert ratio * scale.target >= TARGET
