using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Webhooks;

/// <summary>Somebody's server that is told of films; it keeps what it got, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Id, string Signature, string Body)> _got = new();

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/hooks?token=t0psecret";

    /// <summary>What came, oldest first, whether it was answered or not.</summary>
    public IReadOnlyList<(string Id, string Signature, string Body)> Got => [.. _got];

    /// <summary>
    /// The status of the answer to the request with this number, from 1; 0 for none as long as the receiver lives.
    /// </summary>
    public Func<int, int> Answer { get; set; } = _ => 204;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePorts.Take()}");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/hooks", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _got.Enqueue((context.Request.Headers["webhook-id"]!, context.Request.Headers["webhook-signature"]!, body));
        if (Answer(_got.Count) is not 0 and var status)
        {
            context.Response.StatusCode = status;
            return;
        }

        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }
}
