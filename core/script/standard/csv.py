# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "csv": reading.
import _stillroom

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


def reader(lines, dialect="excel", *, delimiter=",", quotechar='"', doublequote=True, skipinitialspace=False, **options):
    row = []
    field = ""
    in_quotes = False
    for line in lines:
        if not in_quotes:
            line = line.rstrip("\r\n") + "\n"
        index = 0
        while index < len(line):
            char = line[index]
            if in_quotes:
                if char == quotechar and doublequote and line[index + 1 : index + 2] == quotechar:
                    field += quotechar
                    index += 1
                elif char == quotechar:
                    in_quotes = False
                else:
                    field += char
            elif char == quotechar and not field:
                in_quotes = True
            elif char == delimiter:
                row.append(field)
                field = ""
            elif char == "\n":
                if row or field:
                    row.append(field)
                yield row
                row = []
                field = ""
            elif not (skipinitialspace and char == " " and not field):
                field += char
            index += 1
    if row or field:
        yield row + [field]


class DictReader:
    def __init__(self, lines, fieldnames=None, restkey=None, restval=None, **options):
        self._rows = reader(lines, **options)
        self._names = fieldnames
        self._rest = restkey, restval

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self._rows, None)
        return self._names

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self._rows)
        while not row:
            row = next(self._rows)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self._rest[0]] = row[len(names) :]
        for name in names[len(row) :]:
            made[name] = self._rest[1]
        return made


def writer(target, **options):
    _stillroom.stop("csv.writer writes, and scripts cannot write here")
