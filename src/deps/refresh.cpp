// SPDX-License-Identifier: Apache-2.0
#include "deps/refresh.hpp"

#include "base/text.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/exploit_update.hpp"
#include "deps/advisories/mirror.hpp"
#include "deps/advisories/server.hpp"
#include "deps/advisories/update.hpp"
#include "deps/audit.hpp"
#include "deps/ecosystem.hpp"
#include "deps/options.hpp"

#include <fmt/format.h>

#include <set>

namespace sluice::deps {

namespace {

bool
is_address(std::string_view from)
{
  return from.find("://") != std::string_view::npos;
}

std::string
told(const UpdateCount& count)
{
  std::string line = printable(count.ecosystem) + ": ";
  if (count.how == UpdateCount::How::unchanged && count.unreadable == 0) {
    return line + "up to date";
  }
  if (count.how == UpdateCount::How::failed) {
    return line + "not updated: " + printable(count.why);
  }
  line += fmt::format("{} from {}", counted(count.records, "record", "records"),
                      count.how == UpdateCount::How::archive ? "the archive" : "the list of modifications");
  line += count.is_lost ? ", and nothing of what was there: it is damaged or of another format" : "";
  line += count.gone == 0 ? "" : fmt::format(", {} gone", with_thousands(count.gone));
  line += count.unreadable == 0
              ? ""
              : fmt::format(", {} cannot be had or read and will be asked for again", with_thousands(count.unreadable));
  return line;
}

std::string
told(const ExploitUpdate& update)
{
  std::string line = fmt::format("{}: ", update.name);
  if (update.how == ExploitUpdate::How::unchanged) {
    return line + "up to date";
  }
  if (update.how == ExploitUpdate::How::failed) {
    return line + "not updated: " + printable(update.why);
  }
  return line
         + fmt::format("{}, {}{}", counted(update.entries, "CVE", "CVEs"),
                       update.day.empty() ? "of an unknown day" : "of " + update.day,
                       update.is_lost ? ", and nothing of what was there: it is damaged or of another format" : "");
}

/// Where one of the two documents is fetched from; empty: nowhere.
std::string
source_of(const std::string& asked, const RefreshOrder& order, std::string_view public_one)
{
  if (asked == no_exploits) {
    return {};
  }
  return asked.empty() && order.from.empty() ? std::string(public_one) : asked;
}

Refreshed
told(const Adopted& adopted)
{
  Refreshed refreshed;
  for (const std::string& name : adopted.changed) {
    refreshed.lines.push_back(printable(name) + ": replaced");
  }
  refreshed.lines.push_back(fmt::format(
      "{} of {}, {}", counted(adopted.manifest.files.size(), "file", "files"), adopted.manifest.made,
      adopted.is_signed ? "signed by the key that is demanded" : "by no key that was checked (`db-key` names one)"));
  return refreshed;
}

/// What is there and what is needed.
std::vector<std::string>
ecosystems_of(const RefreshOrder& order)
{
  std::set<std::string> names(order.ecosystems.begin(), order.ecosystems.end());
  if (order.exactly == RefreshOrder::Exactly::no) {
    if (const auto database = Database::open(order.directory)) {
      const std::vector<std::string> there = database->ecosystems();
      names.insert(there.begin(), there.end());
    }
  }
  return {names.begin(), names.end()};
}

/// What somebody exported, if that is what is there.
Result<std::optional<Refreshed>>
refresh_from_export(net::HttpClient& http, const RefreshOrder& order)
{
  const bool is_server = is_address(order.from);
  if (is_server) {
    TRY(check_server(order.from));
  }
  const Mirror mirror = is_server ? mirror_at(http, order.from) : mirror_in(order.from);
  TRY_ASSIGN(const auto adopted, adopt(mirror, order.directory, order.key));
  if (adopted) {
    return told(*adopted);
  }
  if (!is_server) {
    return fail(ErrorKind::usage,
                "{}: it has no {}; `sluice deps db export` makes one, and `db import` reads documents",
                printable(order.from), manifest_file);
  }
  return std::nullopt;
}

}  // namespace

std::chrono::sys_seconds
start_of(Date day)
{
  return std::chrono::sys_days(std::chrono::year(day.year) / day.month / day.day);
}

std::vector<std::string>
ecosystems_in_use(const LockedFiles& locked)
{
  std::set<std::string> names;
  for (const LockedFile& file : locked.files) {
    for (const Entries& entries : entries_of(file.list)) {
      const std::string_view name = entries.package.ecosystem;
      if (find_ecosystem(name) != nullptr) {
        names.emplace(name.substr(0, name.find(':')));
      }
    }
  }
  return {names.begin(), names.end()};
}

Result<Refreshed>
refresh(net::HttpClient& http, const RefreshOrder& order)
{
  if (!order.from.empty()) {
    TRY_ASSIGN(auto refreshed, refresh_from_export(http, order));
    if (refreshed) {
      return *std::move(refreshed);
    }
  }
  if (!order.key.empty()) {
    return fail(ErrorKind::unavailable,
                "a key is demanded (`db-key`), and {} signs nothing; name what "
                "`sluice deps db export --sign` has made with --from",
                order.from.empty() ? osv_server : std::string_view(order.from));
  }
  UpdateOrder update;
  update.import = {order.directory, order.from.empty() ? std::string(osv_server) : order.from, start_of(order.today),
                   order.threads};
  update.ecosystems = ecosystems_of(order);
  if (update.ecosystems.empty()) {
    return fail(ErrorKind::usage,
                "which ecosystems? The repository has no lockfile that tells; name them with --ecosystems");
  }
  TRY_ASSIGN(const std::vector<UpdateCount> counts, update_database(http, update));
  Refreshed refreshed;
  for (const UpdateCount& count : counts) {
    refreshed.lines.push_back(told(count));
    if (count.how == UpdateCount::How::failed) {
      refreshed.verdict = Verdict::unavailable;
    } else if (count.unreadable != 0 && refreshed.verdict == Verdict::pass) {
      refreshed.verdict = Verdict::incomplete;
    }
  }
  const ExploitOrder exploits{order.directory, source_of(order.kev, order, kev_server),
                              source_of(order.epss, order, epss_server)};
  TRY_ASSIGN(const std::vector<ExploitUpdate> updates, update_exploits(http, exploits));
  for (const ExploitUpdate& each : updates) {
    refreshed.lines.push_back(told(each));
    if (each.how == ExploitUpdate::How::failed) {
      refreshed.verdict = Verdict::unavailable;
    }
  }
  return refreshed;
}

}  // namespace sluice::deps
