0
#----
0000
#----
00_0
#----
1
#----
1_000_000
#----
0x1F
#----
0XdeadBEEF
#----
0x_ff
#----
0o17
#----
0O1_7
#----
0b1010
#----
0B_1
#----
123456789012345678901234567890
#----
0xffffffffffffffffffffffffffff
#----
1.
#----
.5
#----
1.5
#----
1e10
#----
1E-5
#----
1.5e+3
#----
1_0.0_1e1_0
#----
01.5
#----
09e1
#----
0j
#----
1J
#----
1.5j
#----
1e3j
#----
010j
#----
1if x else y
#----
1or 2
#----
0xfor x in y
#----
1e400
#----
None, True, False, ...
#----
'single'
#----
"double"
#----
'''triple'''
#----
"""multi
line"""
#----
'a\
b'
#----
r'raw\n'
#----
R"raw\""
#----
u'unicode'
#----
U"unicode"
#----
b'bytes\x00\xff\101'
#----
B"by\
tes"
#----
br'raw\x'
#----
rb"raw\'"
#----
Rb'x'
#----
'a' 'b' "c"
#----
u'a' 'b'
#----
'a' u'b'
#----
('a'
 'b')
#----
b'a' b'b'
#----
'\a\b\f\n\r\t\v\\\'\"'
#----
'\0\12\377\x41\u20ac\U0001F600'
#----
x = '\ud800'
#----
x = '\ud83d\ude00'
#----
'\400'
#----
'\q\ \('
#----
'\N{EM DASH}\N{latin small letter e with acute}'
#----
'\N{GREEK SMALL LETTER ALPHA}\N{DIGIT SEVEN}\N{NO-BREAK SPACE}'
#----
"it's"
#----
'say "hi"'
#----
"""a "quoted" word"""
#----
""""starts with a quote"""
#----
'é', b'e'
#----
"日本語"
#----
'tab	inside'
#----
"""\
joined"""
#----
r'\
'
