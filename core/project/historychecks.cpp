// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/historychecks.h"

#include "base/sentence.h"
#include "project/vanished.h"
#include "revision/reach.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>
#include <thread>

namespace stillroom::project {

namespace {

using revision::Defect;
using revision::Header;
using revision::Index;
using revision::RevisionGraph;
using Severity = Finding::Severity;

QString joined(const QStringList &list) { return list.join(QStringLiteral(", ")); }

Finding ofDefect(const Defect &defect)
{
    Finding finding{
        .check = {}, .severity = Severity::Error, .revisions = defect.revisions, .file = defect.files.value(0), .line = defect.line, .text = {}};
    const auto say = [&finding](const char *check, const QString &text) {
        finding.check = QString::fromUtf8(check);
        finding.text = text;
    };
    if (defect.kind == Defect::Kind::MissingParent || defect.kind == Defect::Kind::MissingDependency)
        finding.missing = defect.subject;
    switch (defect.kind) {
    case Defect::Kind::MissingParent:
        say("G02", QStringLiteral("down_revision names '%1', which is in no file.").arg(defect.subject));
        break;
    case Defect::Kind::MissingDependency:
        say("G02", QStringLiteral("depends_on names '%1', which is in no file.").arg(defect.subject));
        break;
    case Defect::Kind::Cycle:
        say("G03", QStringLiteral("These revisions follow each other in a circle: %1.").arg(joined(defect.revisions)));
        break;
    case Defect::Kind::DependencyCycle:
        say("G03", QStringLiteral("These revisions depend on each other in a circle: %1.").arg(joined(defect.revisions)));
        break;
    case Defect::Kind::SelfLoop:
        say("G03", QStringLiteral("Revision %1 names itself.").arg(defect.subject));
        break;
    case Defect::Kind::DuplicateRevision:
        say("G04", QStringLiteral("Revision id '%1' stands in several files: %2.").arg(defect.subject, joined(defect.files)));
        break;
    case Defect::Kind::DuplicateBranchLabel:
        say("G05", QStringLiteral("Branch label '%1' is used by several revisions: %2.").arg(defect.subject, joined(defect.revisions)));
        break;
    case Defect::Kind::LabelIsRevision:
        say("G05", QStringLiteral("Branch label '%1' is also a revision id.").arg(defect.subject));
        break;
    case Defect::Kind::IllegalCharacter:
        say("G06", QStringLiteral("Revision id '%1' has a character that has a meaning in targets (@ - + :).").arg(defect.subject));
        break;
    case Defect::Kind::IdTooLong:
        say("G06", QStringLiteral("Revision id '%1' is longer than the 32 characters of the version table's column.").arg(defect.subject));
        break;
    case Defect::Kind::PrefixCollision:
        finding.severity = Severity::Warning;
        say("G07", QStringLiteral("Revision id '%1' is the beginning of %2.").arg(defect.subject, joined(defect.revisions.mid(1))));
        break;
    case Defect::Kind::UnreadableScript:
        say("G15", QStringLiteral("This cannot be read as a revision script."));
        break;
    }
    return finding;
}

class Checking {
public:
    explicit Checking(const Project &project) : m_project(project), m_graph(project.graph()) {}

    std::vector<Finding> run()
    {
        heads();
        for (const Defect &defect : m_graph.defects())
            m_findings.push_back(ofDefect(defect));
        for (Finding &finding : m_findings) {
            if (finding.check != QLatin1String("G15") || finding.revisions.isEmpty())
                continue;
            const auto index = m_graph.find(finding.revisions.first());
            if (index && m_graph.revisions()[*index].header.problem)
                finding.text = sentence(*m_graph.revisions()[*index].header.problem);
        }
        for (const RevisionGraph::Revision &revision : m_graph.revisions()) {
            if (revision.isGhost || revision.header.problem)
                continue;
            dates(revision);
            fileName(revision.header);
            docString(revision.header);
        }
        lonelyBases();
        unreached();
        locations();
        return std::move(m_findings);
    }

private:
    void add(const char *check, Severity severity, const QStringList &revisions, const QString &file, int line, const QString &text)
    {
        m_findings.push_back({QString::fromUtf8(check), severity, revisions, file, line, text});
    }

    /// Several heads are meant when each has a branch label that no other head has.
    void heads()
    {
        const QStringList heads = m_graph.heads();
        if (heads.size() < 2)
            return;
        QHash<QString, int> uses;
        for (const QString &head : heads) {
            for (const QString &label : m_graph.revisions()[*m_graph.find(head)].effectiveLabels)
                ++uses[label];
        }
        const bool areMeant = std::ranges::all_of(heads, [&](const QString &head) {
            const QStringList &labels = m_graph.revisions()[*m_graph.find(head)].effectiveLabels;
            return std::ranges::any_of(labels, [&](const QString &label) { return uses.value(label) == 1; });
        });
        add("G01", areMeant ? Severity::Information : Severity::Error, heads, {}, 0,
            areMeant ? QStringLiteral("There are several heads, each on a labelled branch of its own: %1.").arg(joined(heads))
                     : QStringLiteral("There are several heads: %1. 'upgrade head' is refused until they are merged.").arg(joined(heads)));
    }

    void dates(const RevisionGraph::Revision &revision)
    {
        if (!revision.header.createDate.isValid())
            return;
        for (const Index parent : m_graph.parents(*m_graph.find(revision.header.id))) {
            const Header &other = m_graph.revisions()[parent].header;
            if (other.createDate.isValid() && revision.header.createDate < other.createDate)
                add("G09", Severity::Warning, {revision.header.id, other.id}, revision.header.file, revision.header.downRevisionLine,
                    QStringLiteral("It was created before its parent %1: the histories of two branches may have been put one after the other.")
                        .arg(other.id));
        }
    }

    void fileName(const Header &header)
    {
        const QString fileTemplate = m_project.settings().contains(QStringLiteral("file_template"))
                                         ? m_project.settings().value(QStringLiteral("file_template")).value
                                         : QStringLiteral("%(rev)s_%(slug)s");
        const QString name = QFileInfo(header.file).completeBaseName();
        if (fileTemplate.contains(QLatin1String("%(rev)s")) && !name.contains(header.id, Qt::CaseInsensitive))
            add("G10", Severity::Warning, {header.id}, header.file, header.revisionLine,
                QStringLiteral("The file's name does not have the revision id '%1', which file_template puts there.").arg(header.id));
    }

    void docString(const Header &header)
    {
        static const QRegularExpression revises(QStringLiteral("^[ \\t]*Revises:[ \\t]*(.*)$"), QRegularExpression::MultilineOption);
        static const QRegularExpression revisionId(QStringLiteral("^[ \\t]*Revision ID:[ \\t]*(\\S+)[ \\t]*$"), QRegularExpression::MultilineOption);
        static const QRegularExpression separators(QStringLiteral("[\\s,()'\\[\\]\"]+"));
        if (const auto id = revisionId.match(header.docstring); id.hasMatch() && id.captured(1) != header.id)
            add("G11", Severity::Warning, {header.id}, header.file, header.revisionLine,
                QStringLiteral("The docstring says \"Revision ID: %1\", the script '%2'. The script counts.").arg(id.captured(1), header.id));
        const auto parents = revises.match(header.docstring);
        if (!parents.hasMatch())
            return;
        QStringList said = parents.captured(1).split(separators, Qt::SkipEmptyParts);
        said.removeAll(QStringLiteral("None"));
        said.removeAll(QStringLiteral("<base>"));
        QStringList written = header.downRevisions;
        said.sort();
        written.sort();
        if (said != written)
            add("G11", Severity::Warning, {header.id}, header.file, header.downRevisionLine,
                QStringLiteral("The docstring says \"Revises: %1\", down_revision %2. down_revision counts.")
                    .arg(parents.captured(1).trimmed(), written.isEmpty() ? QStringLiteral("None") : joined(written)));
    }

    /// Several histories in one project are meant where each has a branch label, or one depends on the other.
    void lonelyBases()
    {
        const auto count = static_cast<Index>(m_graph.revisions().size());
        std::vector<Index> part(count);
        std::iota(part.begin(), part.end(), Index(0));
        const auto root = [&part](Index of) {
            while (part[of] != of)
                of = part[of] = part[part[of]];
            return of;
        };
        std::vector<Index> sizes(count, 1);
        for (Index i = 0; i < count; ++i) {
            for (const auto below : {m_graph.parents(i), m_graph.dependencies(i)}) {
                for (const Index other : below) {
                    const Index a = root(i), b = root(other);
                    if (a != b) {
                        part[a] = b;
                        sizes[b] += sizes[a];
                    }
                }
            }
        }
        std::optional<Index> largest;
        for (Index i = 0; i < count; ++i) {
            if (part[i] == i && (!largest || sizes[i] > sizes[*largest]))
                largest = i;
        }
        for (Index i = 0; i < count; ++i) {
            const RevisionGraph::Revision &revision = m_graph.revisions()[i];
            if (revision.isBase && !revision.isGhost && !revision.header.problem && root(i) != *largest && revision.effectiveLabels.isEmpty())
                add("G13", Severity::Information, {revision.header.id}, revision.header.file, revision.header.downRevisionLine,
                    QStringLiteral("A history of its own begins here, with no branch label and joined to the rest by no merge or dependency."));
        }
    }

    void unreached()
    {
        std::vector<Index> heads;
        for (const QString &head : m_graph.heads())
            heads.push_back(*m_graph.find(head));
        const revision::Marks reached = revision::ancestors(m_graph, heads, revision::Edges::WithDependencies);
        for (Index i = 0; i < m_graph.revisions().size(); ++i) {
            const RevisionGraph::Revision &revision = m_graph.revisions()[i];
            if (!reached[i] && !revision.isGhost && !revision.header.problem)
                add("G13", Severity::Information, {revision.header.id}, revision.header.file, revision.header.revisionLine,
                    QStringLiteral("No head leads to it, so no 'upgrade heads' ever runs it."));
        }
    }

    void locations()
    {
        const QStringList &folders = m_project.versionDirectories();
        const Setting setting = m_project.settings().value(QStringLiteral("version_locations"));
        for (const QString &folder : folders) {
            if (!QFileInfo(folder).isDir())
                add("G14", Severity::Warning, {}, setting.file, setting.line, QStringLiteral("The version folder %1 does not exist.").arg(folder));
            for (const QString &other : folders) {
                if (other.startsWith(folder + QLatin1Char('/')))
                    add("G14", Severity::Warning, {}, setting.file, setting.line,
                        QStringLiteral("The version folder %1 is inside %2.").arg(other, folder));
            }
        }
        const auto isSet = [this](const char *name) { return m_project.settings().contains(QLatin1String(name)); };
        if (setting.source == Setting::Source::Ini && !setting.value.isEmpty() && !isSet("path_separator") && !isSet("version_path_separator"))
            add("G14", Severity::Warning, {}, setting.file, setting.line,
                QStringLiteral("version_locations is split at blanks and commas, since path_separator is not set; newer Alembic warns of that."));
    }

    const Project &m_project;
    const RevisionGraph &m_graph;
    std::vector<Finding> m_findings;
};

/// What one body does: statements or nothing, as far as it is understood.
struct BodyFinding {
    bool isComplete = true, isEmpty = true;
    std::optional<Finding> notUnderstood;
};

BodyFinding checkBody(script::Script &script, const Header &header, script::Direction direction, const script::Environment &environment)
{
    BodyFinding result;
    script::CollectingSink sink;
    const auto outcome = script.evaluate(direction, environment, sink);
    if (!outcome) {
        result.isComplete = false;
        return result;
    }
    result.isEmpty = sink.operations.empty();
    result.isComplete = outcome->status == script::BodyStatus::Complete;
    if (outcome->status == script::BodyStatus::NotUnderstood)
        result.notUnderstood = Finding{
            .check = QStringLiteral("G15"),
            .severity = Severity::Warning,
            .revisions = {header.id},
            .file = outcome->file,
            .line = outcome->line,
            .text = QStringLiteral("%1() is not understood: %2.")
                        .arg(direction == script::Direction::Upgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade"), outcome->reason)};
    return result;
}

std::vector<Finding> checkRevision(const RevisionGraph::Revision &revision, const script::Environment &environment)
{
    std::vector<Finding> findings;
    const Header &header = revision.header;
    const auto script = script::Script::load(header.file);
    if (!script)
        return findings;
    const BodyFinding upgrade = checkBody(**script, header, script::Direction::Upgrade, environment);
    const BodyFinding downgrade = checkBody(**script, header, script::Direction::Downgrade, environment);
    for (const BodyFinding *body : {&upgrade, &downgrade}) {
        if (body->notUnderstood)
            findings.push_back(*body->notUnderstood);
    }
    const bool doesNothing = upgrade.isComplete && downgrade.isComplete && upgrade.isEmpty && downgrade.isEmpty;
    Finding finding{.check = QStringLiteral("G08"),
                    .severity = Severity::Warning,
                    .revisions = {header.id},
                    .file = header.file,
                    .line = header.revisionLine,
                    .text = {}};
    if (doesNothing && !revision.isMerge)
        finding.text = QStringLiteral("It changes nothing, though it is no merge.");
    else if (revision.isMerge && !upgrade.isEmpty)
        finding.text = QStringLiteral("It is a merge, and yet it changes something: what it changes belongs to no branch.");
    if (!finding.text.isEmpty())
        findings.push_back(std::move(finding));
    return findings;
}

} // namespace

std::vector<Finding> checkHistory(const Project &project) { return Checking(project).run(); }

void tellWhereabouts(std::vector<Finding> &findings, const Project &project, const std::atomic<bool> *cancel)
{
    QStringList missing;
    for (const Finding &finding : findings) {
        if (!finding.missing.isEmpty())
            missing << finding.missing;
    }
    missing.removeDuplicates();
    const VanishedSearch search = findVanished(missing, project.root(), project.versionDirectories(), cancel);
    for (Finding &finding : findings) {
        if (const auto found = search.found.constFind(finding.missing); found != search.found.cend())
            finding.whereabouts = sentence(*found);
        else if (!finding.missing.isEmpty() && !search.remark.isEmpty())
            finding.whereabouts = QStringLiteral("What git knows of it: %1.").arg(search.remark);
    }
}

Result<std::vector<Finding>> checkBodies(const Project &project, const QString &dialectName, const std::atomic<bool> *cancel)
{
    std::vector<const RevisionGraph::Revision *> revisions;
    for (const RevisionGraph::Revision &revision : project.graph().revisions()) {
        if (!revision.isGhost && !revision.header.problem)
            revisions.push_back(&revision);
    }
    script::Environment environment = project.environment(dialectName);
    environment.cancel = cancel;
    std::vector<std::vector<Finding>> each(revisions.size());
    std::atomic<std::size_t> next = 0;
    {
        std::vector<std::jthread> threads;
        for (unsigned i = std::clamp(std::thread::hardware_concurrency(), 1U, 8U); i > 0; --i) {
            threads.emplace_back([&] {
                for (std::size_t at = next++; at < revisions.size() && !(cancel && *cancel); at = next++)
                    each[at] = checkRevision(*revisions[at], environment);
            });
        }
    }
    if (cancel && *cancel)
        return std::unexpected(Error{.code = ErrorCode::Cancelled});
    std::vector<Finding> findings;
    for (std::vector<Finding> &some : each)
        std::ranges::move(some, std::back_inserter(findings));
    return findings;
}

} // namespace stillroom::project
