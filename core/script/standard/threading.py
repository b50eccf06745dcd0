# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("threading.%s is not known: the module starts threads, and scripts start none here" % name)
