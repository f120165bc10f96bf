// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "amphp/amp api-platform/core aws/aws-sdk-php bacon/bacon-qr-code barryvdh/laravel-debugbar barryvdh/laravel-dompdf "
    "barryvdh/laravel-ide-helper behat/behat brick/math cakephp/cakephp cboden/ratchet codeception/codeception "
    "codeigniter4/framework composer/ca-bundle composer/composer composer/installers composer/pcre composer/semver "
    "composer/xdebug-handler darkaonline/l5-swagger defuse/php-encryption doctrine/annotations doctrine/cache "
    "doctrine/collections doctrine/dbal doctrine/doctrine-bundle doctrine/event-manager doctrine/inflector "
    "doctrine/instantiator doctrine/lexer doctrine/migrations doctrine/orm doctrine/persistence dompdf/dompdf "
    "dragonmantank/cron-expression drupal/core drupal/core-recommended drush/drush easycorp/easyadmin-bundle "
    "egulias/email-validator elasticsearch/elasticsearch endroid/qr-code erusev/parsedown ezyang/htmlpurifier "
    "fakerphp/faker filament/filament filp/whoops firebase/php-jwt friendsofphp/php-cs-fixer fruitcake/laravel-cors "
    "fruitcake/php-cors fzaninotto/faker giggsey/libphonenumber-for-php google/apiclient google/auth "
    "google/cloud-storage graham-campbell/result-type guzzlehttp/guzzle guzzlehttp/promises guzzlehttp/psr7 "
    "hamcrest/hamcrest-php hashids/hashids illuminate/collections illuminate/contracts illuminate/database "
    "illuminate/support inertiajs/inertia-laravel intervention/image jms/serializer knplabs/knp-menu "
    "knplabs/knp-snappy laminas/laminas-diactoros laminas/laminas-mvc larastan/larastan laravel/breeze "
    "laravel/framework laravel/horizon laravel/jetstream laravel/passport laravel/pint laravel/sail laravel/sanctum "
    "laravel/serializable-closure laravel/socialite laravel/telescope laravel/tinker laravel/ui lcobucci/jwt "
    "league/commonmark league/container league/csv league/flysystem league/fractal league/mime-type-detection "
    "league/oauth2-client league/oauth2-server league/uri lexik/jwt-authentication-bundle livewire/livewire "
    "maatwebsite/excel magento/framework masterminds/html5 michelf/php-markdown mobiledetect/mobiledetectlib "
    "mockery/mockery moneyphp/money mongodb/mongodb monolog/monolog mpdf/mpdf mustache/mustache myclabs/deep-copy "
    "nelmio/cors-bundle nesbot/carbon nikic/fast-route nikic/php-parser nunomaduro/collision nunomaduro/larastan "
    "nyholm/psr7 opis/closure paragonie/random_compat paragonie/sodium_compat pestphp/pest phar-io/manifest "
    "phar-io/version php-amqplib/php-amqplib php-http/discovery php-http/httplug phpmailer/phpmailer "
    "phpoffice/phpspreadsheet phpoffice/phpword phpoption/phpoption phpseclib/phpseclib phpspec/prophecy "
    "phpstan/phpstan phpunit/php-code-coverage phpunit/php-timer phpunit/phpunit predis/predis psr/cache psr/container "
    "psr/event-dispatcher psr/http-client psr/http-factory psr/http-message psr/log psr/simple-cache psy/psysh "
    "ramsey/collection ramsey/uuid react/event-loop react/promise rector/rector sebastian/comparator sebastian/diff "
    "sebastian/exporter sentry/sentry sentry/sentry-laravel setasign/fpdi shopware/core slim/psr7 slim/slim "
    "smarty/smarty sonata-project/admin-bundle spatie/ignition spatie/laravel-activitylog spatie/laravel-backup "
    "spatie/laravel-ignition spatie/laravel-medialibrary spatie/laravel-permission squizlabs/php_codesniffer "
    "stripe/stripe-php swiftmailer/swiftmailer symfony/cache symfony/console symfony/dependency-injection "
    "symfony/deprecation-contracts symfony/event-dispatcher symfony/finder symfony/flex symfony/framework-bundle "
    "symfony/http-client symfony/http-foundation symfony/http-kernel symfony/mailer symfony/polyfill-mbstring "
    "symfony/polyfill-php80 symfony/process symfony/routing symfony/security-bundle symfony/symfony "
    "symfony/translation symfony/twig-bundle symfony/validator symfony/var-dumper symfony/yaml tecnickcom/tcpdf "
    "theseer/tokenizer tijsverkoyen/css-to-inline-styles twig/twig twilio/sdk tymon/jwt-auth vimeo/psalm "
    "vlucas/phpdotenv voku/portable-ascii webmozart/assert wp-cli/wp-cli yajra/laravel-datatables-oracle yiisoft/yii2 "
    "zircote/swagger-php";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_packagist = names;

}  // namespace sluice::deps
