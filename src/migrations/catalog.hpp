// SPDX-License-Identifier: Apache-2.0
//
// What is known of the database when a statement runs. The same ALTER TABLE is harmless on a table that this change
// makes and an outage on one that is in use, so no statement can be judged by itself.
//
// To ask a database would be exact, and needs one that is as far as production: few pipelines have it, none has it for
// a pull request from outside, and its answer changes from run to run. To look at the changed files alone takes every
// table for an old one. The files of the repository say nearly all of it, so they are replayed from the first on: every
// run of the same commit gets the same answer, and it takes no more than parsing them.
//
// What comes of it is right as far as it goes and silent beyond: a table that no migration made is taken for one that
// exists and holds rows, and a column whose type was never written here has none. Both make rules speak where they
// might have been silent. The other way round it can err only by an earlier statement that could not be read, such as
// one in a DO block that dropped a constraint.
//
// A name is looked up as the server does it: a temporary table of the session first, then along the search path. So a
// table of another schema, or one that ends with the session, is never taken for the one in use. And what a statement
// cannot do does not happen: CREATE TABLE of a name that is taken leaves the old table with its rows, whether it says
// IF NOT EXISTS or fails, and a rename onto one leaves both. Where it cannot be told which schemas are searched, a name
// without one leads to nothing that is known, and nothing that is made under it is new.
#pragma once

#include "migrations/defined_functions.hpp"
#include "migrations/statement.hpp"
#include "migrations/volatility.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

struct KnownColumn
{
  TypeName type;
  bool not_null = false;
  unsigned change = 0;  ///< which made it
};

struct KnownCheck
{
  std::vector<std::string> not_null;  ///< columns that it proves to be not null
  bool validated = true;
  [[nodiscard]] bool
  mentions(std::string_view column) const
  {
    return std::find(not_null.begin(), not_null.end(), column) != not_null.end();
  }
};

/// A statement of a judged file.
struct Touch
{
  std::size_t file = 0;  ///< judged files count from 0
  Span where;
};

struct KnownTable
{
  std::map<std::string, KnownColumn> columns;
  std::map<std::string, KnownCheck> checks;  ///< by name
  unsigned change = 0;                       ///< which made it; 0: was there before
  std::optional<Touch> touched;              ///< by which statement of the change last; none if by none
};

/// The file that a session runs.
struct SessionFile
{
  /// What one makes that was there before is in use: it is never new, even if its name puts it behind a file of the
  /// change.
  enum class Age { of_change, earlier } age = Age::of_change;
  std::optional<std::size_t> number = std::nullopt;  ///< of a judged file
};

class Catalog
{
public:
  /// What is created from here on belongs together and is deployed at once: it is new, and what was there is not.
  void begin_change();

  /// Settings are as they are at first.
  void begin_session(const SessionFile& file = {});

  /// Statements are applied whether they would succeed or not.
  void apply(const Statement& statement);

  /// From begin to rollback nothing has happened; to commit, all of it.
  void begin_transaction();
  void commit();
  void rollback();

  /// A table of this change has no rows and no users yet, so no lock or scan of it matters.
  [[nodiscard]] bool is_new(const QualifiedName& table) const;
  [[nodiscard]] bool is_new(const QualifiedName& table, std::string_view column) const;
  /// Null if no migration says.
  [[nodiscard]] const TypeName* type_of(const QualifiedName& table, std::string_view column) const;
  /// The server knows without looking at a row: by NOT NULL or by a validated check.
  [[nodiscard]] bool proves_not_null(const QualifiedName& table, std::string_view column) const;
  [[nodiscard]] Volatility volatility_of(const QualifiedName& function) const;
  /// Whether this change has made the thing, so that nobody uses it yet. Of a table as `is_new`.
  [[nodiscard]] bool is_made(const Object& object) const;
  /// Those that migrations define.
  [[nodiscard]] const DefinedFunctions&
  functions() const
  {
    return functions_;
  }
  /// Whether a migration made it, and none dropped it.
  [[nodiscard]] bool knows(const QualifiedName& table) const;
  [[nodiscard]] bool knows(const QualifiedName& table, const std::string& column) const;
  [[nodiscard]] bool knows_check(const QualifiedName& table, const std::string& name) const;

  /// By "schema.name".
  [[nodiscard]] const std::map<std::string, KnownTable>&
  tables() const
  {
    return tables_;
  }

private:
  struct KnownObject
  {
    unsigned change = 0;
    std::string table;  ///< of an index, by "schema.name"
  };
  using SearchPath = std::vector<std::string>;

  /// Where a name leads, if only to where a new table would be.
  [[nodiscard]] std::string key_of(const QualifiedName& name) const;
  [[nodiscard]] std::string key_of_new(const CreateTable& create) const;
  [[nodiscard]] const SearchPath&
  path() const
  {
    return local_path_ ? *local_path_ : path_;
  }
  /// The schema that what is made without one goes to.
  [[nodiscard]] std::string creation_schema() const;
  [[nodiscard]] const KnownTable* find(const QualifiedName& table) const;
  [[nodiscard]] const KnownObject* find_object(const Object& object) const;
  /// For every change of a table, so that a rollback can undo it.
  void remember(const std::string& key);
  void touch(KnownTable& table) const;
  KnownTable& edit(const std::string& key);
  void erase(const std::string& key);
  void move(const std::string& from, const std::string& to);
  void drop_temporary(CreateTable::Lives lives);

  void create(const CreateTable& create);
  void alter(const AlterTable& alter);
  void rename(const Rename& rename);
  void drop(const DropObjects& drop);
  void define(const CreateFunction& create);
  void make(const Object& object, const Statement& statement);
  void set(const SetVariable& set);
  void discard(const DiscardSession& discard);
  /// No name without a schema leads to anything that is known, until it is set again.
  void hide_path();
  /// Whether it, or a key that begins with it, stands for schemas that cannot be told.
  [[nodiscard]] static bool is_hidden(std::string_view schema);
  /// Of what is made now.
  [[nodiscard]] unsigned
  change() const
  {
    return file_.age == SessionFile::Age::of_change ? change_ : 0;
  }

  std::map<std::string, KnownTable> tables_;  ///< by "schema.name"
  DefinedFunctions functions_;                ///< each with its schema
  std::map<Object, KnownObject> objects_;     ///< with the schema that they are in
  std::set<std::string> schemas_{"public"};   ///< that are known to be there
  std::map<std::string, CreateTable::Lives> temporary_;
  /// A schema of a name that none can have stands for those that cannot be told.
  SearchPath path_{"public"};
  std::optional<SearchPath> local_path_;  ///< SET LOCAL, to the end of the transaction
  SearchPath path_before_{"public"};      ///< as the transaction found it
  unsigned hidden_paths_ = 0;             ///< that there were
  unsigned change_ = 0;
  SessionFile file_;
  Span statement_;  ///< that is applied
  bool in_transaction_ = false;
  std::map<std::string, std::optional<KnownTable>> before_;  ///< tables as they were when the transaction began
  std::vector<Object> made_;                                 ///< in the transaction
};

}  // namespace sluice::migrations
