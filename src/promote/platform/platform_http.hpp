// SPDX-License-Identifier: Apache-2.0
//
// What platforms with a JSON API over HTTP share: one way to ask, to wait when told to, and to say why the answer is
// no.
#pragma once

#include "base/json.hpp"
#include "promote/platform.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Every byte but RFC 3986's unreserved ones percent-encoded, for a segment of a path or a value of a query.
[[nodiscard]] std::string uri_encoded(std::string_view text);

struct ApiAnswer
{
  net::HttpResponse response;
  Json body;  ///< null if it is no JSON

  [[nodiscard]] int
  status() const
  {
    return response.status;
  }
  /// What the platform says about it, on one line; may be empty.
  [[nodiscard]] std::string message() const;
};

struct ApiQuestion
{
  std::string method = "GET";
  std::string path;  ///< below the root, with the query, from "/"
  Json body;         ///< null: none
  /// Asked twice it does no other than asked once.
  bool is_harmless = false;
};

/// The API of one platform with the credential for it.
class Api
{
public:
  /// `root` is an http or https address, "https://api.github.com"; `credential` a header. Errors (ErrorKind::config):
  /// the address is none.
  [[nodiscard]] static Result<Api> at(std::string_view title, std::string_view root, std::vector<net::Header> headers);

  /// Any answer is a result, 403 too. Whoever is told to wait half a minute at most waits and asks again. Errors:
  /// ErrorKind::unavailable, without a credential.
  [[nodiscard]] Result<ApiAnswer> ask(const PlatformCall& call, const ApiQuestion& question) const;

  /// The failure that an answer other than the hoped for is: `what` was asked, which takes `permission`. Errors are of
  /// ErrorKind::environment.
  [[nodiscard]] Failure refusal(const ApiAnswer& answer, std::string_view what, std::string_view permission) const;

private:
  std::string title_, root_, host_;
  std::vector<net::Header> headers_;
};

/// At most 140 bytes on one line, which is what GitHub takes for a description.
[[nodiscard]] std::string short_description(std::string_view text);

}  // namespace sluice::promote
