// SPDX-License-Identifier: Apache-2.0
//
// The kernel says "No such file or directory" of a script whose interpreter is missing and "Permission denied" of four
// different things. Who reads that at night wants to know which.
#include "promote/hook/hook_run_program.hpp"

#include "base/shell.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

bool
may_run(const fs::path& file)
{
  struct stat found
  {};
  return ::stat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode)
         && ::faccessat(AT_FDCWD, file.c_str(), X_OK, AT_EACCESS) == 0;
}

/// As execvp() has it if there is no PATH.
constexpr std::string_view usual_path = "/bin:/usr/bin";

std::optional<fs::path>
find_in_path(std::string_view name, const Environment& environment)
{
  const std::string_view given = value_of(environment, "PATH");
  for (const std::string_view directory : split(given.empty() ? usual_path : given, ':')) {
    const fs::path file = fs::path(directory) / name;
    if (file.is_absolute() && may_run(file)) {
      return file;
    }
  }
  return std::nullopt;
}

/// The first line of a script, as far as kernels read it (BINPRM_BUF_SIZE is 256).
std::string
first_line_of(const fs::path& file)
{
  std::array<char, 256> begin{};
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return {};
  }
  const ssize_t got = ::read(descriptor, begin.data(), begin.size());
  ::close(descriptor);
  const std::string_view text(begin.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  return std::string(text.substr(0, text.find('\n')));
}

std::vector<std::string_view>
words_of(std::string_view line)
{
  constexpr std::string_view blanks = " \t";
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(blanks)) != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
  return words;
}

/// What is wrong with the interpreter that a script names. Other files have none.
std::optional<std::string>
interpreter_fault(const fs::path& file, const Environment& environment)
{
  const std::string line = first_line_of(file);
  if (!line.starts_with("#!")) {
    return std::nullopt;
  }
  if (line.ends_with('\r')) {
    return "its lines end with CR LF, so that its interpreter is not found: end them with LF";
  }
  const std::vector<std::string_view> words = words_of(std::string_view(line).substr(2));
  if (words.empty()) {
    return "its first line names no interpreter";
  }
  if (words[0].starts_with('/') && !may_run(words[0])) {
    return fmt::format("its first line asks for {}, which is not there or not executable", printable(words[0]));
  }
  const bool is_looked_up = words[0].ends_with("/env") && words.size() > 1
                            && words[1].find_first_of("=/") == std::string_view::npos && !words[1].starts_with('-');
  if (is_looked_up && !find_in_path(words[1], environment)) {
    return fmt::format("its first line asks for {}, which is in no directory of PATH", printable(words[1]));
  }
  return std::nullopt;
}

std::optional<std::string>
file_fault(const std::string& word, const fs::path& file)
{
  struct stat found
  {};
  if (::stat(file.c_str(), &found) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? "is not there" : std::strerror(errno);
  }
  if (!S_ISREG(found.st_mode)) {
    return S_ISDIR(found.st_mode) ? "is a directory" : "is no file";
  }
  if ((found.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0) {
    return fmt::format("is not executable: chmod +x {}", shell_word(word));
  }
  if (!may_run(file)) {
    return "may not be executed by this user, or from where it is mounted";
  }
  return std::nullopt;
}

std::string
not_in_path(const std::string& word, const fs::path& directory)
{
  const std::string here =
      may_run(directory / word) ? fmt::format(" (there is ./{}: write it so)", printable(word)) : "";
  return fmt::format("{}: is in no directory of PATH{}", printable(word), here);
}

}  // namespace

tl::expected<std::string, std::string>
program_of(const std::string& word, const Environment& environment, const fs::path& directory)
{
  if (word.empty() || word.find('\0') != std::string::npos) {
    return tl::make_unexpected(std::string("the first word of the command names no program"));
  }
  std::string program = word;
  fs::path file = directory / word;
  if (word.find('/') != std::string::npos) {
    if (const auto fault = file_fault(word, file)) {
      return tl::make_unexpected(fmt::format("{}: {}", printable(word), *fault));
    }
  } else if (const auto found = find_in_path(word, environment)) {
    file = *found;
    program = found->string();
  } else {
    return tl::make_unexpected(not_in_path(word, directory));
  }
  if (const auto fault = interpreter_fault(file, environment)) {
    return tl::make_unexpected(fmt::format("{}: {}", printable(word), *fault));
  }
  return program;
}

}  // namespace sluice::promote
