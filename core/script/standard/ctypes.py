# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("ctypes.%s is not known: the module calls machine code, and scripts call none here" % name)
