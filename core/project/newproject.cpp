// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/newproject.h"

#include "project/newprojecttexts.h"
#include "project/toml.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace stillroom::project {

namespace {

struct Kind {
    const char *name, *about;
    EnvironmentKind environment;
    bool hasPyProject;
};

constexpr Kind kKinds[] = {
    {"generic", "one database", EnvironmentKind::Plain, false},
    {"async", "one database, asynchronous driver", EnvironmentKind::Async, false},
    {"multidb", "several databases", EnvironmentKind::SeveralDatabases, false},
    {"pyproject", "one database, settings in pyproject.toml (Alembic 1.16 or newer)", EnvironmentKind::Plain, true},
    {"pyproject_async", "the same with an asynchronous driver", EnvironmentKind::Async, true},
};

/// The files to write, all decided on before the first is written.
class Writing {
public:
    Writing(const NewProject &wanted, const Kind &kind) : m_wanted(wanted), m_kind(kind) {}

    Result<WrittenProject> run()
    {
        const QDir folder(m_wanted.folder);
        if (folder.exists() && !folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            return std::unexpected(Error{.code = ErrorCode::FolderNotEmpty, .subject = folder.absolutePath()});
        const QString ini =
            QFileInfo(m_wanted.configurationFile.isEmpty() ? QStringLiteral("alembic.ini") : m_wanted.configurationFile).absoluteFilePath();
        m_written.configurationFile = ini;
        const QString base = QFileInfo(ini).absolutePath();
        m_location = QDir::isAbsolutePath(m_wanted.folder) ? folder.absolutePath()
                                                           : QStringLiteral("%(here)s/") + QDir(base).relativeFilePath(folder.absolutePath());
        if (m_location.startsWith(QLatin1Char('/')))
            m_location.replace(QLatin1Char('%'), QLatin1String("%%"));
        if (const auto planned = planConfiguration(ini, base); !planned)
            return std::unexpected(planned.error());
        plan(folder.absoluteFilePath(QStringLiteral("env.py")), environmentText(m_kind.environment));
        plan(folder.absoluteFilePath(QStringLiteral("script.py.mako")), scriptTemplateText(m_kind.environment));
        plan(folder.absoluteFilePath(QStringLiteral("README")), readmeText(m_kind.environment));
        if (m_wanted.isPackage) {
            plan(folder.absoluteFilePath(QStringLiteral("__init__.py")), {});
            plan(folder.absoluteFilePath(QStringLiteral("versions/__init__.py")), {});
        }
        if (!QDir().mkpath(folder.absoluteFilePath(QStringLiteral("versions"))))
            return std::unexpected(
                Error{.code = ErrorCode::FileNotWritable, .detail = QStringLiteral("the folder cannot be made"), .file = folder.absolutePath()});
        for (const auto &[file, text] : m_files) {
            if (auto written = write(file, text); !written)
                return std::unexpected(std::move(written).error());
        }
        return std::move(m_written);
    }

private:
    void plan(const QString &file, QString text) { m_files.emplace_back(file, text.replace(QLatin1String("@LOCATION@"), m_location)); }

    Result<void> planConfiguration(const QString &ini, const QString &base)
    {
        if (QFileInfo::exists(ini))
            m_written.notes << QStringLiteral("%1 exists already and stays as it is.").arg(ini);
        else
            plan(ini, iniText(m_kind.environment, m_kind.hasPyProject));
        if (!m_kind.hasPyProject)
            return {};
        const QString toml = base + QStringLiteral("/pyproject.toml");
        if (!QFileInfo::exists(toml)) {
            plan(toml, pyProjectText());
            return {};
        }
        const auto table = readPyProject(toml);
        if (!table)
            return std::unexpected(table.error());
        if (*table)
            m_written.notes << QStringLiteral("%1 has a [tool.alembic] already and stays as it is.").arg(toml);
        else
            plan(toml, QStringLiteral("\n\n") + pyProjectText());
        return {};
    }

    Result<void> write(const QString &name, const QString &text)
    {
        QFile file(name);
        const QByteArray bytes = text.toUtf8();
        const auto mode = file.exists() ? QIODevice::Append : QIODevice::NewOnly; // pyproject.toml alone is added to
        if (!file.open(QIODevice::WriteOnly | mode) || file.write(bytes) != bytes.size() || !file.flush())
            return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = file.errorString(), .file = name});
        m_written.written << name;
        return {};
    }

    const NewProject &m_wanted;
    const Kind &m_kind;
    QString m_location;
    std::vector<std::pair<QString, QString>> m_files;
    WrittenProject m_written;
};

} // namespace

const std::vector<ProjectTemplate> &projectTemplates()
{
    static const std::vector<ProjectTemplate> templates = [] {
        std::vector<ProjectTemplate> made;
        for (const Kind &kind : kKinds)
            made.push_back({QString::fromUtf8(kind.name), QString::fromUtf8(kind.about)});
        return made;
    }();
    return templates;
}

Result<WrittenProject> writeProject(const NewProject &wanted)
{
    const auto kind = std::ranges::find_if(kKinds, [&](const Kind &one) { return wanted.templateName == QLatin1String(one.name); });
    if (kind != std::end(kKinds))
        return Writing(wanted, *kind).run();
    Error error{.code = ErrorCode::NoSuchTemplate, .subject = wanted.templateName};
    for (const Kind &one : kKinds)
        error.candidates << QString::fromUtf8(one.name);
    return std::unexpected(std::move(error));
}

} // namespace stillroom::project
