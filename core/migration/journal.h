// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/runner.h"

#include <QFile>
#include <QJsonObject>

/// The record of runs on the person's machine: one file of JSON lines for each run, only ever appended to, each line written before
/// the run goes on. So after a crash of Stillroom itself it can be told what had been sent.
namespace stillroom::migration {

/// Where the window and the command line keep their records: <data folder>/stillroom/runs.
[[nodiscard]] QString journalFolder();

/// Of a run's record: sorts by time, and two runs of one millisecond differ.
[[nodiscard]] QString newRunId();
[[nodiscard]] QString userName(); ///< of the account that the process runs as, in the records and the ledger; its number where it has no name

/// Writes one run. The file is locked as long as the run goes on, so that a reader knows a run from one that broke off.
class Journal {
public:
    /// Errors: FileNotWritable.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> begin(const QString &folder, const project::Project &project, const RunRequest &request);
    ~Journal();
    Q_DISABLE_COPY_MOVE(Journal)

    void take(const RunEvent &event);
    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] QString file() const { return m_file.fileName(); }

private:
    Journal(QString id, const QString &file) : m_id(std::move(id)), m_file(file) {}
    QString m_id;
    QFile m_file;
};

/// One run as the list of runs shows it.
struct RunRecord {
    enum class Status { Running, Done, Stopped, Failed, BrokenOff };
    QString id, file;
    Status status = Status::BrokenOff;
    QDateTime startedAt, endedAt; ///< endedAt: of the last line
    QString user, host, program, project, database, kind;
    QStringList from, to, now; ///< version rows before, as planned, as last known to be committed
    int statements = 0;
    QString problem;         ///< why it failed, a sentence
    QString unanswered;      ///< the statement that had been sent and of which no answer came (BrokenOff, or a lost connection)
    QStringList sentBehind;  ///< sent together with it: not begun before it was done
    bool wasOutside = false; ///< that statement ran outside of a transaction, so its effect may stay
};
[[nodiscard]] QString statusName(RunRecord::Status status); ///< "running", "done", "stopped", "failed", "broken off"

/// Newest first. A file that cannot be read is left out.
[[nodiscard]] std::vector<RunRecord> runRecords(const QString &folder);
/// All lines of one run, `id` or an unambiguous beginning of it. A last line that is cut off is left out. Errors: NoSuchRun, FileNotReadable.
[[nodiscard]] Result<std::vector<QJsonObject>> readRun(const QString &folder, const QString &id);

} // namespace stillroom::migration
