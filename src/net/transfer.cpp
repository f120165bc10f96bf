// SPDX-License-Identifier: Apache-2.0
#include "net/transfer.hpp"

#include "base/text.hpp"
#include "net/curl.hpp"

#include <cerrno>
#include <ctime>

namespace sluice::net {

namespace {

constexpr std::size_t max_header_bytes = 256U << 10U;
constexpr std::chrono::milliseconds longest_connect{10'000};

/// What libcurl's callbacks fill in.
struct Inbox
{
  HttpResponse response;
  std::uint64_t max_bytes = 0;
  std::size_t header_bytes = 0;
  bool is_too_long = false;
};

std::size_t
take_body(char* data, std::size_t size, std::size_t count, void* target)
{
  auto& inbox = *static_cast<Inbox*>(target);
  const std::size_t bytes = size * count;
  if (bytes > inbox.max_bytes - inbox.response.body.size()) {
    inbox.is_too_long = true;
    return CURL_WRITEFUNC_ERROR;
  }
  inbox.response.body.append(data, bytes);
  return bytes;
}

std::size_t
take_header(char* data, std::size_t size, std::size_t count, void* target)
{
  auto& inbox = *static_cast<Inbox*>(target);
  const std::size_t bytes = size * count;
  inbox.header_bytes += bytes;
  if (inbox.header_bytes > max_header_bytes) {
    inbox.is_too_long = true;
    return CURL_WRITEFUNC_ERROR;
  }
  const std::string_view line(data, bytes);
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    inbox.response.headers.clear();  // of an interim answer (100 Continue)
  } else if (colon != std::string_view::npos) {
    inbox.response.headers.push_back({to_lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
  }
  return bytes;
}

using HeaderList = std::unique_ptr<curl_slist, decltype(Curl::slist_free_all)>;

HeaderList
header_list(const Curl& curl, const std::vector<Header>& headers)
{
  // Without these libcurl waits for "100 Continue", and calls every body a form.
  HeaderList list(curl.slist_append(nullptr, "Expect:"), curl.slist_free_all);
  bool has_type = false;
  for (const Header& header : headers) {
    has_type = has_type || to_lower(header.name) == "content-type";
    const std::string line =
        header.value.empty() ? header.name + ";" : fmt::format("{}: {}", header.name, header.value);
    list.reset(curl.slist_append(list.release(), line.c_str()));
  }
  if (!has_type) {
    list.reset(curl.slist_append(list.release(), "Content-Type:"));
  }
  return list;
}

/// Sets options of one handle.
class Options
{
public:
  Options(const Curl& curl, CURL* handle)
      : curl_(curl),
        handle_(handle)
  {}
  template<typename Value>
  void
  set(CURLoption option, Value value)
  {
    curl_.easy_setopt(handle_, option, value);
  }

private:
  const Curl& curl_;
  CURL* handle_;
};

void
set_method(Options& options, const Exchange& exchange)
{
  if (exchange.method == "HEAD") {
    options.set(CURLOPT_NOBODY, 1L);
    return;
  }
  if (!exchange.body.empty() || exchange.method == "POST" || exchange.method == "PUT" || exchange.method == "PATCH") {
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
    options.set(CURLOPT_POSTFIELDS, exchange.body.data());
  }
  options.set(CURLOPT_CUSTOMREQUEST, exchange.method.c_str());
}

void
set_limits(Options& options, const Exchange& exchange)
{
  options.set(CURLOPT_PROTOCOLS_STR, "http,https");
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
  options.set(CURLOPT_NOSIGNAL, 1L);
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.timeout.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(exchange.timeout, longest_connect).count()));
}

Outcome
outcome_of(CURLcode code, const Inbox& inbox)
{
  switch (code) {
  case CURLE_OK:
    return Outcome::answered;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_URL_MALFORMAT:
  case CURLE_OUT_OF_MEMORY:
    return Outcome::refused;
  default:
    return inbox.is_too_long ? Outcome::refused : Outcome::lost;
  }
}

/// What libcurl came to.
struct Performed
{
  const Curl& curl;
  CURL* handle;
  CURLcode code;
  const Inbox& inbox;

  [[nodiscard]] long
  number(CURLINFO info) const
  {
    long number = 0;
    curl.easy_getinfo(handle, info, &number);
    return number;
  }
};

/// libcurl has one code for every connection that was not made; the system's error number tells them apart.
Loss
loss_of_connection(const Performed& performed)
{
  const long number = performed.number(CURLINFO_OS_ERRNO);
  if (number == ECONNREFUSED) {
    return Loss::refused;
  }
  return number == ETIMEDOUT ? Loss::timed_out : Loss::unreachable;
}

Loss
loss_of_exchange(const Performed& performed)
{
  switch (performed.code) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return Loss::unresolved;
  case CURLE_OPERATION_TIMEDOUT:
    return Loss::timed_out;
  case CURLE_PEER_FAILED_VERIFICATION:
    return Loss::untrusted;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CIPHER:
    return Loss::tls;
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_ENGINE_INITFAILED:
  case CURLE_COULDNT_RESOLVE_PROXY:
  case CURLE_PROXY:
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_URL_MALFORMAT:
  case CURLE_OUT_OF_MEMORY:
  case CURLE_FAILED_INIT:
    return Loss::ours;
  default:
    return performed.inbox.is_too_long ? Loss::too_long : Loss::broken;
  }
}

enum class Way { direct, by_proxy };

/// Why there is no answer. What a proxy did not bring says nothing of the service.
Loss
loss_of(const Performed& performed, Way way)
{
  if (performed.code == CURLE_COULDNT_CONNECT) {
    return way == Way::by_proxy ? Loss::ours : loss_of_connection(performed);
  }
  const long tunnel = performed.number(CURLINFO_HTTP_CONNECTCODE);
  const bool is_tunnel_refused = tunnel != 0 && tunnel / 100 != 2;
  return is_tunnel_refused ? Loss::unreachable : loss_of_exchange(performed);
}

/// Of the host itself, which is the first of its chain.
std::optional<std::chrono::sys_seconds>
end_of_certificate(const Curl& curl, CURL* handle)
{
  curl_certinfo* chain = nullptr;
  curl.easy_getinfo(handle, CURLINFO_CERTINFO, &chain);
  if (chain == nullptr || chain->num_of_certs < 1) {
    return std::nullopt;
  }
  constexpr std::string_view name = "Expire date:";
  for (const curl_slist* each = chain->certinfo[0]; each != nullptr; each = each->next) {
    const std::string_view line(each->data);
    if (line.starts_with(name)) {
      const std::time_t end = curl.getdate(each->data + name.size(), nullptr);
      return end < 0 ? std::nullopt : std::optional(std::chrono::sys_seconds(std::chrono::seconds(end)));
    }
  }
  return std::nullopt;
}

void
set_connection(Options& options, const Exchange& exchange)
{
  if (exchange.connection == Exchange::Connection::fresh) {
    options.set(CURLOPT_FRESH_CONNECT, 1L);
    options.set(CURLOPT_FORBID_REUSE, 1L);
    options.set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    options.set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    options.set(CURLOPT_CERTINFO, 1L);
  }
}

}  // namespace

Transfer::Transfer(const HttpSettings& settings)
    : settings_(settings)
{}

Transfer::~Transfer()
{
  if (handle_ != nullptr) {
    curl_->easy_cleanup(handle_);
  }
}

Delivery
Transfer::perform(const Exchange& exchange)
{
  if (handle_ == nullptr) {
    // Not before something is sent: a gate has a client, and hardly a run has a use for it.
    const auto library = curl();
    if (!library) {
      return {Outcome::refused, {}, library.error().message};
    }
    curl_ = *library;
    handle_ = curl_->easy_init();
    if (handle_ == nullptr) {
      return {Outcome::refused, {}, "libcurl cannot be initialised"};
    }
  }
  curl_->easy_reset(handle_);  // keeps open connections
  Options options(*curl_, handle_);
  Inbox inbox;
  inbox.max_bytes = exchange.max_bytes;
  const HeaderList headers = header_list(*curl_, exchange.headers);
  std::array<char, CURL_ERROR_SIZE> message{};
  options.set(CURLOPT_URL, exchange.url.text.c_str());
  options.set(CURLOPT_PROXY, settings_.proxy.c_str());  // empty: not even the environment's
  options.set(CURLOPT_NOPROXY, "");
  options.set(CURLOPT_USERAGENT, settings_.user_agent.c_str());
  if (!settings_.ca_file.empty()) {
    options.set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  }
  options.set(CURLOPT_HTTPHEADER, headers.get());
  options.set(CURLOPT_ERRORBUFFER, message.data());
  options.set(CURLOPT_WRITEFUNCTION, &take_body);
  options.set(CURLOPT_WRITEDATA, &inbox);
  options.set(CURLOPT_HEADERFUNCTION, &take_header);
  options.set(CURLOPT_HEADERDATA, &inbox);
  set_limits(options, exchange);
  set_method(options, exchange);
  set_connection(options, exchange);
  const CURLcode code = curl_->easy_perform(handle_);
  Delivery delivery{outcome_of(code, inbox), {}, {}};
  if (exchange.connection == Exchange::Connection::fresh && code != CURLE_PEER_FAILED_VERIFICATION) {
    delivery.certificate_ends = end_of_certificate(*curl_, handle_);
  }
  if (delivery.outcome != Outcome::answered) {
    const std::string what = message[0] != '\0' ? message.data() : curl_->easy_strerror(code);
    delivery.why =
        inbox.is_too_long ? fmt::format("the answer is longer than {}", human_bytes(inbox.max_bytes)) : printable(what);
    delivery.loss = loss_of({*curl_, handle_, code, inbox}, settings_.proxy.empty() ? Way::direct : Way::by_proxy);
    return delivery;
  }
  long status = 0;
  curl_->easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  inbox.response.status = static_cast<int>(status);
  inbox.response.url = exchange.url.text;
  delivery.response = std::move(inbox.response);
  return delivery;
}

}  // namespace sluice::net
