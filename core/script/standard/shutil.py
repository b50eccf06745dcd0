# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("shutil.%s is not known: the module changes files, and scripts change none here" % name)
