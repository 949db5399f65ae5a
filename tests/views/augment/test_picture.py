"""The dozen, without a window."""

from dataclasses import replace

import numpy as np

from nnviz.engine.recipe import Recipe
from nnviz.engine.training.augment import variants
from nnviz.views.augment import text
from nnviz.views.augment.picture import DOZEN, AugmentState, picture
from nnviz.views.shared.no_run import NO_RUN
from tests.views.augment.conftest import VARIED

FIRST = AugmentState()


def test_the_original_stands_first_and_the_others_are_what_training_sees(moment):
    snapshot = moment()
    original = snapshot.sample.x_train[3]
    shown = picture(snapshot, VARIED, AugmentState(3))
    np.testing.assert_array_equal(shown.pictures[0].ravel(), original)
    expected = variants(VARIED, original, (28, 28), DOZEN - 1)
    np.testing.assert_array_equal(shown.pictures[1:], expected)
    assert shown.captions[0] == "and 11 variants of training image 4"
    assert shown.said == ""


def test_pictures_are_counted_on_behind_the_last(moment):
    snapshot = moment()
    last = len(snapshot.sample.x_train)
    again = picture(snapshot, VARIED, AugmentState(last + 2))
    np.testing.assert_array_equal(
        again.pictures, picture(snapshot, VARIED, AugmentState(2)).pictures
    )


def test_it_says_why_there_is_nothing(moment):
    assert picture(None, None, FIRST).said == NO_RUN[0]
    table = moment(Recipe(layers=(5, 4, 2), dataset="tiny"))
    for snapshot in (table, replace(moment(), sample=None)):
        shown = picture(snapshot, snapshot.recipe, FIRST)
        assert shown.pictures is None
        assert shown.said == text.NO_PICTURES
