// SPDX-License-Identifier: Apache-2.0
//
// OpenVEX (github.com/openvex/spec, 0.2.0, and the 0.0.x before it).
#include "base/clock.hpp"
#include "base/text.hpp"
#include "deps/vex_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::deps {

namespace {

constexpr std::string_view space = "https://openvex.dev/ns";
constexpr std::array versions = std::to_array<std::string_view>({"", "/", "/v0.0.0", "/v0.0.1", "/v0.0.2", "/v0.2.0"});

bool
is_known_context(std::string_view context)
{
  return context.starts_with(space)
         && std::find(versions.begin(), versions.end(), context.substr(space.size())) != versions.end();
}

class Reader
{
public:
  explicit Reader(VexReading& reading)
      : reading_(reading)
  {}

  void
  run(Value root)
  {
    if (read_head(root)) {
      for (const Value statement : root["statements"]) {
        read_statement(statement);
      }
    }
  }

private:
  bool
  read_head(Value root)
  {
    const Value context = root["@context"];
    if (!is_known_context(context.text())) {
      reading_.refuse(GapKind::unknown_format, context ? context.line() : 1,
                      fmt::format("{} is no version of OpenVEX that is known", printable(context.text())));
      return false;
    }
    for (const std::string_view field : {"@id", "author", "timestamp"}) {
      if (root[field].text().empty()) {
        reading_.refuse(GapKind::unparsable, root.line(), fmt::format("it has no {}", field));
        return false;
      }
    }
    const auto time = parse_rfc3339(root["timestamp"].text());
    if (!time || !root["statements"].is_list()) {
      reading_.refuse(GapKind::unparsable, root[time ? "statements" : "timestamp"].line(),
                      time ? "it has no list of statements" : "its timestamp is none");
      return false;
    }
    time_ = *time;
    reading_.set_author(root["author"].text());
    return true;
  }

  void
  read_statement(Value value)
  {
    VexStatement statement;
    statement.line = value.line();
    if (const auto defect = fill(value, statement)) {
      reading_.gap(GapKind::unparsable, value.line(), fmt::format("a statement {}", *defect));
      return;
    }
    read_products(value, statement);
    reading_.add(std::move(statement));
  }

  /// What is wrong with the statement; nothing if it is one.
  std::optional<std::string>
  fill(Value value, VexStatement& statement) const
  {
    read_vulnerability(value["vulnerability"], statement);
    if (statement.vulnerabilities.empty()) {
      return "names no vulnerability";
    }
    const auto& names = EnumNames<VexStatus>::names;
    const auto* status = std::find(names.begin(), names.end(), value["status"].text());
    if (status == names.end()) {
      return fmt::format("has no status that is one: {}", printable(value["status"].scalar()));
    }
    statement.status = static_cast<VexStatus>(status - names.begin());
    const auto time = value["timestamp"] ? parse_rfc3339(value["timestamp"].text()) : std::optional(time_);
    if (!time) {
      return "has a timestamp that is none";
    }
    statement.time = *time;
    return give_reason(value, statement);
  }

  /// A string before 0.2.0.
  static void
  read_vulnerability(Value value, VexStatement& statement)
  {
    const auto add = [&statement](std::string_view name) {
      if (!trim(name).empty()) {
        statement.vulnerabilities.emplace_back(trim(name));
      }
    };
    if (!value.is_table()) {
      add(value.text());
      return;
    }
    if (value["name"].text().empty()) {
      return;
    }
    add(value["name"].text());
    for (const Value alias : value["aliases"]) {
      add(alias.text());
    }
  }

  static std::optional<std::string>
  give_reason(Value value, VexStatement& statement)
  {
    const std::string_view justification = value["justification"].text();
    const std::string_view impact = trim(value["impact_statement"].text());
    if (statement.status == VexStatus::not_affected) {
      if (justification.empty() && impact.empty()) {
        return "says not_affected and does not say why: it has neither justification nor impact_statement";
      }
      if (!justification.empty() && !is_vex_justification(justification)) {
        return fmt::format("has a justification that is none: {}", printable(justification));
      }
    }
    statement.reason = vex_reason({justification, impact, value["status_notes"].text()});
    return std::nullopt;
  }

  /// Before 0.2.0 products were strings, and what they have in common stood beside them.
  static void
  read_products(Value value, VexStatement& statement)
  {
    const VexParts common = parts_of(value["subcomponents"]);
    for (const Value each : value["products"]) {
      statement.products.push_back(
          {component_of(each), each["subcomponents"].size() != 0 ? parts_of(each["subcomponents"]) : common, {}});
    }
  }

  static VexParts
  parts_of(Value list)
  {
    std::vector<VexName> parts;
    for (const Value part : list) {
      parts.push_back(component_of(part));
    }
    return std::make_shared<const std::vector<VexName>>(std::move(parts));
  }

  static VexName
  component_of(Value value)
  {
    return vex_name({value.text(), value["identifiers"]["purl"].text(), value["@id"].text()});
  }

  VexReading& reading_;
  std::chrono::sys_time<std::chrono::nanoseconds> time_;
};

}  // namespace

void
read_open_vex(Value root, VexReading& reading)
{
  Reader(reading).run(root);
}

}  // namespace sluice::deps
