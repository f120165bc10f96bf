// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::env {

/// The Supabase project that a URL leads to: "ref" of `https://ref.supabase.co`, of `postgres://…@db.ref.supabase.co`
/// and of a user `postgres.ref` of a pooler. Empty: none.
[[nodiscard]] std::string project_in_url(std::string_view value);

/// As above, and what a key or a variable `…PROJECT_REF` says.
[[nodiscard]] std::string project_of(std::string_view name, std::string_view value);

}  // namespace sluice::env
