# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "inspect": what kind of thing something is, and what it is documented as.
import types as _types

import _stillroom


def isclass(object): return isinstance(object, type)
def isfunction(object): return isinstance(object, _types.FunctionType)
def isbuiltin(object): return isinstance(object, _types.BuiltinFunctionType)
def ismodule(object): return isinstance(object, _types.ModuleType)
def isgenerator(object): return isinstance(object, _types.GeneratorType)
def iscoroutine(object): return isinstance(object, _types.CoroutineType)
def isawaitable(object): return isinstance(object, _types.CoroutineType) or hasattr(object, "__await__")
def isroutine(object): return isfunction(object) or isbuiltin(object) or ismethod(object)
def ismethod(object): return isinstance(object, _types.MethodType) and not isbuiltin(object)
def isabstract(object): return bool(getattr(object, "__abstractmethods__", ()))


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getmodule(object):
    return _stillroom.unknown("inspect.getmodule() is not evaluated")


def getmembers(object, predicate=None):
    found = [(name, getattr(object, name)) for name in dir(object) if hasattr(object, name)]
    return [(name, value) for name, value in found if predicate is None or predicate(value)]


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
    return func


def __getattr__(name):
    return _stillroom.unknown("inspect.%s is not evaluated" % name)
