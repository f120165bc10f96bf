// SPDX-License-Identifier: Apache-2.0
#include "deps/vex_rulings.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sluice::deps {

namespace {

/// Those that say which package it is, and are in what `package_of` makes of it; of Maven "jar" is what is meant
/// anyway.
bool
is_understood(const Purl& purl)
{
  return std::all_of(purl.qualifiers.begin(), purl.qualifiers.end(), [&purl](const auto& qualifier) {
    const auto& [key, value] = qualifier;
    return key == "distro" || key == "upstream" || key == "epoch"
           || (purl.type == "maven" && key == "type" && value == "jar");
  });
}

bool
is_ecosystem(std::string_view said, std::string_view own)
{
  return said == own || said == own.substr(0, own.find(':'));
}

bool
is_version(std::string_view ecosystem, std::string_view said, std::string_view own)
{
  if (said.empty() || said == own) {
    return true;
  }
  const Scheme* scheme = scheme_of(ecosystem);
  const auto order = scheme == nullptr ? std::nullopt : scheme->compare(said, own);
  return order && *order == std::weak_ordering::equivalent;
}

bool
is_name(std::string_view ecosystem, std::string_view said, std::string_view own)
{
  const Ecosystem* known = find_ecosystem(ecosystem);
  return known == nullptr ? said == own : normalised(*known, said) == normalised(*known, own);
}

/// Whether it is a name that only the registry of packages gives out.
bool
is_of_registry(const VexComponent& product)
{
  return std::any_of(product.purls.begin(), product.purls.end(),
                     [](const Purl& purl) { return purl.type != "github" && !package_of(purl).ecosystem.empty(); });
}

/// The root or a member: which ecosystem they are of the list need not say.
bool
is_project(const VexComponent& product, const PackageList& list)
{
  return std::any_of(list.packages().begin(), list.packages().end(), [&product](const Package& package) {
    return package.part != Part::third_party && !package.name.empty()
           && std::any_of(product.purls.begin(), product.purls.end(), [&package](const Purl& purl) {
                const PurlPackage said = package_of(purl);
                return is_name(said.ecosystem, said.name, package.name)
                       && (package.version.empty() || is_version(said.ecosystem, said.version, package.version));
              });
  });
}

bool
is_about(const VexStatement& statement, const Hit& hit)
{
  const Package& package = hit.entries.package;
  const PackageList& list = hit.file->list;
  return std::any_of(statement.products.begin(), statement.products.end(), [&](const VexProduct& product) {
    if (product.parts.empty()) {
      return names(product.self, package);
    }
    const bool is_named = std::any_of(product.parts.begin(), product.parts.end(),
                                      [&package](const VexComponent& part) { return names(part, package); });
    return is_named
           && (!is_of_registry(product.self) || is_project(product.self, list)
               || is_held_by(list, hit.entries.ids, product.self));
  });
}

/// Whether the one that keeps a finding counts: of two at the same time it does.
bool
is_newer(const VexStatement& a, const VexStatement& b)
{
  const auto keeps = [](const VexStatement& statement) {
    return statement.status == VexStatus::affected || statement.status == VexStatus::under_investigation;
  };
  return std::tuple(a.time, keeps(a)) > std::tuple(b.time, keeps(b));
}

std::string
words_of(VexStatus status)
{
  return replace_all(name_of(status), "_", " ");
}

}  // namespace

bool
names(const VexComponent& component, const Package& package)
{
  return std::any_of(component.purls.begin(), component.purls.end(), [&package](const Purl& purl) {
    const PurlPackage said = package_of(purl);
    return !said.ecosystem.empty() && is_understood(purl) && is_ecosystem(said.ecosystem, package.ecosystem)
           && is_name(said.ecosystem, said.name, package.name)
           && is_version(package.ecosystem, said.version, package.version);
  });
}

// Up from the package. What nobody needs was asked for by somebody that the format does not name.
bool
is_held_by(const PackageList& list, const std::vector<PackageId>& package, const VexComponent& product)
{
  std::unordered_map<PackageId, std::vector<PackageId>> needed_by;
  for (const Need& need : list.needs()) {
    needed_by[need.to].push_back(need.from);
  }
  std::vector<bool> seen(list.packages().size());
  std::vector<PackageId> queue = package;
  bool is_held = false;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const auto above = needed_by.find(queue[at]);
    if (above == needed_by.end()) {
      return false;
    }
    for (const PackageId from : above->second) {
      if (list.packages()[from].part != Part::third_party) {
        return false;
      }
      if (names(product, list.packages()[from])) {
        is_held = true;
      } else if (!seen[from]) {
        seen[from] = true;
        queue.push_back(from);
      }
    }
  }
  return is_held;
}

VexRulings::VexRulings(const std::vector<VexDocument>& documents)
    : documents_(documents)
{
  for (const VexDocument& document : documents) {
    for (const VexStatement& statement : document.statements) {
      for (const std::string& name : statement.vulnerabilities) {
        by_name_[to_lower(name)].push_back(statements_.size());
      }
      statements_.push_back({&document, &statement});
    }
  }
  used_.resize(statements_.size());
}

const VexRulings::Reference*
VexRulings::newest(const Hit& hit)
{
  const Reference* newest = nullptr;
  for (const std::string& name : hit.group.names()) {
    const auto found = by_name_.find(to_lower(name));
    if (found == by_name_.end()) {
      continue;
    }
    for (const std::size_t number : found->second) {
      const Reference& each = statements_[number];
      if (!is_about(*each.statement, hit)) {
        continue;
      }
      used_[number] = true;
      if (newest == nullptr || is_newer(*each.statement, *newest->statement)) {
        newest = &each;
      }
    }
  }
  return newest;
}

std::optional<OwnRuling>
VexRulings::ruling(const Hit& hit)
{
  const Reference* found = newest(hit);
  if (found == nullptr) {
    return std::nullopt;
  }
  const VexStatement& statement = *found->statement;
  const std::string place = fmt::format("{}:{}", printable(found->document->path), statement.line);
  const std::string what = fmt::format("{} of {}", hit.group.title(), printable(shown_name(hit.entries.package)));
  if (statement.status == VexStatus::affected || statement.status == VexStatus::under_investigation) {
    kept_.push_back(fmt::format("{}: {} stays: the statement says {}{}", place, what, words_of(statement.status),
                                statement.reason.empty() ? "" : ", " + printable(statement.reason)));
    return std::nullopt;
  }
  if (hit.group.is_malware) {
    kept_.push_back(fmt::format("{}: {} is malware, and this statement excuses it", place, what));
  }
  return OwnRuling{OwnRuling::Kind::ignore,
                   fmt::format("{}{}{} (OpenVEX of {}, {})", words_of(statement.status),
                               statement.reason.empty() ? "" : ": ", statement.reason, found->document->author, place)};
}

std::vector<std::string>
VexRulings::notices() const
{
  constexpr std::size_t most = 5;
  std::vector<std::string> notices = kept_;
  std::size_t number = 0;
  for (const VexDocument& document : documents_) {
    std::vector<std::string> unused;
    std::size_t count = 0;
    for (const VexStatement& statement : document.statements) {
      if (!used_[number++] && ++count <= most) {
        unused.push_back(fmt::format("{} (line {})", printable(statement.vulnerabilities.front()), statement.line));
      }
    }
    if (count != 0) {
      notices.push_back(fmt::format("{}: {} nothing that was found: {}{}", printable(document.path),
                                    counted(count, "statement fits", "statements fit"), join(unused, ", "),
                                    count > most ? fmt::format(" and {} more", count - most) : ""));
    }
  }
  return notices;
}

void
apply_vex(const std::vector<VexDocument>& documents, Audit& audit)
{
  VexRulings rulings(documents);
  for (Hit& hit : audit.hits) {
    auto ruling = rulings.ruling(hit);
    if (ruling && hit.ruling.kind != OwnRuling::Kind::ignore) {
      hit.ruling = *std::move(ruling);
    }
  }
  const std::vector<std::string> notices = rulings.notices();
  audit.notices.insert(audit.notices.end(), notices.begin(), notices.end());
}

}  // namespace sluice::deps
