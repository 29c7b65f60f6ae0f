using System.Reflection;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>What every outcome promises, whatever the answer was: it is stored, logged and shown.</summary>
internal static class OutcomeRules
{
    private static readonly HashSet<string> Codes =
        [.. typeof(GenerationErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetValue(null)!)];

    public static void Check(SubmitOutcome outcome)
    {
        switch (outcome)
        {
            case SubmitOutcome.Accepted { Job: var job }:
                Check(job);
                break;
            case SubmitOutcome.NotAccepted no:
                Check(no.Error, no.RetryAfter);
                break;
            case SubmitOutcome.Unknown unknown:
                Check(unknown.Error, null);
                break;
        }
    }

    public static void Check(PollOutcome outcome)
    {
        switch (outcome)
        {
            case PollOutcome.Running running:
                Assert.True(running.Progress is null or (>= 0 and <= 1), $"{running.Progress}");
                Assert.True(running.QueuePosition is null or > 0, $"{running.QueuePosition}");
                Assert.InRange(running.PollAfter ?? RetryHint.Least, RetryHint.Least, RetryHint.Most);
                Assert.InRange(running.Remark?.Length ?? 0, 0, 500);
                Assert.DoesNotContain(running.Remark ?? "", char.IsControl);
                Assert.DoesNotContain("hf_", running.Remark ?? "", StringComparison.Ordinal);
                break;
            case PollOutcome.Rendered { Result.Location: var location }:
                Assert.InRange(location.Length, 1, 8_192);
                break;
            case PollOutcome.Failed failed:
                Check(failed.Error, null);
                break;
            case PollOutcome.Suspect suspect:
                Check(suspect.Error, null);
                break;
            case PollOutcome.Lost:
                Assert.Fail("No answer is proof that a job is gone.");
                break;
            case PollOutcome.Unavailable later:
                Check(later.Error, later.RetryAfter);
                break;
        }
    }

    public static void Check(PlanOutcome outcome)
    {
        switch (outcome)
        {
            case PlanOutcome.Planned { Plan: var plan }:
                Assert.InRange(plan.ProviderModel!.Length, 1, 500);
                break;
            case PlanOutcome.Refused refused:
                Check(refused.Error, null);
                break;
            case PlanOutcome.Unavailable later:
                Check(later.Error, later.RetryAfter);
                break;
        }
    }

    public static void Check(LocalRenderResult result)
    {
        switch (result)
        {
            case LocalRenderResult.Failed failed:
                Check(failed.Error, null);
                break;
            case LocalRenderResult.Interrupted later:
                Check(later.Error, later.RetryAfter);
                break;
        }
    }

    public static void Check(GenerationError error, TimeSpan? retryAfter)
    {
        Assert.Contains(error.Code, Codes);
        Assert.InRange(error.Message.Length, 10, 1_000);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.DoesNotContain("hf_", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.RequestId?.Length ?? 1, 1, 200);
        Assert.True(retryAfter is null || (retryAfter >= RetryHint.Least && retryAfter <= RetryHint.Most), $"{retryAfter}");
    }

    private static void Check(RenderJob job)
    {
        Assert.InRange(job.Id.Length, 1, 200);
        Assert.All(job.Id, character => Assert.InRange(character, '!', '~'));
        foreach (var path in new[] { job.StatusPath!, job.ResultPath ?? "/", job.CancelPath ?? "/" })
        {
            Assert.StartsWith("/", path, StringComparison.Ordinal);
            Assert.InRange(path.Length, 1, 1_000);
        }
    }
}
