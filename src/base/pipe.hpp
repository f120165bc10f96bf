// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace sluice {

/// A pipe whose ends no program that we start inherits, unless it is given one. Neither is a standard file (0 to 2),
/// even if our own are closed: what a child is given is put there, and must not hide another end.
class Pipe
{
public:
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe();

  /// False: errno says why.
  [[nodiscard]] bool open();
  /// -1 if it is closed, as for the writer.
  [[nodiscard]] int
  reader() const
  {
    return ends_[0];
  }
  [[nodiscard]] int
  writer() const
  {
    return ends_[1];
  }
  void close_reader();
  void close_writer();

private:
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace sluice
