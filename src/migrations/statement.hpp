// SPDX-License-Identifier: Apache-2.0
//
// What rules see of a statement: the few things that decide about locks and rewrites, in the words of the SQL
// command. The parser's tree stays behind sql.cpp. Spans are bytes of the whole script; names are as PostgreSQL folds
// them.
#pragma once

#include "finding/severity.hpp"
#include "migrations/lexer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sluice::migrations {

/// The name of a table, view, index or function.
struct QualifiedName
{
  std::string schema;  ///< empty: whatever the search path finds
  std::string name;
  auto operator<=>(const QualifiedName&) const = default;
};

/// "schema.name" or "name".
[[nodiscard]] std::string text_of(const QualifiedName& name);

/// The type of a column by its internal name: "int8", "varchar", "bpchar".
struct TypeName
{
  std::string schema;  ///< empty for a type of pg_catalog or of the search path
  std::string name;
  std::vector<long> modifiers;  ///< (10,2); empty: none were given
  bool is_array = false;
  bool operator==(const TypeName&) const = default;
};

/// "varchar(50)", "int4[]".
[[nodiscard]] std::string text_of(const TypeName& type);

/// What a DEFAULT clause computes.
struct DefaultValue
{
  bool is_null = false;                  ///< DEFAULT NULL, which is none
  std::vector<QualifiedName> functions;  ///< that it calls
};

enum class ConstraintKind { check, foreign_key, primary_key, unique, exclusion, not_null, other };

struct Constraint
{
  ConstraintKind kind = ConstraintKind::other;
  std::string name;                           ///< empty: the server makes one
  bool not_valid = false;                     ///< existing rows are not examined
  bool uses_index = false;                    ///< … USING INDEX
  std::vector<std::string> columns;           ///< of a key; of a check, those that it proves to be not null
  std::optional<std::string> checked_column;  ///< the only column that a check mentions
  std::optional<QualifiedName> references;    ///< of a foreign key
};

enum class Generated { no, serial, identity, stored };

struct Column
{
  std::string name;
  TypeName type;
  bool not_null = false;  ///< by NOT NULL or PRIMARY KEY
  Generated generated = Generated::no;
  std::optional<DefaultValue> default_value;
  std::vector<Constraint> constraints;
};

/// What happens to the values of a column that changes its type.
enum class Conversion {
  implied,  ///< no USING, or one that says what would be done anyway
  computed  ///< USING some other expression
};

// Clauses of ALTER TABLE.
struct AddColumn
{
  Column column;
};
struct DropColumn
{
  std::string column;
};
struct AlterType
{
  std::string column;
  TypeName type;
  Conversion conversion = Conversion::implied;
};
struct SetNotNull
{
  std::string column;
};
struct DropNotNull
{
  std::string column;
};
struct AddConstraint
{
  Constraint constraint;
};
struct ValidateConstraint
{
  std::string name;
};
struct DropConstraint
{
  std::string name;
};
struct DetachPartition
{
  bool concurrently = false;
};
/// A clause that counts by its lock or by what it does as a whole.
struct OtherClause
{
  std::string name;                                     ///< the parser's: "AT_SetStatistics"
  std::optional<QualifiedName> partner = std::nullopt;  ///< the other table of ATTACH PARTITION and INHERIT
};

struct AlterClause
{
  std::variant<OtherClause, AddColumn, DropColumn, AlterType, SetNotNull, DropNotNull, AddConstraint,
               ValidateConstraint, DropConstraint, DetachPartition>
      what;
  Span where;
};

// Statements.
struct AlterTable
{
  QualifiedName table;
  std::vector<AlterClause> clauses;
};
struct CreateTable
{
  QualifiedName table;
  bool if_not_exists = false;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  bool complete = true;  ///< false: LIKE, INHERITS, AS … bring columns that are not listed
  std::optional<QualifiedName> partition_of;
  /// A temporary table is of one session, and perhaps of one transaction.
  enum class Lives { forever, in_session, in_transaction } lives = Lives::forever;
};
struct CreateView
{
  QualifiedName view;
};
struct CreateIndex
{
  QualifiedName table;
  std::string index;  ///< empty: the server makes a name
  bool concurrently = false;
};
struct DropObjects
{
  enum class Kind { table, index, schema, other } kind = Kind::other;
  std::vector<QualifiedName> names;
  bool concurrently = false;
};
struct Reindex
{
  std::optional<QualifiedName> table;  ///< REINDEX TABLE
  bool concurrently = false;
};
struct Rename
{
  enum class Kind { table, column, constraint, other } kind = Kind::other;
  QualifiedName table;
  std::string from;  ///< of a column or constraint
  std::string to;
};
struct SetSchema
{
  QualifiedName table;
  std::string schema;
};
/// What can be told of code without running it.
struct Code
{
  /// Whether it has commands beyond reading, inserting and changing some of a table's rows, or cannot be read at all.
  bool may_harm = false;
  std::vector<QualifiedName> calls = {};  ///< whatever may be a function, each once
};
struct CreateFunction
{
  QualifiedName function;
  std::string arguments = {};  ///< types of those that tell it from others of its name: "int4,text"
  bool is_volatile = true;
  Code code = {};
};
/// A function under another name, or in another schema.
struct MoveFunction
{
  QualifiedName from;
  QualifiedName to;  ///< without a schema: that of `from`
};
struct SetVariable
{
  enum class Kind { set, reset, reset_all } kind = Kind::set;
  std::string name;
  std::vector<std::string> values;  ///< constants as text
  bool local = false;
};
struct TransactionControl
{
  enum class Kind { begin, commit, rollback, rollback_to, other } kind = Kind::other;
  bool chains = false;  ///< AND CHAIN: another one begins at once
};
/// DISCARD ALL, which also resets every variable, and DISCARD TEMP.
struct DiscardSession
{
  enum class What { all, temporary_tables } what = What::all;
};
/// A statement that only counts by the ACCESS EXCLUSIVE or SHARE ROW EXCLUSIVE lock that it takes.
struct LockingStatement
{
  enum class Lock { access_exclusive, share_row_exclusive } lock = Lock::access_exclusive;
  std::vector<QualifiedName> tables;
};
/// DO: code that runs at once and is not looked into.
struct DoBlock
{};
struct OtherStatement
{};

/// Something that has a name in a database.
struct Object
{
  enum class Kind { table, view, index, sequence, type, function, schema, role, other } kind = Kind::other;
  QualifiedName name;
  auto operator<=>(const Object&) const = default;
};

/// Harm that a statement does by itself, where no rule of its own looks at it.
struct Effect
{
  std::string what;  ///< the command with what it names: "TRUNCATE orders"
  std::string does;  ///< what follows: "deletes every row of it for good"
  std::string help;
  Severity severity = Severity::high;
  /// What it harms: nobody misses what the change itself has made. None: it does harm whatever it names.
  std::vector<Object> objects = {};
  /// It does harm only if this column of the first object has a value in every row.
  std::optional<std::string> if_never_null = std::nullopt;
  /// It does harm unless a migration defines a function of just this name.
  std::optional<QualifiedName> function = std::nullopt;
};

struct Statement
{
  using Body = std::variant<OtherStatement, AlterTable, CreateTable, CreateView, CreateIndex, DropObjects, Reindex,
                            Rename, SetSchema, CreateFunction, MoveFunction, SetVariable, TransactionControl,
                            DiscardSession, LockingStatement, DoBlock>;
  Span where;            ///< without the semicolon
  std::string node;      ///< the parser's name of its kind: "AlterTableStmt"
  std::string identity;  ///< SHA-256 of the `normalized` text, whatever its line ends
  Body body;
  std::vector<Effect> effects = {};
  std::vector<QualifiedName> calls = {};  ///< functions that run when it runs, each once
  /// Functions that run by something other than a call from here on, such as a default, a view or a trigger, each once.
  std::vector<QualifiedName> attaches = {};
  std::vector<QualifiedName> runs_text = {};  ///< functions that it gives SQL text to run which cannot be judged
  bool hides_path = false;                    ///< it may set search_path to what cannot be told
  std::vector<Object> makes = {};             ///< things other than tables that were not there before it
};

/// The statement as a `T`, or null if it is another.
template<typename T>
[[nodiscard]] const T*
as(const Statement& statement)
{
  return std::get_if<T>(&statement.body);
}

/// Calls `visit(const AlterTable&, const Clause&, Span)` for each clause of that kind.
template<typename Clause, typename Visit>
void
for_each_clause(const Statement& statement, Visit&& visit)
{
  const auto* alter = as<AlterTable>(statement);
  if (alter == nullptr) {
    return;
  }
  for (const AlterClause& clause : alter->clauses) {
    if (const auto* wanted = std::get_if<Clause>(&clause.what)) {
      visit(*alter, *wanted, clause.where);
    }
  }
}

}  // namespace sluice::migrations
