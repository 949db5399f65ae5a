"""The route of the tour: which stops are made, in which sizes, colours and letters.

The whole tour goes from stop to stop: it trains, steps, rewinds, changes, compares, draws and
races, with a picture of the window and of every view at each. A short one trains and photographs
single views. Whatever goes wrong ends the tour with one sentence.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnviz.app import build, qt_application
from nnviz.numbers import integer
from nnviz.shader_cache import spare_full_disk
from nnviz.tour import (
    example_stop,
    hand_stop,
    number_stop,
    panel_stops,
    perceptron_stop,
    plane_stop,
    plane_view_stop,
    projector_stop,
    run_stops,
    table_stop,
    words_stop,
)
from nnviz.tour.guide import Guide, TourError
from nnviz.views import VIEWS
from nnviz.views.palette import THEMES
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.interrupts import closing_on_interrupt
from nnviz.window.settings import Settings

PROJECTOR = "projector"
"""Stands for all pages of the stage among the views that are photographed."""
EPOCHS = 1.5
"""How long the tour trains before it looks at anything."""


def tour(
    out: Path,
    data: str,
    sizes: Sequence[tuple[int, int]],
    themes: Sequence[str],
    scale: float = 1.0,
    only: Sequence[str] = (),
) -> int:
    """Take the tour.

    Args:
        out: folder for the pictures, made if need be.
        data: name or folder of the data set.
        sizes: window sizes (width, height) in pixels to go round with.
        themes: names of the themes to go round with.
        scale: factor of all letters and gaps.
        only: ids of the views to photograph, "window" and "projector"; none to see everything.

    Returns:
        0 when everything was shown.

    Raises:
        NnvizError: something could not be shown; the message says what.
        KeyboardInterrupt: it was called off in the terminal; the window is closed.
    """
    known = ["window", PROJECTOR, *(spec.id for spec in VIEWS)]
    if unknown := [id for id in only if id not in known]:
        raise TourError(f"There is no view '{unknown[0]}': choose from {', '.join(known)}.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TourError(f"The folder {out} cannot be made: {error.strerror}.") from error
    if cacheless := spare_full_disk():
        print(cacheless, file=sys.stderr)
    qt_application()
    with tempfile.TemporaryDirectory() as folder:  # the user's own settings are left alone
        app = build(Settings(Path(folder) / "tour.json"), THEMES[themes[0]])
        guide = Guide(app, out)
        with closing_on_interrupt(guide.interrupt):
            app.bridge.start()
            try:
                app.window.show()
                run_stops.begin(guide, data)
                recipe = guide.at().recipe
                for theme in themes:
                    app.window.set_theme(replace(THEMES[theme], scale=TypeScale(scale)))
                    for width, height in sizes:
                        app.window.resize(width, height)
                        app.window.restore_layout()
                        prefix = f"{theme}-{width}x{height}"
                        if scale != 1.0:
                            prefix += f"-{integer(round(100 * scale))}"
                        run_stops.begin_again(guide, recipe)
                        if only:
                            photograph(guide, prefix, only)
                        else:
                            see_everything(guide, prefix)
            finally:
                guide.leave()
    print(f"wrote {len(guide.written)} pictures to {out.resolve()}")
    return 0


def photograph(guide: Guide, prefix: str, ids: Sequence[str]) -> None:
    """Train a little and photograph single views, each in front of those it shares a place with."""
    window = guide.app.window
    run_stops.train(guide, EPOCHS)
    run_stops.pause(guide)
    guide.settle()
    for id in ids:
        if id == PROJECTOR:
            projector_stop.show_pages(guide, prefix, window.size())
            continue
        guide.show(id)
        guide.picture(f"{prefix}-{id}", window.views.get(id, window))
    guide.say(f"photographed {', '.join(ids)}")


def see_everything(guide: Guide, prefix: str) -> None:
    """Go round once, from stop to stop; pictures begin with `prefix`."""
    window = guide.app.window
    guide.live(300)
    guide.picture(f"{prefix}-1-start", window)
    panel_stops.show_planes(guide, prefix, "before")
    run_stops.train(guide, EPOCHS)
    guide.picture(f"{prefix}-2-training", window)
    in_sight = [id for id in window.views if window.views.in_sight(id)]
    for id in in_sight:
        guide.view_picture(f"{prefix}-2-training-{id}", id)
    with guide.coming_back():
        if "surface" not in in_sight:  # behind a tab where the window is narrow
            in_sight.append("surface")
            window.open_panel("surface")
            guide.wait("the surface", lambda: window.views.in_sight("surface"))
            guide.live(1000)  # it may ask anew for ever while the net learns: no rest to wait for
            guide.view_picture(f"{prefix}-2-training-surface", "surface")
        run_stops.pause(guide)
        for id in [id for id in window.views if id not in in_sight]:
            guide.show(id)
            guide.view_picture(f"{prefix}-2-paused-{id}", id)
    projector_stop.show_pages(guide, prefix, window.size())
    run_stops.show_steps(guide, prefix)
    run_stops.show_phases(guide, prefix)
    run_stops.show_branches(guide, prefix)
    panel_stops.show_planes(guide, prefix, "after")
    panel_stops.show_evaluation(guide, prefix)
    panel_stops.show_examples(guide, prefix)
    panel_stops.show_augmentation(guide, prefix)
    panel_stops.show_pad(guide, prefix)
    hand_stop.show_hand(guide, prefix)
    panel_stops.show_shaping(guide, prefix)
    panel_stops.show_activations(guide, prefix)
    panel_stops.show_race(guide, prefix)
    panel_stops.show_data(guide, prefix)
    panel_stops.show_networks(guide, prefix)
    example_stop.show_textbook(guide, prefix)
    number_stop.show_numbers(guide, prefix)
    plane_stop.show_points(guide, prefix)
    table_stop.show_table(guide, prefix)
    perceptron_stop.show_perceptrons(guide, prefix)
    plane_view_stop.show_plane(guide, prefix)
    words_stop.show_words(guide, prefix)
