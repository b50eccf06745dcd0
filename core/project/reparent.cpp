// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/reparent.h"

#include "base/file.h"
#include "project/linediff.h"
#include "revision/plan.h"
#include "script/evaluation.h"
#include "script/headeredit.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <QStringConverter>
#include <QTemporaryDir>

#include <algorithm>

namespace stillroom::project {

namespace {

using revision::Header;
using revision::RevisionGraph;

QString joined(const QStringList &list) { return list.isEmpty() ? QStringLiteral("nothing (a base)") : list.join(QStringLiteral(", ")); }

Result<QString> oneRevision(const RevisionGraph &graph, const QString &name)
{
    auto ids = revision::resolve(graph, name);
    if (!ids)
        return std::unexpected(ids.error());
    if (ids->size() != 1)
        return std::unexpected(
            Error{.code = ErrorCode::IllegalTarget, .subject = name, .detail = QStringLiteral("it does not name one revision"), .candidates = *ids});
    return ids->first();
}

std::vector<Header> headersOf(const RevisionGraph &graph)
{
    std::vector<Header> headers;
    for (const revision::Index index : graph.loadOrder()) {
        if (!graph.revisions()[index].isGhost)
            headers.push_back(graph.revisions()[index].header);
    }
    return headers;
}

bool isKnotted(const revision::Defect &defect)
{
    using Kind = revision::Defect::Kind;
    return defect.kind == Kind::Cycle || defect.kind == Kind::DependencyCycle || defect.kind == Kind::SelfLoop;
}

QString keptFile(const QString &root, const QString &folder)
{
    const QByteArray name = QCryptographicHash::hash(QFileInfo(root).canonicalFilePath().toUtf8(), QCryptographicHash::Sha1).toHex();
    return folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".json");
}

QJsonArray keptEdits(const QString &root, const QString &folder)
{
    QFile file(keptFile(root, folder));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

Result<void> writeBytes(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = file.errorString(), .file = name});
    return {};
}

Result<void> exchange(const QString &file, const QByteArray &expected, const QByteArray &bytes)
{
    const auto now = readFile(file);
    if (!now)
        return std::unexpected(now.error());
    if (*now != expected)
        return std::unexpected(Error{.code = ErrorCode::EditOutdated, .file = file});
    return writeBytes(file, bytes);
}

} // namespace

Result<ScriptEdit> planReparenting(const Project &project, const Reparenting &wanted)
{
    const RevisionGraph &graph = project.graph();
    const auto id = oneRevision(graph, wanted.revision);
    if (!id)
        return std::unexpected(id.error());
    const RevisionGraph::Revision &revision = graph.revisions()[*graph.find(*id)];
    if (revision.isGhost || revision.header.file.isEmpty())
        return std::unexpected(Error{.code = ErrorCode::RevisionMissing, .subject = *id});

    ScriptEdit edit;
    edit.revision = *id;
    edit.file = revision.header.file;
    edit.oldParents = revision.header.downRevisions;
    QStringList onto;
    for (const QString &name : wanted.onto) {
        if (name == QLatin1String("base"))
            continue;
        const auto parent = oneRevision(graph, name);
        if (!parent)
            return std::unexpected(parent.error());
        if (graph.revisions()[*graph.find(*parent)].isGhost)
            return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = *parent});
        onto << *parent;
    }
    const auto notPossible = [&edit](const QString &why) {
        return std::unexpected(Error{.code = ErrorCode::ParentNotPossible, .subject = edit.revision, .detail = why, .file = edit.file});
    };
    if (wanted.insteadOf.isEmpty()) {
        if (edit.oldParents.size() > 1)
            return notPossible(QStringLiteral("it is a merge of %1; --instead-of says which of them is to be replaced").arg(joined(edit.oldParents)));
        edit.newParents = onto;
    } else {
        // A ghost parent has to be named in full.
        const auto replaced = oneRevision(graph, wanted.insteadOf);
        const qsizetype at = edit.oldParents.indexOf(replaced ? *replaced : wanted.insteadOf);
        if (at < 0)
            return notPossible(QStringLiteral("%1 is not a parent of it; these are: %2").arg(wanted.insteadOf, joined(edit.oldParents)));
        edit.newParents = edit.oldParents.mid(0, at) + onto + edit.oldParents.mid(at + 1);
    }
    edit.newParents.removeDuplicates();
    if (edit.newParents == edit.oldParents)
        return notPossible(QStringLiteral("it follows %1 already").arg(joined(edit.newParents)));

    std::vector<Header> headers = headersOf(graph);
    std::ranges::find(headers, edit.file, &Header::file)->downRevisions = edit.newParents;
    const RevisionGraph changed(std::move(headers));
    for (const revision::Defect &defect : changed.defects()) {
        if (isKnotted(defect) && std::ranges::find(graph.defects(), defect) == graph.defects().end())
            return notPossible(QStringLiteral("%1 would stand on itself: these would follow each other in a circle: %2")
                                   .arg(edit.revision, joined(defect.revisions)));
    }
    edit.headsBefore = graph.heads();
    edit.headsAfter = changed.heads();

    auto bytes = readFile(edit.file);
    if (!bytes)
        return std::unexpected(bytes.error());
    edit.before = *bytes;
    auto after = script::withDownRevisions(edit.before, edit.file, edit.newParents);
    if (!after)
        return std::unexpected(after.error());
    edit.after = *after;

    // Read as any other: it is to say what was asked for, and nothing else of it.
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QFileInfo(edit.file).fileName());
    if (const auto written = writeBytes(copy, edit.after); !written)
        return std::unexpected(written.error());
    const auto old = script::readHeader(edit.file), now = script::readHeader(copy);
    if (!now)
        return std::unexpected(now.error());
    QStringList said = now->downRevisions;
    said.removeAll(QString());
    if (said != edit.newParents || !old || now->revision != old->revision || now->dependsOn != old->dependsOn ||
        now->branchLabels != old->branchLabels)
        return std::unexpected(Error{.code = ErrorCode::HeaderNotEditable,
                                     .subject = QStringLiteral("down_revision"),
                                     .detail = QStringLiteral("the changed file would not say what was asked for"),
                                     .file = edit.file,
                                     .line = revision.header.downRevisionLine});
    if (!edit.newParents.isEmpty())
        edit.notes << QStringLiteral("A database that has %1 already counts %2 as applied from then on, though it may never have run there.")
                          .arg(edit.revision, joined(edit.newParents));
    return edit;
}

QString diffOf(const ScriptEdit &edit, const QString &root)
{
    QStringDecoder decode(QStringConverter::Utf8);
    const QString before = decode(edit.before);
    const bool isUtf8 = !decode.hasError();
    return unifiedDiff(isUtf8 ? before : QString::fromLatin1(edit.before), isUtf8 ? QString::fromUtf8(edit.after) : QString::fromLatin1(edit.after),
                       QDir(root).relativeFilePath(edit.file));
}

Result<void> write(const ScriptEdit &edit) { return exchange(edit.file, edit.before, edit.after); }

Result<void> undo(const ScriptEdit &edit) { return exchange(edit.file, edit.after, edit.before); }

QString editsFolder() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/stillroom/edits"); }

Result<void> keep(const ScriptEdit &edit, const QString &root, const QString &folder)
{
    constexpr qsizetype kMost = 20;
    QJsonArray edits = keptEdits(root, folder);
    const auto list = [](const QStringList &ids) { return QJsonArray::fromStringList(ids); };
    edits.append(QJsonObject{{QStringLiteral("revision"), edit.revision},
                             {QStringLiteral("file"), edit.file},
                             {QStringLiteral("before"), QString::fromLatin1(edit.before.toBase64())},
                             {QStringLiteral("after"), QString::fromLatin1(edit.after.toBase64())},
                             {QStringLiteral("old_parents"), list(edit.oldParents)},
                             {QStringLiteral("new_parents"), list(edit.newParents)}});
    while (edits.size() > kMost)
        edits.removeFirst();
    const QString file = keptFile(root, folder);
    if (!QDir().mkpath(folder))
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = QStringLiteral("its folder cannot be made"), .file = file});
    return writeBytes(file, QJsonDocument(edits).toJson(QJsonDocument::Compact));
}

std::optional<ScriptEdit> lastKept(const QString &root, const QString &folder)
{
    const QJsonArray edits = keptEdits(root, folder);
    if (edits.isEmpty())
        return std::nullopt;
    const QJsonObject last = edits.last().toObject();
    const auto text = [&last](const char *name) { return last[QLatin1String(name)].toString(); };
    const auto list = [&last](const char *name) {
        QStringList ids;
        for (const QJsonValue id : last[QLatin1String(name)].toArray())
            ids << id.toString();
        return ids;
    };
    ScriptEdit edit;
    edit.revision = text("revision");
    edit.file = text("file");
    edit.before = QByteArray::fromBase64(text("before").toLatin1());
    edit.after = QByteArray::fromBase64(text("after").toLatin1());
    edit.oldParents = list("old_parents");
    edit.newParents = list("new_parents");
    return edit;
}

Result<void> forgetLast(const QString &root, const QString &folder)
{
    QJsonArray edits = keptEdits(root, folder);
    if (!edits.isEmpty())
        edits.removeLast();
    return writeBytes(keptFile(root, folder), QJsonDocument(edits).toJson(QJsonDocument::Compact));
}

} // namespace stillroom::project
