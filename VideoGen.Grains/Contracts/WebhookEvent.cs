using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// One end of a generation, as its receiver is told: the version that it came with names it, and it never changes, however often it
/// is sent. It holds neither the script nor anything else that the user wrote.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-event")]
public sealed record WebhookEvent(
    long Version, GenerationStatus Status, DateTimeOffset At, int Attempt, bool IsPreview,
    FinishedFilm? Film = null, GenerationError? Error = null, Cancellation? Cancellation = null)
{
    /// <summary>What it is called: <c>generation.completed</c>.</summary>
    [JsonIgnore] public string Type => "generation." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString());

    /// <summary>The <c>webhook-id</c>: the same for every attempt, so that a receiver can tell duplicates.</summary>
    public string IdOf(string generationId) =>
        string.Create(CultureInfo.InvariantCulture, $"msg_{generationId.Replace("-", "")}_{Version}");
}

/// <summary>What a generation owes to a receiver: events, oldest first, for one address of an owner.</summary>
[GenerateSerializer, Immutable, Alias("videogen.webhook-order")]
public sealed record WebhookOrder(string Owner, string Url, ImmutableArray<WebhookEvent> Events);
