// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/library.h"

#include <QDir>
#include <QFileInfo>

/// What nearly every script imports: os, sys, logging, warnings, asyncio. Source: the Python standard library's
/// documentation of each module.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

// --- os ---

/// Whether the script has written to os.environ, which is not followed: what is not set is then not known.
struct EnvironmentWrites {
    bool any = false;
};

bool isKnownUnset(Library &library) { return library.environment().knowsAllVariables && !library.shared<EnvironmentWrites>().any; }

Value missingVariable(Library &library, const QString &name)
{
    Interpreter &interpreter = library.interpreter();
    if (Value given = library.givenValue("os.environ." + name.toStdString()))
        return given;
    return interpreter.unknown(StopKind::NotUnderstood, "the environment variable " + name.toStdString() + " is not set",
                               "os.environ." + name.toStdString());
}

/// A variable that is set, the default that was given, or Unknown.
Value variableOr(Library &library, Arguments &arguments, std::string_view function)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, function, arguments, {"key", "default="});
    const QString name = toText(library, read["key"], "the name of an environment variable");
    bool isSet = false;
    const QString value = library.variable(name, &isSet);
    if (isSet)
        return interpreter.string(value);
    if (isKnownUnset(library) && !library.givenValue("os.environ." + name.toStdString())) {
        const bool mustBeSet = function == "__getitem__" || (function == "pop" && !read.has("default"));
        if (mustBeSet)
            interpreter.raise("KeyError", name.toStdString());
        if (function == "setdefault")
            library.shared<EnvironmentWrites>().any = true;
        return read.has("default") ? read["default"] : Value::none();
    }
    if (!read.has("default") || read["default"].isNone())
        return missingVariable(library, name);
    library.note(QStringLiteral("the environment variable %1 is not set; the script's own default is used").arg(name));
    return read["default"];
}

Value makeEnvironClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "_Environ", {}, "os");
    builder.method("get", [&library](Interpreter &, const Value &, Arguments &arguments) { return variableOr(library, arguments, "get"); });
    builder.method("setdefault",
                   [&library](Interpreter &, const Value &, Arguments &arguments) { return variableOr(library, arguments, "setdefault"); });
    builder.method("pop", [&library](Interpreter &, const Value &, Arguments &arguments) { return variableOr(library, arguments, "pop"); });
    builder.method("__getitem__",
                   [&library](Interpreter &, const Value &, Arguments &arguments) { return variableOr(library, arguments, "__getitem__"); });
    builder.method("__setitem__", [&library](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        (void)interpreter;
        library.shared<EnvironmentWrites>().any = true;
        library.note(QStringLiteral("the script sets an environment variable; that has no effect here"));
        return Value::none();
    });
    builder.method("__contains__", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const QString name = toText(library, arguments.positional.at(0), "the name of an environment variable");
        bool isSet = false;
        (void)library.variable(name, &isSet);
        if (!isSet && isKnownUnset(library))
            return Value::boolean(false);
        if (!isSet)
            interpreter.stop(StopKind::NotUnderstood, "whether the environment variable " + name.toStdString() + " is set is not known",
                             "os.environ." + name.toStdString());
        return Value::boolean(true);
    });
    return builder.build();
}

Value makeEnviron(Library &library, std::string_view) { return library.interpreter().instance(library.named(makeEnvironClass, "_Environ")); }

Value makeGetenv(Library &library, std::string_view)
{
    return library.interpreter().function(
        "getenv", [&library](Interpreter &, const Value &, Arguments &arguments) { return variableOr(library, arguments, "getenv"); });
}

Value makeText(Library &library, std::string_view name)
{
    if (name == "sep")
        return library.interpreter().string(std::string_view("/"));
    if (name == "linesep")
        return library.interpreter().string(std::string_view("\n"));
    if (name == "platform")
        return library.interpreter().string(std::string_view("linux"));
    return library.interpreter().string(std::string_view("posix"));
}

Value makeWorkingDirectory(Library &library, std::string_view)
{
    return library.interpreter().function(
        "getcwd", [&library](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.string(library.environment().projectRoot); });
}

// --- os.path: texts, and questions about the project's own files ---

QString cleaned(const QString &path) { return QDir::cleanPath(path); }

/// exists(), isfile() and isdir(); the rest of os.path is text (standard/posixpath.py).
Value pathFunction(Library &library, const std::string &name, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const Value &given = arguments.positional.at(0);
    if (given.isUnknown())
        return given;
    const QString path = QString::fromStdString(interpreter.str(given));
    if (name == "exists" || name == "isfile" || name == "isdir") {
        const QFileInfo file(QDir(library.environment().projectRoot).absoluteFilePath(path));
        const QString root = QFileInfo(library.environment().readableRoot()).canonicalFilePath();
        const QString place = file.exists() ? file.canonicalFilePath() : cleaned(file.absoluteFilePath());
        if (root.isEmpty() || (place != root && !place.startsWith(root + QLatin1Char('/'))))
            return interpreter.unknown(StopKind::NotUnderstood, "the script asks for a file outside the project");
        return Value::boolean(name == "exists" ? file.exists() : name == "isfile" ? file.isFile() : file.isDir());
    }
    return interpreter.unknown(StopKind::NotUnderstood, "os.path." + name + "() depends on the machine");
}

Value makePathFunction(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [&library, name = std::string(name)](Interpreter &, const Value &, Arguments &arguments) {
        return pathFunction(library, name, arguments);
    });
}

// --- sys ---

Value makeSysName(Library &library, std::string_view name)
{
    Interpreter &interpreter = library.interpreter();
    if (name == "argv")
        return interpreter.list({interpreter.string(std::string_view("alembic"))});
    if (name == "path")
        return interpreter.list({interpreter.string(library.environment().projectRoot)});
    if (name == "maxsize")
        return Value::integer(INT64_MAX);
    return interpreter.function("exit", [](Interpreter &inner, const Value &, Arguments &arguments) -> Value {
        inner.raise("SystemExit", arguments.positional.empty() ? std::string() : inner.str(arguments.positional[0]));
    });
}

Value makeStream(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TextIOWrapper", {}, "io");
    builder.method("write", [](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const std::string text = interpreter.str(arguments.positional.at(0));
        interpreter.writeOutput(text);
        return Value::integer(static_cast<std::int64_t>(text.size()));
    });
    builder.method("flush", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.method("isatty", [](Interpreter &, const Value &, Arguments &) { return Value::boolean(false); });
    return library.interpreter().instance(builder.build());
}

Value makeFalse(Library &, std::string_view) { return Value::boolean(false); }

// --- logging, warnings ---

Value makeNoteFunction(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        if (!arguments.positional.empty() && !arguments.positional[0].isUnknown())
            library.note(QString::fromStdString(interpreter.str(arguments.positional[0])));
        return Value::none();
    });
}

constexpr const char *kLogging = R"PY(
from stillroom.notes import note

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

def _say(level, message, args):
    if level < INFO:
        return
    try:
        text = str(message)
        if args:
            text = text % (args[0] if len(args) == 1 and isinstance(args[0], dict) else args)
    except (TypeError, ValueError, KeyError):
        text = str(message)
    note(text)

class Handler:
    def __init__(self, *args, **kwargs):
        pass
    def setLevel(self, level):
        pass
    def setFormatter(self, formatter):
        pass
    def addFilter(self, filter):
        pass

StreamHandler = FileHandler = NullHandler = Formatter = Filter = Handler

class Logger:
    def __init__(self, name="root", level=NOTSET):
        self.name = name
        self.level = level
        self.handlers = []
        self.propagate = True
        self.disabled = False
    def debug(self, message, *args, **kwargs):
        pass
    def info(self, message, *args, **kwargs):
        _say(INFO, message, args)
    def warning(self, message, *args, **kwargs):
        _say(WARNING, message, args)
    warn = warning
    def error(self, message, *args, **kwargs):
        _say(ERROR, message, args)
    exception = critical = fatal = error
    def log(self, level, message, *args, **kwargs):
        _say(level, message, args)
    def setLevel(self, level):
        self.level = level
    def getEffectiveLevel(self):
        return self.level or WARNING
    def isEnabledFor(self, level):
        return True
    def addHandler(self, handler):
        self.handlers.append(handler)
    def removeHandler(self, handler):
        pass
    def addFilter(self, filter):
        pass
    def getChild(self, suffix):
        return getLogger(self.name + "." + suffix)
    def hasHandlers(self):
        return bool(self.handlers)

LoggerAdapter = Logger
_loggers = {}
class Manager:
    def __init__(self):
        self.loggerDict = _loggers
        self.disable = 0

root = Logger()
Logger.manager = Manager()
Logger.root = root

def getLogger(name=None):
    if not name:
        return root
    return _loggers.setdefault(name, Logger(name))

def basicConfig(**options):
    pass

def disable(level=CRITICAL):
    pass

def getLevelName(level):
    return {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}.get(level, "Level %s" % level)

def captureWarnings(capture):
    pass

debug = root.debug
info = root.info
warning = warn = root.warning
error = exception = critical = root.error
log = root.log
)PY";

constexpr const char *kLoggingConfig = R"PY(
def fileConfig(*args, **kwargs):
    pass

def dictConfig(*args, **kwargs):
    pass
)PY";

constexpr const char *kWarnings = R"PY(
from stillroom.notes import note

def warn(message, category=None, stacklevel=1, source=None):
    note(str(message))

def filterwarnings(*args, **kwargs):
    pass

simplefilter = resetwarnings = filterwarnings

class catch_warnings:
    def __init__(self, *args, **kwargs):
        pass
    def __enter__(self):
        return []
    def __exit__(self, *args):
        return False
)PY";

constexpr const char *kAsyncio = R"PY(
from stillroom.coroutines import finish

def run(coroutine, **options):
    return finish(coroutine)

class _Loop:
    def run_until_complete(self, coroutine):
        return finish(coroutine)
    def close(self):
        pass
    def is_running(self):
        return False

def get_event_loop():
    return _Loop()

new_event_loop = get_event_loop

def get_running_loop():
    raise RuntimeError("no running event loop")

def set_event_loop(loop):
    pass

async def sleep(seconds, result=None):
    return result

async def gather(*awaitables, **options):
    return [await each for each in awaitables]
)PY";

Value makeFinish(Library &library, std::string_view)
{
    return library.interpreter().function(
        "finish", [](Interpreter &interpreter, const Value &, Arguments &arguments) { return interpreter.awaitResult(arguments.positional.at(0)); });
}

} // namespace

void addBasicModules(ModuleTable &table)
{
    table.add({"os"}, {{"environ", makeEnviron},
                       {"getenv", makeGetenv},
                       {"getcwd", makeWorkingDirectory},
                       {"sep", makeText},
                       {"linesep", makeText},
                       {"name", makeText}});
    table.add({"os.path"}, {{"exists", makePathFunction}, {"isfile", makePathFunction}, {"isdir", makePathFunction}});
    table.setAlias("os.path", "posixpath");
    table.add({"sys"}, {{"argv", makeSysName},
                        {"path", makeSysName},
                        {"maxsize", makeSysName},
                        {"exit", makeSysName},
                        {"platform", makeText},
                        {"stdout", makeStream},
                        {"stderr", makeStream}});
    table.setAlias("typing_extensions", "typing");
    for (const char *feature : {"annotations", "print_function", "unicode_literals", "absolute_import", "division", "with_statement", "generators",
                                "generator_stop", "nested_scopes"})
        table.add({"__future__"}, {{feature, makeFalse}});
    table.add({"stillroom.notes"}, {{"note", makeNoteFunction}});
    table.add({"stillroom.coroutines"}, {{"finish", makeFinish}});
    table.setSource("logging", kLogging);
    table.setSource("logging.config", kLoggingConfig);
    table.setSource("warnings", kWarnings);
    table.setSource("asyncio", kAsyncio);
}

} // namespace stillroom::script
