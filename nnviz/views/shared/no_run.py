"""What views say while nothing runs: what to do about it."""

NO_RUN = (
    "Nothing runs yet: choose data in the menu Data, or an example in the menu Examples.",
    "Nothing runs yet: choose in the menu Data or Examples.",
    "Nothing runs: see the menu Data.",
)
"""The fullest wording first."""
