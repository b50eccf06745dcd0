// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/headercache.h"
#include "project/project.h"
#include "project/scripts.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace stillroom;
using namespace stillroom::project;

namespace {

constexpr int kScripts = 100;

class Folder {
public:
    Folder()
    {
        QDir(m_folder.path()).mkpath(versions());
        for (int i = 0; i < kScripts; ++i)
            script(i, QStringLiteral("message"));
    }
    [[nodiscard]] QString versions() const { return m_folder.filePath(QStringLiteral("versions")); }
    [[nodiscard]] QString cache() const { return m_folder.filePath(QStringLiteral("cache")); }
    [[nodiscard]] QString path(int number) const { return versions() + QStringLiteral("/%1_x.py").arg(number, 4, 10, QLatin1Char('0')); }
    void script(int number, const QString &message) const
    {
        QFile file(path(number));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QStringLiteral("\"\"\"%1 of %2 – ünïcode 😀\n\nCreate Date: 2024-01-02 03:04:05+02:00\n\"\"\"\nrevision = '%2'\ndown_revision = "
                                  "%3\nbranch_labels = %4\n"
                                  "depends_on = None\n\ndef upgrade():\n    pass\n")
                       .arg(message)
                       .arg(number, 4, 10, QLatin1Char('0'))
                       .arg(number == 0 ? QStringLiteral("None") : QStringLiteral("'%1'").arg(number - 1, 4, 10, QLatin1Char('0')),
                            number == 7 ? QStringLiteral("('one', 'two')") : QStringLiteral("None"))
                       .toUtf8());
    }
    /// As a start of the program does, ten seconds from now: nothing has changed lately.
    std::vector<revision::Header> headers(int *found = nullptr, std::chrono::seconds later = std::chrono::seconds(10)) const
    {
        std::vector<VersionFile> files = versionFiles({versions()}, false).files;
        const HeaderCache cache(this->cache(), {versions()}), none({}, {});
        std::vector<revision::Header> headers = readHeaders(files, none, false, nullptr, {}).value();
        std::size_t count = 0;
        for (std::size_t i = 0; i < files.size(); ++i) {
            files[i].stamp = stampOf(files[i].path).value();
            if (auto kept = cache.find(files[i], i)) {
                headers[i] = std::move(*kept);
                ++count;
            }
        }
        cache.keep(files, headers, count, std::chrono::system_clock::now() + later);
        if (found)
            *found = static_cast<int>(count);
        return headers;
    }

private:
    QTemporaryDir m_folder;
};

/// Sets a file's time of modification back to what it was: what a copying program or a clock that went wrong may do.
void restoreModificationTime(const QString &path, const struct stat &before)
{
    const timespec times[] = {before.st_atim, before.st_mtim};
    QCOMPARE(utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0), 0);
}

} // namespace

class HeaderCacheTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSecondStartFindsAllHeadersAsTheyWereRead()
    {
        const Folder folder;
        int found = -1;
        const auto first = folder.headers(&found);
        QCOMPARE(found, 0);
        const auto second = folder.headers(&found);
        QCOMPARE(found, kScripts);
        QVERIFY(second == first);
        QCOMPARE(second[7].branchLabels.size(), 2);
        QCOMPARE(second[7].createDate.offsetFromUtc(), first[7].createDate.offsetFromUtc());
    }

    void aChangedScriptIsReadAgainThoughItsSizeAndDateAreTheSame()
    {
        const Folder folder;
        (void)folder.headers();
        struct stat before{};
        QCOMPARE(stat(QFile::encodeName(folder.path(5)).constData(), &before), 0);
        folder.script(5, QStringLiteral("massage"));
        restoreModificationTime(folder.path(5), before);
        int found = -1;
        const auto headers = folder.headers(&found);
        QCOMPARE(found, kScripts - 1);
        QVERIFY2(headers[5].message.startsWith(QStringLiteral("massage")), qPrintable(headers[5].message));
    }

    void scriptsThatComeAndGoAreNoticed()
    {
        const Folder folder;
        (void)folder.headers();
        QVERIFY(QFile::remove(folder.path(kScripts - 1)));
        QVERIFY(QFile::remove(folder.path(3)));
        folder.script(kScripts, QStringLiteral("new"));
        int found = -1;
        QCOMPARE(folder.headers(&found).size(), std::size_t{kScripts - 1});
        QCOMPARE(found, kScripts - 2);
        (void)folder.headers(&found);
        QCOMPARE(found, kScripts - 1);
    }

    void whatChangedJustNowIsNotKept()
    {
        const Folder folder;
        (void)folder.headers(nullptr, std::chrono::seconds(0));
        int found = -1;
        (void)folder.headers(&found);
        QCOMPARE(found, 0);
    }

    void aDamagedCacheIsAsNone_data()
    {
        QTest::addColumn<int>("how");
        for (int how = 0; how < 40; ++how)
            QTest::addRow("%d", how) << how;
    }

    /// Cut short, or with a byte changed: every header is right or read again.
    void aDamagedCacheIsAsNone()
    {
        QFETCH(int, how);
        const Folder folder;
        const auto first = folder.headers();
        const QStringList files = QDir(folder.cache()).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QFile file(folder.cache() + QLatin1Char('/') + files.first());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        if (how < 20) {
            bytes.truncate(bytes.size() * how / 20);
        } else { // lengths, counts and magic numbers; a text that changed could not be told
            const qsizetype at = how - 20 < 8 ? how - 20 : 8 + 40 + (how - 28) % 4;
            bytes[at] = static_cast<char>(bytes[at] ^ (how % 2 == 0 ? 0x7F : 0x80));
        }
        file.resize(0);
        file.seek(0);
        file.write(bytes);
        file.close();
        QVERIFY(folder.headers() == first);
    }

    void aProjectOpensTheSameWithAndWithout()
    {
        const Folder folder;
        QFile ini(folder.versions() + QStringLiteral("/../alembic.ini"));
        QVERIFY(ini.open(QIODevice::WriteOnly));
        ini.write("[alembic]\nscript_location = %(here)s\n");
        ini.close();
        (void)folder.headers();
        OpenOptions with, without;
        with.cacheFolder = folder.cache();
        without.cacheFolder.clear();
        const auto one = Project::open(folder.versions() + QStringLiteral("/.."), with);
        const auto other = Project::open(folder.versions() + QStringLiteral("/.."), without);
        QVERIFY(one && other);
        QCOMPARE(one->graph().heads(), other->graph().heads());
        for (std::size_t i = 0; i < one->graph().revisions().size(); ++i)
            QVERIFY(one->graph().revisions()[i].header == other->graph().revisions()[i].header);
    }
};

QTEST_GUILESS_MAIN(HeaderCacheTest)
#include "tst_headercache.moc"
