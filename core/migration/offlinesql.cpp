// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/preview.h"

#include "migration/steperror.h"

namespace stillroom::migration {

namespace {

/// Alembic's offline output (Alembic, "Generating SQL Scripts"): each statement, a semicolon, one blank line.
class OfflineText {
public:
    /// Tabs become four blanks where Alembic prints, in literals too; what is run keeps them.
    void statement(QString sql) { m_text += sql.replace(QLatin1Char('\t'), QLatin1String("    ")) + QStringLiteral(";\n\n"); }
    void comment(const QString &line) { m_text += QStringLiteral("-- ") + line + QStringLiteral("\n\n"); }
    [[nodiscard]] QString take() { return std::move(m_text); }

private:
    QString m_text;
};

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

} // namespace

Result<QString> offlineSql(const project::Project &project, const Preview &preview)
{
    const auto dialect = dialect::Dialect::create(preview.kind);
    const bool hasTransactions = preview.kind == dialect::DialectKind::PostgreSql;
    const bool perStep = project.transactionPerMigration();
    OfflineText text;
    if (hasTransactions && !perStep)
        text.statement(QStringLiteral("BEGIN"));
    bool isFirst = true;
    for (const PreviewStep &step : preview.steps) {
        if (step.body.status != BodySql::Status::Complete)
            return std::unexpected(incompleteBody(step));
        if (hasTransactions && perStep)
            text.statement(QStringLiteral("BEGIN"));
        if (isFirst && !preview.createVersionTable.isEmpty())
            text.statement(preview.createVersionTable);
        isFirst = false;
        text.comment(headline(step.step));
        for (const dialect::Statement &statement : step.body.statements)
            text.statement(statement.sql);
        for (const dialect::Statement &statement : step.versionStatements)
            text.statement(statement.sql);
        if (hasTransactions && perStep)
            text.statement(QStringLiteral("COMMIT"));
    }
    if (hasTransactions && !perStep)
        text.statement(QStringLiteral("COMMIT"));
    return text.take();
}

} // namespace stillroom::migration
