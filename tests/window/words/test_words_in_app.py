"""Other words in the whole program: nothing on screen is left in nnviz's own, at any moment."""

import re

import pytest
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QWidget

from nnviz.engine.selection import Selection
from nnviz.messages.commands import StepPhase
from nnviz.window.commands import COMMANDS
from nnviz.window.help import HelpSheet
from nnviz.window.settings import Settings
from nnviz.window.settings_store import FORMAT
from nnviz.window.words.boundary import BOUNDARY, show_in
from nnviz.wording import Choice
from tests.waiting import calm
from tests.window.words.shown import Painted, texts_of

WISH = {
    "cost.sign": "L",
    "cost.word": "loss",
    "learning_rate.sign": "α",
    "output.sign": "â",
    "desired.sign": "t",
    "desired.word": "target",
    "sum.sign": "net",
    "sum.word": "net input",
    "activation.sign": "h",
    "function.word": "hypothesis",
    "epoch.word": "pass",
    "minibatch.word": "batch",
    "weight.word": "coefficient",
    "bias.word": "set term",
    "nudge.word": "update",
}
LEFT = re.compile(
    r"(?i:(?<![\w-])(?:costs?|epochs?|minibatch(?:es)?|weights?(?! decay)|bias(?:es)?|nudges?"
    r"|activation functions?|desired|weighted sums?)(?!\w))"
    r"|η|ŷ|(?<![A-Za-z°+[])[Cyz](?![A-Za-z])"
    r"|(?<![A-Za-z])a(?:[⁰¹²³₁₂₃]|_|[ \u00a0]?[=+/])|[·/∂(]a\b"
)
"""What must not be found: the terms that WISH replaces, looked for in another way."""
OTHER = re.compile(
    r"(?i:(?<!\w)(?:loss(?:es)?|batch(?:es)?|pass(?:es)?|coefficients?|net inputs?|set terms?"
    r"|hypothes[ie]s)(?!\w))|[αâ]"
)
"""Terms of WISH that nnviz's own texts have not."""
EVERY = [3, pytest.param(1, marks=pytest.mark.slow)]
"""Of so many panels one is looked at; all of them among the slow tests."""
OF_THE_DATA = re.compile(r"y(\n.*)?|y₁?", re.DOTALL)
"""The name of a column is the user's."""


def leftovers(texts):
    return {text for text in texts if LEFT.search(text) and not OF_THE_DATA.fullmatch(text)}


def parts(window, every=1):
    """Panels, one in so many, in front one after the other."""
    for id in [*dict(window._docks.items())][::every]:
        window.open_panel(id)
        calm(window)
        window.show_everywhere()
        yield window.panel(id)
    yield from (window.menus, window.toolbar, window.status, *window._middle.panels)


def everything(window, painted, every):
    """Every text of the window, and all that its parts paint."""
    found = set()
    for part in parts(window, every):
        found |= painted.of(part) | {text for text, _ in texts_of(window)}
    return found


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.mark.parametrize("every", EVERY)
def test_no_text_is_left_in_nnviz_s_own_words(app, qtbot, monkeypatch, every):
    painted, window = Painted(monkeypatch), app.window
    for _ in parts(window, every):
        pass  # all are built while nnviz's own words are chosen
    before = everything(window, painted, every)
    assert len(leftovers(before)) > 150 / every

    window.words.choose(Choice.of(WISH))
    assert not leftovers(everything(window, painted, every))
    window.words.choose(Choice.of({}))
    after = everything(window, painted, every)
    assert leftovers(before) <= after
    # What is worked out meanwhile may be new, but nothing of the other book is.
    assert not {text for text in after - before if OTHER.search(text)}


def test_no_answer_to_why_is_left(app, monkeypatch):
    painted, window = Painted(monkeypatch), app.window
    window.words.choose(Choice.of(WISH))
    recipe = window.snapshot.recipe
    for picked in (
        Selection("neuron", 1, 0),
        Selection.of_weight(recipe, 1, 0, 0),
        Selection.of_weight(recipe, 2, None, 0),
        Selection("output", 2, 0),
        Selection("cost", 2, 0),
    ):
        window.select(picked)
        window.show_everywhere()
        calm(window)
        seen = {text for text, _ in texts_of(window)} | painted.of(window.panel("inspector"))
        assert not leftovers(seen), picked


def test_no_phase_of_a_minibatch_is_left(app, qtbot, monkeypatch):
    painted, window = Painted(monkeypatch), app.window
    window.words.choose(Choice.of(WISH))  # what is built later is built in these words
    window.select(Selection.of_weight(window.snapshot.recipe, 1, 0, 0))
    for id in ("parameters", "matrices", "minibatch"):
        window.open_panel(id)
    for _ in range(9):
        before = window.snapshot
        window._send(StepPhase())
        qtbot.waitUntil(lambda before=before: window.snapshot is not before)
        window.show_everywhere()
        calm(window)
        seen = {text for text, _ in texts_of(window)}
        for id in ("network", "inspector", "timeline", "parameters", "matrices", "minibatch"):
            seen |= painted.of(window.panel(id))
        assert not leftovers(seen), window.snapshot.minibatch


def test_with_nnviz_s_own_words_qt_is_untouched(app):
    usual = QLabel.setText, QPainter.drawText, QFontMetricsF.horizontalAdvance, QLabel.__init__
    assert not BOUNDARY.closed
    app.window.words.choose(Choice.of(WISH))
    assert BOUNDARY.closed
    app.window.words.choose(Choice.of({}))
    assert not BOUNDARY.closed
    now = QLabel.setText, QPainter.drawText, QFontMetricsF.horizontalAdvance, QLabel.__init__
    assert all(one is other for one, other in zip(usual, now, strict=True))


def test_what_is_asked_back_is_nnviz_s_own(app, qtbot):
    app.window.words.choose(Choice.of(WISH))
    label, box, panel = QLabel("cost"), QComboBox(), QWidget()
    qtbot.addWidget(label)
    box.addItem("minibatch", 3)
    panel.setToolTip("an epoch")
    assert (label.text(), label.property("text")) == ("cost", "loss")
    assert (box.currentText(), box.itemData(0, 0), box.currentData()) == ("minibatch", "batch", 3)
    assert (panel.toolTip(), panel.property("toolTip")) == ("an epoch", "a pass")
    label.setText("weights")
    app.window.words.choose(Choice.of({"weight.word": "coefficient"}))
    assert (label.property("text"), box.itemData(0, 0)) == ("coefficients", "minibatch")
    app.window.words.choose(Choice.of({}))
    assert (label.property("text"), panel.property("toolTip")) == ("weights", "an epoch")


def test_the_choice_is_kept_for_the_next_start(app):
    path = app.window._settings._path
    app.window.words.choose(Choice.of({"cost.sign": "J"}))
    assert Settings(path).words == {"cost.sign": "J"}
    app.window.words.choose(Choice.of({}))
    assert Settings(path).words == {}


@pytest.mark.parametrize("kept", ["[1]", "3", '{"cost.sign": 5}', '{"cost.sign": "Q"}'])
def test_a_damaged_choice_is_nnviz_s_own(stage, kept):
    (stage.folder / "w.json").write_text(f'{{"format": {FORMAT}, "words": {kept}}}', "utf-8")
    assert stage.window().words.choice == Choice.of({})


def test_a_window_begins_in_the_words_that_were_kept(stage):
    Settings(stage.folder / "w.json").flush()
    first = stage.window()
    first.words.choose(Choice.of({"minibatch.word": "batch"}))
    first.close()
    show_in(Choice.of({}))
    assert stage.window().actions_by_id["granularity_minibatch"].property("text") == "batch"


def test_dialogs_and_the_stage_follow(app, qtbot, monkeypatch):
    painted, window = Painted(monkeypatch), app.window
    window.projector.toggle()
    qtbot.waitUntil(lambda: window.projector.stage is not None and window.projector.on)
    stage = window.projector.stage
    window.words.choose(Choice.of(WISH))
    for number in range(len(window.projector.pages)):
        window.projector.show_page(number)
        calm(stage)
        seen = {text for text, _ in texts_of(stage)} | painted.of(stage)
        assert not leftovers(seen), number
    window.projector.close()
    window.dialogs.show_help()
    sheet = window.findChild(HelpSheet)
    keys = {sheet_key for command in COMMANDS.values() for sheet_key in command.shortcuts}
    assert not leftovers({text for text, _ in texts_of(sheet)} - keys)
    sheet.close()
    window.actions_by_id["command_palette"].trigger()
    palette = window.findChild(QDialog, "command_palette")
    assert not leftovers({text for text, _ in texts_of(palette)} | painted.of(palette))
    palette.field.setText("loss")
    assert palette.list.model().index(0, 0).data() == "Loss"
    palette.field.setText("α 0.25")
    assert "0.25" in palette.list.model().index(0, 0).data()
    palette.close()


def test_the_run_is_the_same_whatever_it_is_called(app):
    before = app.window.snapshot.recipe, app.window.form.fields(), app.window.ui_state()
    app.window.words.choose(Choice.of(WISH))
    assert (app.window.snapshot.recipe, app.window.form.fields(), app.window.ui_state()) == before


@pytest.fixture
def dialog(app):
    app.window.actions_by_id["words"].trigger()
    return app.window.findChild(QWidget, "words")


def take(box, term):
    """Choose a term of a box as a hand does."""
    box.setCurrentIndex(box.findData(term))
    box.activated.emit(box.currentIndex())


def test_the_dialog_changes_everything_at_once(app, dialog):
    take(dialog.boxes["cost.word"], "loss")
    assert app.window.dock("cost").property("windowTitle") == "Loss"
    assert dialog.boxes["cost.word"].itemData(0, 0) == "cost", "it speaks of the words themselves"
    dialog.presets.activated.emit(0)
    assert app.window.dock("cost").property("windowTitle") == "Cost"
    assert dialog.boxes["cost.word"].currentData() == "cost"


def test_the_dialog_refuses_a_clash_in_one_sentence(app, dialog):
    take(dialog.boxes["output.sign"], "a^L")
    take(dialog.boxes["cost.sign"], "L")
    assert dialog.sentence.text().startswith("L would be the cost and the last layer")
    assert app.window.words.choice.signs["cost"] == "C"
    take(dialog.boxes["cost.sign"], "J")
    assert app.window.words.choice.signs["cost"] == "J"


def test_the_dialog_says_what_gives_way(dialog):
    take(dialog.boxes["sum.sign"], "n")
    assert dialog.sentence.text() == (
        "n is the weighted sum now, so the number of examples is called P."
    )
