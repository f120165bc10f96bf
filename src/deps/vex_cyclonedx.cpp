// SPDX-License-Identifier: Apache-2.0
//
// CycloneDX 1.4 to 1.7 in JSON and XML: "vulnerabilities" with an "analysis" (cyclonedx.org/docs). A document lists
// components and says of them, or it stands alone and names those of another by BOM-Link. That other document is not
// read: what it calls by a package URL, as most tools do, is known by it, and what it calls otherwise by nothing.
//
// What is said of the subject of the document is said of that alone. Most often it is the project itself, and which of
// its packages somebody looked at is not told.
#include "base/clock.hpp"
#include "base/text.hpp"
#include "deps/address.hpp"
#include "deps/cyclonedx_nodes.hpp"
#include "deps/vex_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace sluice::deps {

namespace {

using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

struct State
{
  std::string_view name;
  VexStatus status = VexStatus::affected;
};

/// "impactAnalysisState".
constexpr std::array states{State{"resolved", VexStatus::fixed},
                            State{"resolved_with_pedigree", VexStatus::fixed},
                            State{"exploitable", VexStatus::affected},
                            State{"in_triage", VexStatus::under_investigation},
                            State{"false_positive", VexStatus::not_affected},
                            State{"not_affected", VexStatus::not_affected}};

/// "impactAnalysisJustification".
constexpr std::array justifications = std::to_array<std::string_view>(
    {"code_not_present", "code_not_reachable", "requires_configuration", "requires_dependency", "requires_environment",
     "protected_by_compiler", "protected_at_runtime", "protected_at_perimeter", "protected_by_mitigating_control"});

bool
is_excuse(VexStatus status)
{
  return status == VexStatus::not_affected || status == VexStatus::fixed;
}

template<typename Node> class Reader
{
public:
  explicit Reader(VexReading& reading)
      : reading_(reading)
  {}

  void
  run(Node root)
  {
    const Node metadata = root.child("metadata");
    const std::string_view time = metadata.text("timestamp");
    time_ = parse_rfc3339(time);
    if (!time.empty() && !time_) {
      reading_.refuse(GapKind::unparsable, metadata.line(), "its timestamp is none");
    } else if (!root.child("vulnerabilities")) {
      reading_.refuse(GapKind::unparsable, root.line(), "it has no list of vulnerabilities");
    }
    if (reading_.is_refused()) {
      return;
    }
    reading_.set_author(author_of(metadata));
    own_link_ = link_of(root);
    define(metadata.child("component"));
    define_all(metadata.child("component"));
    define_all(root);
    root.each("vulnerabilities", "vulnerability", [this](Node each) { read_vulnerability(each); });
    if (unjudged_ != 0) {
      reading_.tell(fmt::format("{} no analysis, and so nothing is said of what is affected",
                                counted(unjudged_, "vulnerability has", "vulnerabilities have")));
    }
  }

private:
  /// Whoever is named first of those who can have made it.
  static std::string_view
  author_of(Node metadata)
  {
    std::string_view author;
    metadata.each("authors", "author", [&author](Node each) { author = author.empty() ? each.text("name") : author; });
    for (const std::string_view maker : {"manufacturer", "supplier", "manufacture"}) {
      author = author.empty() ? metadata.child(maker).text("name") : author;
    }
    return author;
  }

  /// What a BOM-Link to the document itself begins with; empty if there can be none.
  static std::string
  link_of(Node root)
  {
    constexpr std::string_view prefix = "urn:uuid:";
    const std::string serial = to_lower(root.attribute("serialNumber"));
    std::string_view version = root.attribute("version").empty() ? root.text("version") : root.attribute("version");
    version = version.empty() ? "1" : version;
    return serial.starts_with(prefix) ? fmt::format("urn:cdx:{}/{}#", serial.substr(prefix.size()), version) : "";
  }

  void
  define(Node component)
  {
    const std::string_view reference = component.attribute("bom-ref");
    if (reference.empty()) {
      return;
    }
    VexComponent defined;
    defined.id = component.text("name");
    if (auto purl = parse_purl(component.text("purl"))) {
      purl->version = purl->version.empty() ? component.text("version") : purl->version;
      defined.purls.push_back(*std::move(purl));
    }
    if (!components_.emplace(reference, std::make_shared<const VexComponent>(std::move(defined))).second) {
      reading_.refuse(GapKind::unparsable, component.line(),
                      fmt::format("the bom-ref {} is there twice", printable(reference)));
    }
  }

  // As deep as documents are read, Data::max_depth and Xml::max_depth.
  void
  define_all(Node parent)  // NOLINT(misc-no-recursion)
  {
    parent.each("components", "component", [this](Node component) {  // NOLINT(misc-no-recursion)
      define(component);
      define_all(component);
    });
  }

  void
  read_vulnerability(Node vulnerability)
  {
    const Node analysis = vulnerability.child("analysis");
    if (!analysis) {
      ++unjudged_;
      return;
    }
    VexStatement statement;
    statement.line = vulnerability.line();
    if (const auto defect = fill(vulnerability, analysis, statement)) {
      reading_.gap(GapKind::unparsable, vulnerability.line(), fmt::format("a vulnerability {}", *defect));
      return;
    }
    vulnerability.each("affects", "target", [&](Node target) { add_products(target, statement); });
    reading_.add(std::move(statement));
  }

  /// What is wrong with it; nothing if it is a statement.
  std::optional<std::string>
  fill(Node vulnerability, Node analysis, VexStatement& statement) const
  {
    const auto add = [&statement](std::string_view name) {
      if (!trim(name).empty()) {
        statement.vulnerabilities.emplace_back(trim(name));
      }
    };
    add(vulnerability.text("id"));
    vulnerability.each("references", "reference", [&add](Node each) { add(each.text("id")); });
    if (statement.vulnerabilities.empty()) {
      return "has no id";
    }
    const std::string_view said = analysis.text("state");
    const auto* state =
        std::find_if(states.begin(), states.end(), [said](const State& each) { return each.name == said; });
    if (state == states.end()) {
      return fmt::format("has no state that is one: {}", printable(said));
    }
    statement.status = state->status;
    if (auto defect = give_reason(analysis, statement)) {
      return defect;
    }
    return give_time(vulnerability, analysis, statement);
  }

  static std::optional<std::string>
  give_reason(Node analysis, VexStatement& statement)
  {
    const std::string_view state = analysis.text("state");
    const std::string_view justification = analysis.text("justification");
    const std::string_view detail = trim(analysis.text("detail"));
    if (!justification.empty()
        && std::find(justifications.begin(), justifications.end(), justification) == justifications.end()) {
      return fmt::format("has a justification that is none: {}", printable(justification));
    }
    if (state == "not_affected" && justification.empty() && detail.empty()) {
      return "says not_affected and does not say why: it has neither justification nor detail";
    }
    std::string responses;
    const auto add = [&responses](std::string_view each) {
      responses += fmt::format("{}{}", responses.empty() ? "" : ", ", each.substr(0, 100));
    };
    constexpr bool is_json = std::is_same_v<Node, CyclonedxJson>;
    analysis.each_text(is_json ? "response" : "responses", "response", add);
    statement.reason =
        vex_reason({state == "false_positive" ? state : std::string_view(), justification, detail, responses});
    return std::nullopt;
  }

  /// When somebody last looked at it. Of what has no time nobody knows whether it is newer than another word: then it
  /// excuses nothing that any other keeps, and what keeps is kept.
  std::optional<std::string>
  give_time(Node vulnerability, Node analysis, VexStatement& statement) const
  {
    std::optional<Time> time = time_;
    for (const std::string_view said : {analysis.text("lastUpdated"), analysis.text("firstIssued"),
                                        time_ ? std::string_view() : vulnerability.text("updated")}) {
      if (!said.empty()) {
        time = parse_rfc3339(said);
        if (!time) {
          return fmt::format("has a time that is none: {}", printable(said));
        }
        break;
      }
    }
    statement.time = time.value_or(is_excuse(statement.status) ? Time::min() : Time::max());
    return std::nullopt;
  }

  /// An excuse is of the versions that a target lists, if it lists any, and not of those that it calls affected; of a
  /// range of them no lockfile tells. What keeps is of the whole target.
  void
  add_products(Node target, VexStatement& statement)
  {
    const VexName name = named(target.text("ref"));
    bool is_listed = false;
    if (is_excuse(statement.status)) {
      target.each("versions", "version", [&](Node each) {
        const std::string_view status = each.text("status");
        is_listed = true;
        if (!each.text("version").empty() && (status.empty() || status == "unaffected")) {
          statement.products.push_back({name, {}, std::string(each.text("version"))});
        }
      });
    }
    if (!is_listed) {
      statement.products.push_back({name, {}, {}});
    }
  }

  [[nodiscard]] VexName
  named(std::string_view reference) const
  {
    if (const auto found = components_.find(std::string(reference)); found != components_.end()) {
      return found->second;
    }
    if (!reference.starts_with("urn:cdx:")) {
      return vex_name({reference});
    }
    const std::size_t hash = reference.find('#');
    const std::string_view raw = hash == std::string_view::npos ? std::string_view() : reference.substr(hash + 1);
    const std::string within = raw.starts_with("pkg:") ? std::string(raw) : percent_decoded(raw);
    const bool is_own = !own_link_.empty() && to_lower(reference.substr(0, hash + 1)) == own_link_;
    const auto found = is_own ? components_.find(within) : components_.end();
    return found == components_.end() ? vex_name({within}) : found->second;
  }

  VexReading& reading_;
  std::optional<Time> time_;
  std::string own_link_;
  std::unordered_map<std::string, VexName> components_;  ///< by bom-ref
  std::size_t unjudged_ = 0;
};

bool
has_known_version(std::string_view version, std::uint32_t line, VexReading& reading)
{
  const bool is_known = is_cyclonedx_version(version, '4');
  if (!is_known) {
    reading.refuse(GapKind::unknown_format, line,
                   fmt::format("CycloneDX {} is not known to say what is affected", printable(version)));
  }
  return is_known;
}

/// A walk over something else would find nothing where there was something.
bool
are_tables(Value list, VexReading& reading)
{
  bool are_known = !list || list.is_list();
  for (const Value each : list) {
    are_known = are_known && each.is_table();
  }
  if (!are_known) {
    reading.refuse(GapKind::unparsable, list.line(), "there is something else where a list of tables must be");
  }
  return are_known;
}

}  // namespace

void
read_cyclonedx_vex(Value root, VexReading& reading)
{
  if (root["bomFormat"].text() != "CycloneDX") {
    reading.refuse(GapKind::unknown_format, root["bomFormat"].line(), "its bomFormat is not CycloneDX");
    return;
  }
  if (!has_known_version(root["specVersion"].scalar(), root["specVersion"].line(), reading)
      || !are_tables(root["vulnerabilities"], reading)) {
    return;
  }
  for (const Value each : root["vulnerabilities"]) {
    if (!are_tables(each["affects"], reading) || !are_tables(each["references"], reading)) {
      return;
    }
  }
  Reader<CyclonedxJson>(reading).run(CyclonedxJson(root));
}

void
read_cyclonedx_vex(Element root, std::string_view text, VexReading& reading)
{
  if (!has_known_version(cyclonedx_version_in(text), root.line(), reading)) {
    return;
  }
  if (root.count("vulnerabilities") > 1) {
    reading.refuse(GapKind::unparsable, root.line(), "<vulnerabilities> stands twice in one element");
    return;
  }
  Reader<CyclonedxXml>(reading).run(CyclonedxXml(root));
}

}  // namespace sluice::deps
