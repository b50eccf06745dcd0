#---- 3.12
f'{a['b']}'
#---- 3.12
f"{"a" + "b"}"
#---- 3.12
f'{f'{f'{a}'}'}'
#---- 3.12
f"{'\n'.join(a)}"
#---- 3.12
f"{a:{b:{c}}}"
#---- 3.12
f"{  # comment
a}"
#---- 3.12
f"{
a
}"
#---- 3.12
f"{a  # b
 = }"
#---- 3.12
type X = int
#---- 3.12
type X[T] = list[T]
#---- 3.12
type X[T: int, *Ts, **P] = a
#---- 3.12
type type = type
#---- 3.12
type match[T] = case
#---- 3.12
def f[T](a: T) -> T: pass
#---- 3.12
def f[T: (int, str), *Ts, **P](a): pass
#---- 3.12
class A[T]: pass
#---- 3.12
class A[T, *Ts](B[T], metaclass=C): pass
#---- 3.12
async def f[T](): pass
#---- 3.13
class A[T = int, *Ts = *tuple[int], **P = [int]]: pass
#---- 3.13
type X[T: int = bool] = T
#---- 3.13
def f[T, U = T](): pass
#---- 3.14
try: a
except A, B: c
#---- 3.14
try: a
except A, B, C.D: c
#---- 3.14
try: a
except* A, B: c
#---- 3.14
try: a
except errors.A, errors.b: c
#---- 3.14
t'a{b}c'
#---- 3.14
t'{a!r:>{b}}'
#---- 3.14
t'{a + b = }'
#---- 3.14
t'' t'{x}' rt'\d'
#---- 3.14
x = t'{ a }', T"{b}"
