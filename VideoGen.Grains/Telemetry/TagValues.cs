using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Telemetry;

/// <summary>The values of tags: names of our own types and codes of a closed list.</summary>
internal static class TagValues
{
    /// <summary><c>accepted</c>, <c>not_accepted</c> and so on: the name of an outcome, which is a record or an enum.</summary>
    public static string Of(object outcome) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome is Enum value ? value.ToString() : outcome.GetType().Name);

    public static string? ErrorOf(object outcome) => (outcome switch
    {
        PlanOutcome.Refused refused => refused.Error,
        PlanOutcome.Unavailable unavailable => unavailable.Error,
        SubmitOutcome.NotAccepted refused => refused.Error,
        SubmitOutcome.Unknown unknown => unknown.Error,
        FindOutcome.NotThere absent => absent.Error,
        FindOutcome.Unavailable unavailable => unavailable.Error,
        FetchOutcome.Failed failed => failed.Error,
        FetchOutcome.Suspect suspect => suspect.Error,
        FetchOutcome.Blocked blocked => blocked.Error,
        FetchOutcome.Unavailable unavailable => unavailable.Error,
        _ => null as GenerationError,
    })?.Code;
}
