// SPDX-License-Identifier: Apache-2.0
#include "deps/vex_rulings.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"
#include "deps/excuse.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sluice::deps {

namespace {

/// Whether it is a name that only the registry of packages gives out.
bool
is_of_registry(const VexComponent& product)
{
  return std::any_of(product.purls.begin(), product.purls.end(),
                     [](const Purl& purl) { return purl.type != "github" && !package_of(purl).ecosystem.empty(); });
}

bool
is_about(const VexStatement& statement, const Hit& hit, VexHolders& holders)
{
  const Package& package = hit.entries.package;
  return std::any_of(statement.products.begin(), statement.products.end(), [&](const VexProduct& product) {
    if (product.parts == nullptr || product.parts->empty()) {
      return names(*product.self, package) && is_version_said(package.ecosystem, product.version, package.version);
    }
    const bool is_named = std::any_of(product.parts->begin(), product.parts->end(),
                                      [&package](const VexName& part) { return names(*part, package); });
    return is_named
           && (!is_of_registry(*product.self) || holders.is_project(*product.self)
               || holders.is_held_by(hit.entries.ids, *product.self));
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
  const PackageList& list = hit.file->list;
  VexHolders& holders = holders_.try_emplace(&list, list).first->second;
  const Reference* newest = nullptr;
  for (const std::string& name : hit.group.own_names()) {
    const auto found = by_name_.find(to_lower(name));
    if (found == by_name_.end()) {
      continue;
    }
    for (const std::size_t number : found->second) {
      const Reference& each = statements_[number];
      if (!is_about(*each.statement, hit, holders)) {
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
  const VexDocument& document = *found->document;
  const std::string place = fmt::format("{}:{}", printable(document.path), statement.line);
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
                   fmt::format("{}{}{} ({}{}{}, {})", words_of(statement.status), statement.reason.empty() ? "" : ": ",
                               statement.reason, document.format, document.author.empty() ? "" : " of ",
                               document.author, place)};
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
  excuse(audit, [&rulings](const Hit& hit) { return rulings.ruling(hit); });
  const std::vector<std::string> notices = rulings.notices();
  audit.notices.insert(audit.notices.end(), notices.begin(), notices.end());
}

}  // namespace sluice::deps
