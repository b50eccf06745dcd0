# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "sys": what a script may ask of its Python. Streams, path and argv are the program's own (basics.cpp).


class _VersionInfo(tuple):
    major, minor, micro, releaselevel, serial = (property(lambda self, index=index: self[index]) for index in range(5))

    def __repr__(self):
        return "sys.version_info(major=%r, minor=%r, micro=%r, releaselevel=%r, serial=%r)" % tuple(self)


class _Named:
    def __init__(self, **names):
        self.__dict__.update(names)


version_info = _VersionInfo((3, 12, 0, "final", 0))
version = "3.12.0"
hexversion = 0x030C00F0
api_version = 1013
byteorder = "little"
maxunicode = 0x10FFFF
copyright = ""
dont_write_bytecode = False
implementation = _Named(name="cpython", version=version_info, cache_tag="cpython-312", hexversion=hexversion)
float_info = _Named(max=1.7976931348623157e308, min=2.2250738585072014e-308, epsilon=2.220446049250313e-16, dig=15, mant_dig=53, max_exp=1024, min_exp=-1021, max_10_exp=308, min_10_exp=-307, radix=2)
flags = _Named(debug=0, optimize=0, interactive=0, verbose=0, utf8_mode=0)
_limit = [1000]


def getrecursionlimit():
    return _limit[0]


def setrecursionlimit(limit, /):
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    _limit[0] = limit


def getdefaultencoding():
    return "utf-8"


getfilesystemencoding = getdefaultencoding


def intern(string, /):
    return string


def is_finalizing():
    return False


def getsizeof(*args):
    import _stillroom

    return _stillroom.unknown("sys.getsizeof() depends on the machine")


def __getattr__(name):
    import _stillroom

    return _stillroom.unknown("sys.%s depends on the Python that runs a script" % name)
