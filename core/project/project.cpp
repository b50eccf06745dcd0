// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "project/answers.h"
#include "project/configuration.h"
#include "project/dotenv.h"
#include "project/headercache.h"
#include "project/locations.h"
#include "project/scripts.h"
#include "project/urloffers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace stillroom::project {

namespace {

bool isInside(const QString &path, const QString &folder) { return path == folder || path.startsWith(folder + QLatin1Char('/')); }

} // namespace

/// The steps of opening, each filling in its part of the project.
class Opening {
public:
    Opening(Configuration configuration, const OpenOptions &options) : m_configuration(std::move(configuration)), m_options(options) {}

    Result<Project> run()
    {
        m_project.m_configurationFile = m_configuration.file();
        m_project.m_section = m_options.section;
        m_project.m_root = m_configuration.folder();
        m_project.m_settings = m_configuration.settings();
        m_project.m_notes = m_configuration.notes();
        m_project.m_warnings = m_configuration.warnings();
        if (m_options.iniRead)
            m_options.iniRead(m_project.m_settings.value(QStringLiteral("sqlalchemy.url")).value);
        if (auto hooks = m_configuration.hooks())
            m_project.m_hooks = std::move(*hooks);
        else
            note(QStringLiteral("%1:%2: the post-write hooks cannot be understood: %3.")
                     .arg(hooks.error().file)
                     .arg(hooks.error().line)
                     .arg(hooks.error().detail));
        m_repository = repositoryAround(m_project.m_root);
        for (const auto &step : {&Opening::findImportRoots, &Opening::findScripts, &Opening::readScripts})
            if (const auto done = (this->*step)(); !done)
                return std::unexpected(done.error());
        readDotEnvFile();
        readSaid();
        fillEnvironment();
        readEnvPy();
        collectUrls();
        return std::move(m_project);
    }

private:
    void note(const QString &text) { m_project.m_notes << text; }

    /// prepend_sys_path, then the project's folder and those above it in its repository, each with its src: the application whose
    /// migrations these are is installed from one of them, wherever the .ini stands.
    Result<void> findImportRoots()
    {
        const auto paths = m_configuration.paths(QStringLiteral("prepend_sys_path"));
        if (!paths)
            return std::unexpected(paths.error());
        QStringList roots;
        for (const QString &path : paths->value_or(QStringList{QStringLiteral(".")})) {
            const QString folder = QDir::cleanPath(QDir(m_project.m_root).absoluteFilePath(path));
            if (isInside(folder, m_repository))
                roots << folder;
            else
                note(QStringLiteral("prepend_sys_path names %1, which is outside the project: nothing is read there.").arg(path));
        }
        for (QDir folder(m_project.m_root);; folder.cdUp()) {
            roots << folder.absolutePath();
            if (folder.exists(QStringLiteral("src")))
                roots << folder.absoluteFilePath(QStringLiteral("src"));
            if (folder.absolutePath() == m_repository || folder.isRoot())
                break;
        }
        roots.removeDuplicates();
        m_project.m_environment.importRoots = roots;
        return {};
    }

    static bool hasEnvironment(const QString &folder) { return QFileInfo(folder + QStringLiteral("/env.py")).isFile(); }

    /// Alembic takes a relative script_location from where it is started; that is mostly the .ini's folder, sometimes one above.
    Result<QString> scriptFolder(const Setting &location)
    {
        const auto folder = folderNamed(location.value, m_project.m_root, m_project.m_environment.importRoots);
        if (folder && QFileInfo(*folder).isDir())
            return *folder;
        if (folder && !QDir::isAbsolutePath(location.value) && !location.value.contains(QLatin1Char(':'))) {
            for (QDir above(m_project.m_root); above.absolutePath() != m_repository && above.cdUp();) {
                const QString candidate = QDir::cleanPath(above.absoluteFilePath(location.value));
                if (!hasEnvironment(candidate))
                    continue;
                note(QStringLiteral("script_location '%1' is taken from %2, as Alembic does when it is started there.")
                         .arg(location.value, above.absolutePath()));
                startFrom(above.absolutePath());
                return candidate;
            }
        }
        if (const QString moved = folder ? movedFolder(*folder) : QString(); !moved.isEmpty()) {
            note(QStringLiteral("script_location is %1, which does not exist here; %2, which has env.py, is taken instead.").arg(*folder, moved));
            return moved;
        }
        return std::unexpected(Error{
            .code = ErrorCode::ScriptLocationNotFound, .subject = folder ? *folder : location.value, .file = location.file, .line = location.line});
    }

    /// Where a folder of another machine, or of before a move, lies in this copy of the project: the longest end of its path that
    /// has an env.py below the .ini's folder or one above it; else the .ini's folder itself. Empty: nowhere.
    [[nodiscard]] QString movedFolder(const QString &folder) const
    {
        const QStringList parts = folder.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        for (qsizetype from = 0; from < parts.size(); ++from) {
            for (QDir above(m_project.m_root);;) {
                const QString candidate = above.absoluteFilePath(parts.mid(from).join(QLatin1Char('/')));
                if (hasEnvironment(candidate))
                    return candidate;
                if (above.absolutePath() == m_repository || !above.cdUp())
                    break;
            }
        }
        return hasEnvironment(m_project.m_root) ? m_project.m_root : QString();
    }

    void startFrom(const QString &folder)
    {
        m_startFolder = folder;
        m_project.m_environment.importRoots << folder;
        m_project.m_environment.importRoots.removeDuplicates();
    }

    Result<QString> scriptDirectory()
    {
        const auto location = m_configuration.option(QStringLiteral("script_location"));
        if (!location)
            return std::unexpected(location.error());
        if (*location && !(*location)->value.isEmpty())
            return scriptFolder(**location);
        if (!hasEnvironment(m_project.m_root))
            return std::unexpected(Error{.code = ErrorCode::ScriptLocationMissing, .file = m_project.m_configurationFile});
        note(QStringLiteral("script_location is not said; %1, which has env.py, is taken, as Flask-Migrate does.").arg(m_project.m_root));
        return m_project.m_root;
    }

    Result<void> findScripts()
    {
        m_startFolder = m_project.m_root;
        const auto scripts = scriptDirectory();
        if (!scripts)
            return std::unexpected(scripts.error());
        m_project.m_scriptDirectory = *scripts;

        const auto locations = m_configuration.paths(QStringLiteral("version_locations"));
        if (!locations)
            return std::unexpected(locations.error());
        if (!*locations || (*locations)->isEmpty()) {
            m_project.m_versionDirectories = {m_project.m_scriptDirectory + QStringLiteral("/versions")};
        } else {
            for (const QString &name : **locations) {
                if (const auto folder = folderNamed(name, m_startFolder, m_project.m_environment.importRoots))
                    m_project.m_versionDirectories << *folder;
                else
                    note(QStringLiteral("version_locations names the package %1, which is not in the project.").arg(name));
            }
        }
        for (const QString &folder : std::as_const(m_project.m_versionDirectories))
            if (!QFileInfo(folder).isDir())
                note(QStringLiteral("The version folder %1 does not exist.").arg(folder));
        return {};
    }

    Result<void> readScripts()
    {
        const auto recursive = m_configuration.isTrue(QStringLiteral("recursive_version_locations"));
        const auto sourceless = m_configuration.isTrue(QStringLiteral("sourceless"));
        if (!recursive || !sourceless)
            return std::unexpected(recursive ? sourceless.error() : recursive.error());
        const VersionFiles files = versionFiles(m_project.m_versionDirectories, *recursive);
        m_project.m_notes << files.notes;
        if (*sourceless)
            note(files.compiledOnly > 0
                     ? QStringLiteral("sourceless is set, but compiled scripts cannot be read here: %1 files are left out.").arg(files.compiledOnly)
                     : QStringLiteral("sourceless is set, but compiled scripts cannot be read here."));
        const HeaderCache cache(m_options.cacheFolder, m_project.m_versionDirectories);
        auto headers = readHeaders(files.files, cache, m_options.keepsSources, m_options.cancel, m_options.progress);
        if (!headers)
            return std::unexpected(headers.error());
        m_project.m_graph = revision::RevisionGraph(std::move(*headers));
        return {};
    }

    void readDotEnvFile()
    {
        m_dotEnvFile = findDotEnv(m_project.m_root);
        QFile file(m_dotEnvFile);
        if (m_dotEnvFile.isEmpty())
            return;
        if (!file.open(QIODevice::ReadOnly)) {
            note(QStringLiteral("%1 cannot be read: %2.").arg(m_dotEnvFile, file.errorString()));
            return;
        }
        const QString text = QString::fromUtf8(file.readAll());
        const QProcessEnvironment &process = m_options.processEnvironment;
        for (const DotEnvEntry &entry : readDotEnv(text)) {
            if (process.contains(entry.name)) // as load_dotenv() does: what the process has already, stands
                m_project.m_environment.variables.insert(entry.name, process.value(entry.name));
            else if (entry.value && entry.missing.isEmpty())
                m_project.m_environment.variables.insert(entry.name, *entry.value);
            else if (!entry.missing.isEmpty())
                note(QStringLiteral("%1:%2: %3 refers to %4, which the file does not set; scripts do not see it.")
                         .arg(m_dotEnvFile)
                         .arg(entry.line)
                         .arg(entry.name, entry.missing.join(QStringLiteral(", "))));
        }
        m_dotEnv =
            readDotEnv(text, [&process](const QString &name) { return process.contains(name) ? std::optional(process.value(name)) : std::nullopt; });
    }

    void readSaid()
    {
        m_userFile = answersFile(m_project.m_root);
        const auto answers = readAnswers(m_project.m_root);
        if (!answers) {
            note(QStringLiteral("%1 cannot be understood and is left aside: %2.").arg(m_userFile, answers.error().detail));
            return;
        }
        m_project.m_environment.givenValues = answers->values;
        m_project.m_environment.variables.insert(answers->environment);
        m_userSettings.insert(answers->settings);
    }

    void fillEnvironment()
    {
        script::Environment &environment = m_project.m_environment;
        environment.projectRoot = m_project.m_root;
        environment.repositoryRoot = m_repository;
        environment.scriptDirectory = m_project.m_scriptDirectory;
        environment.configOptions = m_configuration.mainOptions();
        environment.xArguments = m_options.xArguments;
        environment.tag = m_options.tag;
    }

    void readEnvPy()
    {
        const QString file = m_project.m_scriptDirectory + QStringLiteral("/env.py");
        if (!QFileInfo(file).isFile()) {
            note(QStringLiteral("There is no env.py in %1; Alembic could not run this project.").arg(m_project.m_scriptDirectory));
            takeUserSettings();
            return;
        }
        // env.py is asked as Alembic would run it, with the process's environment; revision scripts are not.
        script::Environment environment = m_project.m_environment;
        environment.cancel = m_options.cancel;
        environment.knowsAllVariables = true;
        for (const QString &name : m_options.processEnvironment.keys())
            environment.variables.insert(name, m_options.processEnvironment.value(name));
        const script::EnvironmentSettings read = script::readEnvironmentScript(file, environment);
        for (auto it = read.settings.cbegin(); it != read.settings.cend(); ++it) {
            if (it.key() == QStringLiteral("url") || it.key() == QStringLiteral("connection"))
                continue;
            Setting setting{.value = it->value, .source = Setting::Source::EnvPy, .file = file, .line = it->line, .problem = {}};
            if (!it->isKnown)
                setting.problem = it->reason.isEmpty() ? QStringLiteral("its value is not known") : it->reason;
            m_project.m_settings.insert(it.key(), setting);
        }
        tellWhatIsNotFollowed(file, read);
        m_envPyUrl = {.value = read.url.value_or(QString()),
                      .source = Setting::Source::EnvPy,
                      .file = file,
                      .line = read.settings.value(QStringLiteral("url")).line,
                      .problem = {}};
        if (!read.problem.isEmpty()) {
            note(QStringLiteral("%1:%2: %3. Settings after this line are not known.").arg(file).arg(read.problemLine).arg(read.problem));
            if (read.settings.isEmpty() && read.mentionsVersionTable) // it never came to context.configure()
                m_project.m_settings.insert(
                    QStringLiteral("version_table"),
                    {.value = {}, .source = Setting::Source::EnvPy, .file = file, .line = read.problemLine, .problem = read.problem});
        }
        m_project.m_environment.namingConvention = read.namingConvention;
        if (!read.conventionProblem.isEmpty()) {
            const script::ConventionMention mention =
                script::conventionsMentioned(m_project.m_environment.readableRoot(), m_project.m_versionDirectories);
            if (mention.isThere) {
                m_project.m_environment.conventionProblem = read.conventionProblem;
                m_project.m_environment.namedByConvention = mention.extended;
                note(QStringLiteral("%1: target_metadata's naming convention cannot be known: %2. Names that it would give are not given.")
                         .arg(file, read.conventionProblem));
            }
        }
        takeUserSettings();
        m_project.m_environment.renderAsBatch = m_project.isSet(QStringLiteral("render_as_batch"));
    }

    /// Options of context.configure() that change what Alembic prints or runs, and nothing here.
    void tellWhatIsNotFollowed(const QString &file, const script::EnvironmentSettings &read)
    {
        const std::pair<const char *, const char *> options[] = {
            {"version_table_pk", "a version table that is made here has its primary key"},
            {"transactional_ddl", "whether revisions run in transactions is decided by the database alone"},
            {"starting_rev", "offline SQL begins where FROM:TO says"}};
        for (const auto &[name, instead] : options) {
            const auto found = read.settings.constFind(QLatin1String(name));
            const bool isFollowed = QLatin1String(name) == QLatin1String("version_table_pk") && found != read.settings.cend() && found->isKnown;
            if (found != read.settings.cend() && found->value != QLatin1String("None") && !isFollowed)
                note(QStringLiteral("%1:%2: %3 is not followed: %4.").arg(file).arg(found->line).arg(QLatin1String(name), QLatin1String(instead)));
        }
    }

    void takeUserSettings()
    {
        for (auto it = m_options.settings.cbegin(); it != m_options.settings.cend(); ++it)
            m_userSettings.insert(it.key(), it.value());
        for (auto it = m_userSettings.cbegin(); it != m_userSettings.cend(); ++it)
            m_project.m_settings.insert(it.key(),
                                        {.value = it.value(), .source = Setting::Source::User, .file = m_userFile, .line = 0, .problem = {}});
    }

    void collectUrls()
    {
        UrlSources sources;
        sources.ini = m_project.m_settings.value(QStringLiteral("sqlalchemy.url"));
        sources.envPy = m_envPyUrl;
        sources.dotEnvFile = m_dotEnvFile;
        sources.dotEnv = m_dotEnv;
        sources.process = m_options.processEnvironment;
        m_project.m_urlOffers = offersFrom(sources);
    }

    Configuration m_configuration;
    const OpenOptions &m_options;
    Project m_project;
    QString m_repository, m_startFolder, m_dotEnvFile, m_userFile;
    std::vector<DotEnvEntry> m_dotEnv;
    QHash<QString, QString> m_userSettings;
    Setting m_envPyUrl;
};

QString userCacheFolder() { return HeaderCache::userFolder(); }

Result<Project> Project::open(const QString &path, const OpenOptions &options)
{
    auto configuration = Configuration::find(path, options.section, options.pyProject);
    if (!configuration)
        return std::unexpected(configuration.error());
    return Opening(std::move(*configuration), options).run();
}

std::optional<Project> Project::withScriptsReadAgain(const QStringList &scripts) const
{
    using Kind = revision::Defect::Kind;
    for (const revision::Defect &defect : m_graph.defects()) {
        if (defect.kind == Kind::DuplicateRevision || defect.kind == Kind::UnreadableScript) // then the graph has not every header
            return std::nullopt;
    }
    const bool isPlain =
        m_versionDirectories.size() == 1 && m_settings.value(QStringLiteral("recursive_version_locations")).value != QStringLiteral("true");
    std::vector<revision::Header> headers;
    headers.reserve(m_graph.revisions().size() + static_cast<std::size_t>(scripts.size()));
    QHash<QString, std::size_t> places;
    for (const revision::Index index : m_graph.loadOrder()) {
        const revision::RevisionGraph::Revision &revision = m_graph.revisions()[index];
        if (revision.isGhost)
            continue;
        if (scripts.contains(revision.header.file))
            places.insert(revision.header.file, headers.size());
        headers.push_back(revision.header);
    }
    QSet<QString> gone;
    FolderReading reading;
    for (const QString &script : scripts) {
        const QFileInfo place(script);
        const QString name = place.fileName();
        if (name == QStringLiteral("env.py") || place.isSymLink())
            return std::nullopt;
        if (!name.endsWith(QStringLiteral(".py")) || name.startsWith(QStringLiteral(".#")) || name.startsWith(QStringLiteral("__init__")))
            continue;
        const auto known = places.constFind(script);
        if (known == places.cend()) {
            if (!isPlain || place.absolutePath() != m_versionDirectories.first())
                return std::nullopt;
            if (place.isFile())
                headers.push_back(readOneHeader(script, false, reading));
        } else if (place.isFile()) {
            headers[*known] = readOneHeader(script, false, reading);
        } else {
            gone.insert(script);
        }
    }
    if (!gone.isEmpty())
        std::erase_if(headers, [&gone](const revision::Header &header) { return gone.contains(header.file); });
    if (isPlain) // as versionFiles() has them; new ones stand at the end
        std::ranges::stable_sort(headers, {}, &revision::Header::file);

    Project next;
    next.m_configurationFile = m_configurationFile;
    next.m_section = m_section;
    next.m_root = m_root;
    next.m_scriptDirectory = m_scriptDirectory;
    next.m_versionDirectories = m_versionDirectories;
    next.m_notes = m_notes;
    next.m_warnings = m_warnings;
    next.m_settings = m_settings;
    next.m_urlOffers = m_urlOffers;
    next.m_hooks = m_hooks;
    next.m_environment = m_environment;
    next.m_graph = revision::RevisionGraph(std::move(headers));
    return next;
}

/// Only env.py, or the person for it, says these; an option of that name in the .ini means nothing to Alembic.
Setting Project::configured(const QString &name) const
{
    const Setting setting = m_settings.value(name);
    const bool counts = setting.source == Setting::Source::EnvPy || setting.source == Setting::Source::User;
    return counts ? setting : Setting{};
}

bool Project::isSet(const QString &name) const
{
    const Setting setting = configured(name);
    return setting.problem.isEmpty() && setting.value.compare(QStringLiteral("true"), Qt::CaseInsensitive) == 0;
}

Result<sql::QualifiedName> Project::versionTable() const
{
    for (const char *option : {"version_table", "version_table_schema"}) {
        if (const Setting setting = configured(QLatin1String(option)); !setting.problem.isEmpty()) {
            Error error;
            error.code = ErrorCode::VersionTableUnknown;
            error.file = setting.file;
            error.line = setting.line;
            error.subject = QLatin1String(option);
            error.detail = setting.problem;
            return std::unexpected(std::move(error));
        }
    }
    const auto text = [this](const char *name) {
        const QString value = configured(QLatin1String(name)).value;
        return value == QStringLiteral("None") ? QString() : value;
    };
    const QString table = text("version_table");
    sql::QualifiedName name;
    name.schema = text("version_table_schema");
    name.name = table.isEmpty() ? QStringLiteral("alembic_version") : table;
    return name;
}

bool Project::transactionPerMigration() const { return isSet(QStringLiteral("transaction_per_migration")); }

bool Project::versionTableHasPrimaryKey() const
{
    const Setting setting = configured(QStringLiteral("version_table_pk"));
    return !setting.problem.isEmpty() || setting.value != QLatin1String("False");
}

script::Environment Project::environment(const QString &dialectName) const
{
    script::Environment environment = m_environment;
    environment.dialectName = dialectName;
    if (const auto table = versionTable()) {
        environment.versionTable = table->name.text;
        environment.versionTableSchema = table->schema.text;
    } else {
        environment.versionTableProblem = QStringLiteral("env.py's %1 is not known: %2").arg(table.error().subject, table.error().detail);
    }
    return environment;
}

} // namespace stillroom::project
