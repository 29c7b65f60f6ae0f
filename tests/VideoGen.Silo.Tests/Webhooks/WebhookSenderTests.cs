using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;
using VideoGen.Silo.Tests.Backends;
using VideoGen.Silo.Tests.Backends.HuggingFace;
using VideoGen.Silo.Webhooks;

namespace VideoGen.Silo.Tests.Webhooks;

/// <summary>The real client against a socket of this machine.</summary>
public sealed class WebhookSenderTests : IAsyncDisposable
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";
    private const string Old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string New = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private static readonly WebhookEvent Film = new(
        6, GenerationStatus.Completed, new DateTimeOffset(2026, 11, 24, 13, 0, 0, 5, TimeSpan.FromHours(1)), 1, IsPreview: true,
        new FinishedVideo("o.mp4", "o.jpg", 5, 768, 768, 9));

    private readonly RawServer _server = new();
    private readonly CapturedLogs _logs = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private ServiceProvider? _services;

    private string Url => _server.Url + "/hooks?token=t0psecret";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        _logs.Dispose();
    }

    [Theory]
    [InlineData(GenerationStatus.Completed, "video.completed")]
    [InlineData(GenerationStatus.Failed, "video.failed")]
    [InlineData(GenerationStatus.Canceled, "video.failed")]
    public void An_order_of_the_OpenAI_dialect_is_told_in_its_form(GenerationStatus status, string type) => Assert.Equal(
        "{\"id\":\"evt_01994fd6b0f37c5aa8b2c1d4e5f60718_6\",\"object\":\"event\",\"created_at\":1795521600,\"type\":\"" + type
        + "\",\"data\":{\"id\":\"video_01994fd6b0f37c5aa8b2c1d4e5f60718\"}}",
        Encoding.UTF8.GetString(WebhookBody.Of(Id, Film with { Status = status, Form = WebhookForm.OpenAi })));

    [Theory]
    [InlineData("", Old)]
    [InlineData("", New)]
    [InlineData("acme", New)]
    public async Task Each_secret_of_the_owner_signs_as_a_library_for_it_does(string owner, string secret)
    {
        _server.Answer = _ => Task.FromResult<string?>("HTTP/1.1 204 No Content\r\n\r\n");

        var reply = await SendAsync(owner: owner);

        Assert.True(reply.IsSuccess);
        var request = _server.Requests.Single().Text.Split("\r\n\r\n");
        var headers = request[0].Split("\r\n").Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);

        Assert.StartsWith("POST /hooks?token=t0psecret HTTP/1.1", request[0], StringComparison.Ordinal);
        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.Equal("msg_01994fd6b0f37c5aa8b2c1d4e5f60718_6", headers["webhook-id"]);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), headers["webhook-timestamp"]);
        var signature = new StandardWebhooks.StandardWebhook(secret).Sign(headers["webhook-id"], _time.GetUtcNow(), request[1]);
        Assert.Contains(signature, headers["webhook-signature"].Split(' '));
    }

    [Fact]
    public async Task It_tells_which_generation_ended_how_and_where_the_film_is()
    {
        _server.Answer = _ => Task.FromResult<string?>("HTTP/1.1 204 No Content\r\n\r\n");

        await SendAsync();

        Assert.Equal(
            $$$"""
            {"type":"generation.completed","timestamp":"2026-11-24T12:00:00.005Z","data":{"id":"{{{Id}}}","status":"completed","version":6,
            "attempt":1,"preview":true,"videoUrl":"/videos/o.mp4","posterUrl":"/videos/o.jpg","film":{"durationSeconds":5,"width":768,
            "height":768,"bytes":9},"error":null,"cancellation":null}}
            """.ReplaceLineEndings(""),
            _server.Requests.Single().Text.Split("\r\n\r\n")[1]);
    }

    [Fact]
    public void A_failure_tells_why_and_nothing_of_the_provider()
    {
        var failed = new WebhookEvent(4, GenerationStatus.Failed, Film.At, 2, IsPreview: false,
            Error: new GenerationError("job_lost", "Retry.", true, "fal-ai", 404, "req-1"));

        var data = JsonDocument.Parse(WebhookBody.Of(Id, failed)).RootElement.GetProperty("data");

        Assert.Equal("""{"code":"job_lost","message":"Retry.","retryable":true}""", data.GetProperty("error").GetRawText());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("videoUrl").ValueKind);
    }

    [Fact]
    public async Task A_redirect_is_no_success_and_is_not_followed()
    {
        await using var inner = new RawServer();
        _server.Answer = _ =>
            Task.FromResult<string?>($"HTTP/1.1 307 Moved\r\nLocation: {inner.Url}/\r\nContent-Length: 0\r\n\r\n");

        var reply = await SendAsync();

        Assert.Equal((307, false), (reply.Status, reply.IsSuccess));
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public async Task A_receiver_that_is_busy_says_until_when()
    {
        var date = _time.GetUtcNow().AddMinutes(10).ToString("R", null);
        var answers = new Queue<string>(["120", date, "soon"]);
        _server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 503 Busy\r\nRetry-After: {answers.Dequeue()}\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(TimeSpan.FromMinutes(2), (await SendAsync()).RetryAfter);
        Assert.InRange((await SendAsync()).RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Null((await SendAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up_in_time()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = async _ =>
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return null;
        };

        var sending = SendAsync();
        await isAsked.Task;
        _time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(WebhookFailure.Timeout, (await sending).Trouble);
    }

    [Fact]
    public async Task Of_an_answer_without_end_only_the_status_is_taken()
    {
        _server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 200 OK\r\nContent-Length: 99990000000000\r\n\r\n{new string('x', 100_000)}");

        Assert.True((await SendAsync()).IsSuccess);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failure()
    {
        Assert.Equal(WebhookFailure.ConnectionFailed, (await SendAsync()).Trouble);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Addresses_of_our_own_networks_are_not_called_by_default(string scheme)
    {
        var reply = await SendAsync(allow: "", url: Url.Replace("http:", scheme + ":", StringComparison.Ordinal));

        Assert.Equal(WebhookFailure.AddressRefused, reply.Trouble);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_sent()
    {
        Assert.Equal(WebhookFailure.NoSecret, (await SendAsync(secret: "")).Trouble);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_cancel_of_ours_is_none_of_its_outcomes()
    {
        using var stop = new CancellationTokenSource();
        _server.Answer = async _ =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(cancellationToken: stop.Token));
    }

    [Fact]
    public async Task No_log_of_any_level_holds_a_query_or_a_secret()
    {
        _server.Answer = _ => Task.FromResult<string?>("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");

        await SendAsync();
        await SendAsync(allow: "");

        Assert.DoesNotContain(_logs.Lines, line => line.Contains("t0psecret", StringComparison.Ordinal)
            || line.Contains("whsec_", StringComparison.Ordinal) || line.Contains(Old[6..], StringComparison.Ordinal));
    }

    private async Task<WebhookReply> SendAsync(
        string owner = "", string? url = null, string allow = "127.0.0.1", string secret = $"{Old} {New}",
        CancellationToken cancellationToken = default)
    {
        var settings = new Dictionary<string, string?>
        {
            ["VideoGen:Outgoing:Allow"] = allow,
            ["VideoGen:Webhooks:Secret"] = secret,
            ["VideoGen:Webhooks:Owners:acme:Secret"] = New,
        };
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs))
            .AddWebhooks()
            .BuildServiceProvider();
        return await _services.GetRequiredService<IWebhookSender>()
            .SendAsync(new WebhookMessage(Id, owner, url ?? Url, Film), cancellationToken);
    }
}
