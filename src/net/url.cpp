// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <curl/curl.h>

#include <memory>

namespace sluice::net {

namespace {

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string
part(CURLU* handle, CURLUPart which, unsigned flags = 0)
{
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK) {
    return {};
  }
  const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
  return owned.get();
}

std::string
without_query(std::string_view text)
{
  return printable(text.substr(0, text.find_first_of("?#")));
}

Result<Url>
read(CURLU* handle, std::string_view text)
{
  // The password may stand before a '@' in what is not understood: then nothing of it is shown.
  if (!part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_PASSWORD).empty()) {
    return fail(ErrorKind::usage, "address: holds a user name or password; pass credentials as a header");
  }
  curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0);
  Url url;
  url.scheme = part(handle, CURLUPART_SCHEME);
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::usage, "{}: is not an http or https address", without_query(text));
  }
  url.text = part(handle, CURLUPART_URL);
  url.host = to_lower(part(handle, CURLUPART_HOST));
  url.path = part(handle, CURLUPART_PATH);
  url.port = number_of<decltype(url.port)>(part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0);
  return url;
}

Result<Url>
interpret(std::string_view base, std::string_view reference)
{
  const Handle handle(curl_url(), &curl_url_cleanup);
  const std::string text(reference);
  const bool has_base =
      base.empty() || curl_url_set(handle.get(), CURLUPART_URL, std::string(base).c_str(), 0) == CURLUE_OK;
  const bool has_control = text.find_first_of(std::string_view("\0\r\n\t", 4)) != std::string::npos;
  if (!has_base || has_control || curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return fail(ErrorKind::usage, "{}: is not an http or https address",
                text.find('@') == std::string::npos ? without_query(text) : "address");
  }
  return read(handle.get(), reference);
}

}  // namespace

Result<Url>
Url::parse(std::string_view text)
{
  if (text.empty()) {
    return fail(ErrorKind::usage, "address: is empty");
  }
  return interpret({}, text);
}

Result<Url>
Url::resolve(std::string_view reference) const
{
  return interpret(text, reference);
}

bool
Url::same_origin(const Url& other) const
{
  return scheme == other.scheme && host == other.host && port == other.port;
}

std::string
Url::shown() const
{
  return without_query(text);
}

}  // namespace sluice::net
