// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/mako.h"
#include "script/evaluation.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace stillroom;

namespace {

constexpr const char *kTemplates[] = {
    "plain text\n",
    "${message}",
    "${message}\n${up_revision}\n",
    "a ${down_revision | comma,n} b",
    "${down_revision|n,comma}",
    "${message | h}",
    "${message|trim,u}",
    "${repr(down_revision)} ${repr(branch_labels)}",
    "${imports if imports else ''}|",
    "${upgrades if upgrades else \"pass\"}",
    "${'}' + \"|\"}",
    "${{'a': 1}['a']}",
    "${[x for x in down_revision if x != 'b'][0] | n,str}",
    "${down_revision[0]\n}",
    "% if branch_labels:\nyes\n% else:\nno\n% endif\nend",
    "  % if up_revision == 'ae10':\n  yes\n  % elif message:\n  maybe\n  % endif\n",
    "% for name in down_revision:\n  ${name}\n% endfor\n",
    "% for name in down_revision:\n% if name == 'a':\nfirst\n% else:\n${name}\n% endif\n% endfor\n",
    "% for i, name in enumerate(down_revision):\n${i}:${name} \\\n% endfor\nend",
    "% while False:\nx\n% endwhile\ny",
    "% try:\n${1/0}\n% except ZeroDivisionError:\ncaught\n% endtry\n",
    "## a comment\nkept ## no comment\n   ## another\n",
    "a\n##\nb",
    "a\n%% one percent\n%%% three\n50 % of\n",
    "one \\\ntwo",
    "<%doc>\nnothing ${of} this\n</%doc>text",
    "<%text>${as} it % is</%text>",
    "<%\n    x = 1\n    y = x + 1\n%>${y}",
    "<% z = 'inline' %>${z}",
    "<%!\nimport re\n\n%>${re.split(r',\\s*', config.get_main_option(\"databases\"))[1]}",
    "<%\n    db_names = config.get_main_option(\"databases\")\n%>\n\n% for db_name in db_names.split(', '):\n\ndef upgrade_${db_name}():\n"
    "    ${context.get(\"%s_upgrades\" % db_name, \"pass\")}\n\n% endfor\n",
    "<%\n    def f(a):\n        return a * 2\n%>${f('ab')}",
    "% if True:\n<%\n    q = 5\n%>${q}\n% endif\n",
    "${context['message']}${context.get('nothing', 'd')}",
    "## -*- coding: utf-8 -*-\nafter\n",
    "# -*- coding: utf-8 -*-\nafter\n",
    "umlaut: ä € 😀 ${'ä' + message}\ttab\n",
    "quotes \" ' \\ \\n \"\"\"\n",
    "$ {not} $$ ${'$'} { }",
    "\n\n\n",
    "",
    "x\r\ny ${up_revision}\r\n% if True:\r\nz\r\n% endif\r\n",
    "${up_revision # comment\n}",
    "${undefined_name}",
    "% if True:\nnever closed\n",
    "${1/0}",
    "${'unclosed}",
    "% nonsense\n",
    "% endif\n",
};

std::optional<QString> ours(const QString &text)
{
    const auto literal = [](const char *value) { return QString::fromUtf8(value); };
    const auto program =
        project::templateProgram(text, {{literal("up_revision"), literal("'ae10'")},
                                        {literal("down_revision"), literal("('a', 'b')")},
                                        {literal("message"), project::pythonLiteral(literal("Grüße \"x\" <&>"))},
                                        {literal("comma"), literal("_comma")},
                                        {literal("config"), literal("_Config({'alembic': {'databases': 'one, two'}}, 'alembic', None)")},
                                        {literal("branch_labels"), literal("None")}});
    if (!program)
        return std::nullopt;
    const auto rendered = script::textOfProgram(program->text, {});
    return rendered ? std::optional(*rendered) : std::nullopt;
}

} // namespace

class MakoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void templatesRenderAsInMako()
    {
        QJsonArray templates;
        for (const char *text : kTemplates)
            templates.append(QString::fromUtf8(text));
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(STILLROOM_SOURCE_DIR "/tests/project/conformance/mako_reference.py")});
        QVERIFY2(python.waitForStarted(), "python3 is not installed");
        python.write(QJsonDocument(templates).toJson());
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished(60000));
        const QByteArray problem = python.readAllStandardError();
        const QJsonArray answers = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QVERIFY2(answers.size() == templates.size(), problem.constData());
        int refused = 0;
        for (qsizetype i = 0; i < templates.size(); ++i) {
            const QString text = templates[i].toString();
            const std::optional<QString> rendered = ours(text);
            if (answers[i].isNull()) {
                QVERIFY2(!rendered, qPrintable(QStringLiteral("Mako refuses:\n%1\nrendered as:\n%2").arg(text, rendered.value_or(QString()))));
                ++refused;
            } else {
                QVERIFY2(rendered.has_value(), qPrintable(QStringLiteral("not understood:\n") + text));
                QVERIFY2(*rendered == answers[i][0].toString(),
                         qPrintable(QStringLiteral("%1\nis\n%2\nbut in Mako\n%3").arg(text, *rendered, answers[i][0].toString())));
            }
        }
        QVERIFY(refused >= 5 && refused < 10);
    }

    /// Before Mako 1.3 the first line and indented ones were read otherwise.
    void twoPercentSignsAreOneAnywhere() { QCOMPARE(ours(QStringLiteral("%% a\n  %% b\n")), QStringLiteral("% a\n  % b\n")); }

    void whatIsBeyondIsSaidWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("inheritance") << QStringLiteral("a\nb\n<%inherit file='x'/>\n") << 3;
        QTest::newRow("def") << QStringLiteral("a\n<%def name='f()'>x</%def>") << 2;
        QTest::newRow("unclosed") << QStringLiteral("a\n\n${x") << 3;
        QTest::newRow("control") << QStringLiteral("a\n% foo\n") << 2;
    }

    void whatIsBeyondIsSaidWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        const auto program = project::templateProgram(text, {});
        QVERIFY(!program);
        QCOMPARE(program.error().code, ErrorCode::TemplateNotUnderstood);
        QCOMPARE(program.error().line, line);
    }
};

QTEST_GUILESS_MAIN(MakoTest)
#include "tst_mako.moc"
