# SPDX-License-Identifier: GPL-3.0-or-later
# Python's datetime as scripts use it (Python library reference, "datetime"), written for Stillroom's interpreter.
# What comes from the clock varies: its text is marked, so that SQL which holds it can say so.
import _stillroom
from _datetime_text import (
    _days_in_month,
    _from_ordinal,
    _iso_week,
    _offset_text,
    _parse_time,
    _strftime,
    _strptime,
    _time_text,
    _to_ordinal,
)

MINYEAR = 1
MAXYEAR = 9999


def _marked(text, varies):
    return _stillroom.varying(text) if varies else text


def _check_date(year, month, day):
    for value in (year, month, day):
        if not isinstance(value, int):
            raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("year %d is out of range" % year)
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour, minute, second, microsecond):
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = _micro(days, 86400000000) + _micro(seconds, 1000000) + _micro(microseconds, 1)
        total += _micro(milliseconds, 1000) + _micro(minutes, 60000000) + _micro(hours, 3600000000) + _micro(weeks, 604800000000)
        self._set(total)

    def _set(self, total):
        self._total = total
        self.days, rest = divmod(total, 86400000000)
        self.seconds, self.microseconds = divmod(rest, 1000000)
        self._varies = False
        if abs(self.days) > 999999999:
            raise OverflowError("days=%d; must have magnitude <= 999999999" % self.days)

    @classmethod
    def _of(cls, total):
        made = cls.__new__(cls)
        made._set(total)
        return made

    def total_seconds(self):
        return self._total / 1000000

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total + other._total)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total - other._total)
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(other._total - self._total)
        return NotImplemented

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._total * other)
        if isinstance(other, float):
            return timedelta._of(round(self._total * other))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total / other._total
        if isinstance(other, (int, float)):
            return timedelta._of(round(self._total / other))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total // other._total
        if isinstance(other, int):
            return timedelta._of(self._total // other)
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total % other._total)
        return NotImplemented

    def __neg__(self):
        return timedelta._of(-self._total)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta._of(abs(self._total))

    def __bool__(self):
        return self._total != 0

    def __eq__(self, other):
        return self._total == other._total if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total < other._total if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._total <= other._total if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._total > other._total if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._total >= other._total if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash(self._total)

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = "%d:%02d:%02d" % (hours, minutes, seconds)
        if self.days:
            text = "%d day%s, %s" % (self.days, "" if abs(self.days) == 1 else "s", text)
        if self.microseconds:
            text += ".%06d" % self.microseconds
        return text

    def __repr__(self):
        parts = []
        if self.days:
            parts.append("days=%d" % self.days)
        if self.seconds:
            parts.append("seconds=%d" % self.seconds)
        if self.microseconds:
            parts.append("microseconds=%d" % self.microseconds)
        return "datetime.timedelta(%s)" % (", ".join(parts) or "0")


def _micro(value, unit):
    if isinstance(value, int):
        return value * unit
    if isinstance(value, float):
        return round(value * unit)
    raise TypeError("unsupported type for timedelta component: %s" % type(value).__name__)


timedelta.min = timedelta(days=-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class tzinfo:
    def utcoffset(self, moment):
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def tzname(self, moment):
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def dst(self, moment):
        raise NotImplementedError("tzinfo subclass must override dst()")

    def fromutc(self, moment):
        return moment + self.utcoffset(moment)


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError("timezone() argument 1 must be datetime.timedelta, not %s" % type(offset).__name__)
        if not timedelta(hours=-24) < offset < timedelta(hours=24):
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)")
        self._offset = offset
        self._name = name

    def utcoffset(self, moment):
        return self._offset

    def dst(self, moment):
        return None

    def tzname(self, moment):
        if self._name is not None:
            return self._name
        return "UTC" + (_offset_text(self._offset) if self._offset else "")

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if self._offset == timedelta(0) and self._name is None:
            return "datetime.timezone.utc"
        if self._name is None:
            return "datetime.timezone(%r)" % self._offset
        return "datetime.timezone(%r, %r)" % (self._offset, self._name)


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


class IsoCalendarDate(tuple):
    year, week, weekday = (property(lambda self, index=index: self[index]) for index in range(3))

    def __repr__(self):
        return "datetime.IsoCalendarDate(year=%d, week=%d, weekday=%d)" % tuple(self)


class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self.year = year
        self.month = month
        self.day = day
        self._varies = False

    @classmethod
    def today(cls):
        now = _stillroom.now()
        made = cls(now[0], now[1], now[2]) if cls is not datetime else datetime.now()
        made._varies = True
        return made

    @classmethod
    def fromordinal(cls, ordinal):
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromtimestamp(cls, stamp):
        moment = datetime.fromtimestamp(stamp, UTC)
        return cls(moment.year, moment.month, moment.day)

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(text) == 10 and text[4] == "-" and text[7] == "-":
                return cls(int(text[:4]), int(text[5:7]), int(text[8:]))
            if len(text) == 8:
                return cls(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
        raise ValueError("Invalid isoformat string: %r" % text)

    def toordinal(self):
        return _to_ordinal(self.year, self.month, self.day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        return IsoCalendarDate((*_iso_week(self.toordinal()), self.isoweekday()))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = _to_ordinal(year, 1, 4)
        monday = first - (first + 6) % 7
        if not 1 <= day <= 7:
            raise ValueError("Invalid weekday: %d (range is [1, 7])" % day)
        if not 1 <= week <= 53 or _iso_week(monday + (week - 1) * 7)[0] != year:
            raise ValueError("Invalid week: %d" % week)
        return cls(*_from_ordinal(monday + (week - 1) * 7 + day - 1))

    def ctime(self):
        return self.strftime("%a %b %e %H:%M:%S %Y")

    def isoformat(self):
        return _marked("%04d-%02d-%02d" % (self.year, self.month, self.day), self._varies)

    def strftime(self, layout):
        return _marked(_strftime(self, layout, self.year, self.month, self.day, 0, 0, 0, 0), self._varies)

    def replace(self, year=None, month=None, day=None):
        made = type(self)(self.year if year is None else year, self.month if month is None else month, self.day if day is None else day)
        made._varies = self._varies
        return made

    def timetuple(self):
        return (self.year, self.month, self.day, 0, 0, 0, self.weekday(), self.toordinal() - _to_ordinal(self.year, 1, 1) + 1, -1)

    def __add__(self, other):
        if isinstance(other, timedelta):
            made = type(self)(*_from_ordinal(self.toordinal() + other.days))
            made._varies = self._varies
            return made
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            made = type(self)(*_from_ordinal(self.toordinal() - other.days))
            made._varies = self._varies
            return made
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(days=self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self):
        return (self.year, self.month, self.day)

    def _comparable(self, other):
        return isinstance(other, date) and isinstance(other, datetime) == isinstance(self, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __str__(self):
        return self.isoformat()

    def __format__(self, layout):
        return self.strftime(layout) if layout else str(self)

    def __repr__(self):
        return "datetime.date(%d, %d, %d)" % (self.year, self.month, self.day)


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo
        self.fold = fold
        self._varies = False

    @classmethod
    def fromisoformat(cls, text):
        hour, minute, second, microsecond, zone = _parse_time(text, text)
        return cls(hour, minute, second, microsecond, zone)

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(None)

    def isoformat(self, timespec="auto"):
        text = _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return _marked(text + _offset_text(self.utcoffset()), self._varies)

    def strftime(self, layout):
        return _marked(_strftime(self, layout, 1900, 1, 1, self.hour, self.minute, self.second, self.microsecond), self._varies)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True):
        return time(
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo,
        )

    def _key(self):
        return (self.hour, self.minute, self.second, self.microsecond)

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, time) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __str__(self):
        return self.isoformat()

    def __format__(self, layout):
        return self.strftime(layout) if layout else str(self)

    def __repr__(self):
        parts = [str(self.hour), str(self.minute)]
        if self.second or self.microsecond:
            parts.append(str(self.second))
        if self.microsecond:
            parts.append(str(self.microsecond))
        if self.tzinfo is not None:
            parts.append("tzinfo=%r" % self.tzinfo)
        return "datetime.time(%s)" % ", ".join(parts)


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo
        self.fold = fold
        self._varies = False

    @classmethod
    def now(cls, tz=None):
        made = cls(*_stillroom.now(), tzinfo=UTC)
        made = made.astimezone(tz) if tz is not None else made.replace(tzinfo=None)
        made._varies = True
        return made

    @classmethod
    def utcnow(cls):
        made = cls(*_stillroom.now())
        made._varies = True
        return made

    today = now

    @classmethod
    def combine(cls, day, clock, tzinfo=True):
        made = cls(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, clock.microsecond, clock.tzinfo if tzinfo is True else tzinfo)
        made._varies = day._varies or clock._varies
        return made

    @classmethod
    def fromtimestamp(cls, stamp, tz=None):
        made = cls(1970, 1, 1) + timedelta(microseconds=round(stamp * 1000000))
        if tz is not None:
            made = made.replace(tzinfo=UTC).astimezone(tz)
        return made

    @classmethod
    def utcfromtimestamp(cls, stamp):
        return cls.fromtimestamp(stamp)

    @classmethod
    def fromordinal(cls, ordinal):
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError("fromisoformat: argument must be str")
        wrong = ValueError("Invalid isoformat string: %r" % text)
        cut = 10 if len(text) > 4 and text[4] == "-" else 8
        try:
            day = date.fromisoformat(text[:cut])
        except ValueError:
            raise wrong
        if len(text) == cut:
            return cls(day.year, day.month, day.day)
        if len(text) == cut + 1:
            raise wrong
        hour, minute, second, microsecond, zone = _parse_time(text[cut + 1 :], text)
        return cls(day.year, day.month, day.day, hour, minute, second, microsecond, zone)

    @classmethod
    def strptime(cls, text, layout):
        found = _strptime(text, layout)
        return cls(*found[:7], tzinfo=found[7])

    def date(self):
        made = date(self.year, self.month, self.day)
        made._varies = self._varies
        return made

    def time(self):
        made = time(self.hour, self.minute, self.second, self.microsecond)
        made._varies = self._varies
        return made

    def utctimetuple(self):
        moment = self if self.utcoffset() is None else self.astimezone(UTC)
        return (*moment.timetuple()[:8], 0)

    def timetz(self):
        made = self.time()
        made.tzinfo = self.tzinfo
        return made

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def astimezone(self, tz=None):
        if tz is None:
            tz = UTC
        offset = self.utcoffset()
        moment = self.replace(tzinfo=None) - (offset if offset is not None else timedelta(0))
        made = (moment + tz.utcoffset(moment)).replace(tzinfo=tz)
        made._varies = self._varies
        return made

    def timestamp(self):
        offset = self.utcoffset()
        since = self.replace(tzinfo=None) - datetime(1970, 1, 1) - (offset if offset is not None else timedelta(0))
        seconds = since.total_seconds()
        return _stillroom.varying(seconds) if self._varies else seconds

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        made = type(self)(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo,
        )
        made._varies = self._varies
        return made

    def isoformat(self, sep="T", timespec="auto"):
        text = "%04d-%02d-%02d%s" % (self.year, self.month, self.day, sep)
        text += _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return _marked(text + _offset_text(self.utcoffset()), self._varies)

    def strftime(self, layout):
        text = _strftime(self, layout, self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond)
        return _marked(text, self._varies)

    def timetuple(self):
        return (self.year, self.month, self.day, self.hour, self.minute, self.second, self.weekday(), self.toordinal() - _to_ordinal(self.year, 1, 1) + 1, -1)

    def _micros(self):
        return ((self.toordinal() * 24 + self.hour) * 60 + self.minute) * 60000000 + self.second * 1000000 + self.microsecond

    def _moved(self, delta):
        total = self._micros() + delta
        ordinal, rest = divmod(total, 86400000000)
        year, month, day = _from_ordinal(ordinal)
        seconds, microsecond = divmod(rest, 1000000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        made = type(self)(year, month, day, hour, minute, second, microsecond, self.tzinfo)
        made._varies = self._varies
        return made

    def __add__(self, other):
        return self._moved(other._total) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(-other._total)
        if isinstance(other, datetime):
            if (self.tzinfo is None) != (other.tzinfo is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            made = timedelta(microseconds=self._utc() - other._utc())
            made._varies = self._varies or other._varies
            return made
        return NotImplemented

    def _utc(self):
        offset = self.utcoffset()
        return self._micros() - (offset._total if offset is not None else 0)

    def _key(self):
        return self._utc()

    def _is_other_kind(self, other):
        return isinstance(other, datetime) and (self.utcoffset() is None) != (other.utcoffset() is None)

    def _ordered(self, other):
        if self._is_other_kind(other):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return other

    def __eq__(self, other):
        return False if self._is_other_kind(other) else date.__eq__(self, other)

    def __lt__(self, other):
        return date.__lt__(self, self._ordered(other))

    def __le__(self, other):
        return date.__le__(self, self._ordered(other))

    def __gt__(self, other):
        return date.__gt__(self, self._ordered(other))

    def __ge__(self, other):
        return date.__ge__(self, self._ordered(other))

    __hash__ = date.__hash__

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        text = ", ".join(str(part) for part in parts)
        if self.tzinfo is not None:
            text += ", tzinfo=%r" % self.tzinfo
        return "datetime.datetime(%s)" % text


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
