// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/sentence.h"

#include <QTest>

/// Fails with the error's own sentence. (QVERIFY2 evaluates its message also when all is well.)
#define VERIFY_OK(expression)                                                                                                                        \
    do {                                                                                                                                             \
        const auto &resultToVerify = (expression);                                                                                                   \
        QVERIFY2(resultToVerify.has_value(), resultToVerify ? "" : qPrintable(stillroom::sentence(resultToVerify.error())));                         \
    } while (false)

/// Fails unless the result is an error of this code.
#define COMPARE_ERROR(expression, expectedCode)                                                                                                      \
    do {                                                                                                                                             \
        const auto &resultToCompare = (expression);                                                                                                  \
        QVERIFY2(!resultToCompare, "succeeded, though an error was expected");                                                                       \
        QVERIFY2(resultToCompare.error().code == (expectedCode), qPrintable(stillroom::sentence(resultToCompare.error())));                          \
    } while (false)
