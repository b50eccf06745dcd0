# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "decimal", and the General Decimal Arithmetic Specification that it follows. What it leaves to
# signals that a script turned on or off is not followed: the usual three raise.
import math as _math

import _stillroom
from _decimal_context import (  # noqa: F401
    BasicContext, Clamped, Context, ConversionSyntax, DecimalException, DecimalTuple, DefaultContext, DivisionByZero, ExtendedContext, FloatOperation,
    Inexact, InvalidOperation, MAX_EMAX, MAX_PREC, MIN_EMIN, Overflow, ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN,
    ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Rounded, Subnormal, Underflow, _LARGEST, _current, _invalid, _length, _rounded, _ten, getcontext,
    localcontext, setcontext,
)

HAVE_THREADS = HAVE_CONTEXTVAR = True


class Decimal:
    def __new__(cls, value="0", context=None):
        made = object.__new__(cls)
        if isinstance(value, Decimal):
            made._set(value._negative, value._digits, value._exponent, value._special)
        elif isinstance(value, int):
            made._set(value < 0, abs(value), 0)
        elif isinstance(value, float):
            if _math.isinf(value) or _math.isnan(value):
                made._set(value < 0, 0, 0, "inf" if _math.isinf(value) else "nan")
            else:
                top, bottom = value.as_integer_ratio()
                power = bottom.bit_length() - 1
                made._set(_math.copysign(1, value) < 0, abs(top) * 5**power, -power)
        elif isinstance(value, str):
            made._parse(value)
        elif isinstance(value, (tuple, list)):
            made._from_parts(value)
        else:
            raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)
        return made

    def __init__(self, value="0", context=None):
        pass

    def _set(self, negative, digits, exponent, special=None):
        self._negative = negative
        self._digits = digits
        self._exponent = exponent
        self._special = special

    def _from_parts(self, value):
        if len(value) != 3 or value[0] not in (0, 1) or not isinstance(value[1], (tuple, list)) or not all(isinstance(each, int) and 0 <= each <= 9 for each in value[1]):
            raise ValueError("argument must be a sequence of length 3")
        digits = 0
        for each in value[1]:
            digits = digits * 10 + each
        if value[2] == "F":
            self._set(value[0] == 1, 0, 0, "inf")
        elif value[2] in ("n", "N"):
            self._set(value[0] == 1, 0, 0, "nan" if value[2] == "n" else "snan")
        elif isinstance(value[2], int):
            self._set(value[0] == 1, digits, value[2])
        else:
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")

    def _parse(self, given):
        text = given.strip().replace("_", "").lower()
        negative = text[:1] == "-"
        if text[:1] in ("-", "+"):
            text = text[1:]
        if text in ("inf", "infinity"):
            return self._set(negative, 0, 0, "inf")
        if text in ("nan", "snan"):
            return self._set(negative, 0, 0, text)
        text, e, tail = text.partition("e")
        sign = tail[:1] if tail[:1] in ("-", "+") else ""
        if e and not tail[len(sign) :].isdecimal():
            _invalid("ConversionSyntax")
        whole, dot, fraction = text.partition(".")
        if not (whole + fraction).isdecimal():
            _invalid("ConversionSyntax")
        if len(whole) + len(fraction) > _LARGEST:
            _stillroom.stop("a decimal number of more than %d digits is not evaluated" % _LARGEST)
        digits = 0
        both = whole + fraction
        for start in range(0, len(both), 4000):
            part = both[start : start + 4000]
            digits = digits * 10 ** len(part) + int(part)
        self._set(negative, digits, (int(tail) if e else 0) - len(fraction))

    @staticmethod
    def _of(negative, digits, exponent, special=None):
        made = object.__new__(Decimal)
        made._set(negative, digits, exponent, special)
        return made

    @classmethod
    def from_float(cls, value):
        if not isinstance(value, (int, float)):
            raise TypeError("argument must be int or float")
        return cls(value)

    def _fit(self):
        context = _current[0]
        if self._special:
            return self
        made = self
        if self._digits and self._digits.bit_length() > context.prec * 3:
            surplus = _length(self._digits) - context.prec
            if surplus > 0:
                made = Decimal._of(self._negative, _rounded(self._digits, _ten(surplus), context.rounding, self._negative), self._exponent + surplus)._fit()
        if made._digits == 0:
            lowest = context.Emin - context.prec + 1
            return made if lowest <= made._exponent <= context.Emax else Decimal._of(made._negative, 0, min(max(made._exponent, lowest), context.Emax))
        adjusted = made._exponent + _length(made._digits) - 1
        if adjusted > context.Emax:
            raise Overflow("[<class 'decimal.Overflow'>, <class 'decimal.Inexact'>, <class 'decimal.Rounded'>]")
        if adjusted < context.Emin:
            lowest = context.Emin - context.prec + 1
            if made._exponent < lowest:
                drop = lowest - made._exponent
                digits = 0 if drop > _length(made._digits) + 1 else _rounded(made._digits, _ten(drop), context.rounding, made._negative)
                return Decimal._of(made._negative, digits, lowest)
        return made

    def _signed(self):
        return -self._digits if self._negative else self._digits

    @staticmethod
    def _other(value):
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) else None

    def _nan(self, other=None):
        """The NaN among the operands, if one is."""
        for each in (self, other):
            if each is not None and each._special == "snan":
                _invalid()
            if each is not None and each._special == "nan":
                return each
        return None

    def _aligned(self, other):
        exponent = min(self._exponent, other._exponent)
        return self._signed() * _ten(self._exponent - exponent), other._signed() * _ten(other._exponent - exponent), exponent

    def __add__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        if self._special or other._special:
            nan = self._nan(other)
            if nan is not None:
                return nan
            if self._special and other._special and self._negative != other._negative:
                _invalid()
            return self if self._special else other
        a, b = self, other
        # A number far below the last digit kept only says in which direction to round.
        precision = _current[0].prec
        for big, small in ((a, b), (b, a)):
            if big._digits and small._digits and big._exponent - precision - 3 > small._exponent + _length(small._digits):
                reach = big._exponent - precision - 3
                tiny = Decimal._of(small._negative, 1, reach)
                a, b = big, tiny
                break
        if a._digits == 0 and b._digits and a._exponent > b._exponent or b._digits == 0 and a._digits and b._exponent > a._exponent:
            return (b if a._digits == 0 else a)._fit()
        if a._digits == 0 and b._digits and b._exponent - a._exponent > _LARGEST or b._digits == 0 and a._digits and a._exponent - b._exponent > _LARGEST:
            return (b if a._digits == 0 else a)._fit()
        x, y, exponent = a._aligned(b)
        total = x + y
        negative = total < 0 or total == 0 and (a._negative and b._negative or _current[0].rounding == ROUND_FLOOR and a._negative != b._negative)
        return Decimal._of(negative, abs(total), exponent)._fit()

    __radd__ = __add__

    def _negated(self):
        return Decimal._of(not self._negative, self._digits, self._exponent, self._special)

    def __sub__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else self + (other if other._special in ("nan", "snan") else other._negated())

    def __rsub__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other - self

    def __mul__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        negative = self._negative != other._negative
        if self._special or other._special:
            nan = self._nan(other)
            if nan is not None:
                return nan
            if not self and not self._special or not other and not other._special:
                _invalid()
            return Decimal._of(negative, 0, 0, "inf")
        return Decimal._of(negative, self._digits * other._digits, self._exponent + other._exponent)._fit()

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        negative = self._negative != other._negative
        if self._special or other._special:
            nan = self._nan(other)
            if nan is not None:
                return nan
            if self._special and other._special:
                _invalid()
            return Decimal._of(negative, 0, 0, "inf") if self._special else Decimal._of(negative, 0, _current[0].Emin - _current[0].prec + 1)
        if other._digits == 0:
            if self._digits == 0:
                _invalid("DivisionUndefined")
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        ideal = self._exponent - other._exponent
        if self._digits == 0:
            return Decimal._of(negative, 0, ideal)._fit()
        shift = max(0, _current[0].prec + _length(other._digits) - _length(self._digits) + 1)
        whole, rest = divmod(self._digits * _ten(shift), other._digits)
        if rest:
            if whole % 5 == 0:
                whole += 1
            return Decimal._of(negative, whole, ideal - shift)._fit()
        exponent = ideal - shift
        while exponent < ideal and whole % 10 == 0:
            whole //= 10
            exponent += 1
        return Decimal._of(negative, whole, exponent)._fit()

    def __rtruediv__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other / self

    def _divided(self, other):
        """Quotient and remainder, both as Decimal."""
        nan = self._nan(other)
        if nan is not None:
            return nan, nan
        negative = self._negative != other._negative
        if self._special:
            if other._special:
                _invalid()
            return Decimal._of(negative, 0, 0, "inf"), None
        if other._special:
            return Decimal._of(negative, 0, 0), self
        if other._digits == 0:
            if self._digits == 0:
                _invalid("DivisionUndefined")
            return None, None
        if self._digits and self._exponent + _length(self._digits) - other._exponent - _length(other._digits) > _current[0].prec + 1:
            _invalid("DivisionImpossible")
        if self._digits and other._exponent - self._exponent > _length(self._digits) + 1:
            return Decimal._of(negative, 0, 0), self
        a, b, exponent = self._aligned(other)
        whole, rest = divmod(abs(a), abs(b))
        if whole >= 10 ** _current[0].prec:
            _invalid("DivisionImpossible")
        return Decimal._of(negative, whole, 0), Decimal._of(self._negative, rest, exponent)

    def __floordiv__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        quotient = self._divided(other)[0]
        if quotient is None:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        return quotient

    def __rfloordiv__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other // self

    def __mod__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        rest = self._divided(other)[1]
        if rest is None:
            _invalid()
        return rest._fit()

    def __rmod__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other % self

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def remainder_near(self, other, context=None):
        other = Decimal._other(other)
        quotient = (self / other).to_integral_value(ROUND_HALF_EVEN)
        return self - other * quotient

    def __pow__(self, power, modulo=None):
        power = Decimal._other(power)
        if power is None:
            return NotImplemented
        if modulo is not None:
            return Decimal(pow(int(self), int(power), int(modulo)))
        nan = self._nan(power)
        if nan is not None:
            return nan
        if self._special or power._special:
            _stillroom.stop("powers of infinite decimal numbers are not evaluated")
        if power != power.to_integral_value():
            if power == Decimal("0.5") and self._digits and not self._negative:
                return self._root(False)
            if self._negative and self._digits:
                _invalid()
            _stillroom.stop("decimal powers that are no whole numbers are not evaluated")
        if power._digits and _length(power._digits) + power._exponent > 7:
            _stillroom.stop("decimal powers this large are not evaluated")
        n = int(power)
        if n == 0:
            if not self._digits:
                _invalid()
            return Decimal(1)
        if self._digits == 0:
            if n < 0:
                return Decimal._of(self._negative and n % 2 == 1, 0, 0, "inf")
            return Decimal._of(self._negative and n % 2 == 1, 0, self._exponent * n)._fit()
        if _length(self._digits) * abs(n) > _LARGEST:
            _stillroom.stop("decimal powers this large are not evaluated")
        made = Decimal._of(self._negative and n % 2 == 1, self._digits ** abs(n), self._exponent * abs(n))
        return made._fit() if n > 0 else Decimal(1) / made

    def __rpow__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other**self

    def _root(self, keeps_exponent):
        prec = _current[0].prec + 2
        digits, exponent = self._digits, self._exponent
        shift = max(0, 2 * prec - _length(digits))
        shift += (exponent - shift) % 2
        scaled = digits * _ten(shift)
        root = _math.isqrt(scaled)
        exponent = (exponent - shift) // 2
        if root * root != scaled:
            if root % 5 == 0:
                root += 1
        elif keeps_exponent:
            ideal = self._exponent // 2
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
        old = _current[0]
        _current[0] = Context(old.prec, ROUND_HALF_EVEN)
        try:
            return Decimal._of(False, root, exponent)._fit()
        finally:
            _current[0] = old

    def sqrt(self, context=None):
        nan = self._nan()
        if nan is not None:
            return nan
        if not self._special and self._digits == 0:
            return Decimal._of(self._negative, 0, self._exponent // 2)
        if self._negative:
            _invalid()
        return self if self._special else self._root(True)

    def exp(self, context=None): _stillroom.stop("Decimal.exp() is not evaluated")
    def ln(self, context=None): _stillroom.stop("Decimal.ln() is not evaluated")
    def log10(self, context=None): _stillroom.stop("Decimal.log10() is not evaluated")

    def __neg__(self):
        if self._special:
            return self._negated()
        return Decimal._of(not self._negative and (self._digits != 0 or _current[0].rounding == ROUND_FLOOR), self._digits, self._exponent)._fit()

    def __pos__(self):
        if self._digits == 0 and not self._special:
            return Decimal._of(self._negative and _current[0].rounding == ROUND_FLOOR, 0, self._exponent)._fit()
        return self._fit()

    def __abs__(self):
        return Decimal._of(False, self._digits, self._exponent, self._special)._fit()

    def copy_abs(self):
        return Decimal._of(False, self._digits, self._exponent, self._special)

    def copy_negate(self):
        return self._negated()

    def copy_sign(self, other, context=None):
        return Decimal._of(Decimal._other(other)._negative, self._digits, self._exponent, self._special)

    def _order(self, other):
        """Below 0, 0 or above 0; None: not comparable."""
        if self._special == "inf" or other._special == "inf":
            a, b = ((-1 if each._negative else 1) if each._special else 0 for each in (self, other))
            return a - b
        if self._digits == 0 or other._digits == 0 or self._negative != other._negative:
            a, b = ((each._digits and 1) * (-1 if each._negative else 1) for each in (self, other))
            return a - b
        sign = -1 if self._negative else 1
        a, b = (_length(each._digits) + each._exponent for each in (self, other))
        if a != b:
            return sign if a > b else -sign
        x, y, _ = self._aligned(other)
        return (x > y) - (x < y)

    def _compare(self, other, is_ordering=True):
        if isinstance(other, float):
            other = Decimal(other)
        elif not isinstance(other, (Decimal, int)) and hasattr(other, "numerator") and hasattr(other, "denominator"):
            return (self * other.denominator)._compare(Decimal(other.numerator))
        other = Decimal._other(other)
        if other is None:
            return None
        if self._special in ("nan", "snan") or other._special in ("nan", "snan"):
            if is_ordering:
                _invalid()
            return "unordered"
        return self._order(other)

    def __eq__(self, other):
        order = self._compare(other, False)
        return NotImplemented if order is None else order == 0

    def __lt__(self, other):
        order = self._compare(other)
        return NotImplemented if order is None else order < 0

    def __le__(self, other):
        order = self._compare(other)
        return NotImplemented if order is None else order <= 0

    def __gt__(self, other):
        order = self._compare(other)
        return NotImplemented if order is None else order > 0

    def __ge__(self, other):
        order = self._compare(other)
        return NotImplemented if order is None else order >= 0

    def compare(self, other, context=None):
        other = Decimal._other(other)
        nan = self._nan(other)
        if nan is not None:
            return nan
        order = self._order(other)
        return Decimal((order > 0) - (order < 0))

    def max(self, other, context=None):
        return (self if self._compare(other) > 0 else Decimal(other))._fit()

    def min(self, other, context=None):
        return (self if self._compare(other) <= 0 else Decimal(other))._fit()

    def __hash__(self):
        if self._special == "inf":
            return -314159 if self._negative else 314159
        if self._special:
            return object.__hash__(self)
        modulus = (1 << 61) - 1
        found = self._digits % modulus * pow(10 if self._exponent >= 0 else pow(10, modulus - 2, modulus), abs(self._exponent), modulus) % modulus
        found = -found if self._negative else found
        return -2 if found == -1 else found

    def __bool__(self):
        return self._digits != 0 or self._special is not None

    def __int__(self):
        if self._special:
            raise OverflowError("cannot convert Infinity to integer") if self._special == "inf" else ValueError("cannot convert NaN to integer")
        if self._exponent >= 0:
            whole = self._digits * _ten(self._exponent)
        else:
            whole = 0 if -self._exponent > _length(self._digits) else self._digits // 10**-self._exponent
        return -whole if self._negative else whole

    __trunc__ = __int__

    def __floor__(self):
        return int(self._whole(ROUND_FLOOR))

    def __ceil__(self):
        return int(self._whole(ROUND_CEILING))

    def __float__(self):
        if self._special:
            return float(("-" if self._negative else "") + self._special.replace("s", ""))
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    def __round__(self, places=None):
        if places is None:
            return int(self._whole(ROUND_HALF_EVEN))
        return self.quantize(Decimal._of(False, 1, -places), ROUND_HALF_EVEN)

    def _whole(self, rounding):
        """To no places, however many digits that takes."""
        return self if self._special or self._exponent >= 0 else self._scaled(0, rounding)

    def _scaled(self, exponent, rounding):
        if exponent <= self._exponent:
            return Decimal._of(self._negative, self._digits * _ten(self._exponent - exponent), exponent)
        drop = exponent - self._exponent
        drop = min(drop, _length(self._digits) + 2)
        return Decimal._of(self._negative, _rounded(self._digits, 10**drop, rounding, self._negative), exponent)

    def quantize(self, exp, rounding=None, context=None):
        exp = Decimal._other(exp)
        context = context or _current[0]
        nan = self._nan(exp)
        if nan is not None:
            return nan
        if self._special or exp._special:
            if self._special != exp._special:
                _invalid()
            return self
        if self._digits and _length(self._digits) + self._exponent - exp._exponent > context.prec:
            _invalid()
        made = self._scaled(exp._exponent, rounding or context.rounding)
        if made._digits and _length(made._digits) > context.prec:
            _invalid()
        return made

    def to_integral_value(self, rounding=None, context=None):
        return self._whole(rounding or _current[0].rounding)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        made = self._fit()
        if made._special:
            return made
        if made._digits == 0:
            return Decimal._of(made._negative, 0, 0)
        digits, exponent = made._digits, made._exponent
        while digits % 10 == 0:
            digits //= 10
            exponent += 1
        return Decimal._of(made._negative, digits, exponent)

    def fma(self, other, third, context=None):
        other = Decimal._other(other)
        return Decimal._of(self._negative != other._negative, self._digits * other._digits, self._exponent + other._exponent) + third

    def scaleb(self, other, context=None):
        return Decimal._of(self._negative, self._digits, self._exponent + int(other), self._special)._fit()

    def shift(self, other, context=None):
        _stillroom.stop("Decimal.shift() is not evaluated")

    def adjusted(self):
        return 0 if self._special else self._exponent + _length(self._digits) - 1

    def same_quantum(self, other, context=None):
        other = Decimal._other(other)
        return self._special == other._special and (self._special is not None or self._exponent == other._exponent)

    def is_zero(self): return self._digits == 0 and not self._special
    def is_signed(self): return self._negative
    def is_nan(self): return self._special in ("nan", "snan")
    def is_qnan(self): return self._special == "nan"
    def is_snan(self): return self._special == "snan"
    def is_infinite(self): return self._special == "inf"
    def is_finite(self): return self._special is None
    def is_canonical(self): return True
    def canonical(self): return self
    def radix(self): return Decimal(10)

    def is_normal(self, context=None):
        return bool(self) and not self._special and self.adjusted() >= _current[0].Emin

    def is_subnormal(self, context=None):
        return bool(self) and not self._special and self.adjusted() < _current[0].Emin

    def _text(self):
        """The digits as text, past the limit of int's own."""
        number = self._digits
        if number < 10**4000:
            return str(number)
        parts = []
        while number:
            number, rest = divmod(number, 10**4000)
            parts.append(str(rest).rjust(4000, "0") if number else str(rest))
        return "".join(reversed(parts))

    def as_tuple(self):
        if self._special:
            return DecimalTuple(int(self._negative), (0,) if self._special == "inf" else (), {"inf": "F", "nan": "n", "snan": "N"}[self._special])
        return DecimalTuple(int(self._negative), tuple(int(digit) for digit in self._text()), self._exponent)

    def as_integer_ratio(self):
        if self._special:
            raise OverflowError("cannot convert Infinity to integer ratio") if self._special == "inf" else ValueError("cannot convert NaN to integer ratio")
        top, bottom = self._signed(), 1
        if self._exponent >= 0:
            top *= _ten(self._exponent)
        else:
            bottom = _ten(-self._exponent)
            shared = _math.gcd(top, bottom)
            top //= shared
            bottom //= shared
        return top, bottom

    def _plain(self):
        digits = self._text()
        if self._exponent >= 0:
            _ten(self._exponent)
            return digits + ("0" * self._exponent if self._digits else "")
        _ten(-self._exponent)
        digits = digits.rjust(1 - self._exponent, "0")
        return digits[: self._exponent] + "." + digits[self._exponent :]

    def __str__(self):
        sign = "-" if self._negative else ""
        if self._special:
            return sign + {"inf": "Infinity", "nan": "NaN", "snan": "sNaN"}[self._special]
        digits = self._text()
        left = self._exponent + len(digits)
        if self._exponent <= 0 and left > -6:
            return sign + self._plain()
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return "%s%s%s%+d" % (sign, text, "E" if _current[0].capitals else "e", left - 1)

    def to_eng_string(self, context=None):
        digits = self._text()
        left = self._exponent + len(digits)
        if self._special or self._exponent <= 0 and left > -6:
            return str(self)
        point = (left - 1) % 3 + 1 if self._digits else (left + 1) % 3 - 1
        if point <= 0:
            text = "0." + "0" * -point + digits
        elif point >= len(digits):
            text = digits + "0" * (point - len(digits))
        else:
            text = digits[:point] + "." + digits[point:]
        return ("-" if self._negative else "") + text + ("E%+d" % (left - point) if left != point else "")

    def __repr__(self):
        return "Decimal('%s')" % self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __format__(self, layout):
        if not layout:
            return str(self)
        rest = layout
        fill, align, sign, alternate, zero, width, comma, places, kind = " ", "", "-", False, False, 0, "", None, ""
        if len(rest) > 1 and rest[1] in "<>=^":
            fill, align, rest = rest[0], rest[1], rest[2:]
        elif rest[:1] and rest[0] in "<>=^":
            align, rest = rest[0], rest[1:]
        if rest[:1] and rest[0] in "+- ":
            sign, rest = rest[0], rest[1:]
        if rest[:1] == "z":
            _stillroom.stop("the format %r of a decimal number is not evaluated" % layout)
        if rest[:1] == "#":
            alternate, rest = True, rest[1:]
        if rest[:1] == "0":
            zero, rest = True, rest[1:]
        count = len(rest) - len(rest.lstrip("0123456789"))
        if count:
            width, rest = int(rest[:count]), rest[count:]
        if rest[:1] and rest[0] in ",_":
            comma, rest = rest[0], rest[1:]
        if rest[:1] == ".":
            count = len(rest) - 1 - len(rest[1:].lstrip("0123456789"))
            if not count:
                raise ValueError("Format specifier missing precision")
            places, rest = int(rest[1 : 1 + count]), rest[1 + count :]
        if rest[:1] and rest[0] in "eEfFgGn%":
            kind, rest = rest[0], rest[1:]
        if rest or alternate or kind == "n" or comma == "_":
            raise ValueError("invalid format string")
        if max(width, places or 0) > _LARGEST:
            _stillroom.stop("a decimal number of more than %d digits is not evaluated" % _LARGEST)
        if zero and not align:
            fill, align = "0", "="
        head = "-" if self._negative else "" if sign == "-" else sign
        if self._special:
            body = {"inf": "Infinity", "nan": "NaN", "snan": "sNaN"}[self._special]
            if fill == "0" and align == "=":
                fill = " "
        else:
            body = self._formatted(kind, places)
        if comma and not self._special:
            whole, dot, tail = body.partition(".")
            digits = whole.rstrip("eE+-%") if dot else whole
            left = ""
            for mark in "eE%":
                if not dot and mark in whole:
                    digits, left = whole[: whole.index(mark)], whole[whole.index(mark) :]
                    break
            room = width - len(head) - len(dot + tail) - len(left) if fill == "0" and align == "=" else 0
            while room > 0 and len(_grouped(digits, comma)) < room:
                digits = "0" + digits
            body = _grouped(digits, comma) + left + dot + tail
        short = width - len(head) - len(body)
        if short <= 0:
            return head + body
        if align == "=":
            return head + fill * short + body
        if align == "<":
            return head + body + fill * short
        if align == "^":
            return fill * (short // 2) + head + body + fill * (short - short // 2)
        return fill * short + head + body

    def _formatted(self, kind, places):
        made = Decimal._of(False, self._digits, self._exponent)
        rounding = _current[0].rounding
        if rounding in (ROUND_FLOOR, ROUND_CEILING) and self._negative:
            rounding = ROUND_CEILING if rounding == ROUND_FLOOR else ROUND_FLOOR
        if kind == "%":
            made = Decimal._of(False, made._digits, made._exponent + 2)
        if kind in ("f", "F", "%"):
            if places is not None:
                made = made._scaled(-places, rounding)
            elif made._exponent > 0:
                made = made._scaled(0, rounding)
            return made._plain() + ("%" if kind == "%" else "")
        if places is not None:
            keep = places + 1 if kind in ("e", "E") else max(places, 1)
            length = _length(made._digits)
            if made._digits and length > keep:
                made = made._scaled(made._exponent + length - keep, rounding)
                if _length(made._digits) > keep:
                    made = made._scaled(made._exponent + 1, rounding)
        digits = made._text()
        left = made._exponent + len(digits)
        if kind in ("e", "E"):
            if places is not None and len(digits) < places + 1 and made._digits:
                digits += "0" * (places + 1 - len(digits))
            elif places is not None and not made._digits:
                digits = "0" * (places + 1)
                left = 1 + made._exponent + places
            return digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "%s%+d" % (kind, left - 1)
        if made._exponent <= 0 and left > -6:
            return made._plain()
        mark = "e" if kind == "g" else "E"
        return digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "%s%+d" % (mark, left - 1)


def _grouped(digits, comma):
    parts = []
    while len(digits) > 3:
        parts.append(digits[-3:])
        digits = digits[:-3]
    return comma.join([digits] + parts[::-1])
