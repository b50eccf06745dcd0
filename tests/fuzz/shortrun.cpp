// SPDX-License-Identifier: GPL-3.0-or-later
#include <QByteArray>
#include <QDirIterator>
#include <QFile>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);

/// A fuzz target run without libFuzzer: the seeds as they are, then a fixed number of changed ones, the same on every machine.
///     PROGRAM COUNT PATTERN FOLDER...     seeds: the files of the folders that the pattern matches
namespace {

constexpr qsizetype kLongestSeed = 4000;

std::vector<QByteArray> seedsOf(const QStringList &folders, const QString &pattern)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator each(folder, pattern.split(QLatin1Char(',')), QDir::Files, QDirIterator::Subdirectories);
        while (each.hasNext())
            files.append(each.next());
    }
    files.sort(); // a folder's own order differs from disk to disk
    std::vector<QByteArray> seeds;
    for (const QString &name : files) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            seeds.push_back(file.readAll());
    }
    return seeds;
}

class Mutator {
public:
    explicit Mutator(const std::vector<QByteArray> &seeds) : m_seeds(seeds) {}

    QByteArray next()
    {
        QByteArray text = any().left(kLongestSeed);
        for (std::size_t changes = 1 + below(6); changes > 0; --changes)
            change(text);
        return text;
    }

private:
    // mt19937 is specified to the bit, the distributions of <random> are not.
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    const QByteArray &any() { return m_seeds[below(m_seeds.size())]; }
    qsizetype place(const QByteArray &text) { return static_cast<qsizetype>(below(static_cast<std::size_t>(text.size()) + 1)); }
    qsizetype length() { return static_cast<qsizetype>(1 + below(40)); }

    void change(QByteArray &text)
    {
        static const char *const kWords[] = {
            "(", ")", "[", "]",  "{",      "}",     "\"",     "'",   "\"\"\"", "f'",    "\\",   "\n",    "\n    ", "\t", ":",
            "=", "%", "#", "**", "lambda", "async", "yield ", "if ", "else:",  "for ",  "def ", "class", "return", "0x", "1e9",
            "j", "_", "@", "*",  "\xc3",   "\xff",  "%(x)s",  "%%",  "[[",     "match", "->",   ":=",    "...",    "~",  "9999999999"};
        switch (below(6)) {
        case 0:
            if (!text.isEmpty())
                text[static_cast<qsizetype>(below(static_cast<std::size_t>(text.size())))] = static_cast<char>(below(256));
            return;
        case 1:
            text.remove(place(text), length());
            return;
        case 2:
            text.insert(place(text), text.mid(place(text), length()));
            return;
        case 3:
            text.insert(place(text), kWords[below(std::size(kWords))]);
            return;
        case 4: {
            const QByteArray &other = any();
            text.insert(place(text), other.mid(place(other), length() * 4));
            return;
        }
        default:
            text.truncate(place(text));
            return;
        }
    }

    const std::vector<QByteArray> &m_seeds;
    std::mt19937 m_random{20'240'229};
};

void run(const QByteArray &text)
{
    (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size()));
}

} // namespace

int main(int count, char **values)
{
    if (count < 4)
        return EXIT_FAILURE;
    QStringList folders;
    for (int i = 3; i < count; ++i)
        folders.append(QString::fromLocal8Bit(values[i]));
    const std::vector<QByteArray> seeds = seedsOf(folders, QString::fromLocal8Bit(values[2]));
    if (seeds.empty()) {
        std::fputs("no seeds\n", stderr);
        return EXIT_FAILURE;
    }
    for (const QByteArray &seed : seeds)
        run(seed);
    Mutator mutator(seeds);
    const long mutations = std::strtol(values[1], nullptr, 10);
    for (long i = 0; i < mutations; ++i)
        run(mutator.next());
    std::printf("%zu seeds, %ld mutations\n", seeds.size(), mutations);
    return EXIT_SUCCESS;
}
