// SPDX-License-Identifier: Apache-2.0
#include "net/transfer.hpp"

#include "base/text.hpp"

#include <curl/curl.h>

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

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList
header_list(const std::vector<Header>& headers)
{
  // Without these libcurl waits for "100 Continue", and calls every body a form.
  HeaderList list(curl_slist_append(nullptr, "Expect:"), &curl_slist_free_all);
  bool has_type = false;
  for (const Header& header : headers) {
    has_type = has_type || to_lower(header.name) == "content-type";
    const std::string line =
        header.value.empty() ? header.name + ";" : fmt::format("{}: {}", header.name, header.value);
    list.reset(curl_slist_append(list.release(), line.c_str()));
  }
  if (!has_type) {
    list.reset(curl_slist_append(list.release(), "Content-Type:"));
  }
  return list;
}

template<typename Value>
void
set(CURL* handle, CURLoption option, Value value)
{
  curl_easy_setopt(handle, option, value);
}

void
set_method(CURL* handle, const Exchange& exchange)
{
  if (exchange.method == "HEAD") {
    set(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  if (!exchange.body.empty() || exchange.method == "POST" || exchange.method == "PUT" || exchange.method == "PATCH") {
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
    set(handle, CURLOPT_POSTFIELDS, exchange.body.data());
  }
  set(handle, CURLOPT_CUSTOMREQUEST, exchange.method.c_str());
}

void
set_limits(CURL* handle, const Exchange& exchange)
{
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.timeout.count()));
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(exchange.timeout, longest_connect).count()));
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

/// libcurl wants its global state made once, before threads use it; a static's initialisation is just that.
void
initialise_curl()
{
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(initialised);
}

}  // namespace

Transfer::Transfer(const HttpSettings& settings)
    : settings_(settings)
{
  initialise_curl();
  handle_ = curl_easy_init();
}

Transfer::~Transfer()
{
  curl_easy_cleanup(handle_);
}

Delivery
Transfer::perform(const Exchange& exchange)
{
  if (handle_ == nullptr) {
    return {Outcome::refused, {}, "libcurl cannot be initialised"};
  }
  curl_easy_reset(handle_);  // keeps open connections
  Inbox inbox;
  inbox.max_bytes = exchange.max_bytes;
  const HeaderList headers = header_list(exchange.headers);
  std::array<char, CURL_ERROR_SIZE> message{};
  set(handle_, CURLOPT_URL, exchange.url.text.c_str());
  set(handle_, CURLOPT_PROXY, settings_.proxy.c_str());  // empty: not even the environment's
  set(handle_, CURLOPT_NOPROXY, "");
  set(handle_, CURLOPT_USERAGENT, settings_.user_agent.c_str());
  if (!settings_.ca_file.empty()) {
    set(handle_, CURLOPT_CAINFO, settings_.ca_file.c_str());
  }
  set(handle_, CURLOPT_HTTPHEADER, headers.get());
  set(handle_, CURLOPT_ERRORBUFFER, message.data());
  set(handle_, CURLOPT_WRITEFUNCTION, &take_body);
  set(handle_, CURLOPT_WRITEDATA, &inbox);
  set(handle_, CURLOPT_HEADERFUNCTION, &take_header);
  set(handle_, CURLOPT_HEADERDATA, &inbox);
  set_limits(handle_, exchange);
  set_method(handle_, exchange);
  const CURLcode code = curl_easy_perform(handle_);
  const Outcome outcome = outcome_of(code, inbox);
  if (outcome != Outcome::answered) {
    const std::string what = message[0] != '\0' ? message.data() : curl_easy_strerror(code);
    return {outcome,
            {},
            inbox.is_too_long ? fmt::format("the answer is longer than {}", human_bytes(inbox.max_bytes))
                              : printable(what)};
  }
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  inbox.response.status = static_cast<int>(status);
  inbox.response.url = exchange.url.text;
  return {outcome, std::move(inbox.response), {}};
}

}  // namespace sluice::net
