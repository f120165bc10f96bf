// SPDX-License-Identifier: Apache-2.0
#include "env/options.hpp"

#include "base/tree_path.hpp"

namespace sluice::env {

namespace {

// What can make the gate look elsewhere or away is no change's own to set.
using config::Trust;

void
refuse_places_outside(const std::vector<std::string>& files, std::string_view name, config::OptionChecks& checks)
{
  for (const std::string& file : files) {
    if (!resolved_in("", file)) {
      checks.refuse({"environments", name}, "names a file that is not within the repository");
    }
  }
}

}  // namespace

void
describe(EnvironmentSetting& setting, config::OptionTable& table)
{
  table.choice(setting.phase, {.key = "phase",
                               .help = "Whether its values are baked in by a build or read at run time.",
                               .trust = Trust::base_ref});
  table.list(setting.files, {.key = "files",
                             .value = "PATH",
                             .help = "Dotenv files whose values it has; later ones win.",
                             .trust = Trust::base_ref,
                             .holds = config::Holds::paths});
  table.list(setting.required, {.key = "required",
                                .value = "NAME",
                                .help = "Variables that must have a value there, beside those of the schemas.",
                                .trust = Trust::base_ref});
  table.list(setting.optional, {.key = "optional",
                                .value = "NAME",
                                .help = "Variables that need no value there, whatever the schemas say.",
                                .trust = Trust::base_ref});
  table.list(setting.constant, {.key = "constant",
                                .value = "NAME",
                                .help = "Variables whose values must not change between two files of --fingerprints.",
                                .trust = Trust::base_ref});
  table.list(setting.hosts, {.key = "hosts",
                             .value = "HOST",
                             .help = "Hosts, or globs of them, that its values may name; without any, all.",
                             .trust = Trust::base_ref});
}

void
describe(EnvOptions& options, config::OptionTable& table)
{
  table.record_map(options.environments,
                   {.key = "environments",
                    .value = "ENTRY",
                    .help = "Environments by name, with what no schema can say of them; by default they are told from "
                            "the names of dotenv files.",
                    .trust = Trust::base_ref});
  table.list(options.exclude, {.key = "exclude",
                               .value = "GLOB",
                               .help = "Files that are not looked at; the report names them.",
                               .trust = Trust::base_ref});
  table.list(options.client_prefixes,
             {.key = "client-prefixes",
              .value = "PREFIX",
              .help = "Beginnings of names that a build hands to browsers, beside those of the known frameworks.",
              .trust = Trust::base_ref});
  table.list(options.ambient, {.key = "ambient",
                               .value = "NAME",
                               .help = "Variables, or globs of them, that the platform gives and nobody declares.",
                               .trust = Trust::base_ref});
  table.number(options.rotation, 0, 3650,
               {.key = "rotation",
                .value = "DAYS",
                .help = "Days after which a key that tells its age is due for another; 0: never.",
                .trust = Trust::base_ref});
  table.toggle(options.style,
               {.key = "style", .help = "Check how dotenv files are written, too: order, quotes, blanks."});
  table.list(options.stores,
             {.key = "store",
              .value = "ENVIRONMENT=FILE",
              .help = "What a platform's own tool lists of an environment's names, such as the output of `gh secret "
                      "list`.",
              .trust = Trust::base_ref});
  table.list(options.fingerprints, {.key = "fingerprints",
                                    .value = "FILE",
                                    .help = "Fingerprints of other environments, which `fingerprint` made there.",
                                    .trust = Trust::base_ref,
                                    .holds = config::Holds::place});
}

void
check(const EnvOptions& options, config::OptionChecks& checks)
{
  for (const auto& [name, setting] : options.environments) {
    refuse_places_outside(setting.files, name, checks);
  }
  for (std::size_t i = 0; i < options.client_prefixes.size(); ++i) {
    if (options.client_prefixes[i].empty()) {
      checks.refuse({"client-prefixes", i}, "is empty, and every name would begin with it");
    }
  }
  for (std::size_t i = 0; i < options.stores.size(); ++i) {
    const std::size_t equals = options.stores[i].find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == options.stores[i].size()) {
      checks.refuse({"store", i}, "is not an environment and a file, such as production=secrets.txt");
    }
  }
}

}  // namespace sluice::env
