// SPDX-License-Identifier: Apache-2.0
#include "migrations/settings.hpp"

#include "base/text.hpp"
#include "migrations/clauses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::migrations {

namespace {

/// A variable that does harm, but for the values that leave things as they are.
struct Setting
{
  std::string_view name;
  std::array<std::string_view, 4> harmless;
  std::string_view does;
  std::string_view help;
  Severity severity = Severity::high;
};

constexpr std::array<std::string_view, 4> any_value{};
constexpr std::array<std::string_view, 4> off{"off", "false", "0", "no"};
constexpr std::array<std::string_view, 4> on{"on", "true", "1", "yes"};

/// "Server Configuration" of PostgreSQL's manual.
constexpr std::array settings = std::to_array<Setting>({
    {"session_replication_role",
     {"origin", "local"},
     "switches off triggers, rules and the checks of foreign keys",
     "Leave it at origin, and load rows in the order of their keys"},
    {"allow_system_table_mods", off, "lets commands change system catalogs, after which the database may not start",
     "Use the commands that PostgreSQL has for it", Severity::critical},
    {"zero_damaged_pages", off, "overwrites damaged pages with zeros, with all rows in them",
     "Restore what is damaged from a backup", Severity::critical},
    {"ignore_checksum_failure", off, "spreads what is damaged", "Restore what is damaged from a backup"},
    {"ignore_system_indexes", off, "reads system catalogs without what finds entries that are out of date",
     "REINDEX them"},
    {"lo_compat_privileges", off, "opens every large object to every role", "Grant what the roles need"},
    {"session_preload_libraries", any_value, "runs the code of a library in every session", "Use an extension"},
    {"local_preload_libraries", any_value, "runs the code of a library in every session", "Use an extension"},
    {"shared_preload_libraries", any_value, "runs the code of a library in the server", "Use an extension"},
    {"standard_conforming_strings", on,
     "makes the server read the texts that follow otherwise than this gate does, so that code can hide in them",
     "Leave it on, and write E'…' where escapes are meant"},
    {"dynamic_library_path", any_value, "changes which libraries the server runs the code of",
     "Name the library in full"},
});

/// Those that only count when they are kept for sessions to come. `role` and PostgREST's are documented there.
constexpr std::array kept_settings = std::to_array<Setting>({
    {"default_transaction_read_only", off, "fails every write of the sessions to come",
     "Revoke what may not be written"},
    {"role", {"none"}, "gives every session to come the rights of another role", "Grant the role what it needs"},
    {"search_path", any_value, "makes the sessions to come find other tables and functions under the same names",
     "Name the schema in the queries that need it", Severity::medium},
    {"pgrst.db_schemas", any_value, "changes which schemas the API shows", "Say in the review which are to be seen",
     Severity::medium},
    {"pgrst.db_anon_role", any_value, "changes who is let in without a login", "Grant the present one what it needs"},
});

template<typename List>
const Setting*
find(const List& list, std::string_view name)
{
  const auto* found = std::find_if(list.begin(), list.end(), [name](const Setting& each) { return each.name == name; });
  return found == list.end() ? nullptr : found;
}

bool
is_harmless(const Setting& setting, const SetVariable& set)
{
  const std::string value = set.values.size() == 1 ? to_lower(set.values.front()) : "";
  return set.kind != SetVariable::Kind::set
         || (!value.empty()
             && std::find(setting.harmless.begin(), setting.harmless.end(), value) != setting.harmless.end());
}

Effect
effect_of(const Setting& setting, std::string_view command)
{
  return {fmt::format("{} {}", command, setting.name), std::string(setting.does), std::string(setting.help),
          setting.severity};
}

/// By the names of its arguments or by their places.
Node
argument(Node call, std::size_t number, std::string_view name)
{
  const std::vector<Node> all = call["args"].items();
  for (const Node each : all) {
    if (each["NamedArgExpr"].text("name") == name) {
      return each["NamedArgExpr"]["arg"];
    }
  }
  const Node found = number < all.size() ? all[number] : Node();
  return found["TypeCast"].is_object() ? found["TypeCast"]["arg"] : found;
}

SetVariable
variable_of(Node call)
{
  return {SetVariable::Kind::set,
          to_lower(constant_of(argument(call, 0, "setting_name"))),
          {constant_of(argument(call, 1, "new_value"))},
          constant_of(argument(call, 2, "is_local")) != "false"};
}

/// ALTER SYSTEM, and ALTER ROLE or DATABASE … SET, which hold for sessions to come.
std::vector<Effect>
kept(Node set_statement, const std::string& command, std::vector<Object> of)
{
  const SetVariable set = set_variable(set_statement);
  const Setting* setting = find(kept_settings, set.name);
  setting = setting == nullptr ? find(settings, set.name) : setting;
  if (setting == nullptr || is_harmless(*setting, set)) {
    return {};
  }
  Effect effect = effect_of(*setting, command);
  effect.objects = std::move(of);
  return {std::move(effect)};
}

}  // namespace

SetVariable
set_variable(Node node)
{
  const std::string kind = node.text("kind");
  SetVariable result;
  result.kind = kind == "VAR_RESET_ALL"   ? SetVariable::Kind::reset_all
                : kind == "VAR_SET_VALUE" ? SetVariable::Kind::set
                                          : SetVariable::Kind::reset;
  result.name = to_lower(node.text("name"));
  result.local = node.is_true("is_local");
  for (const Node argument : node["args"].items()) {
    result.values.push_back(constant_of(argument));
  }
  return result;
}

std::optional<SetVariable>
plain_set_config(Node select)
{
  const std::vector<Node> targets = select["targetList"].items();
  const Node call = targets.size() == 1 ? targets.front()["ResTarget"]["val"]["FuncCall"] : Node();
  const QualifiedName function = name_of(call["funcname"]);
  const std::vector<Node> arguments = call["args"].items();
  if (function.name != "set_config" || (!function.schema.empty() && function.schema != "pg_catalog")
      || arguments.size() != 3
      || !std::all_of(arguments.begin(), arguments.end(), [](Node each) { return each["A_Const"].is_object(); })) {
    return std::nullopt;
  }
  for (const char* clause : {"fromClause", "whereClause", "havingClause", "limitCount", "limitOffset", "withClause"}) {
    if (select[clause]) {
      return std::nullopt;
    }
  }
  return variable_of(call);
}

std::vector<Effect>
effects_of_setting(const SetVariable& set)
{
  const Setting* setting = find(settings, set.name);
  return setting == nullptr || is_harmless(*setting, set) ? std::vector<Effect>()
                                                          : std::vector<Effect>{effect_of(*setting, "SET")};
}

std::vector<Effect>
effects_of_set_config(Node call)
{
  const SetVariable set = variable_of(call);
  if (set.name.empty()) {
    return {{"set_config()", "sets a variable that cannot be told from here",
             "Write the variable's name out, or use SET", Severity::medium}};
  }
  return effects_of_setting(set);
}

bool
may_set_path(Node call)
{
  const std::string name = variable_of(call).name;
  return name.empty() || name == "search_path";
}

std::vector<Effect>
setting_effects(std::string_view kind, Node node)
{
  if (kind == "VariableSetStmt") {
    return effects_of_setting(set_variable(node));
  }
  if (kind == "AlterSystemStmt") {
    const SetVariable set = set_variable(node["setstmt"]);
    return {{fmt::format("ALTER SYSTEM SET {}", set.name), "changes the server, for every database and role on it",
             "Set it for the role or database that needs it, or where the server is configured", Severity::high}};
  }
  if (kind == "AlterRoleSetStmt") {
    const std::string role = node["role"].text("rolename");
    return kept(node["setstmt"], fmt::format("ALTER ROLE {} SET", role.empty() ? "ALL" : role),
                {{Object::Kind::role, {"", role}}});
  }
  if (kind == "AlterDatabaseSetStmt") {
    return kept(node["setstmt"], fmt::format("ALTER DATABASE {} SET", node.text("dbname")), {});
  }
  return {};
}

}  // namespace sluice::migrations
