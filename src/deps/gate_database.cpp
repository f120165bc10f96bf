// SPDX-License-Identifier: Apache-2.0
#include "deps/gate_database.hpp"

#include "base/text.hpp"
#include "deps/audit.hpp"
#include "deps/brought_database.hpp"
#include "deps/database_place.hpp"
#include "deps/online.hpp"
#include "deps/refresh.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

/// Whether something could be brought that only advisories tell of.
bool
needs_advisories(const LockedFiles& locked)
{
  return std::any_of(locked.files.begin(), locked.files.end(), [](const LockedFile& file) {
    const auto packages = file.list.packages();
    return !file.is_unchanged && std::any_of(packages.begin(), packages.end(), can_be_judged);
  });
}

/// A pipeline's cache may have to lie in its checkout. There a change could bring a database of its own, which says of
/// itself that it is up to date.
Result<>
refuse_tracked(const gate::FileTree& tree, const std::filesystem::path& root, const std::filesystem::path& place)
{
  const std::string relative = place.lexically_relative(root).generic_string();
  if (relative.empty() || relative == "." || relative.starts_with("..")) {
    return {};
  }
  const gate::Listing listing = tree.tracked();
  const std::string below = relative + "/";
  const auto found = std::find_if(listing.files.begin(), listing.files.end(),
                                  [&](const std::string& path) { return path == relative || path.starts_with(below); });
  if (found != listing.files.end()) {
    return fail(ErrorKind::config,
                "{}: it is part of the repository, where a change can bring its own advisories; keep the database that "
                "is brought up to date elsewhere, or remove it from the repository",
                printable(*found));
  }
  return {};
}

/// What cannot be fetched now is judged by what is there, whose day the report tells.
Result<>
update_first(const DepsOptions& options, const gate::Input& input, const gate::FileTree& tree,
             const LockedFiles& locked, Findings& findings)
{
  RefreshOrder order;
  TRY_ASSIGN(order.directory, database_place(options, input));
  TRY(refuse_tracked(tree, input.directory, order.directory));
  order.from = options.update_from;
  order.kev = options.kev_from;
  order.epss = options.epss_from;
  order.key = options.db_key;
  order.ecosystems = ecosystems_in_use(locked);
  order.today = input.today;
  order.threads = input.threads;
  const auto refreshed = refresh(*input.services.http, order);
  if (!refreshed && refreshed.error().kind != ErrorKind::unavailable) {
    return Failure(refreshed.error());
  }
  if (!refreshed) {
    const std::string why = fmt::format("the advisories were not brought up to date: {}", refreshed.error().message);
    if (std::error_code failed; !std::filesystem::exists(order.directory, failed)) {
      return fail(ErrorKind::unavailable, "there is no advisory database in {}, and {}",
                  printable(order.directory.string()), why);
    }
    findings.notices.push_back(why);
  } else if (refreshed->verdict != Verdict::pass) {
    for (const std::string& line : refreshed->lines) {
      findings.notices.push_back("bringing the advisories up to date: " + line);
    }
  }
  return {};
}

}  // namespace

Result<Database>
gate_database(const DepsOptions& options, const gate::Input& input, const gate::ChangeTree& tree,
              const LockedFiles& locked, Findings& findings)
{
  if (options.update_advisories && !options.online) {
    TRY(update_first(options, input, *tree.after, locked, findings));
  }
  Result<Database> opened =
      options.online ? online_database(options, input, locked, findings) : open_database(options, input);
  if (!opened && opened.error().kind == ErrorKind::unavailable && !needs_advisories(locked)) {
    if (options.online) {
      findings.notices.push_back(opened.error().message);
    }
    opened = Database::none();
  }
  if (opened && !opened->directory().empty()) {
    if (auto gap = brought_database(tree, input.directory, opened->directory())) {
      findings.gaps.push_back(*std::move(gap));
    }
  }
  return opened;
}

}  // namespace sluice::deps
