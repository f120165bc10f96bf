// SPDX-License-Identifier: Apache-2.0
#include "migrations/drop_effect.hpp"

#include "migrations/object_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

/// What is lost with an object of the kind, how bad that is, and when nobody depends on it.
struct Loss
{
  std::string_view type;
  Severity severity;
  std::string_view does;
};

constexpr std::array losses = std::to_array<Loss>({
    {"OBJECT_TABLE", Severity::critical,
     "deletes the table with all of its rows for good and fails every query that names it"},
    {"OBJECT_SCHEMA", Severity::critical, "deletes the schema, and with CASCADE all tables and rows in it"},
    {"OBJECT_MATVIEW", Severity::medium, "fails every query that reads it, until its rows are computed anew"},
    {"OBJECT_SEQUENCE", Severity::high, "loses its place, so that numbers are given twice if it is made anew"},
    {"OBJECT_EXTENSION", Severity::high, "takes its functions and types away from the running application"},
    {"OBJECT_FOREIGN_TABLE", Severity::medium, "fails every query that names it"},
    {"OBJECT_INDEX", Severity::medium,
     "waits for ACCESS EXCLUSIVE, which blocks reads and writes of its table, and slows the queries that used it"},
    {"OBJECT_VIEW", Severity::low, "fails every query of the running application that reads it"},
    {"OBJECT_FUNCTION", Severity::low, "fails every query of the running application that calls it"},
    {"OBJECT_PROCEDURE", Severity::low, "fails every CALL of the running application"},
    {"OBJECT_ROUTINE", Severity::low, "fails every query of the running application that calls it"},
    {"OBJECT_AGGREGATE", Severity::low, "fails every query of the running application that calls it"},
    {"OBJECT_TYPE", Severity::low, "fails every query of the running application that names it"},
    {"OBJECT_DOMAIN", Severity::low, "fails every query of the running application that names it"},
    {"OBJECT_PUBLICATION", Severity::medium, "stops sending what subscribers rely on, without an error on either side"},
    {"OBJECT_FOREIGN_SERVER", Severity::medium, "fails every query that reaches it"},
    {"OBJECT_OPERATOR", Severity::low, "fails every query of the running application that uses it"},
    {"OBJECT_CAST", Severity::low, "fails every query of the running application that relies on it"},
    {"OBJECT_COLLATION", Severity::low, "fails every query of the running application that names it"},
    {"OBJECT_TSCONFIGURATION", Severity::low, "fails every query of the running application that names it"},
    {"OBJECT_TSDICTIONARY", Severity::low, "fails every query of the running application that names it"},
    {"OBJECT_EVENT_TRIGGER", Severity::medium, "lets commands through that it watched"},
    {"OBJECT_RULE", Severity::low, "lets commands through that it rewrote"},
});

}  // namespace

std::optional<Effect>
effect_of_drop(Node node)
{
  const std::string type = node.text("removeType");
  const bool cascades = node.text("behavior") == "DROP_CASCADE";
  const auto* loss =
      std::find_if(losses.begin(), losses.end(), [&type](const Loss& each) { return each.type == type; });
  const bool is_known = loss != losses.end();
  if ((!is_known && !cascades) || (type == "OBJECT_INDEX" && node.is_true("concurrent"))) {
    return std::nullopt;
  }
  std::vector<Object> objects;
  std::vector<std::string> names;
  for (const Node object : node["objects"].items()) {
    objects.push_back({object_kind(type), name_of_object(object)});
    names.push_back(text_of(objects.back().name));
  }
  std::string does(is_known ? loss->does : "drops all that depends on it, whatever that is");
  if (is_known && cascades && type != "OBJECT_SCHEMA") {
    does += ", and all that depends on it goes with it: views, columns, constraints";
  }
  return Effect{fmt::format("DROP {} {}{}", spoken_kind(type), fmt::join(names, ", "), cascades ? " CASCADE" : ""),
                std::move(does),
                type == "OBJECT_INDEX" ? "DROP INDEX CONCURRENTLY, outside of a transaction"
                : cascades ? "Name what depends on it one by one, without CASCADE, when the application uses none of it"
                           : "Stop using it in one release; drop it in a later one, after a backup",
                cascades ? std::max(is_known ? loss->severity : Severity::high, Severity::high) : loss->severity,
                std::move(objects)};
}

}  // namespace sluice::migrations
