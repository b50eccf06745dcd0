// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "project/configuration.h"
#include "project/dotenv.h"
#include "project/versionfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QRegularExpression>

namespace stillroom::project {

namespace {

Error errorAt(ErrorCode code, const ConfiguredValue &value, const QString &subject, const QString &file)
{
    Error error;
    error.code = code;
    error.file = value.file.isEmpty() ? file : value.file;
    error.line = value.line;
    error.subject = subject;
    return error;
}

/// A path of the configuration: relative to its file's folder, or `package:folder` within the project.
QString resolvedPath(const QString &text, const QString &root, const QStringList &importRoots)
{
    static const QRegularExpression packageForm(QStringLiteral("^([A-Za-z_][\\w.]*):(.+)$"));
    const auto match = packageForm.match(text);
    if (!match.hasMatch())
        return QDir::cleanPath(QDir(root).absoluteFilePath(text));
    const QString inside = QString(match.captured(1)).replace(QLatin1Char('.'), QLatin1Char('/')) + QLatin1Char('/') + match.captured(2);
    const QStringList places = importRoots + QStringList{root};
    for (const QString &from : places) {
        if (QFileInfo(QDir(from).filePath(inside)).isDir())
            return QDir::cleanPath(QDir(from).filePath(inside));
    }
    return QDir::cleanPath(QDir(root).absoluteFilePath(inside));
}

bool looksLikeDatabaseUrl(const QString &value)
{
    static const QRegularExpression address(QStringLiteral("^(postgres|postgresql|sqlite)(\\+\\w+)?://"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression placeholder(QStringLiteral("^driver://|//user:pass@localhost/dbname"));
    return address.match(value).hasMatch() && !placeholder.match(value).hasMatch();
}

Setting setting(const ConfiguredValue &value)
{
    return Setting{value.value, value.isFromToml ? Setting::Source::PyProject : Setting::Source::Ini, value.file, value.line, {}};
}

/// Values that the user gave for unknown names: `.stillroom.json` beside the configuration.
QHash<QString, QString> givenValues(const QString &root)
{
    QFile file(QDir(root).filePath(QStringLiteral(".stillroom.json")));
    QHash<QString, QString> values;
    if (!file.open(QIODevice::ReadOnly))
        return values;
    const QJsonObject given = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("values")).toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        values.insert(it.key(), it.value().toString());
    return values;
}

bool isTrue(const QString &text) { return text.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0 || text == QLatin1String("1"); }

} // namespace

Result<Project> Project::open(const QString &path, const OpenOptions &options)
{
    auto configuration = readConfiguration(path, options.section);
    if (!configuration)
        return std::unexpected(std::move(configuration).error());
    Project project;
    project.m_configurationFile = configuration->file;
    project.m_root = QFileInfo(configuration->file).absolutePath();
    for (auto it = configuration->values.begin(); it != configuration->values.end(); ++it)
        project.m_settings.insert(it.key(), setting(it.value()));

    script::Environment &environment = project.m_environment;
    environment.projectRoot = project.m_root;
    QStringList roots = splitPaths(*configuration, QStringLiteral("prepend_sys_path"), true);
    if (roots.isEmpty())
        roots.append(QStringLiteral("."));
    for (const QString &root : roots)
        environment.importRoots.append(QDir::cleanPath(QDir(project.m_root).absoluteFilePath(root)));
    for (auto it = configuration->values.begin(); it != configuration->values.end(); ++it)
        environment.configOptions.insert(it.key(), it.value().value);
    environment.xArguments = options.xArguments;
    environment.givenValues = givenValues(project.m_root);

    const ConfiguredValue location = configuration->values.value(QStringLiteral("script_location"));
    if (location.value.isEmpty())
        return std::unexpected(errorAt(ErrorCode::ScriptLocationMissing, location, {}, configuration->file));
    project.m_scriptDirectory = resolvedPath(location.value, project.m_root, environment.importRoots);
    if (!QFileInfo(project.m_scriptDirectory).isDir())
        return std::unexpected(errorAt(ErrorCode::ScriptLocationNotFound, location, project.m_scriptDirectory, configuration->file));
    environment.scriptDirectory = project.m_scriptDirectory;

    for (const QString &text : splitPaths(*configuration, QStringLiteral("version_locations"), false)) {
        const QString folder = resolvedPath(text, project.m_root, environment.importRoots);
        if (QFileInfo(folder).isDir())
            project.m_versionDirectories.append(folder);
        else
            project.m_notes.append(QStringLiteral("version_locations names %1, which does not exist").arg(folder));
    }
    if (!configuration->values.contains(QStringLiteral("version_locations")))
        project.m_versionDirectories.append(QDir(project.m_scriptDirectory).filePath(QStringLiteral("versions")));
    if (isTrue(configuration->value(QStringLiteral("sourceless"))))
        project.m_notes.append(QStringLiteral("sourceless = true: compiled revisions (.pyc) cannot be read without Python"));

    const QStringList files = versionFiles(project.m_versionDirectories, isTrue(configuration->value(QStringLiteral("recursive_version_locations"))));
    ReadHeaders read = readHeaders(files, options.cancel, options.progress);
    if (read.wasCancelled) {
        Error error;
        error.code = ErrorCode::Cancelled;
        return std::unexpected(std::move(error));
    }
    project.m_notes += read.notes;
    project.m_graph = revision::RevisionGraph(std::move(read.headers));
    project.readSurroundings(*configuration);
    return project;
}

/// `.env`, env.py and the database addresses that they and the configuration name.
void Project::readSurroundings(const Configuration &configuration)
{
    const QProcessEnvironment process = QProcessEnvironment::systemEnvironment();
    const std::vector<DotEnvValue> dotEnv = findDotEnv(m_root);
    for (const DotEnvValue &value : dotEnv) // as python-dotenv: what the process has already, stands
        m_environment.variables.insert(value.name, process.value(value.name, value.value));

    const QString envPy = QDir(m_scriptDirectory).filePath(QStringLiteral("env.py"));
    std::optional<QString> envPyUrl;
    if (QFileInfo::exists(envPy)) {
        // env.py is asked as Alembic would run it: with the process's environment.
        script::Environment asked = m_environment;
        const QStringList names = process.keys();
        for (const QString &name : names)
            asked.variables.insert(name, process.value(name));
        const script::EnvironmentSettings said = script::readEnvironmentScript(envPy, asked);
        for (auto it = said.settings.begin(); it != said.settings.end(); ++it) {
            const QString problem = it->isKnown ? QString() : it->reason;
            m_settings.insert(it.key(), Setting{it->value, Setting::Source::EnvPy, envPy, it->line, problem});
        }
        for (auto it = said.namingConvention.begin(); it != said.namingConvention.end(); ++it)
            m_environment.namingConvention.insert(it.key(), it.value());
        envPyUrl = said.url;
        if (!said.problem.isEmpty())
            m_notes.append(QStringLiteral("env.py, line %1: %2").arg(said.problemLine).arg(said.problem));
    }
    m_environment.renderAsBatch = isTrue(m_settings.value(QStringLiteral("render_as_batch")).value);

    const auto offer = [this](const QString &url, Setting::Source source, const QString &file, int line, const QString &name) {
        const bool isNew = std::ranges::none_of(m_urlOffers, [&url](const UrlOffer &known) { return known.url == url; });
        if (looksLikeDatabaseUrl(url) && isNew)
            m_urlOffers.append(UrlOffer{url, source, file, line, name});
    };
    if (envPyUrl)
        offer(*envPyUrl, Setting::Source::EnvPy, envPy, 0, QStringLiteral("env.py"));
    const ConfiguredValue ini = configuration.values.value(QStringLiteral("sqlalchemy.url"));
    offer(ini.value, Setting::Source::Ini, ini.file, ini.line, QStringLiteral("sqlalchemy.url"));
    for (const DotEnvValue &value : dotEnv)
        offer(value.value, Setting::Source::DotEnv, value.file, value.line, value.name);
    const QStringList names = process.keys();
    for (const QString &name : names) {
        if (name.contains(QLatin1String("DATABASE")) || name.contains(QLatin1String("DB_UR")) || name.contains(QLatin1String("SQLALCHEMY")))
            offer(process.value(name), Setting::Source::ProcessEnvironment, {}, 0, name);
    }
}

sql::QualifiedName Project::versionTable() const
{
    sql::QualifiedName name;
    const Setting table = m_settings.value(QStringLiteral("version_table"));
    name.name = sql::Identifier(table.value.isEmpty() ? QStringLiteral("alembic_version") : table.value);
    name.schema = sql::Identifier(m_settings.value(QStringLiteral("version_table_schema")).value);
    return name;
}

bool Project::transactionPerMigration() const { return isTrue(m_settings.value(QStringLiteral("transaction_per_migration")).value); }

script::Environment Project::environment(const QString &dialectName) const
{
    script::Environment environment = m_environment;
    environment.dialectName = dialectName;
    return environment;
}

} // namespace stillroom::project
