#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.upper()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.lower()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.title()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.capitalize()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.swapcase()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.casefold()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.strip()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.lstrip()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rstrip()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.strip('-a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.split()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.split(',')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.split('a',1)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rsplit(None,1)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rsplit('a',1)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.splitlines()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.splitlines(True)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.partition('b')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rpartition('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.find('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rfind('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.find('b',1,3)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.count('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.count('')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.index('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.startswith('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.endswith('c')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.startswith(('H','1'))))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.replace('a','XY')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.replace('','.')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.replace('a','',1)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.center(8)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.center(7,'*')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.ljust(6,'.')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.rjust(6)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.zfill(6)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.expandtabs()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.expandtabs(3)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isalpha()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isdigit()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isalnum()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isspace()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isupper()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.islower()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.istitle()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isdecimal()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isnumeric()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isidentifier()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isprintable()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.isascii()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.encode()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.encode('utf-16-le')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.encode('latin-1','replace')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.join(['1','2'])))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.join('xyz')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.removeprefix('a')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.removesuffix('c')))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.__len__()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.__repr__()))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.format(1)))
#%%
def t(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__
for s in ['', 'a', 'abc', 'Hello World', ' pad ', 'a,b,,c', 'ÀÉÎ', 'ß', '123', '1.5', 'x\ty', 'line1\nline2\r\n', 'aaa', '日本', 'under_score', 'UPPER', 'Title Case', '--x--', '٣٤', 'é́']: print(t(lambda: s.translate({97:None})))
