"""What is wrong with a lesson beyond single lines is told with its line, too."""

import pytest

from nnviz.engine.recipe import Recipe
from nnviz.lessons.checks import check, check_file, words_of
from nnviz.lessons.loader import read_lesson
from nnviz.lessons.problems import Known
from tests.lessons.lesson_files import GOOD
from tests.lessons.lesson_files import read as read

ROUND = (
    GOOD.replace("xx = ", "fr = ")
    .replace('title = { en = "Two weights", fr = "Xwo xeights" }', 'title = "Two weights"')
    .replace('{ en = "What if {w[1][0,0]} were 0?", fr = "Xhat?" }', '"What if?"')
    .replace('{ en = "Which.", fr = "Xhich." }', '"Which."')
    + """
[[scene]]
id = "alone"
kind = "transfer"
text = "Now alone."
[scene.question]
ask = "What?"
answer = "w[1][0,1]"
feedback = [{ text = "It is {w[1][0,1]}." }]
"""
)
"""A lesson with which nothing is wrong."""


@pytest.fixture
def told(read):
    def told(text, known=None):
        lesson = read(text)
        return [(problem.line, problem.sentence) for problem in check(lesson, known or Known())]

    return told


def test_nothing_is_wrong_with_a_good_lesson(told):
    assert told(ROUND) == []


WRONG = {
    "a net without the neuron": ('"neuron(1, 0)"', '"neuron(1, 3)"', "no neuron 3"),
    "a weight that there is not": (
        'selection = "w[1][0,0]', 'selection = "w[1][0,7]', "no neuron 7 in layer 0"),
    "a placeholder beyond the net": ("It gives {ŷ[0]}", "It gives {ŷ[4]}", "no output 4"),
    "a name that nobody remembers": ("answer == before", "answer == befor", "no 'befor'"),
    "an edit of what is no weight": ('"w[1][0,0]" = 0', '"neuron(1, 0)" = 0', "only weights"),
    "an edit beyond the net": ('"w[1][0,0]" = 0', '"w[2][0,0]" = 0', "no layer 2"),
    "too few inputs": ("set.goto = 0", "set.goto = 0\nset.input = [1]", "2 inputs"),
    "an impossible recipe": ("learning_rate = 1 }", 'cost = "perceptron" }', "perceptron"),
    "a bad solution": ('["step"]\n', '["select w[1][5,0]"]\n', "no neuron 5"),
    "a typed word that is none": ("{ŷ[0]:2}", "{selection}", "neither a number nor a word"),
    "an expectation": ('"ŷ[0]" = "8"', '"ŷ[3]" = "8"', "no output 3"),
    "a condition": ("step >= 5", "z[3][0] >= 5", "no layer 3"),
    "no solution": ('solution = ["step"]\n', "", "add a solution"),
    "two scenes of one id": ('id = "see"', 'id = "look"', "two scenes 'look'"),
    "a long text": ("It is {ŷ[0]}.", "It is {ŷ[0]}. " + "so " * 50, "53 words"),
    "no prediction": ('kind = "predict"', 'kind = "transfer"', "nobody predicts"),
    "no transfer": ('kind = "transfer"', 'kind = "predict"', "nothing is carried over"),
    "nothing asked": ('kind = "observe"', 'kind = "predict"', "needs a [scene.question]"),
    "nothing to do": (
        GOOD[GOOD.index('kind = "observe"') : GOOD.index("hints = [")],
        'kind = "do"\ntext = "Do."\n',
        "when it is done",
    ),
    "nothing to do in a transfer": (
        GOOD[GOOD.index('kind = "observe"') : GOOD.index("hints = [")],
        'kind = "transfer"\ntext = "Do."\n',
        "needs a [scene.question], or done",
    ),
    "too few hints to what is carried over": (
        'kind = "observe"',
        'kind = "transfer"',
        None,
    ),
    "too few hints": ('kind = "observe"', 'kind = "do"', None),
    "a missing language": (
        'title = "Two weights"', 'title = { en = "T", fr = "T" }', "not there in 'fr'"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_told_with_its_line(told, old, new, sentence):
    text = ROUND.replace(old, new, 1)
    assert text != ROUND
    problems = told(text)
    if sentence is None:
        assert problems == []  # it has three
        problems = told(text.replace('"Where.", ', ""))
        sentence = "three hints"
    found = [line for line, words in problems if sentence in words]
    assert found, problems
    line = ROUND[: ROUND.index(old)].count("\n") + 1
    whole = ("nobody predicts", "nothing is carried over", "not there in")
    assert sentence.startswith(whole) or any(abs(one - line) <= 8 for one in found)


def test_two_watches_in_a_row_are_told(told):
    extra = '[[scene]]\nid = "more"\nkind = "watch"\ntext = "More."\n\n[[scene]]\nid = "guess"'
    problems = told(ROUND.replace('[[scene]]\nid = "guess"', extra))
    assert [words for _, words in problems] == [
        "two scenes 'watch' stand one after the other: let something be done between."
    ]


def test_a_skip_that_leads_back_or_nowhere_is_told(told):
    skip = '[scene.skip]\nask = "Known?"\nanswer = "1"\nto = "{}"\n'
    assert any("leads back" in words for _, words in told(ROUND + skip.format("look")))
    assert any("no scene 'moon'" in words for _, words in told(ROUND + skip.format("moon")))


def test_what_the_window_lacks_is_told(told):
    known = Known(
        panels=frozenset({"network"}),
        actions=frozenset({"play"}),
        pages={"cost": ("cost", "surface")},
    )
    text = ROUND.replace('page = "why"', 'page = "why"\nopen_panels = ["nowhere"]')
    sentences = [words for _, words in told(text, known)]
    for part in ("no page of the projector 'why'", "no panel 'inspector'", "no command 'step'",
                 "no panel 'nowhere'"):  # fmt: skip
        assert any(part in one for one in sentences), part


PAGES = {"why": ("network", "inspector"), "cost": ("cost", "surface")}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('allow = ["step", "surface"]', "allow"),
        ('mark = ["panel(surface)"]', "mark"),
        ('solution = ["view surface mode = both"]', "solution"),
    ],
)
def test_a_panel_that_is_not_on_the_page_of_the_stage_is_told(told, line, key):
    known = Known(pages=PAGES)
    scene = f'[[scene]]\nid = "valley"\nkind = "discuss"\ntext = "Look."\n{line}\n'
    (problem,) = (words for _, words in told(ROUND + scene, known) if "on the stage" in words)
    assert "the page 'why' shows no surface" in problem
    assert f"which '{key}' needs" in problem
    assert problem.endswith("those that show it are cost.")
    turned = scene + '[scene.set.look]\npage = "cost"\n'
    assert not any("on the stage" in words for _, words in told(ROUND + turned, known))


def test_needs_that_there_are_not_are_told(read, told):
    lessons = {"other": read(ROUND).heading}
    assert told(ROUND, Known(lessons=lessons))[0][1].startswith(
        "there is no lesson 'what-a-neuron-does'"
    )


def test_needs_in_a_circle_are_told(tmp_path):
    def lesson(id, *needs):
        path = tmp_path / f"{id}-{len(list(tmp_path.iterdir()))}.toml"
        wanted = ", ".join(f'"{need}"' for need in needs)
        text = ROUND.replace('"two-weights"', f'"{id}"', 1)
        path.write_text(text.replace('needs = ["what-a-neuron-does"]', f"needs = [{wanted}]"))
        return read_lesson(path)

    def told(*lessons):
        known = Known(lessons={one.id: one.heading for one in lessons})
        return [problem for one in lessons for problem in check(one, known)]

    fine = [lesson("a"), lesson("b", "a"), lesson("c", "a", "b")]
    assert told(*fine) == []
    circle = told(lesson("a", "c"), *fine[1:])
    assert [problem.sentence for problem in circle] == [
        f"'{id}' needs itself, through others: leave one out." for id in "abc"
    ]
    assert {problem.line for problem in circle} == {5}
    assert all(problem.severe for problem in circle)
    (alone,) = check(lesson("d", "d"), Known())
    assert alone.sentence == "'d' needs itself: leave one out."


def test_a_session_is_checked_where_its_recipe_can_be_read(read, tmp_path):
    (tmp_path / "s.nnviz").write_bytes(b"")
    lesson = read(ROUND.replace('example = "neuron-12"', 'session = "s.nnviz"'))
    assert check(lesson, Known()) == []
    small = Known(of_session=lambda _: Recipe(layers=(2, 1), dataset="and"))
    assert check(lesson, small) == []
    other = Known(of_session=lambda _: Recipe(layers=(1, 1), dataset="and"))
    assert any("no neuron 1 in layer 0" in problem.sentence for problem in check(lesson, other))


def test_a_start_that_cannot_be_is_told(read):
    lesson = read(
        ROUND.replace(
            'example = "neuron-12"',
            'recipe = { dataset = "digits", layers = [784, 10], activation = ["relu", "relu"] }',
        )
    )
    (problem, *_) = check(lesson, Known())
    assert problem.severe
    assert problem.line == 8


XOR = 'recipe = { dataset = "xor", layers = [2, 1], seed = 1 }'


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("layers = [3, 1]", "xor has 2 inputs, but the first layer has 3"),
        ("layers = [2, 2]", "xor has 1 outputs, but the last layer has 2"),
        ("rotation = 10", "xor"),
        ("train_size = 400", "400"),
    ],
)
def test_a_net_that_does_not_fit_its_data_is_told(read, fields, said):
    recipe = f'recipe = {{ dataset = "xor", {fields} }}'
    (problem,) = check(read(ROUND.replace('example = "neuron-12"', recipe)), Known())
    assert said in problem.sentence
    assert (problem.line, problem.severe) == (8, True)
    later = ROUND.replace('example = "neuron-12"', XOR).replace(
        "recipe = { learning_rate = 1 }", recipe
    )
    assert later.count(recipe) == 1
    found = [one for one in check(read(later), Known()) if said in one.sentence]
    assert [one.severe for one in found] == [True]


def test_a_damaged_file_is_told_whole(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace("minutes = 5", "minutes = 0").replace('"observe"', '"gaze"'))
    problems = check_file(path, Known())
    assert [problem.line for problem in problems] == [4, 44]
    assert all(problem.severe for problem in problems)
    assert str(problems[0]).startswith(f"{path}:4: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One, two three.", 3),
        ("It is {w[1][0, 1] + 2}.", 3),
        ("{a}·{b} + 3.5 = x₁", 4),
        ("don’t well-known", 3),
        ("", 0),
    ],
)
def test_words_are_counted(text, words):
    assert words_of(text) == words
