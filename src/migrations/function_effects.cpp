// SPDX-License-Identifier: Apache-2.0
#include "migrations/function_effects.hpp"

#include "migrations/clauses.hpp"
#include "migrations/function_code.hpp"
#include "migrations/known_functions.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::migrations {

namespace {

constexpr std::string_view after_backup = "Do it by hand, after a backup";
constexpr std::string_view by_hand = "Do it by hand, on the server that is meant";
constexpr std::string_view in_batches = "Do it in a maintenance window, a piece at a time";

constexpr std::array effects = std::to_array<FunctionEffect>({
    // PostgreSQL: large objects.
    {"", "lo_unlink", "deletes the large object for good", after_backup, Severity::critical},
    {"", "lo_truncate", "cuts the large object off for good", after_backup, Severity::critical},
    {"", "lo_truncate64", "cuts the large object off for good", after_backup, Severity::critical},
    {"", "lowrite", "overwrites the large object", after_backup, Severity::high},
    {"", "lo_put", "overwrites the large object", after_backup, Severity::high},
    {"", "lo_export", "writes a file of the database server", by_hand, Severity::high},
    {"", "lo_import", "reads a file of the database server", by_hand, Severity::high},
    // PostgreSQL: replication, recovery, other sessions, the server.
    {"", "pg_drop_replication_slot", "loses what its subscriber has not read yet", by_hand, Severity::critical},
    {"", "pg_replication_slot_advance", "skips what the subscriber of the slot has not read yet", by_hand,
     Severity::high},
    {"", "pg_logical_slot_get_changes", "takes the changes away from the subscriber of the slot",
     "pg_logical_slot_peek_changes leaves them there", Severity::high},
    {"", "pg_logical_slot_get_binary_changes", "takes the changes away from the subscriber of the slot",
     "pg_logical_slot_peek_binary_changes leaves them there", Severity::high},
    {"", "pg_replication_origin_advance", "makes the subscription skip or repeat changes", by_hand, Severity::high},
    {"", "pg_replication_origin_drop", "makes the subscription forget what it has applied", by_hand, Severity::high},
    {"", "pg_promote", "makes a primary of a standby", by_hand, Severity::critical},
    {"", "pg_wal_replay_pause", "lets a standby fall behind", by_hand, Severity::high},
    {"", "pg_terminate_backend", "ends sessions of the running application with what they had not committed",
     "Set lock_timeout, and try again when it is quiet", Severity::high},
    {"", "pg_cancel_backend", "cancels what other sessions are running",
     "Set lock_timeout, and try again when it is quiet", Severity::medium},
    {"", "pg_reload_conf", "makes every session take over what the server's files say", by_hand, Severity::medium},
    {"", "pg_stat_reset", "makes autovacuum forget what it has to do", "Leave the statistics alone", Severity::medium},
    // PostgreSQL: contrib.
    {"", "heap_force_kill", "destroys rows without looking at what refers to them", after_backup, Severity::critical},
    {"", "heap_force_freeze", "brings back rows that may be dead", after_backup, Severity::critical},
    {"", "pg_truncate_visibility_map", "makes the next VACUUM read the whole table", in_batches, Severity::medium},
    {"", "pg_file_write", "writes a file of the database server", by_hand, Severity::critical},
    {"", "pg_file_unlink", "deletes a file of the database server", by_hand, Severity::critical},
    {"", "pg_file_rename", "renames a file of the database server", by_hand, Severity::critical},
    // TimescaleDB.
    {"", "drop_chunks", "deletes the rows of the chunks for good", after_backup, Severity::critical},
    {"", "add_retention_policy", "deletes older rows for good, from now on and by itself",
     "Say in the review from what age on rows may go", Severity::high},
    {"", "move_chunk", "copies the chunk under ACCESS EXCLUSIVE", in_batches, Severity::high},
    {"", "reorder_chunk", "writes the chunk anew under ACCESS EXCLUSIVE", in_batches, Severity::high},
    {"", "compress_chunk", "writes the chunk anew, which blocks writes to it", in_batches, Severity::medium},
    {"", "convert_to_columnstore", "writes the chunk anew, which blocks writes to it", in_batches, Severity::medium},
    {"", "decompress_chunk", "writes the chunk anew, which blocks writes to it", in_batches, Severity::medium},
    {"", "convert_to_rowstore", "writes the chunk anew, which blocks writes to it", in_batches, Severity::medium},
    {"", "delete_job", "ends what the job did", "Pause it with alter_job first", Severity::medium},
    // PostGIS.
    {"", "dropgeometrytable", "deletes the table with all of its rows for good", after_backup, Severity::critical},
    {"", "dropgeometrycolumn", "deletes the column with its data for good", after_backup, Severity::critical},
    {"", "droptopology", "deletes the schema of the topology with all that is in it", after_backup, Severity::critical},
    {"", "droptopogeometrycolumn", "deletes the column with its data for good", after_backup, Severity::critical},
    {"", "updategeometrysrid", "copies the table under ACCESS EXCLUSIVE", in_batches, Severity::high},
    {"", "populate_geometry_columns", "changes the types of columns under ACCESS EXCLUSIVE", in_batches,
     Severity::high},
    // pg_partman.
    {"", "run_maintenance", "detaches or drops partitions that are older than their retention",
     "Leave it to the job that runs it", Severity::medium},
    {"", "run_maintenance_proc", "detaches or drops partitions that are older than their retention",
     "Leave it to the job that runs it", Severity::medium},
    {"", "undo_partition", "moves rows out of partitions and detaches or drops these", after_backup, Severity::high},
    {"partman", "undo_partition_proc", "moves rows out of partitions and detaches or drops these", after_backup,
     Severity::high},
    {"partman", "drop_partition_time", "detaches or drops partitions with their rows", after_backup,
     Severity::critical},
    {"partman", "drop_partition_id", "detaches or drops partitions with their rows", after_backup, Severity::critical},
    // pgmq and pg_cron.
    {"pgmq", "drop_queue", "deletes the queue with its messages for good", after_backup, Severity::critical},
    {"pgmq", "purge_queue", "deletes every message of the queue for good", after_backup, Severity::critical},
    {"cron", "unschedule", "ends what the job did", "Stop needing it in one release; end it in a later one",
     Severity::low},
});

/// Of an extension that only its schema tells: what its functions are called by says what they do.
constexpr FunctionEffect by_its_name{"", "", "takes something away, as its name says", after_backup, Severity::high};
constexpr std::array destructive_verbs = std::to_array<std::string_view>(
    {"drop_", "delete_", "truncate_", "purge_", "undo_", "remove_", "destroy_", "kill_"});

/// Which of its arguments is the text; by name it may be any.
enum class Place { first, second, third, last, all };

struct Runner
{
  std::string_view schema;  ///< empty: any
  std::string_view name;
  Place place = Place::all;
};

/// PostgreSQL's XML functions and text search, dblink, tablefunc, xml2; pg_cron; TimescaleDB's jobs, which are
/// procedures by name; pg_background; Citus.
constexpr std::array runners = std::to_array<Runner>({
    {"", "query_to_xml", Place::first},
    {"", "query_to_xmlschema", Place::first},
    {"", "query_to_xml_and_xmlschema", Place::first},
    {"", "ts_stat", Place::first},
    {"", "ts_rewrite", Place::last},
    {"", "dblink", Place::all},
    {"", "dblink_exec", Place::all},
    {"", "dblink_open", Place::all},
    {"", "dblink_send_query", Place::all},
    {"", "crosstab", Place::all},
    {"", "crosstab2", Place::all},
    {"", "crosstab3", Place::all},
    {"", "crosstab4", Place::all},
    {"", "connectby", Place::all},
    {"", "xpath_table", Place::all},
    {"cron", "schedule", Place::last},
    {"cron", "schedule_in_database", Place::third},
    {"cron", "alter_job", Place::all},
    {"", "pg_background_launch", Place::first},
    {"", "run_command_on_workers", Place::first},
    {"", "run_command_on_coordinator", Place::first},
    {"", "run_command_on_all_nodes", Place::first},
    {"", "run_command_on_shards", Place::second},
    {"", "run_command_on_placements", Place::second},
    {"", "run_command_on_colocated_placements", Place::third},
});

template<typename List>
const typename List::value_type*
find(const List& list, const QualifiedName& function)
{
  const auto* found = std::find_if(list.begin(), list.end(), [&function](const auto& each) {
    return each.name == function.name && (each.schema.empty() || each.schema == function.schema);
  });
  return found == list.end() ? nullptr : found;
}

/// A constant, also under a cast, as text; nothing if it is none.
std::optional<std::string>
text_of_argument(Node argument)
{
  Node node = argument["NamedArgExpr"].is_object() ? argument["NamedArgExpr"]["arg"] : argument;
  if (node["TypeCast"].is_object()) {
    node = node["TypeCast"]["arg"];
  }
  return node["A_Const"].is_object() ? std::optional(constant_of(node)) : std::nullopt;
}

std::vector<Node>
texts_among(const std::vector<Node>& arguments, Place place)
{
  const bool by_name =
      std::any_of(arguments.begin(), arguments.end(), [](Node each) { return each["NamedArgExpr"].is_object(); });
  const std::size_t number = place == Place::last ? arguments.size() - 1 : static_cast<std::size_t>(place);
  if (arguments.empty() || place == Place::all || by_name || number >= arguments.size()) {
    return arguments;
  }
  return {arguments[number]};
}

}  // namespace

const FunctionEffect*
effect_of_function(const QualifiedName& function)
{
  if (const FunctionEffect* effect = find(effects, function)) {
    return effect;
  }
  const auto begins = [&function](std::string_view verb) { return std::string_view(function.name).starts_with(verb); };
  const bool is_destructive = std::any_of(destructive_verbs.begin(), destructive_verbs.end(), begins);
  return is_destructive && is_in_extension_schema(function) ? &by_its_name : nullptr;
}

bool
runs_text(const QualifiedName& function)
{
  return find(runners, function) != nullptr;
}

bool
is_text_harmless(Node call, std::vector<QualifiedName>& calls)
{
  const Runner* runner = find(runners, name_of(call["funcname"]));
  const std::vector<Node> texts = texts_among(call["args"].items(), runner == nullptr ? Place::all : runner->place);
  return std::all_of(texts.begin(), texts.end(), [&calls](Node argument) {
    const auto text = text_of_argument(argument);
    const Code code = text ? code_of(*text) : Code{true};
    calls.insert(calls.end(), code.calls.begin(), code.calls.end());
    return !code.may_harm;
  });
}

}  // namespace sluice::migrations
