using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>Together (https://docs.together.ai, videos API). It has no cancel, and accepts only small inline pictures.</summary>
internal sealed class Together : VideoProvider
{
    private const string Videos = "/v2/videos";

    public override string Id => "together";

    // "Range of input length should be [1, 61440]"
    public override int LongestPicture => 61_440;

    public override TimeSpan? PollEvery => TimeSpan.FromSeconds(2);

    public override bool Serves(ProviderMapping mapping) => mapping.Task is "image-to-video";

    public override string SubmitPath(ProviderModel model) => Videos;

    public override JsonObject Body(RenderInput input) => input.WithParameters(new JsonObject
    {
        ["model"] = input.Model.Id,
        ["frame_images"] = new JsonArray(new JsonObject { ["input_image"] = input.Picture, ["frame"] = "first" }),
        ["prompt"] = input.Script,
    });

    public override RenderJob? ReadJob(ProviderModel model, JsonElement answer) =>
        answer.Identifier("id") is { } id ? new RenderJob(id, $"{Videos}/{Uri.EscapeDataString(id)}") : null;

    // Its error responses carry the request id in the property that otherwise holds the job id.
    public override RenderJob? LeadIn(ProviderModel model, Exchange.Reply reply) =>
        ErrorSigns.Read(reply).HasShape ? null : base.LeadIn(model, reply);

    public override JobStatus ReadStatus(JsonElement answer) => StatusWord.Read(answer.Text("status")) switch
    {
        null => new JobStatus.Unreadable(),
        { Meaning: StatusMeaning.Done } =>
            answer.Get("outputs")?.Text("video_url") is { } url ? new JobStatus.Rendered(url) : new JobStatus.Empty(),
        { Meaning: StatusMeaning.Failed } word => word.Failed(Error(answer)),
        var word => word.Running(answer.Progress()),
    };

    // "error":{"code":"content_policy","message":"Input image rejected"}
    private static string? Error(JsonElement answer) => answer.Text("error") ?? (answer.Get("error") is { } error
        && string.Join(": ", new[] { error.Text("code"), error.Text("message") }.OfType<string>()) is { Length: > 0 } words
            ? words
            : null);
}
