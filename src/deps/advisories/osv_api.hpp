// SPDX-License-Identifier: Apache-2.0
//
// Asks a service that speaks OSV's API (google.github.io/osv.dev/api) which records there are of packages, and for the
// records.
//
//   POST <address>/v1/querybatch   {"queries": [{"package": {"ecosystem", "name"}}, …]}, at most 1,000
//   GET  <address>/v1/vulns/<id>
//
// A question without a version is answered with all that the service has of the package. So versions stay here, and one
// implementation of versions and ranges judges, whether by a database or by these answers.
#pragma once

#include "net/http_client.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::string_view osv_api = "https://api.osv.dev";

/// A package, whatever its version.
struct PackageName
{
  std::string ecosystem;  ///< with its suffix
  std::string name;       ///< as the registry compares it
  auto operator<=>(const PackageName&) const = default;
};

/// What a service may cost; more is an error.
struct ApiBounds
{
  std::size_t names = 50'000;                     ///< that are asked for in all
  std::size_t names_at_once = 1'000;              ///< in one request, as osv.dev takes them
  std::size_t pages = 100;                        ///< of the answer about one name
  std::size_t ids = 50'000;                       ///< that are answered in all
  std::uint64_t bytes = std::uint64_t{1} << 30U;  ///< of all answers
};

using IdsByName = std::map<PackageName, std::set<std::string>>;

/// Not for several threads at once.
class OsvApi
{
public:
  /// `address` is one that check_api() takes.
  OsvApi(net::HttpClient& http, std::string_view address, ApiBounds bounds = {});

  /// The ids of each name's records. Errors: (ErrorKind::input) the service does not answer questions such as these,
  /// though it may others; (ErrorKind::unavailable) it cannot be reached, or answers what no answer may be.
  [[nodiscard]] Result<IdsByName> ids_of(std::span<const PackageName> names);

  /// The document of a record; nothing if the service does not have it. `id` is one that is_record_id() takes. Errors
  /// (ErrorKind::unavailable): any other answer.
  [[nodiscard]] Result<std::optional<std::string>> record(const std::string& id);

private:
  /// What is still to be asked about one name.
  struct Question
  {
    const PackageName* name = nullptr;
    std::string page;  ///< token; empty: the first
  };
  [[nodiscard]] Result<net::HttpResponse> send(net::HttpRequest request);
  [[nodiscard]] Result<std::vector<Question>> ask(std::span<const Question> questions, IdsByName& ids);

  net::HttpClient& http_;
  std::string address_;
  ApiBounds bounds_;
  std::size_t names_ = 0, ids_ = 0;
  std::uint64_t bytes_ = 0;
};

/// What is answered about one name.
struct NameAnswer
{
  std::vector<std::string> ids;
  std::string next_page;  ///< token; empty: there is no more
};

/// The answers to a batch, in the order of the questions. Errors (ErrorKind::unavailable): it is no answer to that
/// many, or an id is none that is_record_id() takes.
[[nodiscard]] Result<std::vector<NameAnswer>> read_batch_answer(std::string_view json, std::size_t asked);

/// Letters, digits and -._:+ behind a letter or digit, at most 128 of them: what can stand in an address and in the
/// name of a file.
[[nodiscard]] bool is_record_id(std::string_view text);

}  // namespace sluice::deps
