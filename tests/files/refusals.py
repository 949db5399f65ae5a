"""What every refusal of a damaged file has in common."""

import re

import pytest


def refusal(load, error, path, says=""):
    """Make sure that a file is refused in one sentence, and return that.

    Args:
        load: reads the file.
        error: what it is to raise.
        path: the file.
        says: a pattern that the sentence has to contain.
    """
    with pytest.raises(error) as refused:
        load(path)
    sentence = str(refused.value)
    assert re.search(says, sentence), sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(path) in sentence
    assert len(sentence) < len(str(path)) + 500
    return sentence
