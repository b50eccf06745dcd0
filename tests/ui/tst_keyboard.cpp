// SPDX-License-Identifier: GPL-3.0-or-later
// Every page and every dialog by key alone: Tab and Shift+Tab, mnemonics, Escape and Enter.
#include "fabricated.h"
#include "livestage.h"
#include "ui/database/backupsdialog.h"
#include "ui/database/repairdialog.h"
#include "ui/preferencesdialog.h"
#include "ui/project/connectdialog.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/project/passworddialog.h"
#include "ui/project/valuedialog.h"
#include "ui/run/alembicdialog.h"
#include "ui/run/runspage.h"
#include "ui/run/targetdialog.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QScrollArea>
#include <QTabWidget>
#include <QToolButton>

using namespace stillroom;
using namespace stillroom::ui;
using namespace livestage;

namespace {

QString named(const QWidget *w)
{
    if (!w)
        return q("nothing");
    const QString text = w->property("text").toString();
    return QStringLiteral("%1 \"%2\"")
        .arg(QString::fromLatin1(w->metaObject()->className()), w->accessibleName().isEmpty() ? text : w->accessibleName());
}

/// Parts of one control, as the line in a spin box: the control.
QWidget *controlOf(QWidget *w)
{
    for (QWidget *p = w; p; p = p->parentWidget()) {
        if (qobject_cast<QAbstractSpinBox *>(p) || qobject_cast<QComboBox *>(p))
            return p;
        if (p->isWindow())
            break;
    }
    return w;
}

bool isPartOfControl(const QWidget *w)
{
    for (const QWidget *p = w->parentWidget(); p && !p->isWindow(); p = p->parentWidget()) {
        if (qobject_cast<const QAbstractSpinBox *>(p) || qobject_cast<const QComboBox *>(p) || qobject_cast<const QLineEdit *>(p) ||
            qobject_cast<const QTabBar *>(p) || qobject_cast<const QAbstractItemView *>(p) || qobject_cast<const QMenuBar *>(p))
            return true;
    }
    return false;
}

bool isShown(const QWidget *w, const QWidget *root)
{
    return w->isVisible() && w->isEnabled() && w->window() == root->window() && w->width() > 0 && w->height() > 0;
}

/// What Tab comes to, in its order, until it comes to the first again.
std::vector<QWidget *> walk(QWidget *root, Qt::Key key)
{
    std::vector<QWidget *> seen;
    constexpr int kMost = 200;
    for (int i = 0; i < kMost; ++i) {
        QWidget *now = QApplication::focusWidget();
        now = now ? controlOf(now) : nullptr;
        if (now && std::ranges::find(seen, now) != seen.end())
            break;
        if (now)
            seen.push_back(now);
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : root, key,
                        key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
    }
    return seen;
}

bool isOneOfSeveral(const QAbstractButton *button) { return button->autoExclusive() || (button->group() && button->group()->exclusive()); }

/// Of buttons of which one is chosen, Qt lets Tab come to one, and the arrow keys go, and choose, from that to the others. The one that was
/// chosen is chosen again afterwards.
std::vector<QWidget *> byArrows(QWidget *from)
{
    std::vector<QWidget *> seen;
    const auto *button = qobject_cast<const QAbstractButton *>(from);
    if (!button || !isOneOfSeveral(button))
        return seen;
    from->setFocus(Qt::TabFocusReason);
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Left}) {
        for (int i = 0; i < 20; ++i) {
            QWidget *now = QApplication::focusWidget();
            QTest::keyClick(now, key);
            if (QApplication::focusWidget() == now)
                break;
            seen.push_back(QApplication::focusWidget());
        }
    }
    while (QApplication::focusWidget() != from && !seen.empty()) {
        QWidget *now = QApplication::focusWidget();
        QTest::keyClick(now, Qt::Key_Right);
        if (QApplication::focusWidget() == now)
            break;
    }
    return seen;
}

/// Rows are read from left to right, and from the top down.
bool comesBefore(const QWidget *first, const QWidget *second)
{
    const QRect a(first->mapTo(first->window(), QPoint()), first->size()), b(second->mapTo(second->window(), QPoint()), second->size());
    if (a.bottom() <= b.top())
        return true;
    if (b.bottom() <= a.top())
        return false;
    return a.left() <= b.left();
}

QStringList mnemonicsIn(QWidget *root)
{
    QStringList found;
    QHash<QKeySequence, QString> used;
    const auto use = [&](const QString &text) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (key.isEmpty())
            return;
        if (used.contains(key))
            found += QStringLiteral("%1: \"%2\" and \"%3\"").arg(key.toString(), used.value(key), text);
        used.insert(key, text);
    };
    for (QWidget *w : root->findChildren<QWidget *>()) {
        if (!w->isVisible() || w->window() != root->window())
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(w); button && !isPartOfControl(w) && !button->inherits("QToolButton"))
            use(button->text());
        else if (const auto *label = qobject_cast<const QLabel *>(w); label && label->buddy())
            use(label->text());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(w))
            for (int i = 0; i < tabs->count(); ++i)
                use(tabs->tabText(i));
        else if (const auto *bar = qobject_cast<const QMenuBar *>(w))
            for (const QAction *action : bar->actions())
                use(action->text());
    }
    return found;
}

QStringList doubleMnemonicsOf(const QMenu *menu)
{
    QStringList found;
    QHash<QKeySequence, QString> used;
    for (const QAction *action : menu->actions()) {
        const QKeySequence key = QKeySequence::mnemonic(action->text());
        if (action->isSeparator() || key.isEmpty())
            continue;
        if (used.contains(key))
            found += QStringLiteral("%1 > %2: \"%3\" and \"%4\"").arg(menu->title(), key.toString(), used.value(key), action->text());
        used.insert(key, action->text());
    }
    return found;
}

/// What is wrong with this window for somebody who has no mouse.
QStringList problemsOf(QWidget *root)
{
    QStringList found = mnemonicsIn(root);
    root->activateWindow();
    if (!QTest::qWaitForWindowActive(root))
        return {q("it does not come to the front")};
    std::vector<QWidget *> expected;
    for (QWidget *w : root->findChildren<QWidget *>()) {
        if (!isShown(w, root))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(w);
        if (button && !isPartOfControl(w)) {
            if (!(w->focusPolicy() & Qt::TabFocus) && !isOneOfSeveral(button))
                found += named(w) + q(" is not reached by Tab");
            const auto *tool = qobject_cast<const QToolButton *>(w);
            if (w->accessibleName().isEmpty() && (button->text().isEmpty() || (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly &&
                                                                               !tool->icon().isNull() && button->text().isEmpty())))
                found += named(w) + q(" in ") + named(w->parentWidget()) + q(" has no name");
        }
        const bool isScroller =
            qobject_cast<const QScrollBar *>(w) || qobject_cast<const QLabel *>(w) || (qobject_cast<const QScrollArea *>(w) != nullptr);
        const bool isStop = (w->focusPolicy() & Qt::TabFocus) || (button && isOneOfSeveral(button));
        if (isStop && !w->focusProxy() && !isScroller && !isPartOfControl(w))
            expected.push_back(w);
    }
    if (expected.empty())
        return found;
    expected.front()->setFocus(Qt::TabFocusReason);
    const auto seen = walk(root, Qt::Key_Tab);
    // From the one that stands first; the last is followed by the first again.
    for (std::size_t i = 0; i + 1 < seen.size(); ++i) {
        if (seen[i]->parentWidget() != seen[i + 1]->parentWidget() || comesBefore(seen[i], seen[i + 1]))
            continue;
        const bool isRound = std::ranges::all_of(seen, [&](const QWidget *other) {
            return other->parentWidget() != seen[i]->parentWidget() || other == seen[i + 1] || comesBefore(seen[i + 1], other);
        });
        if (!isRound)
            found += QStringLiteral("Tab goes from %1 back to %2").arg(named(seen[i]), named(seen[i + 1]));
    }
    expected.front()->setFocus(Qt::TabFocusReason);
    const auto back = walk(root, Qt::Key_Backtab);
    if (back.size() != seen.size())
        found += QStringLiteral("Shift+Tab comes to %1 controls, Tab to %2").arg(back.size()).arg(seen.size());
    // Last, since an arrow key chooses.
    std::vector<QWidget *> reached = seen;
    for (QWidget *w : seen) {
        const std::vector<QWidget *> others = byArrows(w);
        reached.insert(reached.end(), others.begin(), others.end());
    }
    for (const QWidget *w : expected) {
        if (std::ranges::find(reached, w) == reached.end())
            found += QStringLiteral("Tab does not come to %1; it ends at %2").arg(named(w), named(seen.empty() ? nullptr : seen.back()));
    }
    return found;
}

QStringList problemsOfDialog(QDialog *dialog)
{
    dialog->show();
    QStringList found = problemsOf(dialog);
    for (const QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->property("look").toString() == q("danger") && (button->isDefault() || button->autoDefault()))
            found += named(button) + q(" is pressed by Enter");
    }
    QTest::keyClick(dialog, Qt::Key_Escape);
    if (dialog->isVisible())
        found += q("Escape does not close it");
    return found;
}

} // namespace

class TestKeyboard : public QObject {
    Q_OBJECT
private:
    Theme m_theme;
    QTemporaryDir m_folder;
    static QString demo() { return QStringLiteral(STILLROOM_SOURCE_DIR "/migrations"); }

    static void look(QWidget *widget, const char *name, QStringList *problems)
    {
        const QStringList found =
            widget->isWindow() && qobject_cast<QDialog *>(widget) ? problemsOfDialog(qobject_cast<QDialog *>(widget)) : problemsOf(widget);
        for (const QString &each : found) {
            problems->append(q(name) + q(": ") + each);
            qWarning("%s", qPrintable(problems->last()));
        }
    }

private Q_SLOTS:
    void everyPageIsWalkedByKey()
    {
        QStringList problems;
        MainWindow window(&m_theme, nullptr, {demo(), m_folder.filePath(q("demo.db"))});
        window.resize(1100, 700);
        window.show();
        const std::pair<MainWindow::Page, const char *> pages[] = {{MainWindow::Page::History, "history"},
                                                                   {MainWindow::Page::Database, "database"},
                                                                   {MainWindow::Page::Run, "run"},
                                                                   {MainWindow::Page::Project, "project"},
                                                                   {MainWindow::Page::Runs, "runs"}};
        for (const auto &[page, name] : pages) {
            window.showPage(page);
            look(&window, qPrintable(q(name) + q(", empty")), &problems);
        }
        Connection connection;
        connection.environment = Environment::Production;
        connection.policy = database::policyOf(database::ServerEnvironment::Production);
        connection.spec.kind = dialect::DialectKind::Sqlite;
        connection.spec.sqliteFile = m_folder.filePath(q("pages.db"));
        connection.spec.createIfMissing = true;
        window.openProject(demo());
        VERIFY_IN_TIME(window.workbench()->project() != nullptr);
        connectTo(window, connection);
        window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        window.runPage()->setConfirmed(true);
        for (const auto &[page, name] : pages) {
            window.showPage(page);
            VERIFY_IN_TIME(window.workbench()->isIdle());
            look(&window, name, &problems);
        }
        window.showPage(MainWindow::Page::Run);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        look(&window, "run, ended", &problems);
        window.workbench()->disconnectDatabase();
        window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        look(&window, "run, offline", &problems);
        for (const QMenu *menu : window.menuBar()->findChildren<QMenu *>()) {
            for (const QString &each : doubleMnemonicsOf(menu))
                problems += each;
        }
        QCOMPARE(problems.join(QLatin1Char('\n')), QString());
    }

    void everyDialogIsWalkedByKey()
    {
        QStringList problems;
        const auto opened = project::Project::open(demo());
        QVERIFY(opened);
        const auto project = std::make_shared<const project::Project>(*opened);
        Target target = fabricated::target();
        target.policy = database::policyOf(database::ServerEnvironment::Development);
        {
            ConnectDialog dialog(&m_theme, nullptr);
            dialog.setProject(project);
            Connection connection;
            connection.name = q("Shop");
            connection.spec.kind = dialect::DialectKind::PostgreSql;
            connection.spec.keywords = {{q("host"), q("db.example.com")}, {q("dbname"), q("shop")}};
            connection.ssh.destination = q("ops@bastion.example.com");
            dialog.setConnections({connection}, connection.name);
            dialog.showConnection(connection);
            for (int tab = 0; tab < dialog.tabs()->count(); ++tab) {
                dialog.tabs()->setCurrentIndex(tab);
                look(&dialog, qPrintable(QStringLiteral("connect, tab %1").arg(tab)), &problems);
            }
            dialog.tabs()->setCurrentIndex(0);
            dialog.setKind(dialect::DialectKind::Sqlite);
            look(&dialog, "connect, SQLite", &problems);
        }
        {
            PasswordDialog dialog({.database = q("ops@db/shop"), .problem = {}, .remark = {}, .offersKeyring = true, .isKept = false}, nullptr);
            look(&dialog, "password", &problems);
        }
        {
            ValueDialog dialog(
                {.name = q("shop.SCHEMA"), .reason = q("it is not known"), .given = q("'x'"), .file = q(".stillroom.json"), .waiting = {q("a1")}},
                nullptr);
            look(&dialog, "value", &problems);
        }
        {
            TargetDialog dialog(q("Stamp"), q("Writes a revision."), q("Show the plan"), {q("head")}, nullptr);
            dialog.offerPurge();
            dialog.setTarget(q("head"));
            look(&dialog, "stamp", &problems);
        }
        {
            NewRevisionDialog dialog(&m_theme, HighlightingBackend::create(), project, {.heads = {q("head")}, .isMerge = false}, nullptr);
            look(&dialog, "new revision", &problems);
        }
        {
            RepairDialog dialog(&m_theme, target,
                                {{.kind = migration::VersionDefect::Kind::Implied,
                                  .row = q("a1"),
                                  .words = q("a1 is implied."),
                                  .remedy = {q("DELETE FROM x")},
                                  .advice = {}}},
                                nullptr);
            look(&dialog, "repair", &problems);
        }
        {
            BackupsDialog dialog(&m_theme, target, m_folder.path(), nullptr, nullptr);
            dialog.showBackups(
                {{.backup =
                      {.file = q("/backups/1.sqlite"), .databaseName = q("x"), .madeAt = QDateTime::currentDateTimeUtc(), .bytes = 5, .from = {}},
                  .versions = database::VersionRows{true, {q("b2")}}}});
            look(&dialog, "backups", &problems);
            dialog.askRestore();
            look(&dialog, "backups, asked", &problems);
        }
        {
            AlembicDialog dialog(
                &m_theme,
                {.target = target,
                 .steps = {{.revision = q("a1"), .message = q("x"), .reason = q("y")}, {.revision = q("b2"), .message = q("x"), .reason = q("y")}},
                 .python = {},
                 .problem = {},
                 .keptIn = q(".stillroom.json")},
                nullptr);
            dialog.choice(q("b2"))->setCurrentIndex(int(AlembicDialog::Choice::Runs));
            look(&dialog, "alembic", &problems);
        }
        {
            PreferencesDialog dialog(&m_theme, {}, m_folder.path(), nullptr);
            look(&dialog, "preferences", &problems);
        }
        MainWindow window(&m_theme, nullptr, {});
        window.show();
        for (const char *id : {"help.shortcuts", "help.about"}) {
            window.actionRegistry()->action(q(id))->trigger();
            auto *dialog = window.findChild<QDialog *>();
            QVERIFY(dialog);
            look(dialog, id, &problems);
            delete dialog;
        }
        QCOMPARE(problems.join(QLatin1Char('\n')), QString());
    }

    void tabThroughTheListsLeavesTheFormAsItIs()
    {
        const auto opened = project::Project::open(demo());
        QVERIFY(opened);
        ConnectDialog dialog(&m_theme, nullptr);
        dialog.setProject(std::make_shared<const project::Project>(*opened));
        Connection kept;
        kept.name = q("Shop");
        kept.spec.kind = dialect::DialectKind::PostgreSql;
        kept.spec.keywords = {{q("host"), q("db.example.com")}};
        dialog.setConnections({kept}, {});
        Connection typed = kept;
        typed.name = q("Typed");
        dialog.showConnection(typed);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        const auto lists = dialog.findChildren<QListWidget *>(q("offers"));
        QCOMPARE(lists.size(), 2);
        for (QListWidget *list : lists)
            list->setCurrentRow(-1);
        dialog.showConnection(typed);
        for (QListWidget *list : lists) {
            QVERIFY(list->isVisible() && list->count() > 0);
            list->setFocus(Qt::TabFocusReason);
            QVERIFY(list->hasFocus());
            QCOMPARE(list->currentRow(), -1);
            QCOMPARE(dialog.connection().value_or(Connection{}).name, typed.name);
        }
        for (QListWidget *list : lists) {
            list->setFocus(Qt::TabFocusReason);
            QTest::keyClick(list, Qt::Key_Down);
            QCOMPARE(list->currentRow(), 0);
            QVERIFY(dialog.connection().value_or(Connection{}).name != typed.name);
        }
    }

    void enterDoesTheSafeThing()
    {
        // In the dialog that may let code run, Enter is nothing before all is said.
        Target target = fabricated::target();
        AlembicDialog dialog(
            &m_theme,
            {.target = target, .steps = {{.revision = q("a1"), .message = {}, .reason = q("y")}}, .python = {}, .problem = {}, .keptIn = q("x")},
            nullptr);
        QSignalSpy chosen(&dialog, &AlembicDialog::chosen);
        dialog.show();
        dialog.program()->setText(q("/usr/bin/python3"));
        dialog.choice(q("a1"))->setCurrentIndex(int(AlembicDialog::Choice::Runs));
        QTest::keyClick(dialog.program(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 0);
        QVERIFY(dialog.isVisible());
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
