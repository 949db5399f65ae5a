"""Showing: what the script of a lesson says, made into what the panel and the strip show."""

from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.gestures import BIASES, WEIGHTS
from nnviz.lessons.lesson import Question, Text
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.lessons.texts import in_language, unfilled
from nnviz.numbers import write
from nnviz.window.lesson.hands import hands_of
from nnviz.window.lesson.listing import shown_title
from nnviz.window.lesson.pointing import name_of
from nnviz.window.lesson.shown import Asked, Shown, Slid
from nnviz.window.lesson.words import Words


def shown_of(
    script: Script,
    words: Words,
    seen: Observed | None,
    *,
    allowed: frozenset[str],
    skipping: bool,
    pointing: str,
    can_take: bool,
    hands: tuple[int, ...] | None,
    busy: bool,
    line: str,
    next_title: str,
) -> Shown:
    """Return what is shown of a scene now.

    Args:
        script: of the lesson.
        words: the player's own.
        seen: what there is to see; None before anything is.
        allowed: the gestures that are alive.
        skipping: True where the question that leads on is asked in place of the scene's own.
        pointing: says what is pointed at.
        can_take: whether anything is.
        hands: counted so far for each choice; None where nobody counts.
        busy: True while the scene is still being prepared.
        line: the quiet line.
        next_title: of the lesson after this one.
    """
    scene, (number, count) = script.scene, script.progress
    language = script.language
    title = shown_title(script.lesson.heading, language)
    if script.finished:
        aim = in_language(script.lesson.heading.aim, language)
        return Shown(
            title, scene.id, words("done"), count, count, f"{words('finished')}\n\n{aim}",
            can_go_back=True, finished=True, next_title=next_title, line=line,
        )  # fmt: skip
    question = scene.skip if skipping else scene.question
    given = None if skipping else script.given.of(scene)
    judged = script.judged
    asked = None
    if question is not None:
        asked = _asked(script, question, given, seen, pointing, can_take, hands, skips=skipping)
    raised = [one for one in script.predictions if one.hands]
    return Shown(
        title,
        scene.id,
        words(scene.kind),
        number,
        count,
        words("loading") if busy and seen is None else script.text,
        sliders=() if seen is None else _sliders(script, seen, allowed),
        picture=getattr(scene, "picture", None),
        prediction="; ".join(one.words for one in script.predictions if not one.hands),
        hands=hands_of(raised[-1]) if raised else None,
        asked=asked,
        feedback=_feedback(judged, given, words),
        right=None if judged is None or not judged.judged else judged.right,
        hints=script.hints,
        line=words("loading") if busy and not line else line,
        can_go_on=script.can_go_on,
        can_go_back=number > 1,
        hints_left=script.hints_left,
        can_skip=scene.skip is not None and not skipping,
        notes=_said(script, scene.notes),
        next_text=_text_after(script),
    )


def _sliders(script: Script, seen: Observed, allowed: frozenset[str]) -> tuple[Slid, ...]:
    """Return where the sliders of a scene stand, as far as the net has what they move."""
    found = []
    for slider in script.scene.sliders if script.arrived else ():
        thing = slider.of.thing(seen)
        if thing is None or not 0 <= thing.parameter < len(seen.snapshot.theta):
            continue
        value = float(seen.snapshot.theta[thing.parameter])
        bias = locate(seen.snapshot.recipe, thing.parameter).source is None
        found.append(
            Slid(
                script.said(slider.name),
                -value if slider.turned else value,
                slider.low,
                slider.high,
                slider.step,
                alive=(BIASES if bias else WEIGHTS) in allowed,
            )
        )
    return tuple(found)


def _text_after(script: Script) -> str:
    """Return what the next scene says, as far as that is known; "" after the last."""
    number, count = script.progress
    after = script.lesson.scenes[number] if number < count else None
    return "" if after is None else unfilled(after.text, script.language)


def _feedback(judged: GivenAnswer | None, given: GivenAnswer | None, words: Words) -> str:
    if judged is not None and judged.judged:
        if judged.hands and judged.right_choices:
            return words("hands_right", choice=judged.correct)
        return judged.feedback
    return words("waits") if given is not None and not given.judged else ""


def _asked(
    script: Script,
    question: Question,
    given: GivenAnswer | None,
    seen: Observed | None,
    pointing: str,
    can_take: bool,
    hands: tuple[int, ...] | None,
    *,
    skips: bool,
) -> Asked:
    kind, answer = str(question.kind), None
    choices = tuple(script.said(choice.text) for choice in question.choices)
    if kind == "point" and question.point == "class":
        kind = "class"
        choices = () if seen is None else seen.snapshot.class_names
    if given is not None:
        value = given.value
        answer = value if isinstance(value, int | float) else given.words or "·"
    right = None if given is None else next(iter(given.right_choices), None)
    may_count = kind == "choice" and given is None and not skips
    if kind == "choice" and given is not None:
        hands = given.hands
    return Asked(
        script.scene.id,
        kind,
        script.said(question.ask),
        choices,
        _said(script, question.unit),
        answer,
        right,
        pointing,
        can_take or (may_count and any(hands or ())),
        skips,
        hands or (),
        may_count,
    )


def _said(script: Script, text: Text) -> str:
    """Return a text of the lesson with its numbers; "" where there is none."""
    return script.said(text) if text else ""


def words_of(
    question: Question, value: object, script: Script, seen: Observed, words: Words
) -> str:
    """Return an answer in words, as it is shown again beside the result."""
    if question.kind == "choice" and isinstance(value, int):
        return script.said(question.choices[value].text)
    if question.point == "class" and isinstance(value, int):
        names = seen.snapshot.class_names
        return names[value] if 0 <= value < len(names) else write(value)
    if isinstance(value, Selection):
        return name_of(value, seen)
    if isinstance(value, int | float):
        return f"{write(value)} {_said(script, question.unit)}".strip()
    return words("the_line") if question.kind == "line" else ""
