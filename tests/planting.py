"""Second places, planted: a list of its own that somebody might keep, so that tests must fail."""

from collections.abc import Callable
from dataclasses import replace
from inspect import signature

import pytest

from nnviz.engine.recipe import Setting, settings
from nnviz.errors import NnvizError


def finds(request: pytest.FixtureRequest, check: Callable[..., None]) -> bool:
    """Tell whether a test fails, with its own fixtures, on what was planted before."""
    try:
        check(**{name: request.getfixturevalue(name) for name in signature(check).parameters})
    except (AssertionError, LookupError, NnvizError, StopIteration, SystemExit):
        return True
    return False


def stale_settings(without: str = "") -> Callable[[], dict[str, Setting]]:
    """Return in place of `settings` one that knows the entries of today, and not one field."""
    known = {
        name: replace(setting, table=dict(setting.table))
        for name, setting in settings().items()
        if name != without
    }
    return lambda: known
