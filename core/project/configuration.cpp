// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/configuration.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace stillroom::project {

namespace {

Error syntaxError(const QString &file, int line, const QString &detail)
{
    Error error;
    error.code = ErrorCode::ConfigurationSyntax;
    error.file = file;
    error.line = line;
    error.detail = detail;
    return error;
}

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        Error error;
        error.code = ErrorCode::FileNotReadable;
        error.file = path;
        error.detail = file.errorString();
        return std::unexpected(std::move(error));
    }
    return file.readAll();
}

struct IniSection {
    QHash<QString, ConfiguredValue> values;
};

/// configparser's rules: `=` or `:`, whole-line comments, values that go on in indented lines.
Result<QHash<QString, IniSection>> parseIni(const QString &text, const QString &file)
{
    QHash<QString, IniSection> sections;
    QString section;
    QString key;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (int number = 1; number <= lines.size(); ++number) {
        QString line = lines[number - 1];
        if (line.endsWith(QLatin1Char('\r')))
            line.chop(1);
        const QString trimmed = line.trimmed();
        if (trimmed.startsWith(QLatin1Char('#')) || trimmed.startsWith(QLatin1Char(';')))
            continue;
        if (trimmed.isEmpty()) {
            if (!key.isEmpty())
                sections[section].values[key].value += QLatin1Char('\n');
            continue;
        }
        if (line[0].isSpace() && !key.isEmpty()) {
            sections[section].values[key].value += QLatin1Char('\n') + trimmed;
            continue;
        }
        if (trimmed.startsWith(QLatin1Char('['))) {
            const qsizetype end = trimmed.indexOf(QLatin1Char(']'));
            if (end < 0)
                return std::unexpected(syntaxError(file, number, QStringLiteral("a section's name is not closed: %1").arg(trimmed)));
            section = trimmed.mid(1, end - 1);
            sections[section];
            key.clear();
            continue;
        }
        const qsizetype delimiter = trimmed.indexOf(QRegularExpression(QStringLiteral("[=:]")));
        if (section.isEmpty() || delimiter <= 0) {
            return std::unexpected(syntaxError(file, number,
                                               section.isEmpty()
                                                   ? QStringLiteral("the file has a line before its first section: %1").arg(trimmed)
                                                   : QStringLiteral("this line is neither 'key = value' nor a comment: %1").arg(trimmed)));
        }
        key = trimmed.left(delimiter).trimmed().toLower();
        sections[section].values.insert(key, ConfiguredValue{trimmed.mid(delimiter + 1).trimmed(), file, number, false, {}});
    }
    for (IniSection &each : sections) {
        for (ConfiguredValue &value : each.values) {
            while (value.value.endsWith(QLatin1Char('\n')))
                value.value.chop(1);
        }
    }
    return sections;
}

/// `%(name)s` and `%%`, ten levels deep as configparser allows.
Result<QString> interpolated(const QHash<QString, ConfiguredValue> &values, const QString &key, int depth = 0)
{
    const ConfiguredValue raw = values.value(key);
    QString out;
    for (qsizetype i = 0; i < raw.value.size(); ++i) {
        if (raw.value[i] != QLatin1Char('%')) {
            out += raw.value[i];
            continue;
        }
        const QChar next = i + 1 < raw.value.size() ? raw.value[i + 1] : QChar();
        if (next == QLatin1Char('%')) {
            out += QLatin1Char('%');
            ++i;
            continue;
        }
        const qsizetype end = raw.value.indexOf(QLatin1String(")s"), i);
        if (next != QLatin1Char('(') || end < 0)
            return std::unexpected(
                syntaxError(raw.file, raw.line, QStringLiteral("'%' must be followed by '%' or '(', found: %1").arg(raw.value.mid(i, 20))));
        const QString name = raw.value.mid(i + 2, end - i - 2).toLower();
        if (!values.contains(name) || depth > 10)
            return std::unexpected(syntaxError(raw.file, raw.line, QStringLiteral("%(%1)s in '%2' names no option").arg(name, key)));
        auto inner = interpolated(values, name, depth + 1);
        if (!inner)
            return inner;
        out += *inner;
        i = end + 1;
    }
    return out;
}

Result<bool> readIni(Configuration &configuration, const QString &section)
{
    auto content = contentOf(configuration.iniFile);
    if (!content)
        return std::unexpected(std::move(content).error());
    auto sections = parseIni(QString::fromUtf8(*content), configuration.iniFile);
    if (!sections)
        return std::unexpected(std::move(sections).error());
    if (!sections->contains(section))
        return false;
    QHash<QString, ConfiguredValue> values = sections->value(QStringLiteral("DEFAULT")).values;
    const QHash<QString, ConfiguredValue> own = sections->value(section).values;
    for (auto it = own.begin(); it != own.end(); ++it)
        values.insert(it.key(), it.value());
    values.insert(QStringLiteral("here"),
                  ConfiguredValue{QFileInfo(configuration.iniFile).absolutePath().replace(QLatin1Char('%'), QLatin1String("%%")), {}, 0, false, {}});
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (it.key() == QLatin1String("here"))
            continue;
        auto value = interpolated(values, it.key());
        // Alembic meets a wrong % only when it reads the option; those that Stillroom does not read do no harm.
        ConfiguredValue known = it.value();
        known.value = value ? *value : it.value().value;
        configuration.values.insert(it.key(), known);
    }
    return true;
}

Result<bool> readToml(Configuration &configuration)
{
    auto content = contentOf(configuration.tomlFile);
    if (!content)
        return std::unexpected(std::move(content).error());
    const toml::parse_result parsed = toml::parse(std::string_view(content->constData(), static_cast<std::size_t>(content->size())));
    if (!parsed) {
        return std::unexpected(
            syntaxError(configuration.tomlFile, static_cast<int>(parsed.error().source().begin.line),
                        QString::fromUtf8(parsed.error().description().data(), static_cast<qsizetype>(parsed.error().description().size()))));
    }
    const toml::table *table = parsed.table()["tool"]["alembic"].as_table();
    if (!table)
        return false;
    const QString here = QFileInfo(configuration.tomlFile).absolutePath();
    const auto text = [&here](const std::string &raw) {
        return QString::fromStdString(raw).replace(QLatin1String("%(here)s"), here).replace(QLatin1String("%%"), QLatin1String("%"));
    };
    for (const auto &[key, node] : *table) {
        ConfiguredValue value;
        value.file = configuration.tomlFile;
        value.line = static_cast<int>(node.source().begin.line);
        value.isFromToml = true;
        if (const auto *string = node.as_string())
            value.value = text(string->get());
        else if (const auto *boolean = node.as_boolean())
            value.value = boolean->get() ? QStringLiteral("true") : QStringLiteral("false");
        else if (const auto *integer = node.as_integer())
            value.value = QString::number(integer->get());
        else if (const auto *array = node.as_array()) {
            for (const auto &item : *array) {
                if (const auto *each = item.as_string())
                    value.items.append(text(each->get()));
            }
            value.value = value.items.join(QLatin1Char('\n'));
        } else {
            continue;
        }
        const QString name = QString::fromUtf8(key.str().data(), static_cast<qsizetype>(key.str().size())).toLower();
        if (!configuration.values.contains(name))
            configuration.values.insert(name, value);
    }
    return true;
}

Error notFound(const QString &path)
{
    Error error;
    error.code = ErrorCode::ConfigurationNotFound;
    error.subject = path;
    return error;
}

} // namespace

Result<Configuration> readConfiguration(const QString &path, const QString &section)
{
    Configuration configuration;
    const QFileInfo given(path);
    if (given.isDir()) {
        const QDir folder(given.absoluteFilePath());
        if (folder.exists(QStringLiteral("alembic.ini")))
            configuration.iniFile = folder.filePath(QStringLiteral("alembic.ini"));
        if (folder.exists(QStringLiteral("pyproject.toml")))
            configuration.tomlFile = folder.filePath(QStringLiteral("pyproject.toml"));
    } else if (given.isFile() && given.suffix() == QLatin1String("toml")) {
        configuration.tomlFile = given.absoluteFilePath();
    } else if (given.isFile()) {
        configuration.iniFile = given.absoluteFilePath();
        const QString beside = given.absoluteDir().filePath(QStringLiteral("pyproject.toml"));
        if (QFileInfo::exists(beside))
            configuration.tomlFile = beside;
    } else {
        return std::unexpected(notFound(given.absoluteFilePath()));
    }
    bool hasSection = false;
    if (!configuration.iniFile.isEmpty()) {
        auto read = readIni(configuration, section);
        if (!read)
            return std::unexpected(std::move(read).error());
        hasSection = *read;
    }
    if (!configuration.tomlFile.isEmpty()) {
        auto read = readToml(configuration);
        if (!read && configuration.iniFile.isEmpty())
            return std::unexpected(std::move(read).error());
        if (!read || !*read)
            configuration.tomlFile.clear();
    }
    if (!configuration.iniFile.isEmpty() && !hasSection && configuration.tomlFile.isEmpty()) {
        Error error;
        error.code = ErrorCode::SectionMissing;
        error.file = configuration.iniFile;
        error.subject = section;
        return std::unexpected(std::move(error));
    }
    configuration.file = configuration.iniFile.isEmpty() ? configuration.tomlFile : configuration.iniFile;
    if (configuration.file.isEmpty())
        return std::unexpected(notFound(given.absoluteFilePath()));
    return configuration;
}

QStringList splitPaths(const Configuration &configuration, const QString &key, bool alsoOnColons)
{
    const ConfiguredValue value = configuration.values.value(key);
    if (value.isFromToml)
        return value.items.isEmpty() && !value.value.isEmpty() ? QStringList{value.value} : value.items;
    QString separator = configuration.value(QStringLiteral("path_separator"));
    if (separator.isEmpty())
        separator = configuration.value(QStringLiteral("version_path_separator"));
    QStringList parts;
    if (separator == QLatin1String("os") || separator == QLatin1String(":"))
        parts = value.value.split(QLatin1Char(':'));
    else if (separator == QLatin1String(";"))
        parts = value.value.split(QLatin1Char(';'));
    else if (separator == QLatin1String("newline"))
        parts = value.value.split(QLatin1Char('\n'));
    else if (separator == QLatin1String("space"))
        parts = value.value.split(QRegularExpression(QStringLiteral("\\s+")));
    else
        parts = value.value.split(QRegularExpression(alsoOnColons ? QStringLiteral("[\\s,:]+") : QStringLiteral("[\\s,]+")));
    QStringList trimmed;
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            trimmed.append(part.trimmed());
    }
    return trimmed;
}

} // namespace stillroom::project
