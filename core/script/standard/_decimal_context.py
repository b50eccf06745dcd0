# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "decimal": contexts, signals and rounding.
import _stillroom
from decimal import Decimal

ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN = "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_HALF_DOWN"
ROUND_DOWN, ROUND_UP, ROUND_FLOOR, ROUND_CEILING, ROUND_05UP = "ROUND_DOWN", "ROUND_UP", "ROUND_FLOOR", "ROUND_CEILING", "ROUND_05UP"
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
_LARGEST = 100000  # digits that are worked with; more is told


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


def _invalid(kind="InvalidOperation"):
    raise InvalidOperation("[<class 'decimal.%s'>]" % kind)


def _ten(power):
    if power > _LARGEST:
        _stillroom.stop("a decimal number of more than %d digits is not evaluated" % _LARGEST)
    return 10**power


class DecimalTuple(tuple):
    __module__ = "decimal"

    def __new__(cls, sign, digits, exponent):
        return tuple.__new__(cls, (sign, digits, exponent))

    sign, digits, exponent = (property(lambda self, index=index: self[index]) for index in range(3))

    def __repr__(self):
        return "DecimalTuple(sign=%r, digits=%r, exponent=%r)" % tuple(self)


class Context:
    __module__ = "decimal"

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        self.prec = 28 if prec is None else prec
        self.rounding = rounding or ROUND_HALF_EVEN
        self.Emin = -999999 if Emin is None else Emin
        self.Emax = 999999 if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = clamp or 0
        self.flags = {}

    def __setattr__(self, name, value):
        if name == "prec" and not (isinstance(value, int) and 1 <= value <= MAX_PREC):
            raise ValueError("valid range for prec is [1, MAX_PREC]") if isinstance(value, int) else TypeError("integer argument expected")
        if name == "rounding" and value not in (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_DOWN, ROUND_UP, ROUND_FLOOR, ROUND_CEILING, ROUND_05UP):
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)

    @property
    def traps(self):
        return {InvalidOperation: True, DivisionByZero: True, Overflow: True}

    @traps.setter
    def traps(self, value):
        _stillroom.stop("the signals of a decimal context cannot be turned on or off here")

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp)

    def _do(self, operation):
        old = _current[0]
        _current[0] = self
        try:
            return operation()
        finally:
            _current[0] = old

    def create_decimal(self, value="0"):
        return self._do(lambda: +Decimal(value))

    def create_decimal_from_float(self, value):
        return self._do(lambda: +Decimal(value))

    def clear_flags(self):
        self.flags.clear()

    def clear_traps(self):
        _stillroom.stop("the signals of a decimal context cannot be turned on or off here")

    def Etop(self):
        return self.Emax - self.prec + 1

    def __repr__(self):
        return "Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[], traps=[InvalidOperation, DivisionByZero, Overflow])" % (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp)

    def add(self, a, b): return self._do(lambda: Decimal(a) + b)
    def subtract(self, a, b): return self._do(lambda: Decimal(a) - b)
    def multiply(self, a, b): return self._do(lambda: Decimal(a) * b)
    def divide(self, a, b): return self._do(lambda: Decimal(a) / b)
    def divide_int(self, a, b): return self._do(lambda: Decimal(a) // b)
    def remainder(self, a, b): return self._do(lambda: Decimal(a) % b)
    def power(self, a, b): return self._do(lambda: Decimal(a) ** b)
    def sqrt(self, a): return self._do(lambda: Decimal(a).sqrt())
    def quantize(self, a, b): return self._do(lambda: Decimal(a).quantize(b))
    def plus(self, a): return self._do(lambda: +Decimal(a))
    def minus(self, a): return self._do(lambda: -Decimal(a))
    def abs(self, a): return self._do(lambda: abs(Decimal(a)))
    def normalize(self, a): return self._do(lambda: Decimal(a).normalize())
    def compare(self, a, b): return self._do(lambda: Decimal(a).compare(b))
    def to_sci_string(self, a): return str(Decimal(a))


DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP)
ExtendedContext = Context(prec=9)
_current = [Context()]


def getcontext():
    return _current[0]


def setcontext(context):
    _current[0] = context


def _rounded(number, divisor, rounding, is_negative):
    whole, rest = divmod(number, divisor)
    if rest:
        double = rest * 2
        up = (
            rounding == ROUND_UP
            or rounding == ROUND_CEILING and not is_negative
            or rounding == ROUND_FLOOR and is_negative
            or rounding == ROUND_HALF_UP and double >= divisor
            or rounding == ROUND_HALF_DOWN and double > divisor
            or rounding == ROUND_HALF_EVEN and (double > divisor or double == divisor and whole % 2)
            or rounding == ROUND_05UP and whole % 5 == 0
        )
        if up:
            whole += 1
    return whole


def _length(number):
    """How many decimal digits; int's own text is limited in length."""
    guess = max(1, number.bit_length() * 30103 // 100000)
    while 10**guess <= number:
        guess += 1
    return guess


class localcontext:
    __module__ = "decimal"

    def __init__(self, ctx=None, **keywords):
        self._new = (ctx or _current[0]).copy()
        for name, value in keywords.items():
            setattr(self._new, name, value)

    def __enter__(self):
        self._old = _current[0]
        _current[0] = self._new
        return self._new

    def __exit__(self, kind, value, trace):
        _current[0] = self._old
