// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "actioncable actionmailbox actionmailer actionpack actiontext actionview active_model_serializers activeadmin "
    "activejob activemodel activerecord activerecord-import activestorage activesupport acts-as-taggable-on "
    "addressable administrate airbrake asciidoctor ast authlogic autoprefixer-rails awesome_print aws-eventstream "
    "aws-partitions aws-sdk aws-sdk-core aws-sdk-s3 aws-sigv4 axlsx base64 bcrypt bcrypt-ruby benchmark better_errors "
    "bigdecimal binding_of_caller bootsnap bootstrap bootstrap-sass brakeman bson bugsnag builder bullet bundler "
    "bundler-audit byebug cancan cancancan capistrano capistrano-bundler capistrano-rails capybara carrierwave chef "
    "cocoapods cocoon coderay coffee-rails colored colored2 colorize commander concurrent-ruby config connection_pool "
    "crass cucumber cucumber-rails curb dalli database_cleaner date debug delayed_job delayed_job_active_record devise "
    "devise_invitable diff-lcs doorkeeper dotenv dotenv-rails draper drb dry-monads dry-struct dry-types "
    "dry-validation elasticsearch em-websocket erubi erubis ethon eventmachine excon execjs factory_bot "
    "factory_bot_rails factory_girl factory_girl_rails faker faraday faraday-net_http faraday-retry faraday_middleware "
    "fastlane faye-websocket ffi figaro fog fog-aws fog-core font-awesome-rails foreman formtastic friendly_id "
    "geocoder gitlab globalid google-cloud-storage google-protobuf googleapis-common-protos grape graphql grpc guard "
    "guard-rspec haml haml-rails hashie highline hiredis honeybadger http http-2 http-cookie httparty httpclient i18n "
    "image_processing importmap-rails io-console irb jbuilder jekyll jquery-rails jquery-ui-rails json "
    "jsonapi-serializer jwt kaminari kaminari-core koala kramdown launchy letter_opener liquid listen logger lograge "
    "loofah mail marcel mechanize method_source middleman mime-types mime-types-data mini_magick mini_mime "
    "mini_portile2 minitest mocha money money-rails mongo mongoid msgpack multi_json multipart-post mutex_m mysql2 "
    "net-http-persistent net-imap net-pop net-protocol net-scp net-sftp net-smtp net-ssh newrelic_rpm nio4r nokogiri "
    "oauth oauth2 octokit oj omniauth omniauth-facebook omniauth-github omniauth-google-oauth2 omniauth-oauth2 "
    "optimist orm_adapter pagy paper_trail paperclip parallel paranoia parser passenger patron pdfkit poltergeist "
    "prawn pry pry-byebug pry-rails psych public_suffix puma pundit puppet racc rack rack-attack rack-cors "
    "rack-protection rack-session rack-test rails rails-dom-testing rails-html-sanitizer railties rainbow rake ransack "
    "rb-fsevent rb-inotify rdoc redcarpet redis redis-client redis-namespace redis-rails reek reline responders resque "
    "rest-client rexml rmagick rolify rollbar roo rouge rspec rspec-core rspec-expectations rspec-mocks rspec-rails "
    "rspec-support rubocop rubocop-ast rubocop-performance rubocop-rails rubocop-rspec ruby-lsp ruby-openai "
    "ruby-progressbar rubyzip sass-rails sassc sassc-rails savon scout_apm searchkick selenium-webdriver sentry-rails "
    "sentry-raven sentry-ruby sequel set shoulda shoulda-matchers shrine sidekiq simple_form simplecov simplecov-html "
    "sinatra skylight slack-notifier slim slim-rails slop solargraph spreadsheet spring spring-watcher-listen "
    "sprockets sprockets-rails sqlite3 sshkit standard stimulus-rails stringio stripe strscan test-unit thin thor "
    "thread_safe tilt timecop timeout tty-prompt turbo-rails turbolinks twilio-ruby twitter typhoeus tzinfo "
    "tzinfo-data uglifier unicode-display_width unicorn vagrant vcr virtus warden web-console webdrivers webmock "
    "webpacker webrick websocket-driver websocket-extensions wicked_pdf will_paginate xcodeproj xcpretty yajl-ruby "
    "yard zeitwerk zip-zip";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_rubygems = names;

}  // namespace sluice::deps
