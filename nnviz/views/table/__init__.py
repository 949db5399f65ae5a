"""The table: a small data set as a spreadsheet, whose cells are typed, pasted and scaled."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.table.view import TableView  # when it is first wanted

    return TableView()


SPEC = ViewSpec("table", "Table", "right", _view, rate=8.0, open=False, least=(240, 130))
