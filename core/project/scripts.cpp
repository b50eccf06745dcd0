// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/scripts.h"

#include "script/evaluation.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace stillroom::project {

namespace {

QDateTime dateOf(const QString &text)
{
    static const QRegularExpression expression(
        QStringLiteral("\\A(\\d{4})-(\\d{2})-(\\d{2})(?:[ T](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?"));
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.hasMatch())
        return {};
    const auto number = [&match](int group) { return match.captured(group).toInt(); };
    const QDate date(number(1), number(2), number(3));
    const QTime time(number(4), number(5), number(6), match.captured(7).leftJustified(3, QLatin1Char('0'), true).toInt());
    QString zone = match.captured(8).remove(QLatin1Char(':'));
    int offset = 0;
    if (zone.size() == 5)
        offset = (zone.mid(1, 2).toInt() * 60 + zone.mid(3, 2).toInt()) * (zone.startsWith(QLatin1Char('-')) ? -60 : 60);
    if (!date.isValid() || !time.isValid())
        return {};
    return offset == 0 ? QDateTime(date, time, QTimeZone::utc()).toUTC() : QDateTime(date, time, QTimeZone(offset)).toOffsetFromUtc(offset);
}

revision::Header readOne(const QString &file)
{
    revision::Header header;
    header.file = file;
    auto fields = script::readHeader(file);
    if (!fields) {
        header.problem = fields.error();
        header.hasUpgrade = header.hasDowngrade = false;
        return header;
    }
    header.id = fields->revision;
    header.downRevisions = fields->downRevisions;
    header.downRevisions.removeAll(QString());
    header.dependsOn = fields->dependsOn;
    header.dependsOn.removeAll(QString());
    header.branchLabels = fields->branchLabels;
    header.docstring = fields->docstring;
    const DocString doc = readDocString(fields->docstring);
    header.message = doc.message;
    header.createDate = doc.createDate;
    header.revisionLine = fields->revisionLine;
    header.downRevisionLine = fields->downRevisionLine;
    header.hasUpgrade = fields->hasUpgrade;
    header.hasDowngrade = fields->hasDowngrade;
    return header;
}

} // namespace

DocString readDocString(const QString &text)
{
    static const QRegularExpression created(QStringLiteral("^\\s*Create Date:\\s*(.+)$"),
                                            QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    DocString result;
    static const QRegularExpression end(QStringLiteral("\\n[ \\t]*(?:\\r?\\n|Revision ID:)"));
    result.message = text.trimmed().section(end, 0, 0).simplified();
    if (const QRegularExpressionMatch match = created.match(text); match.hasMatch())
        result.createDate = dateOf(match.captured(1).trimmed());
    return result;
}

Result<std::vector<revision::Header>> readHeaders(const QStringList &files, const std::atomic<bool> *cancel,
                                                  const std::function<void(int done, int total)> &progress)
{
    constexpr std::size_t kFewFiles = 16, kMostThreads = 8;
    constexpr auto kTellEvery = std::chrono::milliseconds(50);
    const std::size_t count = static_cast<std::size_t>(files.size());
    std::vector<revision::Header> headers(count);
    std::atomic<std::size_t> next = 0, done = 0;
    const auto isCancelled = [cancel] { return cancel && cancel->load(std::memory_order_relaxed); };
    const auto work = [&] {
        for (std::size_t index = next++; index < count && !isCancelled(); index = next++) {
            headers[index] = readOne(files[static_cast<qsizetype>(index)]);
            ++done;
        }
    };
    if (count <= kFewFiles) {
        work();
    } else {
        std::mutex mutex;
        std::condition_variable ended;
        std::size_t running = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
        std::vector<std::jthread> threads;
        for (std::size_t i = running; i > 0; --i) {
            threads.emplace_back([&] {
                work();
                const std::lock_guard lock(mutex);
                --running;
                ended.notify_one();
            });
        }
        std::unique_lock lock(mutex);
        while (!ended.wait_for(lock, kTellEvery, [&running] { return running == 0; })) {
            if (progress)
                progress(static_cast<int>(done), static_cast<int>(count));
        }
    }
    if (isCancelled())
        return std::unexpected(Error{.code = ErrorCode::Cancelled});
    if (progress)
        progress(static_cast<int>(count), static_cast<int>(count));
    return headers;
}

} // namespace stillroom::project
