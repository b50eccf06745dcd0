match a:
    case 1: b
#----
match a:
    case 1: b
    case -1: c
    case 1.5 | -2.5: d
    case 1j | -1j | 1+2j | 1-2j | -1+2j: e
#----
match a:
    case "a": b
    case "a" "b": c
    case b"a": d
    case None: e
    case True | False: f
#----
match a:
    case b: c
#----
match a:
    case _: b
#----
match a:
    case b.c: d
    case b.c.d: e
#----
match a:
    case (b): c
#----
match a:
    case (1 | 2): c
#----
match a:
    case 1 | 2 | 3: b
#----
match a:
    case 1 as b: c
#----
match a:
    case (1 | 2) as b: c
#----
match a:
    case [1, 2] | (3, 4) as b: c
#----
match a:
    case []: b
    case (): c
    case [b]: c
    case (b,): c
    case [b, c]: d
    case [b, *c]: d
    case [*_]: d
    case [*b, 1, 2]: c
    case (1, *_, 2): c
#----
match a:
    case b, c: d
#----
match a:
    case b,: d
#----
match a:
    case *b, c: d
#----
match a:
    case *_,: d
#----
match a:
    case b, *c if d: e
#----
match a:
    case {}: b
    case {"a": 1}: c
    case {"a": b, "c": d}: e
    case {"a": b, **c}: d
    case {**b}: c
    case {1: a, None: b, -1: c, b.c: d, "x" "y": e}: f
    case {"a": {"b": [c, *d]}, }: e
#----
match a:
    case A(): b
    case A(b): c
    case A(b, c): d
    case A(b=c): d
    case A(b, c=d, e=1): f
    case a.B(c, ): d
    case A(B(c), d=[e]): f
#----
match a:
    case b if b > 1: c
    case b if (c := d): e
#----
match a, b:
    case c, d: e
#----
match a,:
    case b,: c
#----
match *a, b:
    case c: d
#----
match (a):
    case b: c
#----
match (a, b):
    case c: d
#----
match [a, b]:
    case c: d
#----
match -a:
    case b: c
#----
match not a:
    case b: c
#----
match {a: b}:
    case c: d
#----
match lambda: a:
    case b: c
#----
match a := b:
    case c: d
#----
match a if b else c:
    case d: e
#----
match a.b(c)[d]:
    case e: f
#----
match match:
    case case: match
#----
match "a":
    case type: print(type)
#----
match ...:
    case x: y
#----
match (yield_):
    case x: y
#----
match a:
    case 1:
        match b:
            case 2:
                c
    case _:
        d
#----
match(a)
#----
match(a).b
#----
match(a)[b] = c
#----
match[a:b]
#----
match[a] = b
#----
match[a]: b = c
#----
match - 1
#----
match * a
#----
match = {a: b}
#----
match a:
    case (a, b) | [a, b, _]: c
#----
match a:
    case A(x=(1 | 2) as y, z=_): w
