# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "contextlib".
from functools import wraps


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, value, trace):
        return None


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, function):
        @wraps(function)
        def inner(*args, **keywords):
            with self._recreate_cm():
                return function(*args, **keywords)

        return inner


class _GeneratorContext(ContextDecorator):
    def __init__(self, function, args, keywords):
        self._generator = function(*args, **keywords)
        self._again = (function, args, keywords)

    def _recreate_cm(self):
        return type(self)(*self._again)

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
        if value is None:
            value = kind()
        try:
            self._generator.throw(value)
        except StopIteration as stopped:
            return stopped is not value
        except RuntimeError as raised:
            if raised is value or isinstance(value, StopIteration) and raised.__cause__ is value:
                return False
            raise
        except BaseException as raised:
            if raised is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContext:
    def __init__(self, function, args, keywords):
        self._generator = function(*args, **keywords)

    async def __aenter__(self):
        try:
            return await anext(self._generator)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, kind, value, trace):
        if kind is None:
            try:
                await anext(self._generator)
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            await self._generator.athrow(value)
        except StopAsyncIteration as stopped:
            return stopped is not value
        except BaseException as raised:
            if raised is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def asynccontextmanager(function):
    @wraps(function)
    def make(*args, **keywords):
        return _AsyncGeneratorContext(function, args, keywords)

    return make


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


class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, kind, value, trace):
        await self.thing.aclose()


class ExitStack(AbstractContextManager):
    def __init__(self):
        self._exits = []

    def enter_context(self, context):
        kind = type(context)
        if not hasattr(kind, "__enter__") or not hasattr(kind, "__exit__"):
            raise TypeError("%r object does not support the context manager protocol" % ("%s.%s" % (kind.__module__, kind.__qualname__)))
        entered = context.__enter__()
        self._exits.append(context.__exit__)
        return entered

    def callback(self, function, /, *args, **keywords):
        def call(kind, value, trace):
            function(*args, **keywords)

        self._exits.append(call)
        return function

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(type(exit), "__exit__") else exit)
        return exit

    def pop_all(self):
        other = type(self)()
        other._exits, self._exits = self._exits, []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, value, trace):
        given = value
        while self._exits:
            leave = self._exits.pop()
            try:
                if leave(None if value is None else type(value), value, trace):
                    value = None
            except BaseException as raised:
                value = raised
        if value is not None and value is not given:
            raise value
        return given is not None and value is None


class AsyncExitStack(AbstractAsyncContextManager):
    def __init__(self):
        self._exits = []

    def enter_context(self, context):
        entered = context.__enter__()
        self.push(context)
        return entered

    async def enter_async_context(self, context):
        entered = await context.__aenter__()
        self._exits.append((True, context.__aexit__))
        return entered

    def push(self, exit):
        self._exits.append((False, exit.__exit__ if hasattr(type(exit), "__exit__") else exit))
        return exit

    def push_async_exit(self, exit):
        self._exits.append((True, exit.__aexit__ if hasattr(type(exit), "__aexit__") else exit))
        return exit

    def callback(self, function, /, *args, **keywords):
        def call(kind, value, trace):
            function(*args, **keywords)

        self._exits.append((False, call))
        return function

    def push_async_callback(self, function, /, *args, **keywords):
        async def call(kind, value, trace):
            await function(*args, **keywords)

        self._exits.append((True, call))
        return function

    async def aclose(self):
        await self.__aexit__(None, None, None)

    async def __aexit__(self, kind, value, trace):
        given = value
        while self._exits:
            is_async, leave = self._exits.pop()
            try:
                left = leave(None if value is None else type(value), value, trace)
                if await left if is_async else left:
                    value = None
            except BaseException as raised:
                value = raised
        if value is not None and value is not given:
            raise value
        return given is not None and value is None


class chdir(AbstractContextManager):
    def __init__(self, path):
        raise NotImplementedError("contextlib.chdir() is not evaluated")


class redirect_stdout(AbstractContextManager):
    def __init__(self, target):
        self.target = target


redirect_stderr = redirect_stdout
