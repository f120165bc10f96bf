// SPDX-License-Identifier: Apache-2.0
#include "env/script/paths.hpp"

#include "base/tree_path.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::script {

bool
is_dotenv(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  constexpr auto no_dotenv = std::to_array<std::string_view>({".envrc", ".environment"});
  const bool begins =
      name.starts_with(".env") && std::find(no_dotenv.begin(), no_dotenv.end(), name) == no_dotenv.end();
  return begins || (name.ends_with(".env") && name.size() > 4);
}

std::optional<Facts::File>
path_of(std::string_view text, const Word& word)
{
  Facts::File file{.path = {}, .from = From::here, .dialect = {}, .how = {}, .to = Load::To::own, .at = word.at.begin};
  std::size_t dynamic = 0;
  for (const Piece& piece : word.pieces) {
    if (piece.kind == Piece::Kind::text) {
      file.path += piece.at.of(text);
      continue;
    }
    if (!file.path.empty() || dynamic++ > 0) {
      return std::nullopt;
    }
    const std::string_view written = piece.at.of(text);
    const bool is_of_root = written.find("ROOT") != std::string_view::npos
                            || written.find("WORKSPACE") != std::string_view::npos
                            || written.find("toplevel") != std::string_view::npos;
    const bool is_here = written.find("PWD") != std::string_view::npos || written.find("pwd") != std::string_view::npos;
    file.from = is_of_root ? From::root : is_here ? From::here : From::script;
  }
  if (dynamic > 0 && !file.path.starts_with('/')) {
    return std::nullopt;
  }
  file.path.erase(0, dynamic > 0 ? 1 : 0);
  return file.path.empty() ? std::nullopt : std::optional(std::move(file));
}

}  // namespace sluice::env::script
