<?php
// SPDX-License-Identifier: Apache-2.0
// composer/semver's order of each pair on standard input; ? where one is no version or there is no order.
require '/usr/share/php/Composer/Semver/autoload.php';

use Composer\Semver\Constraint\Constraint;
use Composer\Semver\VersionParser;

$parser = new VersionParser();
while (($line = fgets(STDIN)) !== false) {
    try {
        [$a, $b] = array_map([$parser, 'normalize'], explode("\t", rtrim($line, "\n")));
        $constraint = new Constraint('==', $a);
        $answer = '?';
        foreach (['<' => '<', '==' => '=', '>' => '>'] as $operator => $sign) {
            if ($constraint->versionCompare($a, $b, $operator)) {
                $answer = $sign;
            }
        }
        echo $answer, "\n";
    } catch (UnexpectedValueException $e) {
        echo "?\n";
    }
}
