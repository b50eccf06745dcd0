// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/objects.h"
#include "python/tree.h"

#include <QString>

#include <deque>
#include <memory>
#include <string_view>
#include <vector>

/// What the compiler makes of a tree: instructions of a stack machine, one Code for each module, class body and function.
namespace stillroom::python {

enum class Op : std::uint8_t {
    Pop,
    Duplicate,
    DuplicateTwo,
    RotateTwo,
    RotateThree,
    RotateFour,
    LoadConstant,
    LoadFast,
    StoreFast,
    DeleteFast,
    LoadCell,
    StoreCell,
    DeleteCell,
    LoadClosure,
    LoadClassCell,
    LoadGlobal,
    StoreGlobal,
    DeleteGlobal,
    LoadName,
    StoreName,
    DeleteName,
    LoadAttribute,
    StoreAttribute,
    DeleteAttribute,
    LoadMethod,
    LoadItem,
    StoreItem,
    DeleteItem,
    BuildSlice,
    Binary,
    InPlace,
    Not,
    Plus,
    Minus,
    Invert,
    Compare,
    Jump,
    JumpBack,
    JumpIfFalse,
    JumpIfTrue,
    JumpIfFalseOrPop,
    JumpIfTrueOrPop,
    GetIterator,
    ForIterator,
    BuildTuple,
    BuildList,
    BuildSet,
    BuildDict,
    AppendTo,
    AddTo,
    PutInto,
    ListExtend,
    SetUpdate,
    DictUpdate,
    DictMerge,
    ListToTuple,
    Unpack,
    UnpackStarred,
    Call,
    CallKeywords,
    CallSpread,
    CallMethod,
    CallMethodKeywords,
    MakeFunction,
    BuildClass,
    Return,
    Yield,
    YieldFrom,
    GetAwaitable,
    GetAsyncIterator,
    AsyncNext,
    Raise,
    Reraise,
    PopHandled,
    LoadHandled,
    MatchesException,
    SplitGroup,
    CollectGroup,
    FinishGroup,
    EnterWith,
    ExitWith,
    ExitWithHandled,
    EnterAsyncWith,
    ExitAsyncWith,
    ExitAsyncWithHandled,
    Format,
    BuildText,
    BuildTemplate,
    ImportName,
    ImportFrom,
    ImportStar,
    LoadAssertionError,
    LoadUnknownAnnotation,
    StoreAnnotation,
    MakeTypeVariable,
    MatchSequence,
    MatchMapping,
    MatchKeys,
    MatchClass,
    MatchLength,
    MatchRest,
    MatchSlice,
    Operand,
};

struct Instruction {
    Op op;
    std::uint8_t extra = 0;
    std::int16_t handler = -1; ///< index into handlers; -1: none in this code
    std::int32_t argument = 0;
    std::int32_t line = 0;
};

struct Handler {
    std::int32_t target;
    std::int32_t stackDepth;
    std::int32_t handledDepth;
};

/// Names of one scope and how each is reached.
struct Scope {
    enum class Sort : std::uint8_t { Module, Class, Function };
    enum Flag : std::uint8_t { Bound = 1, DeclaredGlobal = 2, DeclaredNonlocal = 4, Used = 8, Cell = 16, Free = 32, Parameter = 64 };
    struct Entry {
        StringObject *name;
        std::uint8_t flags;
    };
    Sort sort = Sort::Function;
    Scope *parent = nullptr;
    std::vector<Entry> names;
    std::vector<std::pair<const void *, Scope *>> children;
    bool isComprehension = false;
    bool isGenerator = false;
    bool usesSuper = false;
    [[nodiscard]] Entry *find(const StringObject *name);
    Entry &entry(StringObject *name);
};

/// What one tree becomes: owner of the scopes and codes that its functions share.
struct Unit {
    QString file;
    bool isLibrary = false; ///< of this program: `file` is no file's name
    std::deque<Scope> scopes;
    std::deque<Code> codes;
    bool annotationsAreText = false;
};

struct Code {
    Unit *unit = nullptr;
    StringObject *name = nullptr;
    std::string qualifiedName;
    int firstLine = 0;
    bool compiled = false;
    bool isGenerator = false, isCoroutine = false, isClassBody = false, isModule = false;
    bool hasStarArguments = false, hasStarKeywords = false;
    int positionalOnly = 0, positional = 0, keywordOnly = 0; ///< `positional` counts the positional-only ones too
    std::vector<Instruction> instructions;
    std::vector<Handler> handlers;
    Values constants;
    std::vector<StringObject *> names;
    std::vector<StringObject *> locals;           ///< parameters first
    std::vector<std::int32_t> cellLocals;         ///< locals that are cells of this code
    std::vector<StringObject *> freeNames;        ///< they stand after the locals
    std::vector<std::vector<Value>> keywordNames; ///< of CallKeywords
    Scope *scope = nullptr;
    // where it comes from; compiled when first called
    const FunctionDefinition *function = nullptr;
    const Lambda *lambda = nullptr;
    const Comprehension *comprehension = nullptr;
    const ClassDefinition *classBody = nullptr;
    const Parameters *parameters = nullptr;
    Value doc;
    StringObject *privateName = nullptr; ///< class whose `__names` are mangled
};

} // namespace stillroom::python
