é = 1
#----
ﬁ = 1
#----
print(ﬁ)
#----
ｘ = 2
#----
变量 = 名字.属性
#----
µ = μ
#----
_ = __x__ = _1
#----
print = 1
#----
match = case = type = _ = 3
#----
match.case(type)
#----
match[case]
#----
match(case)
#----
match * case
#----
match, case
#----
match: int
#----
match = 1
#----
match -1
#----
match not in x
#----
match in x
#----
match or x
#----
match if x else y
#----
type(x)
#----
type = 5
#----
type.x
#----
type[x]
#----
type: int = 3
#----
print
#----
exec
#----
x = print
#----
nonlocal_ = globals
#----
async_ = awaited
#----
𝐱 = 1
