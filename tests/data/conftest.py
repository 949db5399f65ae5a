import pytest

from nnviz import paths

SHARED = paths.cache_folder


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Keep every test away from the user's cache and data folders."""
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")


@pytest.fixture
def shared_digits(own_folders, monkeypatch):
    """Read nnviz's own digits from where all tests have them, for making them takes seconds."""
    monkeypatch.setattr(paths, "cache_folder", SHARED)
