// SPDX-License-Identifier: GPL-3.0-or-later
#include "cliproject.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using stillroom::testsupport::Finished;
using stillroom::testsupport::TemporaryProject;

namespace {

/// A project whose first revision needs a type and its second a text of the application, which nobody has.
void writeRevisions(const TemporaryProject &project)
{
    project.write(
        QStringLiteral("scripts/versions/aaaa.py"),
        QStringLiteral("from alembic import op\nimport sqlalchemy as sa\nimport myapp.models\n\nrevision = 'aaaa'\ndown_revision = None\n\n\n"
                       "def upgrade():\n    op.create_table('t', sa.Column('id', myapp.models.GUID(), primary_key=True))\n\n\n"
                       "def downgrade():\n    op.drop_table('t')\n"));
    project.write(
        QStringLiteral("scripts/versions/bbbb.py"),
        QStringLiteral("from alembic import op\nimport sqlalchemy as sa\nimport myapp.models\nfrom myapp.names import TABLE\n\nrevision = 'bbbb'\n"
                       "down_revision = 'aaaa'\n\n\ndef upgrade():\n    op.add_column(TABLE, sa.Column('u', myapp.models.GUID()))\n\n\n"
                       "def downgrade():\n    op.drop_column(TABLE, 'u')\n"));
}

QJsonArray unknownsOf(const Finished &done)
{
    return QJsonDocument::fromJson(done.output.toUtf8()).object().value(QStringLiteral("unknowns")).toArray();
}

QStringList bodiesWaitingFor(const QJsonArray &unknowns, const QString &name)
{
    QStringList bodies;
    for (const QJsonValue unknown : unknowns) {
        if (unknown[QStringLiteral("name")].toString() != name)
            continue;
        for (const QJsonValue waiting : unknown[QStringLiteral("waiting")].toArray())
            bodies << waiting[QStringLiteral("revision")].toString() + QLatin1Char(' ') + waiting[QStringLiteral("direction")].toString();
    }
    return bodies;
}

} // namespace

class UnknownsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyNameIsListedWithTheBodiesThatWaitForIt()
    {
        const TemporaryProject project;
        writeRevisions(project);
        const Finished done = project.run({QStringLiteral("unknowns"), QStringLiteral("--json")});
        QCOMPARE(done.status, 0);
        const QJsonArray unknowns = unknownsOf(done);
        QCOMPARE(unknowns.size(), 2);
        QCOMPARE(bodiesWaitingFor(unknowns, QStringLiteral("myapp.models.GUID")),
                 (QStringList{QStringLiteral("aaaa upgrade"), QStringLiteral("bbbb upgrade")}));
        QCOMPARE(bodiesWaitingFor(unknowns, QStringLiteral("myapp.names.TABLE")),
                 (QStringList{QStringLiteral("bbbb upgrade"), QStringLiteral("bbbb downgrade")}));
        const Finished text = project.run({QStringLiteral("unknowns")});
        QVERIFY2(text.output.contains(QLatin1String("myapp.models.GUID")) && text.output.contains(QLatin1String("aaaa.py:10")),
                 qPrintable(text.output));
    }

    void whatIsToldOnceMakesRenderComplete()
    {
        const TemporaryProject project;
        writeRevisions(project);
        const Finished told = project.run({QStringLiteral("unknowns"), QStringLiteral("--set"), QStringLiteral("myapp.models.GUID=sa.Uuid()"),
                                           QStringLiteral("--set"), QStringLiteral("myapp.names.TABLE='t'"), QStringLiteral("--json")});
        QCOMPARE(told.status, 0);
        QVERIFY2(unknownsOf(told).isEmpty(), qPrintable(told.output));
        const Finished rendered =
            project.run({QStringLiteral("render"), QStringLiteral("--all"), QStringLiteral("--dialect"), QStringLiteral("postgresql")});
        QVERIFY2(!rendered.output.contains(QLatin1String("not-understood")), qPrintable(rendered.output));
        QVERIFY2(rendered.output.contains(QLatin1String("id UUID NOT NULL")) &&
                     rendered.output.contains(QLatin1String("ALTER TABLE t ADD COLUMN u UUID")),
                 qPrintable(rendered.output));
    }

    void theRestOfTheFileStaysAndAValueCanBeForgotten()
    {
        const TemporaryProject project;
        writeRevisions(project);
        project.write(QStringLiteral(".stillroom.json"), QStringLiteral("{\"settings\": {\"version_table\": \"v\"}, \"ours\": [1]}"));
        const auto file = [&project] {
            QFile json(project.path(QStringLiteral(".stillroom.json")));
            return json.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(json.readAll()).object() : QJsonObject();
        };
        QCOMPARE(project.run({QStringLiteral("unknowns"), QStringLiteral("--set"), QStringLiteral("myapp.names.TABLE='t'")}).status, 0);
        QCOMPARE(file()[QStringLiteral("values")][QStringLiteral("myapp.names.TABLE")].toString(), QStringLiteral("'t'"));
        QCOMPARE(file()[QStringLiteral("settings")][QStringLiteral("version_table")].toString(), QStringLiteral("v"));
        QCOMPARE(file()[QStringLiteral("ours")].toArray().size(), 1);
        QCOMPARE(project.run({QStringLiteral("unknowns"), QStringLiteral("--unset"), QStringLiteral("myapp.names.TABLE")}).status, 0);
        QVERIFY(file()[QStringLiteral("values")].toObject().isEmpty());
    }

    void aValueThatIsNoExpressionIsRefusedAndNothingIsKept()
    {
        const TemporaryProject project;
        writeRevisions(project);
        for (const char *value : {"myapp.names.TABLE=1 +", "myapp.names.TABLE=nowhere.x", "myapp.names.TABLE"}) {
            const Finished done = project.run({QStringLiteral("unknowns"), QStringLiteral("--set"), QString::fromUtf8(value)});
            QCOMPARE(done.status, 1);
            QVERIFY2(done.errors.contains(QLatin1String("cannot be taken as a value")), qPrintable(done.errors));
        }
        QVERIFY(!QFile::exists(project.path(QStringLiteral(".stillroom.json"))));
    }
};

QTEST_GUILESS_MAIN(UnknownsTest)
#include "tst_unknowns.moc"
