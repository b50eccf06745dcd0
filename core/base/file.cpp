// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace stillroom {

namespace {

std::unexpected<Error> notReadable(const QString &fileName, int code)
{
    return std::unexpected(Error{.code = ErrorCode::FileNotReadable,
                                 .subject = fileName,
                                 .detail = QString::fromStdString(std::generic_category().message(code)),
                                 .file = fileName});
}

/// `name` in an open folder, or a whole path.
Result<QByteArray> readIn(int folder, const QString &name, const QString &fileName)
{
    const int file = openat(folder, QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return notReadable(fileName, errno);
    QByteArray bytes;
    std::array<char, std::size_t{16} * 1024> part; // most scripts fit
    for (;;) {
        const ssize_t count = read(file, part.data(), part.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const int code = errno;
            close(file);
            return notReadable(fileName, code);
        }
        if (count == 0)
            break;
        bytes.append(part.data(), static_cast<qsizetype>(count));
    }
    close(file);
    return bytes;
}

} // namespace

Result<QByteArray> readFile(const QString &fileName) { return readIn(AT_FDCWD, fileName, fileName); }

FolderReading::~FolderReading()
{
    if (m_open >= 0)
        close(m_open);
}

Result<QByteArray> FolderReading::read(const QString &fileName)
{
    const qsizetype slash = fileName.lastIndexOf(QLatin1Char('/')) + 1;
    if (slash != m_folder.size() || !fileName.startsWith(m_folder)) {
        if (m_open >= 0)
            close(m_open);
        m_folder = fileName.left(slash);
        m_open = open(QFile::encodeName(m_folder).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    return m_open >= 0 ? readIn(m_open, fileName.mid(slash), fileName) : readFile(fileName);
}

} // namespace stillroom
