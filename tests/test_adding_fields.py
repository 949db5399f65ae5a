"""A hyper-parameter is one field of `Recipe`, an optimiser one entry: the very lines are added.

A recipe is a frozen class with named fields, so a field cannot be put into it while it is in
use. Another Python does what somebody does who adds one: it reads engine/recipe.py with one
field more and engine/optimisers.py with one entry more, and looks for them everywhere. Then it
plants second places, lists that miss the new name, and each has to be found.
"""

import importlib.abc
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QApplication

FIELD = """
    grip: float = plain_field(
        0.25,
        "grip γ",
        "How firmly a step holds on to the one before.",
        high=0.5,
        symbol="γ",
        zero="off",
        changeable=True,
    )
"""
ENTRY = """
def _signed(t: Tools) -> Plan:
    keep, rest = (constant(t.given["grip"], t.g), constant(1 - t.given["grip"], t.g))
    return [
        partial(np.multiply, t.slots[0], keep, t.slots[0]),
        partial(np.sign, t.g, t.scratch),
        partial(np.multiply, t.scratch, rest, t.scratch),
        partial(np.add, t.slots[0], t.scratch, t.slots[0]),
        partial(np.multiply, t.slots[0], t.eta, t.scratch),
        partial(np.subtract, t.theta, t.scratch, t.theta),
    ]


OPTIMISERS["signed"] = Optimiser(
    "signed",
    "signed steps",
    "v ← γ·v + (1 − γ)·sign(∂C/∂w);  w ← w − η·v",
    "Steps of one length, whatever the slope.",
    1,
    _signed,
    uses=("grip",),
    even=True,
)
"""
ADDED = {
    "nnviz.engine.recipe": lambda source: source.replace(
        "\n    trained: str = plain_field(", f"{FIELD}    trained: str = plain_field(", 1
    ),
    "nnviz.engine.optimisers": lambda source: source + ENTRY,
}


class Adding(importlib.abc.MetaPathFinder):
    """Finds the two modules as they would be with what is added."""

    def find_spec(self, name, _path=None, _target=None):
        if name not in ADDED:
            return None
        file = Path(__file__).parents[1].joinpath(*name.split(".")).with_suffix(".py")
        return importlib.util.spec_from_loader(name, Loader(file), origin=str(file))


class Loader(importlib.abc.Loader):
    def __init__(self, file):
        self.file = file

    def exec_module(self, module):
        source = self.file.read_text("utf-8")
        changed = ADDED[module.__name__](source)
        assert changed != source
        exec(compile(changed, str(self.file), "exec"), module.__dict__)


def test_a_field_and_an_optimiser_are_found_everywhere(tmp_path):
    found = subprocess.run(
        [sys.executable, "-m", "tests.test_adding_fields", str(tmp_path)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr[-3000:]
    assert found.stdout.split() == [check.__name__ for check in CHECKS] + list(PLANTED)


# -- what the other Python looks at ----------------------------------------------------------------


def is_in_the_recipe(_folder):
    from nnviz.engine import Recipe, RecipeError

    recipe = Recipe(optimiser="signed", grip=0.125)
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    with pytest.raises(RecipeError, match=r"The grip must be at most 0\.5, not 0\.75\."):
        Recipe(grip=0.75)


def is_on_the_command_line(folder):
    import contextlib
    import io

    from nnviz.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(["train", "--help"])
    words = " ".join(said.getvalue().split())
    assert "--grip N How firmly a step holds on to the one before. Only for signed. (0.25)" in words
    assert "adamw, signed." in words.partition(" --optimiser ")[2].partition(" --")[0]
    words = "train --data xor --layers 2,3,1 --optimiser signed --grip 0,1 --epochs 1 --save"
    with contextlib.redirect_stdout(io.StringIO()):
        assert main([*words.split(), str(folder / "net.npz")]) == 0
    from nnviz.files.models import load_model

    assert load_model(folder / "net.npz").network.recipe.grip == 0.1


def is_in_the_form(_folder):
    from PySide6.QtCore import QCoreApplication, QEvent

    from nnviz.window.recipe import RecipeForm

    form = RecipeForm()
    try:
        _is_in_rows(form)
    finally:  # by Qt: PySide 6.12 crashes where Python lets go of a form
        form.deleteLater()
        QCoreApplication.sendPostedEvents(form, QEvent.Type.DeferredDelete.value)


def _is_in_rows(form):
    from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

    from nnviz.engine import Recipe

    row, box = form.findChild(QLineEdit, "grip"), form.findChild(QComboBox, "optimiser")
    assert row is not None
    assert (row.text(), row.accessibleName()) == ("0.25", "grip γ")
    form.findChild(QToolButton, "group_optimiser").click()  # it stands with what reads it
    assert not row.isVisibleTo(form)
    box.setCurrentIndex(box.findData("signed"))
    assert row.isVisibleTo(form)
    row.setText("Off")
    assert form.recipe() == Recipe(optimiser="signed", grip=0.0)
    form.show_recipe(form.recipe())
    assert row.text() == "off"
    row.setText("0.125")
    assert form.recipe() == Recipe(optimiser="signed", grip=0.125)
    form.follow(form.recipe(), begun=True)
    changes = []
    form.changed.connect(changes.append)
    row.setText("0.5")
    form.submit()
    assert changes == [[("grip", 0.5)]]


def changes_in_the_middle_of_a_run_and_is_saved(folder):
    from nnviz.data import load_dataset
    from nnviz.engine import Recipe, Timeline
    from nnviz.engine.run.record import DataMark, Session
    from nnviz.files.sessions import load_session, save_session

    dataset = load_dataset("xor")
    recipe = Recipe(dataset="xor", layers=(2, 3, 1), optimiser="signed", learning_rate=0.01)
    timeline = Timeline(recipe, dataset)
    for _ in range(5):
        timeline.step()
    timeline.edit("grip", 0.5)
    assert timeline.changes[0].words(recipe) == "γ 0.25 → 0.5"
    assert timeline.changes[0].name_of_branch(recipe) == "γ = 0.5"
    for _ in range(5):
        timeline.step()
    mark = DataMark("xor", dataset.fingerprint())
    save_session(folder / "run.nnviz", Session(timeline.record({}, 10), (mark,)))
    again = Timeline.of(load_session(folder / "run.nnviz").record, {"xor": dataset})
    assert again.network.recipe.grip == 0.5
    theta = timeline.network.theta.copy()
    timeline.goto(0)
    timeline.goto(10)
    assert (timeline.network.theta == theta).all()
    assert (again.network.theta == theta).all()


def races(_folder):
    from nnviz.engine.race.descent import Race, all_racers
    from nnviz.engine.race.valleys import VALLEYS
    from nnviz.views.palette import DARK
    from nnviz.views.race.marks import colour_of, shape_of
    from nnviz.views.race.text import label_of

    names = all_racers()
    assert names[-1] == "signed"
    race = Race(next(iter(VALLEYS.values())), racers=("signed",))
    (run,) = race.runs()
    assert run.costs[-1] < run.costs[0]
    assert colour_of("signed", DARK) in DARK.racers
    assert shape_of("signed") not in [shape_of(name) for name in names[:-1]]
    assert label_of("signed") == "signed steps"


def is_judged(_folder):
    from nnviz.data import load_dataset
    from nnviz.engine import Recipe, Trainer
    from nnviz.engine.training.health import find_problems

    dataset = load_dataset("xor")
    recipe = Recipe(
        dataset="xor",
        layers=(2, 30, 1),
        optimiser="signed",
        learning_rate=1e-9,
        initialiser="normal",
    )
    trainer = Trainer(recipe, dataset)
    network = trainer.network
    wrong = (network.predict(dataset.x_train) < 0.5).astype("float32")
    found = find_problems(network, dataset.x_train, wrong, 1e-9)
    assert "giant_steps" not in {finding.kind for finding in found}
    assert "tiny_steps" in {finding.kind for finding in found}


CHECKS = (
    is_in_the_recipe,
    is_on_the_command_line,
    is_in_the_form,
    changes_in_the_middle_of_a_run_and_is_saved,
    races,
    is_judged,
)

PLANTED = {
    "nnviz.training.settings": is_on_the_command_line,
    "nnviz.training.used_by": is_on_the_command_line,
    "nnviz.window.recipe.fields.settings": is_in_the_form,
    "nnviz.window.recipe.fields.used_by": is_in_the_form,
    "nnviz.window.recipe.form.CHANGEABLE": is_in_the_form,
    "nnviz.engine.changes.CHANGEABLE": changes_in_the_middle_of_a_run_and_is_saved,
    "nnviz.files.session_checks.CHANGEABLE": changes_in_the_middle_of_a_run_and_is_saved,
    "nnviz.engine.training.steps.OPTIMISERS": changes_in_the_middle_of_a_run_and_is_saved,
    "nnviz.engine.race.descent.OPTIMISERS": races,
    "nnviz.views.race.text.OPTIMISERS": races,
    "nnviz.engine.training.step_findings.OPTIMISERS": is_judged,
}
"""Second places, and who must find them."""


def stale(place):
    """What stands in a place, without what was added."""
    from nnviz.engine.changes import CHANGEABLE
    from nnviz.engine.optimisers import OPTIMISERS
    from tests.planting import stale_settings

    return {
        "settings": stale_settings("grip"),
        "used_by": lambda _name: (),
        "CHANGEABLE": tuple(name for name in CHANGEABLE if name != "grip"),
        "OPTIMISERS": {name: entry for name, entry in OPTIMISERS.items() if name != "signed"},
    }[place.rpartition(".")[2]]


def misses(check, folder):
    """Tell whether a check fails."""
    from nnviz.errors import NnvizError

    try:
        check(folder)
    except (AssertionError, LookupError, NnvizError):
        return True
    return False


if __name__ == "__main__":
    sys.meta_path.insert(0, Adding())
    application = QApplication([])  # one, until all is over
    for check in CHECKS:
        check(Path(sys.argv[1]))
        print(check.__name__)
    for place, check in PLANTED.items():
        with patch(place, stale(place)):
            assert misses(check, Path(sys.argv[1])), f"{check.__name__} does not see {place}"
        print(place)
