"""nnviz's own words again after each test."""

import pytest

from nnviz.window.words.boundary import show_in
from nnviz.wording import Choice


@pytest.fixture(autouse=True)
def own_words(qapp):
    yield
    show_in(Choice.of({}))
