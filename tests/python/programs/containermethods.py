#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.append(9))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.extend([8, 9]))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.extend('ab'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.insert(0, 'i'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.insert(2, 'i'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.insert(-1, 'i'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.insert(99, 'i'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.pop())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.pop(0))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.pop(-2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.pop(9))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.remove(2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.remove(99))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.index(2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.index(2, 2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.index(99))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.count(2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.reverse())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.sort())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.sort(reverse=True))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.sort(key=lambda v: -v))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.clear())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.copy())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__iadd__([5]))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__imul__(2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__add__([1]))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__contains__(2))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__len__())
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__eq__([1]))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__lt__([1, 9]))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__getitem__(-1))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__setitem__(0, 'x'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__delitem__(1))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__setitem__(slice(1, 3), 'abc'))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__delitem__(slice(0, None, 2)))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for l in [[], [1], [3, 1, 2], [2, 2, 5, 2]]:
    r = t(lambda: l.__mul__(-1))
    print(r, l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.get('a'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.get('z', 5))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.pop('a'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.pop('z'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.pop('z', 1))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.popitem())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.setdefault('a', 9))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.setdefault('n', 9))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.update({'a': 7}))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.update(b=2, c=3))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.update([('k', 'v')]))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.clear())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.copy())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.keys())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.values())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.items())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__contains__('a'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__len__())
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__getitem__('a'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__setitem__('n', 1))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__delitem__('a'))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__or__({'a': 0}))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__ior__({'q': 1}))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.__eq__({'a': 1}))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for d in [{}, {'a': 1}, {'b': 2, 'a': [1]}]:
    r = t(lambda: d.fromkeys('xy', 0))
    print(r, d)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.add(1))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.add(9))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.discard(1))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.discard(9))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.remove(9))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.remove(1))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.union([5], {6}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.intersection([1, 2]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.difference([1]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.symmetric_difference({1, 9}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.issubset([1, 2, 3]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.issuperset([1]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.isdisjoint([9]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.update([7]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.intersection_update([1]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.difference_update([1]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.symmetric_difference_update([1, 5]))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.clear())
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.copy())
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__contains__(1))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__len__())
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__or__({3}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__and__({1}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__sub__({1}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__xor__({1}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__le__({1, 2}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for s in [set(), {1}, {1, 2}]:
    r = t(lambda: s.__eq__({1}))
    print(sorted(r) if isinstance(r, set) else r, sorted(s))
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[0:2] = v
    print(t(f), l)
    def g(): del l[0:2]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[1:] = v
    print(t(f), l)
    def g(): del l[1:]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[::2] = v
    print(t(f), l)
    def g(): del l[::2]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[::-1] = v
    print(t(f), l)
    def g(): del l[::-1]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[:0] = v
    print(t(f), l)
    def g(): del l[:0]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[2:1] = v
    print(t(f), l)
    def g(): del l[2:1]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[-1:] = v
    print(t(f), l)
    def g(): del l[-1:]
    print(t(g), l)
#%%
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__
for v in ['xy', [], [7, 8, 9], range(2), 5]:
    l = [0, 1, 2, 3]
    def f(): l[5:] = v
    print(t(f), l)
    def g(): del l[5:]
    print(t(g), l)
