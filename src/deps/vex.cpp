// SPDX-License-Identifier: Apache-2.0
#include "deps/vex.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "deps/data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::deps {

namespace {

constexpr std::string_view space = "https://openvex.dev/ns";
constexpr std::array versions = std::to_array<std::string_view>({"", "/", "/v0.0.0", "/v0.0.1", "/v0.0.2", "/v0.2.0"});

/// Why a product is not affected (the specification, "Status Justifications").
constexpr std::array justifications = std::to_array<std::string_view>(
    {"component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
     "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist"});

bool
is_known_context(std::string_view context)
{
  return context.starts_with(space)
         && std::find(versions.begin(), versions.end(), context.substr(space.size())) != versions.end();
}

class Reader
{
public:
  explicit Reader(std::string path) { document_.path = std::move(path); }

  VexDocument
  run(std::string_view text)
  {
    if (const auto data = read_json_data(text); !data) {
      gap(GapKind::unparsable, data.error().line, data.error().what);
    } else if (!data->duplicates().empty()) {
      gap(GapKind::unparsable, data->duplicates().front(), "a key is there twice, and what counts is not told");
    } else if (read_head(data->root())) {
      for (const Value statement : data->root()["statements"]) {
        read_statement(statement);
      }
      tell_without_product();
    }
    return std::move(document_);
  }

private:
  using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

  void
  gap(GapKind kind, std::uint32_t line, std::string why)
  {
    std::string subject = line == 0 ? document_.path : fmt::format("{}:{}", document_.path, line);
    document_.gaps.push_back(
        {kind, std::move(subject), std::move(why), "Mend the document; what it says does not count until then"});
  }

  bool
  read_head(Value root)
  {
    const Value context = root["@context"];
    if (!is_known_context(context.text())) {
      gap(GapKind::unknown_format, context ? context.line() : 1,
          context.text().empty() ? "it is no OpenVEX document: it has no @context"
                                 : fmt::format("{} is no version of OpenVEX that is known", printable(context.text())));
      return false;
    }
    for (const std::string_view field : {"@id", "author", "timestamp"}) {
      if (root[field].text().empty()) {
        gap(GapKind::unparsable, root.line(), fmt::format("it has no {}", field));
        return false;
      }
    }
    const auto time = parse_rfc3339(root["timestamp"].text());
    if (!time || !root["statements"].is_list()) {
      gap(GapKind::unparsable, root[time ? "statements" : "timestamp"].line(),
          time ? "it has no list of statements" : "its timestamp is none");
      return false;
    }
    time_ = *time;
    document_.author = root["author"].text();
    return true;
  }

  void
  read_statement(Value value)
  {
    VexStatement statement;
    statement.line = value.line();
    if (const auto defect = fill(value, statement)) {
      gap(GapKind::unparsable, value.line(), fmt::format("a statement {}", *defect));
      return;
    }
    read_products(value, statement);
    if (statement.products.empty()) {
      without_product_.push_back(statement.line);
      return;
    }
    document_.statements.push_back(std::move(statement));
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
      const bool is_known =
          justification.empty()
          || std::find(justifications.begin(), justifications.end(), justification) != justifications.end();
      if (!is_known) {
        return fmt::format("has a justification that is none: {}", printable(justification));
      }
    }
    std::vector<std::string> parts;
    for (const std::string_view part : {justification, impact, trim(value["status_notes"].text())}) {
      if (!part.empty()) {
        parts.emplace_back(ellipsis(part, 300));
      }
    }
    statement.reason = join(parts, ": ");
    return std::nullopt;
  }

  /// Before 0.2.0 products were strings, and what they have in common stood beside them.
  static void
  read_products(Value value, VexStatement& statement)
  {
    for (const Value each : value["products"]) {
      VexProduct product{component_of(each), {}};
      for (const Value list : {each["subcomponents"], value["subcomponents"]}) {
        for (const Value part : list) {
          product.parts.push_back(component_of(part));
        }
      }
      const auto has_name = [](const VexComponent& part) { return !part.purls.empty(); };
      const bool is_usable = product.parts.empty() ? has_name(product.self)
                                                   : std::any_of(product.parts.begin(), product.parts.end(), has_name);
      if (is_usable) {
        statement.products.push_back(std::move(product));
      }
    }
  }

  static VexComponent
  component_of(Value value)
  {
    VexComponent component;
    for (const std::string_view name : {value.text(), value["identifiers"]["purl"].text(), value["@id"].text()}) {
      component.id = component.id.empty() ? std::string(name) : component.id;
      if (auto purl = name.starts_with("pkg:") ? parse_purl(name) : fail(ErrorKind::input, "no package URL")) {
        component.purls.push_back(*std::move(purl));
      }
    }
    return component;
  }

  void
  tell_without_product()
  {
    if (!without_product_.empty()) {
      document_.notices.push_back(
          fmt::format("{}: {} no product that has a package URL, and so does not count, the first at line {}",
                      printable(document_.path), counted(without_product_.size(), "statement names", "statements name"),
                      without_product_.front()));
    }
  }

  VexDocument document_;
  Time time_;
  std::vector<std::uint32_t> without_product_;
};

}  // namespace

VexDocument
read_vex(std::string path, std::string_view text)
{
  return Reader(std::move(path)).run(text);
}

}  // namespace sluice::deps
