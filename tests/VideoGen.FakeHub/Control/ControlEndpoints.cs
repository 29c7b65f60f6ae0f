using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Hub;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub.Control;

/// <summary>The control: scripts faults and tells what happened. It needs no token and is not in the request log.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/_control");
        control.MapGet("/state", GetState);
        control.MapPost("/reset", (HubMemory memory) => memory.Reset());

        control.MapGet("/faults", (FaultBook faults) => faults.Rules);
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", (FaultBook faults) => faults.Clear());

        control.MapGet("/jobs", GetJobs);
        control.MapPost("/jobs/{id}/finish", FinishJob);
        control.MapGet("/submits", (SubmitLog submits, string? prompt) => submits.Count(prompt ?? ""));
        control.MapGet("/requests", GetRequests);

        control.MapGet("/settings", (SettingsBoard settings) => settings.Current);
        control.MapPut("/settings", (SettingsBoard settings, HubSettings changed) => settings.Current = changed);
        control.MapPut("/models/{owner}/{name}", SetModel);
        control.MapDelete("/models/{owner}/{name}", RemoveModel);
    }

    private static HubState GetState(JobBoard jobs, SubmitLog submits)
    {
        var count = submits.Count("");
        var providers = jobs.All.Select(job => job.Order.Provider).Distinct()
            .ToDictionary(provider => provider, provider => new Load(jobs.InFlight(provider), jobs.MaxInFlight(provider)));
        return new(jobs.InFlight(), jobs.MaxInFlight(), count.Arrived, count.Accepted, providers);
    }

    private static Created AddFault(FaultRule rule, FaultBook faults)
    {
        faults.Add(rule);
        return TypedResults.Created();
    }

    private static IEnumerable<JobView> GetJobs(JobBoard jobs, string? prompt, string? provider, int limit = 100) =>
        jobs.For(prompt ?? "")
            .Where(job => provider is null || provider == job.Order.Provider)
            .TakeLast(limit)
            .Select(job => new JobView(
                job.Id, jobs.PhaseOf(job), job.Order, job.AcceptedAt, job.Polls, job.Links, job.Downloads));

    private static Results<NoContent, NotFound> FinishJob(string id, JobBoard jobs) =>
        jobs.Finish(id) is null ? TypedResults.NotFound() : TypedResults.NoContent();

    private static IEnumerable<LoggedRequest> GetRequests(RequestLog requests, string? path, long after = 0, int limit = 100) =>
        requests.All.Where(request => request.Number > after && request.Path.Contains(path ?? "", StringComparison.Ordinal))
            .TakeLast(limit);

    private static NoContent SetModel(string owner, string name, JsonNode? mapping, ModelCatalogue models)
    {
        models.Set($"{owner}/{name}", mapping);
        return TypedResults.NoContent();
    }

    private static void RemoveModel(string owner, string name, ModelCatalogue models) => models.Remove($"{owner}/{name}");
}

/// <summary>Jobs unfinished now and at most, submits that arrived and that were accepted, and the former by provider.</summary>
public sealed record HubState(
    int InFlight, int MaxInFlight, int Arrived, int Accepted, IReadOnlyDictionary<string, Load> Providers);

/// <summary>Jobs of one provider unfinished now, and at most.</summary>
public sealed record Load(int InFlight, int MaxInFlight);

/// <summary>One job as the control shows it.</summary>
public sealed record JobView(
    string Id, JobPhase Phase, Order Order, DateTimeOffset AcceptedAt, int Polls, int Links, int Downloads);
