// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace stillroom::ui {

/// Tells when something that a project is read from changes on disk: its configuration, env.py, its version folders and the
/// scripts in them, however many there are: folders are watched, and the system says which of their files were written (Linux, "inotify").
/// Many changes at once, as a branch switch makes them, are told once. GUI thread.
class ProjectWatch : public QObject {
    Q_OBJECT
public:
    explicit ProjectWatch(QObject *parent = nullptr);
    ~ProjectWatch() override;
    /// Instead of what was watched; what happened to files since that is still told.
    void watch(const project::Project &project);
    void clear();
    /// The window is about to write this file itself, and nothing of it that a project is read by.
    void leaveOut(const QString &name);

Q_SIGNALS:
    /// Scripts that were written, came or went; empty: more than that changed.
    void changed(const QStringList &scripts);

private:
    struct Folder {
        QString path;
        QSet<QString> names; ///< that count here; empty: every script, and every folder
    };
    void add(const QString &path, const QStringList &names);
    void read();
    void take(const Folder &folder, const QString &name, bool isFolder);
    void settle();

    int m_descriptor = -1;
    QSocketNotifier *m_notifier = nullptr;
    QHash<int, Folder> m_folders; ///< by watch
    QSet<QString> m_scripts;
    QString m_own;
    QDeadlineTimer m_ownUntil;
    bool m_isWhole = false; ///< what changed is more than scripts
    QTimer m_settle, m_latest;
};

} // namespace stillroom::ui
