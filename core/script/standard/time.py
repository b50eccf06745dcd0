# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "time". The clock varies; sleeping takes no time here.
import _stillroom
from datetime import datetime as _datetime, timezone as _timezone

timezone = 0
tzname = ("UTC", "UTC")


def time():
    return _stillroom.varying(_datetime.now(_timezone.utc)._utc() / 1000000 - 62135683200)


def time_ns():
    return _stillroom.varying(_datetime.now(_timezone.utc)._utc() * 1000 - 62135683200 * 1000000000)


def monotonic():
    return time()


def perf_counter():
    return time()


def process_time():
    return time()


def sleep(seconds):
    return None


def strftime(layout, moment=None):
    if moment is None:
        return _datetime.now().strftime(layout)
    return _datetime(*moment[:6]).strftime(layout)


def gmtime(seconds=None):
    return (_datetime.now() if seconds is None else _datetime.fromtimestamp(seconds)).timetuple()


localtime = gmtime
