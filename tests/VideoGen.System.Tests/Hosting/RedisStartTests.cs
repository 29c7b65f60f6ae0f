using VideoGen.Testing;

namespace VideoGen.SystemTests.Hosting;

/// <summary>What the built programs say of their Redis when they start.</summary>
public sealed class RedisStartTests : IDisposable
{
    private const string Secret = "hunter2,and:more";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("VideoGen.Silo", ",password=hunter3")]
    [InlineData("VideoGen.Silo", "")]
    [InlineData("VideoGen.Api", ",password=hunter3")]
    public async Task A_password_that_Redis_refuses_ends_the_start_with_one_sentence(string program, string credential)
    {
        await using var redis = new RedisServer(password: Secret);
        await redis.StartAsync();
        using var process = Start(program, redis.ConnectionString + credential);

        Assert.Equal(1, await process.ExitAsync(Patience));
        Assert.StartsWith($"Redis at {redis.ConnectionString} rejected the user or password", process.Errors,
            StringComparison.Ordinal);
        Assert.Single(process.Errors.Trim().Split('\n'));
        Assert.DoesNotContain("hunter", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_a_managed_Redis_is_taken_as_it_is_and_its_password_is_never_written()
    {
        await using var redis = new RedisServer(password: Secret);
        await redis.StartAsync();
        using var silo = Start("VideoGen.Silo", $"redis://:{Uri.EscapeDataString(Secret)}@{redis.ConnectionString}/0",
            ("Logging__LogLevel__Default", "Trace"));

        await SaysAsync(silo, "has joined its cluster");
        await silo.KillAsync();

        Assert.DoesNotContain("hunter", silo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_Redis_that_is_away_is_never_written()
    {
        using var silo = Start("VideoGen.Silo", $"redis://:{Uri.EscapeDataString(Secret)}@127.0.0.1:{FreePorts.Take()}");

        await SaysAsync(silo, "Waiting for Redis at 127.0.0.1:");
        await silo.KillAsync();

        Assert.DoesNotContain("hunter", silo.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VideoGen.Silo", "127.0.0.1:1,password=ab,hunter2")]
    [InlineData("VideoGen.Api", "127.0.0.1:1,password=ab,hunter2=c")]
    [InlineData("VideoGen.Silo", "redis://:hunter2@127.0.0.1:1/first")]
    [InlineData("VideoGen.Silo", "password=hunter2")]
    public async Task An_address_that_cannot_be_read_is_not_quoted(string program, string address)
    {
        using var process = Start(program, address);

        Assert.Equal(1, await process.ExitAsync(Patience));
        Assert.StartsWith("ConnectionStrings__redis ", process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VideoGen.Silo")]
    [InlineData("VideoGen.Api")]
    public async Task A_Sentinel_that_is_not_there_ends_the_start_with_one_sentence(string program)
    {
        var port = FreePorts.Take();
        using var process = Start(program, $"127.0.0.1:{port},serviceName=mymaster");

        Assert.Equal(1, await process.ExitAsync(Patience));
        Assert.StartsWith($"No Sentinel at 127.0.0.1:{port} knows the primary mymaster.", process.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_forgets_is_warned_of()
    {
        await using var redis = new RedisServer(settings: ["--maxmemory-policy", "allkeys-lru", "--appendonly", "no"]);
        await redis.StartAsync();
        using var silo = Start("VideoGen.Silo", redis.ConnectionString);

        await SaysAsync(silo, "has maxmemory-policy allkeys-lru: when its memory is full, it drops accepted generations");
        await SaysAsync(silo, "has appendonly no: a restart loses the generations accepted since its last snapshot");
        await silo.KillAsync();
    }

    [Fact]
    public async Task A_Redis_that_does_not_say_how_it_is_set_is_used_and_said_to_be_unchecked()
    {
        await using var redis = new RedisServer(settings: ["--rename-command", "CONFIG", "", "--rename-command", "INFO", ""]);
        await redis.StartAsync();
        using var silo = Start("VideoGen.Silo", redis.ConnectionString);

        await SaysAsync(silo, $"Could not check the durability settings of Redis at {redis.ConnectionString}");
        await SaysAsync(silo, "has joined its cluster");
        await silo.KillAsync();
    }

    [Fact]
    public async Task A_Redis_that_is_set_right_is_not_mentioned()
    {
        await using var redis = new RedisServer(settings: ["--rename-command", "CONFIG", ""]);    // as many managed ones
        await redis.StartAsync();
        using var silo = Start("VideoGen.Silo", redis.ConnectionString);

        await SaysAsync(silo, "has joined its cluster");
        await silo.KillAsync();

        Assert.DoesNotContain("maxmemory-policy", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("appendonly", silo.Log, StringComparison.Ordinal);
    }

    private static Task<string> SaysAsync(ProductProcess process, string text) => Eventually.GetAsync(
        () => Task.FromResult(process.Log),
        log => process.HasExited ? throw new InvalidOperationException(log) : log.Contains(text, StringComparison.Ordinal),
        log => $"It did not say \"{text}\" but:\n{log}");

    private ProductProcess Start(string program, string redis, params (string Name, string Value)[] settings) =>
        ProductProcess.Start(program, ["--urls", "http://127.0.0.1:0"],
        [
            ("VideoGen__DataDirectory", _data.Path),
            ("ConnectionStrings__redis", redis),
            ("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
            ("Orleans__Endpoints__SiloPort", $"{FreePorts.Take()}"),
            ("Orleans__Endpoints__GatewayPort", $"{FreePorts.Take()}"),
            .. settings,
        ]);
}
