from fractions import Fraction

import numpy as np
import pytest

from nnviz.data import portable_math
from nnviz.data.portable_math import chain, exact, product

NUMBERS = np.random.default_rng(0).normal(size=20_000).astype(np.float32)


@pytest.mark.parametrize("name", ["exp", "sin", "cos"])
@pytest.mark.parametrize("spread", [1, 15])
def test_functions_are_those_of_float64_to_their_last_bits(name, spread):
    x = NUMBERS * np.float32(spread)
    found, wanted = getattr(portable_math, name)(x), getattr(np, name)(x.astype(np.float64))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, wanted, rtol=3e-7, atol=1e-7 if name != "exp" else 0)


def test_a_length_is_rounded_once():
    x, y = NUMBERS.reshape(2, -1)
    wanted = np.sqrt(x.astype(np.longdouble) ** 2 + y.astype(np.longdouble) ** 2)
    np.testing.assert_array_equal(portable_math.hypot(x, y), wanted.astype(np.float32))


def test_functions_at_nought():
    nought = np.zeros(1, np.float32)
    assert [getattr(portable_math, name)(nought)[0] for name in ("exp", "sin", "cos")] == [1, 0, 1]


def rounded(value):
    """Return a fraction as the float32 nearest to it, itself a fraction."""
    return Fraction(float(np.float32(float(value))))


def test_a_product_adds_its_terms_in_order_and_rounds_after_each():
    a, b = NUMBERS[:60].reshape(2, 5, 6), NUMBERS[60:108].reshape(2, 6, 4)
    found = product(a, b)
    assert (found.shape, found.dtype) == ((2, 5, 4), np.float32)
    for n, i, j in np.ndindex(found.shape):
        total = Fraction(0)
        for k in range(6):
            total = rounded(total + Fraction(float(a[n, i, k])) * Fraction(float(b[n, k, j])))
        assert Fraction(float(found[n, i, j])) == total


def test_a_product_of_one_matrix_with_many():
    a, b = NUMBERS[:30].reshape(5, 6), NUMBERS[30:78].reshape(2, 6, 4)
    np.testing.assert_array_equal(product(a, b), product(np.stack([a, a]), b))
    np.testing.assert_allclose(product(a, b), a @ b, atol=1e-5)


def test_terms_are_exact_until_they_are_added():
    almost = np.array([1 + 2**-20], np.float32)
    square = exact(almost, almost)
    assert square[0] == 1 + 2**-19 + 2**-40
    assert chain([square, -square])[0] == -(2.0**-40)  # the first is rounded, the second not
