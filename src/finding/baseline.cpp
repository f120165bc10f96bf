// SPDX-License-Identifier: Apache-2.0
#include "finding/baseline.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

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
  const auto document = Json::parse(json);
  if (!document || !document->is_object()) {
    return fail(ErrorKind::config, "{}: is not a JSON object{}", name,
                document ? "" : fmt::format(": {}", document.error().message));
  }
  if ((*document)["schema"] != schema) {
    return fail(ErrorKind::config, "{}: is not a baseline of this version (\"schema\" must be \"{}\")", name, schema);
  }
  const Json& findings = (*document)["findings"];
  if (!findings.is_array()) {
    return fail(ErrorKind::config, "{}: \"findings\" must be a list", name);
  }
  Baseline baseline;
  for (const Json& entry : findings.items()) {
    const std::string* fingerprint = entry["fingerprint"].text();
    if (fingerprint == nullptr) {
      return fail(ErrorKind::config, "{}: every finding needs a \"fingerprint\"", name);
    }
    const auto text = [&entry](std::string_view key) {
      const std::string* found = entry[key].text();
      return found == nullptr ? std::string() : *found;
    };
    baseline.entries_[*fingerprint] = {text("rule"), text("place")};
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
    const Json line{{"fingerprint", fingerprint}, {"rule", entry.rule}, {"place", entry.place}};
    text += fmt::format("{}    {}", separator, line.dump());
    separator = ",\n";
  }
  return text + (entries_.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace sluice
