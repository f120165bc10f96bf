// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/archive_download.hpp"

#include "base/number.hpp"
#include "base/path.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t piece_bytes = 16U << 20U;
constexpr std::uint64_t most_bytes = std::uint64_t{2} << 30U;

/// Beside the file: which version of it the pieces are of.
fs::path
mark_of(const fs::path& file)
{
  return fs::path(file) += ".etag";
}

/// The size of the whole of "bytes 0-99/1234".
std::optional<std::uint64_t>
size_in_range(std::string_view range)
{
  const std::size_t slash = range.rfind('/');
  return slash == std::string_view::npos ? std::nullopt : number_of<std::uint64_t>(range.substr(slash + 1));
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
        return Downloaded{file_, std::string(response.header("etag"))};
      }
      if (response.status == 416 && have_ != 0) {
        forget();
        continue;
      }
      const auto size = size_in_range(response.header("content-range"));
      if (response.status != 206 || !size || *size > most_bytes || response.body.empty()) {
        return fail(ErrorKind::unavailable, "{}: the server answered {}", url_, response.status);
      }
      etag_ = response.header("etag");
      TRY(write_file(mark_of(file_), etag_));
      TRY(append_file(file_, response.body));
      have_ += response.body.size();
      if (have_ >= *size) {
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
    net::HttpRequest request;
    request.url = url_;
    request.timeout = std::chrono::minutes(5);
    request.max_bytes = most_bytes;
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
};

}  // namespace

Result<std::optional<Downloaded>>
download_archive(net::HttpClient& http, const std::string& url, const fs::path& file, const std::string& known_etag)
{
  return Download(http, url, file).run(known_etag);
}

}  // namespace sluice::deps
