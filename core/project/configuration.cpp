// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/configuration.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace stillroom::project {

namespace {

const QString &iniName()
{
    static const QString name = QStringLiteral("alembic.ini");
    return name;
}

const QString &tomlName()
{
    static const QString name = QStringLiteral("pyproject.toml");
    return name;
}

/// Projects below a folder, for a person who opened the repository's folder. Environments and hidden folders apart.
void collectProjects(const QDir &folder, int depth, QStringList &found)
{
    constexpr qsizetype kMost = 20;
    static const QStringList passedBy{QStringLiteral("node_modules"), QStringLiteral("venv"), QStringLiteral("env"), QStringLiteral("site-packages"),
                                      QStringLiteral("__pycache__")};
    if (QFileInfo::exists(folder.absoluteFilePath(iniName())))
        found << folder.absoluteFilePath(iniName());
    if (depth == 0 || found.size() >= kMost)
        return;
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name))
        if (!passedBy.contains(name))
            collectProjects(QDir(folder.absoluteFilePath(name)), depth - 1, found);
}

/// The alembic.ini above a script folder (the one with env.py), for a person who opened that.
QString projectAbove(QDir folder)
{
    constexpr int kSteps = 3;
    if (!folder.exists(QStringLiteral("env.py")))
        return {};
    for (int step = 0; step < kSteps && folder.cdUp(); ++step)
        if (folder.exists(iniName()))
            return folder.absoluteFilePath(iniName());
    return {};
}

} // namespace

Result<Configuration> Configuration::find(const QString &path, const QString &section, const QString &pyProject)
{
    Configuration configuration;
    configuration.m_section = section;
    const QFileInfo chosen(path);
    const Error notFound{.code = ErrorCode::ConfigurationNotFound, .subject = QDir::cleanPath(chosen.absoluteFilePath())};
    if (!chosen.exists())
        return std::unexpected(notFound);
    const QDir folder(chosen.isDir() ? chosen.absoluteFilePath() : chosen.absolutePath());
    configuration.m_iniFile = QDir::cleanPath(folder.absoluteFilePath(iniName()));
    configuration.m_tomlFile = QDir::cleanPath(folder.absoluteFilePath(tomlName()));
    if (!pyProject.isEmpty()) {
        if (!QFileInfo(pyProject).isFile())
            return std::unexpected(Error{.code = ErrorCode::ConfigurationNotFound, .subject = pyProject});
        configuration.m_tomlFile = QDir::cleanPath(QFileInfo(pyProject).absoluteFilePath());
    }
    if (chosen.isFile() && chosen.fileName() != tomlName())
        configuration.m_iniFile = QDir::cleanPath(chosen.absoluteFilePath());
    const bool hasIni = QFileInfo(configuration.m_iniFile).isFile();
    if (const auto read = configuration.readToml(); !read) {
        if (!hasIni)
            return std::unexpected(read.error());
        configuration.m_warnings << QStringLiteral("%1:%2 cannot be understood and is left aside: %3. Alembic 1.16 and newer read it beside the "
                                                   ".ini file, and refuse every command until it is mended.")
                                        .arg(configuration.m_tomlFile)
                                        .arg(read.error().line)
                                        .arg(read.error().detail);
        configuration.m_notes << configuration.m_warnings;
    }
    if (hasIni) {
        if (const auto read = configuration.readIni(); !read)
            return std::unexpected(read.error());
    }
    if (configuration.m_ini || configuration.m_toml)
        return configuration;
    if (!chosen.isDir())
        return std::unexpected(notFound);

    constexpr int kDepth = 3;
    QStringList found{projectAbove(folder)};
    if (found.front().isEmpty()) {
        found.clear();
        collectProjects(folder, kDepth, found);
    }
    if (found.size() == 1) {
        auto other = find(found.front(), section);
        if (other)
            other->m_notes << QStringLiteral("The project is not in the folder that was opened, but at %1.").arg(found.front());
        return other;
    }
    Error several = notFound;
    several.candidates = found;
    return std::unexpected(several);
}

QString Configuration::folder() const { return QFileInfo(file()).absolutePath(); }

Result<void> Configuration::readIni()
{
    QFile file(m_iniFile);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .detail = file.errorString(), .file = m_iniFile});
    const auto ini = Ini::parse(QString::fromUtf8(file.readAll()), m_iniFile, {{QStringLiteral("here"), QFileInfo(m_iniFile).absolutePath()}});
    if (!ini)
        return std::unexpected(ini.error());
    const bool isFlasks = m_section == QLatin1String("alembic") && QFileInfo(folder() + QStringLiteral("/env.py")).isFile();
    if (!ini->hasSection(m_section) && !m_toml && !isFlasks) { // Flask-Migrate says itself what a section would
        Error missing{.code = ErrorCode::SectionMissing, .subject = m_section, .file = m_iniFile};
        for (const QString &section : ini->sections())
            if (ini->line(section, QStringLiteral("script_location")) > 0)
                missing.candidates << section;
        return std::unexpected(missing);
    }
    m_ini = *ini;
    return {};
}

Result<void> Configuration::readToml()
{
    if (!QFileInfo(m_tomlFile).isFile())
        return {};
    auto table = readPyProject(m_tomlFile);
    if (!table)
        return std::unexpected(table.error());
    m_toml = std::move(*table);
    return {};
}

bool Configuration::iniHas(const QString &name) const
{
    return m_ini && m_ini->hasSection(m_section) && m_ini->names(m_section).contains(name.toLower());
}

Setting Configuration::ofToml(const AlembicTable::Value &value) const
{
    Setting setting{.value = {}, .source = Setting::Source::PyProject, .file = m_tomlFile, .line = value.line, .problem = {}};
    if (const auto *text = std::get_if<QString>(&value.value))
        setting.value = *text;
    else if (const auto *list = std::get_if<QStringList>(&value.value))
        setting.value = list->join(QStringLiteral(", "));
    else if (const auto *boolean = std::get_if<bool>(&value.value))
        setting.value = *boolean ? QStringLiteral("true") : QStringLiteral("false");
    else if (const auto *number = std::get_if<qint64>(&value.value))
        setting.value = QString::number(*number);
    return setting;
}

Result<std::optional<Setting>> Configuration::option(const QString &name) const
{
    if (iniHas(name)) {
        const auto value = m_ini->value(m_section, name);
        if (!value)
            return std::unexpected(value.error());
        return Setting{.value = value->value_or(QString()),
                       .source = Setting::Source::Ini,
                       .file = m_iniFile,
                       .line = m_ini->line(m_section, name),
                       .problem = {}};
    }
    if (m_toml)
        if (const auto it = m_toml->values.constFind(name); it != m_toml->values.cend())
            return ofToml(*it);
    return std::nullopt;
}

Result<bool> Configuration::isTrue(const QString &name) const
{
    const auto setting = option(name);
    if (!setting)
        return std::unexpected(setting.error());
    if (!*setting)
        return false;
    if ((*setting)->source == Setting::Source::PyProject && !std::holds_alternative<bool>(m_toml->values[name].value))
        return std::unexpected(Error{.code = ErrorCode::ConfigurationSyntax,
                                     .detail = QStringLiteral("'%1' is to be true or false, without quotes").arg(name),
                                     .file = m_tomlFile,
                                     .line = (*setting)->line});
    return (*setting)->value == QStringLiteral("true"); // Alembic takes no other spelling
}

Result<std::optional<QString>> Configuration::separator(const QStringList &names)
{
    static const QHash<QString, QString> separators{{QStringLiteral("space"), QStringLiteral(" ")},
                                                    {QStringLiteral("newline"), QStringLiteral("\n")},
                                                    {QStringLiteral("os"), QString(QDir::listSeparator())},
                                                    {QStringLiteral(":"), QStringLiteral(":")},
                                                    {QStringLiteral(";"), QStringLiteral(";")}};
    for (const QString &name : names) {
        if (!iniHas(name))
            continue;
        const auto value = m_ini->value(m_section, name);
        if (!value)
            return std::unexpected(value.error());
        const auto known = separators.constFind(value->value_or(QString()));
        if (known == separators.cend())
            return std::unexpected(Error{
                .code = ErrorCode::ConfigurationSyntax,
                .detail =
                    QStringLiteral("'%1' is no value for %2; there are 'space', 'newline', 'os', ':' and ';'").arg(value->value_or(QString()), name),
                .file = m_iniFile,
                .line = m_ini->line(m_section, name)});
        return *known;
    }
    return std::nullopt;
}

Result<std::optional<QStringList>> Configuration::paths(const QString &name)
{
    const auto setting = option(name);
    if (!setting)
        return std::unexpected(setting.error());
    const bool isVersions = name == QStringLiteral("version_locations");
    if (*setting && (*setting)->source == Setting::Source::Ini && !(*setting)->value.isEmpty()) {
        QStringList separatorNames{QStringLiteral("path_separator")};
        if (isVersions)
            separatorNames << QStringLiteral("version_path_separator");
        const auto between = separator(separatorNames);
        if (!between)
            return std::unexpected(between.error());
        const QString &text = (*setting)->value;
        QStringList parts;
        if (*between) {
            for (const QString &part : text.split(**between, Qt::SkipEmptyParts))
                parts << part.trimmed();
        } else { // before path_separator there were fixed rules, and Alembic keeps them
            static const QRegularExpression spaceOrComma(QStringLiteral(", *|(?: +)")), colonToo(QStringLiteral(", *|(?: +)|:"));
            parts = text.split(isVersions ? spaceOrComma : colonToo);
        }
        parts.removeAll(QString());
        return parts;
    }
    if (!m_toml)
        return std::nullopt;
    const auto value = m_toml->values.constFind(name);
    if (value == m_toml->values.cend())
        return std::nullopt;
    if (const auto *list = std::get_if<QStringList>(&value->value))
        return *list;
    return std::unexpected(Error{.code = ErrorCode::ConfigurationSyntax,
                                 .detail = QStringLiteral("'%1' is to be a list of texts").arg(name),
                                 .file = m_tomlFile,
                                 .line = value->line});
}

QHash<QString, Setting> Configuration::settings() const
{
    QHash<QString, Setting> result;
    if (m_toml)
        for (auto it = m_toml->values.cbegin(); it != m_toml->values.cend(); ++it)
            result.insert(it.key(), ofToml(*it));
    if (m_ini) {
        for (const QString &name : m_ini->names(m_section)) {
            if (m_ini->line(m_section, name) == 0)
                continue; // `here`
            const auto setting = option(name);
            if (setting && *setting)
                result.insert(name, **setting);
            else if (!setting)
                result.insert(name, {.value = {},
                                     .source = Setting::Source::Ini,
                                     .file = m_iniFile,
                                     .line = setting.error().line,
                                     .problem = setting.error().detail});
        }
    }
    return result;
}

Result<std::vector<PostWriteHook>> Configuration::hooks() const
{
    const QString section = QStringLiteral("post_write_hooks");
    std::vector<PostWriteHook> result;
    if (!m_ini || !m_ini->hasSection(section)) {
        for (const QHash<QString, QString> &options : m_toml ? m_toml->hooks : QList<QHash<QString, QString>>())
            result.push_back({.name = options.value(QStringLiteral("name")), .options = options, .file = m_tomlFile});
        return result;
    }
    static const QRegularExpression spaceOrComma(QStringLiteral(", *|(?: +)"));
    const auto names = m_ini->value(section, QStringLiteral("hooks"));
    if (!names)
        return std::unexpected(names.error());
    for (const QString &name : names->value_or(QString()).split(spaceOrComma, Qt::SkipEmptyParts)) {
        PostWriteHook hook{.name = name, .options = {}, .file = m_iniFile};
        const QString prefix = name.toLower() + QLatin1Char('.');
        for (const QString &key : m_ini->names(section)) {
            if (!key.startsWith(prefix))
                continue;
            const auto value = m_ini->value(section, key);
            if (!value)
                return std::unexpected(value.error());
            hook.options.insert(key.mid(prefix.size()), value->value_or(QString()));
        }
        result.push_back(std::move(hook));
    }
    return result;
}

QHash<QString, QString> Configuration::mainOptions() const
{
    QHash<QString, QString> result;
    if (!m_ini)
        return result;
    for (const QString &name : m_ini->names(m_section))
        if (const auto value = m_ini->value(m_section, name); value && *value)
            result.insert(name, **value);
    return result;
}

} // namespace stillroom::project
