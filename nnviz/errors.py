"""The one kind of error whose text is meant for the user.

Everything that can go wrong through no fault of the program (a broken file, an
impossible recipe, a full disk) is raised as a subclass of `NnvizError` whose
message is one plain sentence: what is wrong and what to do. The command line
prints it, the window shows it; neither ever shows a traceback for it.
"""


class NnvizError(ValueError):
    """A problem described in one sentence for the person at the screen."""
