// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_queries.hpp"

#include "base/text.hpp"
#include "promote/postgres.hpp"

namespace sluice::promote {

namespace {

/// Literals and names are written the same on both servers, whatever their settings are; names always have their
/// schema; rows that a policy hides are an error and not missing; nothing ends the session while the dump takes its
/// time.
constexpr std::string_view beginning = R"sql(
SET search_path = '';
SET standard_conforming_strings = on;
SET client_min_messages = error;
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = postgres;
SET TimeZone = 'UTC';
SET extra_float_digits = 3;
SET row_security = off;
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
)sql";

constexpr std::string_view about = R"sql(
SELECT json_build_array('about', current_setting('server_version'), current_database(), pg_encoding_to_char(encoding),
                        datcollate, datctype)
FROM pg_database WHERE datname = current_database();
)sql";

/// @SCHEMA@ is a condition on the schema `n`, @FREE@(class, object) one that no extension owns the object.
constexpr std::string_view relations = R"sql(
SELECT json_build_array('schema', quote_ident(n.nspname), '', '')
FROM pg_namespace n WHERE @SCHEMA@ AND n.nspname <> 'public' AND @FREE@(pg_namespace, n.oid);

SELECT json_build_array(
  CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
                 WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END,
  format('%I.%I', n.nspname, c.relname),
  concat_ws(' ', CASE WHEN c.relpersistence = 'u' THEN 'unlogged' END,
                 'partitioned by ' || CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
                 pg_get_expr(c.relpartbound, c.oid),
                 CASE WHEN c.relrowsecurity THEN 'row level security' END), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @SCHEMA@ AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND @FREE@(pg_class, c.oid);

SELECT json_build_array('column', format('%I.%I.%I', n.nspname, c.relname, a.attname),
  concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                 'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
                 'default ' || pg_get_expr(d.adbin, d.adrelid)),
  format('%I.%I', n.nspname, c.relname))
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE @SCHEMA@ AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  AND @FREE@(pg_class, c.oid);
)sql";

/// Constraints of a partition that follow from its parent's are made, and named, anew by each server; "not null" is a
/// constraint from PostgreSQL 18 on. An index that is not valid is in no dump.
constexpr std::string_view dependents = R"sql(
SELECT json_build_array('constraint', format('%I on %I.%I', o.conname, n.nspname, c.relname),
                        pg_get_constraintdef(o.oid), format('%I.%I', n.nspname, c.relname))
FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @SCHEMA@ AND o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.conparentid = 0 AND @FREE@(pg_class, c.oid);

SELECT json_build_array('constraint', format('%I on %I.%I', o.conname, n.nspname, t.typname),
                        pg_get_constraintdef(o.oid), format('%I.%I', n.nspname, t.typname))
FROM pg_constraint o JOIN pg_type t ON t.oid = o.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE @SCHEMA@ AND o.contype = 'c' AND @FREE@(pg_type, t.oid);

SELECT json_build_array('index', format('%I.%I', n.nspname, x.relname), pg_get_indexdef(x.oid),
                        format('%I.%I', n.nspname, c.relname))
FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @SCHEMA@ AND i.indisvalid AND c.relkind IN ('r', 'p', 'm') AND @FREE@(pg_class, c.oid);

SELECT json_build_array('trigger', format('%I on %I.%I', t.tgname, n.nspname, c.relname),
                        format('%s %s', t.tgenabled::text, pg_get_triggerdef(t.oid)), format('%I.%I', n.nspname, c.relname))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @SCHEMA@ AND NOT t.tgisinternal AND @FREE@(pg_class, c.oid);

SELECT json_build_array('policy', format('%I on %I.%I', p.polname, n.nspname, c.relname),
                        concat_ws(' ', p.polcmd::text, pg_get_expr(p.polqual, p.polrelid)), format('%I.%I', n.nspname, c.relname))
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @SCHEMA@ AND @FREE@(pg_class, c.oid);

SELECT json_build_array('function', format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
                        md5(p.prosrc), '')
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE @SCHEMA@ AND @FREE@(pg_proc, p.oid);

SELECT json_build_array('type', format('%I.%I', n.nspname, t.typname),
  CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
                 ELSE (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                       FROM pg_enum e WHERE e.enumtypid = t.oid) END, '')
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE @SCHEMA@ AND t.typtype IN ('d', 'e') AND @FREE@(pg_type, t.oid);
)sql";

/// What is of no schema, and in a dump only if that is of all of them.
constexpr std::string_view whole_database = R"sql(
SELECT json_build_array('rows', 'large objects', count(*)) FROM pg_largeobject_metadata;
)sql";

/// Extensions are read whatever is dumped: tables may need those of other schemas.
constexpr std::string_view extensions = R"sql(
SELECT json_build_array('extension', e.extname, n.nspname, '')
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql';
)sql";

/// Few queries, however many tables there are, whose locks are given back after each: more than some thousand at a time
/// are more than a server has room for.
constexpr std::string_view row_counts = R"sql(
SELECT 'SAVEPOINT batch',
       string_agg(format('SELECT json_build_array(''rows'', %L, count(*)) FROM ONLY %I.%I', format('%I.%I', nspname, relname),
                         nspname, relname), ' UNION ALL '),
       'ROLLBACK TO SAVEPOINT batch'
FROM (SELECT n.nspname, c.relname, (row_number() OVER (ORDER BY c.oid) - 1) / 50 AS batch
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE @SCHEMA@ AND c.relkind = 'r' AND @FREE@(pg_class, c.oid)) AS tables
GROUP BY batch ORDER BY batch
\gexec
COMMIT;
)sql";

std::string
schema_condition(const std::vector<std::string>& schemas)
{
  std::string condition{"n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"};
  if (schemas.empty()) {
    return condition;
  }
  std::string names;
  for (const std::string& schema : schemas) {
    names += (names.empty() ? "" : ", ") + sql_literal(schema);
  }
  return condition + " AND n.nspname IN (" + names + ")";
}

/// `@FREE@(class, object)` spelled out.
std::string
with_free(std::string text)
{
  constexpr std::string_view mark{"@FREE@("};
  for (std::size_t at = 0; (at = text.find(mark)) != std::string::npos;) {
    const std::size_t comma = text.find(", ", at);
    const std::size_t end = text.find(')', at);
    const std::string catalog = text.substr(at + mark.size(), comma - at - mark.size());
    const std::string object = text.substr(comma + 2, end - comma - 2);
    text.replace(at, end + 1 - at,
                 "NOT EXISTS (SELECT FROM pg_depend WHERE classid = '" + catalog + "'::regclass AND objid = " + object
                     + " AND deptype = 'e')");
  }
  return text;
}

}  // namespace

std::string
contents_script(const std::vector<std::string>& schemas, std::string_view gate)
{
  std::string script(beginning);
  if (!gate.empty()) {
    script += "SELECT pg_export_snapshot() AS snapshot \\gset\n\\warn " + std::string(snapshot_mark) + ":snapshot\n\\i "
              + psql_word(gate) + "\n";
  }
  script += about;
  std::string things = std::string(relations) + std::string(dependents);
  things += schemas.empty() ? whole_database : std::string_view();
  things += extensions;
  things += row_counts;
  script += replace_all(with_free(std::move(things)), "@SCHEMA@", schema_condition(schemas));
  return script;
}

}  // namespace sluice::promote
