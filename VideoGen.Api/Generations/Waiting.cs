using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>Delays a response, if the client prefers that, until the generation has changed.</summary>
internal sealed class Waiting(
    SubscriptionHub hub, StreamLimiter limiter, MediaLinks links, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often an unchanged generation is reported: proxies and hosts give up silent connections.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns the generation when it has finished or the client's wait time is over, or null if it was deleted.
    /// </summary>
    public Task<GenerationSnapshot?> ForEndAsync(HttpContext context, GenerationSnapshot generation) =>
        UntilAsync(context, generation, now => now.Status.IsEnd);

    /// <summary>Returns the generation when it differs from the client's copy. Without a copy, waits for the end.</summary>
    public Task<GenerationSnapshot?> ForChangeAsync(HttpContext context, GenerationSnapshot generation) =>
        context.Request.Headers.IfNoneMatch.Count == 0
            ? ForEndAsync(context, generation)
            : UntilAsync(context, generation, now => !GenerationAnswer.Of(now, links).IsKnownTo(context.Request));

    /// <summary>
    /// Waits for the end as long as <paramref name="timeout"/>, and reports every change meanwhile, and every few seconds that
    /// there is none. The caller holds a stream. Returns null if the generation was deleted.
    /// </summary>
    public async Task<GenerationSnapshot?> FollowAsync(
        GenerationSnapshot generation, TimeSpan timeout, Func<GenerationSnapshot, Task> report,
        CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        return generation.Status.IsEnd
            ? generation
            : await WaitAsync(generation, timeout, now => now.Status.IsEnd, end.Token, report);
    }

    private async Task<GenerationSnapshot?> UntilAsync(
        HttpContext context, GenerationSnapshot generation, Func<GenerationSnapshot, bool> isWanted)
    {
        if (PreferWait.SecondsIn(context.Request.Headers["Prefer"]) is not { } seconds)
        {
            return generation;
        }

        using var lease = limiter.TryEnter();
        if (lease is null)
        {
            return generation;    // Prefer is not a demand: without a free stream the response is immediate
        }

        // This request is slow on purpose, and limited here.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        return isWanted(generation)
            ? generation
            : await WaitAsync(generation, TimeSpan.FromSeconds(seconds), isWanted, end.Token);
    }

    private async Task<GenerationSnapshot?> WaitAsync(
        GenerationSnapshot now, TimeSpan timeout, Func<GenerationSnapshot, bool> isWanted, CancellationToken end,
        Func<GenerationSnapshot, Task>? report = null)
    {
        var began = time.GetTimestamp();
        using var subscription = hub.Subscribe(Topic.Of(now));
        while (!end.IsCancellationRequested && timeout - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            var pause = report is null || left < HeartbeatInterval ? left : HeartbeatInterval;
            var hasChanged = await HasChangedAsync(subscription, pause, end);
            if (hasChanged && subscription.Take(out _).SingleOrDefault() is { } item)
            {
                if (item.Generation is not { } latest)
                {
                    return null;
                }

                now = latest.Version >= now.Version ? latest : now;
                if (isWanted(now))
                {
                    break;
                }
            }

            if (report is not null && (hasChanged || pause == HeartbeatInterval))
            {
                await report(now);
            }
        }

        return now;
    }

    /// <summary>A server that is stopping responds with the current state.</summary>
    private async Task<bool> HasChangedAsync(Subscription subscription, TimeSpan timeout, CancellationToken end)
    {
        try
        {
            return await subscription.WaitAsync(timeout, time, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }
}
