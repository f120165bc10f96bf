// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "net/curl.hpp"

#include <memory>

namespace sluice::net {

namespace {

/// An address as libcurl keeps it.
class Parts
{
public:
  explicit Parts(const Curl& curl)
      : curl_(curl),
        handle_(curl.url(), curl.url_cleanup)
  {}

  [[nodiscard]] bool
  set(CURLUPart which, const char* text)
  {
    return curl_.url_set(handle_.get(), which, text, 0) == CURLUE_OK;
  }
  /// Empty if there is none.
  [[nodiscard]] std::string
  get(CURLUPart which, unsigned flags = 0) const
  {
    char* text = nullptr;
    if (curl_.url_get(handle_.get(), which, &text, flags) != CURLUE_OK) {
      return {};
    }
    const std::unique_ptr<char, decltype(curl_.free)> owned(text, curl_.free);
    return owned.get();
  }

private:
  const Curl& curl_;
  std::unique_ptr<CURLU, decltype(Curl::url_cleanup)> handle_;
};

std::string
without_query(std::string_view text)
{
  return printable(text.substr(0, text.find_first_of("?#")));
}

Result<Url>
read(Parts& parts, std::string_view text)
{
  // The password may stand before a '@' in what is not understood: then nothing of it is shown.
  if (!parts.get(CURLUPART_USER).empty() || !parts.get(CURLUPART_PASSWORD).empty()) {
    return fail(ErrorKind::usage, "address: holds a user name or password; pass credentials as a header");
  }
  static_cast<void>(parts.set(CURLUPART_FRAGMENT, nullptr));
  Url url;
  url.scheme = parts.get(CURLUPART_SCHEME);
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::usage, "{}: is not an http or https address", without_query(text));
  }
  url.text = parts.get(CURLUPART_URL);
  url.host = to_lower(parts.get(CURLUPART_HOST));
  url.path = parts.get(CURLUPART_PATH);
  url.port = number_of<decltype(url.port)>(parts.get(CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0);
  return url;
}

Result<Url>
interpret(std::string_view base, std::string_view reference)
{
  TRY_ASSIGN(const Curl* const library, curl());
  Parts parts(*library);
  const std::string text(reference);
  const bool has_base = base.empty() || parts.set(CURLUPART_URL, std::string(base).c_str());
  const bool has_control = text.find_first_of(std::string_view("\0\r\n\t", 4)) != std::string::npos;
  if (!has_base || has_control || !parts.set(CURLUPART_URL, text.c_str())) {
    return fail(ErrorKind::usage, "{}: is not an http or https address",
                text.find('@') == std::string::npos ? without_query(text) : "address");
  }
  return read(parts, reference);
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
