// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/code.h"
#include "python/state.h"

#include <optional>
#include <string>
#include <vector>

/// Compiles a tree to Code (Python reference, "Execution model", for names and scopes). Functions and class bodies are
/// compiled when they first run: most scripts define far more than one evaluation needs.
namespace stillroom::python {

[[nodiscard]] Code *compileModule(Interpreter &py, Block statements, Unit &unit); ///< all of a module, or some of its statements
[[nodiscard]] Code *compileExpression(Interpreter &py, const Expression &expression, Unit &unit);
/// Compiles the body of a function, lambda, comprehension or class if that has not been done.
void compileBody(Interpreter &py, Code &code);

/// Finds which names of a function, lambda, comprehension or class (and all inside it) are local, cells, free or global.
class ScopeBuilder {
public:
    ScopeBuilder(Interpreter &py, Unit &unit) : m_py(py), m_unit(unit) {}
    Scope *build(const Code &code);

private:
    Scope *open(Scope::Sort sort, Scope *parent, const void *node);
    void function(const void *node, const Parameters &parameters, Block body, const Expression *expression);
    void classBody(const ClassDefinition &definition);
    void comprehension(const Comprehension &comprehension);
    void defaults(const Parameters &parameters);
    void block(Block statements);
    void statement(const Statement &statement);
    void expression(const Expression *expression);
    void expressions(ExpressionList list);
    void target(const Expression *expression);
    void pattern(const Pattern &pattern);
    void typeParameters(std::span<const TypeParameter> parameters);
    void bind(std::string_view name);
    void use(std::string_view name);
    void resolve(Scope &scope);
    StringObject *name(std::string_view text);

    Interpreter &m_py;
    Unit &m_unit;
    Scope *m_scope = nullptr;
    StringObject *m_privateName = nullptr;
};

/// `__name` inside a class is `_Class__name`.
[[nodiscard]] StringObject *mangled(Interpreter &py, std::string_view name, const StringObject *privateName);

class Compiler {
public:
    Compiler(Interpreter &py, Code &code);
    void module(Block body);
    void expressionOnly(const Expression &expression);
    void body();

private:
    struct BlockEntry {
        enum class Sort : std::uint8_t { While, For, AsyncFor, Finally, Handled, With, AsyncWith } sort;
        std::int16_t outerHandler = -1;
        Block finalBody{};                  ///< Finally
        std::string_view name{};            ///< Handled: the exception's name, deleted at the end
        std::int32_t start = 0;             ///< loops
        std::vector<std::int32_t> breaks{}; ///< loops
    };

    // emission
    std::int32_t emit(Op op, std::int32_t argument = 0, std::uint8_t extra = 0);
    std::int32_t jump(Op op) { return emit(op, -1); }
    void land(std::int32_t jumpInstruction);
    [[nodiscard]] std::int32_t here() const { return static_cast<std::int32_t>(m_code.instructions.size()); }
    std::int32_t constant(Value value);
    void loadConstant(Value value) { emit(Op::LoadConstant, constant(std::move(value))); }
    void loadNone();
    std::int32_t name(std::string_view text);
    std::int32_t hiddenLocal();
    std::int16_t newHandler();
    void startHandler(std::int16_t handler);
    [[nodiscard]] std::int32_t stackDepth() const;
    [[nodiscard]] std::int32_t handledDepth() const;
    [[noreturn]] void refuse(std::string message);

    // names
    enum class Access : std::uint8_t { Load, Store, Delete };
    void access(std::string_view id, Access how);

    // statements
    void block(Block statements);
    void statement(const Statement &s);
    void functionDefinition(const FunctionDefinition &s);
    void classDefinition(const ClassDefinition &s);
    void returnStatement(const Return &s);
    void assign(const Assign &s);
    void augmentedAssign(const AugmentedAssign &s);
    void annotatedAssign(const AnnotatedAssign &s);
    void typeAlias(const TypeAlias &s);
    void forStatement(const For &s);
    void asyncFor(const For &s);
    void whileStatement(const While &s);
    void ifStatement(const If &s);
    void withStatement(const With &s, std::size_t item);
    void asyncWithItem(const With &s, std::size_t item);
    void matchStatement(const Match &s);
    void raiseStatement(const Raise &s);
    void tryStatement(const Try &s);
    void tryFinally(const Try &s);
    void tryExcept(const Try &s);
    void tryExceptStar(const Try &s);
    void handlerBody(const ExceptionHandler &h);
    void deleteName(std::string_view id);
    void assertStatement(const Assert &s);
    void importStatement(const Import &s);
    void importFrom(const ImportFrom &s);
    void deleteTarget(const Expression *e);
    void leaveLoop(bool isBreak);
    void unwind(std::size_t downTo);
    void typeParameters(std::span<const TypeParameter> parameters);
    void lenientAnnotation(const Expression *annotation);

    // expressions
    void expression(const Expression *e);
    void store(const Expression *target);
    void loadLiteral(const Constant &c);
    void call(const Call &e);
    void spreadArguments(ExpressionList arguments, std::span<const Keyword> keywords);
    void comparison(const Comparison &e);
    void booleanOperation(const BooleanOperation &e);
    void formattedString(const FormattedString &e);
    void templateString(const FormattedString &e);
    void formattedText(const FormattedString &e);
    void formattedValue(const FormattedValue &e);
    void sequence(const Sequence &e);
    void dict(const Dict &e);
    void comprehension(const Comprehension &e);
    void comprehensionBody();
    void comprehensionClause(const Comprehension &e, std::size_t index, std::int32_t result);
    void lambda(const Lambda &e);
    void awaitTop();
    void subscriptIndex(const Expression *e);

    // functions
    Code &newCode(StringObject *name, std::string_view display, const void *node);
    void makeFunction(Code &code, const Parameters *parameters);
    void prepareLocals();

    // patterns
    struct Captures {
        std::vector<std::pair<std::string_view, std::int32_t>> slots;
    };
    void pattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures);
    void sequencePattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures);
    void mappingPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures);
    void classPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures);
    void orPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures);
    void capture(std::string_view id, Captures &captures);

    Interpreter &m_py;
    Interpreter::State &m_state;
    Code &m_code;
    Scope *m_scope;
    std::int32_t m_line = 0;
    std::int16_t m_handler = -1;
    std::vector<BlockEntry> m_blocks;
    int m_depth = 0;
};

} // namespace stillroom::python
