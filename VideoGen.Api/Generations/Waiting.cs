using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>Holds an answer back until there is something to say, where the client prefers that.</summary>
internal sealed class Waiting(
    SubscriptionHub hub, StreamLimiter gate, MediaLinks links, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The generation when it has ended, or when the time that the client grants has passed; null when it was deleted.</summary>
    public Task<GenerationSnapshot?> ForEndAsync(HttpContext context, GenerationSnapshot generation) =>
        UntilAsync(context, generation, now => now.Status.IsEnd);

    /// <summary>The generation when it is not what the client has; a client that has nothing waits for the end.</summary>
    public Task<GenerationSnapshot?> ForNewsAsync(HttpContext context, GenerationSnapshot generation) =>
        context.Request.Headers.IfNoneMatch.Count == 0
            ? ForEndAsync(context, generation)
            : UntilAsync(context, generation, now => !GenerationAnswer.Of(now, links).IsKnownTo(context.Request));

    private async Task<GenerationSnapshot?> UntilAsync(
        HttpContext context, GenerationSnapshot generation, Func<GenerationSnapshot, bool> isWanted)
    {
        if (PreferWait.SecondsIn(context.Request.Headers["Prefer"]) is not { } seconds)
        {
            return generation;
        }

        using var place = gate.TryEnter();
        if (place is null)
        {
            return generation;    // a preference is no demand: what cannot wait is answered at once
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();    // this one is slow on purpose, and bounded here
        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        return isWanted(generation) ? generation : await WaitAsync(generation, TimeSpan.FromSeconds(seconds), isWanted, end.Token);
    }

    private async Task<GenerationSnapshot?> WaitAsync(
        GenerationSnapshot now, TimeSpan patience, Func<GenerationSnapshot, bool> isWanted, CancellationToken end)
    {
        var began = time.GetTimestamp();
        using var subscription = hub.Subscribe(Topic.Of(now));
        while (!end.IsCancellationRequested && patience - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            if (!await ArrivesAsync(subscription, left, end) || subscription.Take(out _).SingleOrDefault() is not { } item)
            {
                continue;
            }

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

        return now;
    }

    /// <summary>A server that stops answers with what it has.</summary>
    private async Task<bool> ArrivesAsync(Subscription subscription, TimeSpan patience, CancellationToken end)
    {
        try
        {
            return await subscription.WaitAsync(patience, time, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }
}
