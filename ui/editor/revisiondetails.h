// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historymodel.h"
#include "ui/theme.h"

#include <QTextBrowser>

namespace stillroom::ui {

/// Everything that is known of one revision, as text that can be selected; revisions that it names are links.
class RevisionDetails : public QTextBrowser {
    Q_OBJECT
public:
    explicit RevisionDetails(const Theme *theme, QWidget *parent = nullptr);

    struct Subject {
        revision::RevisionGraph::Revision revision;
        QStringList parents, dependencies, children, dependents; ///< full ids
        RowState state = RowState::NotConnected;
        std::optional<migration::RevisionOutlook> outlook; ///< unset: the survey has not come to it
        std::vector<project::Finding> findings;
    };
    void show(const Subject &subject);
    void clear();

Q_SIGNALS:
    void revisionRequested(const QString &id);

private:
    void draw();
    const Theme *m_theme;
    std::optional<Subject> m_subject;
};

} // namespace stillroom::ui
