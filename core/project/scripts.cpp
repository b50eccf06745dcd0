// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/scripts.h"

#include "script/evaluation.h"

#include <QTimeZone>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace stillroom::project {

namespace {

/// Reads a text from its beginning. Thousands of docstrings are read when a project opens.
class Cursor {
public:
    explicit Cursor(QStringView text) : m_text(text) {}
    /// This many digits, or nothing is read.
    [[nodiscard]] std::optional<int> number(qsizetype digits)
    {
        if (m_text.size() - m_at < digits)
            return std::nullopt;
        int value = 0;
        for (qsizetype i = 0; i < digits; ++i) {
            const char16_t c = m_text[m_at + i].unicode();
            if (c < u'0' || c > u'9')
                return std::nullopt;
            value = value * 10 + (c - u'0');
        }
        m_at += digits;
        return value;
    }
    [[nodiscard]] bool skip(char16_t wanted)
    {
        const bool is = m_at < m_text.size() && m_text[m_at] == wanted;
        m_at += is ? 1 : 0;
        return is;
    }
    void skipSpace()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }
    [[nodiscard]] qsizetype at() const { return m_at; }
    void returnTo(qsizetype position) { m_at = position; }

private:
    QStringView m_text;
    qsizetype m_at = 0;
};

QTime timeOf(Cursor &cursor)
{
    const qsizetype start = cursor.at();
    if (!cursor.skip(u' ') && !cursor.skip(u'T'))
        return QTime(0, 0);
    const auto hour = cursor.number(2);
    const auto minute = hour && cursor.skip(u':') ? cursor.number(2) : std::nullopt;
    if (!minute) {
        cursor.returnTo(start);
        return QTime(0, 0);
    }
    const qsizetype beforeSeconds = cursor.at();
    const auto second = cursor.skip(u':') ? cursor.number(2) : std::nullopt;
    if (!second) {
        cursor.returnTo(beforeSeconds);
        return QTime(*hour, *minute);
    }
    const qsizetype beforeFraction = cursor.at();
    int milliseconds = 0;
    if (cursor.skip(u'.') || cursor.skip(u',')) {
        int digits = 0;
        for (; auto digit = cursor.number(1); ++digits) {
            if (digits < 3)
                milliseconds = milliseconds * 10 + *digit;
        }
        if (digits == 0)
            cursor.returnTo(beforeFraction);
        for (; digits < 3; ++digits)
            milliseconds *= 10;
    }
    return QTime(*hour, *minute, *second, milliseconds);
}

/// ISO 8601 as Alembic's template writes it, "2024-03-01 10:11:12.345678+00:00", or the beginning of that.
QDateTime dateOf(QStringView text)
{
    Cursor cursor(text);
    const auto year = cursor.number(4);
    const auto month = year && cursor.skip(u'-') ? cursor.number(2) : std::nullopt;
    const auto day = month && cursor.skip(u'-') ? cursor.number(2) : std::nullopt;
    if (!day)
        return {};
    const QDate date(*year, *month, *day);
    const QTime time = timeOf(cursor);
    if (!date.isValid() || !time.isValid())
        return {};
    cursor.skipSpace();
    const bool isWest = cursor.skip(u'-');
    if (!isWest && !cursor.skip(u'+'))
        return {date, time, QTimeZone::utc()};
    const auto hours = cursor.number(2);
    (void)cursor.skip(u':');
    const auto minutes = hours ? cursor.number(2) : std::nullopt;
    const int offset = minutes ? (*hours * 60 + *minutes) * (isWest ? -60 : 60) : 0;
    return offset == 0 ? QDateTime(date, time, QTimeZone::utc()) : QDateTime(date, time, QTimeZone(offset)).toOffsetFromUtc(offset);
}

/// Where the message ends: at an empty line, or a line "Revision ID:".
qsizetype messageEnd(QStringView text)
{
    for (qsizetype line = text.indexOf(u'\n'); line >= 0; line = text.indexOf(u'\n', line + 1)) {
        qsizetype at = line + 1;
        while (at < text.size() && (text[at] == u' ' || text[at] == u'\t'))
            ++at;
        const QStringView rest = text.sliced(at);
        if (rest.startsWith(u'\n') || rest.startsWith(QLatin1String("\r\n")) || rest.startsWith(QLatin1String("Revision ID:")))
            return line;
    }
    return text.size();
}

/// What stands after "Create Date:" at the beginning of a line.
QStringView createDateText(QStringView text)
{
    static constexpr QLatin1String kName("Create Date:");
    for (qsizetype line = 0;;) {
        qsizetype at = line;
        while (at < text.size() && text[at] != u'\n' && text[at].isSpace())
            ++at;
        if (text.sliced(at).startsWith(kName, Qt::CaseInsensitive))
            return text.sliced(at + kName.size()).trimmed();
        line = text.indexOf(u'\n', at) + 1;
        if (line == 0)
            return {};
    }
}

} // namespace

DocString readDocString(const QString &text)
{
    const QStringView trimmed = QStringView(text).trimmed();
    DocString result;
    result.message = trimmed.first(messageEnd(trimmed)).toString().simplified();
    result.createDate = dateOf(createDateText(text));
    return result;
}

revision::Header readOneHeader(const QString &file, bool keepsSource, FolderReading &reading)
{
    revision::Header header;
    header.file = file;
    const auto source = reading.read(file);
    const auto fields = source ? script::readHeader(file, *source) : Result<script::HeaderFields>(std::unexpected(source.error()));
    if (source && keepsSource)
        header.source = *source;
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

Result<std::vector<revision::Header>> readHeaders(std::vector<VersionFile> files, const HeaderCache &cache, bool keepsSources,
                                                  const std::atomic<bool> *cancel, const std::function<void(int done, int total)> &progress)
{
    constexpr std::size_t kFewFiles = 16, kMostThreads = 8, kAtATime = 16;
    constexpr auto kTellEvery = std::chrono::milliseconds(50);
    std::vector<revision::Header> headers(files.size());
    const std::size_t count = files.size();
    std::atomic<std::size_t> next = 0, done = 0, found = 0;
    const auto isCancelled = [cancel] { return cancel && cancel->load(std::memory_order_relaxed); };
    const auto work = [&] {
        std::size_t foundHere = 0;
        Stamping stamping;
        FolderReading reading;
        for (std::size_t first = next.fetch_add(kAtATime); first < count && !isCancelled(); first = next.fetch_add(kAtATime)) {
            const std::size_t end = std::min(first + kAtATime, count);
            for (std::size_t i = first; i < end; ++i) {
                files[i].stamp = stamping.of(files[i].path);
                if (auto kept = cache.find(files[i], i)) {
                    headers[i] = std::move(*kept);
                    ++foundHere;
                } else {
                    headers[i] = readOneHeader(files[i].path, keepsSources, reading);
                }
            }
            done += end - first;
        }
        found += foundHere;
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
    cache.keep(files, headers, found, std::chrono::system_clock::now());
    return headers;
}

} // namespace stillroom::project
