// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace stillroom::cli {

namespace {

struct Command {
    const char *name;
    const char *arguments;
    const char *about;
    const char *options; // long names of the options it takes besides the common ones
};

constexpr Command kCommands[] = {
    {"branches", "", "Show the branch points", "verbose"},
    {"current", "", "Show the revision of the database", "verbose check-heads"},
    {"downgrade", "REVISION", "Revert to an earlier revision (-1, an id, base)", "sql dialect"},
    {"heads", "", "Show the heads", "verbose resolve-dependencies"},
    {"history", "", "List the revisions, newest first", "rev-range verbose indicate-current"},
    {"inspect", "[TABLE]", "Show what the database really has: version rows, tables, constraints, indexes", ""},
    {"render", "[REVISION...]", "Print the SQL of revisions, body by body", "dialect direction all"},
    {"show", "REVISION...", "Show revisions", ""},
    {"stamp", "REVISION...", "Set the version rows without running anything", "sql purge dialect"},
    {"upgrade", "REVISION", "Upgrade to a later revision (head, heads, +1, an id)", "sql dialect"},
};

QString overview()
{
    QString text = QStringLiteral("Usage: stillroom-cli [-c FILE] [-n SECTION] [-x KEY=VALUE] COMMAND [OPTIONS]\n\n"
                                  "Database migrations of Alembic projects, without Python.\n\nCommands:\n");
    for (const Command &command : kCommands) {
        const QString words = QLatin1String(command.name) + QLatin1Char(' ') + QLatin1String(command.arguments);
        text += QStringLiteral("  %1%2\n").arg(words.leftJustified(24), QLatin1String(command.about));
    }
    return text + QStringLiteral("\n'stillroom-cli COMMAND --help' tells a command's options.\n");
}

/// `-1` and `-2:current` are targets, not options: they go behind `--`, where the parser leaves them alone.
QStringList withRelativeTargetsLast(const QStringList &arguments)
{
    static const QRegularExpression relative(QStringLiteral("^-\\d+(:.*)?$"));
    static const QStringList takesValue{QStringLiteral("-r"), QStringLiteral("--rev-range"), QStringLiteral("-x"), QStringLiteral("-n"),
                                        QStringLiteral("-c")};
    QStringList options;
    QStringList targets;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const bool isValue = i > 0 && takesValue.contains(arguments[i - 1]);
        (!isValue && relative.match(arguments[i]).hasMatch() ? targets : options).append(arguments[i]);
    }
    if (targets.isEmpty())
        return arguments;
    if (!options.contains(QStringLiteral("--")))
        options.append(QStringLiteral("--"));
    return options + targets;
}

const Command *commandNamed(const QString &name)
{
    for (const Command &command : kCommands) {
        if (name == QLatin1String(command.name))
            return &command;
    }
    return nullptr;
}

QString closestCommands(const QString &name)
{
    QStringList close;
    for (const Command &command : kCommands) {
        if (QLatin1String(command.name).startsWith(name.left(2)))
            close.append(QLatin1String(command.name));
    }
    return close.isEmpty() ? QString() : QStringLiteral(" Did you mean %1?").arg(close.join(QStringLiteral(" or ")));
}

/// Every option there is. Names as in the table of commands; an option without a value name is a switch.
QList<QCommandLineOption> allOptions()
{
    const auto text = [](const char *t) { return QString::fromUtf8(t); };
    return {
        {{text("c"), text("config")}, text("alembic.ini, pyproject.toml, or the folder with one of them."), text("FILE")},
        {{text("n"), text("name")}, text("Section of the .ini file."), text("SECTION")},
        {text("x"), text("Argument for env.py, as Alembic's."), text("KEY=VALUE")},
        {text("url"), text("Database: postgresql://…, libpq keywords, sqlite:///FILE."), text("URL")},
        {text("read-only"), text("Open the database read-only, enforced by the server or the file's open mode.")},
        {text("version-table"), text("Name of the version table, where env.py's cannot be known."), text("NAME")},
        {text("version-table-schema"), text("Its schema."), text("NAME")},
        {text("json"), text("Print JSON.")},
        {{text("q"), text("quiet")}, text("Print nothing but errors and what was asked for.")},
        {{text("h"), text("help")}, text("Print this help.")},
        {text("version"), text("Print the version.")},
        {{text("v"), text("verbose")}, text("Print more.")},
        {{text("r"), text("rev-range")}, text("Only these revisions."), text("START:END")},
        {{text("i"), text("indicate-current")}, text("Mark the revisions that the database is at.")},
        {text("sql"), text("Print the SQL instead of running it. The revision may be FROM:TO.")},
        {text("dialect"), text("Write for postgresql or sqlite, whatever the address says."), text("NAME")},
        {text("direction"), text("upgrade, downgrade or both (the default)."), text("WHICH")},
        {text("all"), text("All revisions.")},
        {text("purge"), text("Empty the version table first.")},
        {text("resolve-dependencies"), text("Leave out heads that others depend on.")},
        {text("check-heads"), text("Exit with 3 unless the database is at all heads.")},
    };
}

/// The lines of an option list, as wide as a terminal of 80 columns.
QString optionLines(const QList<QCommandLineOption> &options)
{
    constexpr qsizetype kIndent = 30;
    constexpr qsizetype kWidth = 80;
    QString lines;
    for (const QCommandLineOption &option : options) {
        QStringList names;
        for (const QString &name : option.names())
            names.append((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
        QString line = QStringLiteral("  ") + names.join(QStringLiteral(", "));
        if (!option.valueName().isEmpty())
            line += QLatin1Char(' ') + option.valueName();
        line = line.leftJustified(kIndent - 1);
        for (const QString &word : option.description().split(QLatin1Char(' '))) {
            if (line.size() + 1 + word.size() > kWidth) {
                lines += line + QLatin1Char('\n');
                line = QString(kIndent - 1, QLatin1Char(' '));
            }
            line += QLatin1Char(' ') + word;
        }
        lines += line + QLatin1Char('\n');
    }
    return lines;
}

const QStringList &commonOptions()
{
    static const QStringList names{QStringLiteral("config"),
                                   QStringLiteral("name"),
                                   QStringLiteral("x"),
                                   QStringLiteral("url"),
                                   QStringLiteral("read-only"),
                                   QStringLiteral("json"),
                                   QStringLiteral("quiet"),
                                   QStringLiteral("help"),
                                   QStringLiteral("version"),
                                   QStringLiteral("version-table"),
                                   QStringLiteral("version-table-schema")};
    return names;
}

QStringList ownOptions(const Command &command) { return QString(QLatin1String(command.options)).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

QString helpOf(const Command &command)
{
    QList<QCommandLineOption> own;
    QList<QCommandLineOption> common;
    for (const QCommandLineOption &option : allOptions()) {
        const QString name = option.names().last();
        if (commonOptions().contains(name))
            common.append(option);
        else if (ownOptions(command).contains(name))
            own.append(option);
    }
    QString text =
        QStringLiteral("Usage: stillroom-cli %1 [OPTIONS] %2").arg(QLatin1String(command.name), QLatin1String(command.arguments)).trimmed();
    text += QStringLiteral("\n\n%1.\n").arg(QLatin1String(command.about));
    if (!own.isEmpty())
        text += QStringLiteral("\nOptions:\n") + optionLines(own);
    return text + QStringLiteral("\nOptions of every command:\n") + optionLines(common);
}

} // namespace

std::expected<CommandLine, Exit> parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsCompactedShortOptions);
    parser.addOptions(allOptions());
    const auto text = [](const char *t) { return QString::fromUtf8(t); };
    const auto usage = [](const QString &message) { return std::unexpected(Exit{2, QStringLiteral("stillroom-cli: %1\n").arg(message)}); };
    if (!parser.parse(withRelativeTargetsLast(arguments)))
        return usage(parser.errorText() + QStringLiteral(" 'stillroom-cli --help' tells what there is."));
    if (parser.isSet(text("version")))
        return std::unexpected(Exit{0, QStringLiteral("stillroom-cli %1\n").arg(QStringLiteral(STILLROOM_VERSION))});

    QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return std::unexpected(Exit{parser.isSet(text("help")) ? 0 : 2, overview()});
    CommandLine line;
    line.command = words.takeFirst();
    line.arguments = words;
    const Command *command = commandNamed(line.command);
    if (!command)
        return usage(QStringLiteral("there is no command '%1'.%2").arg(line.command, closestCommands(line.command)));
    if (parser.isSet(text("help")))
        return std::unexpected(Exit{0, helpOf(*command)});
    for (const QString &name : parser.optionNames()) {
        const QCommandLineOption *option = nullptr;
        const QList<QCommandLineOption> options = allOptions();
        for (const QCommandLineOption &candidate : options) {
            if (candidate.names().contains(name))
                option = &candidate;
        }
        if (option && !commonOptions().contains(option->names().last()) && !ownOptions(*command).contains(option->names().last()))
            return usage(QStringLiteral("%1 has no option %2%3. 'stillroom-cli %1 --help' tells what there is.")
                             .arg(line.command, name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--"), name));
    }
    line.configuration = parser.value(text("config"));
    line.section = parser.value(text("name"));
    for (const char *setting : {"version-table", "version-table-schema"}) {
        if (parser.isSet(text(setting)))
            line.settings.insert(text(setting).replace(QLatin1Char('-'), QLatin1Char('_')), parser.value(text(setting)));
    }
    line.url = parser.value(text("url"));
    line.range = parser.value(text("rev-range"));
    line.dialect = parser.value(text("dialect"));
    line.direction = parser.value(text("direction"));
    line.quiet = parser.isSet(text("quiet"));
    line.verbose = parser.isSet(text("verbose"));
    line.json = parser.isSet(text("json"));
    line.sql = parser.isSet(text("sql"));
    line.all = parser.isSet(text("all"));
    line.purge = parser.isSet(text("purge"));
    line.indicateCurrent = parser.isSet(text("indicate-current"));
    line.readOnly = parser.isSet(text("read-only"));
    line.resolveDependencies = parser.isSet(text("resolve-dependencies"));
    line.checkHeads = parser.isSet(text("check-heads"));
    for (const QString &argument : parser.values(text("x"))) {
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        line.xArguments.insert(equals < 0 ? argument : argument.left(equals), equals < 0 ? QString() : argument.mid(equals + 1));
    }

    const bool needsOne = line.command == QLatin1String("upgrade") || line.command == QLatin1String("downgrade");
    if (needsOne && line.arguments.size() != 1)
        return usage(QStringLiteral("%1 takes one revision.").arg(line.command));
    const bool needsSome = line.command == QLatin1String("show") || line.command == QLatin1String("stamp");
    if (needsSome && line.arguments.isEmpty())
        return usage(QStringLiteral("%1 takes a revision.").arg(line.command));
    if (line.command == QLatin1String("render") && line.arguments.isEmpty() && !line.all)
        return usage(QStringLiteral("render takes revisions, or --all."));
    if (!line.direction.isEmpty() && !QStringList{text("upgrade"), text("downgrade"), text("both")}.contains(line.direction))
        return usage(QStringLiteral("--direction is upgrade, downgrade or both, not '%1'.").arg(line.direction));
    return line;
}

} // namespace stillroom::cli
