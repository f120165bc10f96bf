// SPDX-License-Identifier: Apache-2.0
#include "migrations/known_functions.hpp"

#include "migrations/function_names.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::migrations {

namespace {

using Names = std::unordered_set<std::string_view>;

/// Of PostgreSQL 16, 17 and 18; what only replication, statistics and upgrades call is left out.
constexpr std::array later_built_in_names = std::to_array<std::string_view>({
    // clang-format off
    "any_value", "array_reverse", "array_sample", "array_shuffle", "array_sort", "casefold", "crc32", "crc32c",
    "date_add", "date_subtract", "erf", "erfc", "gamma", "get_bytes", "has_largeobject_privilege",
    "icu_unicode_version", "json_array", "json_arrayagg", "json_exists", "json_objectagg", "json_query", "json_scalar",
    "json_serialize", "json_value", "lgamma", "pg_available_wal_summaries", "pg_basetype",
    "pg_clear_attribute_stats", "pg_clear_relation_stats", "pg_column_toast_chunk_id", "pg_get_acl", "pg_get_loaded_modules",
    "pg_input_error_info", "pg_input_is_valid", "pg_log_standby_snapshot", "pg_restore_attribute_stats",
    "pg_restore_relation_stats", "pg_split_walfile_name", "pg_sync_replication_slots", "random_normal", "system_user",
    "to_bin", "to_oct", "to_regtypemod", "unicode_assigned", "unicode_version", "uuid_extract_timestamp",
    "uuid_extract_version", "uuidv4", "uuidv7", "xmltext"
    // clang-format on
});

/// Schemas that belong to one extension or, as Supabase's, to the platform.
constexpr std::array extension_schemas = std::to_array<std::string_view>({
    // clang-format off
    "_timescaledb_functions", "_timescaledb_internal", "auth", "cron", "extensions", "graphql", "graphql_public",
    "hypopg", "net", "partman", "pgmq", "pgsodium", "pgtap", "realtime", "repack", "storage", "supabase_functions",
    "tiger", "timescaledb_experimental", "timescaledb_information", "topology", "vault"
    // clang-format on
});

/// How an extension begins the names of its functions: PostGIS, TimescaleDB, pgRouting, h3-pg, PGroonga, pg_jsonschema.
constexpr std::array extension_prefixes =
    std::to_array<std::string_view>({"st_", "_st_", "postgis_", "timescaledb_", "pgr_", "h3_", "pgroonga_",
                                     "jsonb_matches_schema", "json_matches_schema"});

/// Of extensions that have no prefix of their own: pgvector, TimescaleDB, Citus, PostGIS, pg_partman, pg_jsonschema,
/// pgjwt, pg_net, HypoPG and plpgsql_check.
constexpr std::array other_extension_names = std::to_array<std::string_view>({
    // clang-format off
    "add_columnstore_policy", "add_compression_policy", "add_continuous_aggregate_policy", "add_dimension",
    "add_reorder_policy", "add_retention_policy", "addauth", "addgeometrycolumn", "algorithm_sign", "alter_job",
    "approximate_row_count", "attach_tablespace", "binary_quantize", "box2d", "box3d", "by_hash", "by_range",
    "check_default", "compress_chunk", "convert_to_columnstore", "convert_to_rowstore", "cosine_distance",
    "create_distributed_function", "create_hypertable", "create_parent", "create_partition", "create_reference_table",
    "create_sub_parent", "decompress_chunk", "delete_job", "detach_tablespace", "disablelongtransactions",
    "drop_chunks", "dropgeometrycolumn", "dropgeometrytable", "enablelongtransactions", "find_srid", "first",
    "geography", "geometry", "geometrytype", "hamming_distance", "histogram", "hypertable_size", "hypopg_create_index",
    "hypopg_drop_index", "hypopg_reset", "inner_product", "interpolate", "jaccard_distance", "l1_distance",
    "l2_distance", "l2_norm", "l2_normalize", "last", "locf", "move_chunk", "partition_data_proc",
    "partition_data_time", "plpgsql_check_function", "plpgsql_check_function_tb", "populate_geometry_columns",
    "refresh_continuous_aggregate", "remove_columnstore_policy", "remove_compression_policy",
    "remove_continuous_aggregate_policy", "remove_reorder_policy", "remove_retention_policy", "reorder_chunk",
    "run_job", "run_maintenance", "run_maintenance_proc", "set_chunk_time_interval", "set_integer_now_func",
    "show_chunks", "sign", "subvector", "time_bucket", "time_bucket_gapfill", "undo_partition", "updategeometrysrid",
    "url_decode", "url_encode", "vector", "vector_dims", "vector_norm", "verify"
    // clang-format on
});

void
add_words(Names& names, std::string_view text)
{
  constexpr std::string_view blanks = " \n";
  for (std::size_t begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(blanks, begin), text.size());
    names.insert(text.substr(begin, end - begin));
    begin = text.find_first_not_of(blanks, end);
  }
}

const Names&
built_in_names()
{
  static const Names names = [] {
    Names all(later_built_in_names.begin(), later_built_in_names.end());
    add_words(all, built_in_function_names);
    return all;
  }();
  return names;
}

const Names&
extension_names()
{
  static const Names names = [] {
    Names all(other_extension_names.begin(), other_extension_names.end());
    add_words(all, contrib_function_names);
    return all;
  }();
  return names;
}

template<typename List>
bool
has(const List& list, std::string_view name)
{
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// An extension can be in any schema.
bool
is_of_extension(const QualifiedName& function)
{
  const std::string_view name = function.name;
  return is_in_extension_schema(function) || extension_names().contains(name)
         || std::any_of(extension_prefixes.begin(), extension_prefixes.end(),
                        [name](std::string_view prefix) { return name.starts_with(prefix); });
}

}  // namespace

bool
is_in_extension_schema(const QualifiedName& function)
{
  return has(extension_schemas, function.schema);
}

bool
is_known_function(const QualifiedName& function)
{
  const bool may_be_built_in =
      function.schema.empty() || function.schema == "pg_catalog" || function.schema == "information_schema";
  return (may_be_built_in && built_in_names().contains(function.name)) || is_of_extension(function);
}

}  // namespace sluice::migrations
