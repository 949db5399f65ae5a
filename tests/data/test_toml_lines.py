"""The lines that are told of TOML files are those where the values stand."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.toml_lines import line_of

TEXT = '''# a comment, with = and [brackets]
title = "one # no comment"

[data]
rows = [
  [1, 2],  # ]
  [3,

   4],
]
names = ["a", 'b\\', """
"c" ]"""]

[[layer]]
"weights" = [[1]]
[layer.more]
x = { y = 1, z = [1, 2] }
[[layer]]
a.b = 1
[[layer.part]]
last = true
'''


def test_every_value_is_found_on_its_line():
    assert tomllib.loads(TEXT)
    for place, line in {
        (): 1,
        ("title",): 2,
        ("data",): 4,
        ("data", "rows"): 5,
        ("data", "rows", 0): 6,
        ("data", "rows", 1, 1): 9,
        ("data", "names", 1): 11,
        ("data", "names", 2): 11,
        ("layer",): 14,
        ("layer", 0, "weights", 0, 0): 15,
        ("layer", 0, "more"): 16,
        ("layer", 0, "more", "x", "z", 1): 17,
        ("layer", 1): 18,
        ("layer", 1, "a", "b"): 19,
        ("layer", 1, "part", 0, "last"): 21,
        ("data", "rows", 7): 5,  # the nearest around it that is there
        ("nowhere",): 1,
    }.items():
        assert line_of(TEXT, place) == line, place


WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(st.lists(st.lists(st.integers() | WORD, min_size=1), max_size=6))
def test_numbered_lines_are_found_again(rows):
    lines, wanted = ["[t]"], {}
    for number, row in enumerate(rows):
        wanted["t", f"k{number}"] = len(lines) + 1
        lines.append(f"k{number} = [")
        for at, value in enumerate(row):
            wanted["t", f"k{number}", at] = len(lines) + 1
            lines.append(f"  {_toml(value)},")
        lines.append("]")
    text = "\n".join(lines)
    tomllib.loads(text)
    for place, line in wanted.items():
        assert line_of(text, place) == line


def _toml(value):
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(f"\\U{ord(c):08x}" if c in '"\\' or ord(c) < 32 or ord(c) > 126 else c
                         for c in value) + '"'  # fmt: skip
