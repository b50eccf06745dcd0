# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "zoneinfo": UTC. Other zones depend on the tables of the machine.
import datetime as _datetime

import _stillroom


class ZoneInfoNotFoundError(KeyError):
    pass


class ZoneInfo(_datetime.tzinfo):
    def __new__(cls, key):
        if key not in ("UTC", "Etc/UTC", "Etc/GMT", "GMT", "Zulu", "UCT", "Universal"):
            return _stillroom.unknown("the time zone %r depends on the tables of the machine" % key)
        made = object.__new__(cls)
        made.key = key
        return made

    def utcoffset(self, moment):
        return _datetime.timedelta(0)

    def dst(self, moment):
        return _datetime.timedelta(0)

    def tzname(self, moment):
        return "GMT" if self.key in ("GMT", "Etc/GMT") else "UTC"

    def __str__(self):
        return self.key

    def __repr__(self):
        return "zoneinfo.ZoneInfo(key=%r)" % self.key
