// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/hooks.h"
#include "project/ini.h"
#include "project/project.h"
#include "project/toml.h"

/// Where a project's settings stand, and how Alembic looks them up: the .ini file's section first, then [tool.alembic] of
/// the pyproject.toml beside it. Source: Alembic's config.py (get_alembic_option, get_version_locations_list, …).
namespace stillroom::project {

class Configuration {
public:
    /// Errors: ConfigurationNotFound (candidates: several projects below), ConfigurationSyntax, FileNotReadable, SectionMissing.
    /// `pyProject`: a pyproject.toml that stands elsewhere than beside the .ini file (Alembic's second -c).
    [[nodiscard]] static Result<Configuration> find(const QString &path, const QString &section, const QString &pyProject = {});

    [[nodiscard]] QString file() const { return m_ini ? m_iniFile : m_tomlFile; }
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString iniFile() const { return m_ini ? m_iniFile : QString(); }
    [[nodiscard]] const QStringList &notes() const { return m_notes; }
    [[nodiscard]] const QStringList &warnings() const { return m_warnings; } ///< of the notes: those for which Alembic refuses every command

    /// nullopt: set nowhere. Error: ConfigurationSyntax.
    [[nodiscard]] Result<std::optional<Setting>> option(const QString &name) const;
    [[nodiscard]] Result<bool> isTrue(const QString &name) const;
    /// version_locations and prepend_sys_path, split as path_separator, its older name, or neither of them says.
    [[nodiscard]] Result<std::optional<QStringList>> paths(const QString &name);
    /// Every setting; one whose value cannot be told has its problem instead.
    [[nodiscard]] QHash<QString, Setting> settings() const;
    /// Errors: ConfigurationSyntax.
    [[nodiscard]] Result<std::vector<PostWriteHook>> hooks() const;
    /// The main section as env.py's `config` sees it.
    [[nodiscard]] QHash<QString, QString> mainOptions() const;

private:
    [[nodiscard]] Result<void> readIni();
    [[nodiscard]] Result<void> readToml();
    [[nodiscard]] Result<std::optional<QString>> separator(const QStringList &names);
    [[nodiscard]] Setting ofToml(const AlembicTable::Value &value) const;
    [[nodiscard]] bool iniHas(const QString &name) const;

    QString m_iniFile, m_tomlFile, m_section;
    std::optional<Ini> m_ini;
    std::optional<AlembicTable> m_toml;
    QStringList m_notes, m_warnings;
};

} // namespace stillroom::project
