// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "net/url.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::net {

struct Header
{
  std::string name;
  std::string value;
};

struct HttpRequest
{
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers = {};
  std::string body = {};
  std::chrono::milliseconds timeout{30'000};  ///< of one attempt, from connecting to the last byte
  std::uint64_t max_bytes = 16U << 20U;       ///< of the answer's body; a longer one is an error

  /// Hosts ("api.example.org", "localhost:8080") that may be asked, also by way of a redirect. Empty: any.
  std::vector<std::string> allowed_hosts = {};
  unsigned max_redirects = 5;  ///< 0: a redirect is the answer

  /// None: it asks and changes nothing, whatever its method, and is tried again as a GET is.
  enum class Effect { by_method, none } effect = Effect::by_method;
};

struct HttpResponse
{
  int status = 0;
  std::vector<Header> headers;  ///< names in lower case
  std::string body;
  std::string url;  ///< that answered, after redirects

  /// Of the first header of that name (lower case); empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Why a request had no answer. Who watches a service must tell its failure from the watcher's own.
enum class Loss {
  refused,      ///< the host is there, and nobody listens
  unresolved,   ///< its name has no address, or none that could be asked for
  unreachable,  ///< no way to its addresses
  timed_out,
  untrusted,  ///< its certificate is none that is trusted for that name
  tls,        ///< no encrypted connection for another reason
  broken,     ///< connected, and no whole answer came
  too_long,
  astray,  ///< redirected to where no request goes
  ours,    ///< nothing was sent: the request, the proxy or a file of ours is wrong
};

/// What a single attempt came to.
struct Attempt
{
  std::optional<HttpResponse> response;  ///< any status; absent: `loss` and `why` say the reason
  Loss loss = Loss::ours;
  std::string why = {};
  std::chrono::microseconds elapsed{};  ///< until the last byte, redirects included
  /// When the certificate of the last https connection ends; also without a response, as long as it is trusted.
  std::optional<std::chrono::sys_seconds> certificate_ends = {};
};

struct RetryPolicy
{
  unsigned attempts = 3;                           ///< in all, at least 1
  std::chrono::milliseconds first_wait{500};       ///< doubled after each attempt
  std::chrono::milliseconds longest_wait{30'000};  ///< a server that asks for more is taken as unavailable
};

struct HttpSettings
{
  std::string user_agent = "sluice";
  std::string proxy = {};    ///< "http://proxy:3128"; empty: none, whatever the environment says
  std::string ca_file = {};  ///< PEM; empty: the system's
  RetryPolicy retry = {};
  std::function<void(std::chrono::milliseconds)> sleep = {};          ///< default: really
  std::function<std::chrono::system_clock::time_point()> clock = {};  ///< default: the system's; for Retry-After dates
};

/// One connection pool; not for several threads at once.
///
/// Redirects never lead from https to http, to another scheme, or to a host that is not allowed. To another origin only
/// Accept, Accept-Language, Content-Type and the user agent go along, and no body: any other header may be a
/// credential.
///
/// 429, 500, 502, 503, 504 and a lost connection are tried again, with `Retry-After` respected; a request that has an
/// effect and is not idempotent (RFC 9110: all but GET, HEAD, OPTIONS, PUT, DELETE) only after 429 and 503, which say
/// that it was not carried out.
class HttpClient
{
public:
  explicit HttpClient(HttpSettings settings = {});
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  /// Any answer but those that are tried again, 404 too, is a result. Errors: ErrorKind::usage if the request itself is
  /// wrong; ErrorKind::unavailable if no answer was had, it was too long, it led astray or every attempt failed.
  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request);

  /// Asks once, whatever the retry policy is, on connections of its own and with names looked up anew: a connection
  /// that was open before a deployment may lead to what it replaced. `timeout` is that of all redirects together.
  [[nodiscard]] Attempt attempt(const HttpRequest& request);

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// For whoever must not name the class's code to be able to have one made.
[[nodiscard]] std::shared_ptr<HttpClient> make_client(HttpSettings settings);

}  // namespace sluice::net
