"""Whatever is done in a lesson of the course, nobody is locked in or allowed too much."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.selection import Selection
from nnviz.lessons import LESSONS, load_lesson
from nnviz.lessons.gestures import HAPPENINGS, STEPS
from nnviz.lessons.lesson import Question
from nnviz.lessons.nets import net_after, net_of
from nnviz.lessons.observed import Did
from nnviz.lessons.script import ALWAYS, Script
from tests.sampled import tried

DEEDS = st.lists(
    st.one_of(
        st.sampled_from(("on", "back", "hint", "pass_over", "answer", "skip", "hands", "ended")),
        st.builds(
            Did,
            st.sampled_from(sorted(HAPPENINGS)),
            st.sampled_from([*STEPS, "theta", "input", "forward 1", "adam"]),
            st.tuples(st.integers(0, 3)),
        ),
    ),
    max_size=60,
)


def moments_of(lesson):
    """What each scene is seen with: its net before any training."""
    net = net_of(lesson.start)
    found = []
    for scene in lesson.scenes:
        net = net_after(net, scene.changes)
        found.append(net.observed({}))
    return found


@pytest.fixture(scope="module")
def course():
    lessons = [load_lesson(id) for id in LESSONS]
    return [(lesson, moments_of(lesson)) for lesson in lessons]


def some_answer(question: Question):
    match question.kind:
        case "choice":
            return 0
        case "line":
            return (0.0, 1.0), (1.0, 0.0)
        case "point" if question.point != "class":
            return Selection("neuron", 1, 0)
    return 1.0


def do(script, deed, moment):
    match deed:
        case "on" | "back" | "pass_over":
            return getattr(script, deed)()
        case "hint":
            script.hint()
        case "ended":
            script.play_ended()
        case "answer" if script.question is not None:
            script.answer(some_answer(script.question))
        case "hands" if script.question is not None and script.question.kind == "choice":
            script.show_of_hands((1, 2))
        case "skip" if script.scene.skip is not None:
            return script.skip(some_answer(script.scene.skip))
        case Did():
            script.see(moment.and_then((deed,)))
    return None


@settings(max_examples=tried(60), deadline=None)
@given(st.data())
def test_nobody_is_locked_in_and_nothing_is_allowed_too_much(course, data):
    lesson, moments = data.draw(st.sampled_from(course))
    script = Script(lesson)
    script.begin()
    script.entered(moments[0])
    for deed in data.draw(DEEDS):
        place = script.progress[0] - 1
        changes = do(script, deed, moments[place])
        if changes is not None:
            assert changes is script.scene.changes
            assert script.allowed == frozenset()
            script.entered(moments[script.progress[0] - 1])
        assert script.allowed <= set(script.scene.allow)
        assert not script.locked or script.allowed <= ALWAYS
        assert isinstance(script.text, str)
        assert script.feedback == "" or script.judged is not None
        assert len(script.hints) <= 3
    for _ in range(2 * len(lesson.scenes)):  # and always there is a way to the end
        if script.finished:
            break
        if script.locked:
            script.answer(some_answer(script.question))
        if script.pass_over() is not None:
            script.entered(moments[script.progress[0] - 1])
    assert script.finished


@pytest.mark.parametrize("id", LESSONS)
def test_every_text_of_a_lesson_has_its_numbers_from_the_beginning_of_its_scene(id):
    lesson = load_lesson(id)
    script, moments = Script(lesson), moments_of(lesson)
    script.begin()
    while not script.finished:
        script.entered(moments[script.progress[0] - 1])
        assert script.text != "…"
        assert len(script.marks) == len(script.scene.marks)
        while script.hint():
            pass
        assert "…" not in script.hints
        if script.locked:
            script.answer(some_answer(script.question))
        script.pass_over()
    assert script.problems == []
