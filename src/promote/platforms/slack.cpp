// SPDX-License-Identifier: Apache-2.0
//
// docs.slack.dev, "Sending messages using incoming webhooks", "Formatting message text": & < > are escaped, and nothing
// else is.
#include "base/json.hpp"
#include "base/text.hpp"
#include "promote/announcing.hpp"

namespace sluice::promote {

namespace {

/// Mattermost and Rocket.Chat take "@channel" in a text for a call to everybody.
std::string
without_calls(std::string text)
{
  for (const std::string_view name : {"channel", "here", "everyone", "all"}) {
    text = replace_all(text, fmt::format("@{}", name), fmt::format("@\u2060{}", name));
  }
  return text;
}

std::string
escaped(std::string_view text)
{
  return without_calls(replace_all(replace_all(replace_all(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"));
}

Result<>
announce(const PlatformCall& call, const Announcement& announcement)
{
  Json body{{"text", escaped(announcement.text)}};
  if (!announcement.channel.empty()) {
    body.at("channel") = announcement.channel;
  }
  return post_announcement(call, announcement.address, "application/json", body.dump());
}

}  // namespace

extern const Platform platform_slack{
    .id = "slack",
    .title = "Slack",
    .doc = "A webhook that takes Slack's JSON: Slack, Mattermost, Rocket.Chat, and Discord at `/slack`. A message is "
           "sent once; it is not sent again where nobody knows whether it came.",
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
