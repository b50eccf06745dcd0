// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/newrevision.h"

#include "project/executecalls.h"
#include "project/mako.h"
#include "revision/plan.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QStringConverter>
#include <QTemporaryDir>
#include <QTimeZone>

namespace stillroom::project {

namespace {

using revision::Index;
using revision::RevisionGraph;

/// Ours, for projects whose own template is missing or not understood.
constexpr const char *kStandardTemplate = R"MAKO("""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# revision identifiers, used by Alembic.
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
)MAKO";

/// A Python tuple, or None for no element, or the element alone (Alembic's tuple_rev_as_scalar). `several`: how the brackets are.
QString scalarOr(const QStringList &ids, QLatin1String open, QLatin1String close)
{
    if (ids.isEmpty())
        return QStringLiteral("None");
    QStringList literals;
    for (const QString &id : ids)
        literals << pythonLiteral(id);
    return ids.size() == 1 ? literals.first() : open + literals.join(QStringLiteral(", ")) + close;
}

class Planning {
public:
    Planning(const Project &project, const NewRevision &wanted, std::chrono::system_clock::time_point now)
        : m_project(project), m_graph(project.graph()), m_wanted(wanted), m_now(now)
    {
    }

    Result<RevisionFile> run()
    {
        if (auto broken = m_graph.brokenBy())
            return std::unexpected(std::move(*broken));
        m_planned.id = m_wanted.id.isEmpty() ? newRevisionId() : m_wanted.id;
        for (const auto &step :
             {&Planning::checkId, &Planning::findHeads, &Planning::resolveDependencies, &Planning::readTimeZone, &Planning::chooseFolder,
              &Planning::nameFile, &Planning::writeSql, &Planning::render, &Planning::encode, &Planning::readBack})
            if (auto done = (this->*step)(); !done)
                return std::unexpected(std::move(done).error());
        if (m_project.settings().value(QStringLiteral("revision_environment")).value.toLower() == QLatin1String("true"))
            m_planned.notes << QStringLiteral("revision_environment is set: Alembic would run env.py for this; here it is not run.");
        return std::move(m_planned);
    }

private:
    [[nodiscard]] QString setting(const char *name) const { return m_project.settings().value(QLatin1String(name)).value; }

    Result<void> checkId()
    {
        const auto illegal = [this](const QString &why) {
            return std::unexpected(Error{.code = ErrorCode::IllegalRevisionId, .subject = m_planned.id, .detail = why});
        };
        for (const QChar c : m_planned.id) {
            if (QStringLiteral("@-+:").contains(c))
                return illegal(QStringLiteral("it has the character '%1', which has a meaning in targets").arg(c));
            if (c.isSpace() || c.category() == QChar::Other_Control || QStringLiteral("/\\\"'").contains(c))
                return illegal(QStringLiteral("it has a blank, a quote or a slash"));
        }
        for (const char *word : {"base", "head", "heads", "current"}) {
            if (m_planned.id == QLatin1String(word))
                return illegal(QStringLiteral("the word has a meaning in targets"));
        }
        if (const auto known = m_graph.find(m_planned.id)) {
            const revision::Header &header = m_graph.revisions()[*known].header;
            return std::unexpected(
                Error{.code = ErrorCode::RevisionExists, .subject = m_planned.id, .file = header.file, .line = header.revisionLine});
        }
        constexpr qsizetype kVersionColumnLength = 32;
        if (m_planned.id.size() > kVersionColumnLength)
            m_planned.notes << QStringLiteral("The id is longer than the 32 characters of alembic_version.version_num.");
        return {};
    }

    Result<void> findHeads()
    {
        for (const QString &name : m_wanted.heads) {
            const auto ids = revision::resolve(m_graph, name);
            if (!ids)
                return std::unexpected(ids.error());
            for (const QString &id : *ids) {
                if (m_planned.parents.contains(id))
                    return std::unexpected(Error{.code = ErrorCode::DuplicateHeads, .subject = id});
                m_planned.parents << id;
            }
        }
        for (const QString &id : std::as_const(m_planned.parents)) {
            const Index index = *m_graph.find(id);
            m_parents.push_back(index);
            if (m_wanted.splice || m_graph.revisions()[index].isHead)
                continue;
            Error error{.code = ErrorCode::HeadNeedsSplice, .subject = id};
            for (const Index child : m_graph.children(index))
                error.candidates << m_graph.revisions()[child].header.id;
            return std::unexpected(std::move(error));
        }
        if (m_graph.branchLabels().contains(m_wanted.branchLabel))
            return std::unexpected(Error{.code = ErrorCode::DuplicateBranchLabel,
                                         .subject = m_wanted.branchLabel,
                                         .candidates = {m_graph.revisions()[*m_graph.findLabel(m_wanted.branchLabel)].header.id, m_planned.id}});
        return {};
    }

    /// A label stays a label, anything else becomes a full id.
    Result<void> resolveDependencies()
    {
        for (const QString &name : m_wanted.dependsOn) {
            const auto ids = revision::resolve(m_graph, name);
            if (!ids)
                return std::unexpected(ids.error());
            if (ids->size() != 1)
                return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = name});
            m_dependsOn << (m_graph.findLabel(name) ? name : ids->first());
        }
        return {};
    }

    Result<void> readTimeZone()
    {
        const Setting zone = m_project.settings().value(QStringLiteral("timezone"));
        const auto instant = std::chrono::time_point_cast<std::chrono::microseconds>(m_now);
        m_microseconds = static_cast<int>(((instant.time_since_epoch().count() % 1'000'000) + 1'000'000) % 1'000'000);
        const qint64 milliseconds = std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
        if (zone.value.isEmpty()) {
            m_created = QDateTime::fromMSecsSinceEpoch(milliseconds);
            return {};
        }
        for (const QString &name : {zone.value, zone.value.toUpper()}) {
            const QTimeZone found(name.toUtf8());
            if (!found.isValid())
                continue;
            m_created = QDateTime::fromMSecsSinceEpoch(milliseconds, found);
            m_hasZone = true;
            return {};
        }
        return std::unexpected(Error{.code = ErrorCode::TimeZoneUnknown, .subject = zone.value, .file = zone.file, .line = zone.line});
    }

    Result<void> chooseFolder()
    {
        const QStringList &folders = m_project.versionDirectories();
        if (!m_wanted.versionPath.isEmpty()) {
            const QString wanted = QDir::cleanPath(QFileInfo(m_wanted.versionPath).absoluteFilePath());
            const auto found =
                std::ranges::find_if(folders, [&](const QString &folder) { return QDir::cleanPath(QFileInfo(folder).absoluteFilePath()) == wanted; });
            if (found == folders.cend())
                return std::unexpected(Error{.code = ErrorCode::VersionPathUnknown, .subject = m_wanted.versionPath, .candidates = folders});
            m_folder = *found;
            return {};
        }
        if (folders.size() == 1) {
            m_folder = folders.first();
            return {};
        }
        for (const Index parent : m_parents) {
            const QString file = m_graph.revisions()[parent].header.file;
            for (const QString &folder : folders) {
                if (file.startsWith(folder + QLatin1Char('/')) && folder.size() > m_folder.size())
                    m_folder = folder;
            }
            if (!m_folder.isEmpty())
                return {};
        }
        return std::unexpected(Error{.code = ErrorCode::VersionPathNeeded, .candidates = folders});
    }

    /// Alembic's _rev_path, done in Python, whose `%` and `\w` it uses.
    Result<void> nameFile()
    {
        const QString fileTemplate =
            m_project.settings().contains(QStringLiteral("file_template")) ? setting("file_template") : QStringLiteral("%(rev)s_%(slug)s");
        bool isNumber = false;
        const int slugLength = setting("truncate_slug_length").toInt(&isNumber);
        const QDate date = m_created.date();
        const QTime time = m_created.time();
        const QString program =
            QStringLiteral("import re\n"
                           "slug = '_'.join(re.findall(r'\\w+', %1)).lower()\n"
                           "if len(slug) > %2:\n"
                           "    slug = slug[:%2].rsplit('_', 1)[0] + '_'\n"
                           "result = %3 % {'rev': %4, 'slug': slug, 'epoch': %5, 'year': %6, 'month': %7, 'day': %8, 'hour': %9, ")
                .arg(pythonLiteral(m_wanted.message.value_or(QString())), QString::number(isNumber && slugLength > 0 ? slugLength : 40),
                     pythonLiteral(fileTemplate), pythonLiteral(m_planned.id), QString::number(m_created.toSecsSinceEpoch()),
                     QString::number(date.year()), QString::number(date.month()), QString::number(date.day()), QString::number(time.hour())) +
            QStringLiteral("'minute': %1, 'second': %2}\n").arg(time.minute()).arg(time.second());
        const auto notUsable = [&fileTemplate](const QString &why) {
            return std::unexpected(Error{.code = ErrorCode::FileNameNotUsable, .subject = fileTemplate, .detail = why});
        };
        const auto name = script::textOfProgram(program, m_project.environment(QStringLiteral("postgresql")));
        if (!name)
            return notUsable(name.error().detail);
        m_planned.file = QDir::cleanPath(m_folder + QLatin1Char('/') + *name + QStringLiteral(".py"));
        if (!m_planned.file.startsWith(m_folder + QLatin1Char('/')))
            return notUsable(QStringLiteral("%1 is outside the version folder").arg(m_planned.file));
        const bool isBelow = QFileInfo(m_planned.file).absolutePath() != m_folder;
        if (isBelow && setting("recursive_version_locations") != QLatin1String("true"))
            m_planned.notes << QStringLiteral("The script is in a sub-folder, where Alembic looks only with recursive_version_locations = true.");
        if (QFileInfo::exists(m_planned.file))
            return std::unexpected(Error{.code = ErrorCode::FileExists, .file = m_planned.file});
        return {};
    }

    Result<void> writeSql()
    {
        for (const auto &[sql, calls] : {std::pair{&m_wanted.upgradeSql, &m_upgrades}, std::pair{&m_wanted.downgradeSql, &m_downgrades}}) {
            auto written = executeCalls(*sql, m_wanted.sqlKind);
            if (!written)
                return std::unexpected(std::move(written).error());
            *calls = *written;
        }
        return {};
    }

    [[nodiscard]] QString createDateExpression() const
    {
        const QDate date = m_created.date();
        const QTime time = m_created.time();
        QStringList fields;
        for (const int field : {date.year(), date.month(), date.day(), time.hour(), time.minute(), time.second(), m_microseconds})
            fields << QString::number(field);
        if (m_hasZone)
            fields << QStringLiteral("tzinfo=_datetime.timezone(_datetime.timedelta(seconds=%1), %2)")
                          .arg(m_created.offsetFromUtc())
                          .arg(pythonLiteral(m_created.timeZoneAbbreviation()));
        return QStringLiteral("_datetime.datetime(%1)").arg(fields.join(QStringLiteral(", ")));
    }

    [[nodiscard]] QString configExpression(const script::Environment &environment) const
    {
        QStringList options;
        QStringList names = environment.configOptions.keys();
        names.sort();
        for (const QString &name : std::as_const(names))
            options << QStringLiteral("%1: %2").arg(pythonLiteral(name), pythonLiteral(environment.configOptions.value(name)));
        return QStringLiteral("_Config({'alembic': {%1}}, 'alembic', %2)")
            .arg(options.join(QStringLiteral(", ")), pythonLiteral(m_project.configurationFile()));
    }

    Result<void> render()
    {
        const script::Environment environment = m_project.environment(QStringLiteral("postgresql"));
        const QLatin1String open("("), close(")");
        TemplateValues values{
            {QStringLiteral("up_revision"), pythonLiteral(m_planned.id)},
            {QStringLiteral("down_revision"), scalarOr(m_planned.parents, open, close)},
            {QStringLiteral("branch_labels"),
             m_wanted.branchLabel.isEmpty() ? QStringLiteral("None") : QStringLiteral("(%1,)").arg(pythonLiteral(m_wanted.branchLabel))},
            {QStringLiteral("depends_on"), scalarOr(m_dependsOn, QLatin1String("["), QLatin1String("]"))},
            {QStringLiteral("create_date"), createDateExpression()},
            {QStringLiteral("comma"), QStringLiteral("_comma")},
            {QStringLiteral("message"), pythonLiteral(m_wanted.message.value_or(QStringLiteral("empty message")))},
            {QStringLiteral("config"), configExpression(environment)},
        };
        if (!m_upgrades.isEmpty())
            values.emplace_back(QStringLiteral("upgrades"), pythonLiteral(m_upgrades));
        if (!m_downgrades.isEmpty())
            values.emplace_back(QStringLiteral("downgrades"), pythonLiteral(m_downgrades));

        m_templateFile = m_project.scriptDirectory() + QStringLiteral("/script.py.mako");
        QFile file(m_templateFile);
        if (!file.open(QIODevice::ReadOnly)) {
            m_planned.notes << QStringLiteral("%1 cannot be read (%2): the standard template is used.").arg(m_templateFile, file.errorString());
            return renderText(QString::fromUtf8(kStandardTemplate), values, environment);
        }
        const auto own = renderText(QString::fromUtf8(file.readAll()), values, environment);
        if (own || own.error().code == ErrorCode::Cancelled)
            return own;
        m_planned.notes
            << QStringLiteral("%1:%2: %3. The standard template is used.").arg(m_templateFile).arg(own.error().line).arg(own.error().detail);
        return renderText(QString::fromUtf8(kStandardTemplate), values, environment);
    }

    Result<void> renderText(const QString &text, const TemplateValues &values, const script::Environment &environment)
    {
        const auto program = templateProgram(text, values);
        if (!program)
            return std::unexpected(program.error());
        auto rendered = script::textOfProgram(program->text, environment);
        if (!rendered) {
            Error error = rendered.error();
            const auto line = static_cast<std::size_t>(std::max(error.line, 1)) - 1;
            error.line = line < program->templateLines.size() ? program->templateLines[line] : 0;
            return std::unexpected(std::move(error));
        }
        m_planned.text = *rendered;
        return {};
    }

    Result<void> encode()
    {
        const QString name = setting("output_encoding").isEmpty() ? QStringLiteral("utf-8") : setting("output_encoding");
        const auto unknown = [&name](const QString &why) {
            return std::unexpected(Error{.code = ErrorCode::EncodingUnknown, .subject = name, .detail = why});
        };
        QString plain = name.toLower();
        plain.remove(QLatin1Char('-')).remove(QLatin1Char('_'));
        if (plain == QLatin1String("ascii") || plain == QLatin1String("usascii")) {
            if (std::ranges::any_of(m_planned.text, [](QChar c) { return c.unicode() > 0x7F; }))
                return unknown(QStringLiteral("it has characters that the encoding has not"));
            m_planned.bytes = m_planned.text.toLatin1();
            return {};
        }
        static const QHash<QString, QStringConverter::Encoding> known{
            {QStringLiteral("utf8"), QStringConverter::Utf8},       {QStringLiteral("utf16"), QStringConverter::Utf16},
            {QStringLiteral("utf16le"), QStringConverter::Utf16LE}, {QStringLiteral("utf16be"), QStringConverter::Utf16BE},
            {QStringLiteral("latin1"), QStringConverter::Latin1},   {QStringLiteral("iso88591"), QStringConverter::Latin1}};
        const auto encoding = known.constFind(plain);
        if (encoding == known.cend())
            return unknown(QStringLiteral("only UTF-8, UTF-16, Latin-1 and ASCII are known here"));
        QStringEncoder encoder(*encoding, *encoding == QStringConverter::Utf16 ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
        m_planned.bytes = encoder(m_planned.text);
        if (encoder.hasError())
            return unknown(QStringLiteral("it has characters that the encoding has not"));
        return {};
    }

    /// The script, read again as any other: what was asked for is to stand in it.
    Result<void> readBack()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QFileInfo(m_planned.file).fileName());
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_planned.bytes) != m_planned.bytes.size())
            return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = file.errorString(), .file = name});
        file.close();
        auto header = script::readHeader(name);
        if (!header) {
            Error error = header.error();
            error.file = m_templateFile;
            return std::unexpected(std::move(error));
        }
        const auto dropped = [this](const QString &what) {
            return std::unexpected(Error{.code = ErrorCode::TemplateDropsText, .subject = what, .file = m_templateFile});
        };
        QStringList parents = header->downRevisions;
        parents.removeAll(QString());
        QStringList depends = header->dependsOn;
        depends.removeAll(QString());
        if (header->revision != m_planned.id)
            return dropped(QStringLiteral("the revision's id"));
        if (parents != m_planned.parents)
            return dropped(QStringLiteral("down_revision"));
        if (!m_wanted.branchLabel.isEmpty() && !header->branchLabels.contains(m_wanted.branchLabel))
            return dropped(QStringLiteral("branch_labels"));
        if (depends != m_dependsOn)
            return dropped(QStringLiteral("depends_on"));
        for (const QString *calls : {&m_upgrades, &m_downgrades}) {
            if (!m_planned.text.contains(*calls))
                return dropped(QStringLiteral("the SQL (${upgrades}, ${downgrades})"));
        }
        return {};
    }

    const Project &m_project;
    const RevisionGraph &m_graph;
    const NewRevision &m_wanted;
    const std::chrono::system_clock::time_point m_now;
    RevisionFile m_planned;
    std::vector<Index> m_parents;
    QStringList m_dependsOn;
    QDateTime m_created;
    int m_microseconds = 0;
    bool m_hasZone = false;
    QString m_folder, m_templateFile, m_upgrades, m_downgrades;
};

} // namespace

Result<RevisionFile> planRevision(const Project &project, const NewRevision &wanted, std::chrono::system_clock::time_point now)
{
    return Planning(project, wanted, now).run();
}

Result<void> writeRevision(const RevisionFile &planned)
{
    const QFileInfo place(planned.file);
    const auto failed = [&planned](const QString &why) {
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = why, .file = planned.file});
    };
    if (place.exists())
        return std::unexpected(Error{.code = ErrorCode::FileExists, .file = planned.file});
    if (!QDir().mkpath(place.absolutePath()))
        return failed(QStringLiteral("its folder cannot be made"));
    QFile file(planned.file);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return failed(file.errorString());
    if (file.write(planned.bytes) != planned.bytes.size() || !file.flush()) {
        const QString why = file.errorString();
        file.remove();
        return failed(why);
    }
    return {};
}

QString newRevisionId()
{
    constexpr qulonglong kTwelveDigits = 0xFFFF'FFFF'FFFFULL;
    return QString::number(QRandomGenerator::system()->generate64() & kTwelveDigits, 16).rightJustified(12, QLatin1Char('0'));
}

} // namespace stillroom::project
