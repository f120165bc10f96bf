// SPDX-License-Identifier: Apache-2.0
//
// Which lockfile a package.json or deno.json is locked by: the one beside it, or one above that names its directory as
// a member of its project. A lockfile above that does not is about something else: an example, a fixture or a tool of
// its own that nobody locked.
#pragma once

#include "deps/lockfile.hpp"

namespace sluice::deps {

/// Whether a lockfile of npm, Yarn, pnpm, Bun or Deno is about the package.json at `manifest.path`.
[[nodiscard]] bool has_node_lockfile(const LockText& manifest);

/// Whether a deno.lock is about a file of code or a deno.json: Deno looks for it beside the nearest deno.json, or where
/// the workspace is of which that is a member (docs.deno.com, "Workspaces").
[[nodiscard]] bool has_deno_lockfile(const LockText& file);

}  // namespace sluice::deps
