using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// WaveSpeed (https://wavespeed.ai/docs). Every response is an envelope, <c>{"code":200,"message":"…","data":{…}}</c>, whose code
/// counts instead of the HTTP status. It has no cancel.
/// </summary>
internal sealed class WaveSpeed : VideoProvider
{
    public override string Id => "wavespeed";

    public override string SubmitPath(ProviderModel model) => $"/api/v3/{model.Id}";

    // One of the two official clients sends the picture twice as bare base64; the other sends it once as a data URI, as here.
    public override JsonObject Body(RenderInput input)
    {
        var body = input.WithParameters(new JsonObject { ["image"] = input.Picture, ["prompt"] = input.Script });
        if (input.Model.AdapterWeights is not null)
        {
            body["loras"] = new JsonArray(new JsonObject { ["path"] = input.HubModel, ["scale"] = 1 });
        }

        return body;
    }

    public override RenderJob? ReadJob(ProviderModel model, JsonElement answer)
    {
        if (answer.Get("data") is not { } data || data.Identifier("id") is not { } id)
        {
            return null;
        }

        var named = data.Get("urls") is { } urls ? PathOf(urls.Text("get")) : null;
        return new RenderJob(id, named ?? $"/api/v3/predictions/{Uri.EscapeDataString(id)}/result");
    }

    public override JobStatus ReadStatus(JsonElement answer) =>
        answer.Get("data") is { } data && StatusWord.Read(data.Text("status")) is { } word
            ? word.Meaning switch
            {
                StatusMeaning.Done => ReadOutput(data),
                StatusMeaning.Failed => word.Failed(Flagged(data) ?? data.Text("error")),
                _ => word.Running(data.Progress()),
            }
            : new JobStatus.Unreadable();

    public override int StatusOf(Exchange.Reply reply) =>
        reply is { IsSuccess: true, Json: { } json } && json.Whole("code") is >= 300 and var code
            ? code < 600 ? code : 500
            : reply.Status;

    private static JobStatus ReadOutput(JsonElement data) =>
        data.Items("outputs").FirstOrDefault() is { ValueKind: JsonValueKind.String } output
            && output.GetString() is { Length: > 0 } url
            ? new JobStatus.Rendered(url)
            : Flagged(data) is { } words ? new JobStatus.Failed(words) : new JobStatus.Empty();

    private static string? Flagged(JsonElement data) =>
        data.Items("has_nsfw_contents").Any(item => item.ValueKind == JsonValueKind.True)
            ? data.Text("error") is { } error && ProviderText.TellOfRefusedContent(error)
                ? error
                : "The content was flagged as unsafe."
            : null;
}
