using System.Text.Json;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>A run as the jobs routes show it; what is not known is left out.</summary>
internal static class JobView
{
    public const string Pending = "pending";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> Statuses { get; } = [Pending, InProgress, Completed, Failed, Cancelled];

    public static Dictionary<string, object> Of(Run run, string status, bool whole)
    {
        var job = Begin(run, status);
        job["outputs_count"] = 0;
        job["previewable_outputs_count"] = 0;
        return whole ? WithWorkflow(job, run) : job;
    }

    /// <summary>Servers without a cancel by id call an interrupted run failed.</summary>
    public static Dictionary<string, object> Of(Ended ended, bool whole, bool tellsCancelled)
    {
        var status = ended.Succeeded ? Completed : ended.WasInterrupted && tellsCancelled ? Cancelled : Failed;
        var job = Begin(ended.Run, status);
        job["execution_start_time"] = ended.StartedAt;
        job["execution_end_time"] = ended.EndedAt;
        if (ended.Error is { } error)
        {
            job["execution_error"] = error;
        }

        var previews = ended.Outputs.SelectMany(output => Previews(output.Key, output.Value)).ToList();
        job["outputs_count"] = previews.Count;
        job["previewable_outputs_count"] = previews.Count;
        if (previews.Count > 0)
        {
            job["preview_output"] = previews[0];
        }

        if (!whole)
        {
            return job;
        }

        job["outputs"] = ended.Outputs;
        job["execution_status"] = ended.Status;
        return WithWorkflow(job, ended.Run);
    }

    private static Dictionary<string, object> Begin(Run run, string status) => new()
    {
        ["id"] = run.Id,
        ["status"] = status,
        ["priority"] = run.Number,
        ["create_time"] = run.CreatedAt,
    };

    private static Dictionary<string, object> WithWorkflow(Dictionary<string, object> job, Run run)
    {
        job["workflow"] = new { prompt = run.Graph.Prompt, extra_data = run.Extra };
        return job;
    }

    private static IEnumerable<Dictionary<string, object>> Previews(string node, object output) =>
        from media in JsonSerializer.SerializeToElement(output).EnumerateObject()
        where media.Name != "animated"
        from file in media.Value.EnumerateArray()
        select file.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value)
            .Append(KeyValuePair.Create("nodeId", (object)node))
            .Append(KeyValuePair.Create("mediaType", (object)media.Name))
            .ToDictionary();
}
