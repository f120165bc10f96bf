// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/archive_download.hpp"

#include "base/number.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/server.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t piece_bytes = 16U << 20U;
constexpr std::uint64_t most_bytes = std::uint64_t{2} << 30U;
/// A server that has another version each time it is asked never gives one whole.
constexpr unsigned most_restarts = 3;

/// Beside the file: which version of it the pieces are of.
fs::path
mark_of(const fs::path& file)
{
  return fs::path(file) += ".etag";
}

/// "bytes 0-99/1234".
struct ContentRange
{
  std::uint64_t first = 0, whole = 0;
};

std::optional<ContentRange>
content_range(std::string_view text)
{
  constexpr std::string_view unit = "bytes ";
  const std::size_t dash = text.find('-');
  const std::size_t slash = text.rfind('/');
  if (!text.starts_with(unit) || dash == std::string_view::npos || slash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto first = number_of<std::uint64_t>(text.substr(unit.size(), dash - unit.size()));
  const auto whole = number_of<std::uint64_t>(text.substr(slash + 1));
  return first && whole ? std::optional(ContentRange{*first, *whole}) : std::nullopt;
}

/// Of this very sequence of bytes: a weak one (RFC 9110, 8.8.3) is of others too, and no piece may be asked for by it.
std::string
strong_etag(const net::HttpResponse& response)
{
  const std::string_view etag = response.header("etag");
  return etag.starts_with("W/") ? std::string() : std::string(etag);
}

class Download
{
public:
  Download(net::HttpClient& http, std::string url, fs::path file)
      : http_(http),
        url_(std::move(url)),
        file_(std::move(file))
  {}

  Result<std::optional<Downloaded>>
  run(const std::string& known_etag)
  {
    begin();
    while (true) {
      TRY_ASSIGN(const net::HttpResponse response, http_.send(request(known_etag)));
      if (response.status == 304) {
        return std::nullopt;
      }
      if (response.status == 200) {
        // The whole at once, from a server that knows no pieces or has another version by now.
        TRY(write_file(file_, response.body));
        return Downloaded{file_, strong_etag(response)};
      }
      const bool is_other = response.status == 206 && have_ != 0 && strong_etag(response) != etag_;
      if (have_ != 0 && (response.status == 416 || is_other) && restarts_++ < most_restarts) {
        forget();
        continue;
      }
      const auto range = content_range(response.header("content-range"));
      if (is_other || response.status != 206 || !range || range->first != have_ || range->whole < have_
          || response.body.empty() || response.body.size() > range->whole - have_) {
        return fail(ErrorKind::unavailable, "{}: the server answered {} with what was not asked for", url_,
                    response.status);
      }
      if (range->whole > most_bytes) {
        return fail(ErrorKind::unavailable, "{}: it is longer than {}", url_, human_bytes(most_bytes));
      }
      etag_ = strong_etag(response);
      TRY(write_file(mark_of(file_), etag_));
      TRY(append_file(file_, response.body));
      have_ += response.body.size();
      if (have_ == range->whole) {
        return Downloaded{file_, etag_};
      }
    }
  }

private:
  void
  begin()
  {
    std::error_code failed;
    const auto mark = read_file(mark_of(file_), 4096);
    have_ = fs::file_size(file_, failed);
    if (failed || !mark || mark->empty()) {
      forget();
    } else {
      etag_ = *mark;
    }
  }

  void
  forget()
  {
    std::error_code failed;
    fs::remove(file_, failed);
    fs::remove(mark_of(file_), failed);
    have_ = 0;
    etag_.clear();
  }

  [[nodiscard]] net::HttpRequest
  request(const std::string& known_etag) const
  {
    net::HttpRequest request = request_to(url_, most_bytes);
    request.headers.push_back({"Range", fmt::format("bytes={}-{}", have_, have_ + piece_bytes - 1)});
    if (!etag_.empty()) {
      request.headers.push_back({"If-Range", etag_});
    } else if (!known_etag.empty()) {
      request.headers.push_back({"If-None-Match", known_etag});
    }
    return request;
  }

  net::HttpClient& http_;
  std::string url_;
  fs::path file_;
  std::string etag_;
  std::uint64_t have_ = 0;
  unsigned restarts_ = 0;
};

}  // namespace

Result<std::optional<Downloaded>>
download_archive(net::HttpClient& http, const std::string& url, const fs::path& file, const std::string& known_etag)
{
  return Download(http, url, file).run(known_etag);
}

}  // namespace sluice::deps
