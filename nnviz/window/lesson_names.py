"""The names that a lesson may use besides its own: of panels, actions and pages of the window."""

from nnviz.files.sessions import recipe_of_session
from nnviz.lessons.problems import Known
from nnviz.views import VIEWS
from nnviz.window.commands import COMMANDS
from nnviz.window.docks import FORM
from nnviz.window.projector.pages import LESSON_PAGES, PAGES


def known_names() -> Known:
    """Return what there is in the window for lessons to name; which lessons there are is left."""
    return Known(
        panels=frozenset((FORM, *(view.id for view in VIEWS))),
        actions=frozenset(COMMANDS),
        pages={page.id: page.ids for page in (*PAGES, *LESSON_PAGES)},
        of_session=recipe_of_session,
    )
