// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "AWSSDK.Core AWSSDK.DynamoDBv2 AWSSDK.S3 AWSSDK.SQS AWSSDK.SecurityToken Accord AngleSharp Antlr "
    "Antlr4.Runtime.Standard App.Metrics Ardalis.GuardClauses Ardalis.Specification Asp.Versioning.Mvc "
    "Asp.Versioning.Mvc.ApiExplorer AutoFixture AutoFixture.AutoMoq AutoFixture.Xunit2 AutoMapper "
    "AutoMapper.Extensions.Microsoft.DependencyInjection Autofac Autofac.Extensions.DependencyInjection Avalonia "
    "Azure.Core Azure.Identity Azure.Messaging.ServiceBus Azure.Security.KeyVault.Secrets Azure.Storage.Blobs "
    "Azure.Storage.Common BCrypt.Net-Next BenchmarkDotNet Blazored.LocalStorage Bogus BouncyCastle "
    "BouncyCastle.Cryptography CSharpFunctionalExtensions CassandraCSharpDriver Castle.Core ClosedXML Colorful.Console "
    "CommandLineParser Common.Logging CommonServiceLocator CommunityToolkit.Maui CommunityToolkit.Mvvm Confluent.Kafka "
    "Costura.Fody CsvHelper DSharpPlus Dapper Dapper.Contrib DbUp Discord.Net DocumentFormat.OpenXml DotLiquid "
    "DotNetSeleniumExtras.WaitHelpers DotNetZip EFCore.BulkExtensions EPPlus EasyNetQ Elasticsearch.Net Emgu.CV "
    "EntityFramework Esprima ExcelDataReader FakeItEasy FirebaseAdmin FluentAssertions FluentFTP FluentMigrator "
    "FluentValidation FluentValidation.AspNetCore FluentValidation.DependencyInjectionExtensions Flurl Flurl.Http Fody "
    "FontAwesome GitVersion.MsBuild Google.Api.Gax Google.Apis Google.Apis.Auth Google.Apis.Core "
    "Google.Cloud.Storage.V1 Google.Protobuf GraphQL Grpc.AspNetCore Grpc.Core Grpc.Core.Api Grpc.Net.Client "
    "Grpc.Tools Handlebars.Net Hangfire Hangfire.AspNetCore Hangfire.Core Hangfire.SqlServer HarfBuzzSharp "
    "HotChocolate.AspNetCore HtmlAgilityPack Humanizer Humanizer.Core IdentityModel IdentityServer4 Irony Jint "
    "K4os.Compression.LZ4 Lamar LanguageExt.Core LibGit2Sharp LiteDB MSTest.TestAdapter MSTest.TestFramework "
    "Magick.NET-Q16-AnyCPU MahApps.Metro MailKit Mapster Markdig MassTransit MassTransit.RabbitMQ MaterialDesignThemes "
    "MathNet.Numerics McMaster.Extensions.CommandLineUtils MediatR MediatR.Extensions.Microsoft.DependencyInjection "
    "MessagePack MessagePack.Annotations Microsoft.AspNetCore.OpenApi Microsoft.CSharp Microsoft.Data.SqlClient "
    "Microsoft.Data.Sqlite Microsoft.EntityFrameworkCore Microsoft.EntityFrameworkCore.SqlServer "
    "Microsoft.Extensions.Configuration Microsoft.Extensions.DependencyInjection Microsoft.Extensions.Http "
    "Microsoft.Extensions.Logging Microsoft.Extensions.Options Microsoft.IdentityModel.Tokens Microsoft.NET.Test.Sdk "
    "MimeKit MinVer MiniProfiler.AspNetCore Modernizr MongoDB.Bson MongoDB.Driver MongoDB.Driver.Core Moq MoreLinq "
    "MudBlazor MvvmLightLibs MySql.Data MySqlConnector NAudio NBitcoin NEST NHibernate NLog NLog.Extensions.Logging "
    "NLog.Web.AspNetCore NPOI NServiceBus NSubstitute NSwag.AspNetCore NSwag.MSBuild NUnit NUnit.ConsoleRunner "
    "NUnit3TestAdapter Nerdbank.GitVersioning NetTopologySuite Nethereum.Web3 Newtonsoft.Json Newtonsoft.Json.Bson "
    "Ninject Nito.AsyncEx Nito.AsyncEx.Coordination NodaTime Npgsql Npgsql.EntityFrameworkCore.PostgreSQL NuGet.Common "
    "NuGet.Frameworks NuGet.Packaging NuGet.Protocol NuGet.Versioning Ocelot Octokit OneOf OpenCvSharp4 OpenIddict "
    "OpenTelemetry OpenTelemetry.Api OpenTelemetry.Exporter.OpenTelemetryProtocol OpenTelemetry.Extensions.Hosting "
    "OpenTelemetry.Instrumentation.AspNetCore OpenTelemetry.Instrumentation.Http Optional Oracle.ManagedDataAccess "
    "Oracle.ManagedDataAccess.Core Owin PDFsharp-MigraDoc PdfSharp Pidgin Polly Polly.Core Polly.Extensions "
    "Polly.Extensions.Http Pomelo.EntityFrameworkCore.MySql Portable.BouncyCastle Prism.Core Prism.Wpf "
    "PropertyChanged.Fody PuppeteerSharp QRCoder Quartz Quartz.Extensions.Hosting QuestPDF RabbitMQ.Client "
    "Radzen.Blazor RavenDB.Client RazorEngine RazorLight ReactiveUI Rebus Refit Refit.HttpClientFactory "
    "ReportGenerator RestSharp RichardSzalay.MockHttp Roslynator.Analyzers Rx-Main SQLitePCLRaw.bundle_e_sqlite3 "
    "SQLitePCLRaw.bundle_green SQLitePCLRaw.core SSH.NET Scalar.AspNetCore Scriban Scrutor Selenium.Support "
    "Selenium.WebDriver Selenium.WebDriver.ChromeDriver Selenium.WebDriver.GeckoDriver SendGrid Sentry "
    "Sentry.AspNetCore Serilog Serilog.AspNetCore Serilog.Enrichers.Environment Serilog.Enrichers.Thread "
    "Serilog.Extensions.Hosting Serilog.Extensions.Logging Serilog.Formatting.Compact Serilog.Settings.Configuration "
    "Serilog.Sinks.Console Serilog.Sinks.Debug Serilog.Sinks.File Serilog.Sinks.PeriodicBatching Serilog.Sinks.Seq "
    "ServiceStack.Redis SharpCompress SharpZipLib Shouldly SignalR SimpleInjector SixLabors.Fonts SixLabors.ImageSharp "
    "SkiaSharp SkiaSharp.HarfBuzz Slack.Webhooks Sodium.Core SonarAnalyzer.CSharp SpecFlow Spectre.Console "
    "Spectre.Console.Cli Sprache StackExchange.Exceptional StackExchange.Redis Stripe.net StructureMap "
    "StyleCop.Analyzers Superpower Swashbuckle.AspNetCore Swashbuckle.AspNetCore.Annotations "
    "Swashbuckle.AspNetCore.Filters Swashbuckle.AspNetCore.Swagger Swashbuckle.AspNetCore.SwaggerGen "
    "Swashbuckle.AspNetCore.SwaggerUI System.Data.SqlClient System.Drawing.Common System.IdentityModel.Tokens.Jwt "
    "System.Memory System.Net.Http System.Text.Json Telegram.Bot TensorFlow.NET TimeZoneConverter Tomlyn Twilio Unity "
    "Verify.Xunit WebGrease WebSocketSharp WindowsAzure.Storage WireMock.Net Xamarin.Essentials Xamarin.Forms "
    "YamlDotNet Yarp.ReverseProxy ZXing.Net ZstdSharp.Port angularjs bootstrap coverlet.collector coverlet.msbuild "
    "iTextSharp itext7 jQuery jQuery.Validation jose-jwt knockoutjs linq2db log4net popper.js prometheus-net "
    "prometheus-net.AspNetCore protobuf-net protobuf-net.Core sqlite-net-pcl xunit xunit.abstractions xunit.analyzers "
    "xunit.assert xunit.core xunit.extensibility.core xunit.runner.visualstudio";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_nuget = names;

}  // namespace sluice::deps
