// SPDX-License-Identifier: Apache-2.0
#include "promote/platform_setting.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

bool
is_variable(std::string_view text)
{
  const auto may_be = [](char c) { return c == '_' || is_letter(c) || is_digit(c); };
  return text.size() > 1 && text.front() == '$' && !is_digit(text[1])
         && std::all_of(text.begin() + 1, text.end(), may_be);
}

}  // namespace

bool
Notification::wants(Moment moment) const
{
  return is_one_of(name_of(moment), on);
}

std::string_view
Notification::variable() const
{
  return std::string_view(webhook).substr(std::min<std::size_t>(1, webhook.size()));
}

void
describe(Notification& notification, config::OptionTable& table)
{
  using config::Trust;
  table.text(notification.webhook, {.key = "webhook",
                                    .value = "$NAME",
                                    .help = "The variable that has the address, which is a secret.",
                                    .trust = Trust::base_ref});
  table.choice(notification.audience, {.key = "audience",
                                       .value = "AUDIENCE",
                                       .help = "Who reads it: technical people are told of steps, commits and causes, "
                                               "business of whether it is there.",
                                       .trust = Trust::base_ref});
  table.choice(notification.form,
               {.key = "form", .value = "FORM", .help = "What the webhook takes.", .trust = Trust::base_ref});
  table.list(notification.on, {.key = "on",
                               .value = "MOMENT",
                               .help = "When they are told: waiting, begun, step, asked, ended.",
                               .trust = Trust::base_ref});
  table.text(notification.channel, {.key = "channel",
                                    .value = "CHANNEL",
                                    .help = "Where it is written, if the webhook lets us choose.",
                                    .trust = Trust::base_ref});
}

void
check_notifications(const std::vector<Notification>& notifications, config::OptionChecks& checks)
{
  for (std::size_t i = 0; i < notifications.size(); ++i) {
    const Notification& each = notifications[i];
    if (!is_variable(each.webhook)) {
      checks.refuse({"notify", i, "webhook"}, "is not the name of a variable such as $SLUICE_SLACK_WEBHOOK: an address "
                                              "is a secret, and no secret stands in a file");
    }
    for (std::size_t k = 0; k < each.on.size(); ++k) {
      if (!is_one_of(each.on[k], EnumNames<Moment>::names)) {
        checks.refuse({"notify", i, "on", k}, "is none of waiting, begun, step, asked, ended");
      }
    }
  }
}

}  // namespace sluice::promote
