// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/toml.h"

#include <QFile>
#include <QFileInfo>

#include <toml++/toml.h>

namespace stillroom::project {

namespace {

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

/// Python's `value % {"here": …}`.
std::optional<QString> formatted(const QString &raw, const QString &here)
{
    const QString reference = QStringLiteral("%(here)s");
    QString result;
    for (qsizetype at = 0; at < raw.size();) {
        if (raw[at] != QLatin1Char('%')) {
            result += raw[at++];
        } else if (QStringView(raw).mid(at).startsWith(reference)) {
            result += here;
            at += reference.size();
        } else if (at + 1 < raw.size() && raw[at + 1] == QLatin1Char('%')) {
            result += QLatin1Char('%');
            at += 2;
        } else {
            return std::nullopt;
        }
    }
    return result;
}

struct Reader {
    QString file, here;

    [[nodiscard]] Error syntax(const toml::node &node, const QString &detail) const
    {
        return {.code = ErrorCode::ConfigurationSyntax, .detail = detail, .file = file, .line = static_cast<int>(node.source().begin.line)};
    }

    [[nodiscard]] Result<QString> string(const QString &name, const toml::node &node) const
    {
        const auto *value = node.as_string();
        if (!value)
            return std::unexpected(syntax(node, QStringLiteral("'%1' is to be a text").arg(name)));
        const std::optional<QString> result = formatted(text(value->get()), here);
        if (!result)
            return std::unexpected(syntax(node, QStringLiteral("in the value of '%1' a '%' must be written '%%', or as in '%(here)s'").arg(name)));
        return *result;
    }

    /// nullopt: a value that is no setting of ours (tables of hooks).
    [[nodiscard]] Result<std::optional<AlembicTable::Value>> value(const QString &name, const toml::node &node) const
    {
        AlembicTable::Value result{.value = {}, .line = static_cast<int>(node.source().begin.line)};
        if (const auto *boolean = node.as_boolean()) {
            result.value = boolean->get();
        } else if (const auto *integer = node.as_integer()) {
            result.value = static_cast<qint64>(integer->get());
        } else if (const auto *array = node.as_array()) {
            QStringList list;
            for (const toml::node &element : *array) {
                if (element.is_table())
                    return std::nullopt;
                const auto one = string(name, element);
                if (!one)
                    return std::unexpected(one.error());
                list << *one;
            }
            result.value = list;
        } else if (node.is_table()) {
            return std::nullopt;
        } else {
            const auto one = string(name, node);
            if (!one)
                return std::unexpected(one.error());
            result.value = *one;
        }
        return result;
    }
};

} // namespace

Result<std::optional<AlembicTable>> readPyProject(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .detail = file.errorString(), .file = fileName});
    return parsePyProject(file.readAll(), fileName);
}

Result<std::optional<AlembicTable>> parsePyProject(const QByteArray &bytes, const QString &fileName)
{
    toml::table document;
    try {
        document = toml::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    } catch (const toml::parse_error &error) {
        return std::unexpected(Error{.code = ErrorCode::ConfigurationSyntax,
                                     .detail = text(error.description()),
                                     .file = fileName,
                                     .line = static_cast<int>(error.source().begin.line),
                                     .column = static_cast<int>(error.source().begin.column)});
    }
    const toml::table *table = document["tool"]["alembic"].as_table();
    if (!table)
        return std::nullopt;
    const Reader reader{fileName, QFileInfo(fileName).absolutePath()};
    AlembicTable result;
    result.line = static_cast<int>(table->source().begin.line);
    for (const auto &[key, node] : *table) {
        const QString name = text(key.str());
        const auto value = reader.value(name, node);
        if (!value)
            return std::unexpected(value.error());
        if (*value)
            result.values.insert(name, **value);
    }
    if (const toml::array *hooks = (*table)["post_write_hooks"].as_array()) {
        for (const toml::node &node : *hooks) {
            QHash<QString, QString> hook;
            const toml::table *options = node.as_table();
            if (!options)
                continue;
            for (const auto &[key, option] : *options) {
                const auto value = reader.string(text(key.str()), option);
                if (!value)
                    return std::unexpected(value.error());
                hook.insert(text(key.str()), *value);
            }
            result.hooks.append(hook);
        }
    }
    return result;
}

} // namespace stillroom::project
