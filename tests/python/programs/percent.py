#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%s', 42), t('%s', -42), t('%s', 0), t('%s', 3.14159), t('%s', -2.5), t('%s', 1e10), t('%s', 1.5e-7), t('%s', 0.0), t('%s', 1234567.891), t('%s', True), t('%s', 'abc'), t('%s', 'é'), t('%s', 10**20), t('%s', None), t('%s', [1]), t('%s', (5,)), t('%s', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%r', 42), t('%r', -42), t('%r', 0), t('%r', 3.14159), t('%r', -2.5), t('%r', 1e10), t('%r', 1.5e-7), t('%r', 0.0), t('%r', 1234567.891), t('%r', True), t('%r', 'abc'), t('%r', 'é'), t('%r', 10**20), t('%r', None), t('%r', [1]), t('%r', (5,)), t('%r', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%d', 42), t('%d', -42), t('%d', 0), t('%d', 3.14159), t('%d', -2.5), t('%d', 1e10), t('%d', 1.5e-7), t('%d', 0.0), t('%d', 1234567.891), t('%d', True), t('%d', 'abc'), t('%d', 'é'), t('%d', 10**20), t('%d', None), t('%d', [1]), t('%d', (5,)), t('%d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%i', 42), t('%i', -42), t('%i', 0), t('%i', 3.14159), t('%i', -2.5), t('%i', 1e10), t('%i', 1.5e-7), t('%i', 0.0), t('%i', 1234567.891), t('%i', True), t('%i', 'abc'), t('%i', 'é'), t('%i', 10**20), t('%i', None), t('%i', [1]), t('%i', (5,)), t('%i', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%5d', 42), t('%5d', -42), t('%5d', 0), t('%5d', 3.14159), t('%5d', -2.5), t('%5d', 1e10), t('%5d', 1.5e-7), t('%5d', 0.0), t('%5d', 1234567.891), t('%5d', True), t('%5d', 'abc'), t('%5d', 'é'), t('%5d', 10**20), t('%5d', None), t('%5d', [1]), t('%5d', (5,)), t('%5d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%-5d|', 42), t('%-5d|', -42), t('%-5d|', 0), t('%-5d|', 3.14159), t('%-5d|', -2.5), t('%-5d|', 1e10), t('%-5d|', 1.5e-7), t('%-5d|', 0.0), t('%-5d|', 1234567.891), t('%-5d|', True), t('%-5d|', 'abc'), t('%-5d|', 'é'), t('%-5d|', 10**20), t('%-5d|', None), t('%-5d|', [1]), t('%-5d|', (5,)), t('%-5d|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%05d', 42), t('%05d', -42), t('%05d', 0), t('%05d', 3.14159), t('%05d', -2.5), t('%05d', 1e10), t('%05d', 1.5e-7), t('%05d', 0.0), t('%05d', 1234567.891), t('%05d', True), t('%05d', 'abc'), t('%05d', 'é'), t('%05d', 10**20), t('%05d', None), t('%05d', [1]), t('%05d', (5,)), t('%05d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%+d', 42), t('%+d', -42), t('%+d', 0), t('%+d', 3.14159), t('%+d', -2.5), t('%+d', 1e10), t('%+d', 1.5e-7), t('%+d', 0.0), t('%+d', 1234567.891), t('%+d', True), t('%+d', 'abc'), t('%+d', 'é'), t('%+d', 10**20), t('%+d', None), t('%+d', [1]), t('%+d', (5,)), t('%+d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('% d', 42), t('% d', -42), t('% d', 0), t('% d', 3.14159), t('% d', -2.5), t('% d', 1e10), t('% d', 1.5e-7), t('% d', 0.0), t('% d', 1234567.891), t('% d', True), t('% d', 'abc'), t('% d', 'é'), t('% d', 10**20), t('% d', None), t('% d', [1]), t('% d', (5,)), t('% d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%x', 42), t('%x', -42), t('%x', 0), t('%x', 3.14159), t('%x', -2.5), t('%x', 1e10), t('%x', 1.5e-7), t('%x', 0.0), t('%x', 1234567.891), t('%x', True), t('%x', 'abc'), t('%x', 'é'), t('%x', 10**20), t('%x', None), t('%x', [1]), t('%x', (5,)), t('%x', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%X', 42), t('%X', -42), t('%X', 0), t('%X', 3.14159), t('%X', -2.5), t('%X', 1e10), t('%X', 1.5e-7), t('%X', 0.0), t('%X', 1234567.891), t('%X', True), t('%X', 'abc'), t('%X', 'é'), t('%X', 10**20), t('%X', None), t('%X', [1]), t('%X', (5,)), t('%X', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%#x', 42), t('%#x', -42), t('%#x', 0), t('%#x', 3.14159), t('%#x', -2.5), t('%#x', 1e10), t('%#x', 1.5e-7), t('%#x', 0.0), t('%#x', 1234567.891), t('%#x', True), t('%#x', 'abc'), t('%#x', 'é'), t('%#x', 10**20), t('%#x', None), t('%#x', [1]), t('%#x', (5,)), t('%#x', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%o', 42), t('%o', -42), t('%o', 0), t('%o', 3.14159), t('%o', -2.5), t('%o', 1e10), t('%o', 1.5e-7), t('%o', 0.0), t('%o', 1234567.891), t('%o', True), t('%o', 'abc'), t('%o', 'é'), t('%o', 10**20), t('%o', None), t('%o', [1]), t('%o', (5,)), t('%o', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%#o', 42), t('%#o', -42), t('%#o', 0), t('%#o', 3.14159), t('%#o', -2.5), t('%#o', 1e10), t('%#o', 1.5e-7), t('%#o', 0.0), t('%#o', 1234567.891), t('%#o', True), t('%#o', 'abc'), t('%#o', 'é'), t('%#o', 10**20), t('%#o', None), t('%#o', [1]), t('%#o', (5,)), t('%#o', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%e', 42), t('%e', -42), t('%e', 0), t('%e', 3.14159), t('%e', -2.5), t('%e', 1e10), t('%e', 1.5e-7), t('%e', 0.0), t('%e', 1234567.891), t('%e', True), t('%e', 'abc'), t('%e', 'é'), t('%e', 10**20), t('%e', None), t('%e', [1]), t('%e', (5,)), t('%e', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%E', 42), t('%E', -42), t('%E', 0), t('%E', 3.14159), t('%E', -2.5), t('%E', 1e10), t('%E', 1.5e-7), t('%E', 0.0), t('%E', 1234567.891), t('%E', True), t('%E', 'abc'), t('%E', 'é'), t('%E', 10**20), t('%E', None), t('%E', [1]), t('%E', (5,)), t('%E', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%f', 42), t('%f', -42), t('%f', 0), t('%f', 3.14159), t('%f', -2.5), t('%f', 1e10), t('%f', 1.5e-7), t('%f', 0.0), t('%f', 1234567.891), t('%f', True), t('%f', 'abc'), t('%f', 'é'), t('%f', 10**20), t('%f', None), t('%f', [1]), t('%f', (5,)), t('%f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%F', 42), t('%F', -42), t('%F', 0), t('%F', 3.14159), t('%F', -2.5), t('%F', 1e10), t('%F', 1.5e-7), t('%F', 0.0), t('%F', 1234567.891), t('%F', True), t('%F', 'abc'), t('%F', 'é'), t('%F', 10**20), t('%F', None), t('%F', [1]), t('%F', (5,)), t('%F', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%g', 42), t('%g', -42), t('%g', 0), t('%g', 3.14159), t('%g', -2.5), t('%g', 1e10), t('%g', 1.5e-7), t('%g', 0.0), t('%g', 1234567.891), t('%g', True), t('%g', 'abc'), t('%g', 'é'), t('%g', 10**20), t('%g', None), t('%g', [1]), t('%g', (5,)), t('%g', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%G', 42), t('%G', -42), t('%G', 0), t('%G', 3.14159), t('%G', -2.5), t('%G', 1e10), t('%G', 1.5e-7), t('%G', 0.0), t('%G', 1234567.891), t('%G', True), t('%G', 'abc'), t('%G', 'é'), t('%G', 10**20), t('%G', None), t('%G', [1]), t('%G', (5,)), t('%G', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%.2f', 42), t('%.2f', -42), t('%.2f', 0), t('%.2f', 3.14159), t('%.2f', -2.5), t('%.2f', 1e10), t('%.2f', 1.5e-7), t('%.2f', 0.0), t('%.2f', 1234567.891), t('%.2f', True), t('%.2f', 'abc'), t('%.2f', 'é'), t('%.2f', 10**20), t('%.2f', None), t('%.2f', [1]), t('%.2f', (5,)), t('%.2f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%8.2f', 42), t('%8.2f', -42), t('%8.2f', 0), t('%8.2f', 3.14159), t('%8.2f', -2.5), t('%8.2f', 1e10), t('%8.2f', 1.5e-7), t('%8.2f', 0.0), t('%8.2f', 1234567.891), t('%8.2f', True), t('%8.2f', 'abc'), t('%8.2f', 'é'), t('%8.2f', 10**20), t('%8.2f', None), t('%8.2f', [1]), t('%8.2f', (5,)), t('%8.2f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%-8.2f|', 42), t('%-8.2f|', -42), t('%-8.2f|', 0), t('%-8.2f|', 3.14159), t('%-8.2f|', -2.5), t('%-8.2f|', 1e10), t('%-8.2f|', 1.5e-7), t('%-8.2f|', 0.0), t('%-8.2f|', 1234567.891), t('%-8.2f|', True), t('%-8.2f|', 'abc'), t('%-8.2f|', 'é'), t('%-8.2f|', 10**20), t('%-8.2f|', None), t('%-8.2f|', [1]), t('%-8.2f|', (5,)), t('%-8.2f|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%+.1f', 42), t('%+.1f', -42), t('%+.1f', 0), t('%+.1f', 3.14159), t('%+.1f', -2.5), t('%+.1f', 1e10), t('%+.1f', 1.5e-7), t('%+.1f', 0.0), t('%+.1f', 1234567.891), t('%+.1f', True), t('%+.1f', 'abc'), t('%+.1f', 'é'), t('%+.1f', 10**20), t('%+.1f', None), t('%+.1f', [1]), t('%+.1f', (5,)), t('%+.1f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%08.3f', 42), t('%08.3f', -42), t('%08.3f', 0), t('%08.3f', 3.14159), t('%08.3f', -2.5), t('%08.3f', 1e10), t('%08.3f', 1.5e-7), t('%08.3f', 0.0), t('%08.3f', 1234567.891), t('%08.3f', True), t('%08.3f', 'abc'), t('%08.3f', 'é'), t('%08.3f', 10**20), t('%08.3f', None), t('%08.3f', [1]), t('%08.3f', (5,)), t('%08.3f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%.0f', 42), t('%.0f', -42), t('%.0f', 0), t('%.0f', 3.14159), t('%.0f', -2.5), t('%.0f', 1e10), t('%.0f', 1.5e-7), t('%.0f', 0.0), t('%.0f', 1234567.891), t('%.0f', True), t('%.0f', 'abc'), t('%.0f', 'é'), t('%.0f', 10**20), t('%.0f', None), t('%.0f', [1]), t('%.0f', (5,)), t('%.0f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%#.0f', 42), t('%#.0f', -42), t('%#.0f', 0), t('%#.0f', 3.14159), t('%#.0f', -2.5), t('%#.0f', 1e10), t('%#.0f', 1.5e-7), t('%#.0f', 0.0), t('%#.0f', 1234567.891), t('%#.0f', True), t('%#.0f', 'abc'), t('%#.0f', 'é'), t('%#.0f', 10**20), t('%#.0f', None), t('%#.0f', [1]), t('%#.0f', (5,)), t('%#.0f', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%5s|', 42), t('%5s|', -42), t('%5s|', 0), t('%5s|', 3.14159), t('%5s|', -2.5), t('%5s|', 1e10), t('%5s|', 1.5e-7), t('%5s|', 0.0), t('%5s|', 1234567.891), t('%5s|', True), t('%5s|', 'abc'), t('%5s|', 'é'), t('%5s|', 10**20), t('%5s|', None), t('%5s|', [1]), t('%5s|', (5,)), t('%5s|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%-5s|', 42), t('%-5s|', -42), t('%-5s|', 0), t('%-5s|', 3.14159), t('%-5s|', -2.5), t('%-5s|', 1e10), t('%-5s|', 1.5e-7), t('%-5s|', 0.0), t('%-5s|', 1234567.891), t('%-5s|', True), t('%-5s|', 'abc'), t('%-5s|', 'é'), t('%-5s|', 10**20), t('%-5s|', None), t('%-5s|', [1]), t('%-5s|', (5,)), t('%-5s|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%.1s', 42), t('%.1s', -42), t('%.1s', 0), t('%.1s', 3.14159), t('%.1s', -2.5), t('%.1s', 1e10), t('%.1s', 1.5e-7), t('%.1s', 0.0), t('%.1s', 1234567.891), t('%.1s', True), t('%.1s', 'abc'), t('%.1s', 'é'), t('%.1s', 10**20), t('%.1s', None), t('%.1s', [1]), t('%.1s', (5,)), t('%.1s', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%c', 42), t('%c', -42), t('%c', 0), t('%c', 3.14159), t('%c', -2.5), t('%c', 1e10), t('%c', 1.5e-7), t('%c', 0.0), t('%c', 1234567.891), t('%c', True), t('%c', 'abc'), t('%c', 'é'), t('%c', 10**20), t('%c', None), t('%c', [1]), t('%c', (5,)), t('%c', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%5.1s|', 42), t('%5.1s|', -42), t('%5.1s|', 0), t('%5.1s|', 3.14159), t('%5.1s|', -2.5), t('%5.1s|', 1e10), t('%5.1s|', 1.5e-7), t('%5.1s|', 0.0), t('%5.1s|', 1234567.891), t('%5.1s|', True), t('%5.1s|', 'abc'), t('%5.1s|', 'é'), t('%5.1s|', 10**20), t('%5.1s|', None), t('%5.1s|', [1]), t('%5.1s|', (5,)), t('%5.1s|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%%%s', 42), t('%%%s', -42), t('%%%s', 0), t('%%%s', 3.14159), t('%%%s', -2.5), t('%%%s', 1e10), t('%%%s', 1.5e-7), t('%%%s', 0.0), t('%%%s', 1234567.891), t('%%%s', True), t('%%%s', 'abc'), t('%%%s', 'é'), t('%%%s', 10**20), t('%%%s', None), t('%%%s', [1]), t('%%%s', (5,)), t('%%%s', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%u', 42), t('%u', -42), t('%u', 0), t('%u', 3.14159), t('%u', -2.5), t('%u', 1e10), t('%u', 1.5e-7), t('%u', 0.0), t('%u', 1234567.891), t('%u', True), t('%u', 'abc'), t('%u', 'é'), t('%u', 10**20), t('%u', None), t('%u', [1]), t('%u', (5,)), t('%u', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%a', 42), t('%a', -42), t('%a', 0), t('%a', 3.14159), t('%a', -2.5), t('%a', 1e10), t('%a', 1.5e-7), t('%a', 0.0), t('%a', 1234567.891), t('%a', True), t('%a', 'abc'), t('%a', 'é'), t('%a', 10**20), t('%a', None), t('%a', [1]), t('%a', (5,)), t('%a', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%.3d', 42), t('%.3d', -42), t('%.3d', 0), t('%.3d', 3.14159), t('%.3d', -2.5), t('%.3d', 1e10), t('%.3d', 1.5e-7), t('%.3d', 0.0), t('%.3d', 1234567.891), t('%.3d', True), t('%.3d', 'abc'), t('%.3d', 'é'), t('%.3d', 10**20), t('%.3d', None), t('%.3d', [1]), t('%.3d', (5,)), t('%.3d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%+5d', 42), t('%+5d', -42), t('%+5d', 0), t('%+5d', 3.14159), t('%+5d', -2.5), t('%+5d', 1e10), t('%+5d', 1.5e-7), t('%+5d', 0.0), t('%+5d', 1234567.891), t('%+5d', True), t('%+5d', 'abc'), t('%+5d', 'é'), t('%+5d', 10**20), t('%+5d', None), t('%+5d', [1]), t('%+5d', (5,)), t('%+5d', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%-+5d|', 42), t('%-+5d|', -42), t('%-+5d|', 0), t('%-+5d|', 3.14159), t('%-+5d|', -2.5), t('%-+5d|', 1e10), t('%-+5d|', 1.5e-7), t('%-+5d|', 0.0), t('%-+5d|', 1234567.891), t('%-+5d|', True), t('%-+5d|', 'abc'), t('%-+5d|', 'é'), t('%-+5d|', 10**20), t('%-+5d|', None), t('%-+5d|', [1]), t('%-+5d|', (5,)), t('%-+5d|', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%.10g', 42), t('%.10g', -42), t('%.10g', 0), t('%.10g', 3.14159), t('%.10g', -2.5), t('%.10g', 1e10), t('%.10g', 1.5e-7), t('%.10g', 0.0), t('%.10g', 1234567.891), t('%.10g', True), t('%.10g', 'abc'), t('%.10g', 'é'), t('%.10g', 10**20), t('%.10g', None), t('%.10g', [1]), t('%.10g', (5,)), t('%.10g', {}))
#%%
def t(s, v):
    try: return s % v
    except (ValueError, OverflowError, TypeError) as e: return type(e).__name__
print(t('%#g', 42), t('%#g', -42), t('%#g', 0), t('%#g', 3.14159), t('%#g', -2.5), t('%#g', 1e10), t('%#g', 1.5e-7), t('%#g', 0.0), t('%#g', 1234567.891), t('%#g', True), t('%#g', 'abc'), t('%#g', 'é'), t('%#g', 10**20), t('%#g', None), t('%#g', [1]), t('%#g', (5,)), t('%#g', {}))
