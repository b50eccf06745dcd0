# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "contextlib".
from functools import wraps


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


class ContextDecorator:
    def __call__(self, function):
        @wraps(function)
        def inner(*args, **keywords):
            with self:
                return function(*args, **keywords)

        return inner


class _GeneratorContext(ContextDecorator):
    def __init__(self, function, args, keywords):
        self._generator = function(*args, **keywords)
        self._again = (function, args, keywords)

    def __enter__(self):
        try:
            return next(self._generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, trace):
        if kind is None:
            try:
                next(self._generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self._generator.throw(value)
        except StopIteration:
            return True
        except BaseException as raised:
            if raised is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(function):
    @wraps(function)
    def make(*args, **keywords):
        return _GeneratorContext(function, args, keywords)

    return make


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __exit__(self, kind, value, trace):
        return kind is not None and issubclass(kind, self._exceptions)


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, kind, value, trace):
        self.thing.close()


class ExitStack(AbstractContextManager):
    def __init__(self):
        self._exits = []

    def enter_context(self, context):
        entered = context.__enter__()
        self._exits.append(context.__exit__)
        return entered

    def callback(self, function, *args, **keywords):
        self._exits.append(lambda kind, value, trace: function(*args, **keywords) and False)
        return function

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, "__exit__") else exit)
        return exit

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, value, trace):
        swallowed = False
        while self._exits:
            if self._exits.pop()(kind, value, trace):
                kind = value = trace = None
                swallowed = True
        return swallowed


class redirect_stdout(AbstractContextManager):
    def __init__(self, target):
        self.target = target


redirect_stderr = redirect_stdout
