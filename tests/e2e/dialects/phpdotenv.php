<?php
// SPDX-License-Identifier: Apache-2.0
// As javascript.js, for phpdotenv, whose autoload file the first argument names. A key without a value has null.
require $argv[1];

$answers = [];
$directory = sys_get_temp_dir();
foreach (json_decode(stream_get_contents(STDIN)) as [$text, $environment]) {
    $file = tempnam($directory, 'env');
    file_put_contents($file, base64_decode($text));
    try {
        $answer = new stdClass();
        foreach (Dotenv\Dotenv::createArrayBacked($directory, basename($file))->load() as $key => $value) {
            $answer->{$key} = $value === null ? null : base64_encode($value);
        }
        $answers[] = $answer;
    } catch (Dotenv\Exception\ExceptionInterface $refused) {
        $answers[] = null;
    } finally {
        unlink($file);
    }
}
echo json_encode($answers);
