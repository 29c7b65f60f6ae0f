using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// Checks that the server answers and can run the workflow, uploads the picture and fills the graph, so that a submit only has to
/// send it.
/// </summary>
internal sealed partial class ComfyPlanner(
    ComfyServer server, ComfySubmitter submitter, ComfyClientId client, IMediaStore store, ModelProfiles profiles,
    TimeProvider time, ILogger<ComfyPlanner> logger)
{
    /// <summary>A server of one's own is often only restarted.</summary>
    private static readonly TimeSpan ProbeAfter = TimeSpan.FromSeconds(5);

    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var (version, whyNot) = await server.AskVersionAsync(cancellationToken);
        if (version is null)
        {
            return Paused(whyNot!);
        }

        if (server.Find(request.Model) is not { } workflow)
        {
            return new PlanOutcome.Refused(
                Unavailable($"The model {request.Model} has no workflow at {server.Upstream.Name} any more."),
                VerdictScope.Model);
        }

        if (await server.Nodes.CheckAsync(workflow, cancellationToken) is not { } needs)
        {
            return Paused(NoAnswer);
        }

        if (!needs.IsMet)
        {
            server.Nodes.Forget();    // it may be installed any moment
            return new PlanOutcome.Refused(
                Unavailable($"ComfyUI server {server.Upstream.Name} lacks {needs.Missing}."), VerdictScope.Model);
        }

        try
        {
            return await store.ReadAsync(request, cancellationToken) is { } picture
                ? await PlanAsync(request, workflow, needs, picture, cancellationToken)
                : new PlanOutcome.Refused(CharacterPicture.Missing);
        }
        catch (IOException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }
        catch (VipsException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Refused(CharacterPicture.Unreadable);
        }
    }

    private GenerationError NoAnswer => new(
        ProviderUnavailable, $"ComfyUI server {server.Upstream.Name} did not say what it can run. It will be asked again.",
        Retryable: true, server.Upstream.Name);

    private async Task<PlanOutcome> PlanAsync(
        RenderRequest request, Workflow workflow, WorkflowNeeds needs, byte[] original, CancellationToken cancellationToken)
    {
        var (picture, frame) = await Task.Run(
            () => (PictureFrame.ForModel(original, request.Request), PictureFrame.ModelFrame(original, request.Request)),
            cancellationToken);
        var references = await store.ReadReferencesAsync(request, SlotValues.ReferencesOf(workflow), cancellationToken);
        List<string> names = [];
        foreach (var one in references.Prepend(picture))
        {
            var (name, problem) = await UploadAsync(one, cancellationToken);
            if (name is null)
            {
                return problem!;
            }

            names.Add(name);
        }

        var id = SubmitId.Of(request);
        var values = SlotValues.Of(request, workflow, profiles, frame, names, ComfyFile.PrefixOf(id));
        var body = ComfyCalls.Serialize(new JsonObject
        {
            ["prompt"] = workflow.Fill(values),
            ["prompt_id"] = id,
            ["client_id"] = client.Value,
            ["extra_data"] = Extra(id),
        });
        var plan = new RenderPlan(
            server.Upstream.Name, workflow.Hash, request.Model, Convert.ToHexStringLower(SHA256.HashData(body)),
            SubmitId: id, PlannedAt: time.GetUtcNow(), RepeatCostsMoney: needs.CostsMoney,
            PicturesUsed: names.Count);
        return new PlanOutcome.Planned(plan, () => submitter.SubmitAsync(request, workflow, body));
    }

    private JsonObject Extra(string id)
    {
        var extra = new JsonObject { [ComfyJobs.Mark] = id };
        if (server.Upstream.PartnerKey?.Current is { } key)
        {
            extra["api_key_comfy_org"] = key.Value;
        }

        return extra;
    }

    /// <summary>The name of the picture at the server, which follows from its content.</summary>
    private async Task<(string? Name, PlanOutcome? Problem)> UploadAsync(byte[] picture, CancellationToken cancellationToken)
    {
        var type = InlinePicture.TypeOf(picture);
        var file = $"{Convert.ToHexStringLower(SHA256.HashData(picture))[..32]}.{type["image/".Length..].Replace("jpeg", "jpg")}";
        switch (await server.Calls.UploadAsync(picture, file, type, cancellationToken))
        {
            case Exchange.Reply { IsSuccess: true, Json: { } json } when json.Text("name") is { } name:
                return (json.Text("subfolder") is { } folder ? $"{folder}/{name}" : name, null);
            case Exchange.Reply { Status: 413 } reply:
                return (null, new PlanOutcome.Refused(server.Errors.Of(reply)));
            case Exchange.Reply reply:
                return (null, Paused(reply.IsSuccess ? server.Errors.Unreadable(reply) : server.Errors.Of(reply)));
            case var silence:
                return (null, Paused(server.Errors.Unreachable(((Exchange.Silence)silence).Cause)));
        }
    }

    /// <summary>
    /// Nothing was sent. The queue of the server waits, so that it does not attract the requests that its sisters could render.
    /// </summary>
    private static PlanOutcome.Refused Paused(GenerationError error) => new(error, VerdictScope.Upstream, ProbeAfter);

    private GenerationError Unavailable(string sentence) =>
        new(ModelUnavailable, sentence, Retryable: true, server.Upstream.Name);

    [LoggerMessage(LogLevel.Warning, "The picture of generation {GenerationId} could not be read")]
    private partial void LogNoPicture(Exception error, string generationId);
}
