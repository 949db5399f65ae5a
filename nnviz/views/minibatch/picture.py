"""What the view shows of one moment: an example's words and table, and the room to keep for them.

At any time it is the test example in focus, or the drawing that the network shows. Where a
minibatch is looked at phase by phase it is one of its examples, below a sentence that says what
the phase just done has computed; no number appears before the phase that computes it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain.captions import caption
from nnviz.engine.run.names import output_name
from nnviz.engine.run.snapshot import OWN, Array, Snapshot, with_own
from nnviz.engine.run.units import number_targets
from nnviz.engine.training.phases import Minibatch, Phase, known_after, phases_of
from nnviz.numbers import style
from nnviz.views.minibatch import text
from nnviz.views.minibatch.table import Row, by_weight, rows_of
from nnviz.views.shared.no_run import NO_RUN

Costs = tuple[tuple[str, str], ...]
"""Lines below the table: a label and a number each; the first is the cost of the example."""
WIDEST = ("", "", "0.00", "0.00000")
"""Room kept for the numbers of a row while they change."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What room is kept for, so that nothing moves while numbers change.

    Titles and sentences are those of every phase, or as long as they can get.
    """

    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]
    costs: Costs


@dataclass(frozen=True, slots=True)
class MinibatchPicture:
    """What is shown of one moment, as far as it is known by now.

    Attributes:
        about: which example of which network; equal as long as it is the same one.
        title: of the phase, or of the example; empty where there is no example.
        contents: what room is kept for; None where there is no example.
        order: the table's rows, the most telling first.
        layer: number of the last layer.
    """

    about: tuple[object, ...] = ()
    title: str = ""
    sentence: str = NO_RUN[0]
    rows: tuple[Row, ...] = ()
    costs: Costs = ()
    contents: Contents | None = None
    order: tuple[int, ...] = ()
    layer: int = 0


EMPTY = MinibatchPicture()
"""What is shown before there is anything."""


def picture(
    snapshot: Snapshot, drawing: Array | None = None, before: MinibatchPicture = EMPTY
) -> MinibatchPicture:
    """Return what is to be shown of a moment, of a drawing, (inputs,), if the network shows one.

    The same example keeps the room that it had before.
    """
    snapshot = with_own(snapshot, drawing)
    minibatch, phase = snapshot.minibatch, snapshot.phase
    if snapshot.focus.index == OWN:
        return _own(snapshot, before)
    if minibatch is None or phase is None:
        return _test_example(snapshot, before)
    return _at_phase(snapshot, minibatch, phase, before)


def _at_phase(
    snapshot: Snapshot, minibatch: Minibatch, phase: Phase, before: MinibatchPicture
) -> MinibatchPicture:
    recipe, focus = snapshot.recipe, snapshot.focus
    about = minibatch, focus.place, recipe, snapshot.class_names, style()
    contents = before.contents
    if contents is None or before.about != about:
        contents = _of_all_phases(snapshot, minibatch)
    known, at = known_after(recipe, phase), phases_of(recipe).index(phase)
    terms = minibatch.terms[focus.place] if known.cost else None
    return MinibatchPicture(
        about,
        contents.titles[at],
        contents.sentences[at],
        _rows(snapshot, terms, known=known.outputs),
        contents.costs if known.cost else (),
        contents,
        by_weight(contents.rows),
        len(recipe.layers) - 1,
    )


def _of_all_phases(snapshot: Snapshot, minibatch: Minibatch) -> Contents:
    """Return all that any phase of a minibatch has to show of the example in focus."""
    recipe, focus = snapshot.recipe, snapshot.focus
    names = [output_name(snapshot, j) for j in range(recipe.layers[-1])]
    captions = [
        caption(recipe, minibatch, phase, focus.place, names) for phase in phases_of(recipe)
    ]
    return Contents(
        tuple(each.title for each in captions),
        tuple(text.bound(each.sentence) for each in captions),
        _rows(snapshot, minibatch.terms[focus.place]),
        text.costs_in(minibatch, focus.cost),
    )


def _own(snapshot: Snapshot, before: MinibatchPicture) -> MinibatchPicture:
    """Return what comes out for a drawing, of which nobody knows what should."""
    layers, names = snapshot.recipe.layers, snapshot.class_names
    rows = rows_of(snapshot.focus, names, None, known=True, single=_single(snapshot))
    title, sentence = text.own_title(snapshot), text.bound(text.own(snapshot))
    about = OWN, snapshot.run, layers, names, sentence
    contents, order = before.contents, before.order
    if before.about != about:
        contents, order = Contents((title,), (sentence,), widest(rows), ()), by_weight(rows)
    return MinibatchPicture(about, title, sentence, rows, (), contents, order, len(layers) - 1)


def _test_example(snapshot: Snapshot, before: MinibatchPicture) -> MinibatchPicture:
    recipe, focus = snapshot.recipe, snapshot.focus
    terms = focus.terms
    if terms is None:
        terms = snapshot.network().cost_terms(focus.x[np.newaxis], focus.y[np.newaxis])[0]
    rows, costs = _rows(snapshot, terms), text.costs_of(snapshot)
    # Costs differ from recipe to recipe; the rest of it says nothing that is shown here.
    kind = recipe.layers, recipe.cost, recipe.dataset
    about = snapshot.run, focus.index, kind, snapshot.class_names, style()
    title, contents, order = text.title_of(snapshot), before.contents, before.order
    kept = contents if before.about == about else None
    if kept is None or len(costs) > len(kept.costs) or not _have_room(rows, kept.rows):
        longest = text.bound(text.longest_sentence_of(snapshot))
        room = widest(rows, kept.rows if kept else ())
        contents = Contents((title,), (longest,), room, costs)
        order = by_weight(rows)
    elif not snapshot.playing:
        order = by_weight(rows)
    sentence, last = text.bound(text.sentence_of(snapshot)), len(recipe.layers) - 1
    return MinibatchPicture(about, title, sentence, rows, costs, contents, order, last)


def _rows(snapshot: Snapshot, terms: Array | None, *, known: bool = True) -> tuple[Row, ...]:
    columns = number_targets(snapshot.description, snapshot.recipe.layers[-1])
    return rows_of(
        snapshot.focus, snapshot.class_names, terms, known=known, columns=columns,
        single=_single(snapshot),
    )  # fmt: skip


def _single(snapshot: Snapshot) -> str:
    """Return what an output of which there is only one is called, but for numbers in their unit."""
    numbers = number_targets(snapshot.description, snapshot.recipe.layers[-1])
    return "output" if numbers else output_name(snapshot, 0)


def widest(rows: Sequence[Row], before: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Return rows as wide as these and those kept before for the same outputs, to measure by."""
    kept = [row.cells for row in before] or [WIDEST] * len(rows)
    return tuple(
        replace(row, cells=tuple(max(each, key=len) for each in zip(old, row.cells, strict=True)))
        for row, old in zip(rows, kept, strict=True)
    )


def _have_room(rows: Sequence[Row], kept: Sequence[Row]) -> bool:
    """Tell whether rows are nowhere longer than those that room is kept for."""
    return all(
        len(cell) <= len(room)
        for row, wide in zip(rows, kept, strict=True)
        for cell, room in zip(row.cells, wide.cells, strict=True)
    )
