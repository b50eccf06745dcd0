// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QString>

namespace stillroom::cli {

/// Exit statuses (docs/guide/command-line.md).
enum ExitStatus : int { kDone = 0, kFailed = 1, kUsage = 2, kNotAtHead = 3 }; // 3 also: stopped before its end

void print(const QString &text); ///< to standard output, as it is
void printUtf8(const QByteArray &text);
void printError(const QString &text); ///< to standard error
/// The status to exit with: kFailed in place of kDone where something printed was lost, as on a full disk.
[[nodiscard]] int afterPrinting(int status);
void printJson(const QJsonObject &object);
/// Prints the error's sentence with what belongs to it (statement, hint), and gives kFailed.
int fail(const Error &error);
/// --raiseerr: fail() tells every field of an error as well.
void tellErrorsWhole();
/// Columns of rows, aligned, two blanks between them.
[[nodiscard]] QString aligned(const QList<QStringList> &rows, const QString &indent = {});

} // namespace stillroom::cli
