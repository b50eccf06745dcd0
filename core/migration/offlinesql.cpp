// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/preview.h"

#include "migration/steperror.h"

#include <QStringEncoder>

namespace stillroom::migration {

namespace {

QString headline(const revision::Step &step)
{
    const QString from = step.from.join(QStringLiteral(", "));
    const QString to = step.to.join(QStringLiteral(", "));
    switch (step.kind) {
    case revision::Step::Kind::Upgrade:
        return QStringLiteral("Running upgrade %1 -> %2").arg(from, to);
    case revision::Step::Kind::Downgrade:
        return QStringLiteral("Running downgrade %1 -> %2").arg(from, to);
    case revision::Step::Kind::Stamp:
        return QStringLiteral("Running stamp_revision %1 -> %2").arg(from, to);
    }
    return {};
}

/// Alembic's offline output (Alembic, "Generating SQL Scripts"): each statement, a semicolon, one blank line.
class OfflineText {
public:
    OfflineText(const project::Project &project, dialect::DialectKind kind)
        : m_hasTransactions(kind == dialect::DialectKind::PostgreSql), m_perStep(project.transactionPerMigration())
    {
        if (m_hasTransactions && !m_perStep)
            statement(QStringLiteral("BEGIN"));
    }
    /// Error: the step's body is not complete.
    [[nodiscard]] Result<void> step(const Preview &whole, const PreviewStep &step)
    {
        if (step.body.status != BodySql::Status::Complete)
            return std::unexpected(incompleteBody(step));
        if (m_hasTransactions && m_perStep)
            statement(QStringLiteral("BEGIN"));
        if (m_isFirst && !whole.createVersionTable.isEmpty())
            statement(whole.createVersionTable);
        m_isFirst = false;
        m_text += QLatin1String("-- ") + headline(step.step) + QLatin1String("\n\n");
        for (const dialect::Statement &each : step.body.statements)
            statement(each.sql);
        for (const dialect::Statement &each : step.versionStatements)
            statement(each.sql);
        if (m_hasTransactions && m_perStep)
            statement(QStringLiteral("COMMIT"));
        return {};
    }
    void end()
    {
        if (m_hasTransactions && !m_perStep)
            statement(QStringLiteral("COMMIT"));
    }
    /// What has been written so far.
    [[nodiscard]] QString &text() { return m_text; }

private:
    /// Tabs become four blanks where Alembic prints, in literals too; what is run keeps them.
    void statement(const QString &sql)
    {
        const qsizetype from = m_text.size();
        m_text += sql;
        if (m_text.indexOf(QLatin1Char('\t'), from) >= 0)
            m_text.replace(from, sql.size(), QString(sql).replace(QLatin1Char('\t'), QLatin1String("    ")));
        m_text += QLatin1String(";\n\n");
    }

    bool m_hasTransactions, m_perStep;
    bool m_isFirst = true;
    QString m_text;
};

void appendUtf8(QByteArray &bytes, QStringEncoder &encoder, const QString &text)
{
    const qsizetype before = bytes.size();
    bytes.resize(before + encoder.requiredSpace(text.size()));
    const char *end = encoder.appendToBuffer(bytes.data() + before, text);
    bytes.truncate(end - bytes.constData());
}

void appendNotes(QStringList &notes, const PreviewStep &step)
{
    const auto add = [&](const QString &note) {
        if (!notes.contains(note))
            notes += note;
    };
    for (const dialect::Statement &statement : step.body.statements) {
        for (const QString &note : statement.notes)
            add(QStringLiteral("%1, line %2: %3").arg(step.step.revision).arg(statement.origin.line).arg(note));
    }
    for (const QString &note : step.body.notes)
        add(QStringLiteral("%1: %2").arg(step.step.revision, note));
}

} // namespace

Result<QString> offlineSql(const project::Project &project, const Preview &preview)
{
    OfflineText text(project, preview.kind);
    for (const PreviewStep &step : preview.steps) {
        if (auto written = text.step(preview, step); !written)
            return std::unexpected(std::move(written).error());
    }
    text.end();
    return text.text();
}

Result<OfflineScript> offlineScript(const project::Project &project, const revision::Plan &plan, const RenderRequest &request)
{
    constexpr qsizetype kUsualStep = 512; // bytes
    OfflineScript script;
    script.text.reserve(static_cast<qsizetype>(plan.steps.size()) * kUsualStep);
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    OfflineText text(project, request.kind);
    const auto flush = [&] {
        appendUtf8(script.text, encoder, text.text());
        text.text().resize(0);
    };
    const auto whole = previewSteps(project, plan, request, [&](const Preview &preview, const PreviewStep &step) -> Result<void> {
        auto written = text.step(preview, step);
        appendNotes(script.notes, step);
        flush();
        return written;
    });
    if (!whole)
        return std::unexpected(whole.error());
    text.end();
    flush();
    return script;
}

} // namespace stillroom::migration
