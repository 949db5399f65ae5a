"""The strip on the stage: all of every scene has room at any size, in letters for the back row."""

import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from nnviz.lessons import LESSONS, load_lesson
from nnviz.lessons.texts import in_language
from nnviz.views.palette import BEAMER
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.lesson.shown import Asked, Shown
from nnviz.window.lesson.stage_strip import LAST, MOST, SHARE, StageStrip
from nnviz.window.lesson.words import Words
from tests.sampled import sampled
from tests.waiting import events_done

SIZES = (1280, 720), (1920, 1080), (1024, 768)
LEAST_TEXT, LEAST = 24, 20
"""Pixels of a scene's text, and of all else, at a height of 720."""
NUMBER = "−1.234"
"""What stands for the numbers that a net would give."""


class Projected:
    """A strip at the foot of a stage."""

    def __init__(self, qtbot, size, theme=BEAMER):
        self.stage = QWidget()
        qtbot.addWidget(self.stage)
        self.stage.resize(*size)
        self.strip = StageStrip(Words())
        self.strip.setParent(self.stage)
        self.strip.set_theme(replace(theme, scale=TypeScale.projected(size[1])))
        self.strip.grown.connect(self.place)
        self.place()
        self.stage.show()

    def place(self):
        width, height = self.stage.width(), self.stage.height()
        high = round(self.strip.share * height)
        self.strip.setGeometry(0, height - high, width, high)

    def show(self, shown):
        self.strip.show_scene(shown)
        events_done()
        return self.strip

    def wrong(self):
        """What is cut off, scrolls, or is too small to be read from the back row."""
        strip, factor = self.strip, self.stage.height() / 720
        wide = self.stage.width() / self.stage.height() > 1.5
        if strip.share > (MOST if wide else LAST):
            yield f"a share of {strip.share}"
        for area in strip.findChildren(QScrollArea):
            if area.isVisible() and area.verticalScrollBar().maximum() > 0:
                yield f"scrolls: {[one.text() for one in area.findChildren(QLabel)]}"
        for label in strip.findChildren(QLabel):
            if not label.isVisible() or not label.text():
                continue
            least = LEAST_TEXT if label is strip.said.text else LEAST
            if label.fontInfo().pixelSize() < round(least * factor) - 1:
                yield f"small letters: {label.text()}"
            if label.heightForWidth(label.width()) > label.height():
                yield f"cut off: {label.text()}"
        answer = strip.asked.answer
        for button in getattr(answer, "buttons", ()):
            if button.isVisible():
                if button.heightForWidth(button.width()) > button.height():
                    yield f"cut off: {button.text()}"
                if button.height() < 40:
                    yield f"small for a finger: {button.text()}"
                corners = (button.rect().topLeft(), button.rect().bottomRight())
                if not all(strip.rect().contains(button.mapTo(strip, one)) for one in corners):
                    yield f"out: {button.text()}"


def filled(text):
    return re.sub(r"\{[^{}]*\}", NUMBER, in_language(text, "en")) if text else ""


def states(lesson):
    """Every scene as it begins, after each answer, and with all hints."""
    title = in_language(lesson.heading.title, "en")
    count = len(lesson.scenes)
    pending = ""
    for number, scene in enumerate(lesson.scenes, start=1):
        shown = Shown(
            title,
            scene.id,
            scene.kind.title(),
            number,
            count,
            filled(scene.text),
            picture=scene.picture,
            prediction=pending,
        )
        pending = ""
        hints = tuple(map(filled, scene.hints))
        yield shown
        yield replace(shown, hints=hints)
        question = scene.question
        if question is None:
            continue
        choices = tuple(filled(choice.text) for choice in question.choices)
        kind = str(question.kind)
        if kind == "point" and question.point == "class":
            kind, choices = "class", tuple("0123456789")
        asked = Asked(
            scene.id,
            kind,
            filled(question.ask),
            choices,
            filled(question.unit),
            pointing="Click what you mean.",
        )
        yield replace(shown, asked=asked)
        yield replace(shown, asked=asked, hints=hints)
        said = [filled(one.feedback) for one in question.choices] + [
            filled(one.text) for one in question.feedback
        ]
        for at, feedback in enumerate(said):
            right = (at + 1) % len(choices) if choices else None
            answered = replace(asked, answer=at if choices else 3.5, right=right)
            yield replace(shown, asked=answered, right=False, feedback=feedback)
            pending = choices[at] if at < len(choices) else "3.5"


@pytest.mark.parametrize("id", sampled(LESSONS, every=8))
def test_all_of_a_lesson_has_room(qtbot, id):
    for size in SIZES:
        projected = Projected(qtbot, size)
        for shown in states(load_lesson(id)):
            projected.show(shown)
            assert list(projected.wrong()) == [], (size, shown.scene)


@pytest.fixture
def asked():
    choices = "As steep as before", "Steeper than it was before", "Almost flat", "Level"
    question = Asked("guess", "choice", "How steep is it now?", choices)
    return Shown("A lesson", "guess", "Predict", 1, 2, "Far to the right.", asked=question)


@pytest.fixture
def projected(qtbot):
    return Projected(qtbot, SIZES[0])


def in_sight(strip):
    return [button.text() for button in strip.asked.answer.buttons if button.isVisible()]


def test_choices_stand_in_columns_where_that_makes_room(projected, asked):
    strip = projected.show(asked)
    buttons = strip.asked.answer.buttons
    assert len(in_sight(strip)) == 4
    assert len({button.x() for button in buttons}) == 2
    assert len({button.width() // 4 for button in buttons}) == 1
    assert strip.share == SHARE


def test_once_answered_the_chosen_and_the_right_one_are_left_with_the_feedback_beside(
    projected, asked
):
    waiting = replace(asked, asked=replace(asked.asked, answer=1), feedback="Now see.")
    strip = projected.show(waiting)
    assert in_sight(strip) == ["Steeper than it was before"]
    known = replace(asked.asked, answer=1, right=2)
    projected.show(replace(asked, asked=known, right=False, feedback="It is level there."))
    assert in_sight(strip) == ["Steeper than it was before", "Almost flat"]
    feedback = strip.judged.feedback
    assert "It is level there." in feedback.text()
    assert feedback.mapTo(strip, feedback.rect().topLeft()).y() < strip.height() / 4
    assert not strip.asked.feedback.isVisible()
    projected.show(asked)
    assert len(in_sight(strip)) == 4, "back at the question all are there again"


def test_nothing_shrinks_back_within_a_scene(projected, asked):
    long = replace(asked, text="Words that go on. " * 12, feedback="And on. " * 40)
    share = projected.show(long).share
    letters = projected.strip.asked.ask.font().pixelSize()
    assert share > SHARE
    projected.show(asked)
    assert projected.strip.share == share
    assert projected.strip.asked.ask.font().pixelSize() == letters
    projected.show(replace(asked, scene="next"))
    assert projected.strip.share == SHARE


def test_what_no_room_is_enough_for_can_be_scrolled(projected, asked):
    strip = projected.show(replace(asked, feedback="More than anybody reads. " * 100))
    assert strip.share == LAST
    assert any(a.verticalScrollBar().isVisible() for a in strip.findChildren(QScrollArea))


def test_numbers_that_change_while_it_plays_move_nothing(projected, asked):
    strip = projected.show(replace(asked, text="The cost is 0.25 now."))
    places = [button.geometry() for button in strip.asked.answer.buttons]
    for number in range(20):
        projected.show(replace(asked, text=f"The cost is {1 / (number + 2):.3g} now."))
        assert [button.geometry() for button in strip.asked.answer.buttons] == places
