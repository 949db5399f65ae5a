"""The branches view: what its rows say, and real clicks and keys on them."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from nnviz.messages.commands import DropBranch, NameBranch, TakeBranch
from nnviz.views import VIEWS
from nnviz.views.branches import SPEC
from nnviz.views.branches.picture import as_of
from nnviz.views.branches.text import EMPTY
from nnviz.views.branches.view import BranchesView
from nnviz.views.palette import THEMES, rgb
from nnviz.views.shared.sentence import fullest
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.waiting import events_done
from tests.wishes import on_wish

SIZES = [(220, 150), (240, 260), (340, 420), (1000, 660)]


@pytest.fixture
def view(qtbot, show, moment):
    view = show(BranchesView, None, (300, 320))
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.show_snapshot(moment)
    return view


def row(view, number):
    items = [view.rows.item(place) for place in range(view.rows.count())]
    item = next(item for item in items if item.data(Qt.ItemDataRole.UserRole) == number)
    view.rows.scrollToItem(item)
    return view.rows.visualItemRect(item)


def click(view, number):
    QTest.mouseClick(
        view.rows.viewport(), Qt.MouseButton.LeftButton, pos=row(view, number).center()
    )


def signals(view):
    calls = []
    on_wish(view, TakeBranch, lambda take: calls.append(("take", take.number)))
    on_wish(view, NameBranch, lambda name: calls.append(("rename", name.number, name.name)))
    on_wish(view, DropBranch, lambda drop: calls.append(("drop", drop.number)))
    return calls


# -- what is said --------------------------------------------------------------------------------


def test_without_another_branch_it_says_how_to_get_one(view, moment):
    view.show_snapshot(replace(moment, branches=moment.branches[2:]))
    assert view.empty.isVisible()
    assert view.empty.text() == EMPTY
    for part in (view.rows, view.table, view.take_button, view.drop_button):
        assert not part.isVisible()
    view.show_snapshot(replace(moment, branches=()))
    assert view.empty.isVisible()
    view.show_snapshot(moment)
    assert not view.empty.isVisible()
    assert view.rows.isVisible()


def test_the_selected_ghost_is_compared_with_the_current_branch(view):
    click(view, 0)
    table = view.table
    assert table.words.text().replace("\u00a0", " ").startswith("here: η 3 → 0.5 · there")
    assert [head.text() for head in table.heads] == ["test", "step 1\u202f800", "at the end"]
    cells = [[cell.text().split() for cell in line] for line in table.cells]
    assert cells == [
        [["0.0800", "92.0", "%"], ["0.0700", "93.0", "%"]],
        [["0.120", "88.0", "%"], ["0.100", "90.0", "%"]],
    ]
    view.resize(240, 320)
    assert table.words.text().replace("\u00a0", " ").startswith("here: η 3 → 0.5\nthere")
    click(view, 4)
    assert table.heads[1].text() == "same step"
    assert table.cells[0][0].text() == table.cells[1][0].text() == "–"
    click(view, 7)
    assert not table.isVisible()


def test_where_there_is_no_score_costs_alone_are_compared(view, moment):
    branches = tuple(
        replace(look, evaluations=tuple(
            replace(one, test_accuracy=np.nan) for one in look.evaluations
        ))
        for look in moment.branches
    )  # fmt: skip
    view.show_snapshot(replace(moment, branches=branches))
    click(view, 0)
    assert view.table.cells[0][1].text() == "0.0700"
    assert not any("%" in label.text() for label in view.findChildren(QLabel))


def test_the_branch_that_was_left_just_now_is_selected(view, moment):
    assert view.selected == 4  # the latest ghost
    first, second, third = moment.branches
    now = (replace(first, current=True), second, replace(third, current=False))
    view.show_snapshot(replace(moment, branches=now))
    assert view.selected == 7
    view.show_snapshot(replace(moment, branches=now[:2]))
    assert view.selected == 4


# -- clicks and keys -----------------------------------------------------------------------------


def test_a_double_click_goes_back_to_a_branch(view):
    calls = signals(view)
    place = row(view, 0).center()
    QTest.mouseClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert calls == []
    QTest.mouseDClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert calls == [("take", 0)]
    assert not view.rows.editing


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_goes_back_to_a_branch(view, key):
    calls = signals(view)
    click(view, 0)
    QTest.keyClick(view.rows, Qt.Key.Key_Down)
    QTest.keyClick(view.rows, key)
    assert calls == [("take", 4)]


def test_the_buttons_act_on_the_selected_branch(view):
    calls = signals(view)
    click(view, 0)
    QTest.mouseClick(view.take_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.drop_button, Qt.MouseButton.LeftButton)
    assert calls == [("take", 0), ("drop", 0)]


def test_the_current_branch_can_neither_be_taken_nor_dropped(view):
    calls = signals(view)
    click(view, 7)
    assert not view.take_button.isVisible()
    assert not view.drop_button.isVisible()
    QTest.mouseDClick(view.rows.viewport(), Qt.MouseButton.LeftButton, pos=row(view, 7).center())
    QTest.keyClick(view.rows, Qt.Key.Key_Return)
    assert calls == []


def editor(view):
    return view.rows.findChild(QLineEdit)


def end(view, key):
    QTest.keyClick(editor(view), key)
    events_done()  # an editor closes with the next event
    assert not view.rows.editing


@pytest.mark.parametrize("number", [0, 7])
def test_f2_renames(view, number):
    calls = signals(view)
    click(view, number)
    QTest.keyClick(view.rows, Qt.Key.Key_F2)
    QTest.keyClicks(editor(view), " slow  one ")
    end(view, Qt.Key.Key_Return)
    assert calls == [("rename", number, "slow one")]


def test_a_name_is_typed_in_peace_while_training_goes_on(view, moment):
    calls = signals(view)
    click(view, 0)
    QTest.mouseClick(view.rename_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor(view), "fast")
    *ghosts, current = moment.branches
    view.show_snapshot(replace(moment, branches=(*ghosts, replace(current, reached=1950))))
    QTest.keyClicks(editor(view), "er")
    end(view, Qt.Key.Key_Return)
    assert calls == [("rename", 0, "faster")]


@pytest.mark.parametrize("text", ["", "   ", "original"])
def test_no_name_or_the_same_is_no_renaming(view, text):
    calls = signals(view)
    click(view, 0)
    QTest.keyClick(view.rows, Qt.Key.Key_F2)
    QTest.keyClick(editor(view), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor(view), Qt.Key.Key_Delete)
    QTest.keyClicks(editor(view), text)
    end(view, Qt.Key.Key_Return)
    assert calls == []
    QTest.keyClick(view.rows, Qt.Key.Key_F2)
    QTest.keyClicks(editor(view), "other")
    end(view, Qt.Key.Key_Escape)
    assert calls == []


def test_a_name_refused_by_the_run_is_shown_as_it_was(view, moment):
    click(view, 0)
    QTest.keyClick(view.rows, Qt.Key.Key_F2)
    QTest.keyClicks(editor(view), "eta = 1")
    end(view, Qt.Key.Key_Return)
    assert view.rows.item(0).text() == "original"  # until the run says otherwise
    first, *others = moment.branches
    view.show_snapshot(replace(moment, branches=(replace(first, name="η = 1 (2)"), *others)))
    assert view.rows.item(0).text() == "η = 1 (2)"


def test_keys_of_the_run_stay_the_windows(view):
    pressed = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Space):
        view.addAction("key", key).triggered.connect(lambda _=False, key=key: pressed.append(key))
    click(view, 0)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space):
        QTest.keyClick(view.rows, key)
    assert pressed == [Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space]
    QTest.keyClick(view.rows, Qt.Key.Key_F2)
    QTest.keyClick(editor(view), Qt.Key.Key_Home)
    QTest.keyClick(editor(view), Qt.Key.Key_Space)
    assert len(pressed) == 3


# -- the look ------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_swatches_are_those_of_the_lines(view, theme):
    view.set_theme(theme)
    view.resize(340, 420)
    inks = {}
    for number in (0, 7):
        rect = row(view, number)
        corner = view.rows.viewport().mapTo(view, rect.topLeft())
        strip = pixels(view)[corner.y() + 6 : corner.y() + 24, corner.x() + 6 : corner.x() + 40]
        colour = theme.text if number == 7 else theme.dim
        inks[number] = (np.abs(strip.astype(int) - rgb(colour)).max(axis=2) < 40).any(axis=0)
    solid, dashed = (np.flatnonzero(inks[number]) for number in (7, 0))
    assert len(solid) == solid[-1] - solid[0] + 1 >= 24
    assert len(dashed) < dashed[-1] - dashed[0] + 1


@pytest.mark.parametrize("theme", sampled(THEMES.values(), every=3), ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped(view, moment, size, theme):
    view.set_theme(theme)
    view.resize(*size)
    first, second, third = moment.branches
    words = "L2 λ 0.0001 → 0.0005"
    second = replace(second, words=words, name="a long name that somebody typed", apart=words)
    for looks in (
        (third,),
        (first, second, third),
        (first, replace(second, evaluations=()), third),
    ):
        view.show_snapshot(replace(moment, branches=looks))
        for number in [one.number for one in looks] if len(looks) > 1 else []:
            click(view, number)
            events_done()  # layouts are made with the next event
            shown = [part for part in view.findChildren(QLabel) if part.isVisible()]
            shown += [part for part in view.findChildren(QPushButton) if part.isVisible()]
            assert len(shown) >= 1
            for part in shown:
                corner = part.mapTo(view, QPoint(0, 0))
                assert view.rect().contains(part.rect().translated(corner))
                text = max(part.text().split("\n"), key=len)
                if not (isinstance(part, QLabel) and part.wordWrap()):
                    assert QFontMetrics(part.font()).horizontalAdvance(text) <= part.width()
                    assert part.height() >= part.minimumSizeHint().height()
                else:
                    assert part.height() >= part.heightForWidth(part.width())
            assert view.rows.viewport().height() >= 0.9 * row(view, number).height()
    assert (pixels(view)[-1] == rgb(theme.panel)).all()


def test_the_rows_follow_training_without_being_listed_anew(view, moment):
    items = [view.rows.item(place) for place in range(3)]
    *ghosts, current = moment.branches
    before = pixels(view)
    view.show_snapshot(replace(moment, branches=(*ghosts, replace(current, reached=3000))))
    assert [view.rows.item(place) for place in range(3)] == items
    assert "3\u202f000 steps" in items[2].toolTip()
    assert (pixels(view) != before).any()


def test_the_spec_makes_the_view(show):
    assert isinstance(show(SPEC.view), BranchesView)
    assert (SPEC.id, SPEC.place) == ("branches", "left")
    assert SPEC in VIEWS


@pytest.mark.parametrize("size", SIZES)
def test_no_line_of_a_row_is_wider_or_higher_than_its_room(view, size):
    view.resize(*size)
    events_done()
    painter = view.rows.itemDelegate()
    small = view.rows.small
    for place in range(view.rows.count()):
        item = view.rows.item(place)
        shown = view.rows.shown[item.data(Qt.ItemDataRole.UserRole)]
        box = view.rows.visualItemRect(item)
        name = painter.name_rect(box)
        origin, words = painter.lines(shown, name.width())
        lines = words.split("\n")
        assert words.endswith(shown.extents[-1].split("\n")[-1])
        metrics = QFontMetrics(small)
        assert max(map(metrics.horizontalAdvance, lines)) <= name.width()
        high = metrics.boundingRect(0, 0, name.width(), 999, Qt.TextFlag.TextWordWrap, origin)
        used = name.bottom() + high.height() + len(lines) * metrics.height()
        assert used <= box.bottom() + 1


def test_a_row_says_when_its_figures_were_true_in_as_many_words_as_fit(view, moment):
    older = next(each for each in moment.branches if as_of(each))
    font = view.rows.font()
    wordings = view.rows.shown[older.number].extents
    metrics = QFontMetrics(font)
    for words in wordings[:-1]:
        assert fullest(wordings, font, metrics.horizontalAdvance(words)) == words
    assert fullest(wordings, font, 10) == wordings[-1]
    tips = [view.rows.item(place).toolTip() for place in range(view.rows.count())]
    assert any(tip.endswith(wordings[0]) for tip in tips)
