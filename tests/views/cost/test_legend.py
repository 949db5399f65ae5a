"""The wordings of the legend."""

from dataclasses import replace

from nnviz.views.cost import text
from nnviz.views.cost.legend import Role, wordings

CURVES = [Role.MEAN, Role.TRAIN, Role.VALIDATION, Role.TEST]


def entries(wording):
    return [entry for row in wording.rows for entry in row]


def test_every_wording_has_every_curve_and_figures_have_their_step(validated):
    later = replace(validated, step=70)
    found = wordings(later, validates=True)
    for wording in found:
        assert [one.role for one in entries(wording) if one.role != Role.ASIDE] == CURVES
        has_figures = any("%" in one.text for one in entries(wording))
        assert has_figures == any(one.role == Role.ASIDE for one in entries(wording))
    lengths = [max(map(len, wording.lines)) for wording in found[:4]]
    assert lengths == sorted(lengths, reverse=True)
    assert [len(wording.rows) for wording in found[-3:]] == [2, 4, 1]
    assert found[-1].lines == [" ".join((text.MEAN, text.TRAIN, text.VALIDATION, text.TEST))]


def test_what_is_not_validated_has_no_entry_for_it(trained):
    for wording in wordings(trained, validates=False):
        assert Role.VALIDATION not in [one.role for one in entries(wording)]
