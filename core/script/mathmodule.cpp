// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "script/library.h"

#include <cmath>
#include <numbers>
#include <numeric>

/// Python library reference, "math", as far as scripts use it.
namespace stillroom::script {

using namespace python;

namespace {

double number(Interpreter &in, const Value &value)
{
    in.known(value, "a number");
    if (const auto given = Interpreter::toDouble(value))
        return *given;
    if (const auto whole = Interpreter::toInt64(value))
        return static_cast<double>(*whole);
    const Value converted = in.invoke(in.builtin("float"), Arguments{{value}, {}});
    return Interpreter::toDouble(converted).value_or(0);
}

using OneArgument = double (*)(double);

struct Row {
    const char *name;
    OneArgument function;
};

constexpr Row kRows[] = {
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"exp", [](double x) { return std::exp(x); }},
    {"log2", [](double x) { return std::log2(x); }},
    {"log10", [](double x) { return std::log10(x); }},
    {"sin", [](double x) { return std::sin(x); }},
    {"cos", [](double x) { return std::cos(x); }},
    {"tan", [](double x) { return std::tan(x); }},
    {"asin", [](double x) { return std::asin(x); }},
    {"acos", [](double x) { return std::acos(x); }},
    {"atan", [](double x) { return std::atan(x); }},
    {"fabs", [](double x) { return std::fabs(x); }},
    {"radians", [](double x) { return x * std::numbers::pi / 180; }},
    {"degrees", [](double x) { return x * 180 / std::numbers::pi; }},
};

Value oneArgument(Library &library, std::string_view name)
{
    for (const Row &row : kRows) {
        if (name == row.name) {
            return library.interpreter().function(name, [&row](Interpreter &in, const Value &, Arguments &a) {
                const double x = number(in, a.positional.at(0));
                const double result = row.function(x);
                if (std::isnan(result) && !std::isnan(x))
                    in.raise("ValueError", "math domain error");
                return in.floating(result);
            });
        }
    }
    return {};
}

/// floor, ceil and trunc give integers of any size.
Value rounding(Library &library, std::string_view name)
{
    const auto function = name == "floor"  ? static_cast<OneArgument>(std::floor)
                          : name == "ceil" ? static_cast<OneArgument>(std::ceil)
                                           : static_cast<OneArgument>(std::trunc);
    return library.interpreter().function(name, [function](Interpreter &in, const Value &, Arguments &a) {
        const Value &given = a.positional.at(0);
        if (in.isInstance(in.known(given), in.builtin("int")))
            return given;
        return in.invoke(in.builtin("int"), Arguments{{in.floating(function(number(in, given)))}, {}});
    });
}

Value severalArguments(Library &library, std::string_view name)
{
    Interpreter &interpreter = library.interpreter();
    if (name == "log") {
        return interpreter.function("log", [](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            if (x <= 0)
                in.raise("ValueError", "math domain error");
            return in.floating(a.positional.size() > 1 ? std::log(x) / std::log(number(in, a.positional[1])) : std::log(x));
        });
    }
    if (name == "pow") {
        return interpreter.function("pow", [](Interpreter &in, const Value &, Arguments &a) {
            return in.floating(std::pow(number(in, a.positional.at(0)), number(in, a.positional.at(1))));
        });
    }
    if (name == "isnan" || name == "isinf" || name == "isfinite") {
        return interpreter.function(name, [which = std::string(name)](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            return Value::boolean(which == "isnan" ? std::isnan(x) : which == "isinf" ? std::isinf(x) : std::isfinite(x));
        });
    }
    if (name == "gcd") {
        return interpreter.function("gcd", [](Interpreter &in, const Value &, Arguments &a) {
            std::int64_t result = 0;
            for (const Value &value : a.positional) {
                const auto whole = Interpreter::toInt64(in.known(value));
                if (!whole)
                    in.raise("TypeError", "'" + in.className(value) + "' object cannot be interpreted as an integer");
                result = std::gcd(result, *whole);
            }
            return Value::integer(result);
        });
    }
    return interpreter.function("isclose", [](Interpreter &in, const Value &, Arguments &arguments) {
        ArgumentReader r(in, "isclose", arguments, {"a", "b", "*", "rel_tol=", "abs_tol="});
        const double x = number(in, r["a"]);
        const double y = number(in, r["b"]);
        const double relative = r.has("rel_tol") ? number(in, r["rel_tol"]) : 1e-9;
        const double absolute = r.has("abs_tol") ? number(in, r["abs_tol"]) : 0;
        return Value::boolean(std::fabs(x - y) <= std::max(relative * std::max(std::fabs(x), std::fabs(y)), absolute));
    });
}

Value constant(Library &library, std::string_view name)
{
    Interpreter &in = library.interpreter();
    if (name == "pi")
        return in.floating(std::numbers::pi);
    if (name == "e")
        return in.floating(std::numbers::e);
    return in.floating(name == "inf" ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN());
}

} // namespace

void addMathModule(ModuleTable &table)
{
    for (const Row &row : kRows)
        table.add({"math"}, {{row.name, oneArgument}});
    table.add({"math"}, {{"floor", rounding},
                         {"ceil", rounding},
                         {"trunc", rounding},
                         {"log", severalArguments},
                         {"pow", severalArguments},
                         {"isnan", severalArguments},
                         {"isinf", severalArguments},
                         {"isfinite", severalArguments},
                         {"gcd", severalArguments},
                         {"isclose", severalArguments},
                         {"pi", constant},
                         {"e", constant},
                         {"inf", constant},
                         {"nan", constant}});
}

} // namespace stillroom::script
