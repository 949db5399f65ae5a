"""Names that people gave are shown as they gave them, whatever words are chosen."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from nnviz.engine.run.summary import RunSummary
from nnviz.engine.selection import Selection
from nnviz.lessons.answers import AnswerRecord, save_answers
from nnviz.messages.commands import MakeEdit, NameBranch, StepMinibatch
from nnviz.messages.events import KnownRun
from nnviz.views.runs.picture import RunsState, picture
from nnviz.window.lesson.counts_sheet import CountsSheet
from nnviz.window.projector.pages import Shown
from nnviz.window.recent_menu import title_of
from nnviz.window.words.boundary import show_in
from nnviz.wording import Choice
from tests.waiting import calm
from tests.window.words.shown import Painted, texts_of
from tests.window.words.test_words_in_app import WISH, parts

OF_NO_BOOK = {
    "weight": "wzight",
    "cost": "czst",
    "bias": "bzas",
    "epoch": "epzch",
    "error": "ezror",
    "learning rate": "lezrning rzte",
    "z": "q",
    "minibatch": "minibztch",
    "nudge": "nzdge",
}
"""Names that are words of nnviz's own, and as long ones that are words of nobody."""
WORDS = re.compile(r"(?i:\b(?:loss|coefficient|set term|update|pass|step size|delta)(?:es|s)?\b)")
"""What the names would have become."""
INPUTS, KINDS = ("weight", "cost", "learning rate", "z"), ("minibatch", "nudge", "bias")


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def table(path, named):
    lines = [",".join((*map(named, INPUTS), named("error")))]
    lines += [f"{k},{k * k % 7},{k % 5},{k % 3},{named(KINDS[k % 3])}" for k in range(60)]
    path.write_text("\n".join(lines))
    return f"{path}:target={named('error')}"


def neutral(text):
    """A text in which names of nnviz's words have become names of no words."""
    return OF_NO_BOOK.get(text, text)


def everything(app, qtbot, painted, file, named):
    """All that the window shows of a table, of an edit and a branch with names of their own."""
    window, run = app.window, app.window.snapshot.run
    window.choose_data(file)
    qtbot.waitUntil(lambda: window.snapshot.run > run and calm(window) is None, timeout=60_000)
    for command in (StepMinibatch(), MakeEdit("learning_rate", 0.5)):
        before = window.snapshot
        app.bridge.send(command)
        qtbot.waitUntil(lambda before=before: window.snapshot is not before)
    app.bridge.send(NameBranch(1, named("cost")))
    qtbot.waitUntil(lambda: window.snapshot.branches[-1].name == named("cost"))
    found, recipe = set(), window.snapshot.recipe
    for selection in (
        Selection("neuron", 0, 0),
        Selection("neuron", 1, 0),
        Selection.of_weight(recipe, 1, 1, 0),
        Selection("output", 2, 1),
        Selection("cost"),
    ):
        window.select(selection)
        window.show_everywhere()
        calm(window)
        found |= painted.of(window) | {text for text, _ in texts_of(window)}
    for part in parts(window):
        found |= painted.of(part) | {text for text, _ in texts_of(window)}
    return found


def test_columns_classes_files_and_branches_keep_their_names(app, qtbot, tmp_path, monkeypatch):
    painted, window = Painted(monkeypatch), app.window
    window.words.choose(Choice.of(WISH))
    window.open_panel("parameters")  # whose tips name what is selected on the way
    plain = table(tmp_path / "czst of wzight.csv", neutral)
    theirs = everything(app, qtbot, painted, plain, neutral)
    hostile = table(tmp_path / "cost of weight.csv", str)
    ours = everything(app, qtbot, painted, hostile, str)
    expected = {back(text) for text in theirs}
    stale = re.compile("|".join(other for other in OF_NO_BOOK.values() if len(other) > 1))
    new = {text for text in ours - expected if not stale.search(text)}
    assert not {text for text in new if WORDS.search(text)}
    assert {*INPUTS, *KINDS, "Data: cost of weight.csv"} <= ours


def shown_in(window):
    return {text for text, _ in texts_of(window)}


def test_a_page_of_ones_own_keeps_its_name(app, qtbot):
    window = app.window
    window.words.choose(Choice.of(WISH))
    for title in ("Weight", "cost and bias"):
        window.projector._own_pages._save(title, (Shown("network"), Shown("cost")))
        qtbot.waitUntil(
            lambda title=title: any(
                f"The page “{title}” is kept" in one for one in shown_in(window)
            )
        )
    projector = window.projector
    projector.open()
    pages = {page.title: page.id for page in projector.pages}
    shown = {
        "Weight": "Weight",
        "cost and bias": "cost and bias",
        "Cost and surface": "Loss and surface",
    }
    for title, name in shown.items():
        projector.show_page_of(pages[title])
        qtbot.waitUntil(lambda name=name: f"{name} ▾" in shown_in(projector.stage))


def test_files_of_other_runs_keep_their_names(app, qtbot):
    show_in(Choice.of(WISH))
    label = QLabel()
    qtbot.addWidget(label)
    for data, title in (("/home/me/cost", "cost"), ("/a/bias:target=weight", "bias → weight")):
        label.setText(title_of(data))
        assert label.property("text") == title
    run = KnownRun(Path("a.nnviz"), "today", RunSummary(None, "/home/me/cost", 3))
    shown = picture(app.window.snapshot, (run,), RunsState())
    label.setText(shown.rows[1].cells[shown.columns.index("data")])
    assert label.property("text") == "cost"


def test_counts_name_lessons_of_ones_own_as_they_are_called(app, tmp_path):
    show_in(Choice.of(WISH))
    record = AnswerRecord("weight", "cost", None, "", None)
    save_answers(tmp_path / "a.json", (record,), "Ada")
    app.window.files.open_paths([tmp_path / "a.json"])
    (sheet,) = app.window.findChildren(CountsSheet)
    assert "weight  ·  cost" in shown_in(sheet)
    sheet.close()


def back(text):
    for name, other in OF_NO_BOOK.items():
        if len(other) > 1:
            text = text.replace(other, name).replace(other.capitalize(), name.capitalize())
    return text
