// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/hooks.h"

#include <QTest>

using namespace stillroom;
using project::HookCommand;
using project::PostWriteHook;

namespace {

PostWriteHook hook(const std::initializer_list<std::pair<const char *, const char *>> &options)
{
    PostWriteHook made{.name = QStringLiteral("tidy"), .options = {}, .file = {}};
    for (const auto &[name, value] : options)
        made.options.insert(QString::fromUtf8(name), QString::fromUtf8(value));
    return made;
}

} // namespace

class HooksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void optionsAreSplitAsAShellDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("plain") << QStringLiteral(" a  b ") << QStringList{QStringLiteral("a"), QStringLiteral("b")};
        QTest::newRow("quoted") << QStringLiteral("a 'b c' \"d e\"f")
                                << QStringList{QStringLiteral("a"), QStringLiteral("b c"), QStringLiteral("d ef")};
        QTest::newRow("escaped") << QStringLiteral("a\\ b \"c\\\"d\\n\" '\\'")
                                 << QStringList{QStringLiteral("a b"), QStringLiteral("c\"d\\n"), QStringLiteral("\\")};
        QTest::newRow("empty word") << QStringLiteral("'' x") << QStringList{QString(), QStringLiteral("x")};
    }
    void optionsAreSplitAsAShellDoes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, words);
        QCOMPARE(project::splitAsShell(text).value(), words);
    }
    void anOpenQuotationMarkIsSaid() { QVERIFY(!project::splitAsShell(QStringLiteral("a 'b"))); }

    void theFileComesFirstUnlessItsPlaceIsTold()
    {
        const QString file = QStringLiteral("/p/a b.py");
        const auto first = project::commandOf(hook({{"type", "exec"}, {"executable", "ruff"}, {"options", "-l 79"}}), file);
        QCOMPARE(first.value(), (HookCommand{QStringLiteral("ruff"), {file, QStringLiteral("-l"), QStringLiteral("79")}, {}}));
        const auto told = project::commandOf(
            hook({{"type", "exec"}, {"executable", "ruff"}, {"options", "check REVISION_SCRIPT_FILENAME -q"}, {"cwd", "/p"}}), file);
        QCOMPARE(told.value(), (HookCommand{QStringLiteral("ruff"), {QStringLiteral("check"), file, QStringLiteral("-q")}, QStringLiteral("/p")}));
        const auto module = project::commandOf(hook({{"type", "module"}, {"module", "black"}}), file);
        QCOMPARE(module.value(), (HookCommand{QStringLiteral("python3"), {QStringLiteral("-m"), QStringLiteral("black"), file}, {}}));
    }

    void whatCannotBeRunIsSaid()
    {
        for (const PostWriteHook &one :
             {hook({}), hook({{"type", "ours"}}), hook({{"type", "exec"}}), hook({{"type", "exec"}, {"executable", "x"}, {"options", "'"}})}) {
            const auto command = project::commandOf(one, QStringLiteral("/x.py"));
            QVERIFY(!command);
            QCOMPARE(command.error().code, ErrorCode::HookNotUnderstood);
        }
    }
};

QTEST_GUILESS_MAIN(HooksTest)
#include "tst_hooks.moc"
