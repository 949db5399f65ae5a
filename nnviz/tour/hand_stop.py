"""The tour's stop at a hand being learned: what is asked for, and what the lesson brought."""

from dataclasses import asdict, replace

import numpy as np

from nnviz.data.digit_writer import write_digits
from nnviz.engine.network import Network
from nnviz.engine.taught import CLASSES, NONE, SIDE, Taught, drawing, takes_drawings
from nnviz.messages.commands import Pause, Play, Teach
from nnviz.tour.guide import Guide
from nnviz.views.pad import HandState, PadView

DRAWN = 14
"""How many digits are drawn when the first picture is taken."""
LESSON = 1000
"""Minibatches that the tour trains on with a hand."""


def show_hand(guide: Guide, prefix: str) -> None:
    """Ask for a hand, teach it, compare ten digits more, and take the lesson back."""
    if not takes_drawings(guide.at()):
        return
    digits, hand = _digits(), HandState(open=True)
    with guide.coming_back():
        while hand.wanted is not None:
            if len(hand.hand) == DRAWN:
                _photograph(guide, hand, f"{prefix}-7-hand-asked")
            hand = hand.with_drawing(digits[hand.wanted].pop())
        before = guide.at().network()
        _teach(guide, hand)
        hand = hand.taught_with([_read(before, one) for one in hand.hand])
        _photograph(guide, hand, f"{prefix}-7-hand-learned")
        hand = hand.trying_out()
        while hand.wanted is not None:
            one = digits[hand.wanted].pop()
            hand = hand.with_drawing(one, str(_read(before, one)))
        _photograph(guide, hand, f"{prefix}-7-hand-compared")
        guide.press("undo")
        guide.wait("the lesson taken back", lambda: guide.at().recipe.taught == NONE)
        pad = guide.app.window.views["pad"]
        assert isinstance(pad, PadView)
        pad.lesson.leave()
    guide.say("taught a hand, compared ten digits more with the network before, and took it back")


def _photograph(guide: Guide, hand: HandState, name: str) -> None:
    """Show a state of the pad, and take its picture and that of the window around it."""
    kept = replace(hand, kept=len(hand.hand))  # nothing of it goes to the user's own drawings
    guide.show("pad", hand=asdict(kept), strokes=())
    guide.view_picture(f"{name}-pad", "pad")
    guide.picture(name, guide.app.window)


def _teach(guide: Guide, hand: HandState) -> None:
    """Let the run learn a hand, and train on a little."""
    step = guide.at().step
    lesson = tuple((one.label, one.image().reshape(SIDE, SIDE)) for one in hand.hand)
    for command in (Teach(lesson), Play()):
        guide.app.bridge.send(command)
    guide.wait("the hand", lambda: guide.at().step > step + LESSON)
    guide.app.bridge.send(Pause())
    guide.wait("the pause", lambda: not guide.at().playing)


def _digits() -> list[list[Taught]]:
    """Return drawings of each digit."""
    images, labels = write_digits(10 * CLASSES, np.random.default_rng(5))
    return [[drawing(digit, x / 255) for x in images[labels == digit]] for digit in range(CLASSES)]


def _read(network: Network, one: Taught) -> int:
    """Return what a net reads of a drawing."""
    return int(network.predict(one.image()[np.newaxis])[0].argmax())
