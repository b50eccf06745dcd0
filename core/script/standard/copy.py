# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "copy".


class Error(Exception):
    pass


def copy(value):
    kind = type(value)
    if kind in (list, dict, set, bytearray):
        return kind(value)
    if hasattr(kind, "__copy__"):
        return value.__copy__()
    if kind in (int, float, bool, str, bytes, tuple, frozenset, type(None), range) or isinstance(value, type) or callable(value):
        return value
    return _instance(value, dict(value.__dict__))


def deepcopy(value, memo=None):
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    kind = type(value)
    if kind is list:
        memo[id(value)] = made = []
        made.extend(deepcopy(item, memo) for item in value)
        return made
    if kind is dict:
        memo[id(value)] = made = {}
        for key, item in value.items():
            made[deepcopy(key, memo)] = deepcopy(item, memo)
        return made
    if kind in (set, tuple, frozenset):
        return kind(deepcopy(item, memo) for item in value)
    if hasattr(kind, "__deepcopy__"):
        return value.__deepcopy__(memo)
    if kind in (int, float, bool, str, bytes, type(None), range) or isinstance(value, type) or callable(value):
        return value
    return _instance(value, {name: deepcopy(item, memo) for name, item in value.__dict__.items()})


def _instance(value, attributes):
    made = type(value).__new__(type(value))
    for name, item in attributes.items():
        setattr(made, name, item)
    return made
