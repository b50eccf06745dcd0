# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "decimal": exact decimal arithmetic with 28 digits, as scripts use it for money.

ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_DOWN = "ROUND_DOWN"
ROUND_UP = "ROUND_UP"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_CEILING = "ROUND_CEILING"


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN):
        self.prec = prec
        self.rounding = rounding


_context = Context()


def getcontext():
    return _context


def setcontext(context):
    _context.prec = context.prec
    _context.rounding = context.rounding


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
        )
        if up:
            whole += 1
    return whole


class Decimal:
    def __new__(cls, value="0", context=None):
        made = object.__new__(cls)
        if isinstance(value, Decimal):
            made._set(value._negative, value._digits, value._exponent)
        elif isinstance(value, int):
            made._set(value < 0, abs(value), 0)
        elif isinstance(value, float):
            top, bottom = value.as_integer_ratio()
            exponent = 0
            while bottom > 1:
                bottom //= 2
                top *= 5
                exponent -= 1
            made._set(top < 0, abs(top), exponent)
        elif isinstance(value, str):
            made._parse(value)
        else:
            raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)
        return made

    def __init__(self, value="0", context=None):
        pass

    def _set(self, negative, digits, exponent):
        self._negative = negative
        self._digits = digits
        self._exponent = exponent

    def _parse(self, text):
        text = text.strip().replace("_", "").lower()
        negative = text[:1] == "-"
        if text[:1] in ("-", "+"):
            text = text[1:]
        exponent = 0
        if "e" in text:
            text, tail = text.split("e", 1)
            exponent = int(tail)
        whole, dot, fraction = text.partition(".")
        if not (whole + fraction).isdigit():
            raise InvalidOperation("[<class 'decimal.ConversionSyntax'>]")
        self._set(negative, int(whole + fraction), exponent - len(fraction))

    @staticmethod
    def _of(negative, digits, exponent):
        made = object.__new__(Decimal)
        made._set(negative, digits, exponent)
        return made

    def _fit(self):
        surplus = len(str(self._digits)) - _context.prec
        if surplus <= 0:
            return self
        digits = _rounded(self._digits, 10**surplus, _context.rounding, self._negative)
        return Decimal._of(self._negative, digits, self._exponent + surplus)._fit()

    def _signed(self):
        return -self._digits if self._negative else self._digits

    @staticmethod
    def _other(value):
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) else None

    def _aligned(self, other):
        exponent = min(self._exponent, other._exponent)
        return self._signed() * 10 ** (self._exponent - exponent), other._signed() * 10 ** (other._exponent - exponent), exponent

    def __add__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        a, b, exponent = self._aligned(other)
        total = a + b
        return Decimal._of(total < 0, abs(total), exponent)._fit()

    __radd__ = __add__

    def __sub__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else self + -other

    def __rsub__(self, other):
        other = Decimal._other(other)
        return NotImplemented if other is None else other + -self

    def __mul__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        return Decimal._of(self._negative != other._negative, self._digits * other._digits, self._exponent + other._exponent)._fit()

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        if other._digits == 0:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        negative = self._negative != other._negative
        ideal = self._exponent - other._exponent
        shift = max(0, _context.prec + len(str(other._digits)) - len(str(self._digits)) + 1)
        whole, rest = divmod(self._digits * 10**shift, other._digits)
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

    def __floordiv__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        a, b, _ = self._aligned(other)
        if b == 0:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        return Decimal._of((a < 0) != (b < 0), abs(a) // abs(b), 0)

    def __mod__(self, other):
        other = Decimal._other(other)
        if other is None:
            return NotImplemented
        a, b, exponent = self._aligned(other)
        if b == 0:
            raise InvalidOperation("[<class 'decimal.InvalidOperation'>]")
        return Decimal._of(a < 0, abs(a) % abs(b), exponent)

    def __pow__(self, power):
        if not isinstance(power, int):
            return NotImplemented
        made = Decimal(1)
        for _ in range(abs(power)):
            made = made * self
        return made if power >= 0 else Decimal(1) / made

    def __neg__(self):
        return Decimal._of(not self._negative and self._digits != 0, self._digits, self._exponent)

    def __pos__(self):
        return self._fit()

    def __abs__(self):
        return Decimal._of(False, self._digits, self._exponent)

    def _compare(self, other):
        if isinstance(other, float):
            other = Decimal(other)
        other = Decimal._other(other)
        if other is None:
            return None
        a, b, _ = self._aligned(other)
        return (a > b) - (a < b)

    def __eq__(self, other):
        order = self._compare(other)
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

    def __hash__(self):
        plain = self.normalize()
        if plain._exponent >= 0:
            return hash(int(plain))
        return hash((plain._negative, plain._digits, plain._exponent))

    def __bool__(self):
        return self._digits != 0

    def __int__(self):
        whole = self._digits * 10**self._exponent if self._exponent >= 0 else self._digits // 10**-self._exponent
        return -whole if self._negative else whole

    def __float__(self):
        return float(str(self))

    def __round__(self, places=None):
        if places is None:
            return int(self.quantize(Decimal(1), ROUND_HALF_EVEN))
        return self.quantize(Decimal._of(False, 1, -places), ROUND_HALF_EVEN)

    def quantize(self, exp, rounding=None, context=None):
        exponent = Decimal._other(exp)._exponent
        if exponent <= self._exponent:
            return Decimal._of(self._negative, self._digits * 10 ** (self._exponent - exponent), exponent)
        digits = _rounded(self._digits, 10 ** (exponent - self._exponent), rounding or _context.rounding, self._negative)
        return Decimal._of(self._negative, digits, exponent)

    def to_integral_value(self, rounding=None):
        return self if self._exponent >= 0 else self.quantize(Decimal(1), rounding)

    def normalize(self):
        digits = self._digits
        exponent = self._exponent
        if digits == 0:
            return Decimal._of(self._negative, 0, 0)
        while digits % 10 == 0:
            digits //= 10
            exponent += 1
        return Decimal._of(self._negative, digits, exponent)

    def is_zero(self):
        return self._digits == 0

    def is_signed(self):
        return self._negative

    def is_nan(self):
        return False

    def is_infinite(self):
        return False

    def is_finite(self):
        return True

    def as_tuple(self):
        return (1 if self._negative else 0, tuple(int(digit) for digit in str(self._digits)), self._exponent)

    def _plain(self):
        digits = str(self._digits)
        if self._exponent >= 0:
            return digits + "0" * self._exponent
        digits = digits.rjust(1 - self._exponent, "0")
        return digits[: self._exponent] + "." + digits[self._exponent :]

    def __str__(self):
        sign = "-" if self._negative else ""
        digits = str(self._digits)
        left = self._exponent + len(digits)
        if self._exponent <= 0 and left > -6:
            return sign + self._plain()
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return "%s%sE%+d" % (sign, text, left - 1)

    def __repr__(self):
        return "Decimal('%s')" % self

    def __format__(self, layout):
        if not layout:
            return str(self)
        if layout[-1] == "f":
            body = layout[:-1]
            places = int(body.partition(".")[2]) if "." in body else max(0, -self._exponent)
            text = self.quantize(Decimal._of(False, 1, -places))
            head = body.partition(".")[0]
            plain = ("-" if text._negative else "") + text._plain()
            if "," in head:
                whole, dot, rest = plain.partition(".")
                plain = format(int(whole), ",") + dot + rest
                head = head.replace(",", "")
            return format(plain, ">" + head) if head else plain
        return format(float(self), layout)


class localcontext:
    def __init__(self, context=None, **keywords):
        self._new = context or Context(keywords.get("prec", _context.prec), keywords.get("rounding", _context.rounding))

    def __enter__(self):
        self._old = Context(_context.prec, _context.rounding)
        setcontext(self._new)
        return _context

    def __exit__(self, kind, value, trace):
        setcontext(self._old)
