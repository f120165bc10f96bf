// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/update.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/archive_download.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/documents.hpp"
#include "deps/advisories/modified_list.hpp"
#include "deps/advisories/server.hpp"
#include "deps/advisories/update_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// More records than this are fetched as one archive.
constexpr std::size_t most_single_records = 2'000;

constexpr std::uint64_t most_list_bytes = std::uint64_t{256} << 20U;

std::string
encoded(std::string_view ecosystem)
{
  return replace_all(ecosystem, " ", "%20");
}

/// What is not known of yet.
std::vector<Modified>
newer_than(const UpdateState& state, const std::vector<Modified>& listed)
{
  std::vector<Modified> newer;
  std::copy_if(listed.begin(), listed.end(), std::back_inserter(newer), [&state](const Modified& each) {
    const int order = compare_moments(each.when, state.modified);
    return order > 0
           || (order == 0 && std::find(state.latest.begin(), state.latest.end(), each.id) == state.latest.end());
  });
  return newer;
}

/// Everything on the list is there.
void
note_all(const std::vector<Modified>& listed, UpdateState& state)
{
  const auto newest = std::max_element(listed.begin(), listed.end(), [](const Modified& a, const Modified& b) {
    return compare_moments(a.when, b.when) < 0;
  });
  state.modified = newest->when;
  state.latest.clear();
  for (const Modified& each : listed) {
    if (compare_moments(each.when, newest->when) == 0) {
      state.latest.emplace_back(each.id);
    }
  }
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
    const bool can_go_on =
        state.server == order_.import.source && !state.modified.empty() && has_sound_index(ecosystem);
    TRY_ASSIGN(const std::optional<std::string> csv, page(ecosystem, "modified_id.csv", most_list_bytes));
    if (!csv) {
      return fail(ErrorKind::unavailable, "the server does not have it");
    }
    const auto listed = read_modified_list(*csv);
    if (!listed) {
      return fail(ErrorKind::unavailable, "its list of modifications is none");
    }
    const std::vector<Modified> newer = newer_than(state, *listed);
    UpdateCount count{UpdateCount::How::unchanged, ecosystem, 0, 0, 0};
    if (can_go_on && newer.size() <= most_single_records) {
      TRY(bring_forward(state, *listed, newer, count));
    } else {
      TRY(fetch_all(can_go_on, state, count));
    }
    // An archive that is the same does not have what is newer.
    count.unreadable += count.how == UpdateCount::How::unchanged ? newer.size() : 0;
    if (count.unreadable == 0 || count.how == UpdateCount::How::archive) {
      note_all(*listed, state);
    }
    state.server = order_.import.source;
    states_[ecosystem] = state;
    TRY(write_update_states(order_.import.directory, states_));
    return count;
  }

private:
  /// What is brought forward must be what the last update has left: of an index that is damaged nothing is kept.
  [[nodiscard]] bool
  has_sound_index(std::string_view ecosystem) const
  {
    const auto index = Index::open(index_file(order_.import.directory, ecosystem));
    return index && index->verify();
  }

  [[nodiscard]] std::string
  address(std::string_view ecosystem, std::string_view name) const
  {
    return fmt::format("{}/{}/{}", order_.import.source, encoded(ecosystem), name);
  }

  Result<std::optional<std::string>>
  page(std::string_view ecosystem, std::string_view name, std::uint64_t max_bytes)
  {
    return page_of(http_, address(ecosystem, name), max_bytes);
  }

  Result<>
  bring_forward(const UpdateState& state, const std::vector<Modified>& listed, const std::vector<Modified>& newer,
                UpdateCount& count)
  {
    std::set<std::string, std::less<>> known(state.own.begin(), state.own.end());
    for (const Modified& each : listed) {
      known.emplace(each.id);
    }
    count.gone = number_gone(count.ecosystem, known);
    if (newer.empty() && count.gone == 0) {
      return {};
    }
    TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create("sluice-update"));
    std::uint64_t missing = 0;
    for (const Modified& each : newer) {
      TRY_ASSIGN(const std::optional<std::string> record,
                 page(count.ecosystem, fmt::format("{}.json", each.id), max_document_bytes));
      if (record) {
        TRY(write_file(directory.path() / fmt::format("{}.json", count.records++), *record));
      }
      missing += record ? 0 : 1;
    }
    count.how = UpdateCount::How::records;
    TRY(import(
        directory.path(), [&known](const std::string& id) { return known.contains(id); }, 0, count));
    count.unreadable += missing;
    return {};
  }

  /// Records of the index that are not known any more.
  [[nodiscard]] std::uint64_t
  number_gone(const std::string& ecosystem, const std::set<std::string, std::less<>>& known) const
  {
    const auto index = Index::open(index_file(order_.import.directory, ecosystem));
    std::uint64_t gone = 0;
    const std::uint64_t rows = index ? index->count(index::SectionId::advisories) : 0;
    for (std::uint64_t i = 0; i < rows; ++i) {
      gone += known.contains(index->text(index->advisory(static_cast<std::uint32_t>(i)).id)) ? 0 : 1;
    }
    return gone;
  }

  Result<>
  fetch_all(bool is_from_here, UpdateState& state, UpdateCount& count)
  {
    TRY(make_directories(order_.import.directory));
    const std::string& ecosystem = count.ecosystem;
    const fs::path part = fs::path(index_file(order_.import.directory, ecosystem)).replace_extension(".part.zip");
    const std::string url = address(ecosystem, "all.zip");
    TRY_ASSIGN(const auto archive, download_archive(http_, url, part, is_from_here ? state.etag : std::string()));
    if (!archive) {
      return {};
    }
    count.how = UpdateCount::How::archive;
    // What is there before the first archive was imported by somebody.
    const auto keeps = [&](const std::string& id) {
      return !is_from_here || std::find(state.own.begin(), state.own.end(), id) != state.own.end();
    };
    auto imported = import(archive->file, keeps, 1, count);
    std::error_code failed;
    fs::remove(part, failed);
    fs::remove(fs::path(part) += ".etag", failed);
    if (!imported) {
      return fail(ErrorKind::unavailable, "{}: {}", url, imported.error().message);
    }
    state.etag = archive->etag;
    state.own = std::move(imported->kept);
    count.gone += imported->dropped;
    return {};
  }

  Result<ImportCount>
  import(const fs::path& path, std::function<bool(const std::string&)> keeps, std::size_t at_least, UpdateCount& count)
  {
    ImportOrder order = order_.import;
    order.only = count.ecosystem;
    order.keeps = std::move(keeps);
    order.at_least = at_least;
    TRY_ASSIGN(ImportCount imported, import_documents(std::span(&path, 1), order));
    count.records = imported.records;
    count.unreadable = imported.unreadable_count + imported.foreign;
    count.is_lost = !imported.lost.empty();
    return imported;
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
    auto count = updater.update(ecosystem);
    counts.push_back(count ? *std::move(count)
                           : UpdateCount{.how = UpdateCount::How::failed,
                                         .ecosystem = ecosystem,
                                         .why = std::move(count).error().message});
  }
  return counts;
}

}  // namespace sluice::deps
