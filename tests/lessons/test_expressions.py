"""The language of lessons is closed: no text runs anything, takes long, or fails without a word."""

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.lessons import expressions
from nnviz.lessons.expressions import DEEPEST, LONGEST, parse
from nnviz.lessons.facts import FACTS
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.nodes import Call, Indexed, Named, OfRecipe
from nnviz.lessons.quantities import QUANTITIES
from nnviz.lessons.values import ExpressionError, kind_of
from tests.lessons.moments import moment
from tests.sampled import tried

SEEN = moment("backprop-222", memory={"before": 1.0})
PIECES = st.sampled_from(
    [
        *FACTS,
        *FUNCTIONS,
        *QUANTITIES,
        *("before", "w5", "layers", "recipe", "recipe.layers", "__import__", "x.shape", "os"),
        *("0", "1", "2.5", "1e308", "9" * 40, "True", "None", "'phase'", '"w[1][0,0]"', "b'x'"),
        *("[", "]", "(", ")", ",", ".", ":", "+", "-", "*", "/", "**", "//", "%", "@", "~", "<<"),
        *("==", "!=", "<", "<=", "is", "in", "and", "or", "not", "if", "else", "for", "lambda"),
        *("yield", "await", ":=", "=", "...", "{", "}", "f'{1}'", "\\", "\0", "\n", "#", " "),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join))
HOSTILE = (
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "open('/etc/passwd').read()",
    "(lambda: 1)()",
    "[x for x in x]",
    "f'{x}'",
    "x if x else y",
    "(a := 1)",
    "recipe.__class__",
    "recipe.layers.__len__()",
    "sum.__globals__",
    "neuron(1, 0).layer",
    "w[1][0:2]",
    "w[*x]",
    "sum(*x)",
    "near(one=1, other=2, tolerance=3)",
    "9**9**9**9",
    "(" * 150 + "1" + ")" * 150,
    "-" * 299 + "1",
    "not " * 70 + "True",
    "1 < 2 < 3 < 4 < 5",
    "'" + "a" * 290 + "'",
    "x" * 299,
    "1" * 299,
    "1e999",
    "1j",
    "0x1or x",
    "1_000",
    "ﬀ",
    "\udcff",
    "a\\\nb",
)


@settings(max_examples=tried(400), deadline=None)
@given(TEXTS)
@example("")
@example("\0")
@example("x[")
@example("\ufeff1")
def test_a_text_is_read_or_refused_in_a_sentence(text):
    try:
        read = parse(text)
    except ExpressionError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017
        return
    for node in read.tree.walk():
        match node:
            case Named(name):
                assert name in FACTS or name.isidentifier()
                assert not name.startswith("_")
            case Indexed(name) if name not in QUANTITIES:
                pytest.fail(name)
            case Call(name) if name not in FUNCTIONS:
                pytest.fail(name)
            case OfRecipe(field):
                assert hasattr(SEEN.snapshot.recipe, field)
    try:
        found = read.value(SEEN)
    except ExpressionError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert found is None or read.kind in ("any", kind_of(found))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_is_refused_or_harmless(text):
    try:
        found = parse(text).value(SEEN)
    except ExpressionError:
        return
    assert isinstance(found, float | bool | str | np.ndarray)


def test_nothing_of_an_expression_is_run_as_python():
    tree = ast.parse(Path(expressions.__file__).read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)
              and isinstance(node.func, ast.Name)}  # fmt: skip
    assert not called & {"eval", "exec", "compile", "getattr", "__import__"}


REFUSED = {
    "": "there is no expression",
    "   ": "there is no expression",
    "1" + " + 1" * 100: f"over {LONGEST} letters",
    "1 +": "look for a bracket",
    "(" * (DEEPEST + 1) + "-" * DEEPEST + "1" + ")" * (DEEPEST + 1): "nested too deeply",
    "x.shape": "nothing that an expression can hold",
    "[1, 2]": "nothing that an expression can hold",
    "recipe.nothing": "no field of the recipe 'nothing'",
    "recipe": "write recipe.learning_rate",
    "nowhere(1)": "no function 'nowhere'",
    "q[1]": "no 'q' with an index",
    "z": "'z' has 1 to 2 indices",
    "z[1][0][0]": "'z' has 1 to 2 indices",
    "z['a']": "an index is a word",
    "'a' + 1": "+ is for numbers",
    "not 1": "a condition must stand",
    "1 and True": "a condition must stand",
    "cost == 'a'": "never equals",
    "a[1] < 2": "take one of a row",
    "cost is 1": "only ==, !=",
    "cost in x": "only ==, !=",
    "sum(1)": "a row of numbers must stand",
    "sum(x, x)": "takes 1 argument",
    "abs('a')": "a number or a row of them must stand",
    "stepped('leap')": "'leap' is unknown here",
    "stepped('forward x')": "is unknown here",
    "f('softmax', 1)": "'softmax' is unknown here",
    "selected(1)": "something on screen",
    "selected(train_cost)": "something on screen",
    "selection == 1": "nothing on screen",
    "neuron(1, 0) == 1": "something on screen",
    "1e999": "too large",
    "_x": "there is no '_x'",
    "a\\b": "has no \\",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_wrong_is_told(text):
    with pytest.raises(ExpressionError) as caught:
        parse(text).value(SEEN)
    assert (REFUSED[text] or "") in str(caught.value)


@pytest.mark.parametrize(
    "text", ["before + 'a'", "x[before / 2]", "x + w[1]", "selected(before)", "abs(granularity)"]
)
def test_what_shows_only_when_it_is_asked_is_told_then(text):
    with pytest.raises(ExpressionError):
        parse(text).value(SEEN)


def test_a_condition_must_be_one():
    assert parse("1 < 2 < 3", "bool").holds(SEEN)
    assert parse("3 > 2 > 2 and before").kind == "bool"
    with pytest.raises(ExpressionError, match="is no condition"):
        parse("before").holds(SEEN)
    with pytest.raises(ExpressionError, match="a condition must stand"):
        parse("cost", "bool")


def test_numbers_that_leave_all_bounds_are_no_errors():
    assert parse("1 / 0").value(SEEN) == np.inf
    assert np.isnan(parse("0 / 0").value(SEEN))
    assert np.isnan(parse("(-1) ** 0.5").value(SEEN))
    assert parse("10 ** 999").value(SEEN) == np.inf
    assert np.isnan(parse("log(-1)").value(SEEN))


def test_free_names_are_told():
    assert parse("before + w5 + cost + sum(x)").free == {"before", "w5"}


def test_unknown_letters_of_python_are_no_names():
    assert parse("𝑤5").tree == Named("w5")  # as Python reads it
