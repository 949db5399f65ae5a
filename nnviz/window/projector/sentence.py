"""The sentence of the moment: the phase, what is wrong, what was changed, or what is trained."""

from nnviz.engine.explain.captions import caption
from nnviz.engine.measure.measured import cost_text, score_text, short_text
from nnviz.engine.run.names import output_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.state import FAULTLESS, STOPPED
from nnviz.numbers import fixed, integer, write
from nnviz.window.finding_panel import NAMES
from nnviz.window.recent_menu import title_of

SIGN = "⚠"
GAP = "  ·  "
"""Stands between two figures."""
UNCHANGED = {STOPPED: "Training stopped early", FAULTLESS: "An epoch without a mistake"}
"""What is said of events in which no learning rate changed."""


def sentence_of(snapshot: Snapshot) -> str:
    """Return what is to be said of a moment in one sentence."""
    recipe = snapshot.recipe
    if snapshot.phase is not None and snapshot.minibatch is not None:
        names = [output_name(snapshot, j) for j in range(recipe.layers[-1])]
        place = max(snapshot.focus.place, 0)
        said = caption(recipe, snapshot.minibatch, snapshot.phase, place, names)
        return f"{said.title}: {said.sentence}"
    grave = [finding for finding in snapshot.findings if finding.grave]
    if grave:
        return f"{SIGN} {capital(NAMES[grave[0].kind])}: {grave[0].remedy}."
    if changed := _changed(snapshot):
        return changed
    layers = "–".join(map(integer, recipe.layers))
    return f"{title_of(recipe.dataset)}: a net of {layers}."


def _changed(snapshot: Snapshot) -> str:
    """Say what was changed last on the way here, by hand or by a schedule; "" for nothing."""
    by_hand = [edit for edit in snapshot.changes if edit.step <= snapshot.step][-1:]
    by_plan = snapshot.edits[-1:]
    if by_hand and (not by_plan or by_hand[0].step >= by_plan[0].step):
        words = by_hand[0].words(snapshot.recipe, snapshot.named_inputs)
        return f"{words}, at step {integer(by_hand[0].step)}."
    if by_plan:
        last = by_plan[0]
        said = UNCHANGED.get(last.name, f"η {write(last.old)} → {write(last.new)}")
        why = f": {last.reason}" if last.reason and last.name not in UNCHANGED else ""
        return f"{said}, at step {integer(last.step)}{why}."
    return ""


def figures_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return where training stands, from the fullest wording to the shortest."""
    step = f"step {integer(snapshot.step)}"
    if (measured := snapshot.measured) is None:
        return (f"{step} · epoch {fixed(snapshot.epoch, 2)}", step)
    test, targets = measured.figures.test, snapshot.description.targets
    cost = f"cost {cost_text(test.cost)}"
    score, short = score_text(test, targets) or cost, short_text(test, targets) or cost
    figures = (f"{score}{measured.aside}", score, short)
    return (*(f"{step}{GAP}test {each}" for each in dict.fromkeys(figures)), step)


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital."""
    return sentence[:1].upper() + sentence[1:]
