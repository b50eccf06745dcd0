def m(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'one or two'
        case 'a' | 'b': return 'letter'
        case None: return 'none'
        case True: return 'true'
        case -5: return 'neg'
        case 1.5: return 'float'
        case []: return 'empty'
        case [x]: return f'one {x}'
        case [1, *rest]: return f'starts 1 {rest}'
        case [a, b]: return f'two {a} {b}'
        case (a, *_, z): return f'ends {a} {z}'
        case {'k': v, **rest}: return f'k={v} rest={rest}'
        case {}: return 'mapping'
        case str() as s: return f'str {s}'
        case int(n) if n > 100: return f'big {n}'
        case int() | float(): return 'num'
        case _: return 'other'
for v in [0, 1, 2, 'a', None, True, -5, 1.5, [], [9], [1, 2, 3], [3, 4], (3, 4, 5, 6), {'k': 1, 'z': 2}, {'q': 1}, {}, 'hello', 500, 50, 2.5, {1}, b'x', object]:
    print(m(v))
#%%
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def m(p):
    match p:
        case P(0, 0): return 'origin'
        case P(x, 0): return f'x {x}'
        case P(x=0, y=yy): return f'y {yy}'
        case P(x, y) if x == y: return 'diag'
        case P(): return 'p'
        case {'type': 'a', 'items': [first, *_]}: return first
        case [P(x, _), [int(q), str(r)]]: return x, q, r
    return 'none'
print(m(P(0, 0)), m(P(1, 0)), m(P(0, 2)), m(P(3, 3)), m(P(1, 2)), m({'type': 'a', 'items': [7, 8]}), m([P(5, 6), [1, 's']]), m(5))
#%%
class A: pass
match A():
    case A(1): print('no')
#%%
import_c = 5
class K: RED = 1
def f(x):
    match x:
        case K.RED: return 'red'
        case [K.RED, *others] if others: return others
        case ('x', (1 | 2) as n): return n
        case {'a': {'b': [_, deep]}}: return deep
        case {1: 'one', 'z': _}: return 'mixed'
        case bool(b): return b
    return 'no'
print(f(1), f([1, 2]), f([1]), f(['x', 2]), f({'a': {'b': [1, 'deep']}}), f({1: 'one', 'z': 0}), f(False), f({'a': 1}))
#%%
match [1, 2, 3]:
    case [a, *b]: print(a, b)
match (1, (2, 3)):
    case (x, (y, z)): print(x, y, z)
match 'abc':
    case [*_]: print('seq')
    case _: print('not seq')
match {'a': 1}:
    case {'a': int(v)}: print(v)
match range(3):
    case [0, 1, 2]: print('range')
match 5:
    case x if x > 10: print('big')
    case x: print('x', x)
#%%
match 3:
    case 1: pass
print('none matched')
command = 'go north'
match command.split():
    case ['go', direction]: print(direction)
    case [action]: print(action)
for v in [(1, 'a'), ('a', 1)]:
    match v:
        case (int() as i, str() as s) | (str() as s, int() as i): print(i, s)
#%%
def f(d):
    match d:
        case {'x': x, 'y': y}: return x + y
        case {'x': x}: return x
        case {**rest}: return rest
print(f({'x': 1, 'y': 2}), f({'x': 5, 'q': 1}), f({'z': 1}))
match = 5
case = 6
print(match + case)
