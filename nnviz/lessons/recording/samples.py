"""Sample scenes: stand as comments in a new lesson, for whoever writes it to take up.

They ask of a weight, so that they fit every net, and pass the check as they are.
"""

from collections.abc import Iterator

BEGIN = "# ---- More scenes: take the # in front of each line away, and change what they say. ----"
_WEIGHT = "WEIGHT"
_SCENES = """
[[scene]]
id = "expect"
kind = "predict"
text = "One step of training comes next. {name(WEIGHT)} is {WEIGHT} now."
remember = { before = "WEIGHT" }
[scene.question]
ask = "Which way will it go?"
choices = [
  { text = "Up", right = "WEIGHT > before", feedback = "It went from {before} to {WEIGHT}." },
  { text = "Down", right = "WEIGHT < before", feedback = "It went from {before} to {WEIGHT}." },
  { text = "Nowhere", right = "WEIGHT == before", feedback = "It is {WEIGHT}, and was {before}." },
]

[[scene]]
id = "see"
kind = "observe"
text = "Now take the step, and look. It was {before}, and is {WEIGHT}."
allow = ["step", "select", "why"]
done = "steps >= 1"
mark = ["WEIGHT", "command(step)"]

[[scene]]
id = "do-it"
kind = "do"
text = "Select {name(WEIGHT)}."
set = { look = { selection = "nothing" } }
allow = ["select"]
done = "selected(WEIGHT)"
mark = ["WEIGHT"]
hints = [
  "Say here where to look.",
  "Say here which one it is.",
  "Say here what to do with it.",
]
solution = ["select WEIGHT"]

[[scene]]
id = "elsewhere"
kind = "transfer"
text = "This is another net: {name(WEIGHT)} is larger by 1."
set = { edits = { "WEIGHT" = "WEIGHT + 1" } }
[scene.question]
ask = "Which output is the largest now? Click it."
point = "output"
answer = "output(argmax(ŷ))"
feedback = [ { text = "It is the one that reads {max(ŷ)}." } ]
right_feedback = "Yes: it reads {max(ŷ)}."
"""


def sample_scenes(weight: str) -> Iterator[str]:
    """Return the lines of scenes that ask of a weight, each a comment."""
    yield BEGIN
    for line in _SCENES.strip().replace(_WEIGHT, weight).splitlines():
        yield f"# {line}".rstrip()
