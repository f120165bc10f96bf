// SPDX-License-Identifier: Apache-2.0
#include "migrations/volatility.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sluice::migrations {

namespace {

/// Sorted. random_normal is of PostgreSQL 16, uuidv4 and uuidv7 are of 18.
constexpr std::array volatile_functions = std::to_array<std::string_view>(
    {"clock_timestamp",  "current_query", "currval",     "gen_random_bytes", "gen_random_uuid",
     "gen_salt",         "lastval",       "lo_create",   "nextval",          "pg_current_wal_lsn",
     "pgp_sym_encrypt",  "query_to_xml",  "random",      "random_normal",    "set_config",
     "setval",           "timeofday",     "txid_status", "uuid_generate_v1", "uuid_generate_v1mc",
     "uuid_generate_v4", "uuidv4",        "uuidv7"});

/// Sorted.
constexpr std::array steady_functions = std::to_array<std::string_view>({
    // clang-format off
    "abbrev", "abs", "acos", "acosd", "acosh", "age", "area", "array_append", "array_cat", "array_dims",
    "array_fill", "array_length", "array_lower", "array_ndims", "array_position", "array_positions",
    "array_prepend", "array_remove", "array_replace", "array_to_json", "array_to_string", "array_to_tsvector",
    "array_upper", "ascii", "asin", "asind", "asinh", "atan", "atan2", "atan2d", "atand", "atanh", "bit_count",
    "bit_length", "bool", "bound_box", "box", "bpchar", "broadcast", "btrim", "cardinality", "cash_words", "cbrt",
    "ceil", "ceiling", "center", "char_length", "character_length", "chr", "cidr", "circle", "col_description",
    "concat", "concat_ws", "convert", "convert_from", "convert_to", "cos", "cosd", "cosh", "cot", "cotd", "crypt",
    "current_database", "current_schema", "current_schemas", "current_setting", "current_user", "date", "date_bin",
    "date_part", "date_trunc", "datemultirange", "daterange", "decode", "degrees", "diagonal", "diameter", "digest",
    "div", "encode", "enum_first", "enum_last", "exp", "extract", "factorial", "family", "float4", "float8",
    "floor", "format", "format_type", "gcd", "get_bit", "get_byte", "get_current_ts_config", "getdatabaseencoding",
    "getpgusername", "hashtext", "hashtextextended", "height", "hmac", "host", "hostmask", "inet_client_addr",
    "inet_client_port", "inet_merge", "inet_same_family", "inet_server_addr", "inet_server_port", "initcap", "int2",
    "int4", "int4range", "int8", "int8range", "interval", "is_normalized", "isclosed", "isempty", "isfinite",
    "ishorizontal", "isopen", "isparallel", "isperp", "isvertical", "json_array_length", "json_build_array",
    "json_build_object", "json_object", "json_populate_record", "json_strip_nulls", "json_to_record",
    "json_to_tsvector", "json_typeof", "jsonb_array_length", "jsonb_build_array", "jsonb_build_object",
    "jsonb_insert", "jsonb_object", "jsonb_path_exists", "jsonb_path_exists_tz", "jsonb_path_match",
    "jsonb_path_match_tz", "jsonb_path_query_array", "jsonb_path_query_array_tz", "jsonb_path_query_first",
    "jsonb_path_query_first_tz", "jsonb_populate_record", "jsonb_pretty", "jsonb_set", "jsonb_set_lax",
    "jsonb_strip_nulls", "jsonb_to_record", "jsonb_to_tsvector", "jsonb_typeof", "justify_days", "justify_hours",
    "justify_interval", "lcm", "left", "length", "like", "line", "ln", "log", "log10", "lower", "lower_inc",
    "lower_inf", "lpad", "lseg", "ltrim", "macaddr8_set7bit", "make_date", "make_interval", "make_time",
    "make_timestamp", "make_timestamptz", "masklen", "md5", "min_scale", "mod", "money", "multirange", "name",
    "netmask", "network", "normalize", "now", "npoints", "num_nonnulls", "num_nulls", "numeric", "nummultirange",
    "numnode", "numrange", "obj_description", "octet_length", "overlaps", "overlay", "parse_ident",
    "pg_backend_pid", "pg_client_encoding", "pg_get_serial_sequence", "pg_get_userbyid", "pg_my_temp_schema",
    "pg_postmaster_start_time", "pg_size_pretty", "pg_typeof", "phraseto_tsquery", "pi", "plainto_tsquery", "point",
    "polygon", "position", "pow", "power", "querytree", "quote_ident", "quote_literal", "quote_nullable", "radians",
    "radius", "range_merge", "regexp_count", "regexp_instr", "regexp_like", "regexp_match", "regexp_replace",
    "regexp_split_to_array", "regexp_substr", "repeat", "replace", "reverse", "right", "round", "row_to_json",
    "rpad", "rtrim", "scale", "session_user", "set_bit", "set_byte", "set_masklen", "setweight", "sha224", "sha256",
    "sha384", "sha512", "shobj_description", "sign", "sin", "sind", "sinh", "slope", "split_part", "sqrt",
    "statement_timestamp", "string_to_array", "strip", "strpos", "substr", "substring", "tan", "tand", "tanh",
    "text", "time", "timestamp", "timestamptz", "timetz", "timezone", "to_ascii", "to_char", "to_date", "to_hex",
    "to_json", "to_jsonb", "to_number", "to_regclass", "to_timestamp", "to_tsquery", "to_tsvector",
    "transaction_timestamp", "translate", "trim_scale", "trunc", "ts_delete", "ts_filter", "ts_headline",
    "ts_lexize", "ts_rank", "ts_rank_cd", "tsmultirange", "tsquery_phrase", "tsrange", "tstzmultirange",
    "tstzrange", "tsvector_to_array", "txid_current", "txid_current_if_assigned", "txid_current_snapshot",
    "txid_snapshot_xmax", "txid_snapshot_xmin", "unistr", "upper", "upper_inc", "upper_inf", "uuid_generate_v3",
    "uuid_generate_v5", "uuid_nil", "uuid_ns_dns", "uuid_ns_oid", "uuid_ns_url", "uuid_ns_x500", "varchar",
    "version", "websearch_to_tsquery", "width", "width_bucket", "xml_is_well_formed", "xml_is_well_formed_content",
    "xml_is_well_formed_document", "xmlcomment", "xmlexists", "xmlvalidate", "xpath", "xpath_exists"
    // clang-format on
});

/// Supabase's, each of which reads the settings of the session.
constexpr std::array auth_functions = std::to_array<std::string_view>({"email", "jwt", "role", "uid"});

static_assert(std::is_sorted(volatile_functions.begin(), volatile_functions.end()));
static_assert(std::is_sorted(steady_functions.begin(), steady_functions.end()));

}  // namespace

Volatility
known_volatility(const QualifiedName& function)
{
  const std::string_view name = function.name;
  if (function.schema == "auth" && std::binary_search(auth_functions.begin(), auth_functions.end(), name)) {
    return Volatility::not_volatile;
  }
  // Extensions live in any schema; built-in functions in pg_catalog, which is searched first.
  if (std::binary_search(volatile_functions.begin(), volatile_functions.end(), name)) {
    return Volatility::is_volatile;
  }
  const bool may_be_built_in = function.schema.empty() || function.schema == "pg_catalog";
  const bool steady = std::binary_search(steady_functions.begin(), steady_functions.end(), name);
  return may_be_built_in && steady ? Volatility::not_volatile : Volatility::unknown;
}

}  // namespace sluice::migrations
