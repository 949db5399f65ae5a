"""The runs panel: what differs, what is laid over, and what is saved."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.engine import Recipe
from nnviz.engine.run.seed_band import SeedBand
from nnviz.engine.run.summary import RunSummary
from nnviz.messages.commands import CallOffSeeds, ListRuns, OpenSession, TrainSeeds
from nnviz.messages.events import CurvesLaidOver, Failure, KnownRun, KnownRuns, RunKept
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.runs import text
from nnviz.views.runs.picture import MOST_OVER, RunsState, picture
from nnviz.views.runs.table import spark
from nnviz.views.runs.view import RunsView
from nnviz.views.shared.type_scale import TypeScale
from tests.ports import ListedPorts
from tests.views.grabbing import pixels
from tests.waiting import events_done

LEFT = Qt.MouseButton.LeftButton
HERE = Recipe(dataset="tiny", layers=(784, 6, 10), learning_rate=3.0)
CURVE = np.array([[0.0, 1.0, 1.1], [1.0, 0.5, 0.6], [2.0, 0.2, 0.3]])


def known(place, **changes):
    recipe = replace(HERE, **changes)
    summary = RunSummary(recipe, "tiny", 40, 2.0, 0.3 + place, 0.9, curve=CURVE + place)
    return KnownRun(Path(f"/runs/{place}.nnviz"), f"21:0{place}", summary)


RUNS = tuple(known(place, learning_rate=0.5 * (place + 1)) for place in range(6))


@pytest.fixture
def moment(make_snapshot):
    return make_snapshot(HERE, steps=3)


@pytest.fixture
def ports():
    return ListedPorts()


@pytest.fixture
def view(show, moment, ports):
    view = show(RunsView, moment, (760, 320))
    view.join(ports)
    ports.publish(KnownRuns(RUNS))
    return view


def laid(ports):
    heard = []
    ports.on(CurvesLaidOver, heard.append)
    return heard


def tick(view, row):
    place = view.table.visualItemRect(view.table.item(row, 0))
    QTest.mouseClick(
        view.table.viewport(), LEFT, pos=place.center() - QPoint(place.width() // 4, 0)
    )
    events_done()


def said(view):
    table = view.table
    return [
        [table.item(row, column).text() for column in range(1, table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_the_table_has_the_fields_that_differ_and_what_came_of_each(view):
    heads = [view.table.horizontalHeaderItem(at).text() for at in range(view.table.columnCount())]
    assert heads == ["over", "η", "test", "cost", "curve", "epochs", "data", "when"]
    assert said(view)[1] == ["0.5", "90.0\u202f%", "0.3", "", "2", "tiny", "21:00"]
    assert said(view)[0][0] == "3"
    assert view.table.item(0, 0).text() == text.NOW
    assert view.table.item(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert view.table.rowCount() == 7


def test_numbers_stand_at_the_right_below_one_another(view):
    table, right = view.table, Qt.AlignmentFlag.AlignRight
    heads = [table.horizontalHeaderItem(at) for at in range(table.columnCount())]
    for row in range(table.rowCount()):
        for at, head in enumerate(heads):
            number = head.text() in {"η", "test", "cost", "epochs"}
            assert bool(table.item(row, at).textAlignment() & right) == number
            assert bool(head.textAlignment() & right) == number


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_what_tells_most_is_in_sight_at_its_first_place(view, ports, factor):
    """That is the left side of a window of 1280 pixels, where the panel is 260 wide."""
    others = (
        known(1, layers=(784, 100, 100, 10), activation="leaky_relu"),
        known(2, layers=(784, 10), optimiser="momentum", l2=0.25),
    )
    ports.publish(KnownRuns(others))
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    view.resize(round(260 * factor), round(500 * factor))
    events_done()
    table = view.table
    heads = [table.horizontalHeaderItem(at).text() for at in range(table.columnCount())]
    assert {"test", "cost", "curve"} <= {*heads[:6]}
    for row in range(table.rowCount()):
        for at in range(heads.index("curve") + 1):
            item = table.item(row, at)
            assert table.visualItemRect(item).right() <= table.viewport().width()
            assert item.toolTip() == item.text() or at == 0
    view.resize(round(700 * factor), round(500 * factor))
    events_done()
    wide = [table.columnWidth(at) for at in range(table.columnCount())]
    metrics = table.fontMetrics()
    for at, head in enumerate(heads):
        said = [table.item(row, at).text() for row in range(table.rowCount())]
        assert wide[at] >= max(map(metrics.horizontalAdvance, [head, *said]))


def test_it_asks_which_runs_are_kept_at_first_and_whenever_one_gives_way(view, ports):
    assert ports.sent.count(ListRuns()) == 1
    ports.publish(RunKept())
    assert ports.sent.count(ListRuns()) == 2


def test_a_ticked_run_is_laid_over_by_click_and_by_key_and_the_first_gives_way(view, ports):
    heard = laid(ports)
    tick(view, 1)
    (over,) = heard[-1].curves
    assert over.name == "η 0.5"
    assert np.array_equal(over.costs, CURVE[:, 2])
    view.table.setFocus()
    view.table.setCurrentCell(2, 0)
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    events_done()
    assert [one.name for one in heard[-1].curves] == ["η 0.5", "η 1"]
    for row in (3, 4, 5):
        tick(view, row)
    assert [one.name for one in heard[-1].curves] == ["η 1", "η 1.5", "η 2", "η 2.5"]
    assert len(heard[-1].curves) == MOST_OVER
    tick(view, 3)
    assert "η 1.5" not in [one.name for one in heard[-1].curves]


def test_what_is_laid_over_is_kept_and_restored(view, ports, show, moment):
    tick(view, 2)
    kept = view.state()
    other = show(RunsView, moment, (760, 320))
    other.join(ports)
    other.restore(kept)
    heard = laid(ports)
    ports.publish(KnownRuns(RUNS))
    assert [one.name for one in heard[-1].curves] == ["η 1"]
    other.restore({"over": 3})
    other.restore({"over": ["/nowhere"]})
    ports.publish(KnownRuns(()))
    assert heard[-1].curves == ()


def test_a_double_click_and_enter_open_a_run_but_not_the_one_on_screen(view, ports):
    place = view.table.visualItemRect(view.table.item(2, 1)).center()
    QTest.mouseClick(view.table.viewport(), LEFT, pos=place)
    assert view.open_button.isEnabled()
    QTest.mouseDClick(view.table.viewport(), LEFT, pos=place)
    assert ports.sent[-1] == OpenSession(Path("/runs/1.nnviz"))
    view.table.setCurrentCell(0, 1)
    assert not view.open_button.isEnabled()
    sent = len(ports.sent)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert len(ports.sent) == sent
    view.table.setCurrentCell(3, 1)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert ports.sent[-1] == OpenSession(Path("/runs/2.nnviz"))


def test_the_table_is_saved_for_a_spreadsheet_with_numbers_in_full(view, ports, tmp_path):
    view.save_csv(tmp_path / "runs.csv")
    rows = list(csv.DictReader((tmp_path / "runs.csv").read_text().splitlines()))
    assert [row["learning_rate"] for row in rows] == ["3.0", *(str(0.5 * n) for n in range(1, 7))]
    assert rows[2]["cost"] == "1.3"
    assert rows[2]["rmse"] == ""
    heard = []
    ports.on(Failure, heard.append)
    (tmp_path / "taken").write_text("")
    view.save_csv(tmp_path / "taken" / "runs.csv")
    assert len(heard) == 1


def test_other_seeds_are_asked_for_and_called_off_by_one_button(view, ports):
    QTest.mouseClick(view.seeds_button, LEFT)
    assert ports.sent[-1] == TrainSeeds()
    nothing = np.zeros(0)
    band = SeedBand(HERE, 0, (1,), 0.2, False, nothing, nothing, nothing, nothing, (), True)
    ports.publish(band)
    assert view.seeds_button.text() == text.STOPS[0][2]
    QTest.mouseClick(view.seeds_button, LEFT)
    assert ports.sent[-1] == CallOffSeeds()
    ports.publish(replace(band, over=True))
    assert view.seeds_button.text() == text.BUTTONS[0][2]


def test_runs_of_earlier_versions_stand_there_too(moment):
    old = RunSummary.from_words({"data": "digits", "layers": [784, 30, 10], "step": 600})
    shown = picture(moment, [KnownRun(Path("/runs/a.nnviz"), "12 Oct 9:00", old)], RunsState())
    assert shown.rows[1].cells == ("–", "–", "", "600 steps", "digits", "12 Oct 9:00")
    assert shown.rows[1].name == "12 Oct 9:00"
    assert spark(old.curve, 50, 20) is None


def test_small_curves_keep_within_their_cell_and_are_seen(view):
    points = spark(CURVE, 50.0, 20.0)
    assert [point.x() for point in points] == [0.0, 25.0, 50.0]
    assert (points[0].y(), points[-1].y()) == (0.0, 20.0)
    assert len(spark(CURVE[:1], 50.0, 20.0)) == 1
    cell = view.table.visualItemRect(view.table.item(1, view.table.curves.column))
    seen = pixels(view.table.viewport())[cell.top() : cell.bottom(), cell.left() : cell.right()]
    now = np.array([int(DARK.now[at : at + 2], 16) for at in (1, 3, 5)])
    assert (np.abs(seen[..., :3].astype(int) - now).sum(axis=-1) < 60).any()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_buttons_have_room_at_every_scale(view, theme, factor):
    view.set_theme(replace(theme, scale=TypeScale(factor)))
    view.resize(view.minimumSize())
    events_done()
    for button in (view.open_button, view.csv_button, view.seeds_button):
        assert button.geometry().right() <= view.width()
        assert button.width() >= button.sizeHint().width()
