"""What tests of every view share: moments of a trained little net, and a view that shows one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from nnviz.data.dataset import Dataset
from nnviz.engine.run.snapshot import Snapshot, focus_on
from nnviz.views.palette import DARK, Theme
from nnviz.views.surface3d import framebuffer as relief_buffer
from nnviz.views.view import View
from tests.snapshots import make_dataset, make_snapshot
from tests.views.textbook import BACK, first_moment

V = TypeVar("V", bound=View)


@pytest.fixture(autouse=True)
def _smooth_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, the same scene has the same pixels."""
    monkeypatch.setattr(relief_buffer, "BUDGET", float("inf"))


@pytest.fixture(name="make_snapshot")
def _make_snapshot() -> Callable[..., Snapshot]:
    """`make_snapshot`, for tests to ask for by name."""
    return make_snapshot


@pytest.fixture(name="make_dataset")
def _make_dataset() -> Callable[..., Dataset]:
    """`make_dataset`, for tests to ask for by name."""
    return make_dataset


@pytest.fixture
def back() -> Snapshot:
    """The well-known 2-2-2 net before its first step."""
    return first_moment(BACK)


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Callable[..., View]]:
    """Give a function that puts a view on screen, with a moment in it."""
    yield from _showing()


@pytest.fixture(scope="module")
def show_for_module(qapp: QApplication) -> Iterator[Callable[..., View]]:
    """`show`, for views that stay until the tests of a module are over."""
    yield from _showing()


def _showing() -> Iterator[Callable[..., View]]:
    shown: list[View] = []  # qtbot would know them weakly: one could go while it is drawn

    def show(
        kind: type[V],
        snapshot: Snapshot | None = None,
        size: tuple[int, int] | None = None,
        theme: Theme = DARK,
    ) -> V:
        view = kind()
        shown.append(view)
        if size is not None:
            view.resize(*size)
        view.set_theme(theme)
        if snapshot is not None:
            view.show_snapshot(snapshot)
        view.show()
        return view

    yield show
    for view in shown:
        if isValid(view):  # else it went with the window that a test had put it into
            view.close()
            view.deleteLater()


@pytest.fixture(name="with_theta")
def _with_theta() -> Callable[[Snapshot, np.ndarray], Snapshot]:
    """Give a function that shows other parameters in a snapshot, activations included."""

    def with_theta(snapshot: Snapshot, theta: np.ndarray) -> Snapshot:
        changed = np.array(theta, dtype=snapshot.recipe.dtype)
        moment = replace(snapshot, theta=changed)
        focus = snapshot.focus
        return replace(moment, focus=focus_on(moment.network(), focus.index, focus.x, focus.y))

    return with_theta
