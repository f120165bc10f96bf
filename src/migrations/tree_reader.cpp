// SPDX-License-Identifier: Apache-2.0
#include "migrations/tree_reader.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "migrations/clauses.hpp"
#include "migrations/effects.hpp"
#include "migrations/endless_path.hpp"
#include "migrations/function_code.hpp"
#include "migrations/object_kinds.hpp"
#include "migrations/settings.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

constexpr std::size_t max_json_bytes = 8U << 20U;

/// The tokens of a statement, for clauses that the parser gives no place.
struct Source
{
  std::string_view script;
  std::vector<Token> tokens;
};

bool
is_symbol(const Source& source, std::size_t token, char symbol)
{
  return token < source.tokens.size() && source.tokens[token].kind == TokenKind::symbol
         && source.script[source.tokens[token].where.begin] == symbol;
}

/// Index of the token behind the table's name, whose first byte is at `offset`.
std::size_t
behind_name(const Source& source, std::size_t offset)
{
  std::size_t i = 0;
  while (i < source.tokens.size() && source.tokens[i].where.begin < offset) {
    ++i;
  }
  ++i;
  while (is_symbol(source, i, '.')) {
    i += 2;
  }
  if (is_symbol(source, i, '*') || is_symbol(source, i, ')')) {
    ++i;
  }
  return i;
}

/// ALTER TABLE's clauses, which commas outside of parentheses part.
std::vector<Span>
clauses_from(const Source& source, std::size_t first)
{
  std::vector<Span> clauses;
  std::size_t depth = 0;
  bool starts = true;
  for (std::size_t i = first; i < source.tokens.size(); ++i) {
    if (is_symbol(source, i, '(') || is_symbol(source, i, '[')) {
      ++depth;
    } else if ((is_symbol(source, i, ')') || is_symbol(source, i, ']')) && depth > 0) {
      --depth;
    }
    if (depth == 0 && is_symbol(source, i, ',')) {
      starts = true;
      continue;
    }
    if (starts) {
      clauses.push_back(source.tokens[i].where);
    }
    clauses.back().end = source.tokens[i].where.end;
    starts = false;
  }
  return clauses;
}

decltype(AlterClause::what)
clause_of(Node command)
{
  const std::string subtype = command.text("subtype");
  const std::string name = command.text("name");
  const Node definition = command["def"];
  if (subtype == "AT_AddColumn") {
    return AddColumn{column_of(definition["ColumnDef"])};
  }
  if (subtype == "AT_DropColumn") {
    return DropColumn{name};
  }
  if (subtype == "AT_AlterColumnType") {
    const Node column = definition["ColumnDef"];
    const TypeName type = type_of(column["typeName"]);
    return AlterType{name, type, conversion_of(column["raw_default"], name, type)};
  }
  if (subtype == "AT_SetNotNull") {
    return SetNotNull{name};
  }
  if (subtype == "AT_DropNotNull") {
    return DropNotNull{name};
  }
  if (subtype == "AT_AddConstraint") {
    return AddConstraint{constraint_of(definition["Constraint"])};
  }
  if (subtype == "AT_ValidateConstraint") {
    return ValidateConstraint{name};
  }
  if (subtype == "AT_DropConstraint") {
    return DropConstraint{name};
  }
  if (subtype == "AT_DetachPartition") {
    return DetachPartition{definition["PartitionCmd"].is_true("concurrent")};
  }
  if (subtype == "AT_AttachPartition") {
    return OtherClause{subtype, relation_of(definition["PartitionCmd"]["name"])};
  }
  if (const Node parent = definition["RangeVar"]; parent.is_object()) {
    return OtherClause{subtype, relation_of(parent)};
  }
  return OtherClause{subtype};
}

Statement::Body
alter_table(Node node, std::string_view script, Span where)
{
  const std::string kind = node.text("objtype");
  if (kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW" || kind == "OBJECT_FOREIGN_TABLE") {
    return LockingStatement{LockingStatement::Lock::access_exclusive, {relation_of(node["relation"])}};
  }
  if (kind != "OBJECT_TABLE") {
    return OtherStatement{};
  }
  AlterTable alter;
  alter.table = relation_of(node["relation"]);
  const Source source{script, tokens_of(where.of(script), where.begin)};
  const auto name = static_cast<std::size_t>(node["relation"].number("location"));
  const std::vector<Span> places = clauses_from(source, behind_name(source, where.begin + name));
  const std::vector<Node> commands = node["cmds"].items();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    alter.clauses.push_back(
        {clause_of(commands[i]["AlterTableCmd"]), places.size() == commands.size() ? places[i] : where});
  }
  return alter;
}

CreateTable::Lives
lives_of(Node relation, std::string_view on_commit)
{
  if (relation.text("relpersistence") != "t" && relation.text("schemaname") != "pg_temp") {
    return CreateTable::Lives::forever;
  }
  return on_commit == "ONCOMMIT_DROP" ? CreateTable::Lives::in_transaction : CreateTable::Lives::in_session;
}

Statement::Body
create_table(Node node)
{
  CreateTable create;
  create.table = relation_of(node["relation"]);
  create.if_not_exists = node.is_true("if_not_exists");
  create.lives = lives_of(node["relation"], node.text("oncommit"));
  for (const Node element : node["tableElts"].items()) {
    if (const Node column = element["ColumnDef"]; column.is_object()) {
      create.columns.push_back(column_of(column));
    } else if (const Node constraint = element["Constraint"]; constraint.is_object()) {
      create.constraints.push_back(constraint_of(constraint));
    } else {
      create.complete = false;
    }
  }
  const std::vector<Node> parents = node["inhRelations"].items();
  if (!parents.empty() || node["ofTypename"].is_object()) {
    create.complete = false;
  }
  if (node["partbound"].is_object() && !parents.empty()) {
    create.partition_of = relation_of(parents.front()["RangeVar"]);
  }
  return create;
}

Statement::Body
create_table_as(Node into, bool if_not_exists)
{
  CreateTable create;
  create.table = relation_of(into["rel"]);
  create.if_not_exists = if_not_exists;
  create.lives = lives_of(into["rel"], into.text("onCommit"));
  create.complete = false;
  return create;
}

/// DROP POLICY, TRIGGER and RULE: the last text is their own name, what comes before is their table's.
QualifiedName
table_before_name(const std::vector<Node>& objects)
{
  const std::vector<std::string> parts =
      objects.empty() ? std::vector<std::string>() : strings_of(objects.front()["List"]["items"]);
  return {parts.size() > 2 ? parts[parts.size() - 3] : "", parts.size() > 1 ? parts[parts.size() - 2] : ""};
}

Statement::Body
drop_objects(Node node)
{
  const std::string kind = node.text("removeType");
  const std::vector<Node> objects = node["objects"].items();
  if (kind == "OBJECT_POLICY" || kind == "OBJECT_TRIGGER" || kind == "OBJECT_RULE") {
    return LockingStatement{LockingStatement::Lock::access_exclusive, {table_before_name(objects)}};
  }
  DropObjects drop;
  drop.concurrently = node.is_true("concurrent");
  drop.kind = kind == "OBJECT_TABLE" || kind == "OBJECT_MATVIEW" ? DropObjects::Kind::table
              : kind == "OBJECT_INDEX"                           ? DropObjects::Kind::index
              : kind == "OBJECT_SCHEMA"                          ? DropObjects::Kind::schema
                                                                 : DropObjects::Kind::other;
  for (const Node object : objects) {
    drop.names.push_back(name_of_object(object));
  }
  return drop;
}

Statement::Body
reindex(Node node)
{
  Reindex result;
  result.concurrently = node.is_true("concurrent") || has_option(node["params"], "concurrently");
  if (node.text("kind") == "REINDEX_OBJECT_TABLE") {
    result.table = relation_of(node["relation"]);
  }
  return result;
}

Statement::Body
rename(Node node)
{
  Rename result;
  const std::string kind = node.text("renameType");
  if (object_kind(kind) == Object::Kind::function) {
    return MoveFunction{name_of_object(node["object"]), {"", node.text("newname")}};
  }
  result.kind = kind == "OBJECT_TABLE"           ? Rename::Kind::table
                : kind == "OBJECT_COLUMN"        ? Rename::Kind::column
                : kind == "OBJECT_TABCONSTRAINT" ? Rename::Kind::constraint
                                                 : Rename::Kind::other;
  result.table = relation_of(node["relation"]);
  result.from = node.text("subname");
  result.to = node.text("newname");
  return result;
}

/// SELECT … INTO makes a table, SELECT set_config(…) sets a variable.
Statement::Body
select(Node node)
{
  if (const Node into = node["intoClause"]; into.is_object()) {
    return create_table_as(into, false);
  }
  if (auto set = plain_set_config(node)) {
    return *std::move(set);
  }
  return OtherStatement{};
}

Statement::Body
transaction(Node node)
{
  using Kind = TransactionControl::Kind;
  const std::string kind = node.text("kind");
  const bool chains = node.is_true("chain");
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") {
    return TransactionControl{Kind::begin};
  }
  if (kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_PREPARE") {
    return TransactionControl{Kind::commit, chains};
  }
  if (kind == "TRANS_STMT_ROLLBACK") {
    return TransactionControl{Kind::rollback, chains};
  }
  return TransactionControl{kind == "TRANS_STMT_ROLLBACK_TO" ? Kind::rollback_to : Kind::other};
}

Statement::Body
discard(Node node)
{
  const std::string target = node.text("target");
  if (target == "DISCARD_ALL") {
    return DiscardSession{DiscardSession::What::all};
  }
  return target == "DISCARD_TEMP" ? Statement::Body{DiscardSession{DiscardSession::What::temporary_tables}}
                                  : Statement::Body{OtherStatement{}};
}

Statement::Body
locking(std::string_view kind, Node node)
{
  LockingStatement result;
  if (kind == "CreateTrigStmt") {
    result.lock = LockingStatement::Lock::share_row_exclusive;
  }
  const Node one = node[kind.ends_with("PolicyStmt") ? "table" : "relation"];
  if (one.is_object()) {
    result.tables.push_back(relation_of(one));
  }
  for (const Node relation : node["relations"].items()) {
    result.tables.push_back(relation_of(relation["RangeVar"]));
  }
  for (const Node relation : node["rels"].items()) {
    result.tables.push_back(relation_of(relation["VacuumRelation"]["relation"]));
  }
  return result;
}

bool
is_locking(std::string_view kind, Node node)
{
  constexpr std::array<std::string_view, 7> always{"CreatePolicyStmt", "AlterPolicyStmt", "CreateTrigStmt", "RuleStmt",
                                                   "TruncateStmt",     "ClusterStmt",     "LockStmt"};
  if (kind == "RefreshMatViewStmt") {
    return !node.is_true("concurrent");
  }
  if (kind == "VacuumStmt") {
    return has_option(node["options"], "full");
  }
  constexpr long share_lock = 5;  // lockdefs.h: weaker modes let other sessions write
  return std::find(always.begin(), always.end(), kind) != always.end()
         && (kind != "LockStmt" || node.number("mode") >= share_lock);
}

Statement::Body
set_schema(Node node)
{
  const std::string kind = node.text("objectType");
  if (kind == "OBJECT_TABLE") {
    return SetSchema{relation_of(node["relation"]), node.text("newschema")};
  }
  const QualifiedName name = name_of_object(node["object"]);
  return object_kind(kind) == Object::Kind::function
             ? Statement::Body{MoveFunction{name, {node.text("newschema"), name.name}}}
             : Statement::Body{OtherStatement{}};
}

Statement::Body
body_of(std::string_view kind, Node node, std::string_view script, Span where)
{
  using Reader = Statement::Body (*)(Node);
  constexpr std::array<std::pair<std::string_view, Reader>, 7> readers{{{"CreateStmt", create_table},
                                                                        {"DropStmt", drop_objects},
                                                                        {"ReindexStmt", reindex},
                                                                        {"RenameStmt", rename},
                                                                        {"DiscardStmt", discard},
                                                                        {"SelectStmt", select},
                                                                        {"TransactionStmt", transaction}}};
  for (const auto& [name, read] : readers) {
    if (name == kind) {
      return read(node);
    }
  }
  if (kind == "AlterTableStmt") {
    return alter_table(node, script, where);
  }
  if (kind == "IndexStmt") {
    return CreateIndex{relation_of(node["relation"]), node.text("idxname"), node.is_true("concurrent")};
  }
  if (kind == "CreateTableAsStmt") {
    return create_table_as(node["into"], node.is_true("if_not_exists"));
  }
  if (kind == "ViewStmt") {
    return CreateView{relation_of(node["view"])};
  }
  if (kind == "AlterObjectSchemaStmt") {
    return set_schema(node);
  }
  if (kind == "CreateFunctionStmt") {
    return create_function(node);
  }
  if (kind == "VariableSetStmt") {
    return set_variable(node);
  }
  if (kind == "DoStmt") {
    return DoBlock{};
  }
  return is_locking(kind, node) ? locking(kind, node) : Statement::Body{OtherStatement{}};
}

/// The name of the statement's node, from the text: most of the bytes of a repository are rows to insert, and a tree
/// of them would cost a hundred times what is looked up in it.
std::string_view
kind_of(std::string_view tree)
{
  constexpr std::string_view before = "\"stmts\":[{\"stmt\":{\"";
  const std::size_t at = tree.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t begin = at + before.size();
  return tree.substr(begin, tree.find('"', begin) - begin);
}

/// Of a text whose line ends and `ident` marks are as git stores them.
std::string
as_stored(std::string_view text)
{
  std::string stored;
  stored.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    constexpr std::string_view mark = "$Id:";
    const bool is_mark = text.substr(i).starts_with(mark);
    const std::size_t end = is_mark ? text.find_first_of("$\n", i + 1) : std::string_view::npos;
    if (end != std::string_view::npos && text[end] == '$') {
      stored += "$Id$";
      i = end;
    } else if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') {
      stored += text[i];
    }
  }
  return stored;
}

/// The code of a function or DO block may be commented anew as well.
std::string
normalized_deeply(std::string_view statement)
{
  const std::string text = as_stored(statement);
  std::string result;
  for (const Token& token : tokens_of(text)) {
    const std::string_view spelling = token.where.of(text);
    const bool is_body = token.kind == TokenKind::string && spelling.starts_with('$');
    const std::size_t tag = is_body ? spelling.find('$', 1) + 1 : 0;
    result += token.kind == TokenKind::word ? to_lower(spelling)
              : is_body                     ? normalized(spelling.substr(tag, spelling.size() - 2 * tag))
                                            : std::string(spelling);
    result += ' ';
  }
  return result;
}

}  // namespace

std::string
identity_of(std::string_view statement)
{
  const std::vector<Token> tokens = tokens_of(statement.substr(0, std::min<std::size_t>(statement.size(), 256)));
  const bool has_code =
      !tokens.empty()
      && (is_word(statement, tokens.front(), "do")
          || (is_word(statement, tokens.front(), "create")
              && std::any_of(tokens.begin(), tokens.end(), [statement](const Token& token) {
                   return is_word(statement, token, "function") || is_word(statement, token, "procedure");
                 })));
  return to_hex(sha256(has_code ? normalized_deeply(statement) : normalized(as_stored(statement))));
}

std::optional<Statement>
read_tree(std::string_view tree, std::string_view script, Span where)
{
  const std::string_view kind = kind_of(tree);
  // A length is written only for a statement that another follows.
  if (kind.empty() || tree.find("\"stmt_len\":") != std::string_view::npos) {
    return std::nullopt;
  }
  Statement statement{where, std::string(kind), identity_of(where.of(script)), OtherStatement{}};
  if (has_no_deeds(kind, tree)) {
    return statement;
  }
  if (tree.size() > max_json_bytes) {
    return std::nullopt;
  }
  const Tree parsed(tree);
  const std::vector<Node> statements = parsed.root()["stmts"].items();
  if (statements.size() != 1) {
    return std::nullopt;
  }
  const Node node = statements.front()["stmt"][statement.node.c_str()];
  statement.body = body_of(kind, node, script, where);
  if (const auto* set = as<SetVariable>(statement); set != nullptr && is_endless_path(*set)) {
    return std::nullopt;
  }
  Deeds deeds = deeds_of(kind, node);
  statement.effects = std::move(deeds.effects);
  statement.calls = std::move(deeds.calls);
  statement.attaches = std::move(deeds.attaches);
  statement.runs_text = std::move(deeds.runs_text);
  statement.hides_path = deeds.hides_path && as<SetVariable>(statement) == nullptr;
  statement.makes = made_by(kind, node);
  return statement;
}

}  // namespace sluice::migrations
