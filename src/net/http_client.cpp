// SPDX-License-Identifier: Apache-2.0
//
// libcurl could follow redirects and would forward what it takes for credentials correctly, which is Authorization and
// cookies; what a service calls PRIVATE-TOKEN or X-Api-Key it could not know. So each hop is a transfer of its own, and
// another origin gets a short list of harmless headers instead of a long list of dangerous ones taken away.
#include "net/http_client.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "net/curl.hpp"
#include "net/transfer.hpp"

#include <algorithm>
#include <array>
#include <thread>

namespace sluice::net {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view token_characters =
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool
is_token(std::string_view text)
{
  return !text.empty() && text.find_first_not_of(token_characters) == std::string_view::npos;
}

template<std::size_t N>
bool
is_one_of(const std::array<std::string_view, N>& names, std::string_view name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool
may_be_repeated(const Exchange& exchange)
{
  return exchange.effect == HttpRequest::Effect::none
         || is_one_of(std::array<std::string_view, 5>{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}, exchange.method);
}

/// A line break in a value would start another header.
Result<>
check_request(const HttpRequest& request)
{
  if (!is_token(request.method)) {
    return fail(ErrorKind::usage, "http request: {}: is not a method", printable(request.method));
  }
  for (const Header& header : request.headers) {
    const bool is_one_line = header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
    if (!is_token(header.name) || !is_one_line) {
      return fail(ErrorKind::usage, "http request: header {}: is not one line of a header", printable(header.name));
    }
  }
  return {};
}

Result<>
check_host(const Url& url, const std::vector<std::string>& allowed)
{
  const std::string with_port = fmt::format("{}:{}", url.host, url.port);
  const bool is_allowed = allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](const std::string& host) {
                            const std::string lower = to_lower(host);
                            return lower == url.host || lower == with_port;
                          });
  if (!is_allowed) {
    return fail(ErrorKind::unavailable, "{}: is not among the hosts that may be asked", url.shown());
  }
  return {};
}

bool
is_redirect(const HttpResponse& response)
{
  constexpr std::array<int, 5> statuses{301, 302, 303, 307, 308};
  return std::find(statuses.begin(), statuses.end(), response.status) != statuses.end()
         && !response.header("location").empty();
}

void
keep_harmless_headers(std::vector<Header>& headers)
{
  std::erase_if(headers, [](const Header& header) {
    return !is_one_of(std::array<std::string_view, 3>{"accept", "accept-language", "content-type"},
                      to_lower(header.name));
  });
}

/// RFC 9110, 15.4: after 303 always, after 301 and 302 by custom for POST, the next request is a GET.
bool
becomes_get(int status, std::string_view method)
{
  return (status == 303 && method != "HEAD") || ((status == 301 || status == 302) && method == "POST");
}

/// Turns `exchange` into the next hop.
Result<>
follow(Exchange& exchange, const HttpResponse& response, const std::vector<std::string>& allowed)
{
  auto next = exchange.url.resolve(response.header("location"));
  if (!next) {
    return fail(ErrorKind::unavailable, "{}: redirects to what is not an http or https address", exchange.url.shown());
  }
  if (exchange.url.scheme == "https" && next->scheme != "https") {
    return fail(ErrorKind::unavailable, "{}: redirects from https to http", exchange.url.shown());
  }
  TRY(check_host(*next, allowed));
  if (becomes_get(response.status, exchange.method)) {
    exchange.method = "GET";
    exchange.body.clear();
  }
  if (!exchange.url.same_origin(*next)) {
    if (!exchange.body.empty()) {
      return fail(ErrorKind::unavailable, "{}: redirects what was sent to another host", exchange.url.shown());
    }
    keep_harmless_headers(exchange.headers);
  }
  exchange.url = std::move(*next);
  return {};
}

/// What the server asks for; nothing if it does not, or not understandably.
std::optional<milliseconds>
retry_after(const HttpResponse& response, std::chrono::system_clock::time_point now)
{
  const std::string value(response.header("retry-after"));
  if (const auto seconds = number_of<std::uint32_t>(value)) {
    return std::chrono::seconds(*seconds);
  }
  const auto library = curl();
  const std::time_t date = value.empty() || !library ? -1 : (*library)->getdate(value.c_str(), nullptr);
  if (date < 0) {
    return std::nullopt;
  }
  const auto wait = std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::from_time_t(date) - now);
  return std::max(wait, milliseconds(0));
}

bool
may_succeed_later(const Delivery& delivery, const Exchange& exchange)
{
  if (delivery.outcome != Outcome::answered) {
    return delivery.outcome == Outcome::lost && may_be_repeated(exchange);
  }
  const int status = delivery.response.status;
  const bool was_not_carried_out = status == 429 || status == 503;
  return was_not_carried_out || (may_be_repeated(exchange) && (status == 500 || status == 502 || status == 504));
}

bool
is_failure(const Delivery& delivery)
{
  constexpr std::array<int, 5> statuses{429, 500, 502, 503, 504};
  return delivery.outcome != Outcome::answered
         || std::find(statuses.begin(), statuses.end(), delivery.response.status) != statuses.end();
}

std::string
reason_of(const Delivery& delivery)
{
  return delivery.outcome == Outcome::answered ? fmt::format("HTTP {}", delivery.response.status) : delivery.why;
}

}  // namespace

struct HttpClient::State
{
  explicit State(HttpSettings given)
      : settings(std::move(given)),
        transfer(settings)
  {
    if (!settings.sleep) {
      settings.sleep = [](milliseconds wait) { std::this_thread::sleep_for(wait); };
    }
    if (!settings.clock) {
      settings.clock = [] { return std::chrono::system_clock::now(); };
    }
  }

  using Deliver = std::function<Result<HttpResponse>(const Exchange&)>;

  [[nodiscard]] static Result<HttpResponse> follow_redirects(const HttpRequest& request, const Deliver& deliver);
  [[nodiscard]] Result<HttpResponse> deliver(const Exchange& exchange);
  [[nodiscard]] Result<milliseconds> wait_before_next(const Exchange& exchange, const Delivery& delivery,
                                                      unsigned done);

  HttpSettings settings;
  Transfer transfer;
};

Result<milliseconds>
HttpClient::State::wait_before_next(const Exchange& exchange, const Delivery& delivery, unsigned done)
{
  const RetryPolicy& policy = settings.retry;
  const milliseconds growing = policy.first_wait * (1U << std::min(done - 1, 16U));
  const milliseconds asked = retry_after(delivery.response, settings.clock()).value_or(milliseconds(0));
  if (asked > policy.longest_wait) {
    return fail(ErrorKind::unavailable, "{}: {}, and asks to wait {} seconds", exchange.url.shown(),
                reason_of(delivery), std::chrono::duration_cast<std::chrono::seconds>(asked).count());
  }
  return std::max(asked, std::min(growing, policy.longest_wait));
}

Result<HttpResponse>
HttpClient::State::deliver(const Exchange& exchange)
{
  for (unsigned done = 1;; ++done) {
    Delivery delivery = transfer.perform(exchange);
    if (!is_failure(delivery)) {
      return std::move(delivery.response);
    }
    if (!may_succeed_later(delivery, exchange) || done >= settings.retry.attempts) {
      return fail(ErrorKind::unavailable, "{}: {}{}", exchange.url.shown(), reason_of(delivery),
                  done > 1 ? fmt::format(" (after {} attempts)", done) : "");
    }
    TRY_ASSIGN(const milliseconds wait, wait_before_next(exchange, delivery, done));
    settings.sleep(wait);
  }
}

HttpClient::HttpClient(HttpSettings settings)
    : state_(std::make_unique<State>(std::move(settings)))
{}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<HttpResponse>
HttpClient::State::follow_redirects(const HttpRequest& request, const Deliver& deliver)
{
  TRY(check_request(request));
  TRY_ASSIGN(Url url, Url::parse(request.url));
  TRY(check_host(url, request.allowed_hosts));
  Exchange exchange{request.method,  std::move(url),    request.headers, request.body,
                    request.timeout, request.max_bytes, request.effect};
  for (unsigned hops = 0;; ++hops) {
    TRY_ASSIGN(HttpResponse response, deliver(exchange));
    if (!is_redirect(response) || request.max_redirects == 0) {
      return response;
    }
    if (hops == request.max_redirects) {
      return fail(ErrorKind::unavailable, "{}: redirects more than {} times",
                  request.url.substr(0, request.url.find('?')), request.max_redirects);
    }
    TRY(follow(exchange, response, request.allowed_hosts));
  }
}

Result<HttpResponse>
HttpClient::send(const HttpRequest& request)
{
  return State::follow_redirects(request, [this](const Exchange& exchange) { return state_->deliver(exchange); });
}

Attempt
HttpClient::attempt(const HttpRequest& request)
{
  using std::chrono::duration_cast;
  using std::chrono::steady_clock;
  Attempt attempt;
  const auto start = steady_clock::now();
  auto response = State::follow_redirects(request, [&](const Exchange& given) -> Result<HttpResponse> {
    Exchange exchange = given;
    exchange.connection = Exchange::Connection::fresh;
    // Zero would be no bound at all.
    exchange.timeout =
        std::max(request.timeout - duration_cast<milliseconds>(steady_clock::now() - start), milliseconds(1));
    Delivery delivery = state_->transfer.perform(exchange);
    attempt.certificate_ends = delivery.certificate_ends;
    if (delivery.outcome != Outcome::answered) {
      attempt.loss = delivery.loss;
      return fail(ErrorKind::unavailable, "{}: {}", exchange.url.shown(), delivery.why);
    }
    attempt.loss = Loss::astray;  // if it is the last that was had
    return std::move(delivery.response);
  });
  attempt.elapsed = duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
  if (response) {
    attempt.response = std::move(*response);
  } else {
    attempt.why = std::move(response).error().message;
  }
  return attempt;
}

std::string_view
HttpResponse::header(std::string_view name) const
{
  const auto found =
      std::find_if(headers.begin(), headers.end(), [name](const Header& header) { return header.name == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::shared_ptr<HttpClient>
make_client(HttpSettings settings)
{
  return std::make_shared<HttpClient>(std::move(settings));
}

}  // namespace sluice::net
