// SPDX-License-Identifier: Apache-2.0
#include "base/pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace sluice {

namespace {

void
close_end(int& end)
{
  if (end >= 0) {
    ::close(end);
    end = -1;
  }
}

bool
move_beyond_standard_files(int& end)
{
  if (end > STDERR_FILENO) {
    return true;
  }
  const int moved = ::fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  close_end(end);
  end = moved;
  return moved >= 0;
}

}  // namespace

Pipe::~Pipe()
{
  close_reader();
  close_writer();
}

bool
Pipe::open()
{
  return ::pipe2(ends_.data(), O_CLOEXEC) == 0 && move_beyond_standard_files(ends_[0])
         && move_beyond_standard_files(ends_[1]);
}

void
Pipe::close_reader()
{
  close_end(ends_[0]);
}

void
Pipe::close_writer()
{
  close_end(ends_[1]);
}

}  // namespace sluice
