# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "abc".


def _is_abstract(value):
    for name in ("fget", "fset", "fdel", "__func__"):
        part = getattr(value, name, None)
        if part is not None and _is_abstract(part):
            return True
    return bool(getattr(value, "__isabstractmethod__", False))


class ABCMeta(type):
    def __new__(metaclass, name, bases, namespace, **options):
        cls = type.__new__(metaclass, name, bases, namespace, **options)
        abstract = {key for key, value in namespace.items() if _is_abstract(value)}
        for base in bases:
            for key in getattr(base, "__abstractmethods__", ()):
                if _is_abstract(getattr(cls, key, None)):
                    abstract.add(key)
        type.__setattr__(cls, "__abstractmethods__", frozenset(abstract))
        type.__setattr__(cls, "_abc_registered", [])
        return cls

    def __init__(cls, name, bases, namespace, **options):
        pass

    def __call__(cls, /, *args, **keywords):
        missing = sorted(cls.__dict__["__abstractmethods__"])
        if missing:
            raise TypeError("Can't instantiate abstract class %s with abstract method%s %s" % (cls.__name__, "s" if len(missing) > 1 else "", ", ".join(missing)))
        return type.__call__(cls, *args, **keywords)

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        cls._abc_registered.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        if cls in subclass.__mro__:
            return True
        hook = cls.__subclasshook__(subclass)
        if hook is not NotImplemented:
            return bool(hook)
        if any(registered in subclass.__mro__ or registered is subclass for registered in cls._abc_registered):
            return True
        return any(type(each) is not type and issubclass(subclass, each) for each in cls.__subclasses__() + cls._abc_registered)


class ABC(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, subclass):
        return NotImplemented


ABCMeta.__subclasshook__ = lambda cls, subclass: NotImplemented


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


def abstractproperty(function):
    return property(abstractmethod(function))


def abstractclassmethod(function):
    return classmethod(abstractmethod(function))


def abstractstaticmethod(function):
    return staticmethod(abstractmethod(function))


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    return cls
