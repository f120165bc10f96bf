// SPDX-License-Identifier: Apache-2.0
#include "deps/online.hpp"

#include "base/text.hpp"
#include "deps/advisories/record_collector.hpp"
#include "deps/online_names.hpp"
#include "deps/refresh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sluice::deps {

namespace {

constexpr std::string_view by_database =
    "Judge by a database, which `sluice deps db update` or `sluice deps db import` makes, in place of --online";

std::string
bare(std::string_view ecosystem)
{
  return std::string(ecosystem.substr(0, ecosystem.find(':')));
}

/// "left, right and 3 others": what a lockfile or a service has written.
std::string
some_of(std::vector<std::string> words)
{
  constexpr std::size_t most = 5;
  const std::size_t all = words.size();
  words.resize(std::min(all, most));
  std::transform(words.begin(), words.end(), words.begin(), [](const std::string& each) { return printable(each); });
  return join(words, ", ")
         + (all > most ? fmt::format(" and {}", counted(all - most, "other", "others")) : std::string());
}

/// What is wrong with a record that the service has named.
enum class Fault { missing, unreadable, other_packages };

std::string
words_of(Fault fault, std::size_t records)
{
  const std::string them = counted(records, "advisory", "advisories");
  switch (fault) {
  case Fault::missing:
    return fmt::format("it names {} that it does not have", them);
  case Fault::unreadable:
    return fmt::format("{} that it names cannot be read", them);
  case Fault::other_packages:
    break;
  }
  return fmt::format("{} that it names for packages {} not of them", them, records == 1 ? "is" : "are");
}

std::string
words_of(Sending sending, std::string_view names)
{
  switch (sending) {
  case Sending::is_private:
    return fmt::format("not asked for, as `private-packages` has them: {}", names);
  case Sending::is_elsewhere:
    return fmt::format("not asked for, as they are not from the public registry: {}", names);
  case Sending::is_no_name:
  case Sending::allowed:
    break;
  }
  return fmt::format("not asked for, as no registry has such names: {}", names);
}

/// One run's conversation with the service.
class Asking
{
public:
  Asking(const DepsOptions& options, const gate::Input& input, Findings& findings)
      : address_(options.api.empty() ? std::string(osv_api) : options.api),
        service_(service_name(options.api)),
        today_(input.today),
        api_(*input.services.http, address_),
        findings_(findings)
  {}

  Result<Database>
  run(const OnlineNames& names)
  {
    tell_kept(names);
    TRY(ask(names));
    TRY(fetch(names));
    tell_faults();
    if (!names.sent.empty()) {
      findings_.notices.push_back(fmt::format("{} does not tell what is exploited (KEV, EPSS): no rule or ignore that "
                                              "asks for it fits",
                                              service_));
    }
    return Database::of_answers(records_, {service_, ecosystems_, start_of(today_)});
  }

private:
  using ByEcosystem = std::map<std::string, std::vector<PackageName>>;

  /// Also where no answer comes.
  void
  tell_sent(std::size_t names, const ByEcosystem& by_ecosystem)
  {
    std::vector<std::string> parts;
    for (const auto& [ecosystem, asked] : by_ecosystem) {
      parts.push_back(fmt::format("{} of {}", with_thousands(asked.size()), ecosystem));
    }
    if (names != 0) {
      findings_.notices.push_back(fmt::format("{} of packages, without versions, {} sent to {}: {}",
                                              counted(names, "name", "names"), names == 1 ? "was" : "were",
                                              printable(address_), join(parts, ", ")));
    }
  }

  /// A request for each ecosystem: one that the service does not know spoils no other.
  Result<>
  ask(const OnlineNames& names)
  {
    ByEcosystem by_ecosystem;
    for (const auto& [name, brought] : names.sent) {
      by_ecosystem[bare(name.ecosystem)].push_back(name);
    }
    tell_sent(names.sent.size(), by_ecosystem);
    std::string refused;
    for (const auto& [ecosystem, asked] : by_ecosystem) {
      auto ids = api_.ids_of(asked);
      if (!ids && ids.error().kind != ErrorKind::input) {
        return failed(ids.error().message);
      }
      if (!ids) {
        refused = ids.error().message;
        ecosystems_.erase(ecosystem);
        findings_.notices.push_back(fmt::format("{} was not answered for: {}", ecosystem, refused));
        continue;
      }
      ecosystems_.insert(ecosystem);
      ids_.merge(*ids);
    }
    return !by_ecosystem.empty() && ids_.empty() ? failed(refused) : Result<>();
  }

  Result<>
  fetch(const OnlineNames& names)
  {
    std::map<std::string, std::vector<PackageName>> named;
    for (const auto& [name, ids] : ids_) {
      for (const std::string& id : ids) {
        named[id].push_back(name);
      }
    }
    for (const auto& [id, packages] : named) {
      const auto document = api_.record(id);
      if (!document) {
        return failed(document.error().message);
      }
      TRY_ASSIGN(const std::optional<Fault> fault, take(id, *document, packages));
      if (fault) {
        Lost& lost = lost_[*fault];
        lost.ids.push_back(id);
        lost.is_brought = lost.is_brought || std::any_of(packages.begin(), packages.end(), [&](const auto& each) {
                            return names.sent.at(each) == Brought::yes;
                          });
      }
    }
    if (!named.empty() && records_.empty()) {
      const auto& [fault, lost] = *lost_.begin();
      return failed(fmt::format("{}: {}", words_of(fault, lost.ids.size()), some_of(lost.ids)));
    }
    return {};
  }

  /// Nothing: it is a record of the packages, and was taken.
  Result<std::optional<Fault>>
  take(const std::string& id, const std::optional<std::string>& document, const std::vector<PackageName>& packages)
  {
    if (!document) {
      return Fault::missing;
    }
    RecordCollector collector;
    collector.take(id + ".json", *document);
    ImportCount count;
    std::vector<Record> records = collector.finish(count);
    if (records.size() != 1) {
      return Fault::unreadable;
    }
    Record& record = records.front();
    if (record.id != id) {
      return failed(fmt::format("asked for {}, it answers with {}", id, printable(ellipsis(record.id, 100))));
    }
    const bool is_withdrawn = record.is_withdrawn;
    const bool is_theirs = std::all_of(packages.begin(), packages.end(), [&record](const PackageName& name) {
      return std::any_of(record.affected.begin(), record.affected.end(), [&name](const Affected& each) {
        return each.ecosystem == name.ecosystem && each.name == name.name;
      });
    });
    records_.push_back(std::move(record));
    return is_withdrawn || is_theirs ? std::nullopt : std::optional(Fault::other_packages);
  }

  void
  tell_faults()
  {
    for (const auto& [fault, lost] : lost_) {
      const std::string what = fmt::format("{}: {}", words_of(fault, lost.ids.size()), some_of(lost.ids));
      tell(lost.is_brought ? Brought::yes : Brought::no, {fmt::format("advisories of {}", service_), what});
    }
  }

  void
  tell_kept(const OnlineNames& names)
  {
    for (const auto& [why, kept] : names.kept) {
      const auto& [ecosystem, sending] = why;
      // Nothing is known of the others, which is told here.
      ecosystems_.insert(bare(ecosystem));
      for (const Brought brought : {Brought::yes, Brought::no}) {
        std::vector<std::string> some;
        for (const auto& [name, known] : kept) {
          if (known == brought) {
            some.push_back(name);
          }
        }
        if (!some.empty()) {
          tell(brought, {fmt::format("advisories for {}", printable(ecosystem)),
                         fmt::format("{} {} {}", counted(some.size(), "package", "packages"),
                                     some.size() == 1 ? "was" : "were", words_of(sending, some_of(some)))});
        }
      }
    }
  }

  struct Told
  {
    std::string subject, what;
  };

  /// What a change leaves as it was holds up nothing.
  void
  tell(Brought brought, const Told& told)
  {
    if (brought == Brought::yes) {
      findings_.gaps.push_back({GapKind::no_data, told.subject, told.what, std::string(by_database)});
    } else {
      findings_.notices.push_back(
          fmt::format("{}, in lockfiles that the change left as they were: {}", told.subject, told.what));
    }
  }

  [[nodiscard]] Failure
  failed(std::string_view why) const
  {
    return fail(ErrorKind::unavailable, "the advisories could not be had from {}: {}", service_, why);
  }

  struct Lost
  {
    std::vector<std::string> ids;
    bool is_brought = false;
  };

  std::string address_, service_;
  Date today_;
  OsvApi api_;
  Findings& findings_;
  std::set<std::string> ecosystems_;  ///< with an index
  IdsByName ids_;
  std::vector<Record> records_;
  std::map<Fault, Lost> lost_;
};

}  // namespace

std::string
service_name(const std::string& api)
{
  const auto url = net::Url::parse(api.empty() ? osv_api : std::string_view(api));
  const std::string host = url ? url->host : std::string();
  return host == "api.osv.dev" ? "osv.dev" : host;
}

Result<Database>
online_database(const DepsOptions& options, const gate::Input& input, const LockedFiles& locked, Findings& findings)
{
  return Asking(options, input, findings).run(online_names(locked, options));
}

}  // namespace sluice::deps
