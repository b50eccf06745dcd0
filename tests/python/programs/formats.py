#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, ''), t(-42, ''), t(0, ''), t(3.14159, ''), t(-2.5, ''), t(1e10, ''), t(1.5e-7, ''), t(0.0, ''), t(1234567.891, ''), t(True, ''), t('abc', ''), t('é', ''), t(10**20, ''))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '5'), t(-42, '5'), t(0, '5'), t(3.14159, '5'), t(-2.5, '5'), t(1e10, '5'), t(1.5e-7, '5'), t(0.0, '5'), t(1234567.891, '5'), t(True, '5'), t('abc', '5'), t('é', '5'), t(10**20, '5'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '>8'), t(-42, '>8'), t(0, '>8'), t(3.14159, '>8'), t(-2.5, '>8'), t(1e10, '>8'), t(1.5e-7, '>8'), t(0.0, '>8'), t(1234567.891, '>8'), t(True, '>8'), t('abc', '>8'), t('é', '>8'), t(10**20, '>8'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '<8'), t(-42, '<8'), t(0, '<8'), t(3.14159, '<8'), t(-2.5, '<8'), t(1e10, '<8'), t(1.5e-7, '<8'), t(0.0, '<8'), t(1234567.891, '<8'), t(True, '<8'), t('abc', '<8'), t('é', '<8'), t(10**20, '<8'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '^8'), t(-42, '^8'), t(0, '^8'), t(3.14159, '^8'), t(-2.5, '^8'), t(1e10, '^8'), t(1.5e-7, '^8'), t(0.0, '^8'), t(1234567.891, '^8'), t(True, '^8'), t('abc', '^8'), t('é', '^8'), t(10**20, '^8'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '*^9'), t(-42, '*^9'), t(0, '*^9'), t(3.14159, '*^9'), t(-2.5, '*^9'), t(1e10, '*^9'), t(1.5e-7, '*^9'), t(0.0, '*^9'), t(1234567.891, '*^9'), t(True, '*^9'), t('abc', '*^9'), t('é', '*^9'), t(10**20, '*^9'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '08'), t(-42, '08'), t(0, '08'), t(3.14159, '08'), t(-2.5, '08'), t(1e10, '08'), t(1.5e-7, '08'), t(0.0, '08'), t(1234567.891, '08'), t(True, '08'), t('abc', '08'), t('é', '08'), t(10**20, '08'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '+'), t(-42, '+'), t(0, '+'), t(3.14159, '+'), t(-2.5, '+'), t(1e10, '+'), t(1.5e-7, '+'), t(0.0, '+'), t(1234567.891, '+'), t(True, '+'), t('abc', '+'), t('é', '+'), t(10**20, '+'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '-'), t(-42, '-'), t(0, '-'), t(3.14159, '-'), t(-2.5, '-'), t(1e10, '-'), t(1.5e-7, '-'), t(0.0, '-'), t(1234567.891, '-'), t(True, '-'), t('abc', '-'), t('é', '-'), t(10**20, '-'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, ' '), t(-42, ' '), t(0, ' '), t(3.14159, ' '), t(-2.5, ' '), t(1e10, ' '), t(1.5e-7, ' '), t(0.0, ' '), t(1234567.891, ' '), t(True, ' '), t('abc', ' '), t('é', ' '), t(10**20, ' '))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '+.2f'), t(-42, '+.2f'), t(0, '+.2f'), t(3.14159, '+.2f'), t(-2.5, '+.2f'), t(1e10, '+.2f'), t(1.5e-7, '+.2f'), t(0.0, '+.2f'), t(1234567.891, '+.2f'), t(True, '+.2f'), t('abc', '+.2f'), t('é', '+.2f'), t(10**20, '+.2f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.3'), t(-42, '.3'), t(0, '.3'), t(3.14159, '.3'), t(-2.5, '.3'), t(1e10, '.3'), t(1.5e-7, '.3'), t(0.0, '.3'), t(1234567.891, '.3'), t(True, '.3'), t('abc', '.3'), t('é', '.3'), t(10**20, '.3'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.0f'), t(-42, '.0f'), t(0, '.0f'), t(3.14159, '.0f'), t(-2.5, '.0f'), t(1e10, '.0f'), t(1.5e-7, '.0f'), t(0.0, '.0f'), t(1234567.891, '.0f'), t(True, '.0f'), t('abc', '.0f'), t('é', '.0f'), t(10**20, '.0f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'e'), t(-42, 'e'), t(0, 'e'), t(3.14159, 'e'), t(-2.5, 'e'), t(1e10, 'e'), t(1.5e-7, 'e'), t(0.0, 'e'), t(1234567.891, 'e'), t(True, 'e'), t('abc', 'e'), t('é', 'e'), t(10**20, 'e'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.2e'), t(-42, '.2e'), t(0, '.2e'), t(3.14159, '.2e'), t(-2.5, '.2e'), t(1e10, '.2e'), t(1.5e-7, '.2e'), t(0.0, '.2e'), t(1234567.891, '.2e'), t(True, '.2e'), t('abc', '.2e'), t('é', '.2e'), t(10**20, '.2e'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'g'), t(-42, 'g'), t(0, 'g'), t(3.14159, 'g'), t(-2.5, 'g'), t(1e10, 'g'), t(1.5e-7, 'g'), t(0.0, 'g'), t(1234567.891, 'g'), t(True, 'g'), t('abc', 'g'), t('é', 'g'), t(10**20, 'g'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.3g'), t(-42, '.3g'), t(0, '.3g'), t(3.14159, '.3g'), t(-2.5, '.3g'), t(1e10, '.3g'), t(1.5e-7, '.3g'), t(0.0, '.3g'), t(1234567.891, '.3g'), t(True, '.3g'), t('abc', '.3g'), t('é', '.3g'), t(10**20, '.3g'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '%'), t(-42, '%'), t(0, '%'), t(3.14159, '%'), t(-2.5, '%'), t(1e10, '%'), t(1.5e-7, '%'), t(0.0, '%'), t(1234567.891, '%'), t(True, '%'), t('abc', '%'), t('é', '%'), t(10**20, '%'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.1%'), t(-42, '.1%'), t(0, '.1%'), t(3.14159, '.1%'), t(-2.5, '.1%'), t(1e10, '.1%'), t(1.5e-7, '.1%'), t(0.0, '.1%'), t(1234567.891, '.1%'), t(True, '.1%'), t('abc', '.1%'), t('é', '.1%'), t(10**20, '.1%'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, ','), t(-42, ','), t(0, ','), t(3.14159, ','), t(-2.5, ','), t(1e10, ','), t(1.5e-7, ','), t(0.0, ','), t(1234567.891, ','), t(True, ','), t('abc', ','), t('é', ','), t(10**20, ','))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '_'), t(-42, '_'), t(0, '_'), t(3.14159, '_'), t(-2.5, '_'), t(1e10, '_'), t(1.5e-7, '_'), t(0.0, '_'), t(1234567.891, '_'), t(True, '_'), t('abc', '_'), t('é', '_'), t(10**20, '_'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'x'), t(-42, 'x'), t(0, 'x'), t(3.14159, 'x'), t(-2.5, 'x'), t(1e10, 'x'), t(1.5e-7, 'x'), t(0.0, 'x'), t(1234567.891, 'x'), t(True, 'x'), t('abc', 'x'), t('é', 'x'), t(10**20, 'x'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '#x'), t(-42, '#x'), t(0, '#x'), t(3.14159, '#x'), t(-2.5, '#x'), t(1e10, '#x'), t(1.5e-7, '#x'), t(0.0, '#x'), t(1234567.891, '#x'), t(True, '#x'), t('abc', '#x'), t('é', '#x'), t(10**20, '#x'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'b'), t(-42, 'b'), t(0, 'b'), t(3.14159, 'b'), t(-2.5, 'b'), t(1e10, 'b'), t(1.5e-7, 'b'), t(0.0, 'b'), t(1234567.891, 'b'), t(True, 'b'), t('abc', 'b'), t('é', 'b'), t(10**20, 'b'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '#o'), t(-42, '#o'), t(0, '#o'), t(3.14159, '#o'), t(-2.5, '#o'), t(1e10, '#o'), t(1.5e-7, '#o'), t(0.0, '#o'), t(1234567.891, '#o'), t(True, '#o'), t('abc', '#o'), t('é', '#o'), t(10**20, '#o'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'X'), t(-42, 'X'), t(0, 'X'), t(3.14159, 'X'), t(-2.5, 'X'), t(1e10, 'X'), t(1.5e-7, 'X'), t(0.0, 'X'), t(1234567.891, 'X'), t(True, 'X'), t('abc', 'X'), t('é', 'X'), t(10**20, 'X'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'c'), t(-42, 'c'), t(0, 'c'), t(3.14159, 'c'), t(-2.5, 'c'), t(1e10, 'c'), t(1.5e-7, 'c'), t(0.0, 'c'), t(1234567.891, 'c'), t(True, 'c'), t('abc', 'c'), t('é', 'c'), t(10**20, 'c'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'd'), t(-42, 'd'), t(0, 'd'), t(3.14159, 'd'), t(-2.5, 'd'), t(1e10, 'd'), t(1.5e-7, 'd'), t(0.0, 'd'), t(1234567.891, 'd'), t(True, 'd'), t('abc', 'd'), t('é', 'd'), t(10**20, 'd'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'n'), t(-42, 'n'), t(0, 'n'), t(3.14159, 'n'), t(-2.5, 'n'), t(1e10, 'n'), t(1.5e-7, 'n'), t(0.0, 'n'), t(1234567.891, 'n'), t(True, 'n'), t('abc', 'n'), t('é', 'n'), t(10**20, 'n'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '010.2f'), t(-42, '010.2f'), t(0, '010.2f'), t(3.14159, '010.2f'), t(-2.5, '010.2f'), t(1e10, '010.2f'), t(1.5e-7, '010.2f'), t(0.0, '010.2f'), t(1234567.891, '010.2f'), t(True, '010.2f'), t('abc', '010.2f'), t('é', '010.2f'), t(10**20, '010.2f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, ',.2f'), t(-42, ',.2f'), t(0, ',.2f'), t(3.14159, ',.2f'), t(-2.5, ',.2f'), t(1e10, ',.2f'), t(1.5e-7, ',.2f'), t(0.0, ',.2f'), t(1234567.891, ',.2f'), t(True, ',.2f'), t('abc', ',.2f'), t('é', ',.2f'), t(10**20, ',.2f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '>+8'), t(-42, '>+8'), t(0, '>+8'), t(3.14159, '>+8'), t(-2.5, '>+8'), t(1e10, '>+8'), t(1.5e-7, '>+8'), t(0.0, '>+8'), t(1234567.891, '>+8'), t(True, '>+8'), t('abc', '>+8'), t('é', '>+8'), t(10**20, '>+8'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '=+8'), t(-42, '=+8'), t(0, '=+8'), t(3.14159, '=+8'), t(-2.5, '=+8'), t(1e10, '=+8'), t(1.5e-7, '=+8'), t(0.0, '=+8'), t(1234567.891, '=+8'), t(True, '=+8'), t('abc', '=+8'), t('é', '=+8'), t(10**20, '=+8'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '#.2f'), t(-42, '#.2f'), t(0, '#.2f'), t(3.14159, '#.2f'), t(-2.5, '#.2f'), t(1e10, '#.2f'), t(1.5e-7, '#.2f'), t(0.0, '#.2f'), t(1234567.891, '#.2f'), t(True, '#.2f'), t('abc', '#.2f'), t('é', '#.2f'), t(10**20, '#.2f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 's'), t(-42, 's'), t(0, 's'), t(3.14159, 's'), t(-2.5, 's'), t(1e10, 's'), t(1.5e-7, 's'), t(0.0, 's'), t(1234567.891, 's'), t(True, 's'), t('abc', 's'), t('é', 's'), t(10**20, 's'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '.2s'), t(-42, '.2s'), t(0, '.2s'), t(3.14159, '.2s'), t(-2.5, '.2s'), t(1e10, '.2s'), t(1.5e-7, '.2s'), t(0.0, '.2s'), t(1234567.891, '.2s'), t(True, '.2s'), t('abc', '.2s'), t('é', '.2s'), t(10**20, '.2s'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'E'), t(-42, 'E'), t(0, 'E'), t(3.14159, 'E'), t(-2.5, 'E'), t(1e10, 'E'), t(1.5e-7, 'E'), t(0.0, 'E'), t(1234567.891, 'E'), t(True, 'E'), t('abc', 'E'), t('é', 'E'), t(10**20, 'E'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'G'), t(-42, 'G'), t(0, 'G'), t(3.14159, 'G'), t(-2.5, 'G'), t(1e10, 'G'), t(1.5e-7, 'G'), t(0.0, 'G'), t(1234567.891, 'G'), t(True, 'G'), t('abc', 'G'), t('é', 'G'), t(10**20, 'G'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '#b'), t(-42, '#b'), t(0, '#b'), t(3.14159, '#b'), t(-2.5, '#b'), t(1e10, '#b'), t(1.5e-7, '#b'), t(0.0, '#b'), t(1234567.891, '#b'), t(True, '#b'), t('abc', '#b'), t('é', '#b'), t(10**20, '#b'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '+d'), t(-42, '+d'), t(0, '+d'), t(3.14159, '+d'), t(-2.5, '+d'), t(1e10, '+d'), t(1.5e-7, '+d'), t(0.0, '+d'), t(1234567.891, '+d'), t(True, '+d'), t('abc', '+d'), t('é', '+d'), t(10**20, '+d'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, ' d'), t(-42, ' d'), t(0, ' d'), t(3.14159, ' d'), t(-2.5, ' d'), t(1e10, ' d'), t(1.5e-7, ' d'), t(0.0, ' d'), t(1234567.891, ' d'), t(True, ' d'), t('abc', ' d'), t('é', ' d'), t(10**20, ' d'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '_x'), t(-42, '_x'), t(0, '_x'), t(3.14159, '_x'), t(-2.5, '_x'), t(1e10, '_x'), t(1.5e-7, '_x'), t(0.0, '_x'), t(1234567.891, '_x'), t(True, '_x'), t('abc', '_x'), t('é', '_x'), t(10**20, '_x'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'z.1f'), t(-42, 'z.1f'), t(0, 'z.1f'), t(3.14159, 'z.1f'), t(-2.5, 'z.1f'), t(1e10, 'z.1f'), t(1.5e-7, 'z.1f'), t(0.0, 'z.1f'), t(1234567.891, 'z.1f'), t(True, 'z.1f'), t('abc', 'z.1f'), t('é', 'z.1f'), t(10**20, 'z.1f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '08.3e'), t(-42, '08.3e'), t(0, '08.3e'), t(3.14159, '08.3e'), t(-2.5, '08.3e'), t(1e10, '08.3e'), t(1.5e-7, '08.3e'), t(0.0, '08.3e'), t(1234567.891, '08.3e'), t(True, '08.3e'), t('abc', '08.3e'), t('é', '08.3e'), t(10**20, '08.3e'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '^+10.1f'), t(-42, '^+10.1f'), t(0, '^+10.1f'), t(3.14159, '^+10.1f'), t(-2.5, '^+10.1f'), t(1e10, '^+10.1f'), t(1.5e-7, '^+10.1f'), t(0.0, '^+10.1f'), t(1234567.891, '^+10.1f'), t(True, '^+10.1f'), t('abc', '^+10.1f'), t('é', '^+10.1f'), t(10**20, '^+10.1f'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, 'é<6'), t(-42, 'é<6'), t(0, 'é<6'), t(3.14159, 'é<6'), t(-2.5, 'é<6'), t(1e10, 'é<6'), t(1.5e-7, 'é<6'), t(0.0, 'é<6'), t(1234567.891, 'é<6'), t(True, 'é<6'), t('abc', 'é<6'), t('é', 'é<6'), t(10**20, 'é<6'))
#%%
def t(v, s):
    try: return format(v, s)
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t(42, '<08'), t(-42, '<08'), t(0, '<08'), t(3.14159, '<08'), t(-2.5, '<08'), t(1e10, '<08'), t(1.5e-7, '<08'), t(0.0, '<08'), t(1234567.891, '<08'), t(True, '<08'), t('abc', '<08'), t('é', '<08'), t(10**20, '<08'))
