// SPDX-License-Identifier: GPL-3.0-or-later
#include "lanetext.h"

#include <limits>

#include <unistd.h>

namespace stillroom::cli {

using revision::Index;
using revision::LaneEdge;
using revision::LaneLayout;

namespace {

enum Side : unsigned { kUp = 1, kDown = 2, kLeft = 4, kRight = 8 };

struct Cell {
    unsigned sides = 0;
    std::uint8_t colour = 0;
    bool isSolid = false; ///< a line of down_revision goes through, not of depends_on alone
    bool isDot = false;
};

QChar drawn(const Cell &cell, bool isUnicode)
{
    // By the bits of Side: up 1, down 2, left 4, right 8.
    static const QString lines = QStringLiteral(" │││─╯╮┤─╰╭├─┴┬┼");
    static const QString plain = QStringLiteral(" |||-/\\|-\\/|-+++");
    if (cell.isDot)
        return isUnicode ? QChar(u'●') : QLatin1Char('*');
    if (isUnicode && !cell.isSolid && cell.sides != 0 && (cell.sides & (kLeft | kRight)) == 0)
        return QChar(u'┊');
    if (isUnicode && !cell.isSolid && cell.sides != 0 && (cell.sides & (kUp | kDown)) == 0)
        return QChar(u'┄');
    return (isUnicode ? lines : plain)[static_cast<qsizetype>(cell.sides)];
}

class RowOfCells {
public:
    explicit RowOfCells(int lanes) : m_cells(static_cast<std::size_t>(std::max(lanes * 2 - 1, 1))) {}

    void through(int lane, const LaneEdge &edge) { mark(lane * 2, kUp | kDown, edge); }
    /// Between the dot and another lane, whose line goes on upwards or downwards from there.
    void across(int dotLane, int lane, unsigned side, const LaneEdge &edge)
    {
        const int dot = dotLane * 2, end = lane * 2;
        mark(end, side | (end > dot ? kLeft : kRight), edge);
        for (int at = std::min(dot, end) + 1; at < std::max(dot, end); ++at)
            mark(at, kLeft | kRight, edge);
    }
    void dot(int lane, std::uint8_t colour)
    {
        Cell &cell = m_cells[static_cast<std::size_t>(lane) * 2];
        cell.isDot = true;
        cell.colour = colour;
    }
    [[nodiscard]] QString text(const LaneStyle &style) const
    {
        static constexpr int kColours[] = {36, 33, 35, 32, 34, 31, 96, 93};
        QString text;
        for (const Cell &cell : m_cells) {
            const QChar c = drawn(cell, style.isUnicode);
            if (style.isColoured && c != QLatin1Char(' '))
                text += QStringLiteral("\x1b[%1m%2\x1b[0m").arg(kColours[cell.colour % 8]).arg(c);
            else
                text += c;
        }
        return text;
    }

private:
    void mark(int at, unsigned sides, const LaneEdge &edge)
    {
        Cell &cell = m_cells[static_cast<std::size_t>(at)];
        cell.sides |= sides;
        if (!cell.isSolid || (sides & (kUp | kDown)) != 0)
            cell.colour = edge.colour;
        cell.isSolid = cell.isSolid || !edge.isDependency;
    }
    std::vector<Cell> m_cells;
};

} // namespace

bool outputIsTerminal() { return isatty(STDOUT_FILENO) == 1; }

LaneStyle laneStyleOfOutput()
{
    LaneStyle style;
    QString locale;
    for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (locale.isEmpty())
            locale = qEnvironmentVariable(name);
    }
    style.isUnicode = locale.contains(QLatin1String("UTF-8"), Qt::CaseInsensitive) || locale.contains(QLatin1String("utf8"), Qt::CaseInsensitive);
    style.isColoured = outputIsTerminal() && qEnvironmentVariable("NO_COLOR").isEmpty() && qEnvironmentVariable("TERM") != QLatin1String("dumb");
    return style;
}

QStringList laneTexts(const revision::RevisionGraph &graph, const LaneStyle &style)
{
    constexpr int kNoCap = std::numeric_limits<std::uint16_t>::max();
    const LaneLayout layout(graph, std::nullopt, kNoCap, std::numeric_limits<int>::max());
    QStringList texts;
    for (Index row = 0; row < graph.revisions().size(); ++row) {
        RowOfCells cells(layout.laneCount());
        const int dot = layout.dotLane(row);
        for (const LaneEdge &edge : layout.edges(row)) {
            switch (edge.kind) {
            case LaneEdge::Kind::Through:
                cells.through(edge.from, edge);
                break;
            case LaneEdge::Kind::ToDot:
                if (edge.from != dot)
                    cells.across(dot, edge.from, kUp, edge);
                break;
            case LaneEdge::Kind::FromDot:
                if (edge.to != dot)
                    cells.across(dot, edge.to, kDown, edge);
                break;
            case LaneEdge::Kind::CutStart:
            case LaneEdge::Kind::CutEnd:
                break; // nothing is cut here
            }
        }
        cells.dot(dot, layout.dotColour(row));
        texts.append(cells.text(style));
    }
    return texts;
}

} // namespace stillroom::cli
