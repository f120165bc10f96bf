// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_id.hpp"

#include <string_view>

namespace sluice::git {

enum class HashKind { sha1, sha256 };

/// The id that git gives a blob of this content.
[[nodiscard]] ObjectId blob_id(std::string_view content, HashKind kind);

}  // namespace sluice::git
