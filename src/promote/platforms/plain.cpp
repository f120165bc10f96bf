// SPDX-License-Identifier: Apache-2.0
#include "promote/announcing.hpp"

namespace sluice::promote {

namespace {

Result<>
announce(const PlatformCall& call, const Announcement& announcement)
{
  return post_announcement(call, announcement.address, "text/plain; charset=utf-8", announcement.text);
}

}  // namespace

extern const Platform platform_plain{.id = "plain",
                                     .title = "A plain webhook",
                                     .doc = "A webhook that takes the text itself, such as ntfy's.",
                                     .is_here = nullptr,
                                     .ready = nullptr,
                                     .find = nullptr,
                                     .create = nullptr,
                                     .tell = nullptr,
                                     .newest = nullptr,
                                     .approvals = nullptr,
                                     .freezes = nullptr,
                                     .advice = nullptr,
                                     .announce = announce};

}  // namespace sluice::promote
