"""The data menu: every data set with a sentence, own ones remembered, files dropped and opened."""

from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from nnviz.data.catalogue import DATASETS
from nnviz.lessons import load_example
from nnviz.paths import resource
from nnviz.window.data_menu import RECENT
from nnviz.window.settings import Settings
from tests.data.idx_files import put_mnist
from tests.dropping import drop
from tests.toys import TOYS
from tests.window.menus import entries_of


def entries(window):
    window.data_choice.menu.aboutToShow.emit()
    return entries_of(window.data_choice.menu)


def datasets(stage):
    return [message.recipe.dataset for message in stage.sent]


def test_every_toy_is_listed_with_its_sentence(stage):
    found = entries(stage.window())
    for name in TOYS:
        source = DATASETS[name]
        assert found[source.title].toolTip() == source.sentence
        assert len(source.sentence) > 10
    found["XOR"].trigger()
    assert datasets(stage) == ["xor"]


def test_own_data_are_remembered_over_starts_and_gone_ones_left_out(stage, tmp_path):
    window = stage.window()
    paths = [tmp_path / f"table{n}.csv" for n in range(RECENT + 2)]
    for path in paths:
        path.write_text("a,b\n")
        window.data_choice.menu.set_current(str(path))
    window.data_choice.menu.set_current("digits")
    paths[-1].unlink()
    window.close()
    window = stage.window()
    found = entries(window)
    shown = [text for text in found if text.startswith("table")]
    assert shown == [path.name for path in paths[-2:1:-1]]
    found[shown[0]].trigger()
    assert datasets(stage) == [str(paths[-2])]
    assert found[shown[0]].toolTip() == str(paths[-2])


def test_a_broken_memory_is_an_empty_one(tmp_path):
    settings = Settings(tmp_path / "s.json")
    for broken in ("{", 3, [1, {"a": 2}], "text", None):
        settings._store.put("recent_data", broken)
        assert settings.recent_data == []


def test_a_table_is_chosen_in_a_dialog_that_takes_files(stage, tmp_path):
    window = stage.window()
    path = tmp_path / "flowers.csv"
    path.write_text("a,b\n")
    entries(window)["Open a table…"].trigger()
    dialog = stage.box(window, "open_table")
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    assert "*.csv" in dialog.nameFilters()[0]
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    assert datasets(stage) == [str(path)]


def test_files_and_folders_are_dropped_on_the_window(stage, tmp_path):
    window = stage.window()
    table = tmp_path / "Table.TSV"
    table.write_text("a\tb\n")
    assert drop(window, [table])
    assert drop(window, [tmp_path])
    assert datasets(stage) == [str(table), str(tmp_path)]
    assert not drop(window, [table, tmp_path]), "one at a time"
    assert not drop(window, [])
    assert len(stage.sent) == 2


def test_what_is_no_data_is_one_sentence(stage, tmp_path):
    window = stage.window()
    path = tmp_path / "letter.docx"
    path.write_bytes(b"")
    assert drop(window, [path])
    box = window.findChild(QMessageBox, "failure")
    assert "letter.docx is nothing that nnviz opens by its name" in box.text()
    assert stage.sent == []
    box.close()


def test_mixtures_have_names_and_those_with_own_data_are_remembered(stage, tmp_path):
    window = stage.window()
    menu = window.data_choice.menu
    assert menu.set_current("mnist+digits:share=0.3") == "MNIST + nnviz's forms"
    put_mnist(tmp_path / "own")
    name = f"digits+{tmp_path / 'own'}"
    assert menu.set_current(name) == "nnviz digits + own"
    assert menu.set_current(f"digits+{tmp_path / 'gone'}") == "nnviz digits + gone"
    found = entries(window)
    found["nnviz digits + own"].trigger()
    assert datasets(stage) == [name]
    assert "nnviz digits + gone" not in found


def test_the_net_of_a_lesson_is_called_by_its_title_and_not_remembered(stage):
    window = stage.window()
    path = resource("lessons") / "examples" / "golf.toml"
    assert window.data_choice.menu.set_current(str(path)) == load_example(path).title
    assert window._settings.recent_data == []
