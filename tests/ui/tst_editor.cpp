// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/findbar.h"
#include "ui/editor/revisionpane.h"
#include "ui/editor/sqltext.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace stillroom;
using namespace stillroom::ui;
using fabricated::statement;

class TestEditor : public QObject {
    Q_OBJECT
private:
    Theme m_theme;
    std::shared_ptr<HighlightingBackend> m_backend = HighlightingBackend::create();

    /// Scintilla keeps colours as 0xBBGGRR.
    static QColor groundOf(const CodeEditor &editor)
    {
        const long bgr = editor.SendScintilla(QsciScintilla::SCI_STYLEGETBACK, static_cast<unsigned long>(QsciScintilla::STYLE_DEFAULT));
        return QColor(int(bgr & 0xff), int((bgr >> 8) & 0xff), int((bgr >> 16) & 0xff));
    }

private Q_SLOTS:
    void statementsKeepTheirPlaceInTheText()
    {
        SqlText text;
        text.addComment(QStringLiteral("first"));
        text.add(statement(QStringLiteral("CREATE TABLE a (\n\tid INTEGER\n)"), 12));
        text.add(statement(QStringLiteral("DROP TABLE b"), 20));
        QCOMPARE(text.text(), QStringLiteral("-- first\n\nCREATE TABLE a (\n\tid INTEGER\n);\n\nDROP TABLE b;\n"));
        QCOMPARE(text.places()[0].firstLine, 3);
        QCOMPARE(text.places()[0].lastLine, 5);
        QCOMPARE(text.places()[1].firstLine, 7);
        QCOMPARE(text.statementAt(4), 0);
        QCOMPARE(text.statementAt(6), -1);
        QCOMPARE(text.statementAt(7), 1);
        QCOMPARE(text.statementFrom(QString(), 20), 1);
        QCOMPARE(text.statementFrom(QString(), 21), -1);
    }

    void aServerPositionBecomesLineAndColumnInCodePoints()
    {
        QCOMPARE(lineAndColumn(QStringLiteral("SELECT x"), 8), std::pair(1, 8));
        QCOMPARE(lineAndColumn(QStringLiteral("SELECT\n  nope"), 10), std::pair(2, 3));
        QCOMPARE(lineAndColumn(QStringLiteral("'\U0001F600' x"), 5), std::pair(1, 5));
    }

    void firstLinesAreShort()
    {
        QCOMPARE(firstLine(QStringLiteral("\nCREATE TABLE a (\n id INTEGER)")), QStringLiteral("CREATE TABLE a ( …"));
        QCOMPARE(firstLine(QStringLiteral("COMMIT")), QStringLiteral("COMMIT"));
        QCOMPARE(firstLine(QStringLiteral("UPDATE customer\n   SET email = lower(email)\n WHERE id > 0")),
                 QStringLiteral("UPDATE customer SET email = lower(email) WHERE id > 0"));
        QCOMPARE(firstLine(QStringLiteral("-- names\n\nUPDATE a -- all\nSET b = 1")), QStringLiteral("UPDATE a -- all …"));
        QCOMPARE(firstLine(QStringLiteral("-- nothing\n-- at all")), QStringLiteral("-- nothing …"));
        QCOMPARE(firstLine(QStringLiteral("UPDATE a\nSET b = 1"), 10), QStringLiteral("UPDATE a S …"));
    }

    void sqlAndPythonAreColouredByMeaning_data()
    {
        QTest::addColumn<int>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, Language language, const char *text, int line, int column, TokenKind kind) {
            QTest::newRow(name) << int(language) << QString::fromUtf8(text) << line << column << int(kind);
        };
        row("sql keyword", Language::PostgreSql, "ALTER TABLE a", 1, 1, TokenKind::Keyword);
        row("sql keyword in lower case", Language::PostgreSql, "drop table a", 1, 2, TokenKind::Keyword);
        row("sql type", Language::PostgreSql, "CREATE TABLE a (b INTEGER)", 1, 19, TokenKind::Type);
        row("sql string after accents", Language::PostgreSql, "SELECT 'été', 'x'", 1, 16, TokenKind::String);
        row("sql comment", Language::Sqlite, "-- hello\nSELECT 1", 1, 4, TokenKind::Comment);
        row("sql number", Language::Sqlite, "SELECT 42", 1, 8, TokenKind::Number);
        row("sql on a later line", Language::Sqlite, "SELECT 1;\n\nDROP TABLE x;", 3, 1, TokenKind::Keyword);
        // KSyntaxHighlighting's definitions read a backslash as C does.
        if (m_backend->name() == QStringLiteral("QScintilla"))
            row("a backslash ends no string", Language::PostgreSql, "SELECT '\\', DEFAULT", 1, 14, TokenKind::Keyword);
        row("python keyword", Language::Python, "def upgrade():\n    pass", 2, 5, TokenKind::Keyword);
        row("python string", Language::Python, "x = 'text'", 1, 6, TokenKind::String);
        row("python comment", Language::Python, "# words", 1, 3, TokenKind::Comment);
        row("python docstring", Language::Python, "\"\"\"one\ntwo\"\"\"\nx = 1", 2, 1, TokenKind::String);
    }
    void sqlAndPythonAreColouredByMeaning()
    {
        QFETCH(int, language);
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(int, kind);
        CodeEditor editor(&m_theme, m_backend);
        editor.resize(400, 200);
        editor.setContent(text, Language(language));
        const TokenKind found = editor.tokenKindAt(line, column);
        // Documentation strings are strings to one library and comments to the other.
        const bool isDocstring = QByteArray(QTest::currentDataTag()) == "python docstring";
        QVERIFY2(int(found) == kind || (isDocstring && found == TokenKind::Comment), qPrintable(QString::number(int(found))));
    }

    void notesAndMarksOutliveAChangeOfTheme()
    {
        CodeEditor editor(&m_theme, m_backend);
        editor.setContent(QStringLiteral("SELECT 1;\nSELECT 2;\n"), Language::PostgreSql);
        editor.addNote(1, QStringLiteral("differs from Alembic"), CodeEditor::NoteTone::Note);
        editor.markLines(2, 2);
        m_theme.setChoice(ThemeChoice::Dark);
        QCOMPARE(editor.noteAt(1), QStringLiteral("differs from Alembic"));
        QCOMPARE(editor.markedLines(), std::pair(2, 2));
        QCOMPARE(groundOf(editor), darkTokens().editor.paper);
        m_theme.setChoice(ThemeChoice::Light);
        QCOMPARE(groundOf(editor), lightTokens().editor.paper);
        QVERIFY(editor.isReadOnly());
    }

    void aHugeTextIsShownWithoutColours()
    {
        CodeEditor editor(&m_theme, m_backend);
        editor.setContent(QStringLiteral("SELECT 1;\n").repeated(300'000), Language::PostgreSql);
        QCOMPARE(editor.contentLanguage(), Language::PlainText);
        editor.setContent(QStringLiteral("SELECT 1;"), Language::PostgreSql);
        QCOMPARE(editor.contentLanguage(), Language::PostgreSql);
        QCOMPARE(editor.tokenKindAt(1, 1), TokenKind::Keyword);
    }

    void findingSelectsTheMatch()
    {
        QWidget window;
        CodeEditor editor(&m_theme, m_backend, &window);
        FindBar bar(&m_theme, &window);
        editor.setContent(QStringLiteral("one\ntwo\none\n"), Language::PlainText);
        bar.openFor(&editor);
        bar.findChild<QLineEdit *>()->setText(QStringLiteral("one"));
        QCOMPARE(editor.selectedText(), QStringLiteral("one"));
        QCOMPARE(editor.caretLine(), 1);
        bar.findNext();
        QCOMPARE(editor.caretLine(), 3);
        bar.findPrevious();
        QCOMPARE(editor.caretLine(), 1);
    }

    void clickingAStatementMarksItsLineInTheScriptAndBack()
    {
        QTemporaryDir folder;
        revision::Header header;
        header.id = QStringLiteral("a");
        header.message = QStringLiteral("make a");
        header.file = folder.filePath(QStringLiteral("a.py"));
        QFile script(header.file);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("def upgrade():\n    one()\n    two()\n");
        script.close();
        const revision::RevisionGraph graph({header});
        RevisionPane pane(&m_theme, m_backend);
        pane.resize(900, 400);
        pane.showRevision(graph, 0, RowState::Pending);
        QCOMPARE(pane.revisionId(), QStringLiteral("a"));
        migration::BodySql up;
        up.statements = {statement(QStringLiteral("CREATE TABLE one (id INTEGER)"), 2),
                         statement(QStringLiteral("CREATE TABLE two (id INTEGER)"), 3)};
        migration::BodySql down;
        down.status = migration::BodySql::Status::NeedsDatabase;
        down.reason = QStringLiteral("the result of a query decides");
        down.line = 3;
        pane.setSql(up, down);
        QVERIFY(pane.statusWords().startsWith(QStringLiteral("Complete: 2")));
        Q_EMIT pane.sqlEditor()->lineClicked(3);
        QCOMPARE(pane.scriptEditor()->markedLines(), std::pair(3, 3));
        Q_EMIT pane.scriptEditor()->lineClicked(2);
        QCOMPARE(pane.sqlEditor()->markedLines(), std::pair(1, 1));
        pane.setDirection(script::Direction::Downgrade);
        QVERIFY2(pane.statusWords().contains(QStringLiteral("line 3")), qPrintable(pane.statusWords()));
        QVERIFY2(pane.scriptEditor()->noteAt(3).contains(QStringLiteral("Needs a database")), qPrintable(pane.scriptEditor()->noteAt(3)));
        QVERIFY(pane.scriptEditor()->noteAt(3).simplified().contains(down.reason));
        QCOMPARE(pane.scriptEditor()->reasonLine(), 3);
        pane.setDirection(script::Direction::Upgrade);
        QCOMPARE(pane.scriptEditor()->reasonLine(), 0);
        QCOMPARE(pane.scriptEditor()->noteAt(3), QString());
    }

    void aLineInsideACallOrALoopShowsAllThatComesOfIt()
    {
        QTemporaryDir folder;
        revision::Header header;
        header.id = QStringLiteral("a");
        header.file = folder.filePath(QStringLiteral("a.py"));
        QFile script(header.file);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("def upgrade():\n"             // 1
                     "    op.create_table(\n"       // 2
                     "        'one',\n"             // 3
                     "        sa.Column('id')\n"    // 4
                     "    )\n"                      // 5
                     "    for name in names:\n"     // 6
                     "        op.execute(name)\n"); // 7
        script.close();
        const revision::RevisionGraph graph({header});
        RevisionPane pane(&m_theme, m_backend);
        pane.resize(900, 400);
        pane.show();
        pane.showRevision(graph, 0, RowState::Pending);
        migration::BodySql up;
        up.statements = {statement(QStringLiteral("CREATE TABLE one (\n\tid INTEGER\n)"), 2), statement(QStringLiteral("SELECT 1"), 7),
                         statement(QStringLiteral("SELECT 2"), 7)};
        pane.setSql(up, {});
        CodeEditor *code = pane.scriptEditor();
        const auto clickLine = [code](int line) {
            const auto position = code->positionFromLineIndex(line - 1, 4);
            const auto at = static_cast<unsigned long>(0);
            const QPoint place(int(code->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, at, long(position))),
                               int(code->SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, at, long(position))) + 3);
            QTest::mouseClick(code->viewport(), Qt::LeftButton, Qt::NoModifier, place);
        };
        clickLine(4); // an argument
        QCOMPARE(pane.sqlEditor()->markedLines(), std::pair(1, 3));
        QCOMPARE(code->markedLines(), std::pair(2, 2));
        clickLine(7); // one line, two statements
        QCOMPARE(pane.sqlEditor()->markedRanges(), (std::vector<std::pair<int, int>>{{5, 5}, {7, 7}}));
        clickLine(5); // the closing bracket
        QCOMPARE(pane.sqlEditor()->markedLines(), std::pair(1, 3));
        const auto before = pane.sqlEditor()->markedLines();
        clickLine(1); // nothing comes from here
        QCOMPARE(pane.sqlEditor()->markedLines(), before);
    }

    void aScriptThatCannotBeReadIsMarkedWhereItBreaks()
    {
        QTemporaryDir folder;
        revision::Header header;
        header.id = QStringLiteral("a");
        header.file = folder.filePath(QStringLiteral("a.py"));
        header.problem = Error{.code = ErrorCode::ScriptSyntax, .detail = QStringLiteral("invalid syntax"), .file = header.file, .line = 2};
        QFile script(header.file);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("revision = 'a'\ndef upgrade(:\n    pass\n");
        script.close();
        RevisionPane pane(&m_theme, m_backend);
        pane.showRevision(revision::RevisionGraph({header}), 0, RowState::Problem);
        QCOMPARE(pane.scriptEditor()->reasonLine(), 2);
        QVERIFY(pane.scriptEditor()->noteAt(2).contains(QStringLiteral("invalid syntax")));
    }

    void aReasonInAnotherFileIsToldWithItsPlace()
    {
        QTemporaryDir folder;
        revision::Header header;
        header.id = QStringLiteral("a");
        header.file = folder.filePath(QStringLiteral("a.py"));
        QFile script(header.file);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("def upgrade():\n    one()\n");
        script.close();
        RevisionPane pane(&m_theme, m_backend);
        pane.resize(1400, 400);
        pane.showRevision(revision::RevisionGraph({header}), 0, RowState::NotConnected);
        migration::BodySql up;
        up.status = migration::BodySql::Status::NotUnderstood;
        up.reason = QStringLiteral("'settings.SCHEMA' is not known");
        up.unknownName = QStringLiteral("settings.SCHEMA");
        up.file = QStringLiteral("/elsewhere/names.py");
        up.line = 2;
        QSignalSpy asked(&pane, &RevisionPane::valueRequested);
        pane.setSql(up, {});
        QCOMPARE(pane.scriptEditor()->reasonLine(), 0);
        QVERIFY(pane.sqlEditor()->noteAt(1).simplified().contains(QStringLiteral("names.py, line 2")));
        QToolButton *give = pane.findChild<QToolButton *>(QStringLiteral("giveValue"));
        QVERIFY(give && !give->isHidden());
        QTest::mouseClick(give, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), up.unknownName);
        pane.setDirection(script::Direction::Downgrade);
        QVERIFY(give->isHidden());
    }

    void eachNoteUnderALineKeepsItsColours()
    {
        CodeEditor editor(&m_theme, m_backend);
        editor.resize(900, 200);
        editor.setContent(QStringLiteral("SELECT 1;\n"), Language::PostgreSql);
        const QString warning = QStringLiteral("Runs outside a transaction"), problem = QStringLiteral("no such table");
        editor.addNote(1, warning, CodeEditor::NoteTone::Warning);
        editor.addNote(1, problem, CodeEditor::NoteTone::Problem);
        QCOMPARE(editor.noteAt(1), warning + QLatin1Char('\n') + problem);
        QByteArray styles(editor.noteAt(1).size(), '\0');
        editor.SendScintilla(QsciScintilla::SCI_ANNOTATIONGETSTYLES, 0UL, static_cast<void *>(styles.data()));
        const auto ink = [&](qsizetype at) {
            const auto number = static_cast<unsigned long>(static_cast<unsigned char>(styles.at(at)));
            const auto bgr = static_cast<unsigned>(editor.SendScintilla(QsciScintilla::SCI_STYLEGETFORE, number));
            return QColor(int(bgr & 0xffU), int(bgr >> 8U & 0xffU), int(bgr >> 16U & 0xffU));
        };
        QCOMPARE(ink(0), QColor(m_theme.tokens().warning.rgb()));
        QCOMPARE(ink(warning.size() + 1), QColor(m_theme.tokens().bad.rgb()));
    }

    void notesAreWrappedToTheWindow()
    {
        CodeEditor editor(&m_theme, m_backend);
        editor.resize(400, 200);
        editor.setContent(QStringLiteral("    SELECT 1;\n"), Language::PostgreSql);
        const QString words = QStringLiteral("differs from Alembic on purpose: ").repeated(6).trimmed();
        editor.addNote(1, words, CodeEditor::NoteTone::Note);
        const qsizetype narrow = editor.noteAt(1).count(QLatin1Char('\n'));
        QVERIFY(narrow >= 2);
        QCOMPARE(editor.noteAt(1).simplified(), words);
        editor.show();
        editor.resize(1600, 200);
        QVERIFY(editor.noteAt(1).count(QLatin1Char('\n')) < narrow);
    }
};

QTEST_MAIN(TestEditor)
#include "tst_editor.moc"
