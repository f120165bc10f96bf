// SPDX-License-Identifier: Apache-2.0
//
// bash 5.2, `set -a; . FILE`. A file whose first line has a NUL is one of a program to it; any other NUL is left out.
// What cannot be expanded ends its line, not the file.
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/narrowed_text.hpp"
#include "env/shell/run.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_bash;

namespace {

/// How much of a file bash looks at for a NUL, and how many more it bears.
constexpr std::size_t sample_size = 80;
constexpr std::ptrdiff_t most_nuls = 256;

bool
is_program(std::string_view text)
{
  const std::string_view sample = text.substr(0, std::min(sample_size, text.find('\n')));
  return sample.find('\0') != std::string_view::npos || std::count(text.begin(), text.end(), '\0') > most_nuls;
}

Reading
read(std::string_view text, const Environment& outer)
{
  if (is_program(text)) {
    return refused(text, 0, "the shell takes it for a program: it has a NUL");
  }
  return shell::source_without_nul(text, outer, shell::Flavor::bash);
}

}  // namespace

const Dialect dialect_bash{.id = "bash", .title = "bash", .read = read};

}  // namespace sluice::env
