# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("multiprocessing.%s is not known: the module starts processes, and scripts start none here" % name)
