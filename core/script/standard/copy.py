# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "copy".


class Error(Exception):
    pass


error = Error
_atoms = (int, float, complex, bool, str, bytes, type(None), range, type(...), type(NotImplemented), slice)


def _is_atom(value, kind):
    return kind in _atoms or isinstance(value, type) or callable(value) and (hasattr(value, "__code__") or kind is type(len))


def copy(value):
    kind = type(value)
    if _is_atom(value, kind) or kind in (tuple, frozenset):
        return value
    if kind in (list, dict, set, bytearray):
        return kind(value)
    if hasattr(kind, "__copy__"):
        return value.__copy__()
    return _rebuilt(value, kind, lambda part: part)


def deepcopy(value, memo=None, _nil=None):
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    kind = type(value)
    if _is_atom(value, kind):
        return value
    if hasattr(kind, "__deepcopy__"):
        made = value.__deepcopy__(memo)
    elif kind is list:
        memo[id(value)] = made = []
        for item in value:
            made.append(deepcopy(item, memo))
    elif kind is dict:
        memo[id(value)] = made = {}
        for key, item in value.items():
            made[deepcopy(key, memo)] = deepcopy(item, memo)
    elif kind is tuple:
        items = [deepcopy(item, memo) for item in value]
        if id(value) in memo:
            return memo[id(value)]
        made = value if all(a is b for a, b in zip(items, value)) else tuple(items)
    elif kind in (set, frozenset):
        made = kind([deepcopy(item, memo) for item in value])
    elif kind is bytearray:
        made = bytearray(value)
    else:
        made = _rebuilt(value, kind, lambda part: deepcopy(part, memo), memo)
    if made is not value:
        memo[id(value)] = made
        memo.setdefault(id(memo), []).append(value)
    return made


def _rebuilt(value, kind, each, memo=None):
    if hasattr(value, "__getnewargs__"):
        made = kind.__new__(kind, *each(value.__getnewargs__()))
    elif isinstance(value, (int, float, str, bytes, tuple, frozenset)):
        plain = next(base for base in (int, float, str, bytes, tuple, frozenset) if isinstance(value, base))
        made = kind.__new__(kind, each(plain(value)))
    else:
        made = kind.__new__(kind)
    if memo is not None:
        memo[id(value)] = made
    if hasattr(value, "__getstate__") and any("__getstate__" in base.__dict__ for base in kind.__mro__ if base is not object):
        state = each(value.__getstate__())
    else:
        state = each(dict(getattr(value, "__dict__", ())))
    if isinstance(value, list):
        list.extend(made, [each(item) for item in list.__iter__(value)])
    elif isinstance(value, dict):
        for key, item in dict.items(value):
            dict.__setitem__(made, each(key), each(item))
    elif isinstance(value, set):
        set.update(made, [each(item) for item in set.__iter__(value)])
    if isinstance(value, BaseException):
        made.args = each(value.args)
    if hasattr(made, "__setstate__"):
        made.__setstate__(state)
    else:
        for name, item in state.items():
            object.__setattr__(made, name, item)
    return made


def replace(value, /, **changes):
    return value.__replace__(**changes)
