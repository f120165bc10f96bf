<?php
// SPDX-License-Identifier: Apache-2.0
// Whether the constraint of composer/semver, the first of each pair on standard input, has the version behind the tab: y or
// n; ? where one is none.
require '/usr/share/php/Composer/Semver/autoload.php';

use Composer\Semver\Semver;

while (($line = fgets(STDIN)) !== false) {
    [$text, $version] = explode("\t", rtrim($line, "\n"));
    try {
        echo Semver::satisfies($version, $text) ? "y\n" : "n\n";
    } catch (UnexpectedValueException $e) {
        echo "?\n";
    }
}
