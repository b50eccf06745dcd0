// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/vanished.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using project::findVanished;
using project::Vanished;
using project::VanishedSearch;

namespace {

/// A checkout that the test's own git makes, whatever the machine's git is configured to do.
class Checkout {
public:
    Checkout()
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        const std::pair<const char *, const char *> variables[] = {{"GIT_CONFIG_NOSYSTEM", "1"},
                                                                   {"GIT_CONFIG_GLOBAL", "/dev/null"},
                                                                   {"GIT_AUTHOR_NAME", "Ann"},
                                                                   {"GIT_AUTHOR_EMAIL", "ann@example"},
                                                                   {"GIT_COMMITTER_NAME", "Ann"},
                                                                   {"GIT_COMMITTER_EMAIL", "ann@example"},
                                                                   {"GIT_AUTHOR_DATE", "1700000000 +0100"},
                                                                   {"GIT_COMMITTER_DATE", "1700000000 +0100"}};
        for (const auto &[name, value] : variables)
            m_environment.insert(QLatin1String(name), QLatin1String(value));
        git({QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
    }
    void git(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("git"), arguments);
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }
    void commit(const QString &message) const
    {
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), message});
    }
    void script(const QString &id, const QString &file, const QString &text = QStringLiteral("pass")) const
    {
        const QString path = m_folder.filePath(file);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile written(path);
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(QStringLiteral("\"\"\"%2\"\"\"\nrevision: str = '%1'\ndown_revision = None\n").arg(id, text).toUtf8());
    }
    void remove(const QString &file) const { QVERIFY(QFile::remove(m_folder.filePath(file))); }
    [[nodiscard]] QString path(const QString &name = {}) const { return m_folder.filePath(name); }
    [[nodiscard]] VanishedSearch search(const QStringList &ids, const project::SearchLimits &limits = {}) const
    {
        return findVanished(ids, path(), {path(QStringLiteral("m/versions"))}, nullptr, limits);
    }

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

const QString kFile = QStringLiteral("m/versions/abc_users.py");

} // namespace

/// A ghost's file, looked for in git.
class VanishedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCommitThatRemovedTheFileIsNamed()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.script(QStringLiteral("other"), QStringLiteral("m/versions/other.py"));
        checkout.commit(QStringLiteral("begin"));
        checkout.remove(kFile);
        checkout.commit(QStringLiteral("drop what nobody needs"));
        checkout.script(QStringLiteral("new"), QStringLiteral("m/versions/new.py"));
        checkout.commit(QStringLiteral("later"));
        const VanishedSearch search = checkout.search({QStringLiteral("abc"), QStringLiteral("never")});
        QCOMPARE(search.found.size(), 1);
        const Vanished vanished = search.found.value(QStringLiteral("abc"));
        QCOMPARE(vanished.how, Vanished::How::Removed);
        QCOMPARE(vanished.path, kFile);
        QCOMPARE(vanished.summary, QStringLiteral("drop what nobody needs"));
        QCOMPARE(vanished.commit.size(), 40);
        QVERIFY2(project::sentence(vanished).contains(QLatin1String("(2023-11-14, Ann: drop what nobody needs) removed m/versions/abc_users.py")),
                 qPrintable(project::sentence(vanished)));
    }

    void aFileThatMovedOrWasRenamedIsFollowedToWhereItWentForGood()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("begin"));
        checkout.git({QStringLiteral("mv"), kFile, QStringLiteral("m/versions/2023_abc.py")});
        checkout.commit(QStringLiteral("rename"));
        checkout.remove(QStringLiteral("m/versions/2023_abc.py"));
        checkout.script(QStringLiteral("x"), QStringLiteral("m/versions/x.py"));
        checkout.commit(QStringLiteral("gone"));
        QCOMPARE(checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc")).summary, QStringLiteral("gone"));
    }

    void aFileInASubFolderIsFoundAsWell()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), QStringLiteral("m/versions/2023/11/abc.py"));
        checkout.commit(QStringLiteral("begin"));
        checkout.remove(QStringLiteral("m/versions/2023/11/abc.py"));
        checkout.commit(QStringLiteral("gone"));
        QCOMPARE(checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc")).path, QStringLiteral("m/versions/2023/11/abc.py"));
    }

    void anIdThatWasChangedInPlaceIsTold()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("begin"));
        checkout.script(QStringLiteral("def"), kFile);
        checkout.commit(QStringLiteral("another id"));
        const Vanished vanished = checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc"));
        QCOMPARE(vanished.how, Vanished::How::GivenOtherId);
        QCOMPARE(vanished.summary, QStringLiteral("another id"));
    }

    void aFileThatIsOnlyNotInTheWorkingFolderIsNoCommitsDoing()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("begin"));
        checkout.remove(kFile);
        QCOMPARE(checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc")).how, Vanished::How::NotCommitted);
    }

    void aFileOfAnotherBranchIsFoundThere()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("root"), QStringLiteral("m/versions/root.py"));
        checkout.commit(QStringLiteral("begin"));
        checkout.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("feature/users")});
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("users"));
        checkout.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("main")});
        const Vanished vanished = checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc"));
        QCOMPARE(vanished.how, Vanished::How::OnBranch);
        QCOMPARE(vanished.branch, QStringLiteral("feature/users"));
        QVERIFY(project::sentence(vanished).startsWith(QLatin1String("Branch feature/users has it, in m/versions/abc_users.py")));
    }

    void aMergeThatLeftTheFileOutIsNamedWhereNoCommitRemovedIt()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("root"), QStringLiteral("m/versions/root.py"));
        checkout.commit(QStringLiteral("begin"));
        checkout.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("side")});
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("users"));
        checkout.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("main")});
        checkout.script(QStringLiteral("two"), QStringLiteral("m/versions/two.py"));
        checkout.commit(QStringLiteral("two"));
        checkout.git({QStringLiteral("merge"), QStringLiteral("-q"), QStringLiteral("-s"), QStringLiteral("ours"), QStringLiteral("side"),
                      QStringLiteral("-m"), QStringLiteral("ours wins")});
        checkout.git({QStringLiteral("branch"), QStringLiteral("-q"), QStringLiteral("-D"), QStringLiteral("side")});
        QCOMPARE(checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc")).summary, QStringLiteral("ours wins"));
    }

    void whatWasNotLookedAtIsSaid()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("begin"));
        checkout.remove(kFile);
        checkout.script(QStringLiteral("x"), QStringLiteral("m/versions/x.py"));
        checkout.commit(QStringLiteral("gone"));
        checkout.script(QStringLiteral("y"), QStringLiteral("m/versions/y.py"));
        checkout.commit(QStringLiteral("later"));
        const VanishedSearch search = checkout.search({QStringLiteral("abc")}, {.commits = 1});
        QVERIFY(search.found.isEmpty());
        QCOMPARE(search.remark, QStringLiteral("only the newest 1 commits were looked at"));
    }

    void aFolderThatIsNoCheckoutHasNothingToTell()
    {
        const QTemporaryDir folder;
        const VanishedSearch search = findVanished({QStringLiteral("abc")}, folder.path(), {folder.filePath(QStringLiteral("versions"))});
        QVERIFY(search.found.isEmpty() && search.remark.isEmpty());
    }

    void nothingOfTheProjectsOwnGitConfigurationIsRun()
    {
        const Checkout checkout;
        checkout.script(QStringLiteral("abc"), kFile);
        checkout.commit(QStringLiteral("begin"));
        checkout.remove(kFile);
        checkout.commit(QStringLiteral("gone"));
        const QString trace = checkout.path(QStringLiteral("was-run"));
        const QString program = QStringLiteral("touch %1; false").arg(trace);
        for (const char *name :
             {"core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "alias.log", "filter.x.clean", "filter.x.smudge"})
            checkout.git({QStringLiteral("config"), QLatin1String(name), program});
        QCOMPARE(checkout.search({QStringLiteral("abc")}).found.value(QStringLiteral("abc")).summary, QStringLiteral("gone"));
        QVERIFY(!QFile::exists(trace));
    }
};

QTEST_GUILESS_MAIN(VanishedTest)
#include "tst_vanished.moc"
