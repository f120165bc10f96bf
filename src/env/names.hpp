// SPDX-License-Identifier: Apache-2.0
//
// What the name of a variable tells of its value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// The words of a name, in lower case: "jwt" and "secret" of JWT_SECRET, "db" and "password" of dbPassword.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

/// Whether a variable of this name holds what nobody else may know: a password, token, private key. A switch, a length,
/// an address or a name of one is none.
[[nodiscard]] bool is_secret_name(std::string_view name);

/// Whether it is one even where its prefix says that everybody gets it: a password, and no token of a map.
[[nodiscard]] bool is_never_public_name(std::string_view name);

/// Whether it says of itself that everybody may know it: PUBLISHABLE, ANON, PUBLIC.
[[nodiscard]] bool is_public_name(std::string_view name);

/// Whether a key of a dotenv file is the name of a variable: a word of letters, digits and _ . - that somebody made up.
/// A line of a key or of a value that lost its quotes is read as a key by some programs, and must not be told as one.
[[nodiscard]] bool is_variable_name(std::string_view key);

/// Of a key that stands alone on its line, where a pasted password would: in capitals, as variables are.
[[nodiscard]] bool is_bare_variable_name(std::string_view key);

}  // namespace sluice::env
