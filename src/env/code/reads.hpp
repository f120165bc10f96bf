// SPDX-License-Identifier: Apache-2.0
//
// Most languages read their environment by a call with a literal name. Such a language is two tables: what its texts
// look like, and what stands in front of the name. A name that is a constant of the file is as good as a literal; one
// that is a parameter of a function of the file is what the calls of that function say.
#pragma once

#include "env/code/lexer.hpp"
#include "env/code/otherwise.hpp"
#include "env/language.hpp"

#include <span>
#include <string_view>

namespace sluice::env::code {

/// What stands in front of a name: tokens with blanks between, such as "os . Getenv (". A `*` is any one token.
struct Getter
{
  std::string_view front;
  Unset unset = Unset::unknown;
  /// Which names count: getters of configuration have names of their own, too.
  enum class Names { all, of_environment } names = Names::all;
  enum class Written { quoted, bare } written = Written::quoted;  ///< bare: without quotes, too: `$ENV{X}`
  /// many: each argument is a name; all: no name stands there, for every variable is read.
  enum class Count { one, many, all } count = Count::one;
  /// What a second argument is, if the front ends with `(`.
  ReadPlace::Second second = ReadPlace::Second::fallback;
};

/// What stands in front of the path of a dotenv file that is loaded.
struct Loader
{
  std::string_view front;
  std::string_view dialect;
  std::string_view how;
};

using Getters = std::span<const Getter>;
using Loaders = std::span<const Loader>;

/// Whether the tokens from `at` on are those of `front`; then the place behind them.
[[nodiscard]] std::optional<std::size_t> follows(std::span<const Token> tokens, std::size_t at, std::string_view front);

/// Whether what stands at `at` belongs to something before it: `x.getenv`, `x->getenv`, `X::getenv`.
[[nodiscard]] bool is_member(std::span<const Token> tokens, std::size_t at);

/// Tells each read that one of the getters makes.
void look_for(std::span<const Token> tokens, Getters getters, Sightings& seen);
/// The same, and a gap where the text is none of the language.
void look_for(const gate::SourceText& source, const Syntax& syntax, Getters getters, Sightings& seen);

/// Whether what ends before `behind` is given a value there and not read.
[[nodiscard]] bool is_assigned(std::span<const Token> tokens, std::size_t behind);

/// Tells each load. A path is one from where the file lies or, as programs are started in the root, from there; without
/// one it is `.env`.
void look_for_loads(std::span<const Token> tokens, Loaders loaders, Sightings& seen);

/// Tells what is wrong with a text, if something is.
void tell_fault(const Tokens& tokens, Sightings& seen);

/// Tells that a file is loaded, by each path that it may have.
void tell_load(std::string_view named, const Loader& loader, std::uint32_t line, Sightings& seen);

}  // namespace sluice::env::code
