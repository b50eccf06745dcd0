# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "fractions".
import math as _math
from numbers import Rational as _Rational


@_Rational.register
class Fraction:
    def __new__(cls, numerator=0, denominator=None):
        made = object.__new__(cls)
        if denominator is None:
            if isinstance(numerator, int):
                top, bottom = int(numerator), 1
            elif isinstance(numerator, str):
                top, bottom = _parsed(numerator)
            elif hasattr(numerator, "as_integer_ratio"):
                top, bottom = numerator.as_integer_ratio()
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            top, bottom = numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator
        else:
            raise TypeError("both arguments should be Rational instances")
        if bottom == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % top)
        shared = _math.gcd(top, bottom) * (-1 if bottom < 0 else 1)
        made._top, made._bottom = top // shared, bottom // shared
        return made

    @property
    def numerator(self):
        return self._top

    @property
    def denominator(self):
        return self._bottom

    real = property(lambda self: self)

    @classmethod
    def from_float(cls, value):
        return cls(value)

    from_decimal = from_float

    def as_integer_ratio(self):
        return self._top, self._bottom

    def is_integer(self):
        return self._bottom == 1

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._bottom <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._top, self._bottom
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._bottom:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    def _with(self, other, exact, inexact, reflected=False):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return exact(other, self) if reflected else exact(self, other)
        if isinstance(other, (float, complex)):
            return inexact(other, float(self)) if reflected else inexact(float(self), other)
        return NotImplemented

    def __add__(self, other): return self._with(other, _add, lambda a, b: a + b)
    def __radd__(self, other): return self._with(other, _add, lambda a, b: a + b, True)
    def __sub__(self, other): return self._with(other, _sub, lambda a, b: a - b)
    def __rsub__(self, other): return self._with(other, _sub, lambda a, b: a - b, True)
    def __mul__(self, other): return self._with(other, _mul, lambda a, b: a * b)
    def __rmul__(self, other): return self._with(other, _mul, lambda a, b: a * b, True)
    def __truediv__(self, other): return self._with(other, _div, lambda a, b: a / b)
    def __rtruediv__(self, other): return self._with(other, _div, lambda a, b: a / b, True)
    def __floordiv__(self, other): return self._with(other, _floor, lambda a, b: a // b)
    def __rfloordiv__(self, other): return self._with(other, _floor, lambda a, b: a // b, True)
    def __mod__(self, other): return self._with(other, lambda a, b: a - b * _floor(a, b), lambda a, b: a % b)
    def __rmod__(self, other): return self._with(other, lambda a, b: a - b * _floor(a, b), lambda a, b: a % b, True)

    def __pow__(self, power):
        if isinstance(power, Fraction) and power._bottom == 1:
            power = power._top
        if isinstance(power, int):
            if power >= 0:
                return Fraction(self._top**power, self._bottom**power)
            return Fraction(self._bottom**-power, self._top**-power)
        return float(self) ** float(power)

    def __rpow__(self, other):
        return other**self._top if self._bottom == 1 else float(other) ** float(self)

    def __neg__(self): return Fraction(-self._top, self._bottom)
    def __pos__(self): return self
    def __abs__(self): return Fraction(abs(self._top), self._bottom)
    def __bool__(self): return self._top != 0
    def __float__(self): return self._top / self._bottom
    def __int__(self): return -(-self._top // self._bottom) if self._top < 0 else self._top // self._bottom

    __trunc__ = __int__

    def __floor__(self): return self._top // self._bottom
    def __ceil__(self): return -(-self._top // self._bottom)

    def __round__(self, ndigits=None):
        if ndigits is None:
            whole, rest = divmod(self._top, self._bottom)
            return whole + (rest * 2 > self._bottom or rest * 2 == self._bottom and whole % 2)
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def _compare(self, other, compare):
        if isinstance(other, (int, Fraction)):
            return compare(self._top * other.denominator, other.numerator * self._bottom)
        if isinstance(other, float):
            if _math.isnan(other) or _math.isinf(other):
                return compare(0.0, other)
            return self._compare(Fraction(other), compare)
        return NotImplemented

    def __eq__(self, other): return self._compare(other, lambda a, b: a == b)
    def __lt__(self, other): return self._compare(other, lambda a, b: a < b)
    def __le__(self, other): return self._compare(other, lambda a, b: a <= b)
    def __gt__(self, other): return self._compare(other, lambda a, b: a > b)
    def __ge__(self, other): return self._compare(other, lambda a, b: a >= b)

    def __hash__(self):
        if self._bottom == 1:
            return hash(self._top)
        modulus = (1 << 61) - 1
        if self._bottom % modulus == 0:
            found = 314159
        else:
            found = abs(self._top) % modulus * pow(self._bottom, modulus - 2, modulus) % modulus
        found = found if self._top >= 0 else -found
        return -2 if found == -1 else found

    def __str__(self): return str(self._top) if self._bottom == 1 else "%s/%s" % (self._top, self._bottom)
    def __repr__(self): return "Fraction(%s, %s)" % (self._top, self._bottom)




def _add(a, b): return Fraction(a._top * b._bottom + b._top * a._bottom, a._bottom * b._bottom)
def _sub(a, b): return Fraction(a._top * b._bottom - b._top * a._bottom, a._bottom * b._bottom)
def _mul(a, b): return Fraction(a._top * b._top, a._bottom * b._bottom)
def _div(a, b): return Fraction(a._top * b._bottom, a._bottom * b._top)
def _floor(a, b): return (a._top * b._bottom) // (a._bottom * b._top)


def _parsed(text):
    from decimal import Decimal, InvalidOperation

    top, slash, bottom = text.strip().partition("/")
    try:
        if slash:
            if not bottom.isdecimal() or not top.lstrip("+-").isdecimal():
                raise ValueError
            return int(top), int(bottom)
        return Decimal(top).as_integer_ratio()
    except (ValueError, InvalidOperation, OverflowError):
        raise ValueError("Invalid literal for Fraction: %r" % text) from None
