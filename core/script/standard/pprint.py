# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "pprint": what fits on a line; how more is laid out is not followed.
import _stillroom


def _safe(value, sort_dicts, within):
    kind = type(value)
    if kind not in (dict, list, tuple, set, frozenset):
        return repr(value)
    if id(value) in within:
        return "<Recursion on %s with id=%d>" % (kind.__name__, id(value))
    within = within | {id(value)}
    if kind is dict:
        items = list(value.items())
        if sort_dicts:
            try:
                items.sort(key=lambda item: item[0])
            except TypeError:
                items.sort(key=lambda item: (str(type(item[0])), id(item[0])))
        return "{%s}" % ", ".join("%s: %s" % (_safe(key, sort_dicts, within), _safe(item, sort_dicts, within)) for key, item in items)
    if kind in (set, frozenset):
        return repr(kind(value)) if len(value) < 2 else _stillroom.stop("pprint of a set is not evaluated")
    inner = ", ".join(_safe(item, sort_dicts, within) for item in value)
    return "[%s]" % inner if kind is list else "(%s,)" % inner if len(value) == 1 else "(%s)" % inner


def saferepr(object):
    return _safe(object, True, frozenset())


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    text = _safe(object, sort_dicts, frozenset())
    if len(text) > width - 1 or depth is not None or underscore_numbers or "\n" in text:
        _stillroom.stop("pprint.pformat() of more than a line is not evaluated")
    return text


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    print(_safe(object, sort_dicts, frozenset()), file=stream)


def pp(object, *args, sort_dicts=False, **keywords):
    pprint(object, *args, sort_dicts=sort_dicts, **keywords)


def isreadable(object): return True
def isrecursive(object): return "<Recursion on " in saferepr(object)


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, **options):
        self._options = {"indent": indent, "width": width, "depth": depth, **options}
        self._stream = stream

    def pformat(self, object):
        return pformat(object, **self._options)

    def pprint(self, object):
        pprint(object, self._stream, **self._options)
