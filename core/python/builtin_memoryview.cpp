// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <algorithm>
#include <memory>

/// memoryview (Python library reference, "Memory Views"), of bytes and bytearray: drivers give BYTEA as such, and scripts ask whether
/// what they got is one. A view of bytes stands over the bytes that it shows, so that it goes wherever bytes go.
namespace stillroom::python {

namespace {

struct ViewPayload final : Payload {
    Value object; ///< None once it is released
    std::int64_t start = 0, count = 0, step = 1;
};

ViewPayload &viewOf(Interpreter &py, const Value &self)
{
    auto *view = Interpreter::payloadAs<ViewPayload>(self);
    if (!view)
        raiseException(py, BuiltinClass::TypeError, "descriptor requires a 'memoryview' object but received '" + py.className(self) + "'");
    if (view->object.isNone())
        raiseException(py, BuiltinClass::ValueError, "operation forbidden on released memoryview object");
    return *view;
}

bool isReadOnly(const ViewPayload &view) { return plain(view.object).isKind(ObjectKind::Bytes); }

const std::string *bytesUnder(const Value &given)
{
    const Value &v = plain(given);
    if (v.isKind(ObjectKind::Bytes))
        return &v.as<BytesObject>()->bytes;
    return v.isKind(ObjectKind::ByteArray) ? &v.as<ByteArrayObject>()->bytes : nullptr;
}

std::string shown(Interpreter &py, const ViewPayload &view)
{
    const std::string &bytes = *bytesUnder(view.object);
    py.state().willAllocate(static_cast<std::size_t>(view.count));
    std::string out;
    for (std::int64_t i = 0; i < view.count; ++i) {
        const auto at = static_cast<std::size_t>(view.start + i * view.step);
        if (at >= bytes.size())
            raiseException(py, BuiltinClass::BufferError, "the bytearray under a memoryview has become shorter");
        out.push_back(bytes[at]);
    }
    return out;
}

Value makeView(Interpreter &py, const Value &cls, ViewPayload view)
{
    const Value instance = py.instance(cls);
    if (isReadOnly(view))
        instance.as<InstanceObject>()->base = py.bytes(shown(py, view));
    Interpreter::setPayload(instance, std::make_unique<ViewPayload>(std::move(view)));
    return instance;
}

Value construct(Interpreter &py, const Value &cls, Arguments &a)
{
    expectArguments(py, "memoryview", a, 1, 1);
    const Value &given = a.positional[0];
    if (given.isUnknown())
        return given;
    ViewPayload view;
    if (Interpreter::payloadAs<ViewPayload>(given)) {
        const ViewPayload &other = viewOf(py, given);
        view.object = other.object;
        view.start = other.start;
        view.count = other.count;
        view.step = other.step;
    } else if (const std::string *bytes = bytesUnder(given)) {
        view.object = given;
        view.count = std::ssize(*bytes);
    } else {
        raiseException(py, BuiltinClass::TypeError, "memoryview: a bytes-like object is required, not '" + py.className(given) + "'");
    }
    return makeView(py, cls, std::move(view));
}

std::int64_t placeOf(Interpreter &py, const ViewPayload &view, const Value &key)
{
    std::int64_t i = indexOf(py, key);
    i += i < 0 ? view.count : 0;
    if (i < 0 || i >= view.count)
        raiseException(py, BuiltinClass::IndexError, "index out of bounds on dimension 1");
    return view.start + i * view.step;
}

Value getItem(Interpreter &py, const Value &self, Arguments &a)
{
    const ViewPayload &view = viewOf(py, self);
    const Value &key = a.positional.at(0);
    if (!key.isKind(ObjectKind::Slice))
        return Value::integer(static_cast<unsigned char>(bytesUnder(view.object)->at(static_cast<std::size_t>(placeOf(py, view, key)))));
    const Values bounds = py.toVector(py.invokeMethod(key, "indices", {Value::integer(view.count)}));
    ViewPayload part;
    const std::int64_t from = bounds[0].smallInteger();
    const std::int64_t to = bounds[1].smallInteger();
    const std::int64_t step = bounds[2].smallInteger();
    part.object = view.object;
    part.start = view.start + from * view.step;
    part.step = view.step * step;
    part.count = step > 0 ? std::max<std::int64_t>(0, (to - from + step - 1) / step) : std::max<std::int64_t>(0, (from - to - step - 1) / -step);
    return makeView(py, py.classOf(self), std::move(part));
}

Value setItem(Interpreter &py, const Value &self, Arguments &a)
{
    const ViewPayload &view = viewOf(py, self);
    if (isReadOnly(view))
        raiseException(py, BuiltinClass::TypeError, "cannot modify read-only memory");
    const Value &key = a.positional.at(0);
    if (key.isKind(ObjectKind::Slice))
        py.stop(StopKind::NotUnderstood, "an assignment to a part of a memoryview is not evaluated");
    const std::int64_t byte = indexOf(py, a.positional.at(1));
    if (byte < 0 || byte > 255)
        raiseException(py, BuiltinClass::ValueError, "memoryview: invalid value for format 'B'");
    plain(view.object).as<ByteArrayObject>()->bytes.at(static_cast<std::size_t>(placeOf(py, view, key))) = static_cast<char>(byte);
    return Value::none();
}

Value equal(Interpreter &py, const Value &self, Arguments &a)
{
    const std::string mine = shown(py, viewOf(py, self));
    const Value &other = a.positional.at(0);
    if (const auto *view = Interpreter::payloadAs<ViewPayload>(other); view && !view->object.isNone())
        return Value::boolean(mine == shown(py, *view));
    const std::string *bytes = bytesUnder(other);
    return bytes ? Value::boolean(mine == *bytes) : py.state().notImplemented;
}

Value hashOf(Interpreter &py, const Value &self, Arguments &)
{
    const ViewPayload &view = viewOf(py, self);
    if (!isReadOnly(view))
        raiseException(py, BuiltinClass::ValueError, "cannot hash writable memoryview object");
    return Value::integer(static_cast<std::int64_t>(py.hash(py.bytes(shown(py, view)))));
}

Value toBytes(Interpreter &py, const Value &self, Arguments &) { return py.bytes(shown(py, viewOf(py, self))); }

Value toList(Interpreter &py, const Value &self, Arguments &)
{
    Values items;
    for (const char c : shown(py, viewOf(py, self)))
        items.push_back(Value::integer(static_cast<unsigned char>(c)));
    return py.list(std::move(items));
}

Value hexText(Interpreter &py, const Value &self, Arguments &a) { return py.invoke(py.getAttribute(toBytes(py, self, a), "hex"), std::move(a)); }

Value release(Interpreter &, const Value &self, Arguments &)
{
    if (auto *view = Interpreter::payloadAs<ViewPayload>(self))
        view->object = Value::none();
    self.as<InstanceObject>()->base = Value();
    return Value::none();
}

Value toReadOnly(Interpreter &py, const Value &self, Arguments &)
{
    ViewPayload view;
    const std::string bytes = shown(py, viewOf(py, self));
    view.object = py.bytes(bytes);
    view.count = std::ssize(bytes);
    return makeView(py, py.classOf(self), std::move(view));
}

Value refuseCast(Interpreter &py, const Value &, Arguments &) { py.stop(StopKind::NotUnderstood, "memoryview.cast() is not evaluated"); }

} // namespace

Value makeMemoryViewClass(Interpreter &py)
{
    ClassBuilder builder(py, "memoryview", {}, "builtins");
    builder.staticMethod("__new__", [](Interpreter &in, const Value &, Arguments &a) {
        const Value cls = a.positional.at(0);
        a.positional.erase(a.positional.begin());
        return construct(in, cls, a);
    });
    builder.method("__init__", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.method("__getitem__", getItem).method("__setitem__", setItem).method("__eq__", equal).method("__hash__", hashOf);
    builder.method("__bytes__", toBytes).method("tobytes", toBytes).method("tolist", toList).method("hex", hexText);
    builder.method("release", release).method("toreadonly", toReadOnly).method("cast", refuseCast);
    builder.method("__len__", [](Interpreter &in, const Value &self, Arguments &) { return Value::integer(viewOf(in, self).count); });
    builder.method("__iter__", [](Interpreter &in, const Value &self, Arguments &a) {
        return in.invoke(in.builtin("iter"), Arguments{{toList(in, self, a)}, {}});
    });
    builder.method("__enter__", [](Interpreter &in, const Value &self, Arguments &) {
        (void)viewOf(in, self);
        return self;
    });
    builder.method("__exit__", release);
    builder.method("__repr__", [](Interpreter &in, const Value &self, Arguments &) {
        const auto *view = Interpreter::payloadAs<ViewPayload>(self);
        const std::string where = in.str(in.invoke(in.builtin("hex"), Arguments{{in.invoke(in.builtin("id"), Arguments{{self}, {}})}, {}}));
        return in.string((view && view->object.isNone() ? "<released memory at " : "<memory at ") + where + ">");
    });
    const auto property = [&](std::string_view name, Value (*get)(Interpreter &, const ViewPayload &)) {
        builder.property(name, [get](Interpreter &in, const Value &self, Arguments &) { return get(in, viewOf(in, self)); });
    };
    const auto one = [](Interpreter &, const ViewPayload &) { return Value::integer(1); };
    const auto isDense = [](Interpreter &, const ViewPayload &view) { return Value::boolean(view.step == 1 || view.count <= 1); };
    property("nbytes", [](Interpreter &, const ViewPayload &view) { return Value::integer(view.count); });
    property("itemsize", one);
    property("ndim", one);
    property("format", [](Interpreter &in, const ViewPayload &) { return in.string("B"); });
    property("readonly", [](Interpreter &, const ViewPayload &view) { return Value::boolean(isReadOnly(view)); });
    property("obj", [](Interpreter &, const ViewPayload &view) { return view.object; });
    property("shape", [](Interpreter &in, const ViewPayload &view) { return in.tuple({Value::integer(view.count)}); });
    property("strides", [](Interpreter &in, const ViewPayload &view) { return in.tuple({Value::integer(view.step)}); });
    property("suboffsets", [](Interpreter &in, const ViewPayload &) { return in.tuple({}); });
    property("c_contiguous", isDense);
    property("f_contiguous", isDense);
    property("contiguous", isDense);
    return builder.build();
}

} // namespace stillroom::python
