# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "csv": the dialect excel and its options.

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


def reader(lines, dialect="excel", *, delimiter=",", quotechar='"', doublequote=True, skipinitialspace=False, **options):
    row = []
    field = ""
    in_quotes = was_quoted = False
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
            elif char == quotechar and not field and not was_quoted:
                in_quotes = was_quoted = True
            elif char == delimiter:
                row.append(field)
                field = ""
                was_quoted = False
            elif char == "\n":
                if row or field or was_quoted:
                    row.append(field)
                yield row
                row = []
                field = ""
                was_quoted = False
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


class writer:
    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"', quoting=QUOTE_MINIMAL, lineterminator="\r\n"):
        self._file = csvfile
        self._delimiter = delimiter
        self._quote = quotechar
        self._quoting = quoting
        self._end = lineterminator
        if quoting not in (QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC):
            raise NotImplementedError("csv.writer without quotes is not evaluated")

    def _field(self, value, is_only):
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        special = any(each in text for each in (self._delimiter, self._quote, "\r", "\n")) or is_only and not text
        if special or self._quoting == QUOTE_ALL or self._quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)):
            return self._quote + text.replace(self._quote, self._quote * 2) + self._quote
        return text

    def writerow(self, row):
        row = list(row)
        return self._file.write(self._delimiter.join(self._field(value, len(row) == 1) for value in row) + self._end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", *args, **options):
        self.fieldnames = fieldnames
        self._rest = restval
        self._action = extrasaction
        self.writer = writer(f, *args, **options)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def writerow(self, rowdict):
        wrong = [key for key in rowdict if key not in self.fieldnames]
        if wrong and self._action == "raise":
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(each) for each in wrong))
        return self.writer.writerow([rowdict.get(key, self._rest) for key in self.fieldnames])

    def writerows(self, rowdicts):
        for each in rowdicts:
            self.writerow(each)
