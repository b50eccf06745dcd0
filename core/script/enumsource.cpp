// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/basics.h"

/// Python's enum module in Python, as far as scripts use it. Source: the Python standard library's documentation of `enum` (3.11).
namespace stillroom::script {

std::string_view enumSource()
{
    return R"PY(
class auto:
    def __init__(self, value=None):
        self.value = value

class member:
    def __init__(self, value):
        self.value = value

class nonmember:
    def __init__(self, value):
        self.value = value

def _is_descriptor(value):
    return isinstance(value, (property, classmethod, staticmethod, nonmember)) or hasattr(value, "__get__") or callable(value) and not isinstance(value, type) and hasattr(value, "__code__")

def _is_private(name):
    return name.startswith("_")

class EnumType(type):
    def __new__(mcls, name, bases, namespace, **options):
        values = {}
        rest = {}
        ignored = namespace.get("_ignore_", ())
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        for key, value in namespace.items():
            if key == "_ignore_" or key in ignored:
                continue
            if isinstance(value, member):
                values[key] = value.value
            elif isinstance(value, nonmember):
                rest[key] = value.value
            elif _is_private(key) or _is_descriptor(value):
                rest[key] = value
            else:
                values[key] = value
        cls = type.__new__(mcls, name, bases, rest)
        type.__setattr__(cls, "_member_map_", {})
        type.__setattr__(cls, "_value_list_", [])
        mixed = None
        own_new = None
        for base in cls.__mro__:
            if own_new is None and base is not object and "__new__" in base.__dict__ and isinstance(base, EnumType) and base.__dict__.get("_is_root_") is None:
                own_new = base.__dict__["__new__"]
            if mixed is None and base in (str, int, float, bytes, tuple):
                mixed = base
        type.__setattr__(cls, "_member_type_", mixed)
        # What str, int, … say of a value is not what the member says of itself.
        for each in ("__repr__", "__str__", "__format__"):
            for base in cls.__mro__:
                if base is mixed:
                    for root in cls.__mro__:
                        if isinstance(root, EnumType) and each in root.__dict__:
                            type.__setattr__(cls, each, root.__dict__[each])
                            break
                    break
                if each in base.__dict__:
                    break
        last = []
        for key, value in values.items():
            if isinstance(value, auto):
                value = cls._generate_next_value_(key, 1, len(last), list(last))
            args = value if isinstance(value, tuple) else (value,)
            if mixed is tuple:
                args = (args,)
            if own_new is not None:
                made = getattr(own_new, "__func__", own_new)(cls, *args)
                if not hasattr(made, "_value_"):
                    made._value_ = value
            elif mixed is not None:
                made = mixed.__new__(cls, *args)
                made._value_ = value if not isinstance(value, tuple) or mixed is tuple else mixed(*args)
            else:
                made = object.__new__(cls)
                made._value_ = value
            made._name_ = key
            if "__init__" in cls.__dict__ or any("__init__" in b.__dict__ for b in cls.__mro__ if isinstance(b, EnumType) and b.__dict__.get("_is_root_") is None):
                made.__init__(*args)
            last.append(made._value_)
            for existing in cls._value_list_:
                if existing._value_ == made._value_ and type(existing._value_) == type(made._value_):
                    made = existing
                    break
            else:
                cls._value_list_.append(made)
            cls._member_map_[key] = made
            type.__setattr__(cls, key, made)
        return cls

    def __init__(cls, name, bases, namespace, **options):
        pass

    def __call__(cls, value, names=None, **options):
        if names is not None or not cls._member_map_ and isinstance(value, str) and options:
            return cls._from_names(value, names, options)
        for each in cls._value_list_:
            if each is value or each._value_ == value:
                return each
        missing = cls._missing_(value)
        if missing is not None:
            return missing
        raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))

    def _from_names(cls, name, names, options):
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        namespace = {}
        if isinstance(names, dict):
            namespace.update(names)
        else:
            start = options.get("start", 1)
            last = []
            for index, each in enumerate(names):
                if isinstance(each, str):
                    namespace[each] = cls._generate_next_value_(each, start, index, list(last))
                else:
                    namespace[each[0]] = each[1]
                last.append(namespace[each] if isinstance(each, str) else each[1])
        bases = (options["type"], cls) if options.get("type") else (cls,)
        return type(cls)(name, bases, namespace)

    def __iter__(cls):
        return iter(list(cls._value_list_))

    def __reversed__(cls):
        return reversed(list(cls._value_list_))

    def __len__(cls):
        return len(cls._value_list_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        if isinstance(value, cls):
            return value._name_ in cls._member_map_
        return any(each._value_ == value for each in cls._value_list_)

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return "<enum '%s'>" % cls.__name__

    __str__ = __repr__

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        type.__setattr__(cls, name, value)

EnumMeta = EnumType

class Enum(metaclass=EnumType):
    _is_root_ = True

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [v for v in last_values if isinstance(v, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self._name_)

    def __repr__(self):
        return "<%s.%s: %r>" % (type(self).__name__, self._name_, self._value_)

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        kind = type(self)._member_type_
        return hash(self._name_) if kind is None else kind.__hash__(self)

    def __reduce_ex__(self, protocol):
        return (type(self), (self._value_,))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

class ReprEnum(Enum):
    _is_root_ = True

class IntEnum(int, ReprEnum):
    _is_root_ = True

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

class StrEnum(str, ReprEnum):
    _is_root_ = True

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)

class Flag(Enum):
    _is_root_ = True

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [v for v in last_values if isinstance(v, int)]
        return 1 if not numbers else 1 << max(numbers).bit_length()

    @classmethod
    def _missing_(cls, value):
        made = object.__new__(cls) if cls._member_type_ is None else cls._member_type_.__new__(cls, value)
        made._value_ = value
        made._name_ = "|".join(each._name_ for each in cls._value_list_ if each._value_ & value) or None
        return made

    def __or__(self, other):
        return type(self)(self._value_ | (other._value_ if isinstance(other, Flag) else other))

    def __and__(self, other):
        return type(self)(self._value_ & (other._value_ if isinstance(other, Flag) else other))

    def __xor__(self, other):
        return type(self)(self._value_ ^ (other._value_ if isinstance(other, Flag) else other))

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __eq__(self, other):
        return type(other) is type(self) and other._value_ == self._value_

    def __hash__(self):
        return hash(self._value_)

class IntFlag(int, Flag):
    _is_root_ = True

    def __str__(self):
        return int.__repr__(self._value_)

def unique(cls):
    for name, each in cls.__members__.items():
        if each.name != name:
            raise ValueError("duplicate values found in %r: %s -> %s" % (cls, name, each.name))
    return cls

def global_enum(cls):
    return cls
)PY";
}

} // namespace stillroom::script
