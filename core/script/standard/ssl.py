# SPDX-License-Identifier: GPL-3.0-or-later
import _stillroom


def __getattr__(name):
    return _stillroom.unknown("ssl.%s is not known: the module reaches the network, and scripts reach none here" % name)
