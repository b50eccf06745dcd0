try:
    raise ValueError('x')
except ValueError as e:
    print(repr(e), str(e), e.args)
else: print('else')
finally: print('fin')
#%%
try: pass
except: print('no')
else: print('else')
finally: print('fin')
#%%
try:
    try: 1 / 0
    finally: print('inner')
except ZeroDivisionError as e: print(e)
#%%
def f():
    try: return 1
    finally: print('f')
print(f())
#%%
def f():
    try: return 1
    finally: return 2
print(f())
#%%
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print(i)
        finally: print('fin', i)
    return 'end'
print(f())
#%%
def f():
    while True:
        try: return 'r'
        finally: break
    return 'after'
print(f())
#%%
def f():
    for x in [1, 2]:
        try:
            try: 1 / 0
            except ZeroDivisionError:
                continue
            finally: print('a', x)
        finally: print('b', x)
    return 'ok'
print(f())
#%%
def f():
    try:
        raise KeyError('k')
    except (ValueError, KeyError) as e:
        return type(e).__name__, str(e)
print(f())
#%%
try:
    try: raise ValueError(1)
    except ValueError as e: raise KeyError(2) from e
except KeyError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
#%%
try:
    try: raise ValueError(1)
    except ValueError: raise KeyError(2)
except KeyError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
#%%
try:
    try: raise ValueError(1)
    except ValueError: raise KeyError(2) from None
except KeyError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
#%%
raise ValueError
#%%
raise ValueError('a', 'b')
#%%
raise 5
#%%
raise
#%%
try: raise ValueError('a')
except ValueError:
    try: raise
    except ValueError as e: print('again', e)
#%%
e = 5
try: raise ValueError
except ValueError as e: pass
print(e)
#%%
class MyError(Exception):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code
    def __str__(self): return f'{self.code}: {self.args[0]}'
try: raise MyError(5, 'bad')
except MyError as e: print(e, repr(e), e.code, e.args)
#%%
class A(Exception): pass
class B(A): pass
try: raise B('x')
except A as e: print(type(e), isinstance(e, A), e)
try: raise A
except B: print('no')
except A as e: print('A', e.args)
raise B('uncaught')
#%%
class E(Exception):
    pass
print(repr(E()), repr(E(1)), repr(E(1, 'a')), str(E()), str(E(1)), str(E(1, 'a')))
print(repr(KeyError('a')), str(KeyError('a')), str(KeyError()), str(IndexError('i')), repr(OSError(2, 'No such')), str(OSError(2, 'No such')), OSError(2, 'x').errno)
print(StopIteration(5).value, SystemExit(3).code, ImportError('m', name='n').name, UnicodeError('u'), AssertionError('a').args)
#%%
print(issubclass(KeyError, LookupError), issubclass(FileNotFoundError, OSError), IOError is OSError, issubclass(UnicodeDecodeError, ValueError), BaseException.__mro__, ZeroDivisionError.__bases__)
#%%
try: [][0]
except LookupError as e: print(type(e).__name__)
try: {}['x']
except LookupError as e: print(type(e).__name__)
try: None.foo
except AttributeError as e: print(e.name, e.obj)
try: undefined_name
except NameError as e: print(e.name)
try: int('x')
except ValueError as e: print(type(e).__name__)
try: 'a' + 1
except TypeError as e: print(type(e).__name__)
try: 1 + 'a'
except TypeError as e: print(type(e).__name__)
try: len(5)
except TypeError as e: print(type(e).__name__)
try: 5()
except TypeError as e: print(type(e).__name__)
try: 5[0]
except TypeError as e: print(type(e).__name__)
try: [1]['a']
except TypeError as e: print(type(e).__name__)
try: for_x = iter(5)
except TypeError as e: print(type(e).__name__)
try: a, b = 1, 2, 3
except ValueError as e: print(type(e).__name__)
try: a, b, c = 1, 2
except ValueError as e: print(type(e).__name__)
try: {}[[]]
except TypeError as e: print(type(e).__name__)
try: 'abc'.index('z')
except ValueError as e: print(type(e).__name__)
try: [].pop()
except IndexError as e: print(type(e).__name__)
try: [1].remove(2)
except ValueError as e: print(type(e).__name__)
try: int([])
except TypeError as e: print(type(e).__name__)
try: 1 < 'a'
except TypeError as e: print(type(e).__name__)
try: 1 / 0
except ZeroDivisionError as e: print(type(e).__name__)
try: max([])
except ValueError as e: print(type(e).__name__)
try: (lambda a: a)()
except TypeError as e: print(type(e).__name__)
try: (lambda: 0)(1)
except TypeError as e: print(type(e).__name__)
try: raise ValueError from KeyError('c')
except ValueError as e: print(repr(e.__cause__))
try: object().x
except AttributeError as e: print(type(e).__name__)
try: next(iter([]))
except StopIteration as e: print(repr(e), e.value)
try: assert False, [1]
except AssertionError as e: print(e, e.args)
#%%
def f():
    try:
        yield 1
    finally:
        print('closed')
g = f()
next(g)
g.close()
#%%
class CM:
    def __init__(self, n, sup=False): self.n, self.sup = n, sup
    def __enter__(self):
        print('enter', self.n)
        return self.n
    def __exit__(self, t, v, tb):
        print('exit', self.n, t.__name__ if t else None, v)
        return self.sup
with CM(1) as a, CM(2) as b: print(a, b)
with CM(3, True): raise ValueError('s')
print('after')
with (CM(4) as c, CM(5)): print(c)
def f():
    with CM(6): return 'r'
print(f())
for i in range(2):
    with CM(7):
        if i == 0: continue
        break
with CM(8): 1 / 0
#%%
with 5: pass
#%%
class CM:
    def __enter__(self): raise ValueError('in enter')
    def __exit__(self, *a): print('never')
with CM(): pass
#%%
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError('in exit')
try:
    with CM(): raise ValueError('body')
except KeyError as e: print(repr(e), repr(e.__context__))
#%%
try:
    raise ExceptionGroup('g', [ValueError(1), KeyError(2), ExceptionGroup('h', [ValueError(3)])])
except* ValueError as e:
    print('V', e.exceptions, e.message)
except* KeyError as e:
    print('K', e.exceptions)
#%%
try:
    raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
except* ValueError: print('V')
#%%
try: raise ValueError(1)
except* ValueError as e: print(type(e).__name__, e.exceptions)
#%%
g = ExceptionGroup('msg', [ValueError(1), TypeError(2)])
print(str(g), repr(g), g.subgroup(ValueError), g.split(TypeError))
#%%
def f():
    try: 1 / 0
    except ZeroDivisionError: return 'caught'
    finally: print('f')
print(f())
#%%
def f():
    try:
        try: raise ValueError('a')
        finally: raise KeyError('b')
    except KeyError as e: return repr(e.__context__)
print(f())
#%%
try:
    raise Exception
except Exception as e:
    e.add_note('n')
    print(e.__notes__)
    x = e
print(x.with_traceback(None) is x)
#%%
def gen():
    try: yield 1
    except ValueError as e: yield 'caught ' + str(e)
    yield 3
g = gen()
print(next(g), g.throw(ValueError('v')), next(g))
try: next(g)
except StopIteration: print('stop')
#%%
try:
    raise OSError(2, 'No such file', 'f.txt')
except FileNotFoundError as e: print('fnf')
except OSError as e: print(e.errno, e.strerror, e.filename, str(e))
#%%
class E(ValueError, KeyError): pass
try: raise E('x')
except KeyError as e: print(repr(e))
#%%
def a():
    raise ValueError('deep')
def b(): a()
try: b()
except Exception as e: print(type(e), e)
try:
    b()
except KeyError: print(1)
except (TypeError, ValueError) as e: print(2, e)
#%%
try: raise SystemExit(2)
except Exception: print('no')
except BaseException as e: print(repr(e))
#%%
try:
    try: raise ValueError
    except TypeError: print('no')
    else: print('no')
    finally: print('yes')
except ValueError: print('out')
#%%
try: x = 1
except: pass
else:
    try: raise KeyError('else')
    except KeyError: print('k')
#%%
while True:
    try:
        break
    finally: print('brk')
i = 0
while i < 2:
    i += 1
    try: continue
    except: pass
    finally: print('cnt')
#%%
try:
    1/0
except "notaclass": pass
#%%
raise NotImplementedError('later')
#%%
def g():
    raise StopIteration
    yield
list(g())
#%%
def f(n):
    try:
        if n: f(n - 1)
        else: raise ValueError('bottom')
    except ValueError:
        if n == 2: print('at 2')
        raise
try: f(3)
except ValueError as e: print('top', e)
#%%
def f():
    x = 'outer'
    try: raise ValueError('v')
    except ValueError as x: print(x)
    try: print(x)
    except UnboundLocalError as e: print('unbound')
f()
#%%
e = ExceptionGroup("g", [ValueError(1), OSError(2), ExceptionGroup("h", [KeyError(3)])])
print(e.split(lambda x: isinstance(x, OSError)), e.split((OSError, KeyError)), e.subgroup(KeyError), e.subgroup(lambda x: True) is e, e.subgroup(lambda x: False))
try:
    try: raise e
    except* ValueError as found: print(found.exceptions)
except ExceptionGroup as left: print(repr(left), left.message)
for wrong in (1, "x", None):
    try: e.split(wrong)
    except TypeError as error: print("TypeError")
