using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Dialects;

/// <summary>
/// A proxy before the server. It loses answers: the server has given them, and the connections of the clients are cut instead.
/// </summary>
internal sealed class LosingFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly Uri _server;
    private volatile TaskCompletionSource? _cut;
    private int _held;

    private LosingFront(WebApplication app, Uri server)
    {
        (_app, _server) = (app, server);
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>How many answers wait to be lost.</summary>
    public int Held => Volatile.Read(ref _held);

    public static async Task<LosingFront> StartAsync(Uri server)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{FreePorts.Take()}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var front = new LosingFront(builder.Build(), server);
        await front._app.StartAsync();
        return front;
    }

    /// <summary>Holds all answers from now on.</summary>
    public void Hold() => _cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Loses what it holds, and passes answers on again.</summary>
    public void Lose()
    {
        var cut = _cut;
        _cut = null;
        cut?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(context.Request.Method), new Uri(_server, context.Request.Path));
            request.Content = new StreamContent(context.Request.Body);
            foreach (var (name, value) in context.Request.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, [.. value]))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, [.. value]);
                }
            }

            using var response = await _client.SendAsync(request, context.RequestAborted);
            if (_cut is { } cut)
            {
                Interlocked.Increment(ref _held);
                await cut.Task;
                Interlocked.Decrement(ref _held);
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, value) in response.Headers.Concat(response.Content.Headers))
            {
                context.Response.Headers[name] = value.ToArray();
            }

            context.Response.Headers.TransferEncoding = default;
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }
}
