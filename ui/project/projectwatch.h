// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace stillroom::ui {

/// Tells when something that a project is read from changes on disk: its configuration, env.py, its version folders and the
/// scripts in them. Many changes at once, as a branch switch makes them, are told once. GUI thread.
class ProjectWatch : public QObject {
    Q_OBJECT
public:
    explicit ProjectWatch(QObject *parent = nullptr);
    void watch(const project::Project &project);
    void clear();

Q_SIGNALS:
    void changed();

private:
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace stillroom::ui
