// SPDX-License-Identifier: Apache-2.0
#include "env/starter.hpp"

#include "base/text.hpp"
#include "env/dotenv_file.hpp"

#include <fmt/format.h>

namespace sluice::env {

namespace {

constexpr std::size_t most_shown = 20;

constexpr std::string_view policy =
    R"(  # Environments are told from the names of dotenv files; what they cannot say stands here:
  # environments:
  #   build: {phase: build, files: [.env.build]}
  #   production: {files: [.env.production], required: [DATABASE_URL], hosts: ["*.example.com"]}
  # Beginnings of names that your bundler hands to browsers, beside those of the known frameworks:
  # client-prefixes: [MYAPP_PUBLIC_]
  # Days after which a key that tells its age is due for another:
  # rotation: 92
)";

}  // namespace

std::string
starter(const gate::FileTree& tree)
{
  std::string text = "# env:\n";
  std::size_t count = 0;
  for (const std::string& path : tree.tracked().files) {
    if (is_dotenv_path(path) && ++count <= most_shown) {
      text += fmt::format("{}  #   {}\n", count == 1 ? "  # Dotenv files that git tracks:\n" : "", printable(path));
    }
  }
  if (count > most_shown) {
    text += fmt::format("  #   and {} more\n", count - most_shown);
  }
  return text + std::string(policy);
}

}  // namespace sluice::env
