// SPDX-License-Identifier: Apache-2.0
#include "migrations/server_effect.hpp"

#include "base/text.hpp"
#include "migrations/clauses.hpp"
#include "migrations/object_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

using Effects = std::vector<Effect>;

constexpr std::string_view do_by_hand = "Do it by hand";

Effects
drop_owned(Node)
{
  return {{"DROP OWNED", "drops every object that the role owns and all of its privileges",
           "Name what is to be dropped", Severity::critical}};
}
Effects
drop_database(Node node)
{
  return {{fmt::format("DROP DATABASE {}", node.text("dbname")), "deletes the database with all that is in it",
           "Do it by hand, after a backup", Severity::critical}};
}
Effects
drop_tablespace(Node node)
{
  return {{fmt::format("DROP TABLESPACE {}", node.text("tablespacename")),
           "takes away the storage that other databases of the server may use", std::string(do_by_hand),
           Severity::high}};
}
Effects
drop_role(Node)
{
  return {{"DROP ROLE", "ends every login and privilege of the role",
           "Revoke its login first, and drop it when nobody has missed it", Severity::medium}};
}
Effects
drop_subscription(Node node)
{
  return {{fmt::format("DROP SUBSCRIPTION {}", node.text("subname")), "ends the replication and drops its slot",
           "Disable it first, and drop it when nobody has missed it", Severity::medium}};
}
Effects
drop_user_mapping(Node node)
{
  return {{fmt::format("DROP USER MAPPING FOR {}", node["user"].text("rolename")),
           "fails every query of the role on the foreign tables of the server", "Alter it instead", Severity::medium}};
}

Effects
alter_database(Node node)
{
  Effects effects;
  for (const Node option : node["options"].items()) {
    const std::string name = option["DefElem"].text("defname");
    if (name == "tablespace") {
      effects.push_back({fmt::format("ALTER DATABASE {} SET TABLESPACE", node.text("dbname")),
                         "copies the database, to which nobody may be connected", "Do it in a maintenance window",
                         Severity::high});
    } else if (name == "allow_connections" || name == "connection_limit" || name == "is_template") {
      effects.push_back({fmt::format("ALTER DATABASE {}", node.text("dbname")),
                         "changes who may connect to the database, which can be nobody", std::string(do_by_hand),
                         Severity::medium});
    }
  }
  return effects;
}

Effects
reassign_owned(Node node)
{
  return {{fmt::format("REASSIGN OWNED TO {}", node["newrole"].text("rolename")),
           "gives away every object of the role, whatever that is; an owner is past row level security",
           "Name what changes hands: ALTER TABLE … OWNER TO", Severity::high}};
}

Effects
alter_owner(Node node)
{
  const std::string type = node.text("objectType");
  const Object object{object_kind(type), name_of_object(node["object"])};
  const bool is_whole = type == "OBJECT_SCHEMA" || type == "OBJECT_DATABASE";
  return {{fmt::format("ALTER {} {} OWNER TO {}", spoken_kind(type), text_of(object.name),
                       node["newowner"].text("rolename")),
           "takes it out of the hands of the role that had it, and runs code with the rights of the new owner",
           "Grant the new role what it needs",
           is_whole ? Severity::medium : Severity::low,
           {object}}};
}

/// Whose code can do no more than SQL can: PostgreSQL's own that are TRUSTED, and those that say so of themselves.
bool
is_trusted(std::string_view language)
{
  constexpr std::array<std::string_view, 11> trusted{"sql",  "plpgsql",  "internal", "plperl", "pltcl", "plv8",
                                                     "plls", "plcoffee", "pljava",   "pllua",  "plrust"};
  return std::find(trusted.begin(), trusted.end(), language) != trusted.end();
}

Effects
create_function_of(Node node)
{
  for (const Node option : node["options"].items()) {
    const std::string language = to_lower(option["DefElem"]["arg"]["String"].text("sval"));
    if (option["DefElem"].text("defname") == "language" && !is_trusted(language)) {
      return {{fmt::format("CREATE FUNCTION {} LANGUAGE {}", text_of(name_of(node["funcname"])), language),
               "runs code in the database server with the rights of its operating system user",
               "Use a language that is trusted, such as plpgsql, or an extension", Severity::high}};
    }
  }
  return {};
}

/// Contrib modules by what their pages of the manual say, and the languages that are not trusted.
Effects
create_extension(Node node)
{
  constexpr std::array<std::string_view, 4> powers{"adminpack", "file_fdw", "pg_surgery", "pageinspect"};
  const std::string name = to_lower(node.text("extname"));
  const bool is_language = name.starts_with("pl") && (name.ends_with("u") || name == "plsh" || name == "plr");
  if (!is_language && std::find(powers.begin(), powers.end(), name) == powers.end()) {
    return {};
  }
  return {{fmt::format("CREATE EXTENSION {}", name),
           is_language ? "lets functions run with the rights of the server's operating system user"
                       : "lets functions read or write the files of the server, past its privileges",
           "Say in the review who may use it, and drop it when it has done its work",
           is_language ? Severity::high : Severity::medium}};
}

Effects
create_language(Node node)
{
  return {{fmt::format("CREATE LANGUAGE {}", node.text("plname")),
           "lets functions run code of a library in the database server", "Use an extension that is trusted",
           Severity::high}};
}

Effects
alter_publication(Node node)
{
  const std::string action = node.text("action");
  const std::string name = node.text("pubname");
  if (action == "AP_AddObjects" && node["options"].items().empty()) {
    return {};
  }
  return {{fmt::format("ALTER PUBLICATION {} {}", name, action == "AP_DropObjects" ? "DROP" : "SET"),
           "stops sending what subscribers rely on, without an error on either side",
           "Do it when no subscriber needs it any more", Severity::medium}};
}

Effects
alter_subscription(Node node)
{
  const std::string kind = node.text("kind");
  const Node enabled = node["options"].items().empty() ? Node() : node["options"].items().front()["DefElem"]["arg"];
  if (kind == "ALTER_SUBSCRIPTION_ADD_PUBLICATION"
      || (kind == "ALTER_SUBSCRIPTION_ENABLED" && enabled["Boolean"].is_true("boolval"))) {
    return {};
  }
  return {{fmt::format("ALTER SUBSCRIPTION {}", node.text("subname")),
           "changes what this database receives, and may lose changes or let them pile up on the other side",
           std::string(do_by_hand), Severity::medium}};
}

Effects
prepared_transaction(Node node)
{
  const std::string kind = node.text("kind");
  if (kind == "TRANS_STMT_PREPARE") {
    return {{"PREPARE TRANSACTION", "keeps all of its locks, also over a restart, until somebody commits it", "COMMIT",
             Severity::high}};
  }
  if (kind == "TRANS_STMT_COMMIT_PREPARED") {
    return {{"COMMIT PREPARED", "brings about what another session has done, which is not to be seen here",
             "Write what it does as statements of the migration", Severity::high}};
  }
  if (kind == "TRANS_STMT_ROLLBACK_PREPARED") {
    return {{"ROLLBACK PREPARED", "throws away what another session has done and waits to be committed",
             std::string(do_by_hand), Severity::high}};
  }
  return {};
}

Effects
load(Node node)
{
  return {{fmt::format("LOAD '{}'", node.text("filename")), "runs the code of a library in the database server",
           "Set shared_preload_libraries, or use an extension", Severity::high}};
}

}  // namespace

std::vector<Effect>
server_effects(std::string_view kind, Node node)
{
  using Reader = Effects (*)(Node);
  constexpr std::array<std::pair<std::string_view, Reader>, 16> readers{{
      {"DropOwnedStmt", drop_owned},
      {"DropdbStmt", drop_database},
      {"DropTableSpaceStmt", drop_tablespace},
      {"DropRoleStmt", drop_role},
      {"DropSubscriptionStmt", drop_subscription},
      {"DropUserMappingStmt", drop_user_mapping},
      {"AlterDatabaseStmt", alter_database},
      {"ReassignOwnedStmt", reassign_owned},
      {"AlterOwnerStmt", alter_owner},
      {"CreateFunctionStmt", create_function_of},
      {"CreateExtensionStmt", create_extension},
      {"CreatePLangStmt", create_language},
      {"AlterPublicationStmt", alter_publication},
      {"AlterSubscriptionStmt", alter_subscription},
      {"TransactionStmt", prepared_transaction},
      {"LoadStmt", load},
  }};
  for (const auto& [name, read] : readers) {
    if (name == kind) {
      return read(node);
    }
  }
  return {};
}

}  // namespace sluice::migrations
