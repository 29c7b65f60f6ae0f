using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Media;
using VideoGen.Silo.Media.S3;
using VideoGen.Silo.Tests.Backends;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Media;

/// <summary>Which store the settings choose, and how a start fails that cannot use it.</summary>
[Trait("Starts", "processes")]
public sealed class S3StartTests(SharedS3Server shared) : IClassFixture<SharedS3Server>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Without_a_setting_media_are_files()
    {
        using var host = Compose();

        await host.StartAsync();

        Assert.IsType<FileMediaStore>(host.Services.GetRequiredService<IMediaStore>());
    }

    [Fact]
    public async Task A_bucket_that_can_be_used_starts_leaves_no_trace_there_and_watches_the_scratch_disk()
    {
        using var host = Compose(Bucket());

        await host.StartAsync();

        Assert.IsType<S3MediaStore>(host.Services.GetRequiredService<IMediaStore>());
        Assert.False(await host.Services.GetRequiredService<S3Bucket>().FindAsync("probe", default) is not null);
        Assert.True(host.Services.GetRequiredService<IStorageHeadroom>().HasRoom);
    }

    [Theory]
    [InlineData("Bucket", "elsewhere", "There is no bucket \"elsewhere\"")]
    [InlineData("AccessKey", "somebody", "rejected the access key")]
    public async Task A_bucket_that_can_not_be_used_stops_the_start_with_a_sentence(string setting, string value, string sentence)
    {
        using var host = Compose(Bucket((setting, value)));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync());

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_stops_the_start_with_a_sentence_that_does_not_repeat_it()
    {
        await using var server = new RawServer();
        const string quoted = "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>AWS4 of this</StringToSign></Error>";
        server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 403 Forbidden\r\nContent-Length: {quoted.Length}\r\n\r\n{quoted}");
        using var host = Compose(Bucket(("ServiceUrl", server.Url), ("SecretKey", "a wrong secret")));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync());

        Assert.Contains(
            "rejected the access key for the bucket (SignatureDoesNotMatch)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AWS4", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_only_read_stops_the_start_with_a_sentence()
    {
        await using var server = new RawServer();
        const string denied = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
        server.Answer = request => Task.FromResult<string?>(request.Split(' ')[0] switch
        {
            "GET" => RawServer.Ok("<ListBucketResult/>").Replace("application/json", "application/xml", StringComparison.Ordinal),
            "HEAD" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            _ => $"HTTP/1.1 403 Forbidden\r\nContent-Length: {denied.Length}\r\n\r\n{denied}",
        });
        using var host = Compose(Bucket(("ServiceUrl", server.Url)));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync());

        Assert.Contains("may not write in the bucket \"videogen\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_stops_the_start_with_a_sentence()
    {
        var server = new RawServer();
        await server.DisposeAsync();
        using var host = Compose(Bucket(("ServiceUrl", server.Url)));

        var refusal = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync());

        Assert.Contains($"{server.Url} is unreachable", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bucket", "", "Bucket")]
    [InlineData("SecretKey", "", "SecretKey")]
    [InlineData("ServiceUrl", "localhost:9000", "ServiceUrl")]
    [InlineData("Prefix", "with space", "Prefix")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string named)
    {
        using var host = Compose(Bucket((setting, value)));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("VideoGen:Media:S3:" + named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_store_than_these_two_is_refused()
    {
        var refusal = Assert.Throws<StartupException>(() => Compose(("VideoGen:Media:Store", "floppy")));

        Assert.Contains("files or s3", refusal.Message, StringComparison.Ordinal);
    }

    private (string, string)[] Bucket(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] settings =
        [
            ("ServiceUrl", shared.Server.Url), ("Bucket", S3Server.Bucket), ("AccessKey", S3Server.AccessKey),
            ("SecretKey", S3Server.SecretKey), ("Prefix", Guid.NewGuid().ToString("N")), .. more,
        ];
        return
        [
            ("VideoGen:Media:Store", "s3"), .. settings.Select(setting => ("VideoGen:Media:S3:" + setting.Name, setting.Value)),
        ];
    }

    private IHost Compose(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["VideoGen:DataDirectory"] = _directory.Path;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddMedia();
        return builder.Build();
    }
}
