()
#----
(a)
#----
(a,)
#----
(a, b)
#----
(a, b,)
#----
((a, b), c)
#----
a,
#----
a, b
#----
a, b,
#----
*a,
#----
*a, b
#----
(*a,)
#----
(*a, *b)
#----
(a, *b, c)
#----
[]
#----
[a]
#----
[a,]
#----
[a, b]
#----
[*a, b, *c]
#----
[[], [[]]]
#----
{}
#----
{a: b}
#----
{a: b,}
#----
{a: b, c: d}
#----
{**a}
#----
{**a, b: c, **d}
#----
{a}
#----
{a, b,}
#----
{*a, b}
#----
{a: {b: {}}}
#----
{a: lambda: b}
#----
{lambda: a: b}
#----
{a if b else c: d}
#----
{(a := 1): 2}
#----
{**a | b}
#----
[x for x in y]
#----
[x for x in y if z]
#----
[x for x in y if z if w]
#----
[x for x in y for z in w]
#----
[x for x, in y]
#----
[x for x, y in z]
#----
[x for (x, y) in z]
#----
[x for [x, y] in z]
#----
[x for x, *y in z]
#----
[x for x.a in z]
#----
[x for x[0] in z]
#----
[x for x in y or z]
#----
[x if y else z for x in w]
#----
[lambda: x for x in y]
#----
[(yield_) for x in y]
#----
[[y for y in x] for x in z]
#----
[x for x in [y for y in z]]
#----
[y := x for x in z]
#----
[y for x in z if (y := x)]
#----
{x for x in y}
#----
{x: y for x, y in z}
#----
{x: y for x in a if b for y in c}
#----
{**{x: y for x in z}}
#----
{(a := x): (b := x) for x in y}
#----
(x for x in y)
#----
((x for x in y), 1)
#----
(x, (y for y in z))
#----
sum(x for x in y if x)
#----
[(a, b) for a in x for b in y]
#----
[x for x in lambda_]
#----
[x for x in (lambda: y)()]
#----
[not x for x in y if not x]
