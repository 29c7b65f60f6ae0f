using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// fal.ai (https://fal.ai/docs, queue API). It never reports a failure as a status: a failed job is COMPLETED, and its error is
/// the HTTP status and body of the result.
/// </summary>
internal sealed class FalAi : VideoProvider
{
    private const string Queue = "?_subdomain=queue";

    public override string Id => "fal-ai";

    // The id usually begins with fal-ai/ itself, so the router path contains it twice.
    public override string SubmitPath(ProviderModel model) => $"/{model.Id}{Queue}";

    public override JsonObject Body(RenderInput input)
    {
        var body = input.WithParameters(new JsonObject { ["image_url"] = input.Picture, ["prompt"] = input.Script });
        if (input.Model.AdapterWeights is { } weights)
        {
            var path = $"https://huggingface.co/{input.HubModel}/resolve/main/{weights}";
            body["loras"] = new JsonArray(new JsonObject { ["path"] = path, ["scale"] = 1 });
        }

        return body;
    }

    // {"status":"IN_QUEUE","request_id":"764c…","response_url":"https://queue.fal.run/fal-ai/wan/requests/764c…",…}
    public override RenderJob? ReadJob(ProviderModel model, JsonElement answer)
    {
        if (answer.Identifier("request_id") is not { } id)
        {
            return null;
        }

        return JobOf(id, PathOf(answer.Text("response_url")) ?? ResultOf(model, id), PathOf(answer.Text("cancel_url")));
    }

    public override JobStatus ReadStatus(JsonElement answer) => StatusWord.Read(answer.Text("status")) switch
    {
        null => new JobStatus.Unreadable(),
        { Meaning: StatusMeaning.Done } => new JobStatus.Ready(),
        { Meaning: StatusMeaning.Failed } word => word.Failed(answer.Text("error") ?? answer.Text("detail")),
        // fal.ai counts positions from 0.
        var word => word.Running(
            answer.Progress(), answer.Whole("queue_position") is >= 0 and < int.MaxValue and var place ? place + 1 : null),
    };

    // A response with a request id was accepted by some part of fal.ai.
    public override RenderJob? LeadIn(ProviderModel model, Exchange.Reply reply) =>
        base.LeadIn(model, reply) ?? (reply.Header("x-fal-request-id") is { Length: > 0 and <= 200 } id && id.All(IsOfAnId)
            ? JobOf(id, ResultOf(model, id))
            : null);

    public override JobStatus ReadResult(JsonElement answer) =>
        answer.Get("video") is { } video && (video.Text("url") ?? Plain(video)) is { } url
            ? new JobStatus.Rendered(url)
            : (answer.Text("error") ?? answer.Text("detail")) is { } words ? new JobStatus.Failed(words) : new JobStatus.Empty();

    private static string? Plain(JsonElement video) => video.ValueKind == JsonValueKind.String ? video.GetString() : null;

    // Jobs belong to owner/app; anything after that in a model id names one of the app's routes.
    private static bool IsOfAnId(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static string ResultOf(ProviderModel model, string id) =>
        $"/{AppOf(model.Id)}/requests/{Uri.EscapeDataString(id)}";

    private static RenderJob JobOf(string id, string result, string? cancel = null) =>
        new(id, $"{result}/status{Queue}", result + Queue, (cancel ?? $"{result}/cancel") + Queue);

    private static string AppOf(string model) => string.Join('/', model.Split('/').Take(2));
}
