# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "heapq". The order within a heap is that of Python's own.


def _down(heap, start, at):
    item = heap[at]
    while at > start:
        parent = (at - 1) >> 1
        if not item < heap[parent]:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def _up(heap, at):
    end, start = len(heap), at
    item = heap[at]
    child = 2 * at + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _down(heap, start, at)


def heapify(x):
    for index in reversed(range(len(x) // 2)):
        _up(x, index)


def heappush(heap, item):
    heap.append(item)
    _down(heap, 0, len(heap) - 1)


def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _up(heap, 0)
    return first


def heapreplace(heap, item):
    first, heap[0] = heap[0], item
    _up(heap, 0)
    return first


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _up(heap, 0)
    return item


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[: max(n, 0)]


def merge(*iterables, key=None, reverse=False):
    iterators = [iter(each) for each in iterables]
    fronts = {}
    for index, each in enumerate(iterators):
        for item in each:
            fronts[index] = item
            break
    while fronts:
        chosen = None
        for index in sorted(fronts):
            if chosen is None:
                chosen = index
                continue
            a, b = fronts[index], fronts[chosen]
            if key is not None:
                a, b = key(a), key(b)
            if b < a if reverse else a < b:
                chosen = index
        yield fronts.pop(chosen)
        for item in iterators[chosen]:
            fronts[chosen] = item
            break
