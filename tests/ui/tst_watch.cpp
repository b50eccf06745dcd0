// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectwatch.h"
#include "ui/workbench.h"
#include "waiting.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace stillroom;
using namespace stillroom::ui;

namespace {

class ManyScripts {
public:
    explicit ManyScripts(int count)
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("m/versions"));
        write(QStringLiteral("alembic.ini"), QStringLiteral("[alembic]\nscript_location = %(here)s/m\n"));
        write(QStringLiteral("m/env.py"), QStringLiteral("from alembic import context\ncontext.configure(url='sqlite://')\n"));
        for (int i = 0; i < count; ++i)
            script(i, QStringLiteral("as it was"));
    }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text.toUtf8());
    }
    static QString id(int i) { return QStringLiteral("r%1").arg(i, 5, 10, QLatin1Char('0')); }
    [[nodiscard]] QString fileOf(int i) const { return m_folder.filePath(QStringLiteral("m/versions/%1.py").arg(id(i))); }
    void script(int i, const QString &message, const QString &parent = {}) const
    {
        const QString down = !parent.isEmpty() ? parent : i == 0 ? QStringLiteral("None") : QStringLiteral("'%1'").arg(id(i - 1));
        write(QStringLiteral("m/versions/%1.py").arg(id(i)),
              QStringLiteral("\"\"\"%1\"\"\"\nrevision = '%2'\ndown_revision = %3\ndef upgrade():\n    pass\ndef downgrade():\n    pass\n")
                  .arg(message, id(i), down));
    }
    [[nodiscard]] QString root() const { return m_folder.path(); }
    [[nodiscard]] project::Project open() const
    {
        project::OpenOptions options;
        options.processEnvironment = {};
        options.cacheFolder.clear();
        auto opened = project::Project::open(root(), options);
        return opened ? std::move(*opened) : project::Project();
    }

private:
    QTemporaryDir m_folder;
};

QString messageOf(const project::Project &project, const QString &id)
{
    const auto at = project.graph().find(id);
    return at ? project.graph().revisions()[*at].header.message : QStringLiteral("(none)");
}

} // namespace

class WatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aScriptThatIsWrittenIsTold()
    {
        const ManyScripts scripts(3);
        ProjectWatch watch;
        watch.watch(scripts.open());
        QSignalSpy changed(&watch, &ProjectWatch::changed);
        scripts.script(1, QStringLiteral("in place"));
        VERIFY_IN_TIME(changed.size() == 1);
        QCOMPARE(changed[0][0].toStringList(), QStringList{scripts.fileOf(1)});
        QVERIFY(QFile::remove(scripts.fileOf(2)));
        VERIFY_IN_TIME(changed.size() == 2);
        QCOMPARE(changed[1][0].toStringList(), QStringList{scripts.fileOf(2)});
    }

    void whatElseAProjectIsReadFromIsTold_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"alembic.ini", ".env", "pyproject.toml", ".stillroom.json", "m/env.py"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }

    void whatElseAProjectIsReadFromIsTold()
    {
        QFETCH(QString, name);
        const ManyScripts scripts(1);
        ProjectWatch watch;
        watch.watch(scripts.open());
        QSignalSpy changed(&watch, &ProjectWatch::changed);
        scripts.write(QStringLiteral("README"), QStringLiteral("nobody reads this"));
        scripts.write(QStringLiteral("m/versions/.x.swp"), QStringLiteral("nor this"));
        scripts.write(name, QStringLiteral("# changed\n"));
        VERIFY_IN_TIME(changed.size() == 1);
        QVERIFY(changed[0][0].toStringList().isEmpty());
    }

    void aBranchSwitchOfThousandsOfFilesIsToldOnce()
    {
        constexpr int kScripts = 3000;
        const ManyScripts scripts(kScripts);
        ProjectWatch watch;
        watch.watch(scripts.open());
        QSignalSpy changed(&watch, &ProjectWatch::changed);
        std::jthread writer([&scripts] {
            for (int i = 0; i < kScripts; ++i) {
                QFile::remove(scripts.fileOf(i)); // as git does
                scripts.script(i, QStringLiteral("another branch"));
            }
        });
        writer.join();
        VERIFY_IN_TIME(!changed.isEmpty());
        QTest::qWait(300);
        QCOMPARE(changed.size(), 1);
        QVERIFY(changed[0][0].toStringList().isEmpty());
    }

    void theWindowsThreadReadsNoScript()
    {
        const ManyScripts scripts(2000);
        Workbench bench;
        bench.openProject(scripts.root());
        VERIFY_IN_TIME(bench.project() && bench.isIdle());
        const auto before = bench.project();
        for (int i = 0; i < 2000; ++i)
            scripts.script(i, QStringLiteral("another branch"));
        bench.readProjectAgain(scripts.root(), {}); // gives back at once
        QCOMPARE(bench.project(), before);
        VERIFY_IN_TIME(bench.project() != before && messageOf(*bench.project(), ManyScripts::id(7)) == QStringLiteral("another branch"));
    }

    void onlyWhatChangedIsReadAndItIsAsIfAllWere_data()
    {
        QTest::addColumn<int>("script");
        QTest::addColumn<QString>("parent");
        QTest::addColumn<bool>("isRemoved");
        QTest::newRow("a message") << 5 << QString() << false;
        QTest::newRow("a parent") << 5 << QStringLiteral("'r00002'") << false;
        QTest::newRow("a new one") << 10 << QString() << false;
        QTest::newRow("one less, a ghost") << 5 << QString() << true;
        QTest::newRow("a parent that is nowhere") << 5 << QStringLiteral("'nowhere'") << false;
        QTest::newRow("a circle") << 0 << QStringLiteral("'r00009'") << false;
    }

    void onlyWhatChangedIsReadAndItIsAsIfAllWere()
    {
        QFETCH(int, script);
        QFETCH(QString, parent);
        QFETCH(bool, isRemoved);
        const ManyScripts scripts(10);
        const project::Project before = scripts.open();
        if (isRemoved)
            QVERIFY(QFile::remove(scripts.fileOf(script)));
        else
            scripts.script(script, QStringLiteral("changed"), parent);
        const auto again = before.withScriptsReadAgain({scripts.fileOf(script)});
        QVERIFY(again);
        const project::Project whole = scripts.open();
        QCOMPARE(again->graph().revisions().size(), whole.graph().revisions().size());
        QCOMPARE(again->graph().heads(), whole.graph().heads());
        QCOMPARE(again->graph().bases(), whole.graph().bases());
        QVERIFY(again->graph().defects() == whole.graph().defects());
        for (revision::Index i = 0; i < whole.graph().revisions().size(); ++i)
            QVERIFY(again->graph().revisions()[i].header == whole.graph().revisions()[i].header);
        QVERIFY(again->graph().loadOrder() == whole.graph().loadOrder());
        QCOMPARE(again->scriptDirectory(), whole.scriptDirectory());
        QVERIFY(again->settings() == whole.settings());
        QVERIFY(again->environment(QStringLiteral("sqlite")) == whole.environment(QStringLiteral("sqlite")));
    }

    void whereThatIsNotPlainTheWholeIsToBeRead()
    {
        const ManyScripts scripts(10);
        const project::Project before = scripts.open();
        QVERIFY(!before.withScriptsReadAgain({scripts.root() + QStringLiteral("/m/env.py")}));
        QVERIFY(!before.withScriptsReadAgain({scripts.root() + QStringLiteral("/elsewhere/x.py")}));
        scripts.write(QStringLiteral("m/versions/twice.py"), QStringLiteral("revision = 'r00003'\ndown_revision = None\n"));
        QVERIFY(!scripts.open().withScriptsReadAgain({scripts.fileOf(3)})); // the graph has only one of the two
        QVERIFY(before.withScriptsReadAgain({scripts.root() + QStringLiteral("/m/versions/__init__.py")}));
    }
};

QTEST_MAIN(WatchTest)
#include "tst_watch.moc"
