// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sentence.h"
#include "project/historychecks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using project::Finding;

namespace {

/// A project whose scripts are written one by one.
class Folder {
public:
    explicit Folder(const QString &settings = {})
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("m/versions"));
        write(QStringLiteral("alembic.ini"), QStringLiteral("[alembic]\nscript_location = %(here)s/m\n") + settings);
        write(QStringLiteral("m/env.py"), QStringLiteral("from alembic import context\ncontext.configure(url='sqlite://')\n"));
    }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    struct Script {
        QString id{}, parents = QStringLiteral("None"), docstring{}, body = QStringLiteral("op.execute('SELECT 1')"), file{}, more{};
    };
    void script(const Script &one) const
    {
        write(QStringLiteral("m/versions/%1.py").arg(one.file.isEmpty() ? one.id + QStringLiteral("_x") : one.file),
              QStringLiteral("\"\"\"%1\"\"\"\nfrom alembic import op\nrevision = '%2'\ndown_revision = %3\n%4\ndef upgrade():\n    %5\n\ndef "
                             "downgrade():\n    pass\n")
                  .arg(one.docstring, one.id, one.parents, one.more, one.body));
    }
    [[nodiscard]] QStringList notes() const
    {
        project::OpenOptions options;
        options.processEnvironment = {};
        const auto opened = project::Project::open(m_folder.path(), options);
        return opened ? opened->notes() : QStringList(sentence(opened.error()));
    }
    [[nodiscard]] std::vector<Finding> findings() const
    {
        project::OpenOptions options;
        options.processEnvironment = {};
        const auto opened = project::Project::open(m_folder.path(), options);
        if (!opened)
            return {{.check = sentence(opened.error()), .severity = {}, .revisions = {}, .file = {}, .line = 0, .text = {}}};
        std::vector<Finding> all = project::checkHistory(*opened);
        const std::vector<Finding> bodies = project::checkBodies(*opened, QStringLiteral("postgresql")).value();
        all.insert(all.end(), bodies.begin(), bodies.end());
        return all;
    }

private:
    QTemporaryDir m_folder;
};

QStringList checks(const std::vector<Finding> &findings)
{
    QStringList names;
    for (const Finding &finding : findings)
        names << finding.check + QLatin1Char(' ') + finding.revisions.join(QLatin1Char(','));
    return names;
}

} // namespace

class HistoryChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void optionsOfEnvPyThatAreNotFollowedAreNoted()
    {
        const Folder folder;
        folder.write(QStringLiteral("m/env.py"),
                     QStringLiteral("from alembic import context\ncontext.configure(url='sqlite://', version_table_pk=False,\n"
                                    "    transactional_ddl=False, starting_rev=None)\n"));
        const QStringList notes = folder.notes();
        QCOMPARE(notes.filter(QStringLiteral("version_table_pk")).size(), 0); // this one is
        QCOMPARE(notes.filter(QStringLiteral("transactional_ddl is not followed")).size(), 1);
        QCOMPARE(notes.filter(QStringLiteral("starting_rev")).size(), 0);
    }

    void aHistoryApartFromTheOthersIsMentioned()
    {
        const Folder folder;
        folder.script({.id = QStringLiteral("a1"), .more = QStringLiteral("branch_labels = ('one',)")});
        folder.script({.id = QStringLiteral("b1"), .parents = QStringLiteral("'a1'")});
        folder.script({.id = QStringLiteral("x1")});
        const auto found = folder.findings();
        const auto lonely = std::ranges::find(found, QStringLiteral("G13"), &Finding::check);
        QCOMPARE(lonely->revisions, QStringList{QStringLiteral("x1")});
        QCOMPARE(lonely->severity, Finding::Severity::Information);
    }

    void aHistoryApartThatHasALabelOrADependencyIsMeant()
    {
        const Folder folder;
        folder.script({.id = QStringLiteral("a1")});
        folder.script({.id = QStringLiteral("b1"), .parents = QStringLiteral("'a1'")});
        folder.script({.id = QStringLiteral("x1"), .more = QStringLiteral("branch_labels = ('one',)")});
        folder.script({.id = QStringLiteral("y1"), .more = QStringLiteral("depends_on = 'a1'")});
        QVERIFY(!checks(folder.findings()).join(QLatin1Char(' ')).contains(QLatin1String("G13")));
    }

    void whatOnlyACircleLeadsToIsReachedByNoUpgrade()
    {
        const Folder folder;
        folder.script({.id = QStringLiteral("a1")});
        folder.script({.id = QStringLiteral("b1"), .parents = QStringLiteral("'b1'")});
        folder.script({.id = QStringLiteral("c1"), .parents = QStringLiteral("'a1'")});
        const QStringList names = checks(folder.findings());
        QVERIFY2(names.contains(QLatin1String("G03 b1")), qPrintable(names.join(QLatin1Char(' '))));
    }

    void aGoodHistoryHasNoFindings()
    {
        const Folder folder;
        folder.script(
            {.id = QStringLiteral("aaaa"), .docstring = QStringLiteral("a\n\nRevision ID: aaaa\nRevises: \nCreate Date: 2024-01-01 10:00:00\n")});
        folder.script({.id = QStringLiteral("bbbb"),
                       .parents = QStringLiteral("'aaaa'"),
                       .docstring = QStringLiteral("b\n\nRevision ID: bbbb\nRevises: aaaa\nCreate Date: 2024-01-02 10:00:00\n")});
        folder.script({.id = QStringLiteral("cccc"), .parents = QStringLiteral("'aaaa'")});
        folder.script({.id = QStringLiteral("dddd"),
                       .parents = QStringLiteral("('bbbb', 'cccc')"),
                       .docstring = QStringLiteral("m\n\nRevises: cccc, bbbb\n"),
                       .body = QStringLiteral("pass")});
        QCOMPARE(checks(folder.findings()), QStringList());
    }

    void eachDefectIsFound_data()
    {
        using S = Folder::Script;
        const auto text = [](const char *t) { return QString::fromUtf8(t); };
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QList<S>>("scripts");
        QTest::newRow("several heads") << text("G01 aaaa,bbbb")
                                       << QList<S>{{.id = text("root")},
                                                   {.id = text("aaaa"), .parents = text("'root'")},
                                                   {.id = text("bbbb"), .parents = text("'root'")}};
        QTest::newRow("missing parent") << text("G02 aaaa") << QList<S>{{.id = text("aaaa"), .parents = text("'gone'")}};
        QTest::newRow("missing dependency") << text("G02 aaaa") << QList<S>{{.id = text("aaaa"), .more = text("depends_on = 'gone'")}};
        QTest::newRow("cycle") << text("G03 aaaa,bbbb")
                               << QList<S>{{.id = text("aaaa"), .parents = text("'bbbb'")}, {.id = text("bbbb"), .parents = text("'aaaa'")}};
        QTest::newRow("itself") << text("G03 aaaa") << QList<S>{{.id = text("aaaa"), .parents = text("'aaaa'")}};
        QTest::newRow("duplicate id") << text("G04 aaaa")
                                      << QList<S>{{.id = text("aaaa"), .file = text("aaaa_1")}, {.id = text("aaaa"), .file = text("aaaa_2")}};
        QTest::newRow("duplicate label") << text("G05 aaaa,bbbb")
                                         << QList<S>{{.id = text("aaaa"), .more = text("branch_labels = 'x'")},
                                                     {.id = text("bbbb"), .parents = text("'aaaa'"), .more = text("branch_labels = 'x'")}};
        QTest::newRow("illegal character") << text("G06 a-aa") << QList<S>{{.id = text("a-aa")}};
        QTest::newRow("long id") << text("G06 aaaaaaaaaabbbbbbbbbbccccccccccddd") << QList<S>{{.id = text("aaaaaaaaaabbbbbbbbbbccccccccccddd")}};
        QTest::newRow("prefix") << text("G07 aaaa,aaaab") << QList<S>{{.id = text("aaaa")}, {.id = text("aaaab"), .parents = text("'aaaa'")}};
        QTest::newRow("empty") << text("G08 aaaa") << QList<S>{{.id = text("aaaa"), .body = text("pass")}};
        QTest::newRow("busy merge") << text("G08 cccc")
                                    << QList<S>{
                                           {.id = text("aaaa")}, {.id = text("bbbb")}, {.id = text("cccc"), .parents = text("('aaaa', 'bbbb')")}};
        QTest::newRow("older than its parent") << text("G09 bbbb,aaaa")
                                               << QList<S>{{.id = text("aaaa"), .docstring = text("a\n\nCreate Date: 2024-02-01 00:00:00\n")},
                                                           {.id = text("bbbb"),
                                                            .parents = text("'aaaa'"),
                                                            .docstring = text("b\n\nCreate Date: 2024-01-01 00:00:00\n")}};
        QTest::newRow("file name") << text("G10 aaaa") << QList<S>{{.id = text("aaaa"), .file = text("other")}};
        QTest::newRow("docstring's parent") << text("G11 bbbb")
                                            << QList<S>{{.id = text("aaaa")},
                                                        {.id = text("bbbb"), .parents = text("'aaaa'"), .docstring = text("b\n\nRevises: cccc\n")}};
        QTest::newRow("docstring's id") << text("G11 aaaa") << QList<S>{{.id = text("aaaa"), .docstring = text("a\n\nRevision ID: bbbb\n")}};
        QTest::newRow("not understood") << text("G15 aaaa")
                                        << QList<S>{{.id = text("aaaa"), .body = text("op.execute(shop.X)"), .more = text("import shop")}};
    }

    void eachDefectIsFound()
    {
        QFETCH(QString, expected);
        QFETCH(QList<Folder::Script>, scripts);
        const Folder folder;
        for (const Folder::Script &script : scripts)
            folder.script(script);
        const std::vector<Finding> findings = folder.findings();
        QVERIFY2(checks(findings).contains(expected), qPrintable(checks(findings).join(QStringLiteral("; "))));
        for (const Finding &finding : findings)
            QVERIFY(finding.text.endsWith(QLatin1Char('.')));
        QVERIFY2(findings.size() == 1 || scripts.first().parents.contains(QLatin1String("aaaa")) ||
                     scripts.first().parents.contains(QLatin1String("bbbb")),
                 qPrintable(checks(findings).join(QStringLiteral("; "))));
    }

    void headsOfLabelledBranchesAreMeant()
    {
        const Folder folder;
        folder.script({.id = QStringLiteral("aaaa"), .more = QStringLiteral("branch_labels = 'one'")});
        folder.script({.id = QStringLiteral("bbbb"), .more = QStringLiteral("branch_labels = 'two'")});
        const std::vector<Finding> findings = folder.findings();
        QCOMPARE(checks(findings), QStringList{QStringLiteral("G01 aaaa,bbbb")});
        QCOMPARE(findings.front().severity, Finding::Severity::Information);
    }

    void versionFoldersThatOverlapOrAreMissingAreFound()
    {
        const Folder folder(QStringLiteral("version_locations = %(here)s/m/versions %(here)s/m/versions/below\n"));
        folder.script({.id = QStringLiteral("aaaa")});
        QCOMPARE(checks(folder.findings()), (QStringList{QStringLiteral("G14 "), QStringLiteral("G14 "), QStringLiteral("G14 ")}));
    }
};

QTEST_GUILESS_MAIN(HistoryChecksTest)
#include "tst_historychecks.moc"
