// SPDX-License-Identifier: GPL-3.0-or-later
// windowbench PROJECT: opens the window on a project and prints when it was first drawn, when the list was there, when all
// revisions had been looked at, the longest time in between in which the window did not answer, and the most memory.
#include "ui/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace stillroom;

namespace {

/// Tells what it draws and when.
class FirstPaint : public QObject {
public:
    FirstPaint(const QElapsedTimer &clock, QObject *watched) : m_clock(clock) { watched->installEventFilter(this); }
    qint64 first = -1;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && first < 0)
            first = m_clock.elapsed();
        return false;
    }

private:
    const QElapsedTimer &m_clock;
};

long memoryKb()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLong();
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer clock;
    clock.start();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2)
        return 2;
    ui::Theme theme;
    ui::MainWindow window(&theme, nullptr, {});
    window.resize(1280, 800);
    FirstPaint painted(clock, &window);
    qint64 listed = -1, surveyed = -1, longestOpening = 0, longestSurvey = 0, last = clock.elapsed();
    QTimer pulse;
    QObject::connect(&pulse, &QTimer::timeout, &window, [&] {
        const qint64 now = clock.elapsed();
        qint64 &longest = listed < 0 ? longestOpening : longestSurvey;
        longest = std::max(longest, now - last);
        last = now;
        if (listed < 0 && window.historyModel()->rowCount() > 0)
            listed = now;
    });
    QObject::connect(window.workbench(), &ui::Workbench::surveyed, &window, [&] {
        const auto *model = window.historyModel();
        bool all = true;
        for (int row = model->rowCount() - 1; row >= 0 && all; row -= 1)
            all = model->outlookAt(row) != nullptr;
        if (all && surveyed < 0) {
            surveyed = clock.elapsed();
            QTimer::singleShot(50, &application, &QCoreApplication::quit);
        }
    });
    pulse.start(1);
    window.openProject(QString::fromLocal8Bit(argv[1]));
    window.show();
    QApplication::exec();
    std::printf("first drawn %lld ms, list %lld ms, all looked at %lld ms; longest pause %lld ms while opening, %lld ms afterwards; %ld MB\n",
                static_cast<long long>(painted.first), static_cast<long long>(listed), static_cast<long long>(surveyed),
                static_cast<long long>(longestOpening), static_cast<long long>(longestSurvey), memoryKb() / 1024);
    return 0;
}
