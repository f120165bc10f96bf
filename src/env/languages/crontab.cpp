// SPDX-License-Identifier: Apache-2.0
//
// Lines `NAME=VALUE`, and five fields of time with a command for the shell behind them.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/script/telling.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".cron", ".crontab"});

bool
has(std::string_view path)
{
  return file_name_of(path) == "crontab" || has_extension(path, extensions)
         || file_name_of(directory_of(path)) == "cron.d";
}

/// Behind the fields of time: five, or one that begins with `@`.
std::string_view
command_of(std::string_view line)
{
  for (int fields = line.starts_with('@') ? 1 : 5; fields > 0; --fields) {
    line = trim(line.substr(std::min(line.find_first_of(" \t"), line.size())));
  }
  return line;
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = trim(source.line(number));
    const std::size_t equals = line.find('=');
    const std::string_view name = trim(line.substr(0, equals));
    const bool is_given = equals != std::string_view::npos && is_shell_name(name);
    if (is_given) {
      seen.give(name, number, std::string(trim(line.substr(equals + 1))));
    } else if (!line.empty() && !line.starts_with('#')) {
      const std::string_view command = command_of(line);
      script::look_at(command, {.dialect = "dash"}, script::Lines(source, command, number),
                      {.here = {""}, .beside = ""}, seen);
    }
  }
}

}  // namespace

extern const Language language_crontab{.id = "crontab", .title = "crontab", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
