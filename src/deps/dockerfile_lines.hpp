// SPDX-License-Identifier: Apache-2.0
//
// The instructions of a Dockerfile (docs.docker.com, "Dockerfile reference", "Format"; BuildKit's
// frontend/dockerfile/parser): a line that ends in the escape character goes on with the next, comments and empty lines
// between do not count, and what a here-document holds is no instruction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A word of an instruction and the line on which it begins, from 1.
struct DockerWord
{
  std::string text;
  std::uint32_t line = 0;
};

struct DockerInstruction
{
  std::string name;               ///< in lower case; without ONBUILD
  std::vector<DockerWord> words;  ///< those behind the name, as written
  std::uint32_t line = 0;
};

struct DockerInstructions
{
  std::vector<DockerInstruction> all;
  std::optional<std::uint32_t> unended;  ///< the line of an instruction whose here-document does not end
};

[[nodiscard]] DockerInstructions read_docker_instructions(std::string_view text);

}  // namespace sluice::deps
