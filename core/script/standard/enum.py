# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "enum".


class auto:
    def __init__(self, value=None):
        self.value = value
        self._resolve = None

    def _joined(self, other, join):
        made = auto()
        made._resolve = lambda value_of: join(value_of(self), value_of(other))
        return made

    def __or__(self, other):
        return self._joined(other, lambda a, b: a | b)

    def __and__(self, other):
        return self._joined(other, lambda a, b: a & b)

    def __xor__(self, other):
        return self._joined(other, lambda a, b: a ^ b)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        return self._joined(self, lambda a, b: ~a)


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


property = property


class FlagBoundary:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "<FlagBoundary.%s>" % self.name


STRICT, CONFORM, EJECT, KEEP = map(FlagBoundary, ("STRICT", "CONFORM", "EJECT", "KEEP"))
UNIQUE, CONTINUOUS, NAMED_FLAGS = "one name per value", "no skipped integer values", "multi-flag aliases may not contain unnamed flags"
_mixed_kinds = (str, int, float, bytes, tuple)


def _is_descriptor(value):
    if isinstance(value, (auto, type)):
        return False
    return isinstance(value, (property, classmethod, staticmethod)) or hasattr(value, "__get__") or callable(value) and hasattr(value, "__code__")


def _one_bit(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


class EnumType(type):
    def __new__(metaclass, name, bases, namespace, boundary=None, **options):
        values, rest = {}, {}
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
            elif key.startswith("_") or _is_descriptor(value) or isinstance(value, type) and value.__qualname__.endswith(name + "." + value.__name__):
                rest[key] = value
            else:
                values[key] = value
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError("<enum %r> cannot extend %r" % (name, base))
        cls = type.__new__(metaclass, name, bases, rest, **options)
        keep = type.__setattr__
        keep(cls, "_member_map_", {})
        keep(cls, "_member_names_", [])
        keep(cls, "_value2member_map_", {})
        keep(cls, "_value_list_", [])
        mixed = own_new = None
        has_init = False
        for base in cls.__mro__:
            is_ours = isinstance(base, EnumType) and base.__dict__.get("_is_root_") is None
            if own_new is None and is_ours and "__new__" in base.__dict__:
                own_new = base.__dict__["__new__"]
            if mixed is None and base in _mixed_kinds:
                mixed = base
            has_init = has_init or "__init__" in base.__dict__ and base is not object and base not in _mixed_kinds and base.__dict__.get("_is_root_") is None
        keep(cls, "_member_type_", mixed or object)
        if boundary is not None:
            keep(cls, "_boundary_", boundary)
        # What str, int, … say of a value is not what the member says of itself.
        for each in ("__repr__", "__str__", "__format__"):
            for base in cls.__mro__:
                if base is mixed:
                    for root in cls.__mro__:
                        if isinstance(root, EnumType) and each in root.__dict__:
                            keep(cls, each, root.__dict__[each])
                            break
                    break
                if each in base.__dict__:
                    break
        is_flag = "Flag" in globals() and Flag in cls.__mro__
        last = []
        for key, value in values.items():
            if isinstance(value, auto):
                if value._resolve is not None:
                    value.value = value._resolve(lambda each: each.value if isinstance(each, auto) else each)
                elif value.value is None:
                    value.value = cls._generate_next_value_(key, 1, len(last), list(last))
                value = value.value
            elif isinstance(value, tuple) and any(isinstance(each, auto) for each in value):
                value = tuple(cls._generate_next_value_(key, 1, len(last), list(last)) if isinstance(each, auto) else each for each in value)
            elif is_flag and not isinstance(value, (int, tuple)):
                value = getattr(value, "_value_", value)
            args = value if isinstance(value, tuple) else (value,)
            if mixed is tuple:
                args = (args,)
            if own_new is not None:
                made = getattr(own_new, "__func__", own_new)(cls, *args)
                if "_value_" not in made.__dict__:
                    made._value_ = value if mixed is None else mixed(*args)
            elif mixed is not None:
                made = mixed.__new__(cls, *args)
                made._value_ = value if not isinstance(value, tuple) or mixed is tuple else mixed(*args)
            else:
                made = object.__new__(cls)
                made._value_ = value
            made._name_ = key
            if has_init:
                made.__init__(*args)
            last.append(made._value_)
            existing = cls._lookup(made._value_)
            if existing is not None:
                made = existing
            elif is_flag and not _one_bit(made._value_):
                cls._remember(made)
            else:
                cls._remember(made)
                cls._value_list_.append(made)
                cls._member_names_.append(key)
            cls._member_map_[key] = made
            keep(cls, key, made)
        order = namespace.get("_order_", namespace.get("__order__"))
        if order is not None:
            wanted = order.replace(",", " ").split() if isinstance(order, str) else list(order)
            if [each for each in wanted if each in cls._member_names_] != cls._member_names_:
                raise TypeError("member order does not match _order_:\n  %r\n  %r" % (cls._member_names_, wanted))
        return cls

    def __init__(cls, name, bases, namespace, **options):
        pass

    def _remember(cls, made):
        try:
            cls._value2member_map_[made._value_] = made
        except TypeError:
            cls._value2member_map_[id(made)] = made

    def _lookup(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for each in cls._value2member_map_.values():
                if each._value_ == value:
                    return each

    def __call__(cls, value, names=None, *more, **options):
        if not cls._member_map_ and (names is not None or options or Enum in cls.__mro__ and isinstance(value, str) and cls.__dict__.get("_is_root_")):
            return cls._from_names(value, names, options)
        if names is not None:
            value = (value, names, *more)
        if type(value) is cls:
            return value
        found = cls._lookup(value)
        if found is not None:
            return found
        missing = cls._missing_(value)
        if isinstance(missing, cls):
            return missing
        if missing is None:
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if cls._boundary_ is EJECT and isinstance(missing, int):
            return missing
        raise TypeError("error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, missing))

    def _from_names(cls, name, names, options):
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        namespace = {}
        if isinstance(names, dict):
            namespace.update(names)
        else:
            start = options.get("start", 1)
            last = []
            for index, each in enumerate(names or ()):
                if isinstance(each, str):
                    namespace[each] = cls._generate_next_value_(each, start, index, list(last))
                    last.append(namespace[each])
                else:
                    namespace[each[0]] = each[1]
                    last.append(each[1])
        namespace["__module__"] = options.get("module", "__main__")
        namespace["__qualname__"] = options.get("qualname", name)
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
        return isinstance(value, cls) or cls._lookup(value) is not None

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __dir__(cls):
        return sorted(["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__", "__members__", "__module__", "__name__", "__qualname__"] + list(cls._member_map_))

    def __repr__(cls):
        return "<%s %r>" % ("flag" if "Flag" in globals() and Flag in cls.__mro__ else "enum", cls.__name__)

    __str__ = __repr__

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        type.__setattr__(cls, name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        type.__delattr__(cls, name)


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    _is_root_ = True
    _boundary_ = None

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
        return str.__format__(str(self), spec)

    def __hash__(self):
        kind = type(self)._member_type_
        return hash(self._name_) if kind is object else kind.__hash__(self)

    def __dir__(self):
        return sorted(["__class__", "__doc__", "__module__", "name", "value"] + [key for each in type(self).__mro__ if not each.__dict__.get("_is_root_") for key in each.__dict__ if not key.startswith("_") and key not in type(self)._member_map_])

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

    def __new__(cls, *values):
        for value in values:
            if not isinstance(value, str):
                raise TypeError("%r is not a string" % (value,))
        made = str.__new__(cls, *values)
        made._value_ = str(*values)
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


class Flag(Enum):
    _is_root_ = True
    _boundary_ = STRICT

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [v for v in last_values if isinstance(v, int)]
        return 1 << max(numbers).bit_length() if numbers else start or 1

    @classmethod
    def _mask(cls):
        mask = 0
        for each in cls._member_map_.values():
            mask |= each._value_
        return mask

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask = cls._mask()
        all_bits = (1 << mask.bit_length()) - 1
        if value < 0 and cls._boundary_ is not KEEP:
            value = value + all_bits + 1 if -value <= all_bits + 1 else value
        if value & ~mask:
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is not KEEP:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (cls, value, "0b0 " + format(value, "0%db" % width), "0b0 " + format(mask, "0%db" % width)))
        if value < 0:
            value = max(all_bits + 1, 1 << value.bit_length()) + value
        known = cls._lookup(value)
        if known is not None:
            return known
        kind = cls._member_type_
        made = object.__new__(cls) if kind is object else kind.__new__(cls, value)
        made._value_ = value
        names = [each._name_ for each in cls._value_list_ if each._value_ & value]
        left = value & ~mask
        if names and left:
            names.append(str(left))
        made._name_ = "|".join(names) or None
        cls._value2member_map_[value] = made
        return made

    @classmethod
    def _number(cls, other):
        if isinstance(other, cls):
            return other._value_
        return int(other) if cls._member_type_ is int and isinstance(other, int) else None

    def _combined(self, other, combine):
        number = self._number(other)
        return NotImplemented if number is None else type(self)(combine(self._value_, number))

    def __or__(self, other):
        return self._combined(other, lambda a, b: a | b)

    def __and__(self, other):
        return self._combined(other, lambda a, b: a & b)

    def __xor__(self, other):
        return self._combined(other, lambda a, b: a ^ b)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        mask = self._mask()
        return type(self)(mask & ~self._value_)

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, type(self).__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter([each for each in type(self)._value_list_ if each._value_ & self._value_])

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __str__(self):
        name = type(self).__name__
        return "%s(%r)" % (name, self._value_) if self._name_ is None else "%s.%s" % (name, self._name_)

    def __repr__(self):
        name = type(self).__name__
        return "<%s: %r>" % (name, self._value_) if self._name_ is None else "<%s.%s: %r>" % (name, self._name_, self._value_)

    def __hash__(self):
        return hash(self._value_)


class IntFlag(int, ReprEnum, Flag):
    _is_root_ = True
    _boundary_ = KEEP

    __or__, __and__, __xor__, __invert__ = Flag.__or__, Flag.__and__, Flag.__xor__, Flag.__invert__
    __ror__, __rand__, __rxor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __contains__, __hash__ = Flag.__contains__, Flag.__hash__

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __repr__(self):
        return Flag.__repr__(self)


def unique(cls):
    doubles = ["%s -> %s" % (name, each.name) for name, each in cls.__members__.items() if each.name != name]
    if doubles:
        raise ValueError("duplicate values found in %r: %s" % (cls, ", ".join(doubles)))
    return cls


def verify(*checks):
    def check(cls):
        for each in checks:
            if each == UNIQUE:
                unique(cls)
            elif each == CONTINUOUS and len(cls):
                numbers = {m._value_ for m in cls}
                missing = sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
                if missing:
                    raise ValueError("invalid enum %r: missing values %s" % (cls.__name__, ", ".join(map(str, missing))))
        return cls

    return check


def global_enum(cls, update_str=False):
    return cls


def global_enum_repr(self):
    return repr(self)


def show_flag_values(value):
    return [1 << bit for bit in range(int(value).bit_length()) if int(value) >> bit & 1]
