"""A lesson file is read whole, and whatever is wrong with it is told with line and remedy."""

import pytest

from nnviz.data.dataset import DataError
from nnviz.lessons import load_lesson
from nnviz.lessons.expressions import parse
from nnviz.lessons.lesson import Changes, Mark, Try
from nnviz.lessons.loader import read_what_can_be_read
from tests.lessons.lesson_files import GOOD
from tests.lessons.lesson_files import read as read


def test_a_good_file_is_read(read):
    lesson = read()
    heading, start = lesson.heading, lesson.start
    assert (heading.id, heading.minutes, heading.needs) == (
        "two-weights",
        5,
        ("what-a-neuron-does",),
    )
    assert heading.title == {"en": "Two weights", "xx": "Xwo xeights"}
    assert (start.example, start.train, start.look.page) == ("neuron-12", 3, "why")
    assert start.look.selection == parse("w[1][0,0]", "thing")
    assert start.look.ui.granularity == "phase"
    look, guess, see = lesson.scenes
    assert (look.play.until.source, look.play.at, look.play.limit) == ("step >= 5", 10.0, 20_000)
    assert look.marks[1:] == (Mark("panel", "inspector"), Mark("command", "step"))
    assert look.changes == Changes()
    assert guess.changes.recipe == {"learning_rate": 1.0}
    assert [value.source for _, value in guess.changes.edits] == ["0", "-b[1][0]"]
    assert guess.changes.goto == 0
    assert guess.remember["before"].source == "ŷ[0]"
    question = guess.question
    assert (question.kind, question.tolerance, question.relative) == ("number", 0.5, False)
    assert question.judged == "observed"
    assert [one.when and one.when.source for one in question.feedback] == ["answer == before", None]
    assert see.hints[1] == {"en": "Which.", "xx": "Xhich."}
    assert see.expect[0].printed == "8"
    assert lesson.line("scene", 2, "done") == GOOD[: GOOD.index("done =")].count("\n") + 1


def test_what_is_tried_first_and_what_slides_is_read(read):
    text = GOOD.replace("train = 3", "tries = [{ recipe = { learning_rate = 2 }, train = 60 }]")
    slider = (
        'slider = [{ of = "b[1][0]", name = "b", turned = true, low = -2, high = 2, step = 1 }]'
    )
    lesson = read(text.replace('notes = "Ask why."', slider))
    assert lesson.start.tries == (Try({"learning_rate": 2.0}, 60),)
    (found,) = lesson.scenes[-1].sliders
    assert (found.turned, found.low, found.high, found.step) == (True, -2.0, 2.0, 1.0)


def test_a_prediction_that_no_scene_shows_is_judged_at_once(read):
    lesson = read(GOOD.replace('kind = "observe"', 'kind = "do"'))
    assert lesson.scenes[1].question.judged == "now"


WRONG = {
    "an unknown key": ("minutes = 5", "minuts = 5", "there is no 'minuts' here"),
    "an unknown kind": ('"observe"', '"gaze"', "there is no scene 'gaze'"),
    "an unknown condition": ("stepped('forward')", "leapt('forward')", "no function 'leapt'"),
    "an unknown step": ("stepped('forward')", "stepped('sideways')", "'sideways' is unknown here"),
    "no condition": ("done = \"stepped('forward')", 'done = "step + 1 #', "condition must stand"),
    "an unknown gesture": ('"step", "select"]', '"step", "leap"]', "no gesture 'leap'"),
    "an unknown example": ('"neuron-12"', '"neuron-13"', "no example 'neuron-13'"),
    "an example elsewhere": ('"neuron-12"', '"../neuron-12"', "no example '../neuron-12'"),
    "a bad id": ('id = "see"', 'id = "See it"', "small letters"),
    "a bad placeholder": ("It gives {ŷ[0]}", "It gives {ŷ[0}", "no expression"),
    "a lone brace": ("It gives {ŷ[0]}", "It gives {ŷ[0]", "a brace is alone"),
    "a placeholder of a thing": ("It gives {ŷ[0]}", "It gives {neuron(1,0)}", "cannot be written"),
    "too many indices": ("w[1][0,0]} were", "w[1][0,0][1]} were", "1 to 3 indices"),
    "no English": ('en = "What if', 'de = "What if', "not there in English"),
    "no language": ('xx = "Xhat', 'x-ray-y = "Xhat', "no language"),
    "an unknown field": ("learning_rate = 1 }", "larning_rate = 1 }", "no 'larning_rate'"),
    "a bad value": ("learning_rate = 1 }", "learning_rate = -1 }", "above 0"),
    "a value of another kind": ("learning_rate = 1 }", 'learning_rate = "1" }', "written as"),
    "no thing to edit": ('"w[1][0,0]" = 0', '"w[1]" = 0', "something on screen"),
    "a memory that hides a name": ("before = ", "cost = ", "cannot be remembered"),
    "no remedy of a mark": ('"neuron(1, 0)"', '"cost < 1"', "something on screen"),
    "a long expression": ("step >= 5", "step >= 5" + " + 1" * 99, "over 300 letters"),
    "a question where none is asked": ('kind = "predict"', 'kind = "do"', "asks nothing"),
    "two starts": ("train = 3", 'session = "a.nnviz"', "one of example, session and recipe"),
    "too many steps": ("train = 3", "train = 3000000", "whole number from"),
    "a negative tolerance": ("tolerance = 0.5", "tolerance = -1", "number from 0"),
    "a bad share": ("tolerance = 0.5", 'tolerance = "many%"', "must be a number, or a share"),
    "an unknown granularity": ('granularity = "phase"', 'granularity = "inch"', "no step 'inch'"),
    "a number that is expected": ('"ŷ[0]" = "8"', '"ŷ[0]" = 8', "as it is printed"),
    "too many hints": ('"How."]', '"How.", "Again."]', "at most 3 hints"),
    "a try of another net": (
        "train = 3",
        "tries = [{ recipe = { layers = [2, 1] }, train = 5 }]",
        "cannot change in the middle",
    ),
    "a try that trains nothing": (
        "train = 3",
        "tries = [{ recipe = { learning_rate = 2 }, train = 0 }]",
        "whole number from 1",
    ),
    "a page and views of its own": (
        'page = "why"',
        'page = "why"\nstage = [{ view = "cost", share = 1 }]',
        "not both",
    ),
    "a view without a share": (
        'page = "why"',
        'stage = [{ view = "cost", share = 0 }]',
        "a share above 0",
    ),
    "a slider without room": (
        'notes = "Ask why."',
        'slider = [{ of = "b[1][0]", name = "bias", low = 1, high = 1, step = 0.5 }]',
        "'low' must be less",
    ),
    "a slider of nothing": (
        'notes = "Ask why."',
        'slider = [{ of = "cost < 1", name = "bias", low = 0, high = 1, step = 0.5 }]',
        "something on screen",
    ),
    "a slider that never ends": (
        'notes = "Ask why."',
        'slider = [{ of = "b[1][0]", name = "bias", low = 0, high = inf, step = 0.5 }]',
        "must be a number",
    ),
    "a judgement of its own": ("tolerance = 0.5", 'judged = "never"', "must be one of now"),
    "no TOML": ("minutes = 5", "minutes 5", "no TOML"),
}


@pytest.mark.parametrize(("old", "new", "told"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_told_with_file_and_line(read, old, new, told):
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(DataError, match=r"01-two-weights\.toml, line \d+: ") as caught:
        read(text)
    assert told in str(caught.value)
    line = text[: text.index(new)].count("\n") + 1
    assert abs(caught.value.line - line) <= 6


def test_all_that_is_wrong_is_found_in_one_go(tmp_path):
    path = tmp_path / "many.toml"
    text = GOOD.replace("minutes = 5", "minutes = 0").replace('kind = "watch"', 'kind = "gaze"')
    path.write_text(text.replace('"step", "select"]', '"leap"]'), "utf-8")
    lesson, problems = read_what_can_be_read(path)
    assert lesson is None
    assert [problem.line for problem in problems] == [4, 19, 46]


def test_ten_thousand_scenes_are_refused(read):
    text = GOOD[: GOOD.index("[[scene]]")]
    text += '[[scene]]\nid = "a"\nkind = "do"\ntext = "T"\n' * 10_000
    with pytest.raises(DataError, match="a lesson has at most 60"):
        read(text)


def test_a_huge_file_is_refused(read):
    with pytest.raises(DataError, match="line 1: the file is too large"):
        read(GOOD + "#" * 2**20)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../up.nnviz", "a/../../up.nnviz", "C:\\up.nnviz", "", ".", "x/"]
)
def test_no_file_elsewhere_is_ever_read(read, tmp_path, name):
    (tmp_path.parent / "up.nnviz").write_bytes(b"")
    text = GOOD.replace('example = "neuron-12"', f"session = '{name}'")
    with pytest.raises(DataError, match="line 9: "):
        read(text)


def test_a_link_that_leads_out_of_the_folder_is_refused(read, tmp_path):
    outside = tmp_path.parent / "outside.nnviz"
    outside.write_bytes(b"")
    (tmp_path / "in.nnviz").symlink_to(outside)
    with pytest.raises(DataError, match="outside the folder"):
        read(GOOD.replace('example = "neuron-12"', 'session = "in.nnviz"'))


@pytest.mark.parametrize(
    "name", ["/etc/hosts", "../rows.csv", "folder", "http://x.org/a.csv", "mnist+/etc/hosts"]
)
def test_no_data_elsewhere_is_ever_read(read, tmp_path, name):
    (tmp_path.parent / "rows.csv").write_text("a,b\n1,2\n")
    text = GOOD.replace('example = "neuron-12"', f'recipe = {{ dataset = "{name}" }}')
    with pytest.raises(DataError, match="line 9: "):
        read(text)


def test_a_table_beside_the_lesson_is_found(read, tmp_path):
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    text = GOOD.replace('example = "neuron-12"', 'recipe = { dataset = "rows.csv" }')
    assert read(text).start.recipe["dataset"] == str(tmp_path / "rows.csv")


def test_lessons_are_loaded_by_id_and_by_path():
    lesson = load_lesson("from-neuron-to-layers")
    assert load_lesson(lesson.path).scenes == lesson.scenes
    with pytest.raises(DataError, match="no lesson 'nowhere'"):
        load_lesson("nowhere")
    with pytest.raises(DataError, match="does not exist"):
        load_lesson("nowhere.toml")
