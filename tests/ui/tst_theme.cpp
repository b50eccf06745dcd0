// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chip.h"
#include "ui/editor/codelexer.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

using namespace stillroom::ui;

namespace {

QString ratio(const QColor &ink, const QColor &ground)
{
    return QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(contrastRatio(ink, ground));
}

const ThemeTokens *const kThemes[] = {&lightTokens(), &darkTokens()};

} // namespace

/// WCAG 2.1, 1.4.3 and 1.4.11: 4.5 for text, 3 for shapes.
class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLongListEndsAfterTheFirstFew()
    {
        const QStringList five{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("e")};
        QCOMPARE(shortList(five), QStringLiteral("a, b, c, d, e")); // "and 1 more" would be no shorter
        QCOMPARE(shortList(five + five), QStringLiteral("a, b, c, d and 6 more"));
        QCOMPARE(shortList({}), QString());
    }

    void textIsReadableOnEveryGround()
    {
        for (const ThemeTokens *t : kThemes) {
            for (const QColor &ground : {t->window, t->base, t->raised, t->hover, t->selection}) {
                for (const QColor &ink : {t->text, t->muted})
                    QVERIFY2(contrastRatio(ink, ground) >= 4.5, qPrintable(ratio(ink, ground)));
            }
            for (const QColor &ground : {t->window, t->base})
                for (const QColor &ink : {t->accent, t->bad, t->good, t->warning})
                    QVERIFY2(contrastRatio(ink, ground) >= 4.5, qPrintable(ratio(ink, ground)));
            QVERIFY2(contrastRatio(t->accentText, t->accent) >= 4.5, qPrintable(ratio(t->accentText, t->accent)));
            QVERIFY2(contrastRatio(t->accentText, t->accentHover) >= 4.5, qPrintable(ratio(t->accentText, t->accentHover)));
            QVERIFY2(contrastRatio(t->badText, t->bad) >= 4.5, qPrintable(ratio(t->badText, t->bad)));
            QVERIFY2(contrastRatio(t->text, t->accentSoft) >= 4.5, qPrintable(ratio(t->text, t->accentSoft)));
        }
    }

    void lanesStandOutFromTheirGround()
    {
        for (const ThemeTokens *t : kThemes) {
            for (const QColor &lane : t->lanes) {
                for (const QColor &ground : {t->base, t->selection, t->hover})
                    QVERIFY2(contrastRatio(lane, ground) >= 3.0, qPrintable(ratio(lane, ground)));
            }
        }
    }

    void chipsAndBannersAreReadable()
    {
        for (const ThemeTokens *t : kThemes) {
            for (const auto tone : {ChipTone::Neutral, ChipTone::Accent, ChipTone::Good, ChipTone::Warning, ChipTone::Bad}) {
                const ChipColours c = chipColours(*t, tone);
                QVERIFY2(contrastRatio(c.foreground, c.background) >= 4.5, qPrintable(ratio(c.foreground, c.background)));
            }
            for (const QColor &ground : {t->goodSoft, t->warningSoft, t->badSoft})
                QVERIFY2(contrastRatio(t->text, ground) >= 4.5, qPrintable(ratio(t->text, ground)));
        }
    }

    void codeIsReadableOnPaperAndOnMarkedLines()
    {
        for (const ThemeTokens *t : kThemes) {
            for (int kind = 0; kind <= int(TokenKind::Problem); ++kind) {
                const QColor ink = tokenColour(t->editor, TokenKind(kind));
                for (const QColor &ground : {t->editor.paper, t->editor.currentLine, t->editor.markedLines})
                    QVERIFY2(contrastRatio(ink, ground) >= 4.5, qPrintable(ratio(ink, ground)));
            }
            QVERIFY2(contrastRatio(t->editor.lineNumber, t->editor.paper) >= 3.0, qPrintable(ratio(t->editor.lineNumber, t->editor.paper)));
        }
    }

    void everyNameInTheStyleSheetHasAColour()
    {
        for (const ThemeTokens *t : kThemes) {
            const QString sheet = styleSheetOf(*t);
            QVERIFY(sheet.size() > 1000);
            const qsizetype left = sheet.indexOf(QLatin1Char('@'), sheet.indexOf(QStringLiteral("QToolTip")));
            QVERIFY2(left < 0, qPrintable(sheet.mid(left, 40)));
        }
    }

    void aChoiceChangesTheWholeApplication()
    {
        Theme theme;
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setChoice(ThemeChoice::Dark);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(theme.tokens(), darkTokens());
        QCOMPARE(QApplication::palette().color(QPalette::Base), darkTokens().base);
        QVERIFY(qApp->styleSheet().contains(darkTokens().border.name()));
        theme.setChoice(ThemeChoice::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Base), lightTokens().base);
    }

    void iconsTakeTheColourOfTheTheme()
    {
        Theme theme;
        theme.setChoice(ThemeChoice::Light);
        const QIcon icon = theme.icon(QStringLiteral("dot"));
        QCOMPARE(icon.pixmap(20, 20).toImage().pixelColor(10, 10), lightTokens().text);
        theme.setChoice(ThemeChoice::Dark);
        QCOMPARE(icon.pixmap(20, 20).toImage().pixelColor(10, 10), darkTokens().text);
    }

    void everyIconDrawsSomething()
    {
        Theme theme;
        const QStringList names = QDir(QStringLiteral(":/stillroom/icons")).entryList();
        QVERIFY(names.size() > 30);
        for (const QString &name : names) {
            const QImage picture = theme.icon(name.section(QLatin1Char('.'), 0, 0)).pixmap(20, 20).toImage();
            int inked = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    inked += picture.pixelColor(x, y).alpha() > 100;
            QVERIFY2(inked > 8, qPrintable(name));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
