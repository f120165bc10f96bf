// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/update.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/archive_download.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/update_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// More records than this are fetched as one archive.
constexpr std::size_t most_single_records = 2'000;

/// An entry of modified_id.csv.
struct Modified
{
  std::string_view when, id;
};

/// Entries that are newer than `known`, newest first, at most one more than are fetched one by one. Nothing if a line
/// is no entry.
std::optional<std::vector<Modified>>
newer_than(std::string_view csv, std::string_view known)
{
  std::vector<Modified> newer;
  for (const std::string_view line : lines_of(csv)) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos || comma < 10) {
      return std::nullopt;
    }
    if (line.substr(0, comma) <= known || newer.size() > most_single_records) {
      break;
    }
    newer.push_back({line.substr(0, comma), line.substr(comma + 1)});
  }
  return newer;
}

/// Ids go into addresses: what no database uses in one is not asked for.
bool
is_plain_id(std::string_view id)
{
  return !id.empty() && id.size() < 200 && std::all_of(id.begin(), id.end(), [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' || character == '.'
           || character == '_' || character == ':';
  });
}

std::string
encoded(std::string_view ecosystem)
{
  return replace_all(ecosystem, " ", "%20");
}

/// Only what cannot be changed on its way.
Result<>
check_server(std::string_view address)
{
  TRY_ASSIGN(const net::Url url, net::Url::parse(address));
  constexpr std::array<std::string_view, 3> of_this_machine{"localhost", "127.0.0.1", "[::1]"};
  const bool is_local = std::find(of_this_machine.begin(), of_this_machine.end(), url.host) != of_this_machine.end();
  if (url.scheme != "https" && !is_local) {
    return fail(ErrorKind::usage, "{}: advisories are fetched by https only", url.shown());
  }
  return {};
}

class Updater
{
public:
  Updater(net::HttpClient& http, const UpdateOrder& order)
      : http_(http),
        order_(order),
        states_(read_update_states(order.import.directory))
  {}

  Result<UpdateCount>
  update(const std::string& ecosystem)
  {
    UpdateState state = states_[ecosystem];
    const bool is_there = fs::exists(index_file(order_.import.directory, ecosystem));
    const bool can_go_on = is_there && state.server == order_.import.source && !state.modified.empty();
    TRY_ASSIGN(const std::string csv, get(ecosystem, "modified_id.csv"));
    const auto newer = newer_than(csv, can_go_on ? std::string_view(state.modified) : std::string_view());
    if (!newer) {
      return fail(ErrorKind::unavailable, "{}: its list of modifications is none", ecosystem);
    }
    UpdateCount count{UpdateCount::How::unchanged, ecosystem, 0, 0};
    if (can_go_on && newer->size() <= most_single_records) {
      TRY(bring_forward(ecosystem, *newer, count));
    } else {
      TRY(fetch_all(ecosystem, state, count));
    }
    if (!newer->empty()) {
      state.modified = newer->front().when;
    }
    state.server = order_.import.source;
    states_[ecosystem] = state;
    TRY(write_update_states(order_.import.directory, states_));
    return count;
  }

private:
  Result<std::string>
  get(std::string_view ecosystem, std::string_view name)
  {
    net::HttpRequest request;
    request.url = fmt::format("{}/{}/{}", order_.import.source, encoded(ecosystem), name);
    request.max_bytes = std::uint64_t{256} << 20U;
    request.timeout = std::chrono::minutes(2);
    TRY_ASSIGN(net::HttpResponse response, http_.send(request));
    if (response.status != 200) {
      return fail(ErrorKind::unavailable, "{}: the server answered {}", request.url, response.status);
    }
    return std::move(response.body);
  }

  Result<>
  bring_forward(const std::string& ecosystem, const std::vector<Modified>& newer, UpdateCount& count)
  {
    if (newer.empty()) {
      return {};
    }
    TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create("sluice-update"));
    for (const Modified& each : newer) {
      if (!is_plain_id(each.id)) {
        return fail(ErrorKind::unavailable, "{}: its list of modifications names {}", ecosystem, printable(each.id));
      }
      TRY_ASSIGN(const std::string record, get(ecosystem, fmt::format("{}.json", each.id)));
      TRY(write_file(directory.path() / fmt::format("{}.json", count.records++), record));
    }
    count.how = UpdateCount::How::records;
    return import(directory.path(), count);
  }

  Result<>
  fetch_all(const std::string& ecosystem, UpdateState& state, UpdateCount& count)
  {
    TRY(make_directories(order_.import.directory));
    const fs::path part = fs::path(index_file(order_.import.directory, ecosystem)).replace_extension(".part.zip");
    const std::string known = state.server == order_.import.source ? state.etag : std::string();
    TRY_ASSIGN(
        const auto archive,
        download_archive(http_, fmt::format("{}/{}/all.zip", order_.import.source, encoded(ecosystem)), part, known));
    if (!archive) {
      return {};
    }
    count.how = UpdateCount::How::archive;
    auto imported = import(archive->file, count);
    std::error_code failed;
    fs::remove(part, failed);
    fs::remove(fs::path(part) += ".etag", failed);
    TRY(std::move(imported));
    state.etag = archive->etag;
    return {};
  }

  Result<>
  import(const fs::path& path, UpdateCount& count)
  {
    TRY_ASSIGN(const ImportCount imported, import_documents(std::span(&path, 1), order_.import));
    count.records = imported.records;
    count.unreadable = imported.unreadable_count;
    return {};
  }

  net::HttpClient& http_;
  const UpdateOrder& order_;
  std::map<std::string, UpdateState> states_;
};

}  // namespace

Result<std::vector<UpdateCount>>
update_database(net::HttpClient& http, const UpdateOrder& order)
{
  TRY(check_server(order.import.source));
  Updater updater(http, order);
  std::vector<UpdateCount> counts;
  for (const std::string& ecosystem : order.ecosystems) {
    TRY_ASSIGN(UpdateCount count, updater.update(ecosystem));
    counts.push_back(std::move(count));
  }
  return counts;
}

}  // namespace sluice::deps
