// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "project/databaseurl.h"
#include "project/hooks.h"
#include "revision/revisiongraph.h"
#include "script/evaluation.h"
#include "sql/identifier.h"

#include <QHash>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

/// An Alembic project as it is on disk. Source: Alembic, "Editing the .ini File", "Using pyproject.toml for configuration".
namespace stillroom::project {

/// A setting's value and where it came from, for the project page.
struct Setting {
    enum class Source { Default, Ini, PyProject, EnvPy, DotEnv, ProcessEnvironment, User };
    QString value;
    Source source = Source::Default;
    QString file;
    int line = 0;
    QString problem; ///< why it is not known, when it is not
    bool operator==(const Setting &) const = default;
};

/// A database address that the project mentions, and where.
struct UrlOffer {
    QString url; ///< as written, password included: never shown, see DatabaseUrl::display()
    Setting::Source source;
    QString file;
    int line = 0;
    QString name; ///< `sqlalchemy.url`, or the variable
};

/// Where this person's caches are (XDG_CACHE_HOME).
[[nodiscard]] QString userCacheFolder();

struct OpenOptions {
    QString section = QStringLiteral("alembic"); ///< -n
    QString pyProject;                           ///< a pyproject.toml elsewhere than beside the .ini file (a second -c)
    QHash<QString, QString> xArguments;          ///< -x
    std::optional<QString> tag;                  ///< --tag
    QHash<QString, QString> settings;            ///< said by the person: version_table, …; before those of .stillroom.json
    QString cacheFolder = userCacheFolder();     ///< headers are kept there between starts; empty: they are not
    bool keepsSources = false;         ///< the bodies will be wanted next, once and soon: a script read for its header is not read again for its body
    std::function<void(const QString &address)> iniRead; ///< called with its sqlalchemy.url before any script is read
    const std::atomic<bool> *cancel = nullptr;
    std::function<void(int done, int total)> progress; ///< called on the opening thread
    /// The program's own environment: env.py is asked with it, and it may name databases. Revision scripts see of it only
    /// what the project's .env sets as well.
    QProcessEnvironment processEnvironment = QProcessEnvironment::systemEnvironment();
};

/// Everything that opening a project found out. A value; opening runs on any thread. Scripts are read on a small pool.
class Project {
public:
    /// `path`: a folder, an alembic.ini, or a pyproject.toml. Errors: ConfigurationNotFound, ConfigurationSyntax,
    /// SectionMissing, ScriptLocationMissing, ScriptLocationNotFound, Cancelled. A script that cannot be read is no
    /// error: its revision (or file) is in the graph with its problem.
    [[nodiscard]] static Result<Project> open(const QString &path, const OpenOptions &options = {});

    /// The same project after these scripts were written, came or went: only they are read. nullopt: it has to be opened as a
    /// whole, since something else changed with them, or their place among the others is not plain.
    [[nodiscard]] std::optional<Project> withScriptsReadAgain(const QStringList &scripts) const;

    [[nodiscard]] QString configurationFile() const { return m_configurationFile; }
    [[nodiscard]] QString section() const { return m_section; } ///< of the .ini file, as -n
    [[nodiscard]] QString root() const { return m_root; }       ///< folder of the configuration file
    [[nodiscard]] QString scriptDirectory() const { return m_scriptDirectory; }
    [[nodiscard]] QStringList versionDirectories() const { return m_versionDirectories; }
    [[nodiscard]] const revision::RevisionGraph &graph() const { return m_graph; }
    [[nodiscard]] const QHash<QString, Setting> &settings() const { return m_settings; }
    [[nodiscard]] const QList<UrlOffer> &urlOffers() const { return m_urlOffers; } ///< best first
    [[nodiscard]] const QStringList &notes() const { return m_notes; }
    [[nodiscard]] const QStringList &warnings() const { return m_warnings; } ///< of the notes: those for which Alembic refuses every command

    [[nodiscard]] const std::vector<PostWriteHook> &postWriteHooks() const { return m_hooks; } ///< never run by opening or writing

    /// Alembic's default unless env.py, or the person for it, names another. Error: VersionTableUnknown where env.py names one
    /// that cannot be known; on the default a run could take a migrated database for an empty one.
    [[nodiscard]] Result<sql::QualifiedName> versionTable() const;
    [[nodiscard]] bool transactionPerMigration() const;
    [[nodiscard]] bool versionTableHasPrimaryKey() const; ///< version_table_pk
    /// What evaluation of a body may know.
    [[nodiscard]] script::Environment environment(const QString &dialectName) const;

private:
    friend class Opening;
    [[nodiscard]] Setting configured(const QString &name) const;
    [[nodiscard]] bool isSet(const QString &name) const;
    QString m_configurationFile, m_section, m_root, m_scriptDirectory;
    QStringList m_versionDirectories, m_notes, m_warnings;
    revision::RevisionGraph m_graph;
    QHash<QString, Setting> m_settings;
    QList<UrlOffer> m_urlOffers;
    std::vector<PostWriteHook> m_hooks;
    script::Environment m_environment;
};

} // namespace stillroom::project
