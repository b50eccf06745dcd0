// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "script/library.h"

#include <algorithm>
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
    if (!in.findAttribute(in.classOf(value), "__float__") && !in.findAttribute(in.classOf(value), "__index__"))
        in.raise("TypeError", "must be real number, not " + in.className(value));
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
    {"log1p", [](double x) { return std::log1p(x); }},
    {"expm1", [](double x) { return std::expm1(x); }},
    {"exp2", [](double x) { return std::exp2(x); }},
    {"sinh", [](double x) { return std::sinh(x); }},
    {"cosh", [](double x) { return std::cosh(x); }},
    {"tanh", [](double x) { return std::tanh(x); }},
    {"asinh", [](double x) { return std::asinh(x); }},
    {"acosh", [](double x) { return std::acosh(x); }},
    {"atanh", [](double x) { return std::atanh(x); }},
    {"cbrt", [](double x) { return std::cbrt(x); }},
    {"erf", [](double x) { return std::erf(x); }},
    {"erfc", [](double x) { return std::erfc(x); }},
    {"gamma", [](double x) { return x <= 0 && x == std::floor(x) ? std::numeric_limits<double>::quiet_NaN() : std::tgamma(x); }},
    {"lgamma", [](double x) { return std::lgamma(x); }},
    {"ulp", [](double x) { return std::isfinite(x) ? std::nextafter(std::fabs(x), HUGE_VAL) - std::fabs(x) : std::fabs(x); }},
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
                const bool isPole = std::isinf(result) && std::isfinite(x) && (row.name[0] == 'l' || std::string_view(row.name) == "atanh");
                if ((std::isnan(result) && !std::isnan(x)) || isPole)
                    in.raise("ValueError", "math domain error");
                if (std::isinf(result) && std::isfinite(x))
                    in.raise("OverflowError", "math range error");
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
    return library.interpreter().function(name, [function, dunder = "__" + std::string(name) + "__"](Interpreter &in, const Value &, Arguments &a) {
        const Value &given = a.positional.at(0);
        if (!given.isUnknown() && !in.isInstance(given, in.builtin("float")) && in.findAttribute(in.classOf(given), dunder))
            return in.invokeMethod(given, dunder);
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
            const auto logarithm = [&in](const Value &given) {
                const double x = number(in, given);
                if (x <= 0)
                    in.raise("ValueError", "math domain error");
                return std::log(x);
            };
            const double result = logarithm(a.positional.at(0));
            if (a.positional.size() == 1)
                return in.floating(result);
            const double base = logarithm(a.positional[1]);
            if (base == 0)
                in.raise("ZeroDivisionError", "float division by zero");
            return in.floating(result / base);
        });
    }
    if (name == "pow") {
        return interpreter.function("pow", [](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            const double y = number(in, a.positional.at(1));
            const double result = std::pow(x, y);
            if (std::isfinite(x) && std::isfinite(y) && !std::isfinite(result))
                in.raise(std::isnan(result) || x == 0 ? "ValueError" : "OverflowError",
                         std::isnan(result) || x == 0 ? "math domain error" : "math range error");
            return in.floating(result);
        });
    }
    if (name == "fmod" || name == "remainder" || name == "atan2" || name == "copysign" || name == "nextafter") {
        return interpreter.function(name, [which = std::string(name)](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            const double y = number(in, a.positional.at(1));
            const double result = which == "fmod"        ? std::fmod(x, y)
                                  : which == "remainder" ? std::remainder(x, y)
                                  : which == "atan2"     ? std::atan2(x, y)
                                  : which == "copysign"  ? std::copysign(x, y)
                                                         : std::nextafter(x, y);
            if (std::isnan(result) && !std::isnan(x) && !std::isnan(y))
                in.raise("ValueError", "math domain error");
            return in.floating(result);
        });
    }
    if (name == "frexp" || name == "modf") {
        return interpreter.function(name, [isSplit = name == "modf"](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            if (isSplit) {
                double whole = 0;
                const double rest = std::modf(x, &whole);
                return in.tuple({in.floating(rest), in.floating(whole)});
            }
            int exponent = 0;
            const double mantissa = std::frexp(x, &exponent);
            return in.tuple({in.floating(mantissa), Value::integer(std::isfinite(x) ? exponent : 0)});
        });
    }
    if (name == "ldexp") {
        return interpreter.function("ldexp", [](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            const std::int64_t power = Interpreter::toInt64(in.known(a.positional.at(1))).value_or(0);
            const double result = std::ldexp(x, static_cast<int>(std::clamp<std::int64_t>(power, -5000, 5000)));
            if (std::isinf(result) && std::isfinite(x))
                in.raise("OverflowError", "math range error");
            return in.floating(result);
        });
    }
    if (name == "isnan" || name == "isinf" || name == "isfinite") {
        return interpreter.function(name, [which = std::string(name)](Interpreter &in, const Value &, Arguments &a) {
            const double x = number(in, a.positional.at(0));
            return Value::boolean(which == "isnan" ? std::isnan(x) : which == "isinf" ? std::isinf(x) : std::isfinite(x));
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
                         {"fmod", severalArguments},
                         {"remainder", severalArguments},
                         {"atan2", severalArguments},
                         {"copysign", severalArguments},
                         {"nextafter", severalArguments},
                         {"frexp", severalArguments},
                         {"modf", severalArguments},
                         {"ldexp", severalArguments},
                         {"isclose", severalArguments},
                         {"pi", constant},
                         {"e", constant},
                         {"inf", constant},
                         {"nan", constant}});
}

} // namespace stillroom::script
