// SPDX-License-Identifier: Apache-2.0
#include "git/blob_id.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

#include <string>

namespace sluice::git {

ObjectId
blob_id(std::string_view content, HashKind kind)
{
  std::string object = fmt::format("blob {}", content.size());
  object += '\0';
  object += content;
  if (kind == HashKind::sha256) {
    return ObjectId::from_raw(sha256(object).data(), 32);
  }
  return ObjectId::from_raw(sha1(object).data(), 20);
}

}  // namespace sluice::git
