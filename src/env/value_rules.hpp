// SPDX-License-Identifier: Apache-2.0
//
// What rules about single values have in common.
#pragma once

#include "env/host.hpp"
#include "env/rule.hpp"
#include "env/url.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::env {

/// "DB_URL of production", made printable.
[[nodiscard]] std::string title_of(const ValueContext& value);

/// Whether nobody else may know it: by the schema, where that says so, else by its name.
[[nodiscard]] bool is_secret(const ValueContext& value);
[[nodiscard]] bool is_secret(const Survey& survey, std::string_view name);

/// Whether a name has one of these words, which are in lower case.
[[nodiscard]] bool has_word(std::string_view name, std::initializer_list<std::string_view> words);

/// The value of another variable of the same file; nothing if there is none, or it is empty.
[[nodiscard]] std::optional<std::string_view> value_beside(const DotenvFile& file, std::string_view key);

/// Whether it is text that somebody was to replace: `changeme`, `<password>`, `your-anon-key`, `sk_live_...`.
[[nodiscard]] bool is_placeholder(const ValueContext& value);
[[nodiscard]] bool is_placeholder(std::string_view name, std::string_view text);

/// Who published a value that everybody therefore knows, as a clause: "Supabase's local stack has"; nothing if it is
/// not known as such. Of URLs user and password together are looked at.
[[nodiscard]] std::optional<std::string_view> publisher_of(const ValueContext& value);

/// Whether another rule says what there is to say of the value: it stands for one, or everybody knows it.
[[nodiscard]] bool is_no_real_value(const ValueContext& value);

/// Whether a variable lists where a browser may be sent or come from: SITE_URL, REDIRECT_URI, ALLOWED_ORIGINS.
[[nodiscard]] bool is_of_origins(std::string_view name);

/// Whether a build hands a variable to browsers: `NEXT_PUBLIC_`, `VITE_`, and what options add.
[[nodiscard]] bool is_client_name(const Survey& survey, std::string_view name);

}  // namespace sluice::env
