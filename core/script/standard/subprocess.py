# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("subprocess.%s is not known: the module starts other programs, and scripts start none here" % name)
