// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/revisiondetails.h"

#include "ui/editor/bodystatus.h"
#include "ui/words.h"

#include <QLocale>
#include <QUrl>

namespace stillroom::ui {

namespace {

QString escaped(const QString &text) { return text.toHtmlEscaped(); }

/// A table of names and values, as HTML.
class Rows {
public:
    explicit Rows(const ThemeTokens &tokens) : m_tokens(tokens) {}
    void add(const QString &name, const QString &html)
    {
        if (!html.isEmpty())
            m_html +=
                QStringLiteral("<tr><td style='color:%1; padding:2px 16px 2px 0; white-space:nowrap;'>%2</td><td style='padding:2px 0;'>%3</td></tr>")
                    .arg(m_tokens.muted.name(), escaped(name), html);
    }
    void text(const QString &name, const QString &value) { add(name, escaped(value)); }
    void links(const QString &name, const QStringList &ids)
    {
        QStringList each;
        for (const QString &id : ids)
            each += QStringLiteral("<a href='revision:%1' style='color:%2; font-family:\"%3\"; text-decoration:none;'>%4</a>")
                        .arg(QString::fromLatin1(QUrl::toPercentEncoding(id)), m_tokens.accent.name(), monospaceFont().family(), escaped(id));
        add(name, each.join(QStringLiteral("&nbsp;&nbsp; ")));
    }
    void names(const QString &name, const QStringList &values)
    {
        constexpr qsizetype kMost = 40;
        QStringList each;
        for (const QString &value : values.mid(0, kMost))
            each += QStringLiteral("<span style='font-family:\"%1\";'>%2</span>").arg(monospaceFont().family(), escaped(value));
        QString html = each.join(QStringLiteral(", "));
        if (values.size() > kMost)
            html += escaped(RevisionDetails::tr(" and %1 more").arg(values.size() - kMost));
        add(name, html);
    }
    void coloured(const QString &name, const QString &text, const QColor &colour)
    {
        add(name, QStringLiteral("<span style='color:%1;'>%2</span>").arg(colour.name(), escaped(text)));
    }
    [[nodiscard]] QString table() const { return QStringLiteral("<table cellspacing='0' cellpadding='0'>%1</table>").arg(m_html); }

private:
    const ThemeTokens &m_tokens;
    QString m_html;
};

} // namespace

RevisionDetails::RevisionDetails(const Theme *theme, QWidget *parent) : QTextBrowser(parent), m_theme(theme)
{
    setAccessibleName(tr("Details of the revision"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    document()->setDocumentMargin(14);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.scheme() == QLatin1String("revision"))
            Q_EMIT revisionRequested(QUrl::fromPercentEncoding(link.path(QUrl::FullyEncoded).toLatin1()));
    });
    connect(theme, &Theme::changed, this, &RevisionDetails::draw);
}

void RevisionDetails::show(const Subject &subject)
{
    m_subject = subject;
    draw();
}

void RevisionDetails::clear()
{
    m_subject.reset();
    QTextBrowser::clear();
}

void RevisionDetails::draw()
{
    if (!m_subject)
        return;
    const ThemeTokens &t = m_theme->tokens();
    const Subject &s = *m_subject;
    const revision::Header &header = s.revision.header;
    Rows rows(t);
    rows.names(tr("Revision"), {header.id});
    rows.text(tr("Message"), header.message);
    const QString more = header.docstring.trimmed().mid(header.message.size()).trimmed();
    if (!more.isEmpty())
        rows.add(tr("Docstring"), escaped(more).replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    if (header.createDate.isValid())
        rows.text(tr("Created"), QLocale().toString(header.createDate, QStringLiteral("yyyy-MM-dd HH:mm:ss t")));
    rows.text(tr("Author"), header.author);
    rows.text(tr("File"), header.file);
    QStringList kinds;
    const std::pair<bool, QString> each[] = {{s.revision.isHead, tr("head")},
                                             {s.revision.isBase, tr("base")},
                                             {s.revision.isMerge, tr("merge")},
                                             {s.revision.isBranchPoint, tr("branch point")}};
    for (const auto &[is, word] : each) {
        if (is)
            kinds += word;
    }
    rows.text(tr("Place"), kinds.join(QStringLiteral(", ")));
    rows.links(s.revision.isMerge ? tr("Merges") : tr("After"), s.parents);
    rows.links(tr("Before"), s.children);
    rows.links(tr("Depends on"), s.dependencies);
    rows.links(tr("Needed by"), s.dependents);
    rows.names(tr("Labels"), header.branchLabels);
    rows.names(tr("On branch"), s.revision.effectiveLabels);
    rows.text(tr("In the database"), stateName(s.state));
    if (s.outlook) {
        const auto body = [&](const QString &name, const migration::BodyOutlook &outlook, bool isUpgrade) {
            const IconTone tone = lookOf(outlook.status).tone;
            rows.coloured(name, statusSentence(outlook, isUpgrade), tone == IconTone::Good ? t.text : m_theme->toneColour(tone));
        };
        body(tr("Upgrade"), s.outlook->upgrade, true);
        body(tr("Downgrade"), s.outlook->downgrade, false);
        rows.names(tr("Tables"), s.outlook->touched.tables);
        rows.names(tr("Columns"), s.outlook->touched.columns);
    }
    for (const project::Finding &finding : s.findings) {
        const bool isError = finding.severity == project::Finding::Severity::Error;
        const bool isWarning = finding.severity == project::Finding::Severity::Warning;
        rows.coloured(isError     ? tr("Error")
                      : isWarning ? tr("Warning")
                                  : tr("Remark"),
                      QStringLiteral("%1: %2").arg(finding.check, shortened(finding.text)),
                      isError     ? t.bad
                      : isWarning ? t.warning
                                  : t.text);
    }
    setHtml(QStringLiteral("<div style='color:%1;'>%2</div>").arg(t.text.name(), rows.table()));
}

} // namespace stillroom::ui
