# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("sqlite3.%s is not known: the module opens a database of its own, and scripts open none here" % name)
