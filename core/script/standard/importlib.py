# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "importlib": a module by its name, where an import statement would find it.
import _stillroom


def import_module(name, package=None):
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for %r" % name)
        parts = package.split(".")
        if level > len(parts):
            raise ImportError("attempted relative import beyond top-level package")
        name = ".".join(parts[: len(parts) - level + 1] + ([name[level:]] if name[level:] else []))
    module = __import__(name)
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def reload(module):
    return _stillroom.unknown("importlib.reload() is not evaluated")


def invalidate_caches():
    return None


def __getattr__(name):
    return _stillroom.unknown("importlib.%s is not evaluated" % name)
