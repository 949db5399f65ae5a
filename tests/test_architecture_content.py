"""The rules on what a module holds: no size of letters of its own, no behaviour by a sentence.

Each reads every file as a syntax tree, and is shown to find planted violations.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.syntax import nodes

PACKAGE = Path(__file__).parents[1] / "nnviz"

TYPE_SCALE = "nnviz.views.shared.type_scale"
SETS_LETTERS = {"setPixelSize", "setPointSize", "setPointSizeF"}
MEASURES_LETTERS = {"pixelSize", "pointSize", "pointSizeF"}
LETTERS_IN_STYLE = re.compile(r"font(-size)?:[^;]*\d")

ON_SCREEN = {"engine", "messages", "runtime", "views", "window", "tour", "app"}
"""Where no behaviour may depend on a sentence; data, files and cli read what people wrote."""
READS_WHAT_WAS_WRITTEN = {
    "nnviz.engine.explain.formula",  # reads the formulas of the tables into trees
    "nnviz.views.timeline.field",  # reads a step or an epoch that was typed
    "nnviz.window.settings_store",  # reads the format of an older settings file
    "nnviz.window.theme",  # scales the lengths of its own style sheet
}
"""Modules of the screen that may use regular expressions."""
SHOWN = {
    *("text", "title", "windowTitle", "tabText", "itemText", "toolTip", "statusTip"),
    *("currentText", "placeholderText", "accessibleName", "sentence", "caption", "words"),
}
"""Attributes that hold what is shown."""
LOOKS_INTO = {"startswith", "endswith", "find", "index", "partition"}


# -- letters -------------------------------------------------------------------------------------


def letters_in_pixels(node: ast.AST, module: str) -> bool:
    """A number of pixels for letters appears in the type scale and nowhere else."""
    if module == TYPE_SCALE:
        return False
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(LETTERS_IN_STYLE.search(node.value))
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in SETS_LETTERS
    if not isinstance(node.func, ast.Name):
        return False
    if node.func.id == "QFont":
        return len(node.args) > 1
    # max(…, 1) keeps a division from failing; any other bound is a size of letters.
    bounds = [each for each in node.args if isinstance(each, ast.Constant) and each.value != 1]
    return node.func.id in ("min", "max") and bool(bounds) and measures_letters(node)


def measures_letters(node: ast.AST) -> bool:
    """Tell whether the size of some letters is read in an expression."""
    return any(
        isinstance(each, ast.Attribute) and each.attr in MEASURES_LETTERS for each in nodes(node)
    )


# -- sentences -----------------------------------------------------------------------------------


def behaviour_by_a_sentence(node: ast.AST, module: str) -> bool:
    """No comparison, prefix test, regular expression or look-up on text that is shown."""
    if module.split(".")[1] not in ON_SCREEN:
        return False
    match node:
        case ast.Compare():
            return compares_what_is_shown(node)
        case ast.Call(func=ast.Attribute(attr="get"), args=[first, *_]):
            return is_shown(first)
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=args):
            return name in LOOKS_INTO and (is_shown(value) or any(map(is_sentence, args)))
        case ast.Subscript(slice=key):
            return is_shown(key)
        case ast.MatchValue(value=value):
            return is_sentence(value)
        case ast.Import(names=names):
            return module not in READS_WHAT_WAS_WRITTEN and "re" in {each.name for each in names}
    return False


def compares_what_is_shown(node: ast.Compare) -> bool:
    """Tell whether a comparison asks what a shown text says; whether it has changed is free."""
    sides, asks = [node.left, *node.comparators], node.ops[0]
    if any(map(is_sentence, sides)):
        return True
    if any(map(is_shown, sides)) and any(map(is_word, sides)):
        return True
    if isinstance(asks, ast.In | ast.NotIn) and is_shown(node.left):
        return True
    return isinstance(asks, ast.Eq) and all(map(is_shown, sides))


def is_word(node: ast.AST) -> bool:
    """Tell whether it is a text, or some texts, written in the code."""
    if isinstance(node, ast.Tuple | ast.Set | ast.List):
        return any(map(is_word, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


def is_sentence(node: ast.AST) -> bool:
    """Tell whether it is a text of several words written in the code."""
    return is_word(node) and " " in str(getattr(node, "value", "")).strip()


def is_shown(node: ast.AST) -> bool:
    """Tell whether it is an attribute, or the answer of a method, that holds what is shown."""
    if isinstance(node, ast.Call):
        node = node.func
    return isinstance(node, ast.Attribute) and node.attr in SHOWN


# -- on every file -------------------------------------------------------------------------------

RULES = (letters_in_pixels, behaviour_by_a_sentence)


def parsed() -> Iterator[tuple[str, Path, ast.Module]]:
    """Every module but the package itself: its name, its file and its tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        if name != "nnviz":
            yield name, path, ast.parse(path.read_text("utf-8"))


@cache
def broken() -> dict[str, list[str]]:
    """The places that break each rule, by its name: every module is parsed once for all of them."""
    wrong: dict[str, list[str]] = {rule.__name__: [] for rule in RULES}
    for module, path, tree in parsed():
        for node in nodes(tree):
            for rule in RULES:
                if rule(node, module):
                    line = f"{path.relative_to(PACKAGE.parent)}:{getattr(node, 'lineno', 0)}"
                    wrong[rule.__name__].append(f"{line}: {ast.unparse(node)}")
    return wrong


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_every_module_holds_keeps_the_rule(rule):
    wrong = broken()[rule.__name__]
    assert not wrong, f"{rule.__doc__}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (letters_in_pixels, "font.setPixelSize(12)"),
        (letters_in_pixels, "font.setPointSizeF(0.9 * size)"),
        (letters_in_pixels, "font = QFont('Sans', 9)"),
        (letters_in_pixels, "unit = max(self.font().pixelSize(), 9)"),
        (letters_in_pixels, "label.setStyleSheet('QLabel { font-size: 12px; }')"),
        (letters_in_pixels, "label.setStyleSheet(f'color: {c}; font-size: 12px')"),
        (behaviour_by_a_sentence, "if loading.text == 'Loading': stop()"),
        (behaviour_by_a_sentence, "if words == 'so far': stop()"),
        (behaviour_by_a_sentence, "if notice.sentence.startswith('Saved'): stop()"),
        (behaviour_by_a_sentence, "dock = [d for d in docks if d.windowTitle() in titles]"),
        (behaviour_by_a_sentence, "found = dock.windowTitle() == bar.tabText(0)"),
        (behaviour_by_a_sentence, "view = views[action.text()]"),
        (behaviour_by_a_sentence, "view = views.get(box.currentText())"),
        (behaviour_by_a_sentence, "if name.startswith('The path '): stop()"),
        (behaviour_by_a_sentence, "import re"),
        (behaviour_by_a_sentence, "match told:\n    case 'no more room':\n        stop()"),
    ],
)
def test_a_planted_violation_is_found(rule, code):
    assert any(rule(node, "nnviz.views.planted") for node in nodes(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "font = sized(font, scale.px(Step.BODY))",
        "label.setStyleSheet(f'font-size: {scale.px(Step.LABEL)}px;')",
        "gap = round(0.5 * font.pixelSize())",
        "if tip != self.toolTip(): self.setToolTip(tip)",
        "if kind == 'neuron': stop()",
        "if not label.text(): stop()",
    ],
)
def test_letters_of_the_scale_and_names_of_kinds_are_not_found(code):
    tree = ast.parse(code)
    assert not any(rule(node, "nnviz.views.planted") for rule in RULES for node in nodes(tree))
