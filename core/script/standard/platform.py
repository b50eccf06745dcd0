# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("platform.%s is not known: the module asks the machine that the script runs on" % name)
