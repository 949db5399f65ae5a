"""Tables on the command line: typed ones, exact numbers, several targets, one row."""

import json

import pytest

from nnviz.cli import main
from nnviz.data import load_dataset
from nnviz.data.typed_data import table_of
from nnviz.engine import Timeline
from nnviz.engine.run.verification import verify
from nnviz.lessons import load_example

ONE = 'typed:{"columns":["i1","i2","o1","o2"],"targets":[2,3],"rows":[[0.05,0.1,0.01,0.99]]}'


def trained(capsys, *words):
    assert main(["train", "--epochs", "2", "--layers", "2,2,2", "--json", *words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_typed_table_and_its_file_train_alike(tmp_path, capsys):
    path = tmp_path / "one.csv"
    path.write_text("i1,i2,o1,o2\n0.05,0.10,0.01,0.99\n")
    typed = trained(capsys, "--data", ONE)
    file = trained(capsys, "--data", str(path), "--scale", "none", "--target", "o1,o2")
    twice = ("--target", "o1", "--target", "o2")
    again = trained(capsys, "--data", str(path), "--scale", "none", *twice)
    costs = [[row["train_cost"] for row in rows] for rows in (typed, file, again)]
    assert costs[0] == costs[1] == costs[2]


def test_a_table_is_trained_in_as_many_digits_as_in_the_window(tmp_path, capsys):
    path = tmp_path / "few.csv"
    path.write_text("i1,i2,o1,o2\n0.05,0.10,0.01,0.99\n")
    file = ("--data", str(path), "--scale", "none", "--target", "o1,o2")
    for words in (("--data", ONE), file):
        usual, exact, short = (
            [row["train_cost"] for row in trained(capsys, *words, *dtype)]
            for dtype in ((), ("--dtype", "float64"), ("--dtype", "float32"))
        )
        assert usual == exact != short


@pytest.mark.parametrize(
    "said", ['{"columns":["x"]}', "", '{"columns":["x","y"],"rows":[[1,"a"]]}']
)
def test_what_is_no_table_is_one_sentence(capsys, said):
    assert main(["train", "--data", f"typed:{said}"]) != 0
    assert "This is no typed table" in capsys.readouterr().err


def test_a_typed_table_is_checked(capsys):
    assert main(["data", "check", ONE]) == 0
    assert "2 inputs" in capsys.readouterr().out


@pytest.mark.parametrize("id", ["backprop-222", "and", "park", "linear-163"])
def test_a_run_of_an_example_goes_on_with_an_edited_table(id):
    example = load_example(id)
    timeline = Timeline(example.recipe, example.dataset, example.theta)
    table = table_of(example.dataset)
    table = table.with_cells({(0, 0): 0.75})
    timeline.edit("dataset", table.name, (), load_dataset(table.name))
    assert timeline.current.change.words(example.recipe).startswith("cell ")
    if not timeline.trainer.recipe.untrainable:
        timeline.step()
        assert verify(timeline) == -1
    assert timeline.undo()
    assert timeline.trainer.recipe.dataset == example.recipe.dataset
