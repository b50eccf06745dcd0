# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "abc". Nothing is enforced: a script that would fail to make an abstract class fails in Python first.


class ABCMeta(type):
    pass


class ABC:
    pass


def abstractmethod(function):
    return function


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
