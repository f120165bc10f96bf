// SPDX-License-Identifier: Apache-2.0
//
// dash 0.5.12, Debian's /bin/sh, `set -a; . FILE`. What cannot be expanded, and a name that cannot be exported, end the
// shell.
#include "env/dialect.hpp"
#include "env/shell/run.hpp"

namespace sluice::env {

extern const Dialect dialect_dash;

namespace {

Reading
read(std::string_view text, const Environment& outer)
{
  return shell::source_without_nul(text, outer, shell::Flavor::dash);
}

}  // namespace

const Dialect dialect_dash{.id = "dash", .title = "dash (sh)", .read = read};

}  // namespace sluice::env
