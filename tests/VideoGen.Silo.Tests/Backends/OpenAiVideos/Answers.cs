using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>Answers of a server <c>gpu1</c> for the tests of verdicts.</summary>
internal static class Answers
{
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-23T10:00:00Z", null);

    public static readonly ProviderErrors Errors = new("gpu1", "gpu1", "a/b", UpstreamKeys.OfServer("gpu1"));

    public static Exchange.Reply Reply(int status, string body, params (string Name, string Value)[] headers) => new(
        status, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), body);
}
