// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/branchcomparison.h"
#include "project/reparent.h"
#include "revision/plan.h"

#include <QJsonArray>

namespace stillroom::cli {

namespace {

QString joined(const QStringList &list) { return list.join(QStringLiteral(", ")); }

QString orderName(migration::Order order)
{
    switch (order) {
    case migration::Order::Same:
        return QStringLiteral("commutes");
    case migration::Order::NotKnown:
        return QStringLiteral("not-known");
    case migration::Order::Matters:
        return QStringLiteral("order-matters");
    }
    return {};
}

QString kindName(migration::Touch::Kind kind)
{
    switch (kind) {
    case migration::Touch::Kind::Table:
        return QStringLiteral("table");
    case migration::Touch::Kind::Column:
        return QStringLiteral("column");
    case migration::Touch::Kind::Name:
        return QStringLiteral("name");
    case migration::Touch::Kind::Everything:
        return QStringLiteral("everything");
    }
    return {};
}

void printJsonOf(const migration::BranchComparison &comparison)
{
    QJsonArray sides, shared;
    for (const migration::BranchSide &side : comparison.sides)
        sides.append(QJsonObject{{QStringLiteral("head"), side.head},
                                 {QStringLiteral("revisions"), QJsonArray::fromStringList(side.revisions)},
                                 {QStringLiteral("first"), side.first.isEmpty() ? QJsonValue() : QJsonValue(side.first)},
                                 {QStringLiteral("not_known"), QJsonArray::fromStringList({side.notKnown.begin(), side.notKnown.end()})}});
    for (const migration::SharedName &name : comparison.shared)
        shared.append(QJsonObject{{QStringLiteral("kind"), kindName(name.kind)},
                                  {QStringLiteral("name"), name.name},
                                  {QStringLiteral("order"), orderName(name.order)},
                                  {QStringLiteral("revisions"), QJsonArray::fromStringList(name.revisions)}});
    printJson({{QStringLiteral("version"), 1},
               {QStringLiteral("common"), QJsonArray::fromStringList(comparison.common)},
               {QStringLiteral("sides"), sides},
               {QStringLiteral("shared"), shared},
               {QStringLiteral("order"), orderName(comparison.order)},
               {QStringLiteral("reasons"), QJsonArray::fromStringList(comparison.reasons)}});
}

QString textOf(const migration::BranchComparison &comparison)
{
    QString text = comparison.common.isEmpty() ? QStringLiteral("They have no revision in common.\n")
                                               : QStringLiteral("All of them stand on %1.\n").arg(joined(comparison.common));
    for (const migration::BranchSide &side : comparison.sides)
        text += QStringLiteral("%1 adds %2.\n").arg(side.head, side.revisions.isEmpty() ? QStringLiteral("nothing") : joined(side.revisions));
    if (!comparison.shared.empty()) {
        text += QStringLiteral("\nBoth touch:\n");
        QList<QStringList> rows;
        for (const migration::SharedName &name : comparison.shared)
            rows.append({kindName(name.kind), name.name, joined(name.revisions)});
        text += aligned(rows, QStringLiteral("  "));
    }
    text += QLatin1Char('\n') + migration::verdict(comparison) + QLatin1Char('\n');
    for (const QString &reason : comparison.reasons)
        text += QStringLiteral("  %1\n").arg(reason);
    for (const migration::BranchSide &side : comparison.sides) {
        for (const migration::BranchSide &other : comparison.sides) {
            if (!side.first.isEmpty() && &other != &side)
                text += QStringLiteral("To put %1 after %2: stillroom-cli reparent %3 --onto %2\n").arg(side.head, other.head, side.first);
        }
    }
    return text;
}

int undoLast(const CommandLine &line, const project::Project &project)
{
    const auto edit = project::lastKept(project.root(), project::editsFolder());
    if (!edit)
        return fail(Error{.code = ErrorCode::NothingToUndo});
    project::ScriptEdit back = *edit;
    std::swap(back.before, back.after);
    if (!line.quiet && !line.json)
        print(project::diffOf(back, project.root()));
    if (!line.has("yes")) {
        printError(QStringLiteral("Nothing was written; --yes takes the change back.\n"));
        return kDone;
    }
    if (const auto written = project::undo(*edit); !written)
        return fail(written.error());
    if (const auto forgotten = project::forgetLast(project.root(), project::editsFolder()); !forgotten)
        return fail(forgotten.error());
    if (line.json)
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("revision"), edit->revision},
                   {QStringLiteral("file"), edit->file},
                   {QStringLiteral("down_revisions"), QJsonArray::fromStringList(edit->oldParents)},
                   {QStringLiteral("is_written"), true}});
    else if (!line.quiet)
        printError(QStringLiteral("Taken back: %1 follows %2 again.\n")
                       .arg(edit->revision, edit->oldParents.isEmpty() ? QStringLiteral("nothing") : joined(edit->oldParents)));
    return kDone;
}

} // namespace

int compareHeads(const CommandLine &line, const project::Project &project)
{
    QStringList heads;
    for (const QString &target : line.arguments) {
        const auto ids = revision::resolve(project.graph(), target);
        if (!ids)
            return fail(ids.error());
        heads += *ids;
    }
    heads.removeDuplicates();
    if (heads.size() < 2)
        return fail(Error{.code = ErrorCode::NothingToCompare, .subject = heads.value(0)});
    const auto kind = dialectOf(line, project);
    const auto comparison = migration::compareBranches(project, heads, kind ? *kind : dialect::DialectKind::PostgreSql);
    if (!comparison)
        return fail(comparison.error());
    if (line.json)
        printJsonOf(*comparison);
    else
        print(textOf(*comparison));
    return kDone;
}

int reparentRevision(const CommandLine &line, const project::Project &project)
{
    if (line.has("undo"))
        return undoLast(line, project);
    const auto edit =
        project::planReparenting(project, {.revision = line.arguments.value(0), .onto = line.values("onto"), .insteadOf = line.value("instead-of")});
    if (!edit)
        return fail(edit.error());
    const bool isWritten = line.has("yes") && !line.has("diff");
    if (!line.json && (!line.quiet || !isWritten))
        print(project::diffOf(*edit, project.root()));
    if (isWritten) {
        if (const auto kept = project::keep(*edit, project.root(), project::editsFolder()); !kept)
            return fail(kept.error());
        if (const auto written = project::write(*edit); !written) {
            (void)project::forgetLast(project.root(), project::editsFolder());
            return fail(written.error());
        }
    }
    if (line.json) {
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("revision"), edit->revision},
                   {QStringLiteral("file"), edit->file},
                   {QStringLiteral("old_down_revisions"), QJsonArray::fromStringList(edit->oldParents)},
                   {QStringLiteral("down_revisions"), QJsonArray::fromStringList(edit->newParents)},
                   {QStringLiteral("heads"), QJsonArray::fromStringList(edit->headsAfter)},
                   {QStringLiteral("diff"), project::diffOf(*edit, project.root())},
                   {QStringLiteral("notes"), QJsonArray::fromStringList(edit->notes)},
                   {QStringLiteral("is_written"), isWritten}});
        return kDone;
    }
    for (const QString &note : edit->notes)
        printError(QStringLiteral("note: %1\n").arg(note));
    if (!line.quiet)
        printError(isWritten ? QStringLiteral("Written. The heads are now %1. 'stillroom-cli reparent --undo --yes' takes it back.\n")
                                   .arg(joined(edit->headsAfter))
                             : QStringLiteral("Nothing was written; --yes writes it. The heads would be %1.\n").arg(joined(edit->headsAfter)));
    return kDone;
}

} // namespace stillroom::cli
