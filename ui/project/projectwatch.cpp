// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectwatch.h"

#include "project/answers.h"

#include <QFileInfo>

#include <chrono>

namespace stillroom::ui {

namespace {

/// Above this a system may run out of watches; the folders still tell of scripts that come, go or are replaced.
constexpr qsizetype kMostFiles = 4000;

} // namespace

ProjectWatch::ProjectWatch(QObject *parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(300));
    connect(&m_settle, &QTimer::timeout, this, &ProjectWatch::changed);
    const auto settle = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
}

void ProjectWatch::watch(const project::Project &project)
{
    clear();
    QStringList paths{project.configurationFile(), project.scriptDirectory() + QStringLiteral("/env.py"), project::answersFile(project.root())};
    paths += project.versionDirectories();
    const auto &revisions = project.graph().revisions();
    if (qsizetype(revisions.size()) <= kMostFiles) {
        for (const auto &revision : revisions)
            paths.append(revision.header.file);
    }
    paths.removeIf([](const QString &path) { return path.isEmpty() || !QFileInfo::exists(path); });
    paths.removeDuplicates();
    m_watcher.addPaths(paths);
}

void ProjectWatch::clear()
{
    m_settle.stop();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
}

} // namespace stillroom::ui
