// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/headercache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTimeZone>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string>

namespace stillroom::project {

namespace {

constexpr quint32 kMagic = 0x53524843; // "SRHC"
constexpr quint32 kFormat = 1;
constexpr qsizetype kLeastEntry = 40; ///< bytes of an entry's stamp
constexpr std::size_t kFewFiles = 64; ///< reading so few is as quick

/// Values one after the other, in this machine's own order: the file never leaves it.
class Writer {
public:
    explicit Writer(std::size_t expectedSize) { m_bytes.reserve(expectedSize); }
    template<class Number>
    void number(Number value)
    {
        m_bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    void text(const QString &text)
    {
        const std::size_t size = static_cast<std::size_t>(text.size());
        const bool isAscii = std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
        number(static_cast<quint32>(size) << 1 | (isAscii ? 1U : 0U));
        if (!isAscii) {
            m_bytes.append(reinterpret_cast<const char *>(text.constData()), size * 2);
            return;
        }
        const std::size_t at = m_bytes.size();
        m_bytes.resize(at + size);
        std::ranges::transform(text, m_bytes.begin() + static_cast<std::ptrdiff_t>(at), [](QChar c) { return static_cast<char>(c.unicode()); });
    }
    void texts(const QStringList &texts)
    {
        number(static_cast<quint32>(texts.size()));
        for (const QString &one : texts)
            text(one);
    }
    void stamp(const FileStamp &stamp)
    {
        for (const qint64 value : {stamp.size, stamp.modifiedNs, stamp.changedNs, stamp.inode, stamp.device})
            number(value);
    }
    /// Room for the length of what comes, to be told by endPart().
    [[nodiscard]] std::size_t beginPart()
    {
        number(quint32{0});
        return m_bytes.size();
    }
    void endPart(std::size_t begin)
    {
        const auto length = static_cast<quint32>(m_bytes.size() - begin);
        std::memcpy(m_bytes.data() + begin - sizeof length, &length, sizeof length);
    }
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what Writer wrote; whatever the bytes are, it stays within them.
class Reader {
public:
    Reader(const QByteArray &bytes, qsizetype at) : m_bytes(bytes), m_at(at) {}
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] qsizetype at() const { return m_at; }
    void skip(qsizetype count)
    {
        if (count < 0 || count > m_bytes.size() - m_at)
            m_isGood = false;
        else
            m_at += count;
    }
    template<class Number>
    Number number()
    {
        Number value{};
        const char *from = m_bytes.constData() + m_at;
        skip(sizeof value);
        if (m_isGood)
            std::memcpy(&value, from, sizeof value);
        return value;
    }
    QString text()
    {
        const auto head = number<quint32>();
        const auto size = static_cast<qsizetype>(head >> 1);
        const char *from = m_bytes.constData() + m_at;
        if ((head & 1) != 0) {
            skip(size);
            return m_isGood ? QString::fromLatin1(from, size) : QString();
        }
        skip(size * 2);
        if (!m_isGood)
            return {};
        QString text(size, Qt::Uninitialized);
        std::memcpy(text.data(), from, static_cast<std::size_t>(size) * 2);
        return text;
    }
    void skipText()
    {
        const auto head = number<quint32>();
        skip(static_cast<qsizetype>(head >> 1) * ((head & 1) != 0 ? 1 : 2));
    }
    /// Whether the next text is this one, without making it.
    [[nodiscard]] bool isText(const QString &text)
    {
        const auto head = number<quint32>();
        if (static_cast<qsizetype>(head >> 1) != text.size())
            return false;
        const char *from = m_bytes.constData() + m_at;
        const bool isLatin1 = (head & 1) != 0;
        skip(text.size() * (isLatin1 ? 1 : 2));
        if (!m_isGood)
            return false;
        return isLatin1 ? text == QLatin1String(from, text.size())
                        : std::memcmp(text.constData(), from, static_cast<std::size_t>(text.size()) * 2) == 0;
    }
    QStringList texts()
    {
        QStringList texts;
        for (auto count = number<quint32>(); m_isGood && count > 0; --count)
            texts.append(text());
        return texts;
    }
    FileStamp stamp()
    {
        FileStamp stamp;
        for (qint64 *value : {&stamp.size, &stamp.modifiedNs, &stamp.changedNs, &stamp.inode, &stamp.device})
            *value = number<qint64>();
        return stamp;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at;
    bool m_isGood = true;
};

void write(Writer &writer, const revision::Header &header)
{
    writer.text(header.id);
    writer.texts(header.downRevisions);
    writer.texts(header.dependsOn);
    writer.texts(header.branchLabels);
    writer.text(header.message);
    writer.text(header.docstring);
    writer.text(header.author);
    writer.number(static_cast<quint8>(header.createDate.isValid() ? 1 : 0));
    if (header.createDate.isValid()) {
        writer.number(header.createDate.toMSecsSinceEpoch());
        writer.number(static_cast<qint32>(header.createDate.offsetFromUtc()));
    }
    writer.number(static_cast<qint32>(header.revisionLine));
    writer.number(static_cast<qint32>(header.downRevisionLine));
    writer.number(static_cast<quint8>((header.hasUpgrade ? 1 : 0) | (header.hasDowngrade ? 2 : 0)));
}

revision::Header readHeaderFrom(Reader &reader)
{
    revision::Header header;
    header.id = reader.text();
    header.downRevisions = reader.texts();
    header.dependsOn = reader.texts();
    header.branchLabels = reader.texts();
    header.message = reader.text();
    header.docstring = reader.text();
    header.author = reader.text();
    if (reader.number<quint8>() == 1) {
        const auto milliseconds = reader.number<qint64>();
        const auto offset = reader.number<qint32>();
        static const QTimeZone utc = QTimeZone::utc();
        header.createDate = QDateTime::fromMSecsSinceEpoch(milliseconds, utc);
        header.createDate = offset == 0 ? header.createDate.toUTC() : header.createDate.toOffsetFromUtc(offset);
    }
    header.revisionLine = reader.number<qint32>();
    header.downRevisionLine = reader.number<qint32>();
    const auto bodies = reader.number<quint8>();
    header.hasUpgrade = (bodies & 1) != 0;
    header.hasDowngrade = (bodies & 2) != 0;
    return header;
}

/// The program that reads headers, since another build may read them otherwise.
constexpr QLatin1String kProgram("/proc/self/exe");
FileStamp programStamp() { return stampOf(QString(kProgram)).value_or(FileStamp()); }

} // namespace

HeaderCache::HeaderCache(const QString &folder, const QStringList &versionFolders)
{
    if (folder.isEmpty())
        return;
    // The window and the command line are two programs, each with a file of its own.
    const QStringList named = QStringList{QFile::symLinkTarget(QString(kProgram))} + versionFolders;
    const QByteArray name = QCryptographicHash::hash(named.join(QLatin1Char('\n')).toUtf8(), QCryptographicHash::Sha1).toHex();
    m_file = folder + QStringLiteral("/headers-%1").arg(QString::fromLatin1(name));
    load();
}

QString HeaderCache::userFolder()
{
    const QString caches = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return caches.isEmpty() ? QString() : caches + QStringLiteral("/stillroom");
}

void HeaderCache::load()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    m_bytes = file.readAll();
    Reader reader(m_bytes, 0);
    if (reader.number<quint32>() != kMagic || reader.number<quint32>() != kFormat || reader.stamp() != programStamp())
        return;
    const auto count = reader.number<quint32>();
    if (static_cast<qsizetype>(count) > m_bytes.size() / kLeastEntry)
        return;
    m_entries.reserve(count);
    for (quint32 i = 0; i < count && reader.isGood(); ++i) {
        Entry entry;
        entry.stamp = reader.stamp();
        entry.pathOffset = reader.at();
        reader.skipText();
        const auto length = reader.number<quint32>();
        entry.headerOffset = reader.at();
        reader.skip(length);
        m_entries.push_back(entry);
    }
    if (!reader.isGood())
        m_entries.clear();
}

bool HeaderCache::isFor(const Entry &entry, const QString &path) const { return Reader(m_bytes, entry.pathOffset).isText(path); }

const HeaderCache::Entry *HeaderCache::entryFor(const QString &path, std::size_t position) const
{
    if (position < m_entries.size() && isFor(m_entries[position], path))
        return &m_entries[position];
    const auto pathOf = [this](const Entry &entry) { return Reader(m_bytes, entry.pathOffset).text(); };
    const auto found = std::ranges::lower_bound(m_entries, path, {}, pathOf);
    return found != m_entries.end() && isFor(*found, path) ? &*found : nullptr;
}

std::optional<revision::Header> HeaderCache::find(const VersionFile &file, std::size_t position) const
{
    const Entry *entry = entryFor(file.path, position);
    if (!entry || entry->stamp != file.stamp)
        return std::nullopt;
    Reader reader(m_bytes, entry->headerOffset);
    revision::Header header = readHeaderFrom(reader);
    header.file = file.path;
    return reader.isGood() ? std::optional(std::move(header)) : std::nullopt;
}

void HeaderCache::keep(std::span<const VersionFile> files, std::span<const revision::Header> headers, std::size_t found,
                       std::chrono::system_clock::time_point now) const
{
    if (m_file.isEmpty() || files.size() < kFewFiles || (found == files.size() && m_entries.size() == files.size()))
        return;
    using namespace std::chrono;
    constexpr seconds kUncertain{3}; // the coarsest clocks of file systems tick in two seconds
    const qint64 certain = duration_cast<nanoseconds>((now - kUncertain).time_since_epoch()).count();
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!headers[i].problem && files[i].stamp.changedNs < certain && files[i].stamp.modifiedNs < certain)
            kept.push_back(i);
    }
    if (kept.size() == found && m_entries.size() == found)
        return; // only files that are never kept were read again
    const auto path = [&files](std::size_t i) -> const QString & { return files[i].path; };
    if (!std::ranges::is_sorted(kept, {}, path)) // those of one folder are
        std::ranges::sort(kept, {}, path);
    constexpr std::size_t kUsualEntry = 512;
    Writer writer(kept.size() * kUsualEntry);
    writer.number(kMagic);
    writer.number(kFormat);
    writer.stamp(programStamp());
    writer.number(static_cast<quint32>(kept.size()));
    for (const std::size_t i : kept) {
        writer.stamp(files[i].stamp);
        writer.text(files[i].path);
        const std::size_t begin = writer.beginPart();
        write(writer, headers[i]);
        writer.endPart(begin);
    }
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return;
    QSaveFile file(m_file);
    const auto size = static_cast<qint64>(writer.bytes().size());
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(writer.bytes().data(), size) == size)
        file.commit();
}

} // namespace stillroom::project
