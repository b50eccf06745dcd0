# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("tempfile.%s is not known: the module makes files, and scripts make none here" % name)
