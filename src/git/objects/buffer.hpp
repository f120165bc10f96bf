// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::git {

/// Bytes that are not zeroed before they are written: inflating is bound by memory, so std::string's zeroes would cost
/// as much as the work.
class Buffer
{
public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0))
  {}
  Buffer&
  operator=(Buffer&& other) noexcept
  {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  /// Forgets the content. False if there is no memory.
  [[nodiscard]] bool
  resize(std::size_t size)
  {
    if (size > capacity_) {
      const std::size_t capacity = std::max(size, std::min(capacity_ * 2, capacity_ + (std::size_t{1} << 20U)));
      data_.reset();
      data_.reset(new (std::nothrow) char[capacity]);
      capacity_ = data_ ? capacity : 0;
    }
    size_ = capacity_ >= size ? size : 0;
    return capacity_ >= size;
  }

  /// Keeps the first `size` bytes, at most what there are.
  void
  shrink(std::size_t size)
  {
    size_ = std::min(size_, size);
  }

  [[nodiscard]] char*
  data()
  {
    return data_.get();
  }
  [[nodiscard]] std::size_t
  size() const
  {
    return size_;
  }
  [[nodiscard]] std::size_t
  capacity() const
  {
    return capacity_;
  }
  [[nodiscard]] std::string_view
  view() const
  {
    return {data_.get(), size_};
  }

private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Buffers that one thread uses again. The last one given back, whose bytes are still in the cache, goes out first.
class BufferPool
{
public:
  [[nodiscard]] Buffer
  take()
  {
    if (free_.empty()) {
      return {};
    }
    Buffer buffer = std::move(free_.back());
    free_.pop_back();
    return buffer;
  }

  void
  give_back(Buffer buffer)
  {
    if (buffer.capacity() <= largest_kept && free_.size() < most_kept) {
      free_.push_back(std::move(buffer));
    }
  }

private:
  static constexpr std::size_t largest_kept = std::size_t{4} << 20U;
  static constexpr std::size_t most_kept = 8;
  std::vector<Buffer> free_;
};

}  // namespace sluice::git
