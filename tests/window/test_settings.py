"""Settings: kept between starts, and never in the way when broken."""

import pytest
from PySide6.QtCore import QByteArray

from nnviz.engine.augment import varied
from nnviz.engine.recipe import Recipe
from nnviz.views.palette import LIGHT
from nnviz.window.settings import Settings


def test_everything_kept_comes_back(tmp_path):
    path = tmp_path / "nnviz.ini"
    settings = Settings(path)
    assert (settings.theme, settings.pace, settings.layout) == (None, -1, None)
    settings.theme = LIGHT
    settings.pace = 4
    settings.granularity = "phase"
    settings.recipe = Recipe(layers=(2, 4, 1), dataset="xor")
    settings.layout = (QByteArray(b"geometry"), QByteArray(b"state"))
    assert settings.flush()
    again = Settings(path)
    assert again.theme is LIGHT
    assert again.pace == 4
    assert again.granularity == "phase"
    assert again.recipe == Recipe(layers=(2, 4, 1), dataset="xor")
    assert again.layout == (QByteArray(b"geometry"), QByteArray(b"state"))


@pytest.mark.parametrize(
    "text", ["", "\0\1\2", "[General]\ntheme=pink\npace=fast\nrecipe=[1]\nstate=5\n",
             "[General]\nrecipe=\"{\\\"layers\\\": [0]}\"\n"]
)  # fmt: skip
def test_a_broken_file_costs_only_the_settings(tmp_path, text):
    path = tmp_path / "nnviz.ini"
    path.write_bytes(text.encode())
    settings = Settings(path)
    assert (settings.theme, settings.pace, settings.layout) == (None, -1, None)
    assert settings.recipe == varied(Recipe())
