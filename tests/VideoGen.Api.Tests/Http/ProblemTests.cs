using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Persistence.Redis;
using Orleans.Reminders.Redis;
using StackExchange.Redis;
using VideoGen.Grains.History;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Http;

public sealed class ProblemTests
{
    public static TheoryData<Exception> Outages() =>
    [
        new OperationCanceledException("Message expired before placement could complete for grain a-secret"),
        new TimeoutException("Response did not arrive on time in 00:00:30 for message: a-secret"),
        new RedisStorageException("a-secret"),
        new RedisRemindersException("a-secret"),
        new RedisConnectionException(ConnectionFailureType.UnableToConnect, "a-secret"),
        new OrleansException("a-secret"),
        new SiloUnavailableException("a-secret"),
        new HistoryUnavailableException(),
        new AggregateException(new InvalidOperationException("", new RedisTimeoutException("a-secret", CommandStatus.Sent))),
    ];

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public async Task An_unreachable_cluster_or_store_answers_503_with_Retry_After(Exception outage)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = outage;

        using var response = await api.Client.GetAsync("/generations");

        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("a-secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_on_a_full_disk_answers_507()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = new RedisStorageException("stuck");
        api.Disk.HasRoom = false;

        using var response = await api.Client.GetAsync("/generations");

        await response.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
    }

    [Fact]
    public async Task A_bug_answers_500_with_nothing_of_the_exception_and_is_logged()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = new InvalidOperationException("a-secret at /srv/data");

        using var response = await api.Client.GetAsync("/generations");

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        Assert.DoesNotContain("a-secret", problem.GetRawText(), StringComparison.Ordinal);
        var logged = Assert.Single(api.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("a-secret", logged.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/path")]
    [InlineData("/api")]
    [InlineData("/api/no/such/path")]
    public async Task An_unknown_path_answers_404(string path)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync(path);

        await response.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("DELETE", "/health", "GET, HEAD")]
    [InlineData("GET", "/generate-video", "POST")]
    [InlineData("PUT", "/api/generations", "GET, HEAD")]
    [InlineData("GET", "/upload-character", "POST")]
    public async Task A_wrong_method_answers_405_with_those_allowed(string method, string path, string allowed)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_error_of_the_server()
    {
        await using var api = await ApiHost.StartAsync();
        api.Intake.Hold = new TaskCompletionSource();
        using var patience = new CancellationTokenSource();
        var form = new MultipartFormDataContent { { new ByteArrayContent(Client.Picture), "character", "me.jpg" } };

        var upload = api.Client.PostAsync("/upload-character", form, patience.Token);
        await api.Intake.Entered.WaitAsync(TimeSpan.FromSeconds(60));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await api.Intake.Left.WaitAsync(TimeSpan.FromSeconds(60));
        await api.StopAsync();

        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task The_server_does_not_name_itself()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync("/health");

        Assert.Empty(response.Headers.Server);
    }
}
