// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "cloud.google.com/go cloud.google.com/go/storage entgo.io/ent github.com/360EntSecGroup-Skylar/excelize "
    "github.com/99designs/gqlgen github.com/Azure/azure-sdk-for-go github.com/Azure/go-autorest "
    "github.com/BurntSushi/toml github.com/DATA-DOG/go-sqlmock github.com/DataDog/datadog-go github.com/IBM/sarama "
    "github.com/Masterminds/semver github.com/Masterminds/sprig github.com/Masterminds/squirrel "
    "github.com/PuerkitoBio/goquery github.com/Shopify/sarama github.com/alecthomas/kong github.com/allegro/bigcache "
    "github.com/asaskevich/govalidator github.com/avast/retry-go github.com/aws/aws-lambda-go "
    "github.com/aws/aws-sdk-go github.com/aws/smithy-go github.com/beorn7/perks github.com/bmatcuk/doublestar "
    "github.com/boltdb/bolt github.com/btcsuite/btcd github.com/buger/jsonparser github.com/bwmarrin/discordgo "
    "github.com/casbin/casbin github.com/cenkalti/backoff github.com/cespare/xxhash github.com/charmbracelet/bubbletea "
    "github.com/charmbracelet/lipgloss github.com/cockroachdb/errors github.com/cockroachdb/pebble "
    "github.com/containerd/containerd github.com/coreos/go-oidc github.com/cosmos/cosmos-sdk "
    "github.com/cpuguy83/go-md2man github.com/creack/pty github.com/davecgh/go-spew github.com/dgraph-io/badger "
    "github.com/dgraph-io/ristretto github.com/dgrijalva/jwt-go github.com/disintegration/imaging "
    "github.com/docker/distribution github.com/docker/docker github.com/docker/go-units github.com/dustin/go-humanize "
    "github.com/eclipse/paho.mqtt.golang github.com/elastic/go-elasticsearch github.com/ethereum/go-ethereum "
    "github.com/evanphx/json-patch github.com/fatih/color github.com/fatih/structs github.com/fsnotify/fsnotify "
    "github.com/getsentry/sentry-go github.com/gin-gonic/gin github.com/go-chi/chi github.com/go-git/go-git "
    "github.com/go-gorp/gorp github.com/go-kit/kit github.com/go-logr/logr github.com/go-openapi/spec "
    "github.com/go-openapi/swag github.com/go-playground/validator github.com/go-redis/redis github.com/go-resty/resty "
    "github.com/go-sql-driver/mysql github.com/go-yaml/yaml github.com/gobwas/glob github.com/goccy/go-json "
    "github.com/gocolly/colly github.com/gofiber/fiber github.com/gofrs/uuid github.com/gogo/protobuf "
    "github.com/golang-jwt/jwt github.com/golang-migrate/migrate github.com/golang/glog github.com/golang/mock "
    "github.com/golang/protobuf github.com/golang/snappy github.com/gomodule/redigo github.com/google/go-cmp "
    "github.com/google/go-github github.com/google/gofuzz github.com/google/uuid github.com/google/wire "
    "github.com/gorilla/handlers github.com/gorilla/mux github.com/gorilla/sessions github.com/gorilla/websocket "
    "github.com/graphql-go/graphql github.com/grpc-ecosystem/go-grpc-middleware github.com/grpc-ecosystem/grpc-gateway "
    "github.com/h2non/gock github.com/hajimehoshi/ebiten github.com/hashicorp/consul "
    "github.com/hashicorp/go-multierror github.com/hashicorp/go-retryablehttp github.com/hashicorp/go-version "
    "github.com/hashicorp/golang-lru github.com/hashicorp/hcl github.com/hashicorp/terraform-plugin-sdk "
    "github.com/hashicorp/vault github.com/imdario/mergo github.com/inconshreveable/mousetrap "
    "github.com/influxdata/influxdb github.com/jackc/pgx github.com/jarcoal/httpmock github.com/jinzhu/gorm "
    "github.com/jinzhu/inflection github.com/jmoiron/sqlx github.com/joho/godotenv github.com/json-iterator/go "
    "github.com/julienschmidt/httprouter github.com/jung-kurt/gofpdf github.com/kelseyhightower/envconfig "
    "github.com/klauspost/compress github.com/kr/pretty github.com/kr/text github.com/labstack/echo github.com/lib/pq "
    "github.com/libp2p/go-libp2p github.com/magiconair/properties github.com/mailru/easyjson "
    "github.com/manifoldco/promptui github.com/mattn/go-colorable github.com/mattn/go-isatty "
    "github.com/mattn/go-runewidth github.com/mattn/go-sqlite3 github.com/microcosm-cc/bluemonday github.com/miekg/dns "
    "github.com/minio/minio-go github.com/mitchellh/copystructure github.com/mitchellh/go-homedir "
    "github.com/mitchellh/mapstructure github.com/moby/moby github.com/modern-go/concurrent "
    "github.com/modern-go/reflect2 github.com/nats-io/nats.go github.com/nicksnyder/go-i18n github.com/oklog/ulid "
    "github.com/olekukonko/tablewriter github.com/olivere/elastic github.com/onsi/ginkgo github.com/onsi/gomega "
    "github.com/open-policy-agent/opa github.com/opencontainers/image-spec github.com/opentracing/opentracing-go "
    "github.com/openzipkin/zipkin-go github.com/panjf2000/ants github.com/patrickmn/go-cache "
    "github.com/pelletier/go-toml github.com/pierrec/lz4 github.com/pion/webrtc github.com/pkg/errors "
    "github.com/pmezard/go-difflib github.com/prometheus/client_golang github.com/prometheus/common "
    "github.com/prometheus/procfs github.com/quic-go/quic-go github.com/rabbitmq/amqp091-go github.com/redis/go-redis "
    "github.com/robfig/cron github.com/rogpeppe/go-internal github.com/rs/cors github.com/rs/xid github.com/rs/zerolog "
    "github.com/russross/blackfriday github.com/samber/lo github.com/satori/go.uuid github.com/segmentio/kafka-go "
    "github.com/sergi/go-diff github.com/shirou/gopsutil github.com/shopspring/decimal github.com/sirupsen/logrus "
    "github.com/slack-go/slack github.com/smartystreets/goconvey github.com/sony/gobreaker github.com/spf13/afero "
    "github.com/spf13/cast github.com/spf13/cobra github.com/spf13/pflag github.com/spf13/viper "
    "github.com/streadway/amqp github.com/stretchr/objx github.com/stretchr/testify github.com/stripe/stripe-go "
    "github.com/subosito/gotenv github.com/swaggo/files github.com/swaggo/gin-swagger github.com/swaggo/swag "
    "github.com/syndtr/goleveldb github.com/tidwall/gjson github.com/tidwall/sjson github.com/uber-go/zap "
    "github.com/uber/jaeger-client-go github.com/uptrace/bun github.com/urfave/cli github.com/valyala/fasthttp "
    "github.com/valyala/fastjson github.com/vektra/mockery github.com/volatiletech/sqlboiler "
    "github.com/xeipuuv/gojsonschema github.com/xuri/excelize github.com/yuin/goldmark go.etcd.io/bbolt "
    "go.etcd.io/etcd/client go.mongodb.org/mongo-driver go.opencensus.io go.opentelemetry.io/otel go.uber.org/atomic "
    "go.uber.org/fx go.uber.org/multierr go.uber.org/zap golang.org/x/crypto golang.org/x/exp golang.org/x/image "
    "golang.org/x/mod golang.org/x/net golang.org/x/oauth2 golang.org/x/sync golang.org/x/sys golang.org/x/term "
    "golang.org/x/text golang.org/x/time golang.org/x/tools google.golang.org/api google.golang.org/appengine "
    "google.golang.org/genproto google.golang.org/grpc google.golang.org/protobuf gopkg.in/check gopkg.in/inf "
    "gopkg.in/ini gopkg.in/natefinch/lumberjack gopkg.in/square/go-jose gopkg.in/tomb gopkg.in/yaml "
    "gorm.io/driver/mysql gorm.io/driver/postgres gorm.io/gorm gotest.tools honnef.co/go/tools k8s.io/api "
    "k8s.io/apimachinery k8s.io/client-go k8s.io/klog k8s.io/utils modernc.org/sqlite sigs.k8s.io/controller-runtime "
    "sigs.k8s.io/yaml";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_go = names;

}  // namespace sluice::deps
