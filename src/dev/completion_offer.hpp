// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option.hpp"
#include "dev/completion.hpp"

#include <optional>
#include <string_view>

namespace sluice::dev {

/// Where an option or an argument is offered: decides whose rules it can name.
struct OfferContext
{
  Gates gates;             ///< of all that is known here
  std::string_view rules;  ///< as Offer::rules
};

/// What is offered for an option or an argument with this placeholder ("RULE", "FILE", "NAME[=FILE]").
[[nodiscard]] Offer offer_for(std::string_view placeholder, const OfferContext& context);

/// Nothing for a toggle, which takes no value.
[[nodiscard]] std::optional<Offer> offer_for(const config::Option& option, const OfferContext& context);

}  // namespace sluice::dev
