"""A lesson: scenes that drive the real program, as frozen values read from a file."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from nnviz.data.toml_lines import Place
from nnviz.dataclass import dataclass
from nnviz.lessons.expressions import Expression
from nnviz.lessons.solution import Deed
from nnviz.messages.ui_state import UiState

Text = Mapping[str, str]
"""What people read, by language: {"en": "…"}. English is always there, unless it is empty: {}."""
NO_TEXT: Text = {}
KINDS = ("watch", "do", "predict", "observe", "transfer", "discuss")
"""What scenes are for."""
ASKING = ("predict", "transfer", "discuss")
"""Those of them that may ask a question."""
POINTED = ("neuron", "output", "edge", "class")
"""What an answer may be pointed at."""
JUDGED = ("now", "observed")
"""When an answer is judged: as soon as it stands, or once the next observe scene has shown it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be looked at; what it leaves out stays as it is.

    Attributes:
        selection: the thing that is selected; an expression that is worth nothing selects nothing.
        example: which test example is shown, from 0.
        ui: panels, granularity, speed and what is chosen in views.
        page: of the projector.
        stage: in place of that a page of its own: views by their ids and shares of its width.
    """

    selection: Expression | None = None
    example: int | None = None
    ui: UiState = UiState()
    page: str = ""
    stage: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """A way of training that is tried before a lesson begins, and stays beside the run.

    Attributes:
        recipe: fields that are changed for it in the run, and their values.
        train: minibatches trained.
    """

    recipe: Mapping[str, Any]
    train: int


@dataclass(frozen=True, slots=True)
class Start:
    """What a lesson starts with: one of example, session and recipe.

    Attributes:
        example: an example's id, or the path of its file; empty where it is none.
        session: the path of a session file beside the lesson; None where it is none.
        recipe: fields of a recipe, of which `dataset` is always one; empty where it is none.
        tries: each is trained from the first step on, and stays as a branch; the run stands at
            its first step again after them.
        train: minibatches trained before the first scene is shown.
        look: what is looked at.
    """

    example: str = ""
    session: Path | None = None
    recipe: Mapping[str, Any] = field(default_factory=dict)
    tries: tuple[Try, ...] = ()
    train: int = 0
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a scene changes when it begins; nothing of it is asked of hands, and "back" undoes it.

    Attributes:
        recipe: fields and their new values; with a `dataset` among them they begin a run anew, as
            a start does.
        edits: weights and biases, by the expressions that name them, and their new values.
        example: another net, as `Start.example`; empty for none.
        input: the net's own input, one value each; empty for none.
        shift: own input is the picture on screen, moved by so many pixels right and down.
        train: minibatches trained at once.
        goto: the step that is gone to; None for none.
        look_through: True to send the example through the net phase by phase, nothing trained: no
            number is on screen before the phase that works it out.
        look: what is looked at.
    """

    recipe: Mapping[str, Any] = field(default_factory=dict)
    edits: tuple[tuple[Expression, Expression], ...] = ()
    example: str = ""
    input: tuple[Expression, ...] = ()
    shift: tuple[int, int] = (0, 0)
    train: int = 0
    goto: int | None = None
    look_through: bool = False
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Play:
    """Training that plays by itself.

    Attributes:
        until: the condition at which it ends.
        at: minibatches a second; 0 for as fast as possible.
        limit: minibatches after which it ends in any case.
    """

    until: Expression
    at: float = 0.0
    limit: int = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that glows.

    Attributes:
        kind: "thing", "panel" or "command".
        id: of the panel or command.
        thing: what it names where it is a thing.
    """

    kind: Literal["thing", "panel", "command"]
    id: str = ""
    thing: Expression | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose.

    Attributes:
        text: what it says.
        right: whether it is right, or the condition that decides.
        feedback: what is said to whoever chose it.
    """

    text: Text
    right: bool | Expression
    feedback: Text


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to a wrong answer that no choice has: the first whose condition holds.

    Attributes:
        text: what is said.
        when: on which condition; None for otherwise.
    """

    text: Text
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question. Its right answer is the engine's own.

    Attributes:
        ask: the question.
        kind: how it is answered.
        choices: what can be chosen, of a "choice".
        answer: what is right, of every other kind: a number, or a thing to point at.
        tolerance: how far off a number may be; for a line, how far beside in units.
        relative: True where the tolerance is a share of the answer.
        unit: stands behind the number.
        point: what is pointed at, of a "point".
        degrees: how far a line may be turned.
        feedback: for wrong answers, of every kind but choice.
        right_feedback: for the right one.
        judged: when it is judged.
        to: the scene that follows where it is answered right, of a `skip`; empty for the next.
    """

    ask: Text
    kind: Literal["choice", "number", "point", "line"]
    choices: tuple[Choice, ...] = ()
    answer: Expression | None = None
    tolerance: float = 0.0
    relative: bool = False
    unit: Text = field(default_factory=dict)
    point: str = ""
    degrees: float = 0.0
    feedback: tuple[Feedback, ...] = ()
    right_feedback: Text = field(default_factory=dict)
    judged: str = "now"
    to: str = ""


@dataclass(frozen=True, slots=True)
class Expect:
    """What rehearsal asserts at the end of a scene.

    Attributes:
        expression: what is looked at.
        printed: how it is to read there, digit by digit; a condition reads "true".
        each: how it is to read after each step that is done in the scene, in order; empty where
            only the end counts.
    """

    expression: Expression
    printed: str
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider below a scene's text, which moves a weight or a bias.

    Attributes:
        of: what it moves.
        name: what it is called.
        turned: True where it stands at the parameter with the other sign: a threshold is −b.
        low, high: its ends.
        step: from one notch to the next.
    """

    of: Expression
    name: Text
    turned: bool = False
    low: float = -10.0
    high: float = 10.0
    step: float = 0.5


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen of a lesson.

    Attributes:
        id: never changes.
        kind: one of `KINDS`.
        text: what is said, with placeholders.
        remember: values kept when it begins, by name.
        changes: what is changed when it begins.
        play: what plays by itself, or None.
        allow: names of gestures that stay alive.
        rests_at: the step at which training that hands play comes to rest, once; 0 for none. At
            full speed nobody pauses it exactly there, and sentences speak of that step.
        done: when it is finished; None where going on finishes it.
        marks: what glows.
        hints: from vague to exact.
        solution: how it is done, gesture by gesture.
        expect: what rehearsal asserts.
        sliders: that stand below the text, in order.
        picture: the path of a drawing that is shown with the text, or None.
        notes: for the teacher alone.
        half: True where the learner does the last step of a worked example.
        question: what is asked, or None.
        skip: what lets whoever knows it go on, or None.
    """

    id: str
    kind: str
    text: Text
    remember: Mapping[str, Expression] = field(default_factory=dict)
    changes: Changes = Changes()
    play: Play | None = None
    allow: tuple[str, ...] = ()
    rests_at: int = 0
    done: Expression | None = None
    marks: tuple[Mark, ...] = ()
    hints: tuple[Text, ...] = ()
    solution: tuple[Deed, ...] = ()
    expect: tuple[Expect, ...] = ()
    sliders: tuple[Slider, ...] = ()
    picture: Path | None = None
    notes: Text = field(default_factory=dict)
    half: bool = False
    question: Question | None = None
    skip: Question | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of lessons says of one.

    Attributes:
        id: never changes.
        title: what people call it.
        aim: what one can do afterwards, a sentence.
        minutes: how long it takes.
        needs: ids of the lessons before.
        tags: what it is about.
        path: its file.
        draft: True as long as its author is at it: its story need not be whole yet.
    """

    id: str
    title: Text
    aim: Text
    minutes: int
    needs: tuple[str, ...]
    tags: tuple[str, ...]
    path: Path
    draft: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A lesson.

    Attributes:
        heading: what a list says of it.
        start: what it starts with.
        scenes: in order.
        lines: where in the file everything stands, by its way there: ("scene", 2, "done").
    """

    heading: Heading
    start: Start
    scenes: tuple[Scene, ...]
    lines: Mapping[Place, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id."""
        return self.heading.id

    @property
    def path(self) -> Path:
        """Its file."""
        return self.heading.path

    def line(self, *place: str | int) -> int:
        """Return the line of something, or of the nearest around it that is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)
