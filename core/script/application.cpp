// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/library.h"

/// Where applications take their settings from: pydantic's BaseSettings, python-dotenv, decouple, environs. Environment::variables holds
/// what is known of os.environ, the project's .env included. Source: pydantic-settings' documentation, "Settings Management".
namespace stillroom::script {

using python::Arguments;
using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

/// _stillroom_variable(name, exact): the text of an environment variable, or None.
Value makeVariable(Library &library, std::string_view)
{
    return library.interpreter().function("variable", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const QString name = toText(library, arguments.positional.at(0), "the name of a variable");
        const bool isExact = arguments.positional.size() > 1 && interpreter.truth(arguments.positional[1]);
        const auto &variables = library.environment().variables;
        if (const auto found = variables.constFind(name); found != variables.constEnd())
            return interpreter.string(*found);
        for (auto it = variables.cbegin(); !isExact && it != variables.cend(); ++it) {
            if (it.key().compare(name, Qt::CaseInsensitive) == 0)
                return interpreter.string(it.value());
        }
        return Value::none();
    });
}

/// _stillroom_missing(name): Unknown, since the variable may well be set where the application runs.
Value makeMissing(Library &library, std::string_view)
{
    return library.interpreter().function("missing", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const std::string name = toText(library, arguments.positional.at(0), "the name of a variable").toStdString();
        if (Value given = library.givenValue("os.environ." + name))
            return given;
        return interpreter.unknown(StopKind::NotUnderstood, "the environment variable " + name + " is not set", "os.environ." + name);
    });
}

/// is_unknown(value): whether nothing can be told of it; every other question about it would end the evaluation.
Value makeIsUnknown(Library &library, std::string_view)
{
    return library.interpreter().function(
        "is_unknown", [](Interpreter &, const Value &, Arguments &arguments) { return Value::boolean(arguments.positional.at(0).isUnknown()); });
}

constexpr const char *kSettings = R"PY(
from stillroom.environment import variable, missing, is_unknown

class PydanticUndefinedType:
    pass

_nothing = PydanticUndefinedType()

class FieldInfo:
    def __init__(self, default=_nothing, default_factory=None, alias=None, validation_alias=None, env=None, **extra):
        self.default = default
        self.default_factory = default_factory
        self.names = [n for n in (validation_alias, alias, env) if isinstance(n, str)]

def _is(value, other):
    return not is_unknown(value) and value is other

def Field(default=_nothing, **extra):
    if _is(default, ...):
        default = _nothing
    return FieldInfo(default, **extra)

def SettingsConfigDict(**options):
    return options

ConfigDict = SettingsConfigDict

def _converted(text, kind):
    name = kind if isinstance(kind, str) else getattr(kind, "__name__", "str")
    if name == "int":
        return int(text)
    if name == "float":
        return float(text)
    if name == "bool":
        return text.strip().lower() in ("1", "true", "t", "yes", "y", "on")
    return text

def _prefix(cls):
    config = getattr(cls, "model_config", None)
    if isinstance(config, dict):
        return config.get("env_prefix", "")
    config = getattr(cls, "Config", None)
    return getattr(config, "env_prefix", "") if config is not None else ""

class BaseModel:
    def __init__(self, **given):
        fields = {}
        kinds = {}
        for base in reversed(type(self).__mro__):
            for name, kind in getattr(base, "__dict__", {}).get("__annotations__", {}).items():
                if name != "model_config" and not name.startswith("_"):
                    fields[name] = getattr(base, "__dict__", {}).get(name, _nothing)
                    kinds[name] = kind
        for name, default in fields.items():
            self.__dict__[name] = self._value_of(name, kinds[name], default, given)
        for name, value in given.items():
            if name not in fields:
                self.__dict__[name] = value
        post = getattr(self, "model_post_init", None)
        if post is not None:
            post(None)

    def _value_of(self, name, kind, default, given):
        if name in given:
            return given[name]
        return self._default(default, name)

    def _default(self, default, name):
        if not is_unknown(default) and isinstance(default, FieldInfo):
            if not _is(default.default_factory, None):
                return default.default_factory()
            default = default.default
        return missing(name) if _is(default, _nothing) else default

    def model_dump(self, **options):
        return dict(self.__dict__)

    dict = model_dump

class BaseSettings(BaseModel):
    def _value_of(self, name, kind, default, given):
        if name in given:
            return given[name]
        names = [_prefix(type(self)) + name]
        if not is_unknown(default) and isinstance(default, FieldInfo) and default.names:
            names = default.names
        for each in names:
            text = variable(each)
            if text is not None:
                return _converted(text, kind)
        return self._default(default, names[0].upper())

def field_validator(*names, **options):
    return lambda function: function

validator = root_validator = model_validator = field_validator

def computed_field(function=None, **options):
    if function is None:
        return lambda inner: inner
    return function
)PY";

constexpr const char *kDotenv = R"PY(
from stillroom.environment import variable, missing

def load_dotenv(*args, **kwargs):
    return True

def find_dotenv(*args, **kwargs):
    return ".env"

def get_key(path, name):
    return variable(name, True)
)PY";

constexpr const char *kDecouple = R"PY(
from stillroom.environment import variable, missing, is_unknown

def _is(value, other):
    return not is_unknown(value) and value is other

_nothing = object()

class Csv:
    def __init__(self, cast=str, delimiter=",", strip=" ", **options):
        self.cast = cast
        self.delimiter = delimiter
    def __call__(self, text):
        return [self.cast(part.strip()) for part in text.split(self.delimiter) if part.strip()]

class _Configuration:
    def __init__(self, *args, **kwargs):
        pass
    def __call__(self, name, default=_nothing, cast=None):
        text = variable(name, True)
        if text is None:
            if _is(default, _nothing):
                return missing(name)
            text = default
            if is_unknown(text):
                return text
        if cast is bool and isinstance(text, str):
            return text.strip().lower() in ("1", "true", "t", "yes", "y", "on")
        return text if cast is None or text is None else cast(text)
    get = __call__

Config = AutoConfig = RepositoryEnv = _Configuration
config = _Configuration()
)PY";

constexpr const char *kEnvirons = R"PY(
from stillroom.environment import variable, missing, is_unknown

def _is(value, other):
    return not is_unknown(value) and value is other

_nothing = object()

class Env:
    def __init__(self, *args, **kwargs):
        self._prefixes = []
    def read_env(self, *args, **kwargs):
        return True
    def _text(self, name, default):
        text = variable(name, True)
        if text is not None:
            return text
        return missing(name) if _is(default, _nothing) else default
    def __call__(self, name, default=_nothing, **options):
        return self._text(name, default)
    def str(self, name, default=_nothing, **options):
        return self._text(name, default)
    def int(self, name, default=_nothing, **options):
        value = self._text(name, default)
        return int(value) if isinstance(value, str) else value
    def float(self, name, default=_nothing, **options):
        value = self._text(name, default)
        return float(value) if isinstance(value, str) else value
    def bool(self, name, default=_nothing, **options):
        value = self._text(name, default)
        if isinstance(value, str):
            return value.strip().lower() in ("1", "true", "t", "yes", "y", "on")
        return value
    def list(self, name, default=_nothing, **options):
        value = self._text(name, default)
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

env = Env()
)PY";

} // namespace

void addApplicationModules(ModuleTable &table)
{
    table.add({"stillroom.environment"}, {{"variable", makeVariable}, {"missing", makeMissing}, {"is_unknown", makeIsUnknown}});
    for (const char *module : {"pydantic", "pydantic_settings", "pydantic.env_settings"})
        table.setSource(module, kSettings);
    table.setSource("dotenv", kDotenv);
    table.setSource("decouple", kDecouple);
    table.setSource("environs", kEnvirons);
}

} // namespace stillroom::script
