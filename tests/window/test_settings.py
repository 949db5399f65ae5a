"""Settings: kept between starts, plain values only, and never in the way when broken."""

import base64
import json
import os
import pickle
import stat

import pytest
from PySide6.QtCore import QByteArray, QSettings

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.start import start_recipe
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import UiState
from nnviz.views.palette import LIGHT
from nnviz.window import settings_store
from nnviz.window.settings import Settings

LAYOUT = (QByteArray(bytes(range(256)) + b"f)\0"), QByteArray(b"state\n[General]\ntheme=dark"))

STATE = UiState(
    Selection("neuron", 1, 2), "phase", 4, ("recipe", "cost"), ("cost",), {"cost": {"log": True}}
)


def at_first(settings):
    return (
        settings.theme is None
        and (settings.ui_state, settings.layout) == (UiState(), None)
        and settings.recent_data == []
        and settings.recipe == start_recipe("digits")
    )


def test_everything_kept_comes_back(tmp_path):
    path = tmp_path / "folder" / "nnviz.json"
    settings = Settings(path)
    assert at_first(settings)
    settings.theme = LIGHT
    settings.ui_state = STATE
    settings.recipe = Recipe(layers=(2, 4, 1), dataset="xor")
    settings.recent_data = ["/a b/ü,1.csv"]
    settings.layout = LAYOUT
    assert settings.flush()
    again = Settings(path)
    assert again.theme is LIGHT
    assert again.ui_state == STATE
    assert again.recipe == Recipe(layers=(2, 4, 1), dataset="xor")
    assert again.recent_data == ["/a b/ü,1.csv"]
    assert again.layout == LAYOUT


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_only_the_user_may_read_the_file(tmp_path):
    settings = Settings(tmp_path / "nnviz.json")
    settings.ui_state = STATE
    assert settings.flush()
    assert stat.S_IMODE((tmp_path / "nnviz.json").stat().st_mode) == 0o600


def test_a_folder_that_may_not_be_looked_into_costs_only_the_settings(tmp_path, monkeypatch):
    def refuse(path, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(settings_store.Path, "stat", refuse)
    settings = Settings(tmp_path / "nnviz.json")
    assert at_first(settings)
    assert not settings.flush()


def test_two_windows_keep_what_each_has_changed(tmp_path):
    first, second = Settings(tmp_path / "nnviz.json"), Settings(tmp_path / "nnviz.json")
    first.theme = LIGHT
    second.ui_state = STATE
    assert first.flush()
    assert second.flush()
    again = Settings(tmp_path / "nnviz.json")
    assert (again.theme, again.ui_state) == (LIGHT, STATE)


BROKEN = {
    "nothing": "",
    "bytes": "\0\1\2",
    "a list": "[1]",
    "deep": "[" * 100_000,
    "nan": '{"pace": NaN, "theme": ["light"]}',
    "wrong kinds": json.dumps(
        {"theme": {}, "pace": "4", "granularity": 3, "recipe": [1], "recent_data": "x",
         "geometry": 5, "state": "é"}
    ),
    "no base64": '{"geometry": "%%%%", "state": "AAAA"}',
    "impossible": '{"recipe": {"layers": [0]}, "pace": true}',
    "a huge number": json.dumps({"recipe": {"learning_rate": 10**400}}),
    "an older kind": "[General]\ntheme=light\n",
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_costs_only_the_settings(tmp_path, text):
    path = tmp_path / "nnviz.json"
    path.write_bytes(text.encode())
    settings = Settings(path)
    assert at_first(settings)
    settings.theme = LIGHT
    assert settings.flush()
    assert Settings(path).theme is LIGHT


def test_a_file_of_a_newer_version_is_told_and_left_alone(tmp_path):
    path = tmp_path / "nnviz.json"
    newer = json.dumps({"format": settings_store.FORMAT + 1, "theme": "light", "scale": [2]})
    path.write_text(newer)
    settings = Settings(path)
    assert at_first(settings)
    assert "was saved by a newer version of nnviz" in settings.problem
    settings.theme = LIGHT
    assert not settings.flush()
    assert path.read_text() == newer


def test_a_file_that_a_newer_window_writes_meanwhile_is_left_alone(tmp_path):
    path = tmp_path / "nnviz.json"
    settings = Settings(path)
    settings.theme = LIGHT
    assert settings.flush()
    assert json.loads(path.read_text())["format"] == settings_store.FORMAT
    assert (Settings(path).theme, Settings(path).problem) == (LIGHT, "")
    newer = json.dumps({"format": settings_store.FORMAT + 1})
    path.write_text(newer)
    settings.recent_data = ["/a"]
    assert not settings.flush()
    assert path.read_text() == newer


def test_a_file_too_large_to_be_ours_is_not_read(tmp_path):
    path = tmp_path / "nnviz.json"
    path.write_text('{"theme": "light"}' + " " * settings_store.LARGEST)
    assert at_first(Settings(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_neither_waited_for_nor_replaced(tmp_path):
    path = tmp_path / "nnviz.json"
    os.mkfifo(path)
    settings = Settings(path)
    assert at_first(settings)
    settings.ui_state = STATE
    assert not settings.flush()
    assert stat.S_ISFIFO(path.stat().st_mode)


# -- what earlier versions kept ---------------------------------------------------------------


def old_file(folder, **values):
    """Write what an earlier version would have kept."""
    store = QSettings(str(folder / "nnviz.ini"), QSettings.Format.IniFormat)
    for name, value in values.items():
        store.setValue(name, value)
    store.sync()
    return folder / "nnviz.json"


def test_the_settings_of_earlier_versions_are_taken_over_once(tmp_path):
    recipe = Recipe(layers=(2, 4, 1), dataset='C:\\a "b"\\ü.csv')
    path = old_file(
        tmp_path,
        theme="light",
        pace=4,
        granularity="phase",
        recipe=json.dumps(recipe.to_dict()),
        recent_data=json.dumps(["/a b/ü.csv", "/☃, 😀.csv"]),
        geometry=LAYOUT[0],
        state=LAYOUT[1],
    )
    settings = Settings(path)
    assert settings.theme is LIGHT
    assert settings.ui_state == UiState(granularity="phase", speed=4)
    assert settings.recipe == recipe
    assert settings.recent_data == ["/a b/ü.csv", "/☃, 😀.csv"]
    assert settings.layout == LAYOUT
    settings.ui_state = STATE
    assert settings.flush()
    assert Settings(path).theme is LIGHT
    (tmp_path / "nnviz.ini").write_text("[General]\npace=7\ntheme=dark\n")
    assert (Settings(path).ui_state, Settings(path).theme) == (STATE, LIGHT)


class _Bang:
    """Something that writes a file when it is unpickled."""

    def __init__(self, path):
        self._path = path

    def __reduce__(self):
        return (open, (str(self._path), "w"))


def test_a_pickled_object_in_an_old_file_is_left_asleep(tmp_path):
    harmed = tmp_path / "harmed"
    pickled = pickle.dumps(_Bang(harmed), protocol=4)
    bytes_of_qt = (
        b"\0\0\0\x7f\0\0\0\x18PySide::PyObjectWrapper\0"
        + len(pickled).to_bytes(4, "big") + pickled
    )  # fmt: skip
    written = "".join(f"\\x{byte:x}" for byte in bytes_of_qt)
    (tmp_path / "nnviz.ini").write_text(
        f'[General]\ntheme="@Variant({written})"\nrecipe=@Variant({written})\npace=4\n'
        f"geometry=@Variant({written})\nstate=@Invalid()\n"
    )
    settings = Settings(tmp_path / "nnviz.json")
    assert (settings.theme, settings.ui_state.speed, settings.layout) == (None, 4, None)
    assert settings.recipe == start_recipe("digits")
    assert settings.flush()
    assert not harmed.exists()
    assert b"Variant" not in (tmp_path / "nnviz.json").read_bytes()


@pytest.mark.parametrize(
    "text",
    ["\0\1", "[General", "[General]\npace", "[General]\npace=4x\ntheme=\\", "[Other]\npace=4\n",
     "[General]\ngeometry=@ByteArray(\\x1ffff)\nstate=@ByteArray(\nrecipe=[[[\npace=@@4"],
)  # fmt: skip
def test_a_broken_old_file_costs_only_the_settings(tmp_path, text):
    (tmp_path / "nnviz.ini").write_bytes(text.encode())
    assert at_first(Settings(tmp_path / "nnviz.json"))


def test_bytes_are_kept_as_text(tmp_path):
    settings = Settings(tmp_path / "nnviz.json")
    settings.layout = LAYOUT
    settings.flush()
    kept = json.loads((tmp_path / "nnviz.json").read_text("utf-8"))
    assert base64.b64decode(kept["geometry"]) == LAYOUT[0].data()
