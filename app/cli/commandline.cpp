// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include "database/connectionpolicy.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace stillroom::cli {

namespace {

struct Command {
    const char *name;
    const char *arguments;
    const char *about;
    const char *options; // long names of the options it takes besides the common ones
};

constexpr Command kCommands[] = {
    {"backup", "", "Copy the whole database into a file", "backup-folder"},
    {"backups", "", "List the backups that are kept", "backup-folder"},
    {"branches", "", "Show the branch points", "verbose"},
    {"connections", "", "List the connections that the window has saved for this project", ""},
    {"current", "", "Show the revision of the database", "verbose check-heads"},
    {"downgrade", "REVISION", "Revert to an earlier revision (-1, an id, base)",
     "sql preview with-python run-with-python python ledger dialect sqlalchemy tag verbose yes confirm environment lock-timeout statement-timeout "
     "idle-timeout wait "
     "transactions no-record backup "
     "backup-folder rehearse rehearse-on-copy"},
    {"edit", "REVISION", "Open revision scripts in $EDITOR", ""},
    {"ensure_version", "", "Make the version table where there is none", "sql dialect yes confirm environment"},
    {"graph", "", "Draw the history, as text, SVG or for Graphviz", "svg dot indicate-current"},
    {"heads", "", "Show the heads", "verbose resolve-dependencies"},
    {"history", "", "List the revisions, newest first", "rev-range verbose indicate-current graph no-graph"},
    {"init", "DIRECTORY", "Make a new project", "template package"},
    {"inspect", "[TABLE]", "Show what the database really has: version rows, tables, constraints, indexes", ""},
    {"leftovers", "", "Look for invalid indexes, constraints that are not validated, tables of broken-off batches, and copies of killed rehearsals",
     ""},
    {"list_templates", "", "List the kinds of projects that init makes", ""},
    {"merge", "REVISION...", "Write a revision that joins several heads", "message branch-label rev-id splice run-hooks compare dialect"},
    {"render", "[REVISION...]", "Print the SQL of revisions, body by body", "dialect direction all sqlalchemy connected"},
    {"repair", "", "Tell what is wrong with the version table, and put it right (--apply)", "apply yes confirm environment wait"},
    {"reparent", "[REVISION]", "Let a revision follow another one: shows the change of its file, and writes it with --yes",
     "onto instead-of diff yes undo"},
    {"reset", "[REVISION]", "Development only: revert everything and upgrade again (default: to heads)",
     "preview with-python run-with-python python ledger tag verbose yes confirm environment lock-timeout statement-timeout idle-timeout wait "
     "transactions no-record backup "
     "backup-folder "
     "rehearse "
     "rehearse-on-copy"},
    {"restore", "FILE", "Put a backup in the database's place; what was there is kept under another name", "yes confirm environment"},
    {"revision", "", "Write a new revision",
     "message head splice branch-label depends-on version-path rev-id upgrade-sql downgrade-sql run-hooks sql autogenerate"},
    {"runs", "[RUN]", "List the runs of this account, newest first, or show one of them statement by statement", "database"},
    {"show", "REVISION...", "Show revisions", ""},
    {"stamp", "REVISION...", "Set the version rows without running anything",
     "sql preview with-python run-with-python python ledger purge dialect sqlalchemy tag verbose yes confirm environment lock-timeout "
     "statement-timeout idle-timeout "
     "wait transactions "
     "no-record backup "
     "backup-folder rehearse "
     "rehearse-on-copy"},
    {"status", "", "Tell whether the database is at all heads, and what is pending", ""},
    {"unknowns", "", "List the names that scripts need and nobody has told, or tell them", "set unset dialect"},
    {"upgrade", "REVISION", "Upgrade to a later revision (head, heads, +1, an id)",
     "sql preview with-python run-with-python python ledger dialect sqlalchemy tag verbose yes confirm environment lock-timeout statement-timeout "
     "idle-timeout wait "
     "transactions no-record backup "
     "backup-folder rehearse rehearse-on-copy"},
    {"validate", "", "Check the history and its files", ""},
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

const Command *commandNamed(const QString &name)
{
    for (const Command &command : kCommands) {
        if (name == QLatin1String(command.name))
            return &command;
    }
    return nullptr;
}

/// How many letters have to be changed, put in, left out or swapped with their neighbour (optimal string alignment).
int distance(const QString &one, const QString &other)
{
    const auto columns = static_cast<std::size_t>(other.size()) + 1;
    std::vector<std::vector<int>> table(static_cast<std::size_t>(one.size()) + 1, std::vector<int>(columns));
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = static_cast<int>(i + j);
                continue;
            }
            const auto a = static_cast<qsizetype>(i) - 1, b = static_cast<qsizetype>(j) - 1;
            table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one[a] == other[b] ? 0 : 1)});
            if (i > 1 && j > 1 && one[a] == other[b - 1] && one[a - 1] == other[b])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    }
    return table.back().back();
}

/// Names that begin as this one does, else those that differ from it by least.
QString closest(const QString &name, const QStringList &names, const QString &prefix)
{
    QStringList close;
    for (const QString &each : names) {
        if (name.size() > 1 && each.startsWith(name))
            close.append(prefix + each);
    }
    const int most = name.size() < 4 ? 1 : 2;
    for (int wanted = 1; close.isEmpty() && wanted <= most; ++wanted) {
        for (const QString &each : names) {
            if (distance(name, each) == wanted)
                close.append(prefix + each);
        }
    }
    return close.isEmpty() ? QString() : QStringLiteral(" Did you mean %1?").arg(close.join(QStringLiteral(" or ")));
}

QString closestCommands(const QString &name)
{
    QStringList names;
    for (const Command &command : kCommands)
        names.append(QLatin1String(command.name));
    return closest(name, names, {});
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
        {text("connection"), text("Database: one that the window has saved under this name, with all it asks for ('connections' lists them)."),
         text("NAME")},
        {text("ssh"), text("Reach the PostgreSQL server through the system's ssh (default: what .stillroom.json says of the address)."),
         text("[USER@]HOST[:PORT]")},
        {text("ssh-key"), text("Key file for it (default: as ssh's configuration has it)."), text("FILE")},
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
        {text("preview"), text("Print what a run would send to the database. It is asked, read-only, what scripts ask; nothing is written.")},
        {text("with-python"),
         text("Let the project's own Alembic, run by its Python (.stillroom.json, .venv, Poetry's), write what is not understood here.")},
        {text("run-with-python"), text("Let the project's own Alembic run this revision, over a connection of its own; may be given several times."),
         text("REVISION")},
        {text("python"), text("The Python to use for it."), text("PROGRAM")},
        {text("ledger"), text("Write what is applied into the database's own table stillroom_history as well.")},
        {text("database"), text("List what the database's table stillroom_history has, whoever ran it.")},
        {text("connected"), text("Ask the database, read-only, what the scripts ask of it.")},
        {text("apply"), text("Run the statements that put it right.")},
        {text("dialect"), text("Write for postgresql or sqlite, whatever the address says."), text("NAME")},
        {text("sqlalchemy"), text("Write as this version of SQLAlchemy does where they differ: 2.0 (the default) or 1.4."), text("VERSION")},
        {text("direction"), text("upgrade, downgrade or both (the default)."), text("WHICH")},
        {text("all"), text("All revisions.")},
        {text("purge"), text("Empty the version table first.")},
        {{text("y"), text("yes")}, text("Confirm: a run, where the connection asks for it, or the change of a file.")},
        {text("confirm"), text("Confirm by the database's name, which production asks for before a downgrade or a stamp."), text("NAME")},
        {text("environment"), text("What the database is: development, test, staging or production."), text("NAME")},
        {text("lock-timeout"), text("How long a statement waits for a lock (default 5000; 0: as the server has it)."), text("MS")},
        {text("statement-timeout"), text("How long a statement may run (default 0: as the server has it)."), text("MS")},
        {text("idle-timeout"), text("How long a transaction may stand idle (default 60000; 0: as the server has it)."), text("MS")},
        {text("wait"), text("How long to wait for another runner (default 300)."), text("SECONDS")},
        {text("transactions"), text("one for the whole run, or one for each revision (default: as env.py says; SQLite: each)."), text("one|each")},
        {text("backup"), text("Copy the whole database into a file first.")},
        {text("backup-folder"), text("Where backups are kept (default: stillroom/backups in the data folder)."), text("FOLDER")},
        {text("rehearse"), text("Run it in a transaction that is rolled back; tells times, locks and rewritten tables.")},
        {text("rehearse-on-copy"),
         text("Run it on a copy of the database, then down and up again; tells also whether the downgrade restores the schema.")},
        {text("no-record"), text("Keep no record of the run on this machine.")},
        {text("resolve-dependencies"), text("Leave out heads that others depend on.")},
        {text("check-heads"), text("Exit with 3 unless the database is at all heads (-c after 'current').")},
        {{text("m"), text("message")}, text("What the revision is for."), text("TEXT")},
        {text("head"), text("Revision to follow: an id, a label@head, base. Default: head."), text("REVISION")},
        {text("splice"), text("Follow a revision that is no head, which begins a branch.")},
        {text("branch-label"), text("Label of the branch that begins here."), text("LABEL")},
        {text("depends-on"), text("Revision that has to be applied before; may be given several times."), text("REVISION")},
        {text("version-path"), text("Version folder to write to."), text("FOLDER")},
        {text("rev-id"), text("Id of the new revision. Default: a random one."), text("ID")},
        {text("upgrade-sql"), text("SQL that upgrade() runs, as op.execute(). @FILE reads it from a file."), text("SQL")},
        {text("downgrade-sql"), text("The same for downgrade()."), text("SQL")},
        {text("run-hooks"), text("Run the project's post-write hooks; otherwise they are only shown.")},
        {text("autogenerate"), text("Not possible without the application: says so.")},
        {{text("t"), text("template")}, text("Kind of project; 'list_templates' lists them. Default: generic."), text("NAME")},
        {text("package"), text("Write __init__.py files, so that the folder is a package.")},
        {text("tag"), text("Text for env.py (context.get_tag_argument())."), text("TEXT")},
        {text("raiseerr"), text("Tell everything that is known of an error.")},
        {text("set"), text("Tell a name's value once: --set 'myapp.models.GUID=sa.Uuid()'."), text("NAME=EXPRESSION")},
        {text("unset"), text("Forget a name's value."), text("NAME")},
        {text("compare"), text("Write nothing; tell what the heads have in common, what both touch, and whether they commute.")},
        {text("onto"), text("The new parent; may be given several times. base: none."), text("REVISION")},
        {text("instead-of"), text("Replace only this parent, of a merge."), text("REVISION")},
        {text("diff"), text("Only show the change.")},
        {text("undo"), text("Take back the last change of a parent in this project.")},
        {text("svg"), text("Draw as SVG.")},
        {text("dot"), text("Write for Graphviz.")},
        {text("graph"), text("Draw the lanes, also where the output is no terminal.")},
        {text("no-graph"), text("Draw no lanes.")},
    };
}

QStringList namesOfOptionsWithValue()
{
    QStringList names;
    for (const QCommandLineOption &option : allOptions()) {
        if (option.valueName().isEmpty())
            continue;
        for (const QString &name : option.names())
            names.append((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
    }
    return names;
}

/// `current -c` is Alembic's --check-heads; before the command, -c names the configuration.
QStringList withCheckHeads(QStringList arguments)
{
    const QStringList takesValue = namesOfOptionsWithValue();
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (takesValue.contains(arguments[i])) {
            ++i;
            continue;
        }
        if (arguments[i].startsWith(QLatin1Char('-')))
            continue;
        if (arguments[i] == QLatin1String("current"))
            std::replace(arguments.begin() + i, arguments.end(), QStringLiteral("-c"), QStringLiteral("--check-heads"));
        break;
    }
    return arguments;
}

/// `-1` and `-2:current` are targets, not options: they go behind `--`, where the parser leaves them alone.
QStringList withRelativeTargetsLast(const QStringList &arguments)
{
    static const QRegularExpression relative(QStringLiteral("^-\\d+(:.*)?$"));
    static const QStringList takesValue = namesOfOptionsWithValue();
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
                                   QStringLiteral("connection"),
                                   QStringLiteral("ssh"),
                                   QStringLiteral("ssh-key"),
                                   QStringLiteral("read-only"),
                                   QStringLiteral("json"),
                                   QStringLiteral("quiet"),
                                   QStringLiteral("help"),
                                   QStringLiteral("version"),
                                   QStringLiteral("version-table"),
                                   QStringLiteral("version-table-schema"),
                                   QStringLiteral("raiseerr")};
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

/// Of the options that the command takes.
QString closestOptions(const QString &name, const QString &commandName)
{
    const Command *command = commandNamed(commandName);
    QStringList names;
    for (const QCommandLineOption &option : allOptions()) {
        const QString full = option.names().last();
        if (full.size() > 1 && (!command || commonOptions().contains(full) || ownOptions(*command).contains(full)))
            names.append(full);
    }
    return closest(name, names, QStringLiteral("--"));
}

/// What is wrong with the number of arguments. The table of commands says how many there are to be.
QString wrongArguments(const CommandLine &line, const Command &command)
{
    const QString shape = QLatin1String(command.arguments);
    const qsizetype count = line.arguments.size();
    if (line.command == QLatin1String("render") && count == 0 && !line.all)
        return QStringLiteral("render takes revisions, or --all.");
    if (line.command == QLatin1String("reparent") && line.has("undo") == (count > 0))
        return QStringLiteral("reparent takes a revision, or --undo.");
    if (line.command == QLatin1String("reparent") && count > 0 && !line.has("onto"))
        return QStringLiteral("reparent needs --onto REVISION: what it is to follow.");
    if (shape.isEmpty() && count > 0)
        return QStringLiteral("%1 takes no argument, but was given '%2'.").arg(line.command, line.arguments.first());
    if (shape.startsWith(QLatin1Char('[')))
        return !shape.contains(QLatin1String("...")) && count > 1
                   ? QStringLiteral("%1 takes one %2.").arg(line.command, shape.mid(1, shape.size() - 2).toLower())
                   : QString();
    if (shape.endsWith(QLatin1String("...")))
        return count == 0 ? QStringLiteral("%1 takes a revision.").arg(line.command) : QString();
    if (!shape.isEmpty() && count != 1)
        return QStringLiteral("%1 takes one %2.").arg(line.command, shape.toLower());
    return {};
}

/// What is wrong with the values that a connection's policy takes.
QString wrongCare(const CommandLine &line)
{
    if (line.has("environment") && !database::environmentFromName(line.value("environment")))
        return QStringLiteral("there is no environment '%1'; there are development, test, staging and production.").arg(line.value("environment"));
    for (const char *option : {"lock-timeout", "statement-timeout", "idle-timeout", "wait"}) {
        constexpr int kMost = 2'000'000; // seconds, as milliseconds in an int
        bool isNumber = false;
        const int value = line.value(option).toInt(&isNumber);
        if (line.has(option) && (!isNumber || value < 0 || value > kMost))
            return QStringLiteral("--%1 takes a whole number, not '%2'.").arg(QLatin1String(option), line.value(option));
    }
    return {};
}

/// What is wrong with the values of options, and with options beside each other.
QString wrongOptions(const CommandLine &line)
{
    const auto isOneOf = [](const QString &value, std::initializer_list<const char *> words) {
        return std::ranges::any_of(words, [&value](const char *word) { return value == QLatin1String(word); });
    };
    if (!line.direction.isEmpty() && !isOneOf(line.direction, {"upgrade", "downgrade", "both"}))
        return QStringLiteral("--direction is upgrade, downgrade or both, not '%1'.").arg(line.direction);
    if (line.has("transactions") && !isOneOf(line.value("transactions"), {"one", "each"}))
        return QStringLiteral("--transactions is one or each, not '%1'.").arg(line.value("transactions"));
    if (line.has("connection") && !line.url.isEmpty())
        return QStringLiteral("--connection and --url both name a database: give one of them.");
    if (line.has("ssh-key") && !line.has("ssh"))
        return QStringLiteral("--ssh-key goes with --ssh.");
    if (line.has("sqlalchemy") && !isOneOf(line.value("sqlalchemy"), {"2.0", "1.4"}))
        return QStringLiteral("--sqlalchemy is 2.0 or 1.4, not '%1'.").arg(line.value("sqlalchemy"));
    if (line.has("sqlalchemy") && line.command != QLatin1String("render") && !line.sql)
        return QStringLiteral("--sqlalchemy goes with --sql: a run writes what SQLAlchemy 2.0 does.");
    return wrongCare(line);
}

/// The first option given that the command does not take, as it was given; empty: none.
QString foreignOption(const QCommandLineParser &parser, const Command &command)
{
    const QList<QCommandLineOption> options = allOptions();
    const QStringList given = parser.optionNames();
    for (const QString &name : given) {
        const auto option = std::ranges::find_if(options, [&name](const QCommandLineOption &each) { return each.names().contains(name); });
        if (option == options.end())
            continue;
        const QString full = option->names().last();
        if (!commonOptions().contains(full) && !ownOptions(command).contains(full))
            return (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name;
    }
    return {};
}

bool isToml(const QString &configuration) { return configuration.endsWith(QLatin1String(".toml")); }

CommandLine lineOf(const QCommandLineParser &parser, const Command &command)
{
    const auto text = [](const char *t) { return QString::fromUtf8(t); };
    CommandLine line;
    line.command = parser.positionalArguments().first();
    line.arguments = parser.positionalArguments().mid(1);
    const QStringList configurations = parser.values(text("config"));
    const bool isTomlFirst = configurations.size() == 2 && isToml(configurations.first());
    line.configuration = configurations.value(isTomlFirst ? 1 : 0);
    line.pyProject = configurations.value(isTomlFirst ? 0 : 1);
    line.section = parser.value(text("name"));
    for (const char *setting : {"version-table", "version-table-schema"}) {
        if (parser.isSet(text(setting)))
            line.settings.insert(text(setting).replace(QLatin1Char('-'), QLatin1Char('_')), parser.value(text(setting)));
    }
    line.url = parser.value(text("url"));
    line.range = parser.value(text("rev-range"));
    line.dialect = parser.value(text("dialect"));
    line.direction = parser.value(text("direction"));
    line.tag = parser.value(text("tag"));
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
    line.raiseError = parser.isSet(text("raiseerr"));
    const QStringList own = ownOptions(command) + QStringList{text("connection"), text("ssh"), text("ssh-key")};
    for (const QCommandLineOption &option : allOptions()) {
        const QString name = option.names().last();
        if (own.contains(name) && parser.isSet(option)) // Qt 6.8 warns where one without a value is asked for it
            line.own.insert(name, option.valueName().isEmpty() ? QStringList() : parser.values(option));
    }
    const QStringList xArguments = parser.values(text("x"));
    for (const QString &argument : xArguments) {
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        line.xArguments.insert(equals < 0 ? argument : argument.left(equals), equals < 0 ? QString() : argument.mid(equals + 1));
    }
    return line;
}

} // namespace

std::expected<CommandLine, Exit> parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsCompactedShortOptions);
    parser.addOptions(allOptions());
    const auto text = [](const char *t) { return QString::fromUtf8(t); };
    const auto usage = [](const QString &message) { return std::unexpected(Exit{2, QStringLiteral("stillroom-cli: %1\n").arg(message)}); };
    if (!parser.parse(withRelativeTargetsLast(withCheckHeads(arguments)))) {
        const QStringList unknown = parser.unknownOptionNames();
        return usage(parser.errorText() + (unknown.isEmpty() ? QString() : closestOptions(unknown.first(), parser.positionalArguments().value(0))) +
                     QStringLiteral(" 'stillroom-cli --help' tells what there is."));
    }
    if (parser.isSet(text("version")))
        return std::unexpected(Exit{0, QStringLiteral("stillroom-cli %1\n").arg(QStringLiteral(STILLROOM_VERSION))});
    if (parser.positionalArguments().isEmpty())
        return std::unexpected(Exit{parser.isSet(text("help")) ? 0 : 2, overview()});
    const QString name = parser.positionalArguments().first();
    const Command *command = commandNamed(name);
    if (!command)
        return usage(QStringLiteral("there is no command '%1'.%2").arg(name, closestCommands(name)));
    if (parser.isSet(text("help")))
        return std::unexpected(Exit{0, helpOf(*command)});
    if (const QString option = foreignOption(parser, *command); !option.isEmpty())
        return usage(QStringLiteral("%1 has no option %2. 'stillroom-cli %1 --help' tells what there is.").arg(name, option));
    const QStringList configurations = parser.values(text("config"));
    if (configurations.size() > 2 || (configurations.size() == 2 && isToml(configurations.first()) == isToml(configurations.last())))
        return usage(QStringLiteral("-c may be given twice, for one .ini file and one pyproject.toml."));
    CommandLine line = lineOf(parser, *command);
    if (const QString problem = wrongArguments(line, *command); !problem.isEmpty())
        return usage(problem);
    if (const QString problem = wrongOptions(line); !problem.isEmpty())
        return usage(problem);
    return line;
}

} // namespace stillroom::cli
