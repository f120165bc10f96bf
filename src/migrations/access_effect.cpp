// SPDX-License-Identifier: Apache-2.0
#include "migrations/access_effect.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

bool
names_public(Node grantees)
{
  const std::vector<Node> all = grantees.items();
  return std::any_of(all.begin(), all.end(),
                     [](Node each) { return each["RoleSpec"].text("roletype") == "ROLESPEC_PUBLIC"; });
}

std::vector<Effect>
grant(Node node)
{
  if (!node.is_true("is_grant") || !names_public(node["grantees"])) {
    return {};
  }
  return {{"GRANT … TO PUBLIC", "gives it to every role of the database, those to come included",
           "Name the roles that need it", Severity::high}};
}

std::vector<Effect>
role(std::string_view kind, Node node)
{
  const bool alters = kind == "AlterRoleStmt";
  std::vector<Effect> effects;
  for (const Node option : node["options"].items()) {
    const Node element = option["DefElem"];
    const std::string name = element.text("defname");
    if (element["arg"]["Boolean"].is_true("boolval") && (name == "bypassrls" || name == "superuser")) {
      effects.push_back({fmt::format("{} ROLE {} {}", alters ? "ALTER" : "CREATE",
                                     alters ? node["role"].text("rolename") : node.text("role"),
                                     name == "superuser" ? "SUPERUSER" : "BYPASSRLS"),
                         "lets the role past every row level security policy", "Grant the role what it needs",
                         Severity::high});
    }
  }
  return effects;
}

}  // namespace

std::vector<Effect>
access_effects(std::string_view kind, Node node)
{
  if (kind == "GrantStmt") {
    return grant(node);
  }
  if (kind == "AlterDefaultPrivilegesStmt") {
    const Node action = node["action"];
    return grant(action["GrantStmt"].is_object() ? action["GrantStmt"] : action);
  }
  return kind == "AlterRoleStmt" || kind == "CreateRoleStmt" ? role(kind, node) : std::vector<Effect>();
}

}  // namespace sluice::migrations
