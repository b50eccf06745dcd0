// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/ini.h"
#include "reference.h"

#include <QTest>

#include <random>

using namespace stillroom;
using namespace stillroom::project;

namespace {

QHash<QString, QString> here() { return {{QStringLiteral("here"), QStringLiteral("/project")}}; }

/// How ours differs from configparser's reading; empty: not at all.
QString difference(Reference &reference, const QString &text)
{
    const QJsonObject theirs = reference.ask(QStringLiteral("ini"), text);
    const auto ini = Ini::parse(text, QStringLiteral("/project/alembic.ini"), here());
    if (theirs.contains(QStringLiteral("error")))
        return ini ? QStringLiteral("configparser refuses it") : QString();
    if (!ini)
        return QStringLiteral("line %1: %2").arg(ini.error().line).arg(ini.error().detail);
    if (theirs.contains(QStringLiteral("missing")))
        return ini->hasSection(QStringLiteral("alembic")) ? QStringLiteral("configparser finds no section") : QString();
    const QJsonObject values = theirs[QStringLiteral("values")].toObject();
    QStringList names = values.keys();
    names.sort();
    if (ini->names(QStringLiteral("alembic")) != names)
        return QStringLiteral("options %1").arg(ini->names(QStringLiteral("alembic")).join(QLatin1Char(' ')));
    for (const QString &name : std::as_const(names)) {
        const auto value = ini->value(QStringLiteral("alembic"), name);
        if (values[name].isNull() ? value.has_value() : (!value || value->value_or(QString()) != values[name].toString()))
            return QStringLiteral("%1: '%2' but '%3'").arg(name, value ? value->value_or(QString()) : value.error().detail, values[name].toString());
    }
    return {};
}

} // namespace

class IniTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesAreReadAsConfigParserReadsThem_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QString::fromUtf8(text); };
        row("plain", "[alembic]\nscript_location = migrations\nsqlalchemy.url=sqlite:///x.db\n");
        row("colon", "[alembic]\nscript_location: a:b\n");
        row("keys are lower-cased", "[alembic]\nScript_Location = x\n");
        row("here", "[alembic]\nscript_location = %(here)s/alembic\n");
        row("reference to another option", "[alembic]\na = 1\nb = %(a)s%(A)s\n");
        row("defaults section", "[DEFAULT]\nbase = /x\n[alembic]\nscript_location = %(base)s/y\n");
        row("percent", "[alembic]\nfile_template = %%(year)d_%%(rev)s\nbad = 50%\nworse = %(nothere)s\nopen = %(a\n");
        row("endless reference", "[alembic]\na = %(b)s\nb = %(a)s\n");
        row("continued value", "[alembic]\nversion_locations = a\n    b\n    # a comment inside\n    c\nnext = 1\n");
        row("empty line inside a value", "[alembic]\na = 1\n\n  2\n\nb = 3\n");
        row("value begins on the next line", "[alembic]\nversion_locations =\n  a\n  b\n");
        row("inline comment is part of the value", "[alembic]\nsep = os  # Use os.pathsep\n; x\nother = a ; b\n");
        row("indented option after less indented", "[alembic]\n  a = 1\n  b = 2\nc = 3\n");
        row("indented section", "[alembic]\na = 1\n  [other]\nb = 2\n");
        row("no section", "a = 1\n");
        row("no delimiter", "[alembic]\njust words\n");
        row("no name", "[alembic]\n= x\n");
        row("option twice", "[alembic]\na = 1\nA = 2\n");
        row("section twice", "[alembic]\na = 1\n[alembic]\nb = 1\n");
        row("another section", "[other]\na = 1\n");
        row("windows line ends", "[alembic]\r\na = 1\r\nb = 2\r\n");
        row("bracket in a value", "[alembic]\na = [x]\n[loggers]\nkeys = root,sqlalchemy\n");
        row("bracket in a section's name", "[alembic]\na=1\n[x]y]\n");
        row("empty value", "[alembic]\na =\nb = \n");
        row("empty file", "");
        row("comment before the section", "# hello\n\n[alembic]\na = 1");
        row("tabs", "[alembic]\na\t=\t1\n\tcontinued\n");
        row("text after a section", "[alembic] ; main\na = 1\n");
    }

    void filesAreReadAsConfigParserReadsThem()
    {
        QFETCH(QString, text);
        QCOMPARE(difference(m_reference, text), QString());
    }

    void filesPutTogetherAtRandomAreReadAlike()
    {
        const QStringList pieces{QStringLiteral("[alembic]"), QStringLiteral("[DEFAULT]"), QStringLiteral("[x]"), QStringLiteral("a"),
                                 QStringLiteral("b"),         QStringLiteral(" = "),       QStringLiteral(":"),   QStringLiteral("\n"),
                                 QStringLiteral("\n"),        QStringLiteral("\n  "),      QStringLiteral("#"),   QStringLiteral(";"),
                                 QStringLiteral("%(a)s"),     QStringLiteral("%%"),        QStringLiteral("%"),   QStringLiteral("%(here)s"),
                                 QStringLiteral(" "),         QStringLiteral("]"),         QStringLiteral("[")};
        std::mt19937 engine(18);
        for (int round = 0; round < 3000; ++round) {
            QString text = round % 4 == 0 ? QString() : QStringLiteral("[alembic]\n");
            for (auto i = engine() % 25; i > 0; --i)
                text += pieces[static_cast<qsizetype>(engine() % static_cast<std::mt19937::result_type>(pieces.size()))];
            const QString wrong = difference(m_reference, text);
            QVERIFY2(wrong.isEmpty(), qPrintable(text + QStringLiteral("\n--- ") + wrong));
        }
    }

    void anErrorNamesTheFileAndTheLine()
    {
        const auto ini = Ini::parse(QStringLiteral("[alembic]\na = 1\nnonsense\n"), QStringLiteral("/p/alembic.ini"), {});
        QCOMPARE(ini.error().code, ErrorCode::ConfigurationSyntax);
        QCOMPARE(ini.error().file, QStringLiteral("/p/alembic.ini"));
        QCOMPARE(ini.error().line, 3);
        const auto other = Ini::parse(QStringLiteral("[alembic]\n\na = 50%\n"), QStringLiteral("/p/alembic.ini"), {});
        QCOMPARE(other->value(QStringLiteral("alembic"), QStringLiteral("a")).error().line, 3);
    }

private:
    Reference m_reference;
};

QTEST_GUILESS_MAIN(IniTest)
#include "tst_ini.moc"
