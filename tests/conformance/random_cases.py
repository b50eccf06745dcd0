# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements made at random, to be compared with what SQLAlchemy and Alembic print for them.

    random_cases.py SEED COUNT     prints COUNT cases, a paragraph each, for the names of probes_preamble.py

random.txt holds some of them; matrix.py makes its goldens with those of probes.txt. To compare others, put them there, make the
goldens anew and run tst_scripts. Not every case is one that SQLAlchemy can write; those count for nothing.
"""
import random
import sys

COLUMNS = {
    'rt': [('id', 'i'), ('b', 'b'), ('s', 's'), ('u', 'u'), ('d', 'd'), ('n', 'n')],
    'rv': [('id', 'i'), ('t_id', 'i'), ('b', 'b'), ('name', 's'), ('x', 'n'), ('ts', 'd'), ('j', 'j'), ('arr', 'a'), ('uid', 'g'), ('col', 'e')],
    'rw': [('id', 'i'), ('Order', 's'), ('k', 'i'), ('raw', 'y')],
}
LITERALS = {
    'i': ['0', '1', '5', '-3', '100'],
    'b': ['True', 'False', 'sa.true()', 'sa.false()'],
    's': ["'a'", '"it\'s"', "''", "'50%'", "'a:b'", "'x_y'"],
    'u': ["'z'", '7', 'None'],
    'd': ['sa.func.now()', 'sa.func.current_date()'],
    'n': ['1.5', '2', '0.25'],
    'j': ["{'a': 1}", "['x', None]", "'text'"],
    'a': ["['p', 'q']", '[]'],
    'g': ["uuid.UUID('12345678-1234-5678-1234-567812345678')"],
    'e': ["'red'", 'Color.green'],
    'y': ['sa.null()'],
}


class Cases:
    """One case: a statement and the assignments it needs before it."""

    def __init__(self, chance):
        self.chance = chance
        self.lines = []
        self.known = {table: [('%s.c.%s' % (table, name), kind) for name, kind in columns] for table, columns in COLUMNS.items()}

    def one(self, *choices):
        made = self.chance.choice(choices)
        return made() if callable(made) else made

    def often(self, share):
        return self.chance.random() < share

    def kept(self, text):
        name = 'q%d' % (len(self.lines) + 1)
        self.lines.append('%s = %s' % (name, text))
        return name

    def column(self, froms, kind=None):
        found = [column for each in froms for column in self.known[each] if kind is None or column[1] == kind]
        return self.chance.choice(found) if found else None

    def literal(self, kind):
        return self.one(*LITERALS[kind])

    def either(self, froms, kind, depth):
        return self.literal(kind) if self.often(.5) else self.element(froms, kind, depth)

    def element(self, froms, kind, depth):
        if depth <= 0 or self.often(.25) or kind in 'jageyu':
            column = self.column(froms, kind) or self.column(froms)
            if kind == 'u' and depth > 0 and self.often(.6):
                return self.one(lambda: 'sa.literal_column(%r)' % self.one('1', 'a.b', 'x + 1'),
                                lambda: 'sa.func.bar(%s)' % self.element(froms, 'i', depth - 1),
                                lambda: '%s.op(%r)(%s)' % (self.element(froms, 's', depth - 1), self.one('@@', '->>', '%', '|'), self.either(froms, 's', depth - 1)))
            if column is not None and self.often(.85):
                return column[0]
            return self.one('sa.literal(5)', "sa.literal('q')", 'sa.null()')
        return {'i': self.number, 'n': self.number, 's': self.text, 'd': self.moment, 'b': lambda f, k, d: self.condition(f, d)}[kind](froms, kind, depth)

    def number(self, froms, kind, depth):
        below = depth - 1
        return self.one(
            lambda: '(%s %s %s)' % (self.element(froms, 'i', below), self.one(*'+-*/%'), self.either(froms, 'i', below)),
            lambda: '(%s %s %s)' % (self.element(froms, 'n', below), self.one('+', '-', '*', '/', '//'), self.either(froms, 'n', below)),
            lambda: '(-%s)' % self.element(froms, kind, below),
            lambda: 'sa.func.%s(%s)' % (self.one('count', 'max', 'min', 'sum', 'abs', 'length', 'foo'), self.element(froms, self.one(*'isn'), below)),
            lambda: 'sa.func.coalesce(%s, %s)' % (self.element(froms, kind, below), self.literal(kind)),
            lambda: 'sa.cast(%s, sa.%s)' % (self.element(froms, self.one(*'isnu'), below), self.one('Integer', 'BigInteger', 'Numeric(10, 2)', 'Float', 'SmallInteger')),
            lambda: 'sa.case((%s, %s), else_=%s)' % (self.condition(froms, below), self.either(froms, kind, below), self.either(froms, kind, below)),
            lambda: 'sa.extract(%r, %s)' % (self.one('year', 'month', 'epoch'), self.element(froms, 'd', below)),
            lambda: self.scalar(froms),
            lambda: 'sa.type_coerce(%s, sa.Integer)' % self.element(froms, 's', below),
            lambda: 'sa.func.row_number().over(%s)' % self.one('order_by=%s' % self.element(froms, 'i', 0), 'partition_by=%s' % self.element(froms, 's', 0), ''),
            lambda: 'sa.func.count().filter(%s)' % self.condition(froms, below))

    def text(self, froms, kind, depth):
        below = depth - 1
        return self.one(
            lambda: '(%s + %s)' % (self.element(froms, 's', below), self.either(froms, 's', below)),
            lambda: '%s.concat(%s)' % (self.element(froms, 's', below), self.either(froms, 's', below)),
            lambda: 'sa.func.%s(%s)' % (self.one('lower', 'upper', 'trim', 'max', 'Foo', 'replace'), self.element(froms, 's', below)),
            lambda: 'sa.cast(%s, sa.%s)' % (self.element(froms, self.one(*'isnbu'), below), self.one('String', 'Text', 'String(10)', 'Unicode(5)')),
            lambda: 'sa.func.coalesce(%s, %s)' % (self.element(froms, 's', below), self.literal('s')),
            lambda: "%s.collate('C')" % self.element(froms, 's', below),
            lambda: "sa.case({1: 'one', 2: 'two'}, value=%s, else_=%s)" % (self.element(froms, 'i', below), self.either(froms, 's', below)),
            lambda: "%s['k']%s" % (self.column(['rv'], 'j')[0], self.one('', '.astext', "['l']", '.as_string()', '.as_integer()')) if 'rv' in froms else self.element(froms, 's', below),
            lambda: 'sa.func.substr(%s, 1, %s)' % (self.element(froms, 's', below), self.literal('i')))

    def moment(self, froms, kind, depth):
        return self.one(lambda: 'sa.func.%s(%s)' % (self.one('max', 'date_trunc', 'min'), self.element(froms, 'd', depth - 1)),
                        lambda: 'sa.cast(%s, sa.%s)' % (self.element(froms, 's', depth - 1), self.one('Date', 'DateTime', 'Time')), 'sa.func.now()')

    def scalar(self, froms):
        inner = self.one('rt', 'rv', 'rw')
        column = self.column([inner], 'i')[0]
        text = 'sa.select(%s)' % self.one(column, 'sa.func.count(%s)' % column, 'sa.func.max(%s)' % column)
        outer = self.column(froms, 'i') if froms else None
        if outer and self.often(.6):
            text += '.where(%s == %s)' % (self.column([inner], 'i')[0], outer[0])
        if self.often(.2):
            text += '.limit(1)'
        return text + '.scalar_subquery()'

    def condition(self, froms, depth):
        kind = self.one(*'isnbuge')
        below = depth - 1
        if depth <= 0:
            flag = self.column(froms, 'b')
            if flag and self.often(.3):
                return flag[0]
            column = self.column(froms, kind) or self.column(froms)
            return '(%s %s %s)' % (column[0], self.one('==', '!=', '<', '>='), self.literal(column[1] if column[1] not in 'duj' else 'i'))
        compared = kind if kind not in 'b' else 'i'
        return self.one(
            lambda: '(%s %s %s)' % (self.element(froms, kind, below), self.one('==', '!=', '<', '>', '<=', '>='), self.either(froms, compared, below)),
            lambda: 'sa.and_(%s, %s)' % (self.condition(froms, below), self.condition(froms, below)),
            lambda: 'sa.or_(%s, %s, %s)' % (self.condition(froms, below), self.condition(froms, below), self.condition(froms, below)),
            lambda: '(%s & %s)' % (self.condition(froms, below), self.condition(froms, below)),
            lambda: '(%s | %s)' % (self.condition(froms, below), self.condition(froms, below)),
            lambda: '(~%s)' % self.condition(froms, below),
            lambda: 'sa.not_(%s)' % self.condition(froms, below),
            lambda: '%s.%s(None)' % (self.element(froms, kind, below), self.one('is_', 'is_not')),
            lambda: '%s.%s(%s)' % (self.element(froms, self.one(*'bu'), below), self.one('is_', 'is_not'), self.one('True', 'False', 'sa.true()')),
            lambda: '(%s == None)' % self.element(froms, kind, below),
            lambda: '(%s == %s)' % (self.element(froms, 'b', below), self.literal('b')),
            lambda: '%s.%s([%s])' % (self.element(froms, compared, below), self.one('in_', 'not_in'), ', '.join(self.literal(compared) for _ in range(self.chance.randint(0, 3)))),
            lambda: '%s.%s(%s)' % (self.element(froms, 'i', below), self.one('in_', 'not_in'), self.select(below, 1)),
            lambda: '%s.%s(%s)' % (self.element(froms, 's', below), self.one('like', 'ilike', 'not_like', 'not_ilike', 'contains', 'startswith', 'endswith', 'icontains'), self.either(froms, 's', 0)),
            lambda: '%s.contains(%s, autoescape=True)' % (self.element(froms, 's', below), self.literal('s')),
            lambda: "%s.like(%s, escape='/')" % (self.element(froms, 's', below), self.literal('s')),
            lambda: '%s.between(%s, %s)' % (self.element(froms, 'i', below), self.either(froms, 'i', below), self.either(froms, 'i', below)),
            lambda: '%s.%s(%s)' % (self.element(froms, kind, below), self.one('is_distinct_from', 'is_not_distinct_from'), self.either(froms, compared, below)),
            lambda: 'sa.exists().where(%s)' % self.condition(froms + [self.one('rv', 'rw')], below),
            lambda: 'sa.exists(%s)' % self.select(below, 1),
            lambda: '%s.exists()' % self.select(below, 1),
            lambda: '(%s == sa.any_(%s))' % (self.element(froms, 'i', below), self.scalar([])),
            lambda: 'sa.text(%r)' % self.one('a = 1', "x LIKE 'y'"),
            lambda: 'sa.tuple_(%s, %s).in_([(1, 2), (3, 4)])' % (self.element(froms, 'i', 0), self.element(froms, 'i', 0)),
            lambda: 'sa.cast(%s, sa.Boolean)' % self.element(froms, 'i', below),
            lambda: self.one("rv.c.arr.any('p')", "rv.c.arr.contains(['p'])", "rv.c.arr.overlap(['p', 'q'])", "(rv.c.arr == ['p'])", "('p' == sa.any_(rv.c.arr))",
                             "rv.c.j.contains({'a': 1})", "rv.c.j.has_key('a')", "(rv.c.j['a'].astext == 'x')", "rv.c.j['a'].astext.cast(sa.Integer) > 5") if 'rv' in froms else self.condition(froms, 0),
            lambda: (self.column(froms, 'b') or ('(1 == %s)' % self.element(froms, 'i', 0),))[0],
            lambda: '%s.regexp_match(%s)' % (self.element(froms, 's', below), self.literal('s')))

    def source(self, depth):
        """What a SELECT is from: the names, and the text for select_from() where one is needed."""
        base = self.one(*COLUMNS)
        share = self.chance.random()
        if share < .5 or depth <= 0:
            return [base], None
        if share < .62:
            name = self.kept('%s.alias(%s)' % (base, self.one('', "'al'", "'A l'")))
            self.known[name] = [('%s.c.%s' % (name, column), kind) for column, kind in COLUMNS[base]]
            return [name], None
        if share < .8:
            text, columns = self.named_select(depth - 1)
            name = self.kept('%s.%s' % (text, self.one('subquery()', "subquery('sq')", "alias('al2')", 'cte()', "cte('c1')", "lateral('lat')", 'subquery()')))
            self.known[name] = [('%s.c.%s' % (name, column), kind) for column, kind in columns]
            return [name], None
        other = [self.one(*(table for table in COLUMNS if table != base))]
        return [base] + other, '%s.%s(%s, %s)' % (base, self.one('join', 'outerjoin'), other[0], self.condition([base] + other, 1))

    def named_select(self, depth):
        froms, joined = self.source(depth)
        columns, texts = [], []
        for number in range(self.chance.randint(1, 3)):
            if self.often(.5):
                text, kind = self.column(froms)
                name = text.split('.')[-1]
                if name in (known for known, _ in columns):
                    continue
            else:
                name, kind = 'e%d' % number, self.one(*'isnb')
                text = '%s.label(%r)' % (self.element(froms, kind, depth), name)
            columns.append((name, kind))
            texts.append(text)
        return 'sa.select(%s)%s%s' % (', '.join(texts), '.select_from(%s)' % joined if joined else '', self.tail(froms, depth)), columns

    def select(self, depth, count=None):
        froms, joined = self.source(depth)
        texts = []
        for _ in range(count or self.chance.randint(1, 4)):
            text = self.element(froms, self.one(*'isnbudjae'), depth)
            if self.often(.15):
                text = '%s.label(%r)' % (text, self.one('l1', 'l2', 'Total'))
            elif count is None and self.often(.1):
                text = self.kept(text)
                texts.append(text)
            texts.append(text)
        if count is None and self.often(.08) and froms[0] in COLUMNS:
            texts = [froms[0]]
        return 'sa.select(%s)%s%s' % (', '.join(texts), '.select_from(%s)' % joined if joined else '', self.tail(froms, depth))

    def tail(self, froms, depth):
        parts = [
            (.5, lambda: '.where(%s)' % self.condition(froms, depth)),
            (.15, lambda: '.where(%s, %s)' % (self.condition(froms, 0), self.condition(froms, 1))),
            (.15, lambda: '.group_by(%s)' % self.element(froms, self.one(*'isu'), 1)),
            (.08, lambda: '.having(%s)' % self.condition(froms, 1)),
            (.2, lambda: '.order_by(%s%s)' % (self.element(froms, self.one(*'isn'), 1), self.one('', '.desc()', '.asc()', '.desc().nulls_last()', '.nulls_first()'))),
            (.12, lambda: '.limit(%s)' % self.one('1', '10')),
            (.08, lambda: '.offset(1)'),
            (.08, lambda: '.distinct()'),
            (.03, lambda: '.with_for_update(%s)' % self.one('', 'nowait=True', 'skip_locked=True', 'read=True')),
        ]
        return ''.join(make() for share, make in parts if self.often(share))

    def assignments(self, table, depth):
        columns = [column for column in COLUMNS[table] if column[1] != 'd']
        self.chance.shuffle(columns)
        return ', '.join('%r: %s' % (name, self.either([table], kind, depth)) for name, kind in columns[:self.chance.randint(1, 3)])

    def rows(self, table):
        columns = [column for column in COLUMNS[table] if column[1] != 'd']
        self.chance.shuffle(columns)
        columns = columns[:self.chance.randint(1, 3)]
        plain = {'b': ['True', 'False'], 'u': ["'z'"]}
        return ['{%s}' % ', '.join('%r: %s' % (name, self.one(*plain.get(kind, LITERALS[kind]))) for name, kind in columns) for _ in range(2)]

    def statement(self, depth):
        table = self.one(*COLUMNS)
        share = self.chance.random()
        if share < .5:
            return self.select(depth)
        if share < .58:
            text, columns = self.named_select(depth)
            others = ['sa.select(%s)' % ', '.join((self.column([table], kind) or self.column([table]))[0] for _, kind in columns)]
            return 'sa.%s(%s)%s' % (self.one('union', 'union_all', 'intersect', 'except_'), ', '.join([text] + others), self.one('', '.limit(3)', '.order_by(%r)' % columns[0][0]))
        if share < .75:
            text = 'sa.update(%s).values({%s})' % (table, self.assignments(table, depth))
            return text + ('.where(%s)' % self.condition([table], depth) if self.often(.7) else '')
        if share < .83:
            return 'sa.delete(%s)%s' % (table, '.where(%s)' % self.condition([table], depth) if self.often(.8) else '')
        if share < .92:
            rows = self.rows(table)
            return self.one('sa.insert(%s).values([%s])' % (table, ', '.join(rows)), 'sa.insert(%s).values(%s)' % (table, rows[0]))
        text, columns = self.named_select(depth)
        return 'sa.insert(rv).from_select(%r, %s)' % ([name for name, _ in COLUMNS['rv']][:len(columns)], text)


def case(chance):
    made = Cases(chance)
    statement = made.statement(made.one(1, 2, 2, 3))
    return '\n'.join(made.lines + ['op.execute(%s)' % statement])


if __name__ == '__main__':
    source = random.Random(int(sys.argv[1]))
    print('\n\n'.join(case(source) for _ in range(int(sys.argv[2]))))
