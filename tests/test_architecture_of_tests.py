"""The rules on the tests: they mirror the packages, and each thing they need is built in one place.

Each reads every file as a syntax tree, and is shown to find planted violations.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.syntax import nodes

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "nnviz"
KINDS = {
    node.name
    for path in (PACKAGE / "views").glob("*/view.py")
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.ClassDef) and node.name.endswith("View")
}
"""The classes of all views: those that are built late, too."""
OF_THEIR_OWN = {"benchmarks", "files/corpus"}
"""Folders of tests that stand for no package."""


def name_of(call: ast.AST) -> str:
    """What a call calls, without what it is an attribute of; empty for what is no call."""
    if not isinstance(call, ast.Call):
        return ""
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def view_by_hand(node: ast.AST) -> bool:
    """A test of a view has it from `show`, which holds it until the test is over."""
    made_by_spec = name_of(node) == "view" and isinstance(node, ast.Call) and not node.args
    return name_of(node) in KINDS or made_by_spec


def snapshot_by_hand(node: ast.AST) -> bool:
    """A moment of a run comes from `tests/snapshots.py`."""
    return name_of(node) == "Snapshot"


RULES = {
    view_by_hand: ("views", {"views/conftest.py", "views/test_joining.py"}, {*KINDS, "view"}),
    snapshot_by_hand: (".", {"snapshots.py"}, {"Snapshot"}),
}
"""Each with the folder it holds in, with the files that may (what builds, and what ends views
before its test is over), and with names of which one stands in every file that breaks it."""


def calls_of(names: set[str]) -> re.Pattern[str]:
    """What stands in every source that calls one of some names: others need not be parsed."""
    return re.compile(rf"\b({'|'.join(sorted(names))})[\s)]*\(")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_tests_need_is_built_in_one_place(rule):
    folder, free, names = RULES[rule]
    called = calls_of(names)
    wrong = [
        f"{path.relative_to(TESTS)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted((TESTS / folder).rglob("*.py"))
        if path.relative_to(TESTS).as_posix() not in free
        if called.search(source := path.read_text("utf-8"))
        for node in nodes(ast.parse(source))
        if rule(node)
    ]
    assert not wrong, f"{rule.__doc__}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (view_by_hand, "view = PadView()"),
        (view_by_hand, "view = CostView()"),
        (view_by_hand, "view = SPEC.view()"),
        (view_by_hand, "view = pad.view.PadView(parent)"),
        (snapshot_by_hand, "moment = Snapshot(run=0, recipe=Recipe())"),
    ],
)
def test_a_planted_violation_is_found(rule, code):
    assert calls_of(RULES[rule][2]).search(code)
    assert any(map(rule, nodes(ast.parse(code))))


def test_every_folder_of_tests_is_a_package_and_stands_for_one():
    folders = [path for path in TESTS.rglob("*") if any(path.glob("*.py"))]
    names = {path.relative_to(TESTS).as_posix() for path in folders} - OF_THEIR_OWN
    assert {"views/pad", "window", "engine/run"} <= names
    for name in sorted(names):
        assert (TESTS / name / "__init__.py").is_file(), f"tests/{name} is no package"
        assert (PACKAGE / name / "__init__.py").is_file(), f"there is no nnviz/{name}"
