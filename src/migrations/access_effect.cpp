// SPDX-License-Identifier: Apache-2.0
#include "migrations/access_effect.hpp"

#include "migrations/clauses.hpp"
#include "migrations/object_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

using Effects = std::vector<Effect>;

template<typename List>
bool
has(const List& list, std::string_view name)
{
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Whom everybody is that has not logged in: as Supabase, PostgREST and their documentation call it.
constexpr std::array<std::string_view, 4> anonymous_roles{"anon", "web_anon", "anonymous", "guest"};

/// Those that see, change or run more than any grant on a table gives: PostgreSQL's "Predefined Roles", and what those
/// who run it as a service have in place of a superuser.
constexpr std::array powerful_roles = std::to_array<std::string_view>(
    {"postgres", "supabase_admin", "service_role", "rds_superuser", "cloudsqlsuperuser", "azure_pg_admin",
     "pg_read_all_data", "pg_write_all_data", "pg_execute_server_program", "pg_read_server_files",
     "pg_write_server_files", "pg_signal_backend", "pg_maintain", "pg_checkpoint", "pg_create_subscription"});

std::vector<std::string>
roles_of(Node list)
{
  std::vector<std::string> names;
  for (const Node each : list.items()) {
    names.push_back(each["RoleSpec"].text("rolename"));
  }
  return names;
}

bool
names_public(Node grantees)
{
  const std::vector<Node> all = grantees.items();
  return std::any_of(all.begin(), all.end(),
                     [](Node each) { return each["RoleSpec"].text("roletype") == "ROLESPEC_PUBLIC"; });
}

/// None if it is about all objects of a schema, or those to come.
std::vector<Object>
objects_of(Node node)
{
  std::vector<Object> objects;
  if (node.text("targtype") != "ACL_TARGET_OBJECT") {
    return objects;
  }
  for (const Node each : node["objects"].items()) {
    const Node relation = each["RangeVar"];
    objects.push_back(
        {object_kind(node.text("objtype")), relation.is_object() ? relation_of(relation) : name_of_object(each)});
  }
  return objects;
}

/// Whether it lets read, and nothing else; without a list it is ALL.
bool
only_reads(Node node)
{
  const std::vector<Node> privileges = node["privileges"].items();
  return !privileges.empty() && std::all_of(privileges.begin(), privileges.end(), [](Node each) {
    const std::string name = each["AccessPriv"].text("priv_name");
    return name == "select" || name == "usage" || name == "execute";
  });
}

Effects
grant(Node node)
{
  if (names_public(node["grantees"])) {
    return {{"GRANT … TO PUBLIC", "gives it to every role of the database, those to come included",
             "Name the roles that need it", Severity::high}};
  }
  const std::vector<std::string> roles = roles_of(node["grantees"]);
  const auto is_anonymous = [](const std::string& role) { return has(anonymous_roles, role); };
  const auto anonymous = std::find_if(roles.begin(), roles.end(), is_anonymous);
  // What USAGE of a schema shows is opened by the privileges on what is in it.
  const bool is_door = node.text("objtype") == "OBJECT_SCHEMA" && only_reads(node);
  if (anonymous == roles.end() || is_door) {
    return {};
  }
  return {{fmt::format("GRANT … TO {}", *anonymous), "gives it to everybody who reaches the API, without a login",
           "Name the roles of those who have logged in, and let policies say which rows are whose",
           only_reads(node) ? Severity::medium : Severity::high, objects_of(node)}};
}

/// What PUBLIC loses is what nobody was given by name.
Effects
revoke(Node node, std::string_view target)
{
  std::vector<std::string> roles = roles_of(node["grantees"]);
  std::erase(roles, "");
  if (roles.empty() || target == "ACL_TARGET_DEFAULTS") {
    return {};
  }
  return {{fmt::format("REVOKE … FROM {}", fmt::join(roles, ", ")),
           "fails every query of the running application that relies on it",
           "Stop relying on it in one release; revoke it in a later one", Severity::medium, objects_of(node)}};
}

Effects
privileges(Node node)
{
  return node.is_true("is_grant") ? grant(node) : revoke(node, node.text("targtype"));
}

/// Membership gives all that the role has. One that the change has made has nothing that anybody relies on.
Effects
membership(Node node)
{
  std::vector<Object> objects;
  std::vector<std::string> names;
  bool is_powerful = false;
  for (const Node each : node["granted_roles"].items()) {
    names.push_back(each["AccessPriv"].text("priv_name"));
    is_powerful = is_powerful || has(powerful_roles, names.back());
    objects.push_back({Object::Kind::role, {"", names.back()}});
  }
  const std::vector<std::string> roles = roles_of(node["grantee_roles"]);
  if (!node.is_true("is_grant")) {
    return {{fmt::format("REVOKE {} FROM {}", fmt::join(names, ", "), fmt::join(roles, ", ")),
             "fails every query of the running application that relies on it",
             "Stop relying on it in one release; revoke it in a later one", Severity::medium, std::move(objects)}};
  }
  const bool is_anonymous =
      std::any_of(roles.begin(), roles.end(), [](const std::string& role) { return has(anonymous_roles, role); });
  const bool is_high = is_powerful || is_anonymous || node.is_true("admin_opt");
  return {{fmt::format("GRANT {} TO {}", fmt::join(names, ", "), fmt::join(roles, ", ")),
           "gives all that the role may do and all that it owns", "Grant the privileges that are needed",
           is_high ? Severity::high : Severity::medium, std::move(objects)}};
}

/// An option of CREATE or ALTER ROLE that does harm when it is set, or when it is taken away.
struct RoleOption
{
  std::string_view name;
  bool value;
  bool only_alters;
  std::string_view spoken;
  std::string_view does;
  std::string_view help;
};

constexpr std::string_view grant_less = "Grant the role what it needs";

constexpr std::array role_options = std::to_array<RoleOption>({
    {"bypassrls", true, false, "BYPASSRLS", "lets the role past every row level security policy", grant_less},
    {"superuser", true, false, "SUPERUSER", "lets the role past every row level security policy", grant_less},
    {"createrole", true, false, "CREATEROLE", "lets the role give itself the rights of most others", grant_less},
    {"isreplication", true, false, "REPLICATION", "lets the role read every row of the server", grant_less},
    {"canlogin", false, true, "NOLOGIN", "refuses every connection of the role from now on",
     "Do it when nobody connects as the role any more"},
    {"superuser", false, true, "NOSUPERUSER", "fails whatever relies on the role's rights",
     "Grant the role what it needs first"},
});

void
add_other_option(Effects& effects, Node option, const std::string& what)
{
  const std::string name = option.text("defname");
  if (name == "password") {
    effects.push_back({what + " PASSWORD", "refuses every client that still has the old one",
                       "Make a second role, and drop this one when nobody connects as it", Severity::medium});
  } else if (name == "connectionlimit" && option["arg"]["Integer"].number("ival") >= 0) {
    effects.push_back({what + " CONNECTION LIMIT", "refuses connections beyond it",
                       "Limit the pool of the application instead", Severity::medium});
  } else if (name == "validUntil") {
    effects.push_back({what + " VALID UNTIL", "refuses the role's password from then on",
                       "Say in the review who renews it", Severity::medium});
  }
}

Effects
role(std::string_view kind, Node node)
{
  const bool alters = kind == "AlterRoleStmt";
  const std::string name = alters ? node["role"].text("rolename") : node.text("role");
  const std::string what = fmt::format("{} ROLE {}", alters ? "ALTER" : "CREATE", name);
  Effects effects;
  for (const Node each : node["options"].items()) {
    const Node option = each["DefElem"];
    for (const RoleOption& known : role_options) {
      const Node value = option["arg"]["Boolean"];
      if (option.text("defname") == known.name && value.is_object() && value.is_true("boolval") == known.value
          && (alters || !known.only_alters)) {
        effects.push_back({fmt::format("{} {}", what, known.spoken), std::string(known.does), std::string(known.help),
                           Severity::high});
      }
    }
    if (alters) {
      add_other_option(effects, option, what);
    } else if (option.text("defname") == "addroleto") {
      for (const std::string& group : roles_of(option["arg"]["List"]["items"])) {
        effects.push_back({fmt::format("{} IN ROLE {}", what, group),
                           "gives all that the role may do and all that it owns",
                           "Grant the privileges that are needed",
                           has(powerful_roles, group) ? Severity::high : Severity::medium,
                           {{Object::Kind::role, {"", group}}}});
      }
    }
  }
  return effects;
}

}  // namespace

std::vector<Effect>
access_effects(std::string_view kind, Node node)
{
  if (kind == "GrantStmt") {
    return privileges(node);
  }
  if (kind == "GrantRoleStmt") {
    return membership(node);
  }
  if (kind == "AlterDefaultPrivilegesStmt") {
    const Node action = node["action"];
    return privileges(action["GrantStmt"].is_object() ? action["GrantStmt"] : action);
  }
  return kind == "AlterRoleStmt" || kind == "CreateRoleStmt" ? role(kind, node) : std::vector<Effect>();
}

}  // namespace sluice::migrations
