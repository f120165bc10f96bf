// SPDX-License-Identifier: Apache-2.0
#include "cli/invocation.hpp"

#include "base/hash.hpp"
#include "base/interruption.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <fcntl.h>
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

/// A descriptor that is closed goes to the next file that is opened, and what is printed would end there: so it is given
/// to a file that cannot be written.
void
reserve(int descriptor)
{
  if (::fcntl(descriptor, F_GETFD) != -1) {
    return;
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0 && nothing != descriptor) {
    ::dup2(nothing, descriptor);
    ::close(nothing);
  }
}

}  // namespace

Invocation
this_process(int argc, char** argv)
{
  reserve(STDOUT_FILENO);
  reserve(STDERR_FILENO);
  begin_hashing();
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
      .read_standard_input =
          [] { return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()); },
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = ::isatty(STDERR_FILENO) != 0,
      .width = width,
  };
}

}  // namespace sluice::cli
