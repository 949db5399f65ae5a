"""Write the corpus's files with whichever version of nnviz is on PYTHONPATH.

    cd tests/files/corpus && PYTHONPATH=TREE python write.py NAME DATA

TREE is a check-out of that version; DATA is xor or flowers.csv:target=kind. NAME.nnviz and
NAME.npz are written, and what test_corpus.py has to find in them is printed. `--network` writes the
network alone, for versions that had no sessions.
"""

import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from nnviz.data.loading import load_dataset
from nnviz.engine import Recipe

VIEW = {"granularity": "epoch", "speed": 3, "watched": [3, 4], "focus": 2}
"""What windows kept in a session before the state of the screen was one value."""
SCREEN = {
    "selection": ["neuron", 1, 2, 0],
    "granularity": "epoch",
    "speed": 3,
    "open_panels": ["recipe", "cost", "surface", "branches"],
    "front": ["surface"],
    "views": {"cost": {"log": True}},
}


def found(*names):
    """Return the first of these modules that this version has."""
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise SystemExit(f"no {' or '.join(names)}")


def write(name, data, *, session):
    dataset = load_dataset(data)
    layers = (dataset.x_train.shape[1], 3, dataset.y_train.shape[1])
    recipe = Recipe(data, layers, learning_rate=2.0, batch_size=2, seed=7)
    models = import_module("nnviz.files.models")
    network_in = import_module("nnviz.engine.network")
    if not session:
        models.save_model(Path(f"{name}.npz"), network_in.Network(recipe))
        return
    timeline_in = found("nnviz.engine.run.timeline", "nnviz.engine.timeline")
    records = found("nnviz.engine.run.record", "nnviz.engine.record")
    run = import_module("nnviz.runtime.run").Run(1, timeline_in.Timeline(recipe, dataset), {})
    timeline = run.timeline
    timeline.goto(12)
    timeline.note(timeline.trainer.evaluate())
    timeline.goto(5)
    timeline.edit("learning_rate", 0.5)
    timeline.goto(15)
    timeline.edit("theta", 0.25, [1])
    timeline.goto(20)
    timeline.note(timeline.trainer.evaluate())
    looked_at = getattr(run, "looked_at", run)
    looked_at.focus(2)
    looked_at.watch(3, 4)
    described = hasattr(records.DataMark, "description")
    more = (dataset.description,) if described else ()
    if hasattr(records.DataMark, "made"):
        more = (*more, dataset.made)
    mark = records.DataMark(data, dataset.fingerprint(), *more)
    view = VIEW
    try:
        view = import_module("nnviz.messages.ui_state").UiState.from_dict(SCREEN).to_dict()
        import_module("nnviz.window.ui_state_keeper")
    except ModuleNotFoundError:
        view = VIEW
    kept = records.Session(run.record(view, 8), (mark,))
    import_module("nnviz.files.sessions").save_session(Path(f"{name}.nnviz"), kept)
    network = timeline.network
    description = (dataset.description,) if described else ()
    models.save_model(Path(f"{name}.npz"), network, *description)
    print(f"{name}: theta {sha256(network.theta.tobytes()).hexdigest()[:16]},")
    print(f"    cost {float(timeline.last_cost)!r},")
    timeline.goto(23)
    print(f"    later {float(timeline.last_cost)!r} {timeline.network.theta.tolist()}")


if __name__ == "__main__":
    flags = [word for word in sys.argv[1:] if word.startswith("--")]
    name, data = (word for word in sys.argv[1:] if not word.startswith("--"))
    write(name, data, session="--network" not in flags)
