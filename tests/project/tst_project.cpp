// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sentence.h"
#include "project/locations.h"
#include "project/project.h"
#include "project/scripts.h"
#include "result.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace stillroom;
using namespace stillroom::project;

namespace {

/// A project folder that a test fills.
class Folder {
public:
    Folder() { QDir().mkpath(path(".git")); } // nothing above is looked at
    QString path(const char *name = "") const
    {
        return QDir::cleanPath(QDir(m_folder.path()).canonicalPath() + QLatin1Char('/') + QString::fromUtf8(name));
    }
    void write(const char *name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    void revision(const char *name, const QByteArray &id, const QByteArray &down = "None", const QByteArray &more = {}) const
    {
        write(name, "\"\"\"do " + id + "\n\nRevision ID: " + id + "\nCreate Date: 2024-03-0" + QByteArray::number(1 + id.size() % 8) +
                        " 10:11:12.5\n\n\"\"\"\nrevision = '" + id + "'\ndown_revision = " + down + "\n" + more +
                        "\ndef upgrade():\n    pass\n\ndef downgrade():\n    pass\n");
    }
    /// alembic.ini with `lines`, env.py, one revision.
    void usual(const QByteArray &lines = "script_location = alembic\n") const
    {
        write("alembic.ini", "[alembic]\n" + lines);
        write("alembic/env.py", "from alembic import context\ncontext.configure(url='x')\n");
        revision("alembic/versions/a_.py", "a");
    }
    Result<Project> open(const char *name = "", OpenOptions options = {}) const
    {
        options.processEnvironment = QProcessEnvironment();
        return Project::open(path(name), options);
    }

private:
    QTemporaryDir m_folder;
};

ErrorCode codeOf(const Result<Project> &project) { return project ? ErrorCode::NothingToDo : project.error().code; }

} // namespace

class ProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderAnIniAndAPyprojectAllOpenTheProject()
    {
        Folder folder;
        folder.usual();
        folder.revision("alembic/versions/b_.py", "b", "'a'");
        folder.write("pyproject.toml", "[tool.alembic]\ntimezone = \"UTC\"\n");
        for (const char *name : {"", "alembic.ini", "pyproject.toml"}) {
            const auto project = folder.open(name);
            QVERIFY(project);
            QCOMPARE(project->root(), folder.path());
            QCOMPARE(project->configurationFile(), folder.path("alembic.ini"));
            QCOMPARE(project->scriptDirectory(), folder.path("alembic"));
            QCOMPARE(project->versionDirectories(), QStringList{folder.path("alembic/versions")});
            QCOMPARE(project->graph().heads(), QStringList{QStringLiteral("b")});
            QCOMPARE(project->settings()[QStringLiteral("timezone")].source, Setting::Source::PyProject);
            QCOMPARE(project->settings()[QStringLiteral("script_location")].line, 2);
        }
    }

    void aPyprojectAloneIsEnough()
    {
        Folder folder;
        folder.write("pyproject.toml", "[project]\nname = 'x'\n[tool.alembic]\nscript_location = '%(here)s/db'\n"
                                       "version_locations = ['%(here)s/one', 'two']\nrecursive_version_locations = true\n");
        folder.write("db/env.py", "");
        folder.revision("one/deep/a_.py", "a");
        folder.revision("two/b_.py", "b");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path("db"));
        QCOMPARE(project->graph().revisions().size(), 2u);
    }

    void theIniComesFirstAndThePyprojectFillsIn()
    {
        Folder folder;
        folder.usual("timezone = Europe/Berlin\n");
        folder.write("pyproject.toml", "[tool.alembic]\nscript_location = \"alembic\"\ntimezone = \"UTC\"\n");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->settings()[QStringLiteral("timezone")].value, QStringLiteral("Europe/Berlin"));
        QCOMPARE(project->scriptDirectory(), folder.path("alembic"));
    }

    void aProjectBelowTheFolderIsFoundAndSeveralAreNamed()
    {
        Folder folder;
        folder.write("backend/alembic.ini", "[alembic]\nscript_location = db\n");
        folder.write("backend/db/env.py", "");
        folder.write("node_modules/x/alembic.ini", "[alembic]\n");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->root(), folder.path("backend"));
        QVERIFY(project->notes().join(QLatin1Char(' ')).contains(QStringLiteral("backend/alembic.ini")));
        QCOMPARE(folder.open("backend/db")->root(), folder.path("backend"));
        folder.write("other/alembic.ini", "[alembic]\nscript_location = db\n");
        const auto several = folder.open();
        QCOMPARE(codeOf(several), ErrorCode::ConfigurationNotFound);
        QCOMPARE(several.error().candidates.size(), 2);
    }

    void whatIsWrongWithAConfigurationIsSaid()
    {
        Folder folder;
        QCOMPARE(codeOf(folder.open()), ErrorCode::ConfigurationNotFound);
        QCOMPARE(codeOf(folder.open("nowhere")), ErrorCode::ConfigurationNotFound);
        folder.write("alembic.ini", "[alembic]\nno delimiter\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::ConfigurationSyntax);
        QCOMPARE(folder.open().error().line, 2);
        folder.write("alembic.ini", "[other]\nscript_location = x\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::SectionMissing);
        QCOMPARE(folder.open().error().candidates, QStringList{QStringLiteral("other")});
        folder.write("alembic.ini", "[alembic]\nx = 1\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::ScriptLocationMissing);
        folder.write("alembic.ini", "[alembic]\nscript_location = nowhere\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::ScriptLocationNotFound);
        QCOMPARE(folder.open().error().line, 2);
        folder.write("alembic.ini", "[alembic]\nscript_location = %(nothere)s/x\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::ConfigurationSyntax);
        QVERIFY(QFile::remove(folder.path("alembic.ini")));
        folder.write("pyproject.toml", "[tool.alembic\n");
        QCOMPARE(codeOf(folder.open()), ErrorCode::ConfigurationSyntax);
        QCOMPARE(folder.open().error().line, 1);
    }

    void aBrokenPyProjectBesideAnIniFileIsAWarning()
    {
        Folder folder;
        folder.usual("script_location = alembic\n");
        folder.write("pyproject.toml", "[tool.black]\nline-length =\n");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->warnings().size(), 1);
        QVERIFY2(project->warnings().first().contains(QLatin1String("pyproject.toml:2")), qPrintable(project->warnings().first()));
        QVERIFY(project->notes().contains(project->warnings().first()));
        folder.write("pyproject.toml", "[tool.black]\nline-length = 100\n");
        QVERIFY(folder.open()->warnings().isEmpty());
    }

    void anotherSectionIsAnotherDatabase()
    {
        Folder folder;
        folder.usual("script_location = alembic\n[second]\nscript_location = two\nsqlalchemy.url = sqlite:///two.db\n");
        folder.write("two/env.py", "");
        OpenOptions options;
        options.section = QStringLiteral("second");
        const auto project = folder.open("", options);
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path("two"));
        QCOMPARE(project->urlOffers().value(0).name, QStringLiteral("sqlalchemy.url"));
    }

    void versionLocationsAreSplitAsTheSeparatorSays_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<bool>("isRefused");
        const auto row = [](const char *name, const char *lines, bool isRefused = false) { QTest::newRow(name) << QByteArray(lines) << isRefused; };
        row("none: spaces", "version_locations = one two three\n");
        row("none: commas", "version_locations = one, two,three\n");
        row("os", "path_separator = os\nversion_locations = one:two:three\n");
        row("colon", "path_separator = :\nversion_locations = one: two :three\n");
        row("semicolon", "path_separator = ;\nversion_locations = one;two;three\n");
        row("space", "path_separator = space\nversion_locations = one two  three\n");
        row("newline", "path_separator = newline\nversion_locations =\n  one\n  two\n  three\n");
        row("older name", "version_path_separator = :\nversion_locations = one:two:three\n");
        row("newer name wins", "version_path_separator = space\npath_separator = :\nversion_locations = one:two:three\n");
        row("here", "path_separator = os\nversion_locations = %(here)s/one:%(here)s/two:%(here)s/three\n");
        row("no such separator", "path_separator = comma\nversion_locations = one,two,three\n", true);
        row("comment in the value", "version_path_separator = os  # Use os.pathsep\nversion_locations = one:two:three\n", true);
    }

    void versionLocationsAreSplitAsTheSeparatorSays()
    {
        QFETCH(QByteArray, lines);
        QFETCH(bool, isRefused);
        Folder folder;
        folder.usual("script_location = alembic\n" + lines);
        for (const char *name : {"one/a_.py", "two/b_.py", "three/c_.py"})
            folder.revision(name, QByteArray(name).split('/').at(1).left(1));
        const auto project = folder.open();
        if (isRefused) {
            QCOMPARE(codeOf(project), ErrorCode::ConfigurationSyntax);
            return;
        }
        QVERIFY(project);
        QCOMPARE(project->versionDirectories(), (QStringList{folder.path("one"), folder.path("two"), folder.path("three")}));
        QCOMPARE(project->graph().revisions().size(), 3u);
        QCOMPARE(project->notes(), QStringList());
    }

    void foldersThatAreMissingOrOverlapAreTold()
    {
        Folder folder;
        folder.usual("script_location = alembic\npath_separator = os\nrecursive_version_locations = true\n"
                     "version_locations = alembic/versions:alembic:gone:nopackage:x\n");
        folder.write("alembic/env.py", "");
        QVERIFY(QFile::remove(folder.path("alembic/env.py")));
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->graph().revisions().size(), 1u);
        const QString notes = project->notes().join(QLatin1Char('\n'));
        QVERIFY2(notes.contains(QStringLiteral("gone does not exist")), qPrintable(notes));
        QVERIFY2(notes.contains(QStringLiteral("found twice")), qPrintable(notes));
        QVERIFY2(notes.contains(QStringLiteral("no env.py")), qPrintable(notes));
    }

    void aPackageNamesAFolderOfTheProject()
    {
        Folder folder;
        folder.write("alembic.ini", "[alembic]\nscript_location = shop.db:migrations\nprepend_sys_path = src\n");
        folder.write("src/shop/db/migrations/env.py", "");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path("src/shop/db/migrations"));
        QCOMPARE(project->environment(QStringLiteral("sqlite")).importRoots.value(0), folder.path("src"));
    }

    void aScriptLocationIsFoundFromWhereAlembicIsStarted()
    {
        Folder folder;
        folder.write("app/alembic.ini", "[alembic]\nscript_location = app/db\n");
        folder.write("app/db/env.py", "");
        const auto project = folder.open("app");
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path("app/db"));
    }

    /// Flask-Migrate gives script_location itself: the folder that its .ini stands in.
    void aFlaskProjectIsOpenedWithoutScriptLocation()
    {
        Folder folder;
        folder.write("setup.py", "");
        folder.write("app/migrations/alembic.ini", "[alembic]\n# file_template = %%(rev)s_%%(slug)s\n[loggers]\nkeys = root\n");
        folder.write("app/migrations/env.py", "");
        folder.revision("app/migrations/versions/a_.py", "a");
        auto project = folder.open("app/migrations");
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path("app/migrations"));
        QCOMPARE(project->graph().revisions().size(), std::size_t{1});
        QVERIFY(project->notes().join(QLatin1Char(' ')).contains(QLatin1String("Flask-Migrate")));
        folder.write("app/migrations/alembic.ini", "[loggers]\nkeys = root\n");
        project = folder.open("app/migrations");
        QVERIFY(project);
        QCOMPARE(project->graph().revisions().size(), std::size_t{1});
    }

    void aScriptLocationOfAnotherMachineIsFoundInTheProject_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("the folder beside that of the .ini") << QByteArray("/usr/share/shop/alembic");
        QTest::newRow("a longer end of the path comes first") << QByteArray("/srv/shop/db/alembic");
        QTest::newRow("the folder of the .ini, before it was moved") << QByteArray("src/migrations");
    }
    void aScriptLocationOfAnotherMachineIsFoundInTheProject()
    {
        QFETCH(QByteArray, location);
        Folder folder;
        folder.write("setup.py", "");
        folder.write("files/alembic.ini", "[alembic]\nscript_location = " + location + "\n");
        const char *expected = location.endsWith("db/alembic") ? "db/alembic" : location.startsWith('/') ? "alembic" : "files";
        if (location.startsWith('/'))
            folder.write("alembic/env.py", "");
        folder.write((QByteArray(expected) + "/env.py").constData(), "");
        const auto project = folder.open("files");
        QVERIFY(project);
        QCOMPARE(project->scriptDirectory(), folder.path(expected));
        QVERIFY(project->notes().join(QLatin1Char(' ')).contains(QLatin1String("is taken instead")));
    }

    void onlyTheFilesThatAlembicLoadsAreRead()
    {
        Folder folder;
        folder.usual();
        for (const char *name : {"__init__.py", ".#a_.py", "notes.txt", "b.pyc", "deep/c_.py"})
            folder.write((QByteArray("alembic/versions/") + name).constData(), "");
        folder.revision("alembic/versions/.hidden.py", "hidden");
        const VersionFiles files = versionFiles({folder.path("alembic/versions")}, false);
        QStringList paths;
        for (const VersionFile &file : files.files)
            paths << file.path;
        QCOMPARE(paths, (QStringList{folder.path("alembic/versions/.hidden.py"), folder.path("alembic/versions/a_.py")}));
        QCOMPARE(files.compiledOnly, 1);
        QCOMPARE(versionFiles({folder.path("alembic/versions")}, true).files.size(), std::size_t{3});
    }

    void aScriptWithASyntaxErrorIsMarkedAndTheGraphStillOpens()
    {
        Folder folder;
        folder.usual();
        folder.write("alembic/versions/0123456789ab_b.py", "revision = '0123456789ab'\ndown_revision = 'a'\n\ndef upgrade(:\n");
        const auto project = folder.open();
        QVERIFY(project);
        const auto index = project->graph().find(QStringLiteral("0123456789ab"));
        QVERIFY(index);
        const revision::Header &header = project->graph().revisions()[*index].header;
        QVERIFY(header.problem);
        QCOMPARE(header.problem->line, 4);
        QCOMPARE(project->graph().brokenBy()->code, header.problem->code);
        QVERIFY(project->graph().find(QStringLiteral("a")));
    }

    void theDocstringGivesMessageAndDate()
    {
        const DocString doc =
            readDocString(QStringLiteral("add\nusers\n\nRevision ID: 1\nRevises: \nCreate Date: 2024-02-29 23:01:02.123456+02:00\n"));
        QCOMPARE(doc.message, QStringLiteral("add users"));
        QCOMPARE(doc.createDate, QDateTime(QDate(2024, 2, 29), QTime(21, 1, 2, 123), QTimeZone::utc()).toUTC());
        QCOMPARE(readDocString(QStringLiteral("x\nRevision ID: 1")).message, QStringLiteral("x"));
        QCOMPARE(readDocString(QStringLiteral("Create Date: 2024-02-29 23:01:02")).createDate,
                 QDateTime(QDate(2024, 2, 29), QTime(23, 1, 2), QTimeZone::utc()).toUTC());
        QVERIFY(!readDocString(QStringLiteral("Create Date: yesterday")).createDate.isValid());
        QVERIFY(!readDocString(QString()).createDate.isValid());
    }

    void envPySaysWhereTheVersionTableIs()
    {
        Folder folder;
        folder.usual("script_location = alembic\nversion_table = the_ini_does_not_count\n");
        QCOMPARE(*folder.open()->versionTable(), (sql::QualifiedName{QString(), QStringLiteral("alembic_version")}));
        folder.write("alembic/env.py",
                     "import os\nfrom alembic import context\n"
                     "context.configure(url='sqlite:///x.db', version_table='versions', version_table_schema=os.getenv('SCHEMA', 'main'),\n"
                     "    transaction_per_migration=True, render_as_batch=True)\n");
        const auto project = folder.open();
        QVERIFY(project);
        QCOMPARE(*project->versionTable(), (sql::QualifiedName{QStringLiteral("main"), QStringLiteral("versions")}));
        QVERIFY(project->transactionPerMigration());
        QVERIFY(project->environment(QStringLiteral("sqlite")).renderAsBatch);
        QCOMPARE(project->settings()[QStringLiteral("version_table")].line, 3);
        QCOMPARE(project->urlOffers().value(0).source, Setting::Source::EnvPy);
        VERIFY_OK(project->versionTable());
        OpenOptions options;
        options.processEnvironment.insert(QStringLiteral("SCHEMA"), QStringLiteral("other"));
        QCOMPARE(Project::open(folder.path(), options)->versionTable()->schema.text, QStringLiteral("other"));
    }

    void aVersionTableThatCannotBeKnownIsAProblemUntilThePersonNamesIt()
    {
        Folder folder;
        folder.usual();
        folder.write("alembic/env.py", "from alembic import context\nimport shop_of_another_package as shop\n"
                                       "context.configure(url='sqlite:///x.db', version_table_schema=shop.SCHEMA)\n");
        const auto opened = folder.open();
        COMPARE_ERROR(opened->versionTable(), ErrorCode::VersionTableUnknown);
        QVERIFY(sentence(opened->versionTable().error()).contains(QStringLiteral("env.py:3")));
        OpenOptions said;
        said.settings.insert(QStringLiteral("version_table_schema"), QStringLiteral("said"));
        QCOMPARE(Project::open(folder.path(), said)->versionTable()->schema.text, QStringLiteral("said"));
        folder.write(".stillroom.json", "{\"settings\": {\"version_table_schema\": \"shop\"}, \"values\": {\"shop.SCHEMA\": \"'shop'\"}}");
        const auto project = folder.open();
        VERIFY_OK(project->versionTable());
        QCOMPARE(project->versionTable()->schema.text, QStringLiteral("shop"));
        QCOMPARE(project->environment(QStringLiteral("sqlite")).givenValues.value(QStringLiteral("shop.SCHEMA")), QStringLiteral("'shop'"));
        folder.write(".stillroom.json", "{");
        QVERIFY(folder.open()->notes().join(QLatin1Char(' ')).contains(QStringLiteral(".stillroom.json")));
    }

    void addressesAreOfferedFromWhereverTheyStand()
    {
        Folder folder;
        folder.usual("script_location = alembic\nsqlalchemy.url = postgresql://u:p%%40@h/one\n");
        folder.write(".env", "X=postgresql+asyncpg://u@h/two\nDATABASE_URL=postgresql://${USER_NAME}@h/three\nNAME=library\n");
        OpenOptions options;
        options.processEnvironment = QProcessEnvironment();
        options.processEnvironment.insert(QStringLiteral("USER_NAME"), QStringLiteral("anna"));
        options.processEnvironment.insert(QStringLiteral("SQLALCHEMY_DATABASE_URI"), QStringLiteral("mysql://u@h/four"));
        const auto project = Project::open(folder.path(), options);
        QVERIFY(project);
        QStringList urls;
        for (const UrlOffer &offer : project->urlOffers())
            urls << offer.name + QLatin1Char(' ') + offer.url;
        QCOMPARE(urls,
                 (QStringList{QStringLiteral("sqlalchemy.url postgresql://u:p%40@h/one"), QStringLiteral("DATABASE_URL postgresql://anna@h/three"),
                              QStringLiteral("X postgresql+asyncpg://u@h/two"), QStringLiteral("SQLALCHEMY_DATABASE_URI mysql://u@h/four")}));
        QCOMPARE(project->urlOffers()[0].line, 3);
        QCOMPARE(project->urlOffers()[2].line, 1);
        const auto variables = project->environment(QStringLiteral("postgresql")).variables;
        QCOMPARE(variables.value(QStringLiteral("NAME")), QStringLiteral("library"));
        QVERIFY(!variables.contains(QStringLiteral("USER_NAME")));
        QVERIFY(!variables.contains(QStringLiteral("DATABASE_URL"))); // scripts do not see what only this process knows
    }

    void thePlaceholderOfTheTemplateIsNotOffered()
    {
        Folder folder;
        folder.usual("script_location = alembic\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
        QVERIFY(folder.open()->urlOffers().isEmpty());
    }

    void openingTellsHowFarItIsAndCanBeCancelled()
    {
        Folder folder;
        folder.usual();
        for (int i = 0; i < 200; ++i)
            folder.revision(QStringLiteral("alembic/versions/r%1_.py").arg(i).toUtf8().constData(), "r" + QByteArray::number(i), "'a'");
        OpenOptions options;
        int last = 0;
        options.progress = [&last](int done, int total) {
            QCOMPARE(total, 201);
            QVERIFY(done >= last);
            last = done;
        };
        const auto project = folder.open("", options);
        QVERIFY(project);
        QCOMPARE(last, 201);
        QCOMPARE(project->graph().revisions().size(), 201u);
        const std::atomic<bool> cancel = true;
        options.cancel = &cancel;
        options.progress = nullptr;
        QCOMPARE(codeOf(folder.open("", options)), ErrorCode::Cancelled);
    }

    void theFixtureProjectsAndTheDemoOpenWithoutADefect_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"migrations", "tests/projects/library", "tests/projects/erp", "tests/projects/files", "tests/projects/restaurant",
                                 "tests/projects/rag"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void theFixtureProjectsAndTheDemoOpenWithoutADefect()
    {
        QFETCH(QString, name);
        OpenOptions options;
        options.processEnvironment = QProcessEnvironment();
        const auto project = Project::open(QStringLiteral(STILLROOM_SOURCE_DIR "/") + name, options);
        QVERIFY(project);
        QVERIFY(project->graph().defects().empty());
        QCOMPARE(project->notes(), QStringList());
        VERIFY_OK(project->versionTable());
        QVERIFY(!project->urlOffers().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "tst_project.moc"
