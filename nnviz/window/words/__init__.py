"""Other books' words: the choice of them, and the glossary that explains each pair."""

from nnviz.window.words.other_words import OtherWords

__all__ = ["OtherWords"]
