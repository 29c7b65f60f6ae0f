using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace VideoGen.SystemTests.Servers.Gpus;

/// <summary>Where a request is held: the product waits there until it is killed.</summary>
internal enum HoldPoint
{
    /// <summary>The server has not got it.</summary>
    BeforeServer,

    /// <summary>The server is working on it; it is not held.</summary>
    AtServer,

    /// <summary>The server has answered.</summary>
    AfterServer,

    /// <summary>Half of the answer has come.</summary>
    HalfAnswer,
}

/// <summary>
/// Which request is held: the one with this number, counted from 1, of a step; <paramref name="AfterSubmit"/> counts only those
/// behind a submit.
/// </summary>
internal sealed record Hold(GpuStep Step, HoldPoint Point, int Number = 1, bool AfterSubmit = false);

/// <summary>Passes requests on to a stand-in, and holds one of them.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly GpuServer _server;
    private readonly Hold _hold;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _submits;
    private int _met;

    private Relay(WebApplication app, GpuServer server, Hold hold)
    {
        (_app, _server, _hold) = (app, server, hold);
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Completes when the request has come to its point.</summary>
    public Task Reached => _reached.Task;

    public static async Task<Relay> StartAsync(GpuServer server, Hold hold)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var relay = new Relay(builder.Build(), server, hold);
        await relay._app.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var point = IsHeld(_server.StepOf(context.Request)) ? _hold.Point : (HoldPoint?)null;
        if (point is HoldPoint.BeforeServer)
        {
            await StandStillAsync(context);
            return;
        }

        try
        {
            using var request = await CopyAsync(context.Request);
            if (point is HoldPoint.AtServer)
            {
                _reached.TrySetResult();
            }

            // Whatever becomes of the product: what it has sent arrives.
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            if (point is HoldPoint.AfterServer)
            {
                await StandStillAsync(context);
                return;
            }

            await AnswerAsync(context, answer, point is HoldPoint.HalfAnswer);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private bool IsHeld(GpuStep? step)
    {
        if (step is GpuStep.Submit)
        {
            Interlocked.Increment(ref _submits);
        }

        return step == _hold.Step && (!_hold.AfterSubmit || _submits > 0) && Interlocked.Increment(ref _met) == _hold.Number;
    }

    private async Task StandStillAsync(HttpContext context)
    {
        _reached.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private async Task<HttpRequestMessage> CopyAsync(HttpRequest from)
    {
        var copy = new HttpRequestMessage(
            new HttpMethod(from.Method), new Uri(_server.Address, from.Path + from.QueryString.ToString()));
        if (from.ContentLength > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            using var body = new MemoryStream();
            await from.Body.CopyToAsync(body);
            copy.Content = new ByteArrayContent(body.ToArray());
            copy.Content.Headers.TryAddWithoutValidation("Content-Type", from.ContentType);
        }

        return copy;
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, bool isHeld)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.AsMemory(0, isHeld ? body.Length / 2 : body.Length));
        if (isHeld)
        {
            await response.Body.FlushAsync();
            await StandStillAsync(context);
        }
    }
}
