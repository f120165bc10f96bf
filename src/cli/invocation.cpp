// SPDX-License-Identifier: Apache-2.0
#include "cli/invocation.hpp"

#include "base/interruption.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

extern char** environ;

namespace sluice::cli {

namespace {

Environment
environment_of_this_process()
{
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return environment;
}

unsigned
terminal_width(const Environment& environment)
{
  constexpr unsigned narrowest = 40;
  constexpr unsigned widest = 140;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
    return std::clamp<unsigned>(size.ws_col, narrowest, widest);
  }
  const auto columns = number_of<unsigned>(value_of(environment, "COLUMNS"));
  return columns ? std::clamp(*columns, narrowest, widest) : 100;
}

std::filesystem::path
directory_of_this_executable()
{
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path() : self.parent_path();
}

/// A descriptor that is closed goes to the next file that is opened: whose content would pass for standard input, or in
/// which what is printed would end. So it is given to a file that holds nothing and cannot be written. Returns whether
/// it was open.
bool
reserve(int descriptor)
{
  if (::fcntl(descriptor, F_GETFD) != -1) {
    return true;
  }
  const int nothing = ::open("/dev/null", O_RDONLY);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  if (nothing >= 0 && nothing != descriptor) {
    ::dup2(nothing, descriptor);
    ::close(nothing);
  }
  return false;
}

/// What the C++ library would print of an exception that nobody takes (one that leaves a thread) is its text, which may
/// quote anything.
void
end_without_quoting()
{
  constexpr std::string_view text = "sluice: internal error: an exception was not taken\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(2);
}

Result<std::string>
standard_input(bool is_open)
{
  if (!is_open) {
    return fail(ErrorKind::input, "standard input is closed");
  }
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, part.data(), part.size());
    if (count == 0) {
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return fail(ErrorKind::input, "standard input cannot be read: {}",
                  std::error_code(errno, std::generic_category()).message());
    }
    if (count > 0) {
      text.append(part.data(), static_cast<std::size_t>(count));
    }
  }
}

}  // namespace

Invocation
this_process(int argc, char** argv)
{
  const auto started = std::chrono::steady_clock::now();
  const bool is_open = reserve(STDIN_FILENO);
  reserve(STDOUT_FILENO);
  reserve(STDERR_FILENO);
  std::set_terminate(end_without_quoting);
  clean_up_when_interrupted();
  Environment environment = environment_of_this_process();
  const unsigned width = terminal_width(environment);
  std::error_code error;
  return Invocation{
      .program = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "sluice",
      .arguments = std::vector<std::string>(argv + std::min(argc, 1), argv + argc),
      .environment = std::move(environment),
      .directory = std::filesystem::current_path(error),
      .executables = directory_of_this_executable(),
      .out = std::cout,
      .err = std::cerr,
      .read_standard_input = [is_open] { return standard_input(is_open); },
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = ::isatty(STDERR_FILENO) != 0,
      .width = width,
      .started = started,
  };
}

}  // namespace sluice::cli
