# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "numbers".
from abc import ABC


class Number(ABC):
    __hash__ = None


class Complex(Number):
    pass


class Real(Complex):
    pass


class Rational(Real):
    pass


class Integral(Rational):
    pass


Complex.register(complex)
Real.register(float)
Integral.register(int)
