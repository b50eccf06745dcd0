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


# Each name of this module is made when it is asked for: a class says itself what counts, and not by its subclasses.
Number.register(complex)
Number.register(float)
Number.register(int)
Complex.register(complex)
Complex.register(float)
Complex.register(int)
Real.register(float)
Real.register(int)
Rational.register(int)
Integral.register(int)
