// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences.h"

#include "database/backup.h"

#include <QSettings>

#include <algorithm>

namespace stillroom::ui {

namespace {

constexpr QLatin1String kCodeSize("preferences/codeSize"), kOpensLast("preferences/opensLastProject"), kBackupFolder("preferences/backupFolder"),
    kLockTimeout("preferences/lockTimeoutMs"), kStatementTimeout("preferences/statementTimeoutMs"), kConfirms("preferences/confirms"),
    kBacksUp("preferences/backsUpFirst");

} // namespace

QString Preferences::backupFolderInForce() const { return backupFolder.isEmpty() ? database::backupFolder() : backupFolder; }

Preferences readPreferences(const QSettings &settings)
{
    Preferences read;
    const int size = settings.value(kCodeSize).toInt();
    read.codeSize = size == 0 ? 0 : std::clamp(size, kSmallestCode, kLargestCode);
    read.opensLastProject = settings.value(kOpensLast, read.opensLastProject).toBool();
    read.backupFolder = settings.value(kBackupFolder).toString();
    read.begins.lockTimeoutMs = std::max(0, settings.value(kLockTimeout, read.begins.lockTimeoutMs).toInt());
    read.begins.statementTimeoutMs = std::max(0, settings.value(kStatementTimeout, read.begins.statementTimeoutMs).toInt());
    read.begins.confirms = settings.value(kConfirms, read.begins.confirms).toBool();
    read.begins.backsUpFirst = settings.value(kBacksUp, read.begins.backsUpFirst).toBool();
    return read;
}

void writePreferences(QSettings &settings, const Preferences &preferences)
{
    settings.setValue(kCodeSize, preferences.codeSize);
    settings.setValue(kOpensLast, preferences.opensLastProject);
    settings.setValue(kBackupFolder, preferences.backupFolder);
    settings.setValue(kLockTimeout, preferences.begins.lockTimeoutMs);
    settings.setValue(kStatementTimeout, preferences.begins.statementTimeoutMs);
    settings.setValue(kConfirms, preferences.begins.confirms);
    settings.setValue(kBacksUp, preferences.begins.backsUpFirst);
}

} // namespace stillroom::ui
