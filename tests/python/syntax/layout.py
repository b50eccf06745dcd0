# only a comment
#----
a  # comment
#----
a	# tab comment
#----
a;# x
#----
(a,  # one

 b)  # two
#----
[
    a,
        b,
  c
]
#----
x = [  # c
  1, 2
  # d
]
#----
if a:
    b
    # deeper comment
        # deeper still
    c
#----
if a:
  b
  if c:
      d
  e
#----
f
#----
if a: b  # c
else: d  # e
#----
def f():
    a

    b


#----
c
#----
def f():
    if a:
        b
#----
c
#----
def f():
    if a:
        if b:
            c
#----
d
#----
if a: pass
#----
b
#----
x = """
    not indented
"""
#----
y
#----
def f():
    """
doc at the margin
    """
    return 1
#----
'a' \
'b'
#----
x = 1 + \
    2
#----
if a and \
   b:
    c
#----
assert a, \
    "b"
#----
with a, \
     b: c
#----
def f(a,
      b): \
      return c
#----
class A:

    x = 1

    def f(self):

        pass
