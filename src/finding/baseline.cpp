// SPDX-License-Identifier: Apache-2.0
#include "finding/baseline.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sluice {

namespace {

constexpr std::string_view schema = "sluice.baseline/1";

std::string
place_of(const Finding& finding)
{
  return finding.where.path.empty() ? finding.where.commit
                                    : fmt::format("{}:{}", printable(finding.where.path), finding.where.begin.line);
}

}  // namespace

Result<Baseline>
Baseline::parse(std::string_view json, std::string_view name)
{
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (document.is_discarded() || !document.is_object()) {
    return fail(ErrorKind::config, "{}: is not a JSON object", name);
  }
  if (document.value("schema", "") != schema) {
    return fail(ErrorKind::config, "{}: is not a baseline of this version (\"schema\" must be \"{}\")", name, schema);
  }
  const auto findings = document.find("findings");
  if (findings == document.end() || !findings->is_array()) {
    return fail(ErrorKind::config, "{}: \"findings\" must be a list", name);
  }
  Baseline baseline;
  for (const auto& entry : *findings) {
    if (!entry.is_object() || !entry.contains("fingerprint") || !entry["fingerprint"].is_string()) {
      return fail(ErrorKind::config, "{}: every finding needs a \"fingerprint\"", name);
    }
    const auto text = [&entry](const char* key) {
      const auto found = entry.find(key);
      return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    baseline.entries_[entry["fingerprint"].get<std::string>()] = {text("rule"), text("place")};
  }
  return baseline;
}

void
Baseline::add(const Finding& finding)
{
  entries_[finding.fingerprint.hex] = {std::string(finding.rule->id), place_of(finding)};
}

bool
Baseline::contains(const Finding& finding) const
{
  return entries_.contains(finding.fingerprint.hex);
}

std::string
Baseline::text() const
{
  std::string text = fmt::format("{{\n  \"schema\": \"{}\",\n  \"findings\": [", schema);
  std::string_view separator = "\n";
  for (const auto& [fingerprint, entry] : entries_) {
    const nlohmann::ordered_json line{{"fingerprint", fingerprint}, {"rule", entry.rule}, {"place", entry.place}};
    text += fmt::format("{}    {}", separator, line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    separator = ",\n";
  }
  return text + (entries_.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace sluice
