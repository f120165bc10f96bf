// SPDX-License-Identifier: Apache-2.0
//
// CSAF 2.0 (docs.oasis-open.org/csaf/csaf/v2.0), profile 5, "VEX". A document defines products once, in a tree and by
// relationships, and each vulnerability then lists their ids by status; why one is not affected is said beside, by a
// flag or a threat of the category "impact" that names the id too, itself or in a group.
//
// A relationship puts a product into another ("default_component_of"): then the first is what is meant, and the second
// what holds it. Of one that is made of relationships again no lockfile can tell, and "installed_with" holds nothing:
// what is said of these is told as naming no package.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "deps/vex_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace sluice::deps {

namespace {

struct StatusList
{
  std::string_view key;
  VexStatus status = VexStatus::affected;
};

/// The lists of "product_status" (3.2.3.9) that say what a product is; "recommended" says what to use.
constexpr std::array status_lists{StatusList{"first_affected", VexStatus::affected},
                                  StatusList{"first_fixed", VexStatus::fixed},
                                  StatusList{"fixed", VexStatus::fixed},
                                  StatusList{"known_affected", VexStatus::affected},
                                  StatusList{"known_not_affected", VexStatus::not_affected},
                                  StatusList{"last_affected", VexStatus::affected},
                                  StatusList{"under_investigation", VexStatus::under_investigation}};

/// How often a product may be named by way of groups.
constexpr std::size_t most_steps = 5'000'000;

/// Why a product is not affected.
struct Reason
{
  std::string_view label, impact;
  bool is_none = false;  ///< its label is none, which was told
};

class Reader
{
public:
  explicit Reader(VexReading& reading)
      : reading_(reading)
  {}

  void
  run(Value root)
  {
    if (!read_head(root["document"])) {
      return;
    }
    const Value tree = root["product_tree"];
    read_branches(tree);
    for (const Value product : list_of(tree, "full_product_names")) {
      define(product, {}, {});
    }
    read_relationships(tree);
    for (const Value group : list_of(tree, "product_groups")) {
      groups_.emplace(group["group_id"].text(), list_of(group, "product_ids"));
    }
    if (!root["vulnerabilities"].is_list()) {
      refuse(root, "it has no list of vulnerabilities");
    }
    for (const Value vulnerability : root["vulnerabilities"]) {
      read_vulnerability(vulnerability);
    }
  }

private:
  using Reasons = std::unordered_map<std::string_view, Reason>;

  void
  refuse(Value where, std::string why)
  {
    reading_.refuse(GapKind::unparsable, where.line(), std::move(why));
  }

  /// A member that is a list or is not there.
  Value
  list_of(Value parent, std::string_view key)
  {
    const Value list = parent[key];
    if (list && !list.is_list()) {
      refuse(list, fmt::format("its {} is no list", key));
    }
    return list;
  }

  bool
  read_head(Value document)
  {
    const Value tracking = document["tracking"];
    const std::string_view status = tracking["status"].text();
    const auto time = parse_rfc3339(tracking["current_release_date"].text());
    if (document["csaf_version"].text() != "2.0") {
      reading_.refuse(GapKind::unknown_format, document["csaf_version"].line(),
                      fmt::format("CSAF {} is not known", printable(document["csaf_version"].scalar())));
    } else if (document["category"].text() != "csaf_vex") {
      reading_.refuse(GapKind::unknown_format, document.line(),
                      fmt::format("it is CSAF of the category {}, and what is not affected says csaf_vex alone",
                                  printable(document["category"].scalar())));
    } else if (document["publisher"]["name"].text().empty() || tracking["id"].text().empty()) {
      refuse(document, fmt::format("it has no {}", tracking["id"].text().empty() ? "tracking.id" : "publisher.name"));
    } else if (!time) {
      refuse(tracking, "its tracking.current_release_date is none");
    } else if (status == "draft") {
      reading_.tell("it is a draft, and nothing that it says counts");
      return false;
    } else if (status != "final" && status != "interim") {
      refuse(tracking, fmt::format("its tracking.status is none: {}", printable(status)));
    } else {
      time_ = *time;
      reading_.set_author(document["publisher"]["name"].text());
      return true;
    }
    return false;
  }

  // As deep as documents are read, Data::max_depth.
  void
  read_branches(Value parent)  // NOLINT(misc-no-recursion)
  {
    for (const Value branch : list_of(parent, "branches")) {
      read_branches(branch);
      if (branch["product"]) {
        define(branch["product"], branch["category"].text(), branch["name"].text());
      }
    }
  }

  /// A package URL without a version is of the one that its branch names; a range of them no lockfile has.
  void
  define(Value product, std::string_view category, std::string_view branch)
  {
    VexComponent component;
    component.id = product["name"].text();
    auto purl = parse_purl(product["product_identification_helper"]["purl"].text());
    if (purl && purl->version.empty() && category == "product_version") {
      purl->version = branch;
    }
    if (purl && (!purl->version.empty() || category != "product_version_range")) {
      component.purls.push_back(*std::move(purl));
    }
    add(product, {std::make_shared<const VexComponent>(std::move(component)), {}, {}});
  }

  void
  add(Value product, VexProduct defined)
  {
    const std::string_view id = product["product_id"].text();
    if (id.empty()) {
      refuse(product, "a product has no product_id");
    } else if (!products_.emplace(id, std::move(defined)).second) {
      refuse(product, fmt::format("the product {} is defined twice", printable(id)));
    }
  }

  void
  read_relationships(Value tree)
  {
    const auto nobody = vex_name({});
    const Value relationships = list_of(tree, "relationships");
    const auto plain = products_;
    for (const Value each : relationships) {
      add(each["full_product_name"], {nobody, {}, {}});
    }
    for (const Value each : relationships) {
      const std::string_view part = each["product_reference"].text();
      const std::string_view whole = each["relates_to_product_reference"].text();
      if (!products_.contains(part) || !products_.contains(whole)) {
        refuse(each, "a relationship names a product that is not defined");
      } else if (each["category"].text() != "installed_with" && plain.contains(part) && plain.contains(whole)) {
        products_[each["full_product_name"]["product_id"].text()] = {
            plain.at(whole).self, std::make_shared<const std::vector<VexName>>(1, plain.at(part).self), {}};
      }
    }
  }

  void
  read_vulnerability(Value vulnerability)
  {
    VexStatement statement;
    statement.time = time_;
    if (const std::string_view cve = trim(vulnerability["cve"].text()); !cve.empty()) {
      statement.vulnerabilities.emplace_back(cve);
    }
    for (const Value id : list_of(vulnerability, "ids")) {
      if (const std::string_view text = trim(id["text"].text()); !text.empty()) {
        statement.vulnerabilities.emplace_back(text);
      }
    }
    const Value status = vulnerability["product_status"];
    if (statement.vulnerabilities.empty() || !status.is_table()) {
      reading_.gap(GapKind::unparsable, vulnerability.line(),
                   statement.vulnerabilities.empty() ? "a vulnerability has no name" : "a vulnerability has no status");
      return;
    }
    const Reasons reasons = reasons_of(vulnerability);
    for (const StatusList& each : status_lists) {
      statement.status = each.status;
      add_statements(list_of(status, each.key), statement, reasons);
    }
  }

  Reasons
  reasons_of(Value vulnerability)
  {
    Reasons reasons;
    for (const Value flag : list_of(vulnerability, "flags")) {
      const std::string_view label = flag["label"].text();
      const bool is_known = is_vex_justification(label);
      if (!is_known) {
        reading_.gap(GapKind::unparsable, flag.line(),
                     fmt::format("a flag has a label that is none: {}", printable(label)));
      }
      each_product(flag, [&](std::string_view product) {
        Reason& reason = reasons[product];
        reason.label = reason.label.empty() ? label : reason.label;
        reason.is_none = reason.is_none || !is_known;
      });
    }
    for (const Value threat : list_of(vulnerability, "threats")) {
      if (threat["category"].text() == "impact") {
        each_product(threat,
                     [&](std::string_view product) { reasons[product].impact = trim(threat["details"].text()); });
      }
    }
    return reasons;
  }

  /// Calls with each product that a flag or threat names, itself or in a group.
  template<typename Call>
  void
  each_product(Value named, const Call& call)
  {
    for (const Value product : list_of(named, "product_ids")) {
      call(product.text());
    }
    for (const Value group : list_of(named, "group_ids")) {
      const auto found = groups_.find(group.text());
      for (const Value product : found == groups_.end() ? Value() : found->second) {
        if (++steps_ > most_steps) {
          reading_.refuse(GapKind::too_many, named.line(), "groups of products are named too often");
          return;
        }
        call(product.text());
      }
    }
  }

  /// One for each reason. `like` has what all of them have.
  void
  add_statements(Value list, const VexStatement& like, const Reasons& reasons)
  {
    std::vector<VexStatement> statements;
    std::unordered_map<std::string, std::size_t> by_reason;
    std::vector<std::uint32_t> without;
    for (const Value id : list) {
      const auto product = products_.find(id.text());
      const auto found = reasons.find(id.text());
      const Reason reason = found == reasons.end() ? Reason() : found->second;
      const bool is_excused = like.status == VexStatus::not_affected;
      if (product == products_.end()) {
        reading_.gap(GapKind::unparsable, id.line(),
                     fmt::format("a status names {}, which is no product of the tree", printable(id.scalar())));
        continue;
      }
      if (is_excused && (reason.is_none || (reason.label.empty() && reason.impact.empty()))) {
        if (!reason.is_none) {
          without.push_back(id.line());
        }
        continue;
      }
      std::string text = vex_reason({is_excused ? reason.label : std::string_view(), reason.impact});
      const auto [at, is_new] = by_reason.try_emplace(text, statements.size());
      if (is_new) {
        VexStatement& statement = statements.emplace_back(like);
        statement.line = id.line();
        statement.reason = std::move(text);
      }
      statements[at->second].products.push_back(product->second);
    }
    if (!without.empty()) {
      reading_.gap(GapKind::unparsable, without.front(),
                   fmt::format("{} says known_not_affected of {} and does not say why: there is neither a flag nor a "
                               "threat of the category impact",
                               printable(like.vulnerabilities.front()),
                               counted(without.size(), "product", "products")));
    }
    for (VexStatement& statement : statements) {
      reading_.add(std::move(statement));
    }
  }

  VexReading& reading_;
  std::chrono::sys_time<std::chrono::nanoseconds> time_;
  std::unordered_map<std::string_view, VexProduct> products_;
  std::unordered_map<std::string_view, Value> groups_;
  std::size_t steps_ = 0;
};

}  // namespace

void
read_csaf_vex(Value root, VexReading& reading)
{
  Reader(reading).run(root);
}

}  // namespace sluice::deps
