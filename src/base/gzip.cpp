// SPDX-License-Identifier: Apache-2.0
#include "base/gzip.hpp"

#include "base/text.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

/// zlib's: a window of 32 KiB, and a gzip header before the data.
constexpr int window_of_gzip = 15 + 16;
constexpr std::size_t piece_bytes = std::size_t{1} << 20U;

class Stream
{
public:
  explicit Stream(std::string_view packed)
      : rest_(packed),
        is_open_(inflateInit2(&stream_, window_of_gzip) == Z_OK)
  {}
  ~Stream() { inflateEnd(&stream_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  [[nodiscard]] bool
  is_open() const
  {
    return is_open_;
  }

  /// Appends the next piece; what zlib says of it.
  int
  read(std::string& text)
  {
    const std::size_t before = text.size();
    text.resize(before + piece_bytes);
    const std::size_t given = std::min<std::size_t>(rest_.size(), std::numeric_limits<uInt>::max());
    // zlib's interface is older than const; it does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
    stream_.avail_in = static_cast<uInt>(given);
    stream_.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream_.avail_out = piece_bytes;
    const int state = inflate(&stream_, Z_NO_FLUSH);
    rest_.remove_prefix(given - stream_.avail_in);
    text.resize(text.size() - stream_.avail_out);
    return state;
  }

  /// Whether another member follows, which is then begun.
  bool
  begin_next()
  {
    return !rest_.empty() && inflateReset(&stream_) == Z_OK;
  }

private:
  z_stream stream_{};
  std::string_view rest_;
  bool is_open_;
};

}  // namespace

Result<std::string>
gunzip(std::string_view packed, std::uint64_t max_bytes)
{
  std::string text;
  TRY(gunzip_to(packed, max_bytes, [&text](std::string_view piece) -> Result<> {
    text += piece;
    return {};
  }));
  return text;
}

Result<>
gunzip_to(std::string_view packed, std::uint64_t max_bytes, const std::function<Result<>(std::string_view piece)>& sink)
{
  Stream stream(packed);
  std::string piece;
  std::uint64_t total = 0;
  while (stream.is_open()) {
    piece.clear();
    const int state = stream.read(piece);
    total += piece.size();
    if (total > max_bytes) {
      return fail(ErrorKind::input, "it unpacks to more than {}", human_bytes(max_bytes));
    }
    TRY(sink(piece));
    if (state == Z_STREAM_END && !stream.begin_next()) {
      return {};
    }
    if (state != Z_OK && state != Z_STREAM_END) {
      break;
    }
  }
  return fail(ErrorKind::input, "it is no gzip file, or it is damaged");
}

}  // namespace sluice
