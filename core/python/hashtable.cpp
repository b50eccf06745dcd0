// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/objects.h"
#include "python/runtime.h"
#include "python/state.h"

#include <algorithm>

namespace stillroom::python {

namespace {
constexpr std::size_t kWithoutIndex = 8;
constexpr std::int32_t kFree = -1;
constexpr std::int32_t kDeleted = -2;

std::size_t slotOf(std::uint64_t hash, std::size_t mask) { return static_cast<std::size_t>(hash ^ (hash >> 32) ^ (hash >> 17)) & mask; }

/// -1: script code must decide
int samePlainly(const Value &a, const Value &b)
{
    if (a.isSame(b))
        return 1;
    if (a.isString() && b.isString())
        return a.as<StringObject>()->text == b.as<StringObject>()->text ? 1 : 0;
    if (a.isSmallInteger() && b.isSmallInteger())
        return 0;
    if ((a.isString() && (b.isSmallInteger() || b.isNone())) || (b.isString() && (a.isSmallInteger() || a.isNone())))
        return 0;
    return -1;
}
} // namespace

std::size_t HashTable::locateName(const StringObject *name, std::uint64_t hash) const
{
    const auto same = [&](const Entry &e) {
        if (e.hash != hash)
            return false;
        const Value &plainKey = plain(e.key); // an instance of a class derived from str is equal to its text
        if (!plainKey.isString())
            return false;
        const auto *key = plainKey.as<StringObject>();
        return key == name || (!(key->interned && name->interned) && key->text == name->text);
    };
    if (m_index.empty()) {
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            if (same(m_entries[i]))
                return i;
        return kNone;
    }
    const std::size_t mask = m_index.size() - 1;
    for (std::size_t slot = slotOf(hash, mask);; slot = (slot + 1) & mask) {
        const std::int32_t i = m_index[slot];
        if (i == kFree)
            return kNone;
        if (i >= 0 && same(m_entries[static_cast<std::size_t>(i)]))
            return static_cast<std::size_t>(i);
    }
}

std::size_t HashTable::locate(Interpreter &py, const Value &key, std::uint64_t hash)
{
    if (key.isString() && key.as<StringObject>()->interned)
        return locateName(key.as<StringObject>(), hash);
    for (;;) {
        const std::uint64_t version = m_version;
        bool changed = false;
        const auto same = [&](std::size_t i) {
            const Entry &e = m_entries[i];
            if (!e.key || e.hash != hash)
                return false;
            if (const int plainly = samePlainly(e.key, key); plainly >= 0)
                return plainly == 1;
            const Value held = e.key;
            const bool equal = py.equals(held, key);
            changed = version != m_version;
            return equal;
        };
        std::size_t found = kNone;
        if (m_index.empty()) {
            for (std::size_t i = 0; i < m_entries.size() && found == kNone && !changed; ++i)
                if (same(i))
                    found = i;
        } else {
            const std::size_t mask = m_index.size() - 1;
            for (std::size_t slot = slotOf(hash, mask); !changed; slot = (slot + 1) & mask) {
                const std::int32_t i = m_index[slot];
                if (i == kFree)
                    break;
                if (i >= 0 && same(static_cast<std::size_t>(i))) {
                    found = static_cast<std::size_t>(i);
                    break;
                }
            }
        }
        if (!changed)
            return found;
        py.state().countSteps(1);
    }
}

Value *HashTable::find(Interpreter &py, const Value &key, std::uint64_t hash)
{
    const std::size_t i = locate(py, key, hash);
    return i == kNone ? nullptr : &m_entries[i].value;
}

Value *HashTable::findName(const StringObject *interned, std::uint64_t hash)
{
    const std::size_t i = locateName(interned, hash);
    return i == kNone ? nullptr : &m_entries[i].value;
}

void HashTable::rebuild()
{
    if (m_used < m_entries.size()) {
        std::erase_if(m_entries, [](const Entry &e) { return !e.key; });
        ++m_version;
    }
    if (m_entries.size() < kWithoutIndex) {
        m_index.clear();
        return;
    }
    std::size_t size = 32;
    while (size < m_entries.size() * 3)
        size *= 2;
    m_index.assign(size, kFree);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        std::size_t slot = slotOf(m_entries[i].hash, size - 1);
        while (m_index[slot] != kFree)
            slot = (slot + 1) & (size - 1);
        m_index[slot] = static_cast<std::int32_t>(i);
    }
}

void HashTable::append(const Value &key, std::uint64_t hash, const Value &value)
{
    if (m_index.empty() ? m_entries.size() >= kWithoutIndex : (m_entries.size() + 1) * 3 > m_index.size() * 2)
        rebuild();
    m_entries.push_back({key, value, hash});
    ++m_used;
    ++m_version;
    if (m_index.empty()) {
        if (m_entries.size() > kWithoutIndex)
            rebuild();
        return;
    }
    const std::size_t mask = m_index.size() - 1;
    std::size_t slot = slotOf(hash, mask);
    while (m_index[slot] >= 0)
        slot = (slot + 1) & mask;
    m_index[slot] = static_cast<std::int32_t>(m_entries.size() - 1);
}

bool HashTable::insert(Interpreter &py, const Value &key, std::uint64_t hash, const Value &value)
{
    noticeChange();
    const std::size_t i = locate(py, key, hash);
    if (i != kNone) {
        m_entries[i].value = value;
        return false;
    }
    append(key, hash, value);
    return true;
}

bool HashTable::insertName(StringObject *interned, std::uint64_t hash, const Value &value)
{
    noticeChange();
    const std::size_t i = locateName(interned, hash);
    if (i != kNone) {
        m_entries[i].value = value;
        return false;
    }
    append(Value::fromObject(interned), hash, value);
    return true;
}

void HashTable::removeAt(std::size_t i)
{
    noticeChange();
    Entry removed = std::move(m_entries[i]);
    m_entries[i] = Entry{};
    --m_used;
    ++m_version;
    if (!m_index.empty()) {
        const std::size_t mask = m_index.size() - 1;
        for (std::size_t slot = slotOf(removed.hash, mask); m_index[slot] != kFree; slot = (slot + 1) & mask) {
            if (m_index[slot] == static_cast<std::int32_t>(i)) {
                m_index[slot] = kDeleted;
                break;
            }
        }
    }
    if (m_used == 0)
        clear();
}

HashTable::Entry HashTable::remove(Interpreter &py, const Value &key, std::uint64_t hash)
{
    const std::size_t i = locate(py, key, hash);
    if (i == kNone)
        return {};
    Entry gone = m_entries[i];
    removeAt(i);
    return gone;
}

void HashTable::clear()
{
    noticeChange();
    std::vector<Entry> old;
    old.swap(m_entries);
    m_index.clear();
    m_used = 0;
    ++m_version;
}

void HashTable::copyFrom(const HashTable &other)
{
    noticeChange();
    std::vector<Entry> copy = other.m_entries;
    copy.swap(m_entries);
    m_used = other.m_used;
    ++m_version;
    rebuild();
}

namespace {
/// The places of CPython's set table (Objects/setobject.c): a few neighbours are tried before the next place is computed.
class SetPlaces {
public:
    void add(std::uint64_t hash, std::size_t entry)
    {
        place(hash, entry);
        ++m_used;
        if (m_used * 5 < (m_places.size() - 1) * 3)
            return;
        const std::size_t wanted = m_used > 50000 ? m_used * 2 : m_used * 4;
        std::size_t size = 8;
        while (size <= wanted)
            size *= 2;
        std::vector<Place> old(size);
        old.swap(m_places);
        for (const Place &p : old)
            if (p.isTaken)
                place(p.hash, p.entry);
    }
    template<class Each>
    void inOrder(const Each &each) const
    {
        for (const Place &p : m_places)
            if (p.isTaken)
                each(p.entry);
    }

private:
    struct Place {
        std::uint64_t hash = 0;
        std::size_t entry = 0;
        bool isTaken = false;
    };
    void place(std::uint64_t hash, std::size_t entry)
    {
        constexpr std::size_t kNeighbours = 9;
        const std::size_t mask = m_places.size() - 1;
        std::uint64_t perturb = hash;
        std::size_t i = static_cast<std::size_t>(hash) & mask;
        for (;;) {
            const std::size_t tried = i + kNeighbours <= mask ? kNeighbours : 0;
            for (std::size_t k = i; k <= i + tried; ++k) {
                if (!m_places[k].isTaken) {
                    m_places[k] = {hash, entry, true};
                    return;
                }
            }
            perturb >>= 5;
            i = static_cast<std::size_t>(i * 5 + 1 + perturb) & mask;
        }
    }
    std::vector<Place> m_places{8};
    std::size_t m_used = 0;
};
} // namespace

bool hasSettledHash(const Value &key)
{
    if (const auto *tuple = key.to<TupleObject>())
        return std::ranges::all_of(tuple->items, hasSettledHash);
    return key.isNone() || isInteger(key) || key.isKind(ObjectKind::Float);
}

bool HashTable::orderAsSet()
{
    if (m_used < 2)
        return true;
    if (m_orderedVersion == m_version)
        return m_hasOrder;
    m_orderedVersion = m_version;
    m_hasOrder = std::all_of(m_entries.begin(), m_entries.end(), [](const Entry &e) { return !e.key || hasSettledHash(e.key); });
    if (!m_hasOrder)
        return false;
    SetPlaces places;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].key)
            places.add(m_entries[i].hash, i);
    std::vector<Entry> ordered;
    ordered.reserve(m_used);
    places.inOrder([&](std::size_t i) { ordered.push_back(std::move(m_entries[i])); });
    m_entries = std::move(ordered);
    rebuild();
    m_orderedVersion = ++m_version;
    return true;
}

std::size_t HashTable::bytes() const { return m_entries.capacity() * sizeof(Entry) + m_index.capacity() * sizeof(std::int32_t); }

} // namespace stillroom::python
