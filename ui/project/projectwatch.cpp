// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectwatch.h"

#include "project/answers.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include <array>
#include <chrono>
#include <cstring>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

namespace stillroom::ui {

namespace {

/// Beyond this many the project is opened as a whole, on several threads.
constexpr qsizetype kMostScripts = 500;
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;

} // namespace

ProjectWatch::ProjectWatch(QObject *parent) : QObject(parent), m_descriptor(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(100));
    m_latest.setSingleShot(true);
    m_latest.setInterval(std::chrono::seconds(2)); // who writes without a pause is not waited for
    connect(&m_settle, &QTimer::timeout, this, &ProjectWatch::settle);
    connect(&m_latest, &QTimer::timeout, this, &ProjectWatch::settle);
    if (m_descriptor < 0)
        return;
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ProjectWatch::read);
}

ProjectWatch::~ProjectWatch()
{
    delete m_notifier;
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void ProjectWatch::add(const QString &path, const QStringList &names)
{
    const int watch = m_descriptor < 0 ? -1 : inotify_add_watch(m_descriptor, QFile::encodeName(path).constData(), kEvents);
    if (watch < 0)
        return;
    // One folder may be several things: the configuration's and a version folder.
    const auto known = m_folders.constFind(watch);
    QSet<QString> counting(names.begin(), names.end());
    if (known != m_folders.cend())
        counting = known->names.isEmpty() || names.isEmpty() ? QSet<QString>() : counting + known->names;
    m_folders.insert(watch, {path, counting});
}

void ProjectWatch::watch(const project::Project &project)
{
    const QHash<int, Folder> before = std::exchange(m_folders, {});
    add(project.root(), {QFileInfo(project.configurationFile()).fileName(), QStringLiteral("pyproject.toml"), QStringLiteral(".env"),
                         QFileInfo(project::answersFile(project.root())).fileName(), QFileInfo(project.scriptDirectory()).fileName()});
    QStringList inScripts{QStringLiteral("env.py")};
    const bool isRecursive = project.settings().value(QStringLiteral("recursive_version_locations")).value == QLatin1String("true");
    for (const QString &folder : project.versionDirectories()) {
        if (QFileInfo(folder).absolutePath() == project.scriptDirectory())
            inScripts += QFileInfo(folder).fileName();
        if (folder == project.scriptDirectory())
            inScripts.clear();
        add(folder, {});
        QDirIterator below(folder, QDir::Dirs | QDir::NoDotAndDotDot, isRecursive ? QDirIterator::Subdirectories : QDirIterator::NoIteratorFlags);
        while (isRecursive && below.hasNext())
            add(below.next(), {});
    }
    add(project.scriptDirectory(), inScripts);
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        if (!m_folders.contains(it.key()))
            inotify_rm_watch(m_descriptor, it.key());
    }
}

void ProjectWatch::clear()
{
    for (auto it = m_folders.cbegin(); it != m_folders.cend(); ++it)
        inotify_rm_watch(m_descriptor, it.key());
    m_folders.clear();
    m_settle.stop();
    m_latest.stop();
    m_scripts.clear();
    m_isWhole = false;
}

void ProjectWatch::leaveOut(const QString &name)
{
    constexpr auto kSoon = std::chrono::milliseconds(500);
    m_own = name;
    m_ownUntil.setRemainingTime(kSoon);
}

void ProjectWatch::read()
{
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    for (ssize_t size = 0; (size = ::read(m_descriptor, buffer.data(), buffer.size())) > 0;) {
        for (ssize_t at = 0; at < size;) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char *name = event.len > 0 ? buffer.data() + at + sizeof event : "";
            at += static_cast<ssize_t>(sizeof event + event.len);
            if (event.mask & IN_Q_OVERFLOW) {
                m_isWhole = true;
                m_settle.start();
            } else if (const auto folder = m_folders.constFind(event.wd); folder != m_folders.cend() && !(event.mask & IN_IGNORED)) {
                take(*folder, QFile::decodeName(name), event.mask & IN_ISDIR || event.mask & (IN_DELETE_SELF | IN_MOVE_SELF));
            }
        }
    }
}

void ProjectWatch::take(const Folder &folder, const QString &name, bool isFolder)
{
    const bool isScript = folder.names.isEmpty() && name.endsWith(QLatin1String(".py"));
    const bool counts = folder.names.isEmpty() ? isScript || (isFolder && name != QLatin1String("__pycache__")) : folder.names.contains(name);
    if (!counts || (name == m_own && !m_ownUntil.hasExpired()))
        return;
    if (isScript && !isFolder && !m_isWhole)
        m_scripts.insert(folder.path + QLatin1Char('/') + name);
    m_isWhole = m_isWhole || !isScript || isFolder || m_scripts.size() > kMostScripts;
    m_settle.start();
    if (!m_latest.isActive())
        m_latest.start();
}

void ProjectWatch::settle()
{
    m_settle.stop();
    m_latest.stop();
    const QStringList scripts = m_isWhole ? QStringList() : QStringList(m_scripts.cbegin(), m_scripts.cend());
    m_scripts.clear();
    m_isWhole = false;
    Q_EMIT changed(scripts);
}

} // namespace stillroom::ui
