# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "functools".

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
_missing = object()


def reduce(function, iterable, initial=_missing):
    items = iter(iterable)
    if initial is _missing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})


def update_wrapper(wrapper, wrapped, *ignored, **also_ignored):
    for name in WRAPPER_ASSIGNMENTS:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, *ignored, **also_ignored):
    return lambda wrapper: update_wrapper(wrapper, wrapped)


def _memo(function):
    known = {}

    def remembered(*args, **keywords):
        key = (args, tuple(sorted(keywords.items())))
        if key not in known:
            known[key] = function(*args, **keywords)
        return known[key]

    remembered.cache_clear = known.clear
    return update_wrapper(remembered, function)


def lru_cache(maxsize=128, typed=False):
    return _memo(maxsize) if callable(maxsize) else _memo


cache = _memo


class cached_property:
    def __init__(self, func):
        self.func = func
        self.name = func.__name__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        known = instance.__dict__
        if self.name not in known:
            known[self.name] = self.func(instance)
        return known[self.name]


def total_ordering(cls):
    have = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if name in cls.__dict__]
    if not have:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = have[0]
    if root == "__lt__":
        forms = {"__gt__": lambda a, b: not (a < b or a == b), "__le__": lambda a, b: a < b or a == b, "__ge__": lambda a, b: not a < b}
    elif root == "__le__":
        forms = {"__lt__": lambda a, b: a <= b and a != b, "__gt__": lambda a, b: not a <= b, "__ge__": lambda a, b: not a <= b or a == b}
    elif root == "__gt__":
        forms = {"__lt__": lambda a, b: not (a > b or a == b), "__ge__": lambda a, b: a > b or a == b, "__le__": lambda a, b: not a > b}
    else:
        forms = {"__gt__": lambda a, b: a >= b and a != b, "__lt__": lambda a, b: not a >= b, "__le__": lambda a, b: not a >= b or a == b}
    for name, form in forms.items():
        if name not in cls.__dict__:
            setattr(cls, name, form)
    return cls


def cmp_to_key(compare):
    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

        def __gt__(self, other):
            return compare(self.value, other.value) > 0

        def __eq__(self, other):
            return compare(self.value, other.value) == 0

    return Key


def singledispatch(function):
    forms = {}

    def dispatch(first, *args, **keywords):
        for cls in type(first).__mro__:
            if cls in forms:
                return forms[cls](first, *args, **keywords)
        return function(first, *args, **keywords)

    def register(cls, form=None):
        if form is None:
            return lambda later: register(cls, later)
        forms[cls] = form
        return form

    dispatch.register = register
    return update_wrapper(dispatch, function)
