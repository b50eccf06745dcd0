// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "python/state.h"
#include "script/engine.h"
#include "script/library.h"
#include "script/objects.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>

/// `_stillroom`: what the parts of the standard library that are written in Python ask of the program. Files are read only
/// inside the project's folder, and nothing is ever written.
namespace stillroom::script {

using namespace python;

namespace {

constexpr qint64 kFileLimit = 16 * 1024 * 1024;

/// The absolute path of a file that the script may see; stops when it lies outside of the project.
QString projectPath(Library &library, const Value &path)
{
    Interpreter &in = library.interpreter();
    in.known(path, "a file's path");
    const QString root = QFileInfo(library.environment().readableRoot()).canonicalFilePath();
    const QString asked = QDir(library.environment().projectRoot).absoluteFilePath(QString::fromStdString(in.str(path)));
    const QFileInfo file(asked);
    const QString real = file.exists() ? file.canonicalFilePath() : QDir::cleanPath(asked);
    // The scripts, and what lies beside them, may stand elsewhere than alembic.ini.
    const QString roots[] = {root, QFileInfo(library.environment().scriptDirectory).canonicalFilePath(),
                             QFileInfo(QFileInfo(library.scriptFile()).path()).canonicalFilePath()};
    const bool isInside = std::ranges::any_of(
        roots, [&](const QString &each) { return !each.isEmpty() && (real == each || real.startsWith(each + QLatin1Char('/'))); });
    if (!isInside)
        in.stop(StopKind::NotUnderstood, "the script looks at '" + asked.toStdString() + "', which lies outside of the project's folder");
    return real;
}

Value readFile(Library &library, Interpreter &in, const Value &path)
{
    QFile file(projectPath(library, path));
    if (const QFileInfo found(file.fileName()); found.exists() && !found.isFile()) // a pipe would never end
        in.raise(found.isDir() ? "IsADirectoryError" : "OSError",
                 (found.isDir() ? "[Errno 21] Is a directory: '" : "[Errno 22] Not a file: '") + in.str(path) + "'");
    if (!file.open(QIODevice::ReadOnly))
        in.raise("FileNotFoundError", "[Errno 2] No such file or directory: '" + in.str(path) + "'");
    if (file.size() > kFileLimit)
        in.stop(StopKind::OverBudget, "the file '" + file.fileName().toStdString() + "' is larger than the 16 MB that a script may read");
    in.charge(static_cast<std::size_t>(file.size()));
    return in.bytes(file.readAll().toStdString());
}

std::optional<QCryptographicHash::Algorithm> algorithm(std::string_view name)
{
    static const std::map<std::string_view, QCryptographicHash::Algorithm> kAlgorithms{
        {"md5", QCryptographicHash::Md5},           {"sha1", QCryptographicHash::Sha1},         {"sha224", QCryptographicHash::Sha224},
        {"sha256", QCryptographicHash::Sha256},     {"sha384", QCryptographicHash::Sha384},     {"sha512", QCryptographicHash::Sha512},
        {"sha3_224", QCryptographicHash::Sha3_224}, {"sha3_256", QCryptographicHash::Sha3_256}, {"sha3_384", QCryptographicHash::Sha3_384},
        {"sha3_512", QCryptographicHash::Sha3_512},
    };
    const auto found = kAlgorithms.find(name);
    return found == kAlgorithms.end() ? std::nullopt : std::optional(found->second);
}

QByteArray bytesOf(Interpreter &in, const Value &value)
{
    const auto *bytes = in.known(value).to<BytesObject>();
    if (!bytes)
        in.raise("TypeError", "a bytes-like object is required, not '" + in.className(value) + "'");
    return QByteArray::fromStdString(bytes->bytes);
}

Value now(Interpreter &in)
{
    in.noteClock();
    constexpr qint64 kOtherwise = 400LL * 24 * 60 * 60 + 25 * 60 * 60 + 61; // another year, month, day, hour, minute and second
    const QDateTime moment = QDateTime::currentDateTimeUtc().addSecs(kOtherwise * in.otherRun());
    const QDate day = moment.date();
    const QTime clock = moment.time();
    return in.tuple({Value::integer(day.year()), Value::integer(day.month()), Value::integer(day.day()), Value::integer(clock.hour()),
                     Value::integer(clock.minute()), Value::integer(clock.second()), Value::integer(clock.msec() * 1000)});
}

Value randomHex(Interpreter &in, std::int64_t digits)
{
    in.noteClock();
    std::string text;
    in.state().countSteps(200); // the system is asked
    quint32 random = 0;
    for (std::int64_t i = 0; i < digits; ++i) {
        if (i % 8 == 0)
            random = QRandomGenerator::global()->generate();
        text += "0123456789abcdef"[random & 15];
        random >>= 4;
    }
    return in.string(text, true);
}

/// complete_column(column, key, type, nullable): what a mapped class's attribute and its annotation add to a Column that does not
/// say it itself. Source: SQLAlchemy 2.0, "Declarative Table with mapped_column()".
Value completeColumn(const Arguments &arguments)
{
    auto *column = Interpreter::payloadAs<SchemaColumnPayload>(arguments.positional.at(0));
    const Value &type = arguments.positional.at(2);
    const Value &nullable = arguments.positional.at(3);
    if (column->name.isEmpty())
        column->name.text = Interpreter::qtext(arguments.positional.at(1));
    if (column->key.isEmpty())
        column->key = column->name.text;
    if (!column->type && column->foreignKeys.empty() && !type.isNone())
        column->type = type;
    if (!column->column.nullableGiven && !column->column.isPrimaryKey && !nullable.isNone())
        column->column.nullable = nullable.isTrue();
    return Value::none();
}

char32_t codePoint(Interpreter &in, const Value &character)
{
    const auto points = in.known(character, "a character").isString() ? Interpreter::qtext(character).toUcs4() : QList<uint>();
    if (points.size() != 1)
        in.raise("TypeError", "a unicode character is needed");
    return points.front();
}

/// package_folder(name): where the files of a package of the project are; Unknown for any other package.
Value packageFolder(Library &library, Interpreter &in, const Value &name)
{
    const std::string package = in.str(in.known(name, "a package's name"));
    const QString folder = library.projectModules().folderOf(package);
    if (folder.isEmpty())
        in.stop(StopKind::NotUnderstood, "a file of the package '" + package + "' is read, which is not part of the project");
    return in.string(folder);
}

/// missing_table(metadata, name): the class of a table derives from something that is not known.
Value missingTable(Interpreter &in, const Arguments &arguments)
{
    if (auto *held = Interpreter::payloadAs<MetaDataPayload>(arguments.positional.at(0)); held != nullptr && held->missing.empty())
        held->missing = "the class " + in.str(arguments.positional.at(1)) + " derives from one that is not known";
    return Value::none();
}

using PrivateFunction = Value (*)(Library &, Interpreter &, Arguments &);

struct Row {
    const char *name;
    PrivateFunction function;
};

constexpr Row kRows[] = {
    {"varying",
     [](Library &, Interpreter &in, Arguments &a) {
         const Value &value = a.positional.at(0);
         return value.isString() ? in.string(Interpreter::text(value), true) : in.varying(value);
     }},
    {"now", [](Library &, Interpreter &in, Arguments &) { return now(in); }},
    {"random_hex", [](Library &, Interpreter &in, Arguments &a) { return randomHex(in, Interpreter::toInt64(a.positional.at(0)).value_or(0)); }},
    {"digest",
     [](Library &, Interpreter &in, Arguments &a) {
         const auto chosen = algorithm(Interpreter::text(a.positional.at(0)));
         if (!chosen)
             in.raise("ValueError", "unsupported hash type");
         return in.bytes(QCryptographicHash::hash(bytesOf(in, a.positional.at(1)), *chosen).toStdString());
     }},
    {"to_base64", [](Library &, Interpreter &in, Arguments &a) { return in.bytes(bytesOf(in, a.positional.at(0)).toBase64().toStdString()); }},
    {"from_base64",
     [](Library &, Interpreter &in, Arguments &a) { return in.bytes(QByteArray::fromBase64(bytesOf(in, a.positional.at(0))).toStdString()); }},
    {"normalized",
     [](Library &, Interpreter &in, Arguments &a) {
         const std::string_view form = Interpreter::text(a.positional.at(0));
         const Value &text = in.known(a.positional.at(1), "a text");
         if (!text.isString())
             in.raise("TypeError", "normalize() argument 2 must be str, not " + in.className(text));
         const QString normal = Interpreter::qtext(text).normalized(form == "NFC"    ? QString::NormalizationForm_C
                                                                    : form == "NFD"  ? QString::NormalizationForm_D
                                                                    : form == "NFKC" ? QString::NormalizationForm_KC
                                                                                     : QString::NormalizationForm_KD);
         return in.string(normal.toStdString(), in.varies(text));
     }},
    {"category",
     [](Library &, Interpreter &in, Arguments &a) {
         static constexpr std::string_view kNames = "MnMcMeNdNlNoZsZlZpCcCfCsCoCnLuLlLtLmLoPcPdPsPePiPfPoSmScSkSo";
         return in.string(kNames.substr(static_cast<std::size_t>(QChar::category(codePoint(in, a.positional.at(0)))) * 2, 2));
     }},
    {"combining", [](Library &, Interpreter &in, Arguments &a) { return Value::integer(QChar::combiningClass(codePoint(in, a.positional.at(0)))); }},
    {"working_folder", [](Library &library, Interpreter &in, Arguments &) { return in.string(library.environment().projectRoot); }},
    {"file_kind",
     [](Library &library, Interpreter &in, Arguments &a) {
         const QFileInfo file(projectPath(library, a.positional.at(0)));
         return in.string(std::string_view(file.isFile() ? "file" : file.isDir() ? "folder" : ""));
     }},
    {"read_file", [](Library &library, Interpreter &in, Arguments &a) { return readFile(library, in, a.positional.at(0)); }},
    {"list_folder",
     [](Library &library, Interpreter &in, Arguments &a) {
         Values names;
         const QStringList entries = QDir(projectPath(library, a.positional.at(0))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name);
         for (const QString &name : entries)
             names.push_back(in.string(name));
         return in.list(std::move(names));
     }},
    {"stop", [](Library &, Interpreter &in, Arguments &a) -> Value { in.stop(StopKind::NotUnderstood, in.str(a.positional.at(0))); }},
    {"needs_database", [](Library &, Interpreter &in, Arguments &a) -> Value { in.stop(StopKind::NeedsDatabase, in.str(a.positional.at(0))); }},
    {"needs_database_offline",
     [](Library &library, Interpreter &in, Arguments &a) {
         if (library.environment().offline)
             in.stop(StopKind::NeedsDatabase, in.str(a.positional.at(0)));
         return Value::none();
     }},
    {"inventory",
     [](Library &library, Interpreter &in, Arguments &a) {
         const auto inventory = library.inventory(QString::fromStdString(in.str(in.known(a.positional.at(0), "a table's name"))));
         if (!inventory)
             in.stop(StopKind::NeedsDatabase, "the script asks the database what is in it");
         return plainValue(in, *inventory);
     }},
    {"package_folder", [](Library &library, Interpreter &in, Arguments &a) { return packageFolder(library, in, a.positional.at(0)); }},
    {"missing_table", [](Library &, Interpreter &in, Arguments &a) { return missingTable(in, a); }},
    {"complete_column", [](Library &, Interpreter &, Arguments &a) { return completeColumn(a); }},
    {"unknown", [](Library &, Interpreter &in, Arguments &a) { return in.unknown(StopKind::NotUnderstood, in.str(a.positional.at(0))); }},
};

Value makeFunction(Library &library, std::string_view name)
{
    for (const Row &row : kRows) {
        if (name == row.name)
            return library.interpreter().function(
                name, [&library, &row](Interpreter &in, const Value &, Arguments &a) { return row.function(library, in, a); });
    }
    return {};
}

} // namespace

void addPrivateModule(ModuleTable &table)
{
    for (const Row &row : kRows)
        table.add({"_stillroom"}, {{row.name, makeFunction}});
}

} // namespace stillroom::script
