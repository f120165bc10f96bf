// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_client.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace sluice::deps {

/// A file that was fetched.
struct Downloaded
{
  std::filesystem::path file;
  std::string etag;
};

/// Fetches a large file in pieces into `file`. What an earlier attempt has left there is gone on with if the server
/// still has the same version. Nothing if the server's version is the one of `known_etag`. Errors
/// (ErrorKind::unavailable): as of HttpClient::send; an answer that is none; more than 2 GiB.
[[nodiscard]] Result<std::optional<Downloaded>> download_archive(net::HttpClient& http, const std::string& url,
                                                                 const std::filesystem::path& file,
                                                                 const std::string& known_etag);

}  // namespace sluice::deps
