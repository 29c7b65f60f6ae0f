using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// What a request contains. Dispose it when its picture is stored: until then it holds the memory that was admitted for it.
/// </summary>
internal sealed record VideoBody(IReadOnlyDictionary<string, JsonElement> Fields, PictureReference? Picture) : IDisposable
{
    public PictureLease? Lease { get; init; }

    public void Dispose() => Lease?.Dispose();
}

/// <summary>A body, or the problem why there is none.</summary>
internal sealed record VideoBodyOutcome(VideoBody? Body, ProblemHttpResult? Problem)
{
    public static implicit operator VideoBodyOutcome(ProblemHttpResult problem) => new(null, problem);

    public static implicit operator VideoBodyOutcome(VideoBody body) => new(body, null);
}
