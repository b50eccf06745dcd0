# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "types".
import abc as _abc


def _function():
    yield


async def _coroutine():
    pass


class _Class:
    def method(self):
        pass


_running = _coroutine()
FunctionType = LambdaType = type(_function)
GeneratorType = type(_function())
CoroutineType = type(_running)
_running.close()
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
ModuleType = type(_abc)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
GenericAlias = type(list[int])
UnionType = type(int | str)


class SimpleNamespace:
    def __init__(self, /, **keywords):
        self.__dict__.update(keywords)

    def __repr__(self):
        return "namespace(%s)" % ", ".join("%s=%r" % item for item in self.__dict__.items())

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented


class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __reversed__(self):
        return reversed(self._mapping)

    def __or__(self, other):
        return self._mapping | (other._mapping if isinstance(other, MappingProxyType) else other)

    def __ror__(self, other):
        return other | self._mapping

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    __hash__ = None

    def __repr__(self):
        return "mappingproxy(%r)" % (self._mapping,)

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()


DynamicClassAttribute = property


def new_class(name, bases=(), kwds=None, exec_body=None):
    namespace = {}
    options = dict(kwds or {})
    metaclass = options.pop("metaclass", type(bases[0]) if bases else type)
    if exec_body is not None:
        exec_body(namespace)
    return metaclass(name, tuple(bases), namespace, **options)


def coroutine(function):
    return function
