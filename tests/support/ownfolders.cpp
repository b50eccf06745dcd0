// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into every test: what a test writes for its user goes into folders of the test's own, also where no ctest has set them.
#include <QFile>
#include <QTemporaryDir>

#include <optional>

namespace {

class OwnFolders {
public:
    OwnFolders()
    {
        if (qEnvironmentVariableIsSet("STILLROOM_TEST_FOLDERS"))
            return; // ctest's, or of the test that started this program
        m_folder.emplace();
        qputenv("STILLROOM_TEST_FOLDERS", QFile::encodeName(m_folder->path()));
        for (const char *name : {"XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            qputenv(name, QFile::encodeName(m_folder->filePath(QString::fromLatin1(name).toLower())));
    }

private:
    std::optional<QTemporaryDir> m_folder;
};

const OwnFolders kFolders;

} // namespace
