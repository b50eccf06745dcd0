# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "random": what it gives is not known before a run.
import _stillroom


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _stillroom.unknown("a random value (random.%s) is not known before the run" % name)
