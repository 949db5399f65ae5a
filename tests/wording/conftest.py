"""Other words, and nnviz's own again after each test."""

import pytest

from nnviz import wording
from nnviz.wording import Choice


@pytest.fixture(autouse=True)
def own_words():
    yield
    wording.choose(Choice.of({}))


@pytest.fixture
def said():
    """What is said for a text, in the terms given as cost_sign="L"."""

    def say(text, **terms):
        wished = {".".join(name.rsplit("_", 1)): term for name, term in terms.items()}
        wording.choose(Choice.of(wished))
        return wording.said(text)

    return say
