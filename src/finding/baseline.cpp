// SPDX-License-Identifier: Apache-2.0
#include "finding/baseline.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "finding/suppression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace sluice {

namespace {

constexpr std::string_view schema = "sluice.baseline/2";
constexpr std::string_view placeless_schema = "sluice.baseline/1";

/// Reads an entry, or says what is wrong with it.
class EntryReader
{
public:
  EntryReader(const Json& json, std::string_view name, std::size_t number)
      : json_(json),
        at_(fmt::format("{}: \"findings\"[{}]", printable(name), number))
  {}

  Result<Baseline::Entry>
  read()
  {
    if (!json_.is_object()) {
      return fail(ErrorKind::config, "{}: must be an object", at_);
    }
    TRY(check_keys());
    Baseline::Entry entry;
    TRY_ASSIGN(entry.gate, text("gate"));
    TRY_ASSIGN(entry.rule, text("rule"));
    TRY_ASSIGN(entry.path, path());
    TRY_ASSIGN(entry.fingerprint, text("fingerprint"));
    const bool is_hex =
        !entry.fingerprint.empty() && entry.fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_hex) {
      return fail(ErrorKind::config, "{}: \"fingerprint\" must be lower-case hexadecimal digits", at_);
    }
    return entry;
  }

private:
  [[nodiscard]] Result<>
  check_keys() const
  {
    constexpr std::array<std::string_view, 5> known{"gate", "rule", "path", "path-hex", "fingerprint"};
    for (const Json::Member& member : json_.members()) {
      if (std::find(known.begin(), known.end(), member.key) == known.end()) {
        return fail(ErrorKind::config, "{}: \"{}\" is not a key of an entry", at_, printable(member.key));
      }
    }
    return {};
  }

  [[nodiscard]] Result<std::string>
  text(std::string_view key) const
  {
    const std::string* found = json_[key].text();
    if (found == nullptr) {
      return fail(ErrorKind::config, "{}: \"{}\" must be there and be a text", at_, key);
    }
    return *found;
  }

  /// What JSON cannot hold is written in hexadecimal digits.
  [[nodiscard]] Result<std::string>
  path() const
  {
    if (json_.find("path-hex") == nullptr) {
      return text("path");
    }
    TRY_ASSIGN(const std::string digits, text("path-hex"));
    auto bytes = from_hex(digits);
    if (!bytes || json_.find("path") != nullptr) {
      return fail(ErrorKind::config, "{}: \"path-hex\" must be hexadecimal digits, and instead of \"path\"", at_);
    }
    return *std::move(bytes);
  }

  const Json& json_;
  std::string at_;
};

std::string
line_of(const Baseline::Entry& entry)
{
  Json line{{"gate", entry.gate}, {"rule", entry.rule}};
  if (is_utf8(entry.path)) {
    line.at("path") = entry.path;
  } else {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(entry.path.data());
    line.at("path-hex") = to_hex(std::span(bytes, entry.path.size()));
  }
  line.at("fingerprint") = entry.fingerprint;
  return line.dump(std::nullopt, JsonText::ascii);
}

Result<>
check_schema(const Json& document, std::string_view name)
{
  const std::string* found = document["schema"].text();
  if (found != nullptr && *found == placeless_schema) {
    return fail(ErrorKind::config,
                "{0}: is of an older version, which did not say at which path each finding is accepted; make it anew:\n"
                "git rm -- {1}\nsluice check --baseline={1} --baseline-action create",
                printable(name), shell_word(name));
  }
  if (found == nullptr || *found != schema) {
    return fail(ErrorKind::config, "{}: is not a baseline of this version (\"schema\" must be \"{}\")", printable(name),
                schema);
  }
  return {};
}

/// Paths at which the finding is on disk or at the head, and not only in the past.
std::set<std::string>
paths_now(const Finding& finding)
{
  std::set<std::string> paths;
  const auto add = [&paths](const Location& place) {
    if (place.commit.empty()) {
      paths.insert(place.path);
    }
  };
  add(finding.where);
  for (const RelatedPlace& place : finding.related) {
    if (is_place_of_finding(place)) {
      add(place.where);
    }
  }
  for (const Move& move : finding.moves) {
    if (move.is_pending) {
      paths.erase(move.from);
    }
  }
  return paths;
}

}  // namespace

Baseline::Entry
Baseline::entry_of(const Finding& finding, std::string_view path, const Redactor* redactor)
{
  return {std::string(finding.rule->tool), std::string(finding.rule->id),
          redactor == nullptr ? std::string(path) : redactor->redacted(path, TextKind::name), finding.fingerprint.hex};
}

Result<Baseline>
Baseline::parse(std::string_view json, std::string_view name)
{
  const auto document = Json::parse(json);
  if (!document || !document->is_object()) {
    return fail(ErrorKind::config, "{}: is not a JSON object{}", printable(name),
                document ? "" : fmt::format(": {}", document.error().message));
  }
  TRY(check_schema(*document, name));
  const Json& findings = (*document)["findings"];
  if (!findings.is_array()) {
    return fail(ErrorKind::config, "{}: \"findings\" must be a list", printable(name));
  }
  Baseline baseline;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    TRY_ASSIGN(Entry entry, EntryReader(findings[i], name, i).read());
    baseline.add(std::move(entry));
  }
  return baseline;
}

void
Baseline::add(const Finding& finding, const Redactor* redactor)
{
  std::set<std::string> paths;
  for (std::string& path : paths_of(finding)) {
    paths.insert(std::move(path));
  }
  for (const RelatedPlace& place : finding.related) {
    if (place.role == PlaceRole::cause && !place.where.path.empty()) {
      paths.insert(place.where.path);
    }
  }
  for (const std::string& path : paths) {
    add(entry_of(finding, path, redactor));
  }
}

void
Baseline::add(Entry entry)
{
  entries_.insert(std::move(entry));
}

void
Baseline::remove_if(const std::function<bool(const Entry&)>& is_unwanted)
{
  std::erase_if(entries_, is_unwanted);
}

bool
Baseline::has_entries_of(std::string_view gate) const
{
  return std::any_of(entries_.begin(), entries_.end(), [gate](const Entry& entry) { return entry.gate == gate; });
}

std::string
Baseline::text() const
{
  std::string text = fmt::format("{{\n  \"schema\": \"{}\",\n  \"findings\": [", schema);
  std::string_view separator = "\n";
  for (const Entry& entry : entries_) {
    text += fmt::format("{}    {}", separator, line_of(entry));
    separator = ",\n";
  }
  return text + (entries_.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

BaselineUse::BaselineUse(const Baseline& baseline, const Redactor* redactor)
    : redactor_(redactor),
      left_(baseline.entries()),
      unused_(baseline.entries())
{}

std::map<std::string, std::string>
BaselineUse::origins_of(const Finding& finding) const
{
  std::map<std::string, std::string> origins;
  for (const std::string& path : paths_of(finding)) {
    if (left_.contains(Baseline::entry_of(finding, path, redactor_))) {
      origins.emplace(path, path);
    }
  }
  // Oldest first, so that what moved twice is followed. Its first place may be one that nobody has any more.
  for (const Move& move : finding.moves) {
    if (left_.contains(Baseline::entry_of(finding, move.from, redactor_))) {
      origins.emplace(move.from, move.from);
    }
    if (const auto from = origins.find(move.from); from != origins.end()) {
      origins.emplace(move.to, from->second);
    }
  }
  return origins;
}

std::vector<std::string>
BaselineUse::uncovered(const Finding& finding)
{
  const std::map<std::string, std::string> origins = origins_of(finding);
  const std::set<std::string> now = paths_now(finding);
  std::set<std::string> moved;
  std::vector<std::string> open;
  for (const std::string& path : paths_of(finding)) {
    const auto origin = origins.find(path);
    const bool is_moved = origin != origins.end() && origin->second != path && now.contains(path);
    // What was moved away and came back has been copied.
    const bool is_copy = is_moved && (now.contains(origin->second) || !moved.insert(origin->second).second);
    if (origin == origins.end() || is_copy) {
      open.push_back(path);
    }
  }
  for (const auto& [path, origin] : origins) {
    const Baseline::Entry entry = Baseline::entry_of(finding, path, redactor_);
    if (const auto unused = unused_.find(entry); unused != unused_.end()) {
      unused_.erase(unused);
    }
    if (const auto left = left_.find(entry); open.empty() && left != left_.end()) {
      left_.erase(left);
    }
  }
  return open;
}

std::vector<std::string>
paths_of(const Finding& finding)
{
  std::set<std::string> paths(finding.unlisted.begin(), finding.unlisted.end());
  paths.insert(finding.where.path);
  for (const RelatedPlace& place : finding.related) {
    if (is_place_of_finding(place)) {
      paths.insert(place.where.path);
    }
  }
  return {paths.begin(), paths.end()};
}

}  // namespace sluice
