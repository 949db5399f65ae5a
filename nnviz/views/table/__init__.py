"""The table: a small data set as a spreadsheet, whose cells are typed, pasted and scaled."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.table.view import TableView  # when it is first wanted

    return TableView()


SPEC = ViewSpec(
    "table",
    "Table",
    "right",
    _view,
    rate=8.0,
    open=False,
    least=(240, 130),
    gestures=(
        ("Type over a cell", "Changes the number: an edit of the run that Ctrl+Z takes back."),
        ("Ctrl+C and Ctrl+V", "Copy to a spreadsheet and paste from one."),
        (
            "Double-click a head, or F2",
            "Renames the column; a right click makes it an input or a target.",
        ),
    ),
)
