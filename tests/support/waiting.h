// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

/// Waits, with the event loop running, until the expression is true; fails after a minute. QTRY_VERIFY would do, but from Qt 6.8 on
/// its macro narrows a duration in the place where it stands, which -Wconversion refuses.
#define VERIFY_IN_TIME(expression)                                                                                                                   \
    QVERIFY2(QTest::qWaitFor([&] { return static_cast<bool>(expression); }, 60'000), "not within a minute: " #expression)

/// The same for two values, which are shown where they never became equal.
#define COMPARE_IN_TIME(actual, expected)                                                                                                            \
    do {                                                                                                                                             \
        (void)QTest::qWaitFor([&] { return (actual) == (expected); }, 60'000);                                                                       \
        QCOMPARE(actual, expected);                                                                                                                  \
    } while (false)
