// SPDX-License-Identifier: Apache-2.0
#include "deps/gradle_scope.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// Beginnings of configurations of tools: docs.gradle.org ("The Java Plugin", "Checkstyle", "JaCoCo", …), the Kotlin
/// Gradle plugin, KSP, detekt, ktlint, SpotBugs, Error Prone.
constexpr std::array tools = std::to_array<std::string_view>({"annotationprocessor",
                                                              "kapt",
                                                              "ksp",
                                                              "checkstyle",
                                                              "pmd",
                                                              "codenarc",
                                                              "jacoco",
                                                              "spotbugs",
                                                              "detekt",
                                                              "ktlint",
                                                              "errorprone",
                                                              "zinc",
                                                              "kotlincompiler",
                                                              "kotlinbuildtools",
                                                              "kotlinklib",
                                                              "kotlinnative",
                                                              "lint",
                                                              "protobuf",
                                                              "antlr",
                                                              "swiftexport",
                                                              "scalacompiler",
                                                              "scoverage",
                                                              "asciidoctor",
                                                              "dokka",
                                                              "nohttp",
                                                              "compileonly",
                                                              "_internal"});

bool
is_of_tests(std::string_view name, std::string_view lower)
{
  // "integrationTestRuntimeClasspath", "androidTestImplementation", but not "latestRuntime".
  return lower.starts_with("test") || name.find("Test") != std::string_view::npos || lower.starts_with("jmh")
         || lower.starts_with("developmentonly") || lower.starts_with("benchmark");
}

}  // namespace

Scope
gradle_scope(std::string_view configuration, bool locks_runtime)
{
  const std::string lower = to_lower(configuration);
  if (is_of_tests(configuration, lower)) {
    return Scope::dev;
  }
  const bool is_tool =
      std::any_of(tools.begin(), tools.end(), [&](std::string_view tool) { return lower.starts_with(tool); });
  if (is_tool || lower.find("annotationprocessor") != std::string::npos || lower.ends_with("compileonly")
      || lower.ends_with("compileonlyapi") || lower == "classpath") {
    return Scope::build;
  }
  return lower.ends_with("compileclasspath") && locks_runtime ? Scope::build : Scope::runtime;
}

}  // namespace sluice::deps
