import textwrap
print(textwrap.dedent('''
    a
      b

    c
  '''), repr(textwrap.dedent('\tx\n\t y')), repr(textwrap.dedent('  a\n\tb')), repr(textwrap.indent('a\n\nb', '> ')), repr(textwrap.indent('a\n\nb', '> ', lambda l: True)))
print(textwrap.wrap('The quick brown fox jumped over the lazy dog', 15), textwrap.wrap('supercalifragilisticexpialidocious yes', 10), textwrap.wrap('well-known hyphen-ated wo-rds a--b', 9), textwrap.wrap('', 5), textwrap.wrap('  lead and   inner  ', 8), textwrap.wrap('a\tb\nc', 4))
print(textwrap.fill('one two three four', 9, initial_indent='* ', subsequent_indent='  '), textwrap.shorten('Hello  world wide!', 12), textwrap.shorten('Hello world', 11), textwrap.shorten('Hello world', 8, placeholder='..'), textwrap.wrap('aaaa bbbb cccc dddd', 9, max_lines=1), textwrap.wrap('long-word-here', 6, break_on_hyphens=False), textwrap.wrap('abcdefghij', 4, break_long_words=False), textwrap.wrap('One. Two', 20, fix_sentence_endings=True))
#%%
import json
print(json.dumps({'a': [1, 2.5, None, True, 'é"\n\u2028😀'], 'b': {}, 'c': [], 1: 2, None: 3, True: 4, 1.5: 5}), json.dumps('é', ensure_ascii=False), json.dumps([1, {'b': 1, 'a': 2}], indent=2, sort_keys=True), json.dumps([1, 2], separators=(',', ':')), json.dumps({'a': []}, indent=0), json.dumps({'x': [1]}, indent='\t'), json.dumps((1, (2,))), json.dumps(float('inf')), json.dumps(1e22), json.dumps(-0.0), json.dumps([]), json.dumps({}, indent=2), json.dumps('\x7f\x1f/'))
print(json.dumps({1, 2} and object, default=lambda o: 'D'), json.dumps({(1, 2): 3}, skipkeys=True), json.loads('{"a": [1, 2.50, -0, 1e3, "\\u00e9\\ud83d\\ude00", null, true, NaN, -Infinity]}'), json.loads('"\\/\\b"'), json.loads(b'[1]'), json.loads(' 5 '), json.loads('[1.0, 10000000000000000000000]'), json.loads('{"a":1,"a":2}'), json.loads('1', parse_int=str), json.loads('[1.5]', parse_float=str), json.loads('{"a":1}', object_hook=lambda d: list(d)), json.loads('{"a":1}', object_pairs_hook=list))
class E(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({'s': {2, 1}}, cls=E), json.JSONEncoder(indent=1).encode([1]), json.JSONDecoder().decode('[1]'), list(json.JSONEncoder().iterencode([1, 2])) != [])
for bad in ('', '{', "{'a':1}", 'nul', '"\n"', '[1] 2', '01', '"\\x"', '{"a"}', '{1:2}', '[', '"abc', '-'):
    try: print(json.loads(bad))
    except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, isinstance(e, ValueError))
json.dumps(object())
#%%
import json
json.dumps({(1, 2): 3})
#%%
import json
json.dumps(float('nan'), allow_nan=False)
#%%
import uuid
u = uuid.UUID('12345678123456781234567812345678'); print(u, repr(u), u.hex, u.int, u.bytes, u.fields, u.urn, u.version, u.variant, str(u), uuid.UUID(int=5), uuid.UUID(bytes=b'a' * 16), uuid.UUID('{12345678-1234-5678-1234-567812345678}') == u, u < uuid.UUID(int=5), hash(u) == hash(uuid.UUID(str(u))), uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'), uuid.NAMESPACE_OID, uuid.uuid5(u, 'é').version, len(str(uuid.uuid4())), uuid.UUID('urn:uuid:12345678-1234-5678-1234-567812345678').hex[:4], '%s' % u, f'{u}', u.bytes_le, u.time_low, u.node, sorted([u, uuid.UUID(int=1)])[0].int, {u: 1}[uuid.UUID(int=u.int)], isinstance(uuid.uuid1(), uuid.UUID), uuid.UUID(fields=(1, 2, 3, 4, 5, 6)))
uuid.UUID('xyz')
#%%
from datetime import *
d = date(2024, 2, 29); t = time(13, 5, 9, 120); dt = datetime(2024, 2, 29, 13, 5, 9, 120)
print(d, repr(d), t, repr(t), dt, repr(dt), d + timedelta(days=366), d - date(2023, 1, 1), d.weekday(), d.isoweekday(), d.isocalendar(), d.isoformat(), d.timetuple()[:6], d.toordinal(), date.fromordinal(738000), d.replace(year=2020), d.strftime('%Y/%m/%d %a %A %b %B %j %U %W %y %%'), d < date(2025, 1, 1), d.ctime())
print(dt + timedelta(hours=30), dt - timedelta(microseconds=121), dt - datetime(2024, 1, 1), dt.date(), dt.time(), dt.isoformat(), dt.isoformat(' ', 'seconds'), dt.isoformat(timespec='milliseconds'), dt.strftime('%H:%M:%S.%f %I %p %Z|%z|%c|%x|%X'), dt.replace(minute=0, tzinfo=timezone.utc), dt.timestamp() if 0 else '', datetime.combine(d, t), datetime.min, datetime.max, date.max, dt.weekday(), datetime(2024, 1, 1).isoformat(), str(datetime(2024, 1, 1)))
print(datetime.fromisoformat('2024-01-02T03:04:05.678+05:30'), datetime.fromisoformat('2024-01-02'), datetime.fromisoformat('20240102T030405Z'), date.fromisoformat('2024-12-31'), time.fromisoformat('04:05'), datetime.strptime('2024-03-01 10:20:30', '%Y-%m-%d %H:%M:%S'), datetime.strptime('1 Jan 24 3PM', '%d %b %y %I%p'), datetime.strptime('2024-01-01T00:00:00+0200', '%Y-%m-%dT%H:%M:%S%z'))
td = timedelta(days=-1, hours=5, minutes=3, milliseconds=7); print(td, repr(td), td.days, td.seconds, td.microseconds, td.total_seconds(), -td, abs(td), td * 2, td / 2, td // timedelta(hours=1), td % timedelta(hours=1), divmod(td, timedelta(hours=5)), timedelta(weeks=1), timedelta(0), bool(timedelta(0)), timedelta(1.5), timedelta(seconds=0.1), timedelta.max, timedelta(1) < timedelta(2), sum([timedelta(1), timedelta(2)], timedelta()), timedelta(days=1) * 1.5, str(timedelta(days=2, seconds=5)), timedelta(1) == timedelta(hours=24), hash(timedelta(1)) == hash(timedelta(hours=24)), timedelta(hours=1) / timedelta(minutes=1))
tz = timezone(timedelta(hours=5, minutes=30)); a = datetime(2024, 1, 1, 12, tzinfo=tz); print(a, repr(a), a.utcoffset(), a.tzname(), a.astimezone(timezone.utc), a == datetime(2024, 1, 1, 6, 30, tzinfo=timezone.utc), a - datetime(2024, 1, 1, tzinfo=timezone.utc), timezone.utc, repr(timezone.utc), timezone(timedelta(hours=-3), 'BRT').tzname(None), str(tz), a.isoformat(), a.timestamp(), datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1.5, tz), a.strftime('%z %Z'), a.utctimetuple()[:5], UTC is timezone.utc, a.timetz(), time(1, 2, tzinfo=timezone.utc), datetime.utcfromtimestamp(86400), f'{dt:%Y-%m}', f'{d}', '{:%H}'.format(dt), format(d, ''))
for f in (lambda: date(2023, 2, 29), lambda: datetime(2024, 1, 1, 25), lambda: d - dt, lambda: dt < a, lambda: dt - a, lambda: d + 5, lambda: date.max + timedelta(1), lambda: datetime.fromisoformat('nope'), lambda: datetime.strptime('x', '%Y'), lambda: timedelta(10 ** 10), lambda: timezone(timedelta(days=1)), lambda: d < 5, lambda: dt == a, lambda: d == dt, lambda: date(0, 1, 1), lambda: time(24)):
    try: print(f())
    except Exception as e: print(type(e).__name__)
#%%
import os, os.path
print(os.path.join('a', 'b', '/c', 'd'), os.path.join('a/', ''), os.path.join('a'), os.path.dirname('/a/b/c.txt'), os.path.basename('/a/b/'), os.path.splitext('a.tar.gz'), os.path.splitext('.bashrc'), os.path.splitext('a.b/c'), os.path.split('/a/b'), os.path.normpath('a//b/../c/./d'), os.path.normpath(''), os.path.normpath('//a'), os.path.normpath('../x'), os.path.isabs('/a'), os.path.dirname('a'), os.path.dirname('/'), os.path.split('/'), os.path.commonpath(['/a/b', '/a/c']), os.path.commonprefix(['abc', 'abd']), os.path.relpath('/a/b', '/a/c'), os.sep, os.linesep, os.extsep, os.curdir, os.pardir, os.pathsep, os.path.sep, os.fspath('x'), os.path.normcase('A'), os.path.dirname(os.path.dirname('a/b/c')), os.name, os.path.splitdrive('a/b'))
#%%
from pathlib import Path, PurePath, PurePosixPath
p = Path('/a/b') / 'c.tar.gz'; print(p, repr(PurePosixPath('x')), p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parents[1], list(p.parents), p.parts, p.with_suffix('.txt'), p.with_name('q'), p.with_stem('z'), p.is_absolute(), p.relative_to('/a'), p.joinpath('x', 'y'), p == Path('/a/b/c.tar.gz'), str(p), p.as_posix(), p.root, p.anchor, Path('a//b/./c/'), Path('.'), Path(''), Path('a') / '..' / 'b', 'x' / Path('y'), Path('a', 'b', 'c'), hash(p) == hash(Path(str(p))), Path('a') < Path('b'), p.match('*.gz'), Path('/a').joinpath('/b'), PurePath('a.b.').suffix, Path('a/b').is_relative_to('a'), Path('..').name, Path('/').name, Path('.x').suffix, p.as_uri(), f'{p}', len(p.parts), sorted([Path('b'), Path('a')]), Path('a').with_suffix(''), Path('~').name)
Path('a/b').relative_to('c')
#%%
import re
re.match('a', b'a')
#%%
from itertools import *
print(list(chain('ab', [1])), list(chain.from_iterable(['ab', 'c'])), list(islice(count(5, 2), 3)), list(islice(cycle('ab'), 5)), list(repeat(1, 3)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([1, 2], initial=10)), list(compress('abc', [1, 0, 1])), list(dropwhile(lambda x: x < 2, [1, 2, 1])), list(takewhile(lambda x: x < 2, [1, 2, 1])), list(filterfalse(None, [0, 1])), [(k, list(g)) for k, g in groupby('aabba')], [(k, list(g)) for k, g in groupby([1, 2, 4], key=lambda x: x % 2)], list(islice('abcdef', 2, None, 2)), list(islice('abc', 2)), list(islice('abc', 0)), list(pairwise('abc')), list(starmap(pow, [(2, 3)])), [list(x) for x in tee([1, 2])], list(zip_longest('ab', 'c', fillvalue='-')), list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(permutations('abc', 2)), list(permutations([1, 2])), list(combinations('abc', 2)), list(combinations_with_replacement('ab', 2)), list(product()), list(combinations('a', 2)), list(permutations('ab', 3)), next(count(1.5, .5)), list(islice(count(10, -1), 2)), list(zip(count(), 'ab')), repeat(5).__next__(), list(map(pow, [2, 3], repeat(2))))
g = groupby('aab'); k, it = next(g); next(g); print(list(it)); a, b = tee(iter([1, 2])); next(a); print(list(b), list(a)); i = iter([1, 2, 3]); print(list(islice(i, 1)), next(i))
list(islice('abc', -1))
#%%
from collections import *
o = OrderedDict(a=1, b=2); o.move_to_end('a'); print(list(o.items()), o.popitem(last=False), o == {'a': 1}, OrderedDict([('a', 1), ('b', 2)]) == OrderedDict([('b', 2), ('a', 1)]), list(reversed(OrderedDict(a=1, b=2))), list(o.copy()), list(o | {'z': 1}), repr(OrderedDict()))
d = defaultdict(list, x=[1]); d['y'].append(2); print(d, d.get('q'), 'q' in d, dict(d), d.default_factory, defaultdict(int)['a'], d.copy(), defaultdict(lambda: 5)[1])
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c + Counter('ab'), c - Counter('aaaaaa'), c & Counter('aab'), c | Counter('zz'), sorted(c.elements()), c.total(), Counter(a=1, b=-1), +Counter(a=1, b=-1), Counter({'x': 2}) == Counter('xx'), c.most_common()[-1], list(Counter('aab')), Counter('ab') <= Counter('aab')); c.update('aa'); c.subtract('b'); print(c, dict(c)); del c['zzz']
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.maxlen, q.popleft(), q.pop(), list(q), len(q)); q.extend([7, 8, 9]); q.rotate(1); print(q, q[0], q.index(8), q.count(9)); q.extendleft('ab'); q.reverse(); q.remove('a'); print(q, deque('ab') + deque('c'), deque([1]) == deque([1]), q.copy(), bool(deque()), 'b' in q, deque('abc', 2)); q.insert(1, 'i'); q.clear(); print(q, deque([1, 2]) * 2)
m = ChainMap({'a': 1}, {'a': 2, 'b': 3}); m['c'] = 4; print(m['a'], m['b'], m.maps, dict(m), len(m), m.new_child({'z': 0})['z'], m.parents, 'q' in m, list(m), m.get('q', 0))
class U(UserDict):
    def __setitem__(s, k, v): super().__setitem__(k, v * 2)
u = U(a=1); u['b'] = 2; print(u, u.data, UserList([1, 2])[0], UserString('ab').upper() + 'c')
deque().pop()
#%%
from collections.abc import *
import typing
print([isinstance(x, t) for x in ([], (), {}, set(), 'a', b'', 1, None, range(1), (i for i in ()), {}.keys(), len, int, frozenset()) for t in (Iterable, Sequence, Mapping, Set, Callable, Hashable, Sized, Container, Iterator, Collection, MutableSequence, MutableMapping, Generator, Reversible)].count(True))
for x in ([], (), {}, set(), 'a', b'', 1, None, range(1), (i for i in ()), {}.keys(), len, int, frozenset(), {}.items(), bytearray()): print(type(x).__name__, [t.__name__ for t in (Iterable, Sequence, Mapping, Set, Callable, Hashable, Sized, Container, Iterator, Collection, MutableSequence, MutableMapping, Generator, Reversible, KeysView) if isinstance(x, t)])
class S(Sequence):
    def __getitem__(s, i): return 'abc'[i]
    def __len__(s): return 3
print(list(S()), 'b' in S(), S().index('c'), S().count('a'), list(reversed(S())), isinstance(S(), Iterable))
class M(MutableMapping):
    def __init__(s): s.d = {}
    def __getitem__(s, k): return s.d[k]
    def __setitem__(s, k, v): s.d[k] = v
    def __delitem__(s, k): del s.d[k]
    def __iter__(s): return iter(s.d)
    def __len__(s): return len(s.d)
m = M(); m['a'] = 1; m.update(b=2); print(dict(m), m.get('z', 0), m.pop('a'), list(m.items()), m == {'b': 2}, m.setdefault('q', 5), 'q' in m, list(m.values()), {**m})
class Q:
    def __iter__(s): return iter([])
    def __len__(s): return 0
    def __contains__(s, x): return False
print(isinstance(Q(), Collection), isinstance(Q(), Sequence), issubclass(list, typing.Sequence), isinstance([], typing.List), isinstance({}, typing.Mapping), issubclass(dict, Mapping))
Sequence()
#%%
import string
print(string.ascii_letters, string.digits, string.punctuation, string.Template('$a ${b}c $$ $x').safe_substitute(a=1, b=2), string.Template('$a').substitute({'a': 5}), string.capwords('hello  wORLD'), string.Formatter().format('{0} {a!r:>5}', 1, a='x'), string.hexdigits, repr(string.whitespace), string.Template('$a').template)
class T(string.Template): delimiter = '%'
print(T('%a').substitute(a=1))
string.Template('$a').substitute()
#%%
from decimal import *
D = Decimal
print(D('1.10') + D('2.2'), D('1') / D('3'), D('1.0') * D('2.00'), D(5) // D(2), D(-5) // D(2), D(-5) % D(3), divmod(D(7), D(2)), D(2) ** 10, D(2) ** -1, D('2') ** D('0.5'), D('1e3'), D('1E+3').normalize(), D('100').normalize(), D('1.20').normalize(), D('-0'), D('NaN'), D('Infinity'), -D('Infinity'), D('1e-7'), D('0.000001'), D('0.0000001'), D('123456789012345678901234567890.5') + 1, D(0.1), D((1, (1, 2, 3), -2)), D('  1.5 '), D('1_000'), D(10) ** 30)
print(D('2.675').quantize(D('.01')), D('2.665').quantize(D('0.01'), ROUND_HALF_UP), D('2.5').quantize(D('1'), rounding=ROUND_DOWN), D('-2.5').quantize(D(1), ROUND_FLOOR), D('2.1').quantize(D(1), ROUND_CEILING), D('2.5').quantize(D(1), ROUND_HALF_DOWN), D('7.1').quantize(D(1), ROUND_UP), D('7.05').quantize(D('.1'), ROUND_05UP), round(D('2.5')), round(D('2.675'), 2), int(D('3.9')), float(D('1.5')), str(D('1.50')), repr(D('1.50')), D('1.5') == 1.5, D('1.0') == D('1'), D('1') == 1, D('1') < 2, D('1.5') > 1.4, hash(D('1.0')) == hash(1), bool(D('0.0')), abs(D('-1.5')), -D('1.5'), +D('1.5'), max(D(1), D(2)), sum([D('.1')] * 3), D('1.23').as_tuple(), D('1.5').as_integer_ratio(), D('12').sqrt(), D('1.23').to_integral_value(), D('1e2').to_integral(), D('15.7').__floor__() if 0 else 15)
import math; print(math.floor(D('1.7')), math.ceil(D('1.2')), math.trunc(D('-1.7')), D('3').compare(D('4')), D('1.5').is_nan(), D('Inf').is_infinite(), D('1').is_signed(), D('1').is_zero(), D('12.30').adjusted(), D('1').copy_sign(D('-2')), D('12.5').scaleb(2), D(100).ln() if 0 else '', D('1.5').fma(2, 3), D('5').remainder_near(3), D('1.234').number_class() if 0 else '', D.from_float(0.5), D('1').next_plus() if 0 else '', D('1e5').to_eng_string())
print(f'{D("1234567.891"):,.2f}', f'{D("1.5"):.0f}', f'{D("2.5"):.0f}', f'{D("1.5")}', f'{D("1.5"):>8}', f'{D("0.00001234"):e}', f'{D("12345"):.2e}', f'{D("0.5"):%}', f'{D("1.50"):g}', '%s %.2f %d' % (D('1.5'), D('1.5'), D('1.5')), f'{D("1e10"):f}', f'{D("-3"):+}', f'{D("3"):08.2f}', f'{D("3.14159"):.3}')
getcontext().prec = 5; print(D(1) / 3, D('1.23456789') + 0, getcontext().prec); getcontext().prec = 28
with localcontext() as ctx:
    ctx.prec = 3; ctx.rounding = ROUND_UP; print(D(1) / 3)
print(D(1) / 3, Context(prec=4).divide(D(2), D(3)), Context(prec=2).create_decimal('1.256'), D('1') + True, D('1').conjugate(), D('1.5').real)
for f in (lambda: D('x'), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D(1) + 1.5, lambda: D('nan') < 1, lambda: D(1) % 0, lambda: int(D('inf')), lambda: D('1e30').quantize(D('.01')), lambda: D([1]), lambda: D(-1).sqrt()):
    try: print(f())
    except Exception as e: print(type(e).__name__)
#%%
import math
print(math.pi, math.e, math.inf, math.nan, math.tau, math.sqrt(2), math.ceil(1.2), math.floor(-1.2), math.trunc(-1.7), math.fabs(-1), math.factorial(20), math.gcd(12, 18), math.lcm(4, 6), math.comb(5, 2), math.perm(5, 2), math.pow(2, 3), math.exp(1), math.log(10), math.log2(8), math.log10(1000), math.log(8, 2), math.log1p(1e-10), math.expm1(1e-10), math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2), math.asin(1), math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1), math.copysign(1, -0.0), math.fmod(-5, 3), math.modf(1.5), math.frexp(8), math.ldexp(1, 3), math.fsum([.1] * 10), math.prod([1, 2, 3]), math.isqrt(17), math.dist([0, 0], [3, 4]), math.gamma(5), math.erf(1), math.remainder(5, 3), math.sinh(1), math.cbrt(27), math.ulp(1.0), math.nextafter(1, 2), math.gcd(), math.gcd(2 ** 70, 2 ** 65), math.floor(1e20), math.isqrt(10 ** 40), math.factorial(0), math.exp2(3), math.sumprod([1, 2], [3, 4]) if hasattr(math, 'sumprod') else 11)
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.floor(math.nan), lambda: math.gcd(1.5), lambda: math.sqrt('a'), lambda: math.pow(0, -1), lambda: math.acos(2), lambda: math.comb(-1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__)
#%%
import hashlib, base64, binascii, hmac, zlib
print(hashlib.md5(b'a').hexdigest(), hashlib.sha1(b'a').hexdigest(), hashlib.sha256(b'a').digest()[:4], hashlib.new('sha512', b'a').hexdigest()[:10], hashlib.sha3_256(b'').hexdigest()[:8], hashlib.sha256('é'.encode()).hexdigest()[:8], hashlib.sha256().name, hashlib.md5().digest_size, hashlib.md5().block_size, hashlib.sha224(b'x').hexdigest()[:6])
h = hashlib.sha256(); h.update(b'a'); h.update(b'b'); print(h.hexdigest() == hashlib.sha256(b'ab').hexdigest(), h.copy().hexdigest()[:4])
print(base64.b64encode(b'\xff\xfe'), base64.b64decode('//4='), base64.urlsafe_b64encode(b'\xff\xfe'), base64.urlsafe_b64decode('__4='), base64.b32encode(b'ab'), base64.b16encode(b'ab'), base64.b32decode('MFRA===='), base64.encodebytes(b'a' * 60), base64.decodebytes(b'YQ==\n'), base64.standard_b64encode(b''), base64.b64decode(b'YW Jj'), base64.b85encode(b'abc') if 0 else '')
print(binascii.hexlify(b'ab'), binascii.unhexlify('6162'), binascii.crc32(b'abc'), zlib.crc32(b'abc'), binascii.b2a_hex(b'a'), hmac.new(b'k', b'm', 'sha256').hexdigest()[:10], hmac.compare_digest('a', 'a'), zlib.adler32(b'abc'))
base64.b64decode('a')
#%%
import hashlib
hashlib.md5('a')
#%%
import hashlib
hashlib.new('nope')
#%%
import copy
a = [1, [2, {'k': [3]}], (4, [5])]; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); a[2][1].append(7); print(b, c, copy.copy((1,)), copy.deepcopy({1: [2]}))
class A:
    def __init__(s): s.x = [1]; s.me = s
o = A(); p = copy.deepcopy(o); q = copy.copy(o); print(p.me is p, p.x is o.x, q.x is o.x, q.me is o)
class B:
    def __copy__(s): return 'copied'
    def __deepcopy__(s, memo): return 'deep'
print(copy.copy(B()), copy.deepcopy([B()]), copy.deepcopy(len) is len, copy.deepcopy(A) is A)
l = [1]; m = copy.deepcopy([l, l]); print(m[0] is m[1]); l.append(l); n = copy.deepcopy(l); print(n[1] is n)
from collections import *; print(dict(copy.deepcopy(OrderedDict(a=[1]))), copy.deepcopy(defaultdict(list, a=[1])), copy.copy(deque([1])), copy.deepcopy(Counter('a')), copy.deepcopy(namedtuple('N', 'a')([1])))
from datetime import *; from decimal import *; import uuid; print(copy.deepcopy([datetime(2024, 1, 1), Decimal('1.5'), uuid.UUID(int=1), timezone.utc, timedelta(1)]))
#%%
import operator as op
print(op.itemgetter(1)([1, 2]), op.itemgetter('a', 'b')({'a': 1, 'b': 2}), op.attrgetter('real')(5), op.attrgetter('__class__.__name__')(5), op.methodcaller('upper')('a'), op.add(1, 2), op.mul('a', 2), op.contains([1], 1), op.getitem([1], 0), op.truth([]), op.not_(1), op.neg(1), op.concat([1], [2]), op.floordiv(7, 2), op.xor(1, 3), op.itemgetter(slice(1))('abc'), op.countOf([1, 1], 1), op.indexOf([1, 2], 2), op.is_(None, None), op.pow(2, 3), op.matmul if 0 else '', op.iadd([1], [2]), op.lt(1, 2), op.index(5), op.inv(1), op.attrgetter('real', 'imag')(5), op.ior({1}, {2}), op.length_hint([1]), sorted([(1, 2), (0, 3)], key=op.itemgetter(1)))
#%%
import html, heapq, bisect, fnmatch, calendar, shlex, numbers, fractions, urllib.parse as up, keyword, stat if 0 else html
#%%
import html, heapq, bisect, fnmatch, numbers, urllib.parse as up
print(html.escape('<a b="c">\'&'), html.unescape('&lt;&amp;&#39;&eacute;&nbsp;&#x41;'), html.escape('"', quote=False))
h = [3, 1, 2]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), h, heapq.nlargest(2, [1, 3, 2]), heapq.nsmallest(2, [3, 1, 2], key=lambda x: -x), list(heapq.merge([1, 4], [2, 3])), heapq.heappushpop(h, 5), heapq.heapreplace(h, 9))
print(bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2)); l = [1, 3]; bisect.insort(l, 2); print(l, bisect.bisect_left([(1, 'a'), (2, 'b')], 2, key=lambda t: t[0]))
print(fnmatch.fnmatch('a.py', '*.py'), fnmatch.filter(['a', 'b'], '[ac]'), fnmatch.fnmatchcase('A', 'a'), fnmatch.translate('a?') != '')
print(isinstance(1, numbers.Number), isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), isinstance('a', numbers.Number), isinstance(1j, numbers.Complex), isinstance(True, numbers.Integral))
print(up.urlparse('http://u:p@h:80/p;x?q=1#f'), up.urlparse('http://u:p@h:80/').hostname, up.quote('a b/é?'), up.quote_plus('a b&'), up.unquote('a%20b%C3%A9'), up.urlencode({'a': 1, 'b': 'x y'}), up.parse_qs('a=1&a=2&b='), up.parse_qsl('a=1&b=2'), up.urljoin('http://a/b/c', '../d'), up.urlsplit('a//b').geturl(), up.unquote_plus('a+b'), up.quote('a/b', safe=''), up.urlunparse(('http', 'h', '/p', '', 'q', '')), up.urlparse('http://h:80/').port)
#%%
import calendar, shlex, fractions
print(calendar.monthrange(2024, 2)[1], calendar.isleap(2024), calendar.month_name[1], calendar.day_abbr[0], calendar.leapdays(2000, 2020), calendar.timegm((2024, 1, 1, 0, 0, 0)))
print(shlex.quote("a'b c"), shlex.split('a "b c" d\\ e'), shlex.join(['a', 'b c']))
F = fractions.Fraction; print(F(1, 3) + F(1, 6), F('0.25'), F(0.5), F(3, -6), float(F(1, 3)), repr(F(1, 2)), F(7, 2) // 1, round(F(7, 2)), F(1, 2) ** 2, F(1, 3).limit_denominator(2), F(5).numerator, F(1, 2) == 0.5, F(1, 2) < F(2, 3), hash(F(2, 1)) == hash(2))
#%%
import io
s = io.StringIO(); s.write('ab'); print('x', file=s); print(repr(s.getvalue()), s.tell()); s.seek(0); print(s.read(1), s.readline(), io.StringIO('a\nb').readlines(), list(io.StringIO('a\nb')), io.BytesIO(b'ab').read())
with io.StringIO('q') as f: print(f.read(), f.read())
import csv; r = csv.reader(io.StringIO('a,b\n"x,1","y""z"\n')); print(list(r), list(csv.DictReader(['a,b', '1,2']))); o = io.StringIO(); w = csv.writer(o); w.writerow(['a', 'b,c', 'd"e', 1, None]); print(repr(o.getvalue()))
#%%
import types, inspect, numbers
n = types.SimpleNamespace(a=1); n.b = 2; print(n, n.a, n == types.SimpleNamespace(a=1, b=2), types.MappingProxyType({'a': 1})['a'], isinstance(lambda: 1, types.FunctionType), isinstance(len, types.BuiltinFunctionType), types.NoneType is type(None), isinstance((i for i in ()), types.GeneratorType))
print(inspect.isclass(int), inspect.isfunction(lambda: 1), inspect.cleandoc('a\n  b'))
#%%
import sys
print(sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major, sys.maxsize, sys.byteorder, sys.platform, isinstance(sys.argv, list), isinstance(sys.path, list), sys.version_info[:2] > (3, 5), sys.getrecursionlimit() > 100, sys.float_info.max, sys.intern('a'), sys.maxunicode, sys.implementation.name, sys.hexversion > 0)
sys.exit(3)
#%%
import time, random, secrets
print(isinstance(time.time(), float), time.strftime('%Y', time.gmtime(0)), time.sleep(0))
#%%
import pprint
pprint.pprint({'b': 1, 'a': [1, 2]}); print(pprint.pformat([1, 2]), pprint.pformat({'b': 1, 'a': 2}), pprint.pformat('x'))
#%%
import logging, warnings
log = logging.getLogger('a.b'); log.info('x %s', 1); log.setLevel(logging.DEBUG); print(log.name, log.level, logging.INFO, logging.getLogger('a.b') is log, logging.getLevelName(20), log.isEnabledFor(10), logging.getLogger().name)
with warnings.catch_warnings():
    warnings.simplefilter('ignore'); warnings.warn('x', DeprecationWarning)
print('done')
#%%
import unicodedata
print(unicodedata.normalize('NFKD', 'é').encode('ascii', 'ignore'), unicodedata.category('a'), unicodedata.combining('\u0301'))
#%%
import statistics
print(statistics.mean([1, 2, 3]), statistics.median([1, 3, 2]), statistics.mode('aab'), statistics.median([1, 2, 3, 4]))
#%%
import importlib, functools
m = importlib.import_module('json'); print(m.dumps([1]), importlib.import_module('os.path').join('a', 'b'))
#%%
import zoneinfo
print(zoneinfo.ZoneInfo('UTC'))
#%%
import contextvars, threading, queue, abc, weakref, gc, atexit, signal, traceback, difflib, locale, platform, getpass, tempfile, shutil, glob, argparse, configparser, dis, ast, tokenize, pickle, gzip, sqlite3, ssl, email, http, xml, ipaddress
#%%
# what counts as what, asked of a class whose neighbours nobody has named
from collections.abc import Sequence
print([isinstance(v, Sequence) for v in ([], (), "", b"", range(1), bytearray(), {}, {1}, 1)])
#%%
from collections.abc import Set, Mapping
print([isinstance(v, Set) for v in ({1}, frozenset(), {}.keys(), {}.items(), {}.values(), [])], [isinstance(v, Mapping) for v in ({}, [])])
#%%
from collections.abc import MappingView
print(isinstance({}.keys(), MappingView), isinstance({}.values(), MappingView), isinstance({}, MappingView))
#%%
from numbers import Number
print([isinstance(v, Number) for v in (1, True, 1.5, 1j, "1")])
#%%
from numbers import Real, Rational
from fractions import Fraction
print([isinstance(v, Real) for v in (1, 1.5, 1j, Fraction(1, 2))], [isinstance(v, Rational) for v in (1, 1.5, Fraction(1, 2))])
#%%
from collections import deque
from collections.abc import MutableSequence, Sequence
print(isinstance(deque(), MutableSequence), isinstance(deque(), Sequence), issubclass(list, MutableSequence))
#%%
import datetime, numbers, functools
print("timedelta" in vars(datetime), "MINYEAR" in dir(datetime), hasattr(datetime, "nothing"), {"Real", "Integral"} <= set(dir(numbers)))
print(datetime.date.max, datetime.timedelta.resolution, datetime.timezone.utc)
#%%
from collections import *
print(sorted(name for name in ("OrderedDict", "Counter", "deque", "namedtuple", "ChainMap") if name in globals()))
#%%
def deep(n):
    return deep(n - 1) if n else __import__("numbers").Integral
try:
    deep(1000)
except RecursionError:
    pass
from numbers import Integral
print(isinstance(3, Integral))
#%%
import re
p = re.compile(rb"(\w+)=(?P<v>[^;]*)")
m = p.search(b"x; a1=\xe9b; c=2")
print(m.group(), m.group("v"), m.groups(), m.groupdict(), m.span(1), p.findall(b"a=1; b=2"), p.sub(rb"\g<v>=\1", b"a=1; b=2"), p.pattern, p.flags)
print(re.split(b",", b"a,b"), re.escape(b"a.b\xff"), re.match(b"(?i)AB", b"ab"), [x.start() for x in re.finditer(b"a", b"banana")], re.sub(b"a", lambda m: b"<" + m.group() + b">", b"xa"))
print(re.findall(rb"\w+", "é a".encode()), re.fullmatch(rb"[\x80-\xff]+", b"\xff\x80"), re.compile(b"a", re.I | re.M), re.compile("a", re.X | re.S), re.compile("(?im)a").flags)
for pattern, text in ((b"a", "a"), ("a", b"a"), (1, "a")):
    try:
        re.search(pattern, text)
    except TypeError as e:
        print(e)
#%%
import re
p = re.compile("a+")
print(p.search("xaab", 1, 2), p.search("xaab", 0, 2), p.findall("aa aa", 1), p.findall("aa aa", 0, 4), [m.span() for m in p.finditer("aa aa", 1, 4)], p.fullmatch("aab", 0, 2), p.match("baa", 1))
print(re.fullmatch("a # one\n b # two", "ab", re.X), re.compile("(?x) a # c").fullmatch("a"))
#%%
v = memoryview(b"abcdef")
print(v[1], bytes(v[1:3]), v.tolist(), len(v), v == b"abcdef", v.readonly, v[::2].tobytes(), v.hex(), list(v[-2:]), v.nbytes, v.format, v.itemsize, v.shape, v.strides, v.obj, isinstance(v, memoryview), isinstance(v, bytes), 97 in v, b"".join([v, b"!"]), hash(v) == hash(b"abcdef"), type(v), v[::-1].contiguous)
b = bytearray(b"abc")
w = memoryview(b)
w[0] = 122
print(b, w.tolist(), w[1:].tobytes(), w.readonly, bytes(w), w == b"zbc", w.toreadonly().readonly)
with memoryview(b"x") as m:
    print(m.tobytes())
for step in (lambda: m[0], lambda: v.__setitem__(0, 1), lambda: memoryview("a"), lambda: v[9], lambda: hash(w)):
    try:
        print(step())
    except Exception as e:
        print(type(e).__name__)
#%%
print([complex(t) for t in ("1+2j", "-1.5e3j", " ( 1-2j ) ", "j", "-j", "1", "nan+infj", "1e-3-1E+2J", "+1_0.5")], complex(real=3), complex(imag=2), complex(2, 3j))
print(format(1+2j, ".2f"), f"{1+2j:>12}|{1+2j:<10}|{1.5+2j:.3e}|{1+2j:g}|{-0.5j:.1f}|{1e20+3j:,.0f}|{1+2j:+}|{3j:.2}|{1+2j:.3}")
print((1+2j) ** 2, (1+2j) ** -1, 2j ** 0, (1+1j) ** 0.5, 2 ** 1j, 0j ** 2, (3+4j) ** 100)
for text in ("", "1+", "1 + 2j", "j1", "1j2", "1+2jj", "(1", "--1j", "1e"):
    try:
        print(complex(text))
    except ValueError as e:
        print(text, e)
for step in (lambda: complex("1", 2), lambda: complex(1, "2"), lambda: 0j ** -1, lambda: f"{1j:05}", lambda: f"{1j:=5}", lambda: f"{1j:%}"):
    try:
        print(step())
    except Exception as e:
        print(type(e).__name__)
#%%
import configparser, io
c = configparser.ConfigParser()
c.read_string("""
[DEFAULT]
base = /srv
[paths]
Data = %(base)s/data
 more
; a comment
key: value = x
empty =
percent = 50%%
[flags]
on = yes
off: 0
count = 12
ratio = 1.5
""")
print(c.sections(), c["paths"]["data"], c.get("paths", "KEY"), c.options("paths"), dict(c["flags"]), c.getboolean("flags", "on"), c["flags"].getboolean("off"), c.getint("flags", "count"), c["flags"].getfloat("ratio"), repr(c["paths"]["empty"]), c["paths"]["percent"])
print(c.has_option("paths", "base"), c.has_section("nope"), c.get("nope", "x", fallback=3), c["flags"].get("zz", "d"), c.getint("flags", "zz", fallback=None), "paths" in c, list(c), c.items("flags"), c.defaults(), c["flags"], len(c))
c["new"] = {"a": "1", "b": "x%%y"}
c.set("new", "c", "3"); c.remove_option("new", "a"); c.add_section("last")
out = io.StringIO(); c.write(out); print(out.getvalue())
for text in ("a = 1", "[a]\nb", "[a]\n[a]", "[a]\nx=1\nx=2", "[a]\nx = %(y)s", "[a]\nx = %y", "[a]\nx = %(x)s"):
    d = configparser.ConfigParser()
    try:
        d.read_string(text); print(d["a"]["x"])
    except configparser.Error as e:
        print(type(e).__name__, e)
for step in (lambda: c.get("nope", "x"), lambda: c.get("new", "zz"), lambda: c["nope"], lambda: c["new"]["zz"], lambda: c.set("new", "x", 1), lambda: c.getboolean("flags", "count"), lambda: c.add_section("new"), lambda: c.set("new", "x", "%")):
    try:
        print(step())
    except Exception as e:
        print(type(e).__name__, e)
#%%
import configparser
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True, inline_comment_prefixes=("#",))
e.read_string("[a]\nhost = h # here\nurl = http://${host}:${b:port}/$$\nflag\n[b]\nport = 80\n")
print(e["a"]["url"], e["a"]["flag"], e["a"]["host"], configparser.RawConfigParser({"x": 1}).defaults())
r = configparser.RawConfigParser(); r.read_dict({"s": {"A": 1, "b": "%x"}}); print(r.items("s"), r["s"]["a"])
k = configparser.ConfigParser(converters={"list": lambda v: v.split(",")}, default_section="common", delimiters=("=",)); k.optionxform = str
k.read_string("[common]\nX = 1\n[s]\nL = a,b\n  c\n\n  d\nu:v = 1\n"); print(k.getlist("s", "L"), k["s"].getlist("L"), list(k["s"]), k["s"]["u:v"], k.read("missing.ini"))
#%%
import datetime as d
print(d.datetime.strptime("2024-060", "%Y-%j"), d.datetime.strptime("Fri Mar 01 2024 UTC", "%a %b %d %Y %Z"), d.datetime.strptime("Friday 1 March 2024", "%A %d %B %Y"))
print(d.datetime, d.timedelta, d.date.__module__, d.timezone.utc.__class__)
import decimal
print(decimal.Decimal, decimal.Context, decimal.InvalidOperation, decimal.getcontext().prec)
