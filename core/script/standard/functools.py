# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "functools".

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)
_missing = object()


def reduce(function, iterable, initial=_missing, /):
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
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *("%s=%r" % item for item in self.keywords.items())]
        return "functools.partial(%s)" % ", ".join(parts)


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        get = getattr(self.func, "__get__", None)
        bound = self.func if get is None else get(instance, owner)
        if instance is None and bound is self.func:
            return lambda self_, /, *args, **keywords: self.func(self_, *self.args, *args, **{**self.keywords, **keywords})
        return partial(bound, *self.args, **self.keywords)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class _CacheInfo(tuple):
    hits, misses, maxsize, currsize = (property(lambda self, index=index: self[index]) for index in range(4))

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % tuple(self)


class _Memo:
    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._known = {}
        self._hits = self._misses = 0

    def __call__(self, /, *args, **keywords):
        key = (args, tuple(keywords.items()))
        if self._typed:
            key += (tuple(map(type, args)), tuple(map(type, keywords.values())))
        known = self._known
        if key in known:
            self._hits += 1
            value = known[key]
            if self._maxsize is not None:
                known[key] = known.pop(key)
            return value
        self._misses += 1
        value = self._function(*args, **keywords)
        if self._maxsize == 0:
            return value
        if self._maxsize is not None and len(known) >= self._maxsize:
            del known[next(iter(known))]
        known[key] = value
        return value

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def cache_clear(self):
        self._known.clear()
        self._hits = self._misses = 0

    def cache_info(self):
        return _CacheInfo((self._hits, self._misses, self._maxsize, len(self._known)))

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return update_wrapper(_Memo(maxsize, 128, typed), maxsize)
    size = None if maxsize is None else max(0, maxsize)
    return lambda function: update_wrapper(_Memo(function, size, typed), function)


def cache(function, /):
    return lru_cache(None)(function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        known = instance.__dict__
        if self.attrname not in known:
            known[self.attrname] = self.func(instance)
        return known[self.attrname]


def total_ordering(cls):
    have = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if any(name in each.__dict__ for each in cls.__mro__ if each is not object)]
    if not have:
        raise ValueError("must define at least one ordering operation: < > <= >=")

    def derive(name, form):
        def compare(self, other):
            said = getattr(type(self), have[0])(self, other)
            return said if said is NotImplemented else form(self, other, said)

        compare.__name__ = name
        return compare

    forms = {
        "__lt__": {"__gt__": lambda a, b, x: not x and a != b, "__le__": lambda a, b, x: x or a == b, "__ge__": lambda a, b, x: not x},
        "__le__": {"__ge__": lambda a, b, x: not x or a == b, "__lt__": lambda a, b, x: x and a != b, "__gt__": lambda a, b, x: not x},
        "__gt__": {"__lt__": lambda a, b, x: not (x or a == b), "__ge__": lambda a, b, x: x or a == b, "__le__": lambda a, b, x: not x},
        "__ge__": {"__le__": lambda a, b, x: not x or a == b, "__gt__": lambda a, b, x: x and a != b, "__lt__": lambda a, b, x: not x},
    }
    for name, form in forms[have[0]].items():
        if name not in have:
            setattr(cls, name, derive(name, form))
    return cls


def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return K



def singledispatch(function):
    forms = {object: function}

    def find(cls):
        for each in cls.__mro__:
            if each in forms:
                return forms[each]
            if each is object:
                break
        for kind, form in forms.items():
            if kind is not object and type(kind) is not type and issubclass(cls, kind):
                return form
        return function

    def dispatch(first, /, *args, **keywords):
        return find(type(first))(first, *args, **keywords)

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, (type, type(int | str))):
                return lambda later: register(cls, later)
            func = cls
            annotations = list(getattr(func, "__annotations__", {}).items())
            if not annotations:
                raise TypeError("Invalid first argument to `register()`: %r. Use either `@register(some_class)` or plain `@register` on an annotated function." % (cls,))
            cls = annotations[0][1]
        for each in cls.__args__ if isinstance(cls, type(int | str)) else (cls,):
            if not isinstance(each, type):
                raise TypeError("Invalid annotation for %r. %r is not a class." % (func, each))
            forms[each] = func
        return func

    update_wrapper(dispatch, function)
    dispatch.register = register
    dispatch.dispatch = find
    dispatch.registry = forms
    return dispatch


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, instance, owner=None):
        def method(first, /, *args, **keywords):
            found = self.dispatcher.dispatch(type(first))
            return found.__get__(instance, owner)(first, *args, **keywords)

        return method
