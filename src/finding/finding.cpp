// SPDX-License-Identifier: Apache-2.0
#include "finding/finding.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice {

Fingerprint
make_fingerprint(std::string_view rule_id, std::span<const std::string_view> parts)
{
  std::string text = fmt::format("{}:{}", rule_id.size(), rule_id);
  for (const std::string_view part : parts) {
    text += fmt::format("{}:", part.size());
    text += part;
  }
  return {to_hex(sha256(text))};
}

Fingerprint
make_coarse_fingerprint(std::string_view rule_id, std::array<unsigned char, 2> bits)
{
  const std::string_view part(reinterpret_cast<const char*>(bits.data()), bits.size());
  Fingerprint fingerprint = make_fingerprint(rule_id, std::array{std::string_view("coarse"), part});
  fingerprint.hex.replace(fingerprint.hex.size() / 2, std::string::npos, fingerprint.hex.size() / 2, '0');
  return fingerprint;
}

bool
is_coarse(const Fingerprint& fingerprint)
{
  constexpr std::size_t digits = 64;
  return fingerprint.hex.size() == digits && fingerprint.hex.find_first_not_of('0', digits / 2) == std::string::npos;
}

IdentifierKind
Identifier::kind() const
{
  constexpr std::array<std::pair<std::string_view, IdentifierKind>, 3> prefixes{
      {{"CVE-", IdentifierKind::cve}, {"GHSA-", IdentifierKind::ghsa}, {"CWE-", IdentifierKind::cwe}}};
  const auto* found = std::find_if(prefixes.begin(), prefixes.end(),
                                   [this](const auto& prefix) { return name.starts_with(prefix.first); });
  return found == prefixes.end() ? IdentifierKind::other : found->second;
}

namespace {

/// Whose records osv.dev shows: the prefixes of the OSV schema ("id, modified fields") that its own bulk data have, but
/// for CVE and GHSA, whose own pages say more.
bool
is_of_osv(std::string_view name)
{
  constexpr std::array<std::string_view, 45> prefixes{
      "ALBA",  "ALEA",   "ALPINE", "ALSA",  "ASB",     "BELL", "BIT",    "BRLY", "CGA", "CLEANSTART", "CURL",  "DEBIAN",
      "DLA",   "DRUPAL", "DSA",    "DTSA",  "ECHO",    "EEF",  "ELA",    "GO",   "GSD", "HSEC",       "JLSEC", "KUBE",
      "LBSEC", "LSN",    "MAL",    "MGASA", "MINI",    "OESA", "OSV",    "PHSA", "PSF", "PUB",        "PYSEC", "RHBA",
      "RHEA",  "RHSA",   "RLSA",   "RSEC",  "RUSTSEC", "RXSA", "UBUNTU", "USN",  "V8"};
  const std::size_t dash = name.find('-');
  return dash != std::string_view::npos
         && std::find(prefixes.begin(), prefixes.end(), name.substr(0, dash)) != prefixes.end();
}

}  // namespace

std::string
Identifier::url() const
{
  const bool is_plain =
      name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (!is_plain) {
    return {};
  }
  switch (kind()) {
  case IdentifierKind::cve:
    return fmt::format("https://nvd.nist.gov/vuln/detail/{}", name);
  case IdentifierKind::ghsa:
    return fmt::format("https://github.com/advisories/{}", name);
  case IdentifierKind::cwe:
    return fmt::format("https://cwe.mitre.org/data/definitions/{}.html", name.substr(4));
  case IdentifierKind::other:
    break;
  }
  return is_of_osv(name) ? fmt::format("https://osv.dev/vulnerability/{}", name) : std::string();
}

std::string_view
text_of(PlaceRole role)
{
  constexpr std::array<std::string_view, 5> texts{"here too", "also at", "because of", "to change", "defined at"};
  return texts.at(static_cast<std::size_t>(role));
}

Severity
Finding::own_severity() const
{
  return severity.value_or(rule == nullptr ? Severity::medium : rule->severity);
}

Confidence
Finding::own_confidence() const
{
  return confidence.value_or(rule == nullptr ? Confidence::low : rule->confidence);
}

Span
Finding::covered_bytes() const
{
  const std::size_t size = excerpt.size();
  if (covered) {
    const Span within{covered->begin, std::min(covered->end, size)};
    return within.begin < within.end ? within : Span{};
  }
  if (where.begin.column == 0 || where.begin.column > size) {
    return {};
  }
  const std::size_t begin = where.begin.column - 1;
  if (where.end.line > where.begin.line) {
    return {begin, size};
  }
  const std::size_t end = where.end.column > where.begin.column ? where.end.column - 1 : begin + 1;
  return {begin, std::min(end, size)};
}

bool
Coverage::is_empty() const
{
  return std::all_of(counts.begin(), counts.end(), [](const Count& count) { return count.value == 0; });
}

}  // namespace sluice
