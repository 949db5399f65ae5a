"""The glossary in the whole program: what it says of each pair, and where it shows it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.window.words.glossary import explained, others, pair
from nnviz.wording import Choice, choice, mentions
from tests.sampled import sampled

CONCEPTS = list(explained())
ONLY_THE_PANEL = {"function"}
"""What its panel is called, and says nowhere else."""


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def glossary(app):
    app.window.actions_by_id["glossary"].trigger()
    return app.window.findChild(QWidget, "glossary")


def test_every_pair_is_explained(glossary):
    for concept in CONCEPTS:
        assert glossary.pairs[concept.id].text() == pair(concept, Choice.of({}))
        assert glossary.buttons[concept.id].isEnabled()
    said = glossary.pairs["cost"].text(), glossary.others["cost"].text()
    assert said == ("Cost  C", "other books: L, J, E, loss, error")
    assert others(next(c for c in CONCEPTS if c.id == "error"), Choice.of({})) == (
        "other books: delta, local gradient"
    )


def test_it_follows_the_choice(app, glossary):
    app.window.words.choose(Choice.of({"cost.sign": "L", "cost.word": "loss"}))
    said = glossary.pairs["cost"].text(), glossary.others["cost"].text()
    assert said == ("Loss  L", "other books: C, J, E, cost, error")


@pytest.mark.parametrize(
    "terms", sampled([{}, {"cost.word": "loss", "sum.sign": "net"}], every=2), ids=str
)
def test_each_is_shown_where_it_stands(app, qtbot, glossary, terms):
    window = app.window
    window.words.choose(Choice.of(terms))
    for concept in CONCEPTS:
        before = window.findChild(QWidget, "glossary_mark")
        qtbot.mouseClick(glossary.buttons[concept.id], Qt.MouseButton.LeftButton)

        def new_mark(before=before):
            now = window.findChild(QWidget, "glossary_mark")
            return now is not None and now is not before and now.isVisible()

        qtbot.waitUntil(new_mark)
        mark = window.findChild(QWidget, "glossary_mark")
        assert mark.parentWidget() is window.panel(concept.panel)
        assert mark.parentWidget().visibleRegion().boundingRect().isValid()
        assert bool(mark.spots) == (concept.id not in ONLY_THE_PANEL), concept.id
        assert all(mark.rect().intersects(spot) for spot in mark.spots)


def test_a_mention_is_a_whole_term():
    concepts = {concept.id: concept for concept in CONCEPTS}
    assert mentions(concepts["cost"], choice())("∂C₀/∂w")
    assert mentions(concepts["cost"], choice())("\U0001d436")  # C as formulas have it
    assert not mentions(concepts["cost"], choice())("Costly Cats")
    assert mentions(concepts["output"], choice())("ŷ₂ = 0.3")
