// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/versionfiles.h"

#include "script/evaluation.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QThreadPool>

#include <algorithm>
#include <mutex>
#include <optional>

namespace stillroom::project {

namespace {

/// "Create Date: 2024-03-05 14:22:10.123456+00:00", as the template writes it.
QDateTime createDate(const QString &docstring)
{
    const qsizetype at = docstring.indexOf(QLatin1String("Create Date:"));
    if (at < 0)
        return {};
    static const QRegularExpression moment(
        QStringLiteral("(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,3})\\d*)?([+-]\\d\\d:?\\d\\d)?"));
    const auto match = moment.match(docstring, at);
    if (!match.hasMatch() || docstring.mid(at, match.capturedStart() - at).contains(QLatin1Char('\n')))
        return {};
    QString text = match.captured(1) + QLatin1Char('T') + match.captured(2) + QLatin1Char('.') + match.captured(3).leftJustified(3, QLatin1Char('0'));
    text += match.captured(4).isEmpty() ? QStringLiteral("Z") : match.captured(4);
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

/// Alembic's `doc`: the first paragraph.
QString messageOf(const QString &docstring)
{
    return docstring.trimmed().section(QRegularExpression(QStringLiteral("\\n[ \\t]*\\n|\\nRevision ID:")), 0, 0).simplified();
}

std::optional<revision::Header> headerOf(const QString &file, QString *note)
{
    revision::Header header;
    header.file = file;
    auto fields = script::readHeader(file);
    if (!fields) {
        if (fields.error().code == ErrorCode::ScriptNotUnderstood && fields.error().detail.isEmpty()) {
            *note = file;
            return std::nullopt;
        }
        // The revision is marked, the graph still opens: its file name most likely begins with its id.
        header.id = QFileInfo(file).completeBaseName().section(QLatin1Char('_'), 0, 0);
        header.problem = std::move(fields).error();
        return header;
    }
    header.id = fields->revision;
    header.downRevisions = fields->downRevisions;
    header.dependsOn = fields->dependsOn;
    header.branchLabels = fields->branchLabels;
    header.docstring = fields->docstring;
    header.message = messageOf(fields->docstring);
    header.createDate = createDate(fields->docstring);
    header.revisionLine = fields->revisionLine;
    header.downRevisionLine = fields->downRevisionLine;
    header.hasUpgrade = fields->hasUpgrade;
    header.hasDowngrade = fields->hasDowngrade;
    return header;
}

} // namespace

QStringList versionFiles(const QStringList &folders, bool isRecursive)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator names(folder, {QStringLiteral("*.py")}, QDir::Files, isRecursive ? QDirIterator::Subdirectories : QDirIterator::NoIteratorFlags);
        while (names.hasNext()) {
            const QString path = names.next();
            const QString name = names.fileName();
            if (!name.startsWith(QLatin1String(".#")) && !name.startsWith(QLatin1String("__init__")) && !files.contains(path))
                files.append(path);
        }
    }
    std::ranges::sort(files);
    return files;
}

ReadHeaders readHeaders(const QStringList &files, const std::atomic<bool> *cancel, const std::function<void(int, int)> &progress)
{
    const auto count = static_cast<std::size_t>(files.size());
    std::vector<std::optional<revision::Header>> read(count);
    std::vector<QString> notes(count);
    std::atomic<std::size_t> next = 0;
    std::atomic<int> done = 0;
    const auto isCancelled = [cancel] { return cancel && *cancel; };
    const auto work = [&] {
        for (std::size_t i = next++; i < count && !isCancelled(); i = next++) {
            read[i] = headerOf(files[static_cast<qsizetype>(i)], &notes[i]);
            ++done;
        }
    };
    QThreadPool pool;
    const int helpers = count > 16 ? pool.maxThreadCount() - 1 : 0;
    for (int i = 0; i < helpers; ++i)
        pool.start(work);
    // This thread works as well, and is the one that tells how far it is.
    for (std::size_t i = next++; i < count && !isCancelled(); i = next++) {
        read[i] = headerOf(files[static_cast<qsizetype>(i)], &notes[i]);
        const int soFar = ++done;
        if (progress && soFar % 64 == 0)
            progress(soFar, static_cast<int>(count));
    }
    pool.waitForDone();

    ReadHeaders result;
    result.wasCancelled = isCancelled();
    for (std::size_t i = 0; i < count; ++i) {
        if (read[i])
            result.headers.push_back(std::move(*read[i]));
        else if (!notes[i].isEmpty())
            result.notes.append(QStringLiteral("%1 has no line 'revision = …', so it is no revision").arg(notes[i]));
    }
    return result;
}

} // namespace stillroom::project
