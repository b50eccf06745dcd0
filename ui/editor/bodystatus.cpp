// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bodystatus.h"

#include "ui/words.h"

#include <QCoreApplication>

namespace stillroom::ui {

using Status = migration::BodySql::Status;

namespace {

struct BodyStatusWords {
    Q_DECLARE_TR_FUNCTIONS(BodyStatus)
};

} // namespace

StatusLook lookOf(Status status)
{
    switch (status) {
    case Status::Complete:
        return {BodyStatusWords::tr("Complete"), QStringLiteral("check"), IconTone::Good};
    case Status::NeedsDatabase:
        return {BodyStatusWords::tr("Needs a database"), QStringLiteral("database"), IconTone::Warning};
    case Status::NotUnderstood:
        return {BodyStatusWords::tr("Not understood"), QStringLiteral("error"), IconTone::Bad};
    }
    return {};
}

QString statusSentence(const migration::BodyOutlook &body, bool isUpgrade)
{
    const QString where = body.line > 0 ? BodyStatusWords::tr(" (line %1)").arg(body.line) : QString();
    switch (body.status) {
    case Status::Complete:
        if (body.isMissing)
            return isUpgrade ? BodyStatusWords::tr("The script has no upgrade()") : BodyStatusWords::tr("The script has no downgrade()");
        if (body.statements == 0)
            return BodyStatusWords::tr("Complete: no statements");
        return counted(body.statements, BodyStatusWords::tr("Complete: %1 statement"), BodyStatusWords::tr("Complete: %1 statements"));
    case Status::NeedsDatabase:
        return BodyStatusWords::tr("Needs a database from here on%1: %2").arg(where, body.reason);
    case Status::NotUnderstood:
        return BodyStatusWords::tr("Not understood%1: %2").arg(where, body.reason);
    }
    return {};
}

migration::BodyOutlook outlookOf(const migration::BodySql &body)
{
    return {.status = body.status,
            .isMissing = body.isMissing,
            .reason = body.reason,
            .file = body.file,
            .line = body.line,
            .unknownName = body.unknownName,
            .statements = int(body.statements.size())};
}

RowLook lookOf(const migration::RevisionOutlook &outlook)
{
    const Status up = outlook.upgrade.status;
    const Status down = outlook.downgrade.status;
    RowLook row{.look = lookOf(std::max(up, down)), .text = {}, .isComplete = up == Status::Complete && down == Status::Complete};
    row.text = row.look.word;
    if (up != down)
        row.text += up > down ? QStringLiteral(" ↑") : QStringLiteral(" ↓");
    return row;
}

} // namespace stillroom::ui
